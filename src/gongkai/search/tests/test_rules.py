"""Cutting, reading and marking text: pure rules, held on any text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai.search.rules.extract import extract, finds, marked
from gongkai.search.rules.question import LONGEST, MOST_TERMS, read
from gongkai.search.rules.synonyms import same_meaning, table
from gongkai.search.rules.words import (
    STOP_WORDS,
    exact_form,
    fold,
    fold_with_places,
    number_form,
    pairs_of,
    question_words,
    words_of,
)

HAN = st.text(alphabet="区政府电梯补助办法通知预算的一二三第条款〔〕（）《》，。 abcＡ１2", max_size=60)
CODES = st.text(alphabet="滨政办财民教体建应急", min_size=2, max_size=6)


@given(st.text(max_size=200))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    folded = fold_with_places(text)
    assert len(folded.text) == len(folded.places)
    assert list(folded.places) == sorted(folded.places) and all(place < len(text) for place in folded.places)


@given(st.text(max_size=200))
def test_no_token_holds_a_blank_or_is_endless(text: str) -> None:
    for token in (*words_of(text), *pairs_of(text), *question_words(text)):
        assert token and not any(sign.isspace() for sign in token) and len(token) <= 100


@given(HAN, st.text(alphabet="电梯补助预算低保教育", min_size=2, max_size=2), HAN)
def test_two_signs_next_to_each_other_are_always_a_pair(before: str, word: str, after: str) -> None:
    assert word in pairs_of(before + word + after)


@given(
    CODES,
    st.integers(1990, 2026),
    st.integers(1, 9999),
    st.sampled_from(["〔{}〕", "[{}]", "（{}）", "【{}】"]),
)
def test_number_has_one_form_whatever_its_bracket_and_width(
    code: str, year: int, serial: int, way: str
) -> None:
    form = f"{code}({year}){serial}"
    text = code + way.format(year) + f"{serial}号"
    wide = text.translate({ord(str(one)): chr(0xFF10 + one) for one in range(10)})
    for typed in (text, wide, f" {code} {way.format(year)} {serial} 号 "):
        assert number_form(typed) == form and read(typed).number == form


@given(st.text(max_size=80))
def test_ordinary_words_are_no_number(text: str) -> None:
    if not any(sign.isnumeric() or sign.isdecimal() for sign in text):
        assert number_form(text) == ""


@given(st.text(max_size=400))
def test_any_text_is_a_question_of_bounded_size(text: str) -> None:
    question = read(text)
    assert len(question.typed) <= LONGEST and len(question.terms) <= MOST_TERMS
    assert len(question.phrases) <= 5 and len(question.without) <= 5
    assert "\x00" not in question.typed
    if not text.strip():
        assert question.is_empty
    assert all(exact_form(term.word) for term in question.terms)


@given(st.text(max_size=100))
def test_only_these_words_adds_none(text: str) -> None:
    assert read(text, only_these_words=True).added == ()


def test_quotes_that_never_close_and_units_are_read() -> None:
    assert [term.word for term in read('"加装电梯').terms] == ["加装电梯"]
    assert read("「口袋公园」 单位：区财政局").phrases == ("口袋公园",)
    assert read("单位：区财政局 预算").unit == "区财政局"
    assert read("公示 -中标").without == ("中标",)
    assert read("低保怎么申请").added == ("最低生活保障",)


def test_stop_words_go_only_while_something_is_left() -> None:
    assert {term.word for term in read("怎么申请低保").terms} == {"低保", "申请"}
    assert "怎么" in STOP_WORDS and [term.word for term in read("怎么").terms] == ["怎么"]


def test_table_of_words_goes_both_ways() -> None:
    for word, others in table().items():
        assert word not in others and others
        assert all(word in same_meaning(other) for other in others)


@given(
    HAN, st.lists(st.sampled_from(["电梯", "补助", "预算", "abc", "第2条"]), max_size=3), st.integers(5, 60)
)
def test_marking_changes_no_letter(text: str, words: list[str], width: int) -> None:
    assert "".join(piece for piece, _ in marked(text, words)) == text
    spans = finds(text, words)
    assert all(one.end <= two.start for one, two in zip(spans, spans[1:], strict=False))
    for piece, hit in marked(text, words):
        assert piece and (not hit or fold(piece) in words)
    shown = "".join(piece for piece, _ in extract(text, words, width=width))
    assert shown.removeprefix("……").removesuffix("……") in " ".join(text.split())


def test_number_is_not_cut_out_of_a_longer_one() -> None:
    assert finds("2016年第16号", ["16"]) and len(finds("2016年第16号", ["16"])) == 1
