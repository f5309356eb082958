"""An invented plan of 滨海区 in every form that a table can have."""

from __future__ import annotations

import os
from pathlib import Path

from gongkai.kernel.text.blocks import Block, Cell, Paragraph, Table

YEAR = 2026
HEADS = {"n": "序号", "f": "公开领域", "r": "具体要求", "u": "责任单位", "d": "完成时限"}
OTHER_HEADS = {"n": "编号", "f": "工作任务", "r": "工作举措", "u": "责任部门", "d": "时限要求"}

# number, field, requirement, units, deadline
TASKS = (
    ("1", "权责事项", "按季核对权责清单，变动后随即公布。", "区委编办、各相关单位", "实时公开"),
    (
        "2",
        "政策文件",
        "把仍然有效的规范性文件汇成一册，提供文本和图片两种下载。",
        "区司法局牵头，各相关单位配合",
        "6月底前",
    ),
    ("3", "政策文件", "送审公文同时写明公开属性。", "区政府办公室牵头、区司法局配合", "持续推进"),
    ("4", "会议情况", "公布区政府常务会议的议题和决定。", "区政府各部门、各单位", "全年"),
    (
        "5",
        "重大事项决策",
        "每项决策的草案、意见和结果放在同一页面，方便群众一次看全。",
        "重大行政决策涉及部门",
        "8月底前",
    ),
    (
        "6",
        "财政资金",
        "部门所属单位的预算和决算全部公开。",
        "区财政局牵头，各相关部门、各街道办事处配合",
        "三季度前",
    ),
    ("7", "财政资金", "补贴发放名单延伸到社区公示。", "区财政局、各街道办事处", "实时公开"),
    (
        "8",
        "公共企事业单位",
        "写明申诉的处理期限和流程。",
        "区教育体育局、区卫生健康局等公共企事业单位主管部门",
        "年底前",
    ),
    ("9", "平台建设", "网站支持互联网协议第6版。", "区大数据局", "2026年11月30日前"),
    ("10", "平台建设", "每个街道建设一处公开示范点。", "区政府办公室、各街道办事处", "上半年"),
)
PROSE = """滨海区2026年政务公开工作要点

全年工作以群众看得懂、找得到为目标。

一、把该公开的公开好
各部门、各单位要按月检查专栏。2026年6月底前,区大数据局要完成网站改版。
二、把话说明白
（一）解读跟着文件走
政策制定机关要同步写好解读。
（二）问得到人。区政府办公室牵头设立咨询窗口，各街道办事处配合。
附件：滨海区2026年政务公开任务分解表
"""


def rows(heads: dict[str, str], order: str, *, blank: bool = True) -> list[list[str]]:
    """The table with its columns in this order; a field that repeats is left blank as offices do."""
    table, above = [[heads[sign] for sign in order]], ""
    for task in TASKS:
        values = dict(zip("nfrud", task, strict=True))
        if blank and values["f"] == above:
            values["f"] = ""
        above = task[1]
        table.append([values[sign] for sign in order])
    return table


def as_cells(table: list[list[str]], *, broken: bool = False) -> list[Block]:
    """One field per line, blank fields left out, long ones broken over two lines."""
    lines = []
    for row in table:
        for text in row:
            if broken and (4 < len(text) <= 7 or len(text) > 24) and row is not table[0]:
                lines += [text[: len(text) // 2], text[len(text) // 2 :]]
            elif text:
                lines.append(text)
    return [Paragraph(line) for line in lines]


def as_grid(table: list[list[str]]) -> list[Block]:
    return [Table(tuple(tuple(Cell(text) for text in row) for row in table))]


def as_drawn(table: list[list[str]], sign: str) -> list[Block]:
    return [Paragraph("\n".join(sign.join(row) for row in table))]


def seed_plan() -> Path:
    """The work plan of the commission, outside the repository; absent on other machines."""
    default = Path(__file__).resolve().parents[4].parent / "shared"
    return Path(os.environ.get("GONGKAI_SHARED", default)) / "seed" / "work-plan-2021.txt"
