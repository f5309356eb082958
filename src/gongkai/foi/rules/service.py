"""How a letter may leave the house and when it counts: by hand, by the postal enterprise, electronically."""

from __future__ import annotations

import re
from datetime import date

from gongkai.law.basis import basis, cite
from gongkai.law.refusal import Refusal

HAND, POST, ELECTRONIC = "hand", "post", "electronic"
ARTICLE = "国办公开办函〔2016〕235号"
# Only the postal enterprise's stamp is a proof of the day (235号); EMS is its express service.
POSTAL = ("中国邮政", "EMS")
_POSTAL = re.compile(r"中国邮政|邮政(?:EMS|快递|速递|挂号)|^EMS$|^邮政$", re.I)
_TRACKING = re.compile(r"[A-Z]{2}\d{9}[A-Z]{2}|\d{13}", re.I)


@basis("国办公开办函〔2016〕235号")
def why_not_send(
    way: str,
    *,
    on: date,
    today: date,
    signed_on: date,
    carrier: str = "",
    tracking: str = "",
    wants_online: bool = False,
    names_channel: bool = True,
) -> list[Refusal]:
    """Why a signed letter cannot leave so: way, day, carrier, mail number, agreement to electronic service."""
    found = _why_not_day(on, today=today, signed_on=signed_on)
    if way not in (HAND, POST, ELECTRONIC):
        found.append(Refusal("service.way", cite(ARTICLE), "没有选送达方式。请选当面、邮寄或者电子送达。"))
    if way == POST:
        found += why_not_post(carrier, tracking)
    if way == ELECTRONIC and not wants_online:
        text = "申请人没有选择网上获取，不能只作电子送达。请改用邮寄或者当面，或者先取得申请人同意。"
        found.append(Refusal("service.not_agreed", cite(ARTICLE), text))
    if way == ELECTRONIC and not names_channel:
        text = (
            "电子送达的答复应当写明申请行政复议的互联网渠道。请由法制工作人员在“救济途径”里填写，再重新签发。"
        )
        found.append(Refusal("service.no_channel", cite("复议法22.2"), text))
    return found


def why_not_post(carrier: str, tracking: str) -> list[Refusal]:
    """Why this posting proves no day.

    >>> why_not_post("EMS", "1234567890123")
    []
    >>> why_not_post("某某快递", "1234567890123")[0].code
    'service.carrier'
    """
    found = []
    if not _POSTAL.search(carrier.strip()):
        text = "邮寄只能交邮政企业（中国邮政、EMS），其他快递的交寄日期不能作为答复日期。请改由邮政寄送。"
        found.append(Refusal("service.carrier", cite(ARTICLE), text))
    if not _TRACKING.fullmatch(re.sub(r"[\s-]", "", tracking)):
        text = "邮件号应为13位：挂号信是13位数字，国内特快是13位数字，或者2个字母加9位数字再加2个字母。请照收寄凭证填写。"
        found.append(Refusal("service.tracking", cite(ARTICLE), text))
    return found


@basis("国办公开办函〔2016〕235号", "复议法20.1")
def why_not_serve(*, on: date, today: date, dispatched_on: date | None) -> list[Refusal]:
    """Why the other side cannot have received the letter on that day."""
    if dispatched_on is None:
        return [Refusal("service.not_sent", cite(ARTICLE), "文书还没有发出，不能登记送达。请先登记发出。")]
    if on > today:
        return [
            Refusal("service.future", cite(ARTICLE), f"收到日期 {on} 还没有到，今天是 {today}。请核对日期。")
        ]
    if on < dispatched_on:
        text = f"收到日期 {on} 早于发出日期 {dispatched_on}。请核对日期。"
        return [Refusal("service.early", cite(ARTICLE), text)]
    return []


def _why_not_day(on: date, *, today: date, signed_on: date) -> list[Refusal]:
    if on > today:
        return [
            Refusal("service.future", cite(ARTICLE), f"发出日期 {on} 还没有到，今天是 {today}。请核对日期。")
        ]
    if on < signed_on:
        text = f"发出日期 {on} 早于签发日期 {signed_on}。请核对日期。"
        return [Refusal("service.early", cite(ARTICLE), text)]
    return []
