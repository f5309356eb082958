"""Who is late with what, why, and what comes next: tasks, campaigns and orders in one list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from gongkai.kernel.clock import legal_day
from gongkai.ledger import states
from gongkai.ledger.models import (
    CampaignAnswer,
    ContactNote,
    LadderStep,
    ProgressReport,
    RectificationOrder,
    Task,
)
from gongkai.ledger.queries.contacts import last_contacts, promised
from gongkai.ledger.queries.rows import LedgerRow
from gongkai.ledger.queries.standing import LedgerPage, ledger
from gongkai.ledger.rules.calling import UnitFacts
from gongkai.ledger.rules.lateness import Facts, Kind, Step, Why, next_step, reached, reason_of, why_late
from gongkai.orgs.models import Unit

# The office sees everybody; the wall stands before its pages.
ALL = "the office oversees all units"


@dataclass(frozen=True, slots=True)
class LateMatter:
    """One late matter of one unit."""

    unit: Unit
    matter: str
    title: str
    url: str
    since: date
    days: int
    facts: Facts
    sent: tuple[int, ...]
    promised_on: date | None
    next_step: str

    @property
    def kind(self) -> Kind:
        return self.facts.kind

    @property
    def why(self) -> Why:
        return why_late(self.facts)

    @property
    def reason(self) -> str:
        return reason_of(self.facts)

    @property
    def step(self) -> Step | None:
        """The step of the ladder that this lateness has reached by its days."""
        return reached(self.days)

    @property
    def paused(self) -> bool:
        return self.next_step.startswith("等到约定")


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit with everything that it is late with, the worst first."""

    unit: Unit
    matters: tuple[LateMatter, ...]
    contact: ContactNote | None

    @property
    def worst(self) -> LateMatter:
        return self.matters[0]

    @property
    def paused(self) -> bool:
        return all(one.paused for one in self.matters)

    def facts(self, today: date) -> UnitFacts:
        """What the rule of the Monday list asks."""
        silent = [one.days for one in self.matters if one.why in ("silent", "not_handed_in", "unanswered")]
        since_call = (today - legal_day(self.contact.at)).days if self.contact else None
        longest = max(silent, default=0)
        return UnitFacts(
            unit_id=self.unit.pk,
            days=self.worst.days,
            matters=len(self.matters),
            silent_days=longest if since_call is None else min(longest, since_call),
            returns=max(one.facts.returns for one in self.matters),
            paused=self.paused,
        )


def late_units(*, today: date, page: LedgerPage | None = None) -> list[LateUnit]:
    """Every unit with something late, the longest lateness first; ``page`` is the ledger where it was read."""
    matters = late_matters(today=today, page=page)
    contacts = last_contacts({one.unit.pk for one in matters})
    grouped: dict[int, list[LateMatter]] = {}
    for one in matters:
        grouped.setdefault(one.unit.pk, []).append(one)
    found = [
        LateUnit(own[0].unit, tuple(sorted(own, key=lambda one: (-one.days, one.matter))), contacts.get(pk))
        for pk, own in grouped.items()
    ]
    return sorted(found, key=lambda one: (-one.worst.days, -len(one.matters), one.unit.order, one.unit.pk))


def late_matters(*, today: date, page: LedgerPage | None = None) -> list[LateMatter]:
    """Everything that is late, a line for each unit; the number of queries does not grow with it."""
    drafts = [*_late_tasks(today, page), *_late_answers(today), *_late_orders(today)]
    units = Unit.objects.in_bulk({unit for unit, *_ in drafts})
    sent = _sent(drafts)
    contacts = last_contacts(units)
    return [
        _matter(units[unit], key, title, url, since, facts, sent, promised(contacts, unit), today)
        for unit, key, title, url, since, facts in drafts
        if unit in units
    ]


def steps_of(task: Task) -> list[LadderStep]:
    """The reminders that went out on a task, newest first; shown to everybody who sees the task."""
    rows = LadderStep.objects.unscoped("a task shows whom the office reminded")
    return list(rows.filter(matter=f"task:{task.pk}").select_related("unit").order_by("-at", "unit", "-step"))


def steps_about(matter: str, unit: int) -> list[LadderStep]:
    """The reminders of one unit on an order or a campaign, newest first; its page has passed the wall."""
    rows = LadderStep.objects.unscoped("the page of the matter has passed the wall")
    return list(rows.filter(matter=matter, unit=unit).select_related("unit").order_by("-at", "-step"))


Draft = tuple[int, str, str, str, date, Facts]


