"""表三 and 表四 of the annual report: rows, columns, counting, and the sums that must agree.

Two formats: 2019 and 2020 have one row 其他处理 (国办公开办函〔2019〕60号), from 2021 it has three
(国办公开办函〔2021〕30号).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gongkai.law.basis import basis

COLUMNS = MappingProxyType(
    {
        "natural": "自然人",
        "business": "商业企业",
        "research": "科研机构",
        "welfare": "社会公益组织",
        "legal_service": "法律服务机构",
        "other": "其他",
        "total": "总计",
    }
)
KINDS = tuple(COLUMNS)[:-1]
FIRST_YEAR, THREE_ROWS_SINCE = 2019, 2021
NEW, CARRY_IN, TOTAL, CARRY_OUT = "new", "carry_in", "r7", "carry_out"
_HEAD = {
    NEW: "一、本年新收政府信息公开申请数量",
    CARRY_IN: "二、上年结转政府信息公开申请数量",
    "r1": "三（一）予以公开",
    "r2": "三（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "r3_1": "三（三）不予公开 1.属于国家秘密",
    "r3_2": "三（三）不予公开 2.其他法律行政法规禁止公开",
    "r3_3": "三（三）不予公开 3.危及“三安全一稳定”",
    "r3_4": "三（三）不予公开 4.保护第三方合法权益",
    "r3_5": "三（三）不予公开 5.属于三类内部事务信息",
    "r3_6": "三（三）不予公开 6.属于四类过程性信息",
    "r3_7": "三（三）不予公开 7.属于行政执法案卷",
    "r3_8": "三（三）不予公开 8.属于行政查询事项",
    "r4_1": "三（四）无法提供 1.本机关不掌握相关政府信息",
    "r4_2": "三（四）无法提供 2.没有现成信息需要另行制作",
    "r4_3": "三（四）无法提供 3.补正后申请内容仍不明确",
    "r5_1": "三（五）不予处理 1.信访举报投诉类申请",
    "r5_2": "三（五）不予处理 2.重复申请",
    "r5_3": "三（五）不予处理 3.要求提供公开出版物",
    "r5_4": "三（五）不予处理 4.无正当理由大量反复申请",
    "r5_5": "三（五）不予处理 5.要求行政机关确认或重新出具已获取信息",
}
_OTHER_SINCE_2021 = {
    "r6_1": "三（六）其他处理 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "r6_2": "三（六）其他处理 2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "r6_3": "三（六）其他处理 3.其他",
}
_OTHER_BEFORE = {"r6": "三（六）其他处理"}
_TAIL = {TOTAL: "三（七）总计", CARRY_OUT: "四、结转下年度继续办理"}
REVIEW_GROUPS = MappingProxyType(
    {"reconsideration": "行政复议", "direct": "未经复议直接起诉", "after": "复议后起诉"}
)
REVIEW_COLUMNS = MappingProxyType(
    {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果", "open": "尚未审结", "total": "总计"}
)
# 复议、诉讼 outcome to column of 表四; a table, because the form itself does not say it.
REVIEW_OUTCOMES = MappingProxyType(
    {
        "upheld": ("维持", "upheld"),
        "claim_rejected": ("驳回复议请求、驳回诉讼请求", "upheld"),
        "revoked": ("撤销", "corrected"),
        "partly_revoked": ("部分撤销", "corrected"),
        "changed": ("变更", "corrected"),
        "unlawful": ("确认违法", "corrected"),
        "void": ("确认无效", "corrected"),
        "ordered": ("责令履行", "corrected"),
        "terminated": ("终止、准许撤回", "other"),
        "application_rejected": ("驳回申请、驳回起诉", "other"),
        "mediated": ("调解、和解", "other"),
        "not_accepted": ("不予受理、不予立案", "other"),
        "": ("尚未审结", "open"),
    }
)

Rows = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class CaseCount:
    """One case as 表三 counts it. ``row`` is empty while it is open at the end of the year; ``kind`` is a key of
    ``KINDS``; ``carried_in``: it came in an earlier year."""

    row: str
    kind: str
    carried_in: bool = False


@dataclass(frozen=True, slots=True)
class ReviewCount:
    """One reconsideration or lawsuit; ``outcome`` is a key of ``REVIEW_OUTCOMES``, empty while it is open."""

    group: str
    outcome: str


@basis("国办公开办函〔2021〕30号", "国办公开办函〔2019〕60号")
def row_labels(year: int) -> Mapping[str, str]:
    """The rows of 表三 in the order of the form of that reporting year.

    >>> len(row_labels(2021)), len(row_labels(2020))
    (25, 23)
    """
    if year < FIRST_YEAR:
        raise ValueError(f"{year} 年的报告用的是旧格式，没有这张表。请从 {FIRST_YEAR} 年起填报。")
    other = _OTHER_SINCE_2021 if year >= THREE_ROWS_SINCE else _OTHER_BEFORE
    return MappingProxyType({**_HEAD, **other, **_TAIL})


def result_rows(year: int) -> tuple[str, ...]:
    """The rows that add up to 三（七）总计."""
    return tuple(key for key in row_labels(year) if key.startswith("r") and key != TOTAL)


def row_of_year(row: str, year: int) -> str:
    """A row key of today in the format of a reporting year.

    >>> row_of_year("r6_2", 2020)
    'r6'
    """
    return "r6" if row.startswith("r6") and year < THREE_ROWS_SINCE else row


@basis("国办公开办函〔2021〕30号")
def table_three(cases: Iterable[CaseCount], year: int) -> dict[str, tuple[int, ...]]:
    """表三 of a year: seven numbers a row, the total last. Each case is counted once in its row."""
    cells: Counter[tuple[str, str]] = Counter()
    for case in cases:
        if case.kind not in KINDS:
            raise ValueError(f"申请人类别“{case.kind}”不在表三的列中。请改为：{'、'.join(KINDS)}。")
        row = row_of_year(case.row, year)
        if row and row not in result_rows(year):
            raise ValueError(f"处理结果“{case.row}”不在 {year} 年的表三中。请核对处理结果。")
        cells[CARRY_IN if case.carried_in else NEW, case.kind] += 1
        cells[row or CARRY_OUT, case.kind] += 1
        if row:
            cells[TOTAL, case.kind] += 1
    return {row: with_total(tuple(cells[row, kind] for kind in KINDS)) for row in row_labels(year)}


def with_total(numbers: tuple[int, ...]) -> tuple[int, ...]:
    """Six columns and their sum."""
    return (*numbers, sum(numbers))


@basis("国办公开办函〔2021〕30号")
def table_four(reviews: Iterable[ReviewCount]) -> dict[str, tuple[int, ...]]:
    """表四: five numbers a group, the total last."""
    cells: Counter[tuple[str, str]] = Counter()
    for review in reviews:
        if review.group not in REVIEW_GROUPS or review.outcome not in REVIEW_OUTCOMES:
            raise ValueError(f"复议诉讼记录（{review.group}，{review.outcome}）不在表四中。请核对结果。")
        cells[review.group, REVIEW_OUTCOMES[review.outcome][1]] += 1
    columns = tuple(REVIEW_COLUMNS)[:-1]
    return {group: with_total(tuple(cells[group, one] for one in columns)) for group in REVIEW_GROUPS}


def added(tables: Iterable[Rows]) -> dict[str, tuple[int, ...]]:
    """Several tables of one format in sum, as the government's report needs them."""
    found: dict[str, tuple[int, ...]] = {}
    for table in tables:
        for row, numbers in table.items():
            before = found.get(row, (0,) * len(numbers))
            found[row] = tuple(one + other for one, other in zip(before, numbers, strict=True))
    return found
