"""What the holder of a query code sees of his case, in words for anybody; nothing about colleagues or third parties."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from gongkai.foi import states
from gongkai.foi.models import Case, CaseEvent, UnitChannels
from gongkai.foi.queries.channels import channels_of
from gongkai.foi.queries.clocks import dates_of
from gongkai.foi.queries.daygrid import DayCell, counted_until, weeks_of
from gongkai.foi.rules.case_dates import CaseDates, Standing, Status
from gongkai.kernel.text.dates import written_out
from gongkai.law.queries import calendar

_WHY = "the visitor gave the code of this case"
# What is told of each event; one that is not here stays inside the house.
TOLD = {
    "open": "提交申请",
    "confirm": "已与您确认收到，开始计算答复期限",
    "note_unreachable": "工作人员没有联系上您，请在本页确认联系方式",
    "sign_for": "经办人开始办理",
    "ask_correction": "请您补正申请内容",
    "correction_arrives": "收到您的补正，答复期限重新计算",
    "correction_lapses": "补正期限已过，没有收到补正",
    "ask_reasons": "请您说明理由",
    "reasons_arrive": "收到您说明的理由",
    "set_delay": "确定了延迟答复的期限",
    "ask_fee": "发出信息处理费通知",
    "fee_paid": "收到缴费，答复期限重新计算",
    "fee_lapses": "缴费期限已过，没有收到缴费",
    "consult": "正在征求有关单位或者个人的意见，征求意见的时间不计入期限",
    "consultations_end": "意见已经齐了，继续办理",
    "extend": "延长了答复期限",
    "dispatch": "答复已经发出",
    "fail_delivery": "答复没有送到，正在重新送达",
    "deliver": "答复已经送达",
    "amend_answer": "答复作了更正",
    "withdraw": "您撤回了申请",
    "join": "与您的另一件申请合并办理",
    "redo": "将重新答复",
    "void": "登记已注销",
}
# These change the clock and are drawn as such.
TURNS = frozenset(
    {"confirm", "correction_arrives", "fee_paid", "consult", "consultations_end", "extend", "redo"}
)
_ENDED = {
    "withdraw": "您已经撤回这件申请",
    "join": "这件申请已经和您的另一件合并办理",
    "void": "这件登记已经注销",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the course; ``turn`` when it changed the clock."""

    on: date
    text: str
    turn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The whole page."""

    case: Case
    headline: str
    lede: str
    dates: CaseDates | None
    standing: Standing | None
    counted: int
    weeks: list[list[DayCell | None]] = field(default_factory=list)
    lines: tuple[Line, ...] = ()
    may: frozenset[str] = frozenset()
    contact: UnitChannels
    asked: str = ""
    until: date | None = None


def progress_of(case: Case, *, today: date) -> Progress:
    """The case as its applicant may see it today."""
    rows = list(CaseEvent.objects.unscoped(_WHY).filter(case=case))
    work = calendar()
    dates = dates_of(case, work, named=False) if case.received_on else None
    standing = dates.standing(today=today, calendar=work) if dates else None
    headline, lede = _said(case, dates, standing, rows)
    lines = tuple(
        Line(row.on, TOLD[row.name], row.name in TURNS) for row in reversed(rows) if row.name in TOLD
    )
    correcting = dates.correction_period if dates and case.state == states.CORRECTION else None
    return Progress(
        case=case,
        headline=headline,
        lede=lede,
        dates=dates,
        standing=standing,
        counted=counted_until(dates, today) if dates else 0,
        weeks=weeks_of(dates, today=today) if dates else [],
        lines=lines,
        may=_may(case),
        contact=channels_of(case.unit),
        until=correcting.due if correcting else None,
    )


def _may(case: Case) -> frozenset[str]:
    found = {
        event
        for event in ("correction_arrives", "reasons_arrive", "withdraw")
        if states.allowed(states.APPLICANT, case.state, event)
    }
    return frozenset(found | ({"contact"} if case.state in states.OPEN else set()))


def _said(
    case: Case, dates: CaseDates | None, standing: Standing | None, rows: list[CaseEvent]
) -> tuple[str, str]:
    """The answer first: when at the latest, or what is waited for."""
    ended = next((_ENDED[row.name] for row in reversed(rows) if row.name in _ENDED), "")
    if case.state == states.VOID or (ended and case.state in states.CLOSED):
        return ended, "办理单位不再办理这件。需要时可以重新申请。"
    if dates is None or standing is None:
        if any(row.name == "note_unreachable" for row in rows):
            return "没有联系上您", "请在下面确认您的联系方式。联系上以后，从那一天起计算答复期限。"
        return "已经提交，等待确认", "办理单位会与您确认收到。从确认的第二天起计算答复期限，请保持电话畅通。"
    if case.state in (states.DISPATCHED, states.ANSWERED, states.ARCHIVED):
        when = f"{written_out(case.closed_on)}发出" if case.closed_on else ""
        return "已经答复", f"答复{when}。请看下面的文书。"
    if case.state == states.CORRECTION:
        return (
            "请您补正",
            "申请里有不清楚的地方，请按补正告知书写明的内容补正。收到补正后，重新计算答复期限。",
        )
    if case.state == states.REASONS:
        return "请您说明理由", "请按通知书说明理由。在您说明期间，答复期限照常计算。"
    if case.state == states.FEE:
        return "等待缴费", "请按收费通知书缴费。收到缴费的第二天起，重新计算答复期限。"
    if dates.due is None:
        return "正在办理", standing.text
    if standing.status is Status.OVERDUE:
        return "已经超过答复期限", f"应当在{written_out(dates.due)}前答复。您可以拨打办理单位电话催办。"
    about = "（暂定，放假安排公布后可能调整）" if dates.provisional else ""
    return f"正在办理，最迟{written_out(dates.due)}答复您", f"{standing.text}{about}"