def late_rows(*, today: date, page: LedgerPage | None = None) -> list[LedgerRow]:
    """The late tasks of the newest plan, those carried over from last year included."""
    own = page or ledger(year=None, today=today)
    year = own.plan.year if own.plan else None
    carried = ledger(year=year, today=today, origin=Task.Origin.CARRIED)
    return [row for row in (*own.rows, *carried.rows) if row.light.state == "late"]


def _late_tasks(today: date, page: LedgerPage | None) -> Iterable[Draft]:
    rows = late_rows(today=today, page=page)
    said = _reports([row.task.pk for row in rows])
    for row in rows:
        for unit in sorted(row.behind):
            since = _since(row, unit)
            title = f"第{row.task.number}项　{row.task.short_title}"
            if row.task.origin == Task.Origin.CARRIED:
                title = f"上年结转　{row.task.short_title}"
            facts = _facts(row, unit, said.get((row.task.pk, unit)))
            url = reverse("ledger:task", args=[row.task.pk])
            yield unit, f"task:{row.task.pk}", title, url, since, facts


def _since(row: LedgerRow, unit: int) -> date:
    """The day that was missed; where the office itself judged a task late before its day, the day it did so."""
    due, by_hand = row.due_of(unit), row.facts.by_hand
    return by_hand.on if by_hand is not None and due >= row.today else due


def _facts(row: LedgerRow, unit: int, said: Facts | None) -> Facts:
    """What the unit said, and what stands in public of it: a record counts as a word of the unit."""
    facts = said or Facts("task", continuous=row.task.due_on is None)
    own = row.standing.get(unit)
    if own is None or own.last_record is None:
        return facts
    last = max(day for day in (facts.last_report, own.last_record) if day)
    return replace(facts, reports=max(facts.reports, 1), last_report=last)


def _reports(tasks: list[int]) -> dict[tuple[int, int], Facts]:
    rows = ProgressReport.objects.unscoped(ALL).filter(task__in=tasks).exclude(state=states.WITHDRAWN)
    grouped: dict[tuple[int, int], list[tuple[str, date, bool]]] = {}
    ordered = rows.order_by("at", "pk").values_list("task", "unit", "state", "at", "task__due_on")
    for task, unit, state, at, due_on in ordered:
        grouped.setdefault((task, unit), []).append((state, legal_day(at), due_on is None))
    return {
        pair: Facts(
            kind="task",
            continuous=own[-1][2],
            reports=len(own),
            returns=sum(state == states.RETURNED for state, *_ in own),
            waiting=any(state == states.SUBMITTED for state, *_ in own),
            last_returned=own[-1][0] == states.RETURNED,
            last_report=own[-1][1],
        )
        for pair, own in grouped.items()
    }


def _late_answers(today: date) -> Iterable[Draft]:
    rows = CampaignAnswer.objects.unscoped(ALL).filter(
        state=states.MISSING, campaign__state=states.RUNNING, campaign__due_on__lt=today
    )
    for row in rows.select_related("campaign"):
        facts = Facts("campaign", returns=int(bool(row.reason)))
        url = reverse("ledger:answer", args=[row.pk])
        yield row.unit_id, f"campaign:{row.campaign_id}", row.campaign.title, url, row.campaign.due_on, facts


def _late_orders(today: date) -> Iterable[Draft]:
    rows = (
        RectificationOrder.objects.unscoped(ALL).exclude(state=states.ORDER_CLOSED).filter(due_on__lt=today)
    )
    for row in rows:
        waiting = row.state == states.ORDER_ANSWERED
        facts = Facts("order", returns=int(bool(row.reason)), waiting=waiting)
        url = reverse("ledger:order", args=[row.pk])
        yield row.unit_id, f"order:{row.pk}", f"{row.number}　{row.fault[:20]}", url, row.due_on, facts


def _sent(drafts: list[Draft]) -> Mapping[tuple[int, str, date], list[int]]:
    rows = LadderStep.objects.unscoped(ALL).filter(matter__in={key for _, key, *_ in drafts})
    found: dict[tuple[int, str, date], list[int]] = {}
    for unit, matter, since, step in rows.values_list("unit_id", "matter", "since", "step"):
        found.setdefault((unit, matter, since), []).append(step)
    return found


def _matter(
    unit: Unit,
    key: str,
    title: str,
    url: str,
    since: date,
    facts: Facts,
    sent: Mapping[tuple[int, str, date], list[int]],
    promised_on: date | None,
    today: date,
) -> LateMatter:
    gone = tuple(sorted(sent.get((unit.pk, key, since), ())))
    return LateMatter(
        unit=unit,
        matter=key,
        title=title,
        url=url,
        since=since,
        days=(today - since).days,
        facts=facts,
        sent=gone,
        promised_on=promised_on,
        next_step=next_step(facts, since=since, today=today, sent=gone, promised_on=promised_on),
    )
