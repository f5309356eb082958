"""Days that a clerk types: not in the future, not before the request arrived."""

from __future__ import annotations

from datetime import date, datetime

from gongkai.foi.models import Case
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refusal


def why_not_day(case: Case, *, on: date | None, now: datetime, what: str) -> list[Refusal]:
    """Why this day cannot be the day of ``what`` (收到补正): it is missing, still to come, or too early."""
    today = legal_day(now)
    if on is None:
        return [Refusal("foi.no_day", "", f"没有填写{what}的日期。请填写日期，例如 {today}。")]
    if on > today:
        return [Refusal("foi.future_day", "", f"{what}的日期 {on} 还没有到，今天是 {today}。请核对年月日。")]
    first = case.received_on or case.arrived_on
    if on < first:
        text = f"{what}的日期 {on} 早于收到申请的日期 {first}。请核对年月日。"
        return [Refusal("foi.early_day", "", text)]
    return []


def why_no_reason(reason: str, *, what: str, basis: str) -> list[Refusal]:
    """A verb that touches somebody's right needs its reason in the file."""
    if reason.strip():
        return []
    return [Refusal("foi.no_reason", basis, f"没有写{what}的理由。请用一两句话写明，理由会进入案卷。")]
