"""Lists of cases: mine, near their date, overdue, stopped, closed too late; the register of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Page
from django.db.models import F, Q, QuerySet

from gongkai.foi import states
from gongkai.foi.models import Case
from gongkai.foi.queries.case_page import step_of
from gongkai.foi.rules.identity import masked_name
from gongkai.foi.rules.next_steps import NextStep
from gongkai.law.calendar import WorkCalendar
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import visible

MINE, NEAR, OVERDUE, STOPPED, LATE, ALL = "mine", "near", "overdue", "stopped", "late", "all"
LISTS = {
    ALL: "全部",
    MINE: "我经办的",
    NEAR: "临期",
    OVERDUE: "逾期",
    STOPPED: "停止计算",
    LATE: "逾期办结",
}
NEAR_WORKING_DAYS = 5
WITH = ("unit", "holder", "applicant", "assignee")
STILL = Q(clock_stopped=True) | Q(state=states.CONSULTING)


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter of a list as it stands in the address."""

    which: str = ALL
    heading: str = ""
    state: str = ""
    unit: int | None = None
    words: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the list: the case, its light with words, what comes next."""

    case: Case
    who: str
    light: str
    words: str
    next: NextStep | None


def cases_for(actor: Actor, asked: Asked, *, today: date, work: WorkCalendar) -> QuerySet[Case]:
    """The cases that the actor may see and asked for, the nearest date first; closed ones newest first."""
    rows = visible(Case, actor).filter(_which(asked.which, actor, today, work))
    if asked.heading:
        rows = rows.filter(
            state__in=[s for s, heading in states.HEADINGS.items() if heading == asked.heading]
        )
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.unit:
        rows = rows.filter(Q(unit=asked.unit) | Q(holder=asked.unit))
    if asked.year:
        rows = rows.filter(year=asked.year)
    if asked.words:
        rows = rows.filter(found_by(asked.words))
    if asked.which in (NEAR, OVERDUE, MINE):
        return rows.order_by(F("due_on").asc(nulls_last=True), "pk")
    return rows.order_by("-pk")


def of_page(page: Page[Case]) -> list[Case]:
    """The cases of one page with what the list shows of them.

    The page is cut from the numbers alone; sorting a hundred thousand whole rows for fifty takes too long.
    """
    cut: QuerySet[Case] = page.object_list  # type: ignore[assignment]
    rows = Case.objects.unscoped("the page was cut behind the wall").filter(pk__in=cut.values("pk"))
    ordered = rows.select_related(*WITH).order_by(*cut.query.order_by)
    return list(ordered)


def found_by(words: str) -> Q:
    """Cases whose number, name of the applicant, or title holds the words."""
    return (
        Q(number__icontains=words)
        | Q(title__icontains=words)
        | Q(applicant__name__icontains=words)
        | Q(origin_number__icontains=words)
    )


def _which(which: str, actor: Actor, today: date, work: WorkCalendar) -> Q:
    running = Q(state__in=states.OPEN, clock_stopped=False)
    match which:
        case "mine":
            return Q(assignee=actor.person_id, state__in=(*states.OPEN, states.DISPATCHED))
        case "near":
            return running & Q(due_on__gte=today, due_on__lte=near_until(today, work))
        case "overdue":
            return running & Q(due_on__lt=today)
        case "stopped":
            return Q(state__in=states.OPEN) & STILL
        case "late":
            return Q(state__in=states.CLOSED, closed_on__gt=F("due_on"))
    return Q()


def near_until(today: date, work: WorkCalendar) -> date:
    """The last day that is near: five working days from today."""
    day = today
    for _ in range(NEAR_WORKING_DAYS):
        day = work.next_workday(day + timedelta(days=1))
    return day


def as_rows(cases: list[Case], *, today: date, work: WorkCalendar) -> list[CaseRow]:
    """Each case with the light of its date; no question to the database."""
    return [
        CaseRow(one, masked_name(one.applicant.name), *light_of(one, today=today, work=work), step_of(one))
        for one in cases
    ]


def light_of(case: Case, *, today: date, work: WorkCalendar) -> tuple[str, str]:
    """The light of a date and its words: 逾期 3 天, 还有 4 个工作日, 停止计算."""
    if case.state == states.VOID:
        return "idle", "已注销"
    if case.state not in states.OPEN:
        late = bool(case.due_on and case.closed_on and case.closed_on > case.due_on)
        if late:
            assert case.closed_on is not None
            assert case.due_on is not None
            return "late", f"逾期 {(case.closed_on - case.due_on).days} 天办结"
        return "done", "按期办结"
    if case.state == states.ARRIVED:
        return ("late", "当天没有确认") if today > case.arrived_on else ("soon", "今天要确认")
    if case.clock_stopped or case.due_on is None:
        return "paused", "停止计算"
    if case.due_on < today:
        return "late", f"逾期 {(today - case.due_on).days} 天"
    if case.state == states.CONSULTING:
        return "paused", "征求意见，不计"
    left = work.workdays_between(today, case.due_on)
    words = "今天到期" if case.due_on == today else f"还有 {left} 个工作日"
    return ("soon" if left <= NEAR_WORKING_DAYS else "ok"), words


def register_of(actor: Actor, *, year: int, unit: int | None) -> QuerySet[Case]:
    """The register of a year (条例第四十五条): every number in its order, the struck-out ones too."""
    rows = visible(Case, actor).filter(year=year)
    return (rows.filter(unit=unit) if unit else rows).order_by("unit_id", "seq")


def years_of(actor: Actor) -> list[int]:
    """The years in which the actor's units have cases, the newest first."""
    rows = visible(Case, actor).order_by("-year").values_list("year", flat=True)
    return list(rows.distinct())


def register_line(case: Case, results: dict[str, str]) -> dict[str, str | int | date | None]:
    """One line of the register; the name is masked, who needs it opens the case."""
    return {
        "number": case.number,
        "arrived": case.arrived_on,
        "received": case.received_on,
        "who": masked_name(case.applicant.name),
        "kind": case.applicant.get_kind_display(),
        "channel": case.get_channel_display(),
        "title": case.title,
        "unit": case.unit.short_name,
        "holder": case.holder.short_name if case.holder else "",
        "officer": case.assignee.name if case.assignee else "",
        "state": states.LABELS[case.state],
        "due": case.due_on,
        "result": results.get(case.disposition, case.disposition),
        "closed": case.closed_on,
        "served": case.served_on,
    }
