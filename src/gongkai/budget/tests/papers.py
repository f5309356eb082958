"""Budget papers that add up, in several layouts, and one fault planted in each copy."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.kernel.text.blocks import Block, Cell, Paragraph, Table

Rows = list[list[str]]
Planted = Callable[[dict[str, Rows], list[str]], None]
TITLES = {
    "all": "收支总表", "income": "收入总表", "spending": "支出总表", "grant": "财政拨款收支总表",
    "general": "一般公共预算支出表", "basic": "一般公共预算基本支出表", "three": "“三公”经费支出表",
    "fund": "政府性基金预算支出表", "capital": "国有资本经营预算支出表",
}  # fmt: skip


def sound(scale: int = 1, *, in_head: bool = False) -> tuple[dict[str, Rows], list[str]]:
    """A paper that adds up; ``scale`` gives other sums, ``in_head`` another layout of 三公."""

    def w(number: float) -> str:
        return f"{number * scale:,.2f}"

    spending = [
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        ["201", "一般公共服务支出", w(900), w(600), w(300)],
        ["20106", "财政事务", w(900), w(600), w(300)],
        ["2010601", "行政运行", w(600), w(600), ""],
        ["2010602", "一般行政管理事务", w(300), "", w(300)],
        ["208", "社会保障和就业支出", w(100.5), w(100.5), ""],
        ["20805", "行政事业单位养老支出", w(100.5), w(100.5), ""],
        ["", "合计", w(1000.5), w(700.5), w(300)],
    ]
    three = [
        ["项目", "预算数"], ["合计", w(20)], ["1.因公出国（境）费", w(0)], ["2.公务接待费", w(5)],
        ["3.公务用车购置及运行费", w(15)], ["其中：公务用车购置费", w(0)], ["公务用车运行费", w(15)],
    ]  # fmt: skip
    if in_head:
        three = [
            [
                "合计",
                "因公出国（境）费",
                "公务用车购置及运行费",
                "公务用车购置费",
                "公务用车运行费",
                "公务接待费",
            ],
            [w(20), w(0), w(15), w(0), w(15), w(5)],
        ]
    both = [
        ["收入", "预算数", "支出", "预算数"], ["一般公共预算", w(1000.5), "一般公共服务支出", w(900)],
        ["", "", "社会保障和就业支出", w(100.5)], ["收入总计", w(1000.5), "支出总计", w(1000.5)],
    ]  # fmt: skip
    tables = {
        "all": both,
        "income": [["项目", "预算数"], ["一般公共预算", w(1000.5)], ["收入合计", w(1000.5)]],
        "spending": spending,
        "grant": [list(row) for row in both],
        "general": [list(row) for row in spending],
        "basic": [["经济分类", "金额"], ["工资福利支出", w(700.5)]],
        "three": three,
        "fund": [["科目编码", "科目名称", "合计", "基本支出", "项目支出"], ["", "", "", "", ""]],
        "capital": [["科目编码", "科目名称", "合计"], ["", "", ""]],
    }
    said = [
        f"2026年收入预算为{w(1000.5)}万元，支出预算为{w(1000.5)}万元。",
        f"2026年支出预算{w(1000.5)}万元，比上年增加{w(100.5)}万元，增长11.2%。",
        f"“三公”经费预算{w(20)}万元。其中：公务接待费{w(5)}万元，公务用车运行费{w(15)}万元。",
        "本单位没有政府性基金预算，故本表为空表。",
        "本单位没有国有资本经营预算，故本表为空表。",
    ]
    return tables, said


def blocks(
    tables: dict[str, Rows], said: list[str], *, sheets: bool = False, unit: str = "单位：万元"
) -> list[Block]:
    """The paper as the reader gives it out."""
    found: list[Block] = []
    for kind, rows in tables.items():
        cells = tuple(tuple(Cell(text) for text in row) for row in rows)
        if sheets:
            blank = [""] * (len(rows[0]) - 1)
            head = tuple(tuple(Cell(text) for text in [first, *blank]) for first in (TITLES[kind], unit))
            found.append(Table((*head, *cells), name=TITLES[kind]))
        else:
            found += [Paragraph(TITLES[kind], page=2), Paragraph(unit, page=2), Table(cells, page=2)]
    return [*found, *(Paragraph(line, page=9) for line in said)]


def _put(kind: str, row: int, column: int, text: str) -> Planted:
    def plant(tables: dict[str, Rows], said: list[str]) -> None:
        tables[kind][row][column] = text

    return plant


def _say(at: int, before: str, after: str) -> Planted:
    def plant(tables: dict[str, Rows], said: list[str]) -> None:
        assert before in said[at]
        said[at] = said[at].replace(before, after, 1)

    return plant


def _both(*plants: Planted) -> Planted:
    def plant(tables: dict[str, Rows], said: list[str]) -> None:
        for one in plants:
            one(tables, said)

    return plant


def _drop(kind: str) -> Planted:
    def plant(tables: dict[str, Rows], said: list[str]) -> None:
        del tables[kind]

    return plant


# What is planted, and the one finding that must come of it: rule, and a part of place or quote.
FAULTS: list[tuple[str, str, Planted]] = [
    ("budget.three_sum", "21.00", _both(_put("three", 1, 1, "21.00"), _say(2, "预算20.00", "预算21.00"))),
    ("budget.three_sum", "20.00", _put("three", 2, 1, "2.00")),
    ("budget.cars_sum", "15.00", _put("three", 5, 1, "3.00")),
    ("budget.balance", "1,000.60", _put("grant", 3, 3, "1,000.60")),
    ("budget.balance", "1,000.50", _put("grant", 3, 1, "999.50")),
    *[("budget.table_missing", TITLES[kind], _drop(kind)) for kind in TITLES],
    ("budget.empty_unexplained", "政府性基金", _say(3, "没有政府性基金预算，故本表为空表", "开展了工作")),
    ("budget.empty_unexplained", "国有资本", _say(4, "没有国有资本经营预算，故本表为空表", "开展了工作")),
    ("budget.basic_project", "1,000.50", _put("spending", 7, 4, "310.00")),
    ("budget.basic_project", "1,000.50", _put("general", 7, 3, "700.00")),
    ("budget.basic_project", "1,001.50", _put("spending", 7, 2, "1,001.50")),
    ("budget.basic_project", "1,002.50", _put("general", 7, 2, "1,002.50")),
    ("budget.text_table", "收入预算为1,100.50万元", _say(0, "收入预算为1,000.50", "收入预算为1,100.50")),
    ("budget.text_table", "支出预算为1,005.00万元", _say(0, "支出预算为1,000.50", "支出预算为1,005.00")),
    ("budget.text_table", "支出预算1,000.50元", _say(1, "支出预算1,000.50万元", "支出预算1,000.50元、即1,000.50万元")),
    ("budget.text_table", "经费预算22.00万元", _say(2, "预算20.00", "预算22.00")),
    ("budget.text_table", "公务接待费5.50万元", _say(2, "接待费5.00", "接待费5.50")),
    ("budget.text_table", "公务用车运行费51.00万元", _say(2, "运行费15.00", "运行费51.00")),
    ("budget.text_table", "收入预算为10.01亿元", _say(0, "收入预算为1,000.50万元", "收入预算为10.01亿元")),
    ("budget.percent", "12.2%", _say(1, "11.2%", "12.2%")),
    ("budget.percent", "1.1%", _say(1, "11.2%", "1.1%")),
    ("budget.percent", "减少100.50万元", _say(1, "增加100.50万元，增长11.2%", "减少100.50万元，下降11.2%")),
    ("budget.percent", "增加10.50万元", _say(1, "增加100.50", "增加10.50")),
    ("budget.percent", "20%", _say(1, "11.2%", "20%")),
]  # fmt: skip
