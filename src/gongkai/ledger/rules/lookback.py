"""What a look-back found, in words for the annual report. The plan asks for it: 对上一年度工作要点落实情况开展回头看."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# The verdicts as `states` names them; a rule stands below the table of states.
CONFIRMED, UNFINISHED, RECTIFY, TO_VERIFY = "confirmed", "unfinished", "rectify", "to_verify"


@dataclass(frozen=True, slots=True)
class Result:
    """Counts of one look-back: tasks and verifications (task × unit), by verdict."""

    year: int
    tasks: int
    units: int
    verdicts: Mapping[str, int]
    carried: int

    @property
    def total(self) -> int:
        return sum(self.verdicts.values())

    def count(self, verdict: str) -> int:
        return self.verdicts.get(verdict, 0)

    @property
    def open(self) -> int:
        return self.count(TO_VERIFY)


def result_paragraph(result: Result) -> str:
    """The paragraph skeleton for the annual report; every number can be opened on the page beside it.

    >>> result_paragraph(Result(2025, 2, 3, {"confirmed": 4, "unfinished": 1}, 1)).count("。")
    3
    """
    said = (
        f"对{result.year}年政务公开工作要点 {result.tasks} 项任务开展“回头看”，"
        f"涉及 {result.units} 个单位，逐项核查 {result.total} 项次，每项都有核查人和核查日期。"
        f"其中真正完成 {result.count(CONFIRMED)} 项次，未完成 {result.count(UNFINISHED)} 项次，"
        f"需要整改 {result.count(RECTIFY)} 项次"
    )
    if result.open:
        said += f"，还有 {result.open} 项次没有核查"
    said += "。"
    if result.carried:
        said += f"没有完成的 {result.carried} 项任务已结转到{result.year + 1}年台账，写明来源和整改期限，继续督办。"
    elif result.count(UNFINISHED) + result.count(RECTIFY):
        said += "没有完成的任务将结转到下一年台账，写明来源和整改期限。"
    else:
        said += "没有需要结转的任务。"
    return said


def plan_paragraph(*, year: int, total: int, done: int, late: int, reports: int, evidence: int) -> str:
    """The paragraph skeleton on how this year's plan was carried out (feature L16)."""
    return (
        f"{year}年，区政务公开主管部门将年度工作要点分解为 {total} 项任务，建立台账，逐项明确责任单位和时限。"
        f"截至目前完成 {done} 项，逾期 {late} 项；各单位核对通过的进展 {reports} 份，"
        f"佐证的公开信息 {evidence} 条，进度在门户网站公开。"
    )
