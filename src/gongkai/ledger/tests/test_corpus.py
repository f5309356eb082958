"""Invented plans in every layout that offices use, through the real reader: each gives the tasks that it holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongkai.files.tests.test_reading import drawn, line, text_at
from gongkai.ledger.queries import read_plan_file
from gongkai.ledger.rules.plan import PlanReading
from gongkai.ledger.tests import corpus
from gongkai.ledger.tests.corpus import HEADS, TASKS, YEAR, Grid, Wanted

pytestmark = pytest.mark.feature("L01")
TITLE = "滨海区2026年政务公开工作要点任务分解表"
NOTE = "注：标★的为重点任务，由区政府办公室督办。"
FORMS: dict[str, Callable[[Path, Grid], Path]] = {
    "docx": lambda path, rows: corpus.docx(path, TITLE, rows),
    "xlsx": lambda path, rows: corpus.xlsx(path, rows, title=TITLE),
    "html": lambda path, rows: corpus.html(path, TITLE, rows),
    "tabs": lambda path, rows: corpus.txt(path, TITLE + "\n" + corpus.signs(rows, "\t")),
    "bars": lambda path, rows: corpus.txt(path, TITLE + "\n" + corpus.signs(rows, "|", framed=True), "gbk"),
    "lines": lambda path, rows: corpus.txt(path, TITLE + "\n" + corpus.one_a_line(rows), "utf-8-sig"),
    "pdf": lambda path, rows: corpus.pdf(
        path, rows, widths=[30] + [520 // (len(rows[0]) - 1)] * (len(rows[0]) - 1)
    ),
}
FEW = ("docx", "xlsx", "html", "pdf")
DRAWN = ("docx", "tabs", "bars", "lines")
PLAIN = corpus.grid()
CHINESE = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
Case = tuple[str, Callable[[Path], Path], Sequence[Wanted]]


def reading(path: Path) -> PlanReading:
    return read_plan_file(path, name=path.name, year=YEAR)


def facts(plan: PlanReading) -> list[tuple[Any, ...]]:
    return [
        (task.number, task.field, task.requirement, tuple((u.text, u.role) for u in task.units),
         task.deadline.kind, task.deadline.day)
        for task in plan.tasks
    ]  # fmt: skip


def wanted(tasks: Sequence[Wanted]) -> list[tuple[Any, ...]]:
    return [(one.number, one.field, one.requirement, one.means, one.kind, one.day) for one in tasks]


def in_forms(
    name: str, rows: Grid, tasks: Sequence[Wanted] = TASKS, forms: Sequence[str] = FEW
) -> list[Case]:
    return [(f"{name}-{form}", lambda path, form=form: FORMS[form](path, rows), tasks) for form in forms]  # type: ignore[misc]


def without(*signs: str) -> tuple[Wanted, ...]:
    """The tasks of a table that lacks these columns."""
    change: dict[str, Any] = {}
    if "f" in signs:
        change["field"] = ""
    if "d" in signs:
        change |= {"kind": "none", "day": None}
    return tuple(replace(task, **change) for task in TASKS)


def other_heads() -> list[Case]:
    found: list[Case] = []
    for at, heads in enumerate(HEADS):
        tasks = corpus.leading() if heads == "kind" else TASKS
        forms = [list(FORMS)[at % 7], list(FORMS)[(at + 3) % 7], list(FORMS)[(at + 5) % 7]]
        found += in_forms(heads, corpus.grid(heads), tasks, forms)
    return found


def separators() -> list[Case]:
    def by(sign: str) -> Grid:
        keep = "各部门、各单位"
        return corpus.cells_of(
            PLAIN,
            3,
            lambda text: text.replace(keep, "★").replace("、", sign).replace("；", sign).replace("★", keep),
        )

    return [
        case
        for name, sign in {"comma": "，", "slash": "／", "space": " ", "semicolon": ";"}.items()
        for case in in_forms(f"units-by-{name}", by(sign), TASKS, ("docx", "tabs", "pdf"))
    ] + in_forms("units-by-newline", by("\n"), TASKS, ("docx", "xlsx", "html"))


def numbers() -> list[Case]:
    found: list[Case] = []
    for name, form in {"dot": "{}.", "bracket": "（{}）", "item": "第{}项"}.items():
        rows = corpus.cells_of(PLAIN, 0, lambda text, form=form: form.format(text))  # type: ignore[misc]
        found += in_forms(f"number-{name}", rows, TASKS, ("xlsx", "lines"))
    found += in_forms(
        "number-chinese", corpus.cells_of(PLAIN, 0, lambda t: CHINESE[int(t) - 1]), TASKS, ("docx",)
    )
    circled = corpus.cells_of(PLAIN, 0, lambda text: chr(ord("①") + int(text) - 1))
    found += in_forms("number-circled", circled, TASKS, ("docx", "lines"))
    parts = corpus.cells_of(PLAIN, 0, lambda text: f"{(int(text) + 2) // 3}.{(int(text) - 1) % 3 + 1}")
    found += in_forms("number-in-parts", parts, TASKS, ("xlsx", "tabs"))
    blank = corpus.cells_of(PLAIN, 0, lambda text: "")
    found += in_forms("number-counted-by-the-program", blank, TASKS, ("docx",))
    return found


def columns() -> list[Case]:
    found: list[Case] = []
    for name, order in {"none": "nfru", "turned": "dunrf", "units-first": "unfrd"}.items():
        tasks = without("d") if "d" not in order else TASKS
        found += in_forms(f"order-{name}", corpus.grid("key", order), tasks, ("xlsx", "tabs"))
    found += in_forms("no-field", corpus.grid(order="nrud"), without("f"), ("docx", "bars"))
    found += in_forms("no-number", corpus.grid(order="frud"), TASKS, ("docx", "xlsx"))
    found += in_forms("only-words-and-units", corpus.grid(order="ru"), without("f", "d"), ("docx", "tabs"))
    found += in_forms("no-head", PLAIN[1:], TASKS, ("docx", "xlsx", "html", "tabs"))
    more = corpus.with_column(PLAIN, 5, "备注", ["", "需报区政府", "上年未完成"])
    more = corpus.with_column(more, 4, "联系人", ["王某", "李某"])
    found += in_forms("remark-and-person", more, TASKS, ("docx", "tabs", "pdf"))
    basis = corpus.with_column(
        PLAIN, 3, "公开依据", ["《政府信息公开条例》第二十条", "《关于全面推进政务公开的意见》"]
    )
    found += in_forms("basis", basis, TASKS, ("docx", "html"))
    pairs = list(corpus.split_roles())
    two = [["序号", "公开领域", "具体要求", "牵头单位", "配合单位", "完成时限"]]
    two += [[*row[:3], lead, support, row[4]] for row, (lead, support) in zip(PLAIN[1:], pairs, strict=True)]
    found += in_forms("lead-and-support", two, corpus.leading(), ("docx", "xlsx", "tabs"))
    return found


def layouts() -> list[Case]:
    again = [PLAIN[0], *([str(at), *row[1:]] for at, row in enumerate(PLAIN[6:], start=1))]
    half = [*PLAIN[:6], PLAIN[0], *PLAIN[6:]]
    captions = [PLAIN[0], ["一、主动公开"] * 5, *PLAIN[1:6], ["二、政策解读"] * 5, *PLAIN[6:]]
    lines = corpus.one_a_line([PLAIN[0], ["一、主动公开"], *PLAIN[1:6], ["二、政策解读"], *PLAIN[6:]])
    broken = [["序\n号", "公开\n领域", "具体\n要求", "责任\n单位", "完成\n时限"], *PLAIN[1:]]
    typed = [
        PLAIN[0],
        *([*row[:4], str(t.day) if t.day else row[4]] for row, t in zip(PLAIN[1:], TASKS, strict=True)),
    ]
    text, two = corpus.txt, [*PLAIN[:6]]
    contacts = [["序号", "单位", "姓名", "职务", "电话"], ["1", "区财政局", "张三", "科长", "80000001"]]
    statistic = [["指标", "2024年", "2025年", "2026年", "备注"], ["公开条数", "100", "200", "300", ""]]
    cards = [[["任务", task.requirement], ["责任单位", task.units], ["完成时限", task.due]] for task in TASKS]
    return [
        ("list-of-contacts-after", lambda path: corpus.docx(path, TITLE, PLAIN, "联络员名单", contacts), TASKS),
        ("list-of-contacts-before", lambda path: corpus.docx(path, contacts, TITLE, PLAIN), TASKS),
        ("statistic-after", lambda path: corpus.xlsx(path, PLAIN, statistic), TASKS),
        ("goes-on-without-head", lambda path: corpus.docx(path, PLAIN[:6], "（续表）", PLAIN[6:]), TASKS),
        ("single-spaces", lambda path: text(path, TITLE + "\n" + corpus.signs(PLAIN, " ")), TASKS),
        ("cards", lambda path: corpus.docx(path, TITLE, *cards), without("f")),
        ("sum-under-the-table", lambda path: corpus.xlsx(
            path, [*PLAIN, ["合计", "", "12项", "", ""]], title=TITLE), TASKS),
        ("numbered-in-advance", lambda path: corpus.docx(
            path, [*PLAIN, ["13", "", "", "", ""], ["14", "", "", "", ""]]), TASKS),
        ("starred-numbers", lambda path: corpus.docx(path, corpus.cells_of(PLAIN, 0, lambda t: f"★{t}")), TASKS),
        ("merged-docx", lambda path: corpus.docx(path, TITLE, PLAIN, NOTE, merge=1), TASKS),
        ("merged-xlsx", lambda path: corpus.xlsx(path, PLAIN, title=TITLE, merge=1, note=NOTE), TASKS),
        ("rowspan-without-charset", lambda path: corpus.html(path, TITLE, PLAIN, merge=1, coding="gb18030"), TASKS),
        ("rowspan-wrong-charset", lambda path: corpus.html(
            path, TITLE, PLAIN, merge=1, coding="gb18030", head='<meta charset="utf-8">'), TASKS),
        ("blank-fields", lambda path: text(path, corpus.signs(corpus.grid(blank=True), "\t"), "utf-16"), TASKS),
        ("blank-fields-lines", lambda path: text(path, corpus.one_a_line(corpus.grid(blank=True)), "gb18030"), TASKS),
        ("two-tables-docx", lambda path: corpus.docx(path, "表一", two, "表二", [PLAIN[0], *PLAIN[6:]]), TASKS),
        ("two-tables-each-from-1", lambda path: corpus.docx(path, "表一", two, "表二", again), TASKS),
        ("two-sheets-each-from-1", lambda path: corpus.xlsx(path, two, again), TASKS),
        ("head-again-html", lambda path: corpus.html(path, TITLE, half), TASKS),
        ("head-again-lines", lambda path: text(
            path, corpus.one_a_line(PLAIN[:6]) + "\n- 2 -\n" + corpus.one_a_line([PLAIN[0], *PLAIN[6:]])), TASKS),
        ("head-once-pdf", lambda path: corpus.pdf(path, PLAIN, heads=False), TASKS),
        ("captions-docx", lambda path: corpus.docx(path, captions), TASKS),
        ("captions-lines", lambda path: text(path, lines), TASKS),
        ("notes-after-lines", lambda path: text(
            path, corpus.one_a_line(PLAIN) + f"\n{NOTE}\n（此件公开发布）"), TASKS),
        ("broken-heads", lambda path: corpus.docx(path, broken), TASKS),
        ("typed-dates", lambda path: corpus.xlsx(path, typed, typed=True), TASKS),
        ("commas", lambda path: text(path, corpus.signs(PLAIN, ",")), TASKS),
        ("wide-spaces", lambda path: text(path, TITLE + "\n" + corpus.signs(PLAIN, "   ")), TASKS),
        ("ideographic-spaces", lambda path: text(path, corpus.signs(PLAIN, "　"), "gbk"), TASKS),
        ("full-width", lambda path: corpus.docx(path, [[corpus.wide(t) for t in row] for row in PLAIN]),
         [replace(task, requirement=corpus.wide(task.requirement)) for task in TASKS]),
        ("fields-broken-in-cells", lambda path: corpus.docx(
            path, corpus.cells_of(PLAIN, 2, lambda t: t[:6] + "\n" + t[6:])), TASKS),
    ]  # fmt: skip


def small() -> list[Case]:
    """Tables whose fields are easily taken for others: short duties without a full stop, empty fields, signatures."""
    hasty = replace(TASKS[0], requirement="及时公开稳岗就业政策", due="常态化推进")
    swift = replace(
        TASKS[3], number=2, requirement="每季度公布一次抽检结果", due="5月底前完成，并长期坚持", kind="date"
    )
    swift = replace(swift, day=date(YEAR, 5, 31), field="会议公开")
    few = [hasty, swift, replace(TASKS[6], number=3, due="2026年全年")]
    rows = corpus.grid("kind", "nudfr", few)
    rows[0][1] = "责任部门"
    signed = corpus.grid(order="nfru")
    ends = [*PLAIN[:12], [*PLAIN[12][:4], ""]]
    text, last = corpus.txt, replace(TASKS[11], kind="none", day=None)
    return [
        *in_forms("short-duties", rows, few, ("lines", "tabs", "pdf", "xlsx")),
        ("signed", lambda path: text(
            path, corpus.one_a_line(signed) + "\n滨海区人民政府办公室\n2026年3月20日"), without("d")),
        ("note-after-last-duty", lambda path: text(
            path, corpus.one_a_line(corpus.grid(order="nudfr")) + "\n注：各单位按时报送进展。"), TASKS),
        ("empty-field-at-the-end", lambda path: text(path, corpus.signs(ends, "\t")), [*TASKS[:11], last]),
    ]  # fmt: skip


CASES = [*other_heads(), *separators(), *numbers(), *columns(), *layouts(), *small()]


@pytest.mark.parametrize(("write", "tasks"), [pytest.param(w, t, id=name) for name, w, t in CASES])
def test_plan_gives_its_tasks(tmp_path: Path, write: Callable[[Path], Path], tasks: Sequence[Wanted]) -> None:
    plan = reading(write(tmp_path / "plan"))
    assert facts(plan) == wanted(tasks)
    assert plan.problems == ()


def test_the_corpus_is_wide() -> None:
    assert len(CASES) >= 60 and len({name for name, _, _ in CASES}) == len(CASES)


def test_numbers_that_were_counted_anew_are_said(tmp_path: Path) -> None:
    again = [PLAIN[0], *([str(at), *row[1:]] for at, row in enumerate(PLAIN[6:], start=1))]
    plan = reading(corpus.docx(tmp_path / "plan", PLAIN[:6], again))
    assert "分 2 段" in plan.remarks[0] and "请核对" in plan.remarks[0]


def test_plan_of_another_year_is_remarked(tmp_path: Path) -> None:
    plan = reading(corpus.docx(tmp_path / "plan", TITLE.replace("2026", "2025"), PLAIN))
    assert plan.remarks == ("文件标题写的是2025年，现在按2026年读入。请核对年度是否选错。",)


@pytest.mark.parametrize(
    ("units", "means"),
    [
        ("牵头单位：区财政局 配合单位：区审计局、各街道办事处", "区财政局=lead 区审计局=support 各街道办事处=support"),
        ("牵头：区民政局\n配合：各街道办事处", "区民政局=lead 各街道办事处=support"),
        ("区财政局牵头区审计局、各部门配合", "区财政局=lead 区审计局=support 各部门=support"),
        ("区财政局（牵头）区审计局（配合）", "区财政局=lead 区审计局=support"),
        ("1.区财政局 2.区审计局", "区财政局=responsible 区审计局=responsible"),
        ("①区民政局②各街道办事处", "区民政局=responsible 各街道办事处=responsible"),
        ("区财政局（牵头单位）、区审计局（责任）", "区财政局=lead 区审计局=responsible"),
        ("★区财政局", "区财政局=responsible"),
        ("八大关街道办事处\n湛山街道办事处", "八大关街道办事处=responsible 湛山街道办事处=responsible"),
        ("财政局 民政局 司法局", "财政局=responsible 民政局=responsible 司法局=responsible"),
        ("区教育\n体育局、区卫生\n健康局", "区教育体育局=responsible 区卫生健康局=responsible"),
        ("区委\n宣传部", "区委宣传部=responsible"),
        ("区教育体育局区民政局", "区教育体育局=responsible 区民政局=responsible"),
        ("区委区政府督查室", "区委区政府督查室=responsible"),
        ("由区司法局会同区委编办负责", "区司法局=responsible 区委编办=responsible"),
    ],
)  # fmt: skip
def test_units_however_they_are_parted(tmp_path: Path, units: str, means: str) -> None:
    rows = [PLAIN[0], ["1", "财政", "公开部门的预算和决算。", units, "6月底前"], *PLAIN[2:]]
    found = reading(corpus.docx(tmp_path / "plan", rows)).tasks[0]
    assert " ".join(f"{unit.text}={unit.role}" for unit in found.units) == means
    assert "".join(found.units_as_written.split()) == "".join(units.split())
    assert found.deadline.day == date(YEAR, 6, 30)


def test_row_that_the_end_of_a_page_cuts_is_read_whole(tmp_path: Path) -> None:
    """The sides of its fields run on to the foot of the page, and no line closes them."""
    widths = [30, 95, 250, 95, 60]
    first, second = (
        corpus.page(PLAIN[:3], widths),
        corpus.page([PLAIN[0], ["", "", "", "局", ""], *PLAIN[4:6]], widths),
    )
    rows, lefts = (
        [["3", "政策文件", TASKS[2].requirement, "公安滨海分", "6月底前"]],
        [30, 60, 155, 405, 500, 560],
    )
    foot = corpus.foot(first)
    cut = "".join(line(left, foot - 60, left, foot) for left in lefts)
    cut += "".join(
        text_at(left + 4, foot - 14 * (at + 1), words)
        for left, cell, width in zip(lefts, rows[0], widths, strict=False)
        for at, words in enumerate(corpus.wrapped(cell, (width - 8) // 12))
    )
    plan = reading(drawn(tmp_path / "plan.pdf", [first + cut, second]))
    assert [task.number for task in plan.tasks] == [1, 2, 3, 4, 5]
    assert plan.tasks[2].requirement == TASKS[2].requirement and plan.problems == ()
    assert [unit.text for unit in plan.tasks[2].units] == ["公安滨海分局"]


def test_duty_whose_units_and_deadline_stand_in_lines_of_their_own(tmp_path: Path) -> None:
    text = "\n".join(
        ("滨海区2026年政务公开工作要点", "一、推进决策公开", "（一）公布重大决策目录。", "责任单位：区政府办公室、区司法局",
         "完成时限：3月底前", "（二）扩大公众参与。召开听证会。", "牵头单位：区司法局；配合单位：各部门；完成时限：全年")
    )  # fmt: skip
    first, second = reading(corpus.docx(tmp_path / "plan", text)).duties
    assert first.sentence == "（一）公布重大决策目录。" and first.deadline.day == date(YEAR, 3, 31)
    assert [unit.text for unit in first.units] == ["区政府办公室", "区司法局"]
    assert second.sentence == "召开听证会。" and second.deadline.kind == "continuous"
    assert [(unit.text, unit.role) for unit in second.units] == [("区司法局", "lead"), ("各部门", "support")]


def test_table_that_was_passed_over_is_said(tmp_path: Path) -> None:
    contacts = [["序号", "单位", "姓名", "职务", "电话"], ["1", "区财政局", "张三", "科长", "80000001"]]
    plan = reading(corpus.docx(tmp_path / "plan", PLAIN, contacts))
    assert plan.remarks == ("文件里另有 1 张表不像任务表，没有读取，请核对是否漏读。",)
