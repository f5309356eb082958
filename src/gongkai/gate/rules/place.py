"""A paper in the wrong column, by its title and its number. A hint only: who files it knows better."""

from __future__ import annotations

import re

from gongkai.gate.rules.finding import Finding, Level

RULE = "column.mismatch"
_EXPECTED: tuple[tuple[re.Pattern[str], tuple[str, ...], str], ...] = (
    (re.compile(r"招聘|录用|拟聘|考录|招考|公务员考试|引进.*人才"), ("人事", "招聘", "招考", "录用", "就业", "公示"), "人事招考"),
    (re.compile(r"中标|采购|招标|成交结果|磋商公告"), ("采购", "招标", "招投标", "交易", "项目", "公告"), "政府采购"),
    (re.compile(r"预算|决算"), ("财政", "预算", "决算", "预决算", "资金"), "财政预决算"),
    (re.compile(r"行政处罚|处罚决定"), ("处罚", "执法", "信用", "双公示"), "行政处罚"),
    (re.compile(r"任免|任职|免职|任前公示"), ("人事", "任免", "公示"), "人事任免"),
    (re.compile(r"解读|一图读懂|问答"), ("解读", "政策", "回应"), "政策解读"),
    (re.compile(r"低保|救助|特困|残疾人补贴"), ("救助", "民政", "社会保障", "补贴", "公示", "惠民", "资金"), "社会救助"),
    (re.compile(r"环境影响|环评|排污"), ("环境", "环保", "环评", "生态"), "生态环境"),
)  # fmt: skip
_POLICY = ("政策", "文件", "规范性", "公报", "规章", "通知", "公文", "法规", "制度")


def column(title: str, number: str, path: str) -> Finding | None:
    """``path`` is the names of the column and of those above it."""
    if not path:
        return None
    for pattern, words, better in _EXPECTED:
        if (match := pattern.search(title)) and not any(word in path for word in words):
            return _finding(
                title, f"标题里有“{match[0]}”，像是“{better}”类信息，现在放在“{path}”。请核对专栏。"
            )
    if number and not any(word in path for word in _POLICY) and re.search(r"要闻|动态|新闻", path):
        return _finding(number, f"有发文字号的文件，现在放在“{path}”。请核对是否应放政策文件。")
    return None


def _finding(text: str, says: str) -> Finding:
    return Finding(RULE, Level.HINT, "专栏", text[:60], says, "条例第十二条")
