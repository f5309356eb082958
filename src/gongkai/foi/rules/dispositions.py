"""The closed list of results of a request. From the one code follow letter, legal ground, statistics row, remedy.

Rows are those of 表三 of the annual report (国办公开办函〔2021〕30号); a code is its row's key wherever the row has
one result only. Two results share a row and have two codes: ``r1`` provided and ``r1_public`` already public,
``r4_1_absent`` and ``r4_1_elsewhere``, and what falls under 其他: ``r6_3``, ``r6_3_withdrawn``, ``r6_3_merged``,
``r6_3_enquiry``. The row of the statistics and the remedy are kept apart: ``r3_8`` is counted under 不予公开 and
is no refusal in the sense of 复议法第二十三条.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from gongkai.law.basis import basis, cite

A, B, C, D = "A", "B", "C", "D"
OVERDUE, UNPUBLISHED = "overdue", "unpublished"


@dataclass(frozen=True, slots=True)
class Disposition:
    """One result. ``result`` is what the case list says; ``letter`` the key of its official letter, empty where
    the case ends without one. ``needs`` names what the file must hold before the letter leaves."""

    code: str
    row: str
    result: str
    letter: str
    references: tuple[str, ...]
    remedy_class: str
    needs: tuple[str, ...] = ()

    @property
    def basis(self) -> str:
        """The articles in Chinese; empty for the one result that no article names."""
        return cite(*self.references)

    @property
    def refuses(self) -> bool:
        """不予公开 by 条例第十四条 to 第十六条, whole or in part."""
        return self.remedy_class == A


SEARCH, COMPETENT, GROUND, EARLIER, SEVERED = (
    "search_record",
    "competent_agency",
    "ground",
    "earlier_answer",
    "severed_version",
)
_ROWS: tuple[tuple[str, str, str, str, tuple[str, ...], str, tuple[str, ...]], ...] = (
    ("r1", "r1", "予以公开", "answer_provided", ("条例36(2)",), B, ()),
    ("r1_public", "r1", "已主动公开，告知获取方式", "answer_public", ("条例36(1)",), B, ("where_published",)),
    ("r2", "r2", "部分公开", "answer_partial", ("条例37",), A, (GROUND, SEVERED)),
    ("r3_1", "r3_1", "不予公开：国家秘密", "refuse_secret", ("条例14", "条例36(3)"), A, (GROUND,)),
    (
        "r3_2",
        "r3_2",
        "不予公开：法律、行政法规禁止公开",
        "refuse_forbidden",
        ("条例14", "条例36(3)"),
        A,
        (GROUND,),
    ),
    (
        "r3_3",
        "r3_3",
        "不予公开：危及“三安全一稳定”",
        "refuse_security",
        ("条例14", "条例36(3)"),
        A,
        (GROUND,),
    ),
    (
        "r3_4",
        "r3_4",
        "不予公开：保护第三方合法权益",
        "refuse_third_party",
        ("条例15", "条例32", "条例36(3)"),
        A,
        (GROUND,),
    ),
    ("r3_5", "r3_5", "不予公开：内部事务信息", "refuse_internal", ("条例16.1", "条例36(3)"), A, (GROUND,)),
    ("r3_6", "r3_6", "不予公开：过程性信息", "refuse_process", ("条例16.2", "条例36(3)"), A, (GROUND,)),
    ("r3_7", "r3_7", "不予公开：行政执法案卷", "refuse_case_file", ("条例16.2", "条例36(3)"), A, (GROUND,)),
    ("r3_8", "r3_8", "行政查询事项，依特别规定办理", "answer_special_law", ("条例36(7)",), B, (GROUND,)),
    ("r4_1_absent", "r4_1", "政府信息不存在", "answer_absent", ("条例36(4)",), B, (SEARCH,)),
    ("r4_1_elsewhere", "r4_1", "不属于本机关负责公开", "answer_elsewhere", ("条例36(5)",), B, (COMPETENT,)),
    ("r4_2", "r4_2", "没有现成信息，需要另行制作", "answer_needs_making", ("条例38",), B, ()),
    ("r4_3", "r4_3", "补正后申请内容仍不明确", "answer_still_unclear", ("条例29.2", "条例30"), B, ()),
    ("r5_1", "r5_1", "信访、投诉、举报类申请，不予处理", "decline_petition", ("条例39.1",), B, ()),
    ("r5_2", "r5_2", "重复申请，不予重复处理", "decline_repeat", ("条例36(6)",), B, (EARLIER,)),
    ("r5_3", "r5_3", "要求提供公开出版物，告知获取途径", "decline_publication", ("条例39.2",), B, ()),
    ("r5_4", "r5_4", "无正当理由大量反复申请，不予处理", "decline_bulk", ("条例35",), B, ("reasons_asked",)),
    ("r5_5", "r5_5", "要求确认或者重新出具已获取的信息，不予处理", "decline_confirmation", (), B, (EARLIER,)),
    ("r6_1", "r6_1", "逾期不补正，不再处理", "close_uncorrected", ("条例30",), B, ("correction_lapsed",)),
    (
        "r6_2",
        "r6_2",
        "逾期不缴费，不再处理",
        "close_unpaid",
        ("条例42.1", "国办函〔2020〕109号"),
        B,
        ("fee_lapsed",),
    ),
    ("r6_3", "r6_3", "其他处理", "close_other", (), B, ()),
    ("r6_3_withdrawn", "r6_3", "申请人撤回申请", "close_withdrawn", (), B, ("withdrawal",)),
    ("r6_3_merged", "r6_3", "并入另一件申请办理", "close_merged", (), B, ("merged_into",)),
    ("r6_3_enquiry", "r6_3", "咨询事项，不作为政府信息公开申请处理", "decline_enquiry", ("条例2",), B, ()),
)
DISPOSITIONS = MappingProxyType({row[0]: Disposition(*row) for row in _ROWS})
ROW_KEYS = tuple(dict.fromkeys(one.row for one in DISPOSITIONS.values()))
# Not results of a case, but what people go to law against all the same.
OMISSIONS = MappingProxyType({OVERDUE: C, UNPUBLISHED: D})


class UnknownDisposition(LookupError):  # noqa: N818 -- an answer to whoever typed the code
    """A code that is no result; the text names those that are."""


def disposition(code: str) -> Disposition:
    """The result of a code.

    >>> disposition("r3_8").remedy_class, disposition("r4_1_absent").row
    ('B', 'r4_1')
    """
    found = DISPOSITIONS.get(code)
    if found is None:
        near = "、".join(name for name in DISPOSITIONS if name.startswith(code)) if code else ""
        hint = f"是否为 {near}？" if near else f"请从这些代码中选一个：{'、'.join(DISPOSITIONS)}。"
        raise UnknownDisposition(f"没有处理结果代码“{code}”。{hint}")
    return found


@basis("条例36", "条例37", "国办公开办函〔2021〕30号")
def statistic_row(code: str) -> str:
    """The row of 表三 in which a case with this result is counted, once.

    >>> statistic_row("r1_public"), statistic_row("r4_1_elsewhere")
    ('r1', 'r4_1')
    """
    return disposition(code).row


def result_of_row(key: str) -> str:
    """A code as it is; for the key of a row with several results of one remedy, the first of them.

    >>> result_of_row("r4_1"), result_of_row("r3_8")
    ('r4_1_absent', 'r3_8')
    """
    if key in DISPOSITIONS:
        return key
    return next((code for code, one in DISPOSITIONS.items() if one.row == key), key)


@basis("复议法23.1(4)", "法释〔2025〕8号1")
def remedy_class(code: str) -> str:
    """A refusal, B other result, C silence (``overdue``), D not published of its own accord (``unpublished``)."""
    return OMISSIONS.get(code) or disposition(code).remedy_class
