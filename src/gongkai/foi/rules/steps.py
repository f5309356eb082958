"""Whether the office may take a step in the clock now, with reason and remedy; the engine's actions ask here."""

from __future__ import annotations

from datetime import date

from gongkai.foi.rules.case_dates import CaseDates, SubClock
from gongkai.law.basis import basis, cite
from gongkai.law.refusal import Refusal
from gongkai.law.rule_table import value


@basis("条例33.2")
def why_not_extend(
    dates: CaseDates, *, by_days: int, on: date, reason: str = "", approved: bool = True
) -> list[Refusal]:
    """An extension of ``by_days`` working days whose notice leaves ``on`` that day."""
    found = []
    article = cite("条例33.2")
    cap = value("reply_extension_working_days", on=dates.received_on)
    if by_days < 1:
        found.append(Refusal("foi.extension_none", article, "延长的天数应在 1 个工作日以上。请填写天数。"))
    if by_days > dates.extension_left:
        left = f"还可以延长{dates.extension_left}个" if dates.extension_left else "已经用完，请在期限内答复"
        found.append(
            Refusal("foi.extension_too_long", article, f"延长合计最多{cap}个工作日，{left}。请改正天数。")
        )
    if dates.extended_by and not reason.strip():
        found.append(
            Refusal(
                "foi.extension_again", article, "这件申请已经延长过一次，再次延长要写明理由。请填写理由。"
            )
        )
    if not approved:
        found.append(
            Refusal(
                "foi.extension_unapproved", article, "延长答复须经政府信息公开工作机构负责人同意。请先报批。"
            )
        )
    if dates.due and on > dates.due:
        found.append(
            Refusal(
                "foi.extension_late",
                article,
                f"答复期限 {dates.due} 已过，不能再延长。请立即答复，并在答复中说明超期情况。",
            )
        )
    return [*_ended(dates), *found]


@basis("条例30")
def why_not_ask_correction(dates: CaseDates, *, confirmed_late: bool = False, on: date) -> list[Refusal]:
    """A 补正 notice: once, and within seven working days unless somebody answers for sending it late.

    ``confirmed_late``: the clerk has read that the old date stays as the risk date.
    """
    found = []
    if dates.correction_period is not None:
        found.append(
            Refusal(
                "foi.correction_again",
                cite("条例30"),
                "补正只能一次性告知，这件申请已经发过补正告知书。请与申请人沟通后按现有内容答复。",
            )
        )
    elif on > dates.correction_notice.due and not confirmed_late:
        found.append(
            Refusal(
                "foi.correction_late",
                cite("条例30"),
                f"补正告知应在 {dates.correction_notice.due} 前发出，现在发出不当然重新计算期限，"
                f"原期限 {dates.due or dates.first_due} 仍作为风险日期。请报法制机构；确需发出的，勾选确认。",
            )
        )
    return [*_ended(dates), *found]


@basis("国办函〔2020〕109号")
def why_not_ask_fee(dates: CaseDates, *, on: date) -> list[Refusal]:
    """A fee notice leaves within the reply period, and only once a time."""
    found = []
    if dates.payment is not None and dates.payment.done_on is None:
        found.append(
            Refusal("foi.fee_again", cite("国办函〔2020〕109号"), "收费通知已经发出，正在等待缴费。请等待。")
        )
    if dates.due and on > dates.due:
        found.append(
            Refusal(
                "foi.fee_late",
                cite("国办函〔2020〕109号"),
                f"收费通知应在答复期限内发出，期限 {dates.due} 已过。请不收费，直接答复。",
            )
        )
    return [*_ended(dates), *found]


@basis("条例30")
def why_not_lapse_correction(dates: CaseDates, *, today: date) -> list[Refusal]:
    """Closing as abandoned because no correction came: only after the period that the notice gave."""
    return _why_not_lapse(dates, dates.correction_period, "补正", "条例30", today)


@basis("国办函〔2020〕109号")
def why_not_lapse_fee(dates: CaseDates, *, today: date) -> list[Refusal]:
    """Closing as abandoned because the fee was not paid in time."""
    return _why_not_lapse(dates, dates.payment, "缴费", "国办函〔2020〕109号", today)


@basis("条例35")
def why_not_delay(dates: CaseDates, *, until: date, on: date) -> list[Refusal]:
    """Putting the reply off to a reasonable day under 条例第三十五条."""
    found = []
    if dates.due and on > dates.due:
        text = f"答复期限 {dates.due} 已过，不能再确定延迟答复的期限。请立即答复。"
        found.append(Refusal("foi.delay_late", cite("条例35"), text))
    if until <= (dates.due or dates.first_due):
        text = f"延迟到 {until} 不晚于现在的期限 {dates.due or dates.first_due}，不用延迟。请核对日期。"
        found.append(Refusal("foi.delay_short", cite("条例35"), text))
    return [*_ended(dates), *found]


def _why_not_lapse(
    dates: CaseDates, clock: SubClock | None, what: str, reference: str, today: date
) -> list[Refusal]:
    article = cite(reference)
    if clock is None:
        return [Refusal("foi.nothing_lapsed", article, f"没有发过{what}通知，不能按逾期未{what}办结。")]
    if clock.done_on is not None:
        return [Refusal("foi.nothing_lapsed", article, f"申请人已于 {clock.done_on} {what}。请继续办理。")]
    if clock.assumed:
        text = f"还没有登记{what}通知的送达日期，无法确认{what}期限。请先登记送达。"
        return [*_ended(dates), Refusal("foi.lapse_undelivered", article, text)]
    if today <= clock.due:
        text = f"{what}期限到 {clock.due}，还没有届满。请在届满后再办结。"
        return [*_ended(dates), Refusal("foi.lapse_early", article, text)]
    return _ended(dates)


def _ended(dates: CaseDates) -> list[Refusal]:
    if dates.ended_on is None:
        return []
    return [Refusal("foi.ended", "", f"这件申请已于 {dates.ended_on} 办结（{dates.ended_why}）。")]
