"""What somebody may have meant: by sound, by first letters, with one wrong sign; never a guess beyond that."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from gongkai.search.rules.clauses import clause_for
from gongkai.search.rules.nearby import meant, vocabulary, words_in
from gongkai.search.rules.question import read

TITLES = (
    "滨海区既有住宅加装电梯财政补助办法",
    "滨海区临时救助实施细则",
    "关于规范义务教育阶段课后服务收费的通知",
    "望海路口袋公园建设公示",
)
KNOWN = vocabulary(word for title in TITLES for word in words_in(title))
WORDS = sorted(KNOWN.words)


@pytest.mark.feature("B11")
@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("jiazhuangdianti", "加装电梯"),
        ("jia zhuang dian ti", "加装电梯"),
        ("jzdt", "加装电梯"),
        ("加装店梯", "加装电梯"),
        ("加装电剃补助", "加装电梯补助"),
        ("临时求助", "临时救助"),
        ("linshijiuzhu", "临时救助"),
        ("2026年加装店梯", "2026年加装电梯"),
    ],
)
def test_one_slip_is_mended(typed: str, wanted: str) -> None:
    assert wanted in meant(typed, KNOWN)


@pytest.mark.feature("B11")
@pytest.mark.parametrize(
    "typed", ["", "？？", "加装电梯", "停车收费管理", "zz", "a" * 200, "x' OR 1=1", "<b>"]
)
def test_no_guess_is_offered(typed: str) -> None:
    assert meant(typed, KNOWN) == ()


@given(st.text(max_size=40))
def test_any_text_is_answered_with_few(typed: str) -> None:
    found = meant(typed, KNOWN)
    assert len(found) <= 3 and typed not in found


@given(st.sampled_from(WORDS), st.sampled_from(["的", "不", "和"]), st.data())
def test_one_wrong_sign_in_a_word_of_four_finds_it_or_another_word(
    word: str, sign: str, data: st.DataObject
) -> None:
    if len(word) != 4:
        return
    at = data.draw(st.integers(0, 3))
    wrong = word[:at] + sign + word[at + 1 :]
    assert wrong in KNOWN.words or meant(wrong, KNOWN)


@pytest.mark.django_db
@pytest.mark.feature("B11")
def test_a_search_in_vain_offers_what_the_index_holds(
    client: Client, tmp_path: object, settings: object
) -> None:
    from gongkai.kernel import clock, outbox
    from gongkai.publishing.tests.world import World

    for name in ("TREE_DIR", "FILES_DIR", "INDEX_DIR"):
        setattr(settings, name, tmp_path / name)  # type: ignore[operator]
    World().published(now=clock.now(), title="望海路口袋公园建设公示")
    while outbox.deliver_waiting(now=clock.now()):
        pass
    page = client.get("/search/", {"q": "koudaigongyuan"}).content.decode()
    assert "您是不是要找" in page and "口袋公园" in page
    assert "您是不是要找" not in client.get("/search/", {"q": "口袋公园"}).content.decode()


LINES = (
    "滨海区既有住宅加装电梯财政补助办法",
    "第一条　为了改善居住条件，根据有关规定，制定本办法。",
    "第四条　每台电梯按建设费用的百分之四十给予补助，最高不超过二十八万元。",
    "符合老年住户比例的，补助再提高百分之十，由所在街道核实。",
    "第五条　补助资金由区财政承担，自通过验收之日起三十日内拨付到位。",
)


@pytest.mark.feature("B11")
def test_the_quoted_article_is_word_for_word_and_holds_the_question() -> None:
    found = clause_for(read("加装电梯 补助 最高"), title=LINES[0], lines=LINES)
    assert found is not None and found.article == "第四条" and found.text in LINES[2]
    second = clause_for(read("电梯 老年住户"), title=LINES[0], lines=LINES)
    assert second is not None and second.article == "第四条" and second.text == LINES[3]


@pytest.mark.parametrize(
    "typed", ["补助", "加装电梯 学区划分", "“加装电梯” 补助", "滨政办发〔2026〕16号", ""]
)
def test_nothing_is_quoted_where_no_article_answers(typed: str) -> None:
    assert clause_for(read(typed), title=LINES[0], lines=LINES) is None
