"""Rules of the gate on passages: seeded defects each yield their finding, sound text yields none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.gate.rules import dates, form, personal, place, sketch, word_rows, wording
from gongkai.gate.rules.finding import Finding, Known, Level, Passage
from gongkai.gate.rules.folding import chains, fold, masked
from gongkai.gate.rules.pages import mended, passages_of
from gongkai.gate.rules.wording import Leader, Lists, Word

TODAY = date(2026, 10, 14)
ID = "11010519491231002X"
LISTS = Lists(
    wording.collected(
        [
            Word("wrong", "布署", "部署", "词典"),
            Word("renamed", "国土资源部", "自然资源部", "方案"),
            Word("fixed", "", "绿水青山就是金山银山", "报告"),
            Word("stance", "台湾政府", "台湾当局", "新华社"),
        ]
    ),
    (
        Leader("赵一平", "区长", 1),
        Leader("钱二安", "副区长", 2),
        Leader("孙三", "副区长", 3, until=date(2026, 1, 1)),
    ),
)


def rules_in(text: str) -> set[str]:
    passage = Passage("正文第1段", text)
    found = [*dates.find(passage, TODAY), *form.find(passage), *wording.find(passage, LISTS, TODAY)]
    return {one.rule for one in found}


@pytest.mark.feature("C01")
@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("现就有关工作布署如下", "word.wrong"),
        ("原国土资源部印发", "word.renamed"),
        ("绿水清山就是金山银山", "word.fixed"),
        ("台湾政府代表", "word.stance"),
        ("区长赵一萍主持会议", "leader.name"),
        ("区长钱二安主持会议", "leader.post"),
        ("副区长孙三出席", "leader.left"),
        ("钱二安、赵一平出席会议", "leader.order"),
    ],
)
def test_words_and_leaders(text: str, rule: str) -> None:
    assert rules_in(text) == {rule}


@pytest.mark.feature("C01")
@pytest.mark.parametrize(
    "text",
    [
        "工作部署会", "自然资源部", "绿水青山就是金山银山", "区长赵一平、副区长钱二安出席会议",
        "赵一平、钱二安出席会议", "区长办公会", "副区长钱二安主持",
    ],
)  # fmt: skip
def test_right_words_are_left_alone(text: str) -> None:
    assert rules_in(text) == set()


@pytest.mark.feature("C06")
@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("自2026年9月31日起", "date.impossible"),
        ("2月30日前报送", "date.impossible"),
        ("2026年10月14日（星期四）上午", "date.weekday"),
        ("公示期2026年3月8日至2026年3月2日", "date.order"),
        ("报名时间截至2026年3月2日", "date.passed"),
        ("滨民发[2026]19号", "number.bracket"),
        ("滨民发〔2026〕019号", "number.zero"),
        ("根据《政府信息公开条例第三条", "form.unclosed"),
        ("做好，，工作", "form.doubled"),
    ],
)
def test_dates_and_form(text: str, rule: str) -> None:
    assert rule in rules_in(text)


@pytest.mark.feature("C06")
@pytest.mark.parametrize(
    "text",
    [
        "2026年10月14日（星期三）上午", "2024年2月29日", "公示期2026年10月8日至2026年10月16日", "滨民发〔2026〕19号",
        "报名时间2026年10月8日至2026年10月20日", "（2026）鲁0202行初1号", "12月31日", "目的的实现",
    ],
)  # fmt: skip
def test_sound_dates_and_forms(text: str) -> None:
    assert rules_in(text) == set()


def test_a_missing_attachment_is_told_and_a_complete_set_is_not() -> None:
    passages = [Passage("正文第1段", "附件1：表"), Passage("正文第2段", "附件2：说明")]
    assert [one.rule for one in form.attachments(passages, 1)] == ["form.attachments"]
    assert list(form.attachments(passages, 2)) == []


@pytest.mark.feature("C02")
def test_the_units_own_numbers_stand_and_others_do_not() -> None:
    known = Known(phones=frozenset({"13800000001"}), addresses=frozenset({"滨海区望潮路1号2单元301室"}))
    own = [Passage("a", "值班手机138-0000-0001"), Passage("b", "地址：滨海区望潮路1号2单元301室")]
    assert personal.find(own, known) == []
    assert {one.rule for one in personal.find(own)} == {"personal.mobile", "personal.address"}


@pytest.mark.feature("C02")
def test_a_tender_list_weighs_more_than_a_list_of_candidates() -> None:
    names = "张伟、王芳、李娜、刘洋"
    assert personal.find([Passage("a", f"拟录用人员名单：{names}")])[0].level == Level.WARN
    assert personal.find([Passage("a", f"低保对象名单：{names}")])[0].level == Level.BLOCK


def test_the_quote_of_one_number_hides_its_neighbour() -> None:
    found = personal.find([Passage("a", f"张三{ID}，电话13912345678")])
    assert len(found) == 2
    for one in found:
        assert "13912345678" not in one.before + one.after and ID not in one.before + one.after


@given(st.text(max_size=60))
def test_folding_keeps_every_place(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    for chain in chains(folded):
        for group in chain:
            assert [one for one in folded[group.start : group.end] if one.isdigit()]


@given(st.text(alphabet="0123456789 -Xx１２\u200b张", max_size=30), st.integers(0, 6), st.integers(1, 4))
def test_a_mask_keeps_the_writing(text: str, head: int, tail: int) -> None:
    assert len(masked(text, head, tail)) == len(text)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["甲<乙", "a&b", ID, "139 1234 5678", "第二段"]), min_size=1, max_size=5))
def test_mends_of_a_page_settle_it_and_leave_the_rest(parts: list[str]) -> None:
    import html

    page = "".join(f"<p>前{html.escape(part)}<b>后</b></p>" for part in parts)
    placed = passages_of(page)
    assert [one.passage.text for one in placed] == [f"前{part}后" for part in parts]
    findings = personal.find([one.passage for one in placed])
    done = mended(page, placed, findings)
    assert personal.find([one.passage for one in passages_of(done)]) == []
    assert done.count("<b>后</b>") == len(parts)
    if not findings:
        assert done == page


def test_a_number_that_tags_part_is_found_and_mended_in_place() -> None:
    page = "<p>手机<b>139</b>1234<i>5678</i>。</p><table><tr><td>姓名</td></tr><tr><td>张&amp;三</td></tr></table>"
    placed = passages_of(page)
    found = personal.find([one.passage for one in placed])
    assert [one.text for one in found] == ["139****5678"]
    assert "<b>139</b>****<i>5678</i>" in mended(page, placed, found)
    assert placed[-1].passage == Passage("正文表格1第2行第1列", "张&三", "姓名", 2)


@pytest.mark.feature("C05")
def test_near_duplicates_share_bands_and_others_do_not() -> None:
    text = "".join(
        f"第{n}条 各单位应当按照规定公开第{n * 7}项信息，并于每月{n % 28 + 1}日前更新。" for n in range(1, 60)
    )
    edited = text.replace("第70项", "第71项").replace("第140项", "第141项")
    other = "".join(f"关于{n}号地块的环境影响评价公示，建设内容为{n * 3}平方米。" for n in range(1, 60))
    first, second, third = map(sketch.sketch, (text, edited, other))
    assert sketch.likeness(first, second) >= sketch.ALIKE and set(sketch.bands(first)) & set(
        sketch.bands(second)
    )
    assert sketch.likeness(first, third) < 0.2 and not set(sketch.bands(first)) & set(sketch.bands(third))
    assert sketch.sketch("很短") == ()


@pytest.mark.feature("C05")
def test_a_paper_in_the_wrong_column() -> None:
    found = place.column("2026年教师招聘公告", "", "政府采购")
    assert isinstance(found, Finding) and found.level == Level.HINT
    assert place.column("2026年教师招聘公告", "", "人事信息 / 招考录用") is None
    assert place.column("关于做好防汛工作的通知", "滨政发〔2026〕1号", "部门动态") is not None


def test_word_rows_are_read_or_told_by_row() -> None:
    words, problems = word_rows.read(
        "错别字,布署,部署,词典\n奇怪,甲乙,丙丁,戊\n固定表述,,短,己\n错别字,甲,乙\n\n"
    )
    assert words == [Word("wrong", "布署", "部署", "词典")]
    assert [one.row for one in problems] == [2, 3, 4]
