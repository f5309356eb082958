"""Words, numbers, questions and extracts: pure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.search.rules import extract, synonyms, words
from gongkai.search.rules.question import LONGEST, MOST_TERMS, read

AGENCIES = ("滨政发", "滨政办发", "滨财发", "青南政发", "滨教体发")
BRACKETS = ("〔〕", "[]", "（）", "()", "【】", "［］", "  ", "--")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.mark.feature("B11")
@given(
    agency=st.sampled_from(AGENCIES),
    year=st.integers(1950, 2099),
    serial=st.integers(1, 9999),
    brackets=st.sampled_from(BRACKETS),
    gap=st.sampled_from(["", " ", "　"]),
    wide=st.booleans(),
)
def test_number_has_one_form_in_any_bracket_width_and_spacing(
    agency: str, year: int, serial: int, brackets: str, gap: str, wide: bool
) -> None:
    typed = f"{agency}{gap}{brackets[0]}{year}{brackets[1]}{gap}{serial}号"
    form = words.number_form(typed.translate(WIDE) if wide else typed)
    assert form == f"{agency}({year}){serial}"


@pytest.mark.parametrize("typed", ["", "电梯", "2026", "16号", "老旧小区改造 2026", "12345", "第711号"])
def test_other_words_are_no_number(typed: str) -> None:
    assert words.number_form(typed) == ""


@given(st.text(max_size=200))
def test_fold_with_places_tells_where_every_sign_came_from(text: str) -> None:
    folded = words.fold_with_places(text)
    assert len(folded.text) == len(folded.places)
    assert list(folded.places) == sorted(folded.places)
    assert all(0 <= place < len(text) for place in folded.places)


@given(st.text(max_size=200))
def test_words_hold_nothing_but_signs_that_an_index_can_keep(text: str) -> None:
    for token in (*words.words_of(text), *words.pairs_of(text), *words.question_words(text)):
        assert token
        assert " " not in token
        token.encode("utf-8")


@given(st.text(max_size=400))
def test_any_text_can_be_read_as_a_question_within_bounds(typed: str) -> None:
    question = read(typed)
    assert len(question.typed) <= LONGEST
    assert len(question.terms) <= MOST_TERMS
    assert len(question.phrases) <= 5


def test_added_words_are_named_and_stop_words_do_not_count() -> None:
    question = read("房产证怎么办")
    assert [term.word for term in question.terms] == ["房产证"]
    assert question.added == ("不动产权证", "不动产登记")
    assert read("房产证怎么办", only_these_words=True).added == ()


def test_question_of_stop_words_alone_still_asks_for_them() -> None:
    assert [term.word for term in read("怎么").terms] == ["怎么"]


def test_synonyms_go_both_ways() -> None:
    for word, others in synonyms.table().items():
        for other in others:
            assert word in synonyms.same_meaning(other)


@given(
    text=st.text(alphabet="电梯补助。每台 16２０1ab\n", max_size=300),
    marks=st.lists(st.sampled_from(["电梯", "补助", "16", "ab", "台"]), unique=True),
)
def test_marked_text_is_the_text(text: str, marks: list[str]) -> None:
    pieces = extract.marked(text, marks)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(words.fold(piece) in marks for piece, hit in pieces if hit)


@given(
    before=st.text(alphabet="各单位应当认真落实，。；", max_size=400),
    after=st.text(alphabet="各单位应当认真落实，。；", max_size=400),
)
def test_extract_shows_the_word_wherever_it_stands(before: str, after: str) -> None:
    pieces = extract.extract(f"{before}电梯{after}", ("电梯",))
    assert ("电梯", True) in pieces
    assert sum(len(piece) for piece, _ in pieces) <= extract.WIDTH + 4


def test_figure_is_not_marked_inside_a_longer_one() -> None:
    assert extract.finds("2016年16号", ("16",)) == [extract.Span(5, 7, 0)]


def test_likely_names_are_told_from_words() -> None:
    assert words.likely_name("张伟申请低保") == ["张伟"]
    assert words.likely_name("加装电梯补助") == []


def test_word_of_the_table_is_not_cut_out_of_a_longer_figure() -> None:
    assert [term.word for term in read("13812345678").terms] == ["13812345678"]
    assert read("12345").added == ("热线",)
