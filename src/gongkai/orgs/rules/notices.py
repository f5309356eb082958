"""When a band or the grey mode may stand over the site, and which of them stand there at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from gongkai.law.refusal import Refusal

LONGEST = timedelta(days=60)
LONGEST_TEXT = 60


class Timed(Protocol):
    """Something that stands from one moment to another."""

    starts_at: datetime
    ends_at: datetime


Kind = TypeVar("Kind", bound=Timed)


def notice_faults(
    *, grey: bool, text: str, basis: str, starts_at: datetime, ends_at: datetime, now: datetime
) -> list[Refusal]:
    """Every reason why a notice cannot be scheduled like this."""
    found = []
    if not grey and not text.strip():
        found.append(Refusal("notice.text", "", "没有写提示文字。请写一句话，例如“系统维护，暂停网上申请”。"))
    if len(text.strip()) > LONGEST_TEXT:
        found.append(Refusal("notice.long", "", f"提示文字超过 {LONGEST_TEXT} 字。请写短，其余写进说明。"))
    if grey and not basis.strip():
        found.append(Refusal("notice.basis", "", "没有写依据。灰色模式要写明通知的名称和文号。"))
    if ends_at <= starts_at:
        found.append(Refusal("notice.order", "", "结束时间不在开始时间之后。请核对两个时间。"))
    elif ends_at - starts_at > LONGEST:
        found.append(
            Refusal("notice.span", "", f"提示最长 {LONGEST.days} 天。需要更久的，到期前再登记一次。")
        )
    if ends_at <= now:
        found.append(Refusal("notice.past", "", "结束时间已经过去。请写以后的时间。"))
    return found


def standing(notices: Iterable[Kind], now: datetime) -> list[Kind]:
    """The notices that readers are to see now."""
    return [one for one in notices if one.starts_at <= now < one.ends_at]
