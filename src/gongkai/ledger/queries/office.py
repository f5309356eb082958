"""The overview for the head of the office: who is late and why, in one look; every number opens its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.ledger import states
from gongkai.ledger.models import (
    Campaign,
    CampaignAnswer,
    LookBack,
    ProgressReport,
    RectificationOrder,
    Verification,
)
from gongkai.ledger.queries.contacts import Staff, office_people, staff_of
from gongkai.ledger.queries.lateness import LateMatter, LateUnit, late_units
from gongkai.ledger.queries.standing import LedgerPage, ledger
from gongkai.ledger.rules.calling import Call, first_calls
from gongkai.ledger.rules.lateness import SHORT, Why
from gongkai.ledger.rules.wording import LateLine, call_text, summary_text
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import visible

VERBS: dict[Why, str] = {
    "waiting": "",
    "returned": "请按退回理由补齐后重报。",
    "silent": "请填报进展并附佐证。",
    "unfinished": "办完请报已完成并附佐证。",
    "stale": "请公开新的信息并填报。",
    "not_handed_in": "请填写后提交。",
    "unanswered": "请整改后答复。",
}
ANSWER_DAYS = 3  # days that the text to a unit gives for an answer; house rule


@dataclass(frozen=True, slots=True)
class Overview:
    """One look: the late units with their reasons, and what else waits."""

    late: tuple[LateUnit, ...]
    page: LedgerPage
    to_judge: int
    returned: int
    open_orders: int
    answered_orders: int
    running: int
    to_verify: int
    look_back: int | None

    @property
    def matters(self) -> int:
        return sum(len(one.matters) for one in self.late)

    @property
    def tasks_late(self) -> int:
        """Late tasks, each counted once, however many units it names."""
        return len({one.matter for unit in self.late for one in unit.matters if one.kind == "task"})

    @property
    def nobody(self) -> list:
        """Late tasks for which no unit can be called: their names are not known or not certain."""
        return [row for row in self.page.rows if row.light.state == "late" and not row.needed]

    @property
    def by_reason(self) -> list[tuple[Why, str, int]]:
        """How many late matters each reason has, the most frequent first."""
        counted: dict[Why, int] = {}
        for unit in self.late:
            for one in unit.matters:
                counted[one.why] = counted.get(one.why, 0) + 1
        return sorted(((why, SHORT[why], count) for why, count in counted.items()), key=lambda row: -row[2])


@dataclass(frozen=True, slots=True)
class CallCard:
    """A unit on the Monday list: why it is to be called, whom, and the text ready to copy."""

    late: LateUnit
    why: str
    staff: Staff
    text: str

    @property
    def unit(self) -> Unit:
        return self.late.unit


@dataclass(frozen=True, slots=True)
class MondayList:
    """Three calls first, then the rest, and one text for the group chat."""

    first: tuple[CallCard, ...]
    rest: tuple[CallCard, ...]
    summary: str


def overview(*, actor: Actor, today: date) -> Overview:
    """Everything of the office's first page; the number of queries does not grow with the rows."""
    page = ledger(year=None, today=today)
    reports = visible(ProgressReport, actor, "ledger.judge")
    orders = visible(RectificationOrder, actor, "ledger.supervise")
    open_look_back = LookBack.objects.filter(closed_at=None).order_by("-plan__year").first()
    verifications = visible(Verification, actor, "ledger.verify").filter(look_back=open_look_back)
    return Overview(
        late=tuple(late_units(today=today, page=page)),
        page=page,
        to_judge=reports.filter(state=states.SUBMITTED).count(),
        returned=reports.filter(state=states.RETURNED, task__ended_at=None).count(),
        open_orders=orders.filter(state=states.ORDER_OPEN).count(),
        answered_orders=orders.filter(state=states.ORDER_ANSWERED).count(),
        running=Campaign.objects.filter(state=states.RUNNING).count(),
        to_verify=verifications.filter(state=states.TO_VERIFY).count() if open_look_back else 0,
        look_back=open_look_back.pk if open_look_back else None,
    )


def matters_like(
    units: Sequence[LateUnit], *, why: str = "", unit: int | None = None, kind: str = ""
) -> list[LateMatter]:
    """The rows behind a number of the overview, the longest lateness first."""
    found = [
        one
        for late in units
        for one in late.matters
        if (not why or one.why == why)
        and (unit is None or one.unit.pk == unit)
        and (not kind or one.kind == kind)
    ]
    return sorted(found, key=lambda one: (-one.days, one.unit.order, one.matter))


def monday_list(*, today: date, base_url: str) -> MondayList:
    """The calls of the week: three first by the rule, then everybody else with something late."""
    units = late_units(today=today)
    staff = staff_of({one.unit.pk for one in units}, today=today)
    office, phone = _office(today)
    calls = first_calls([one.facts(today) for one in units])
    cards = {
        one.unit.pk: _card(one, staff.get(one.unit.pk, Staff()), calls, today, office, phone, base_url)
        for one in units
    }
    first = tuple(cards[call.unit_id] for call in calls)
    chosen = {call.unit_id for call in calls}
    summary = summary_text(
        day=today,
        units=[(one.unit.short_name, len(one.matters), one.worst.days) for one in units],
        office=office,
    )
    return MondayList(first, tuple(card for pk, card in cards.items() if pk not in chosen), summary)


def returned_reports(actor: Actor) -> list[ProgressReport]:
    """Reports that went back to their unit, the newest first."""
    rows = visible(ProgressReport, actor, "ledger.judge").filter(state=states.RETURNED, task__ended_at=None)
    return list(rows.select_related("task__plan", "unit", "by").order_by("-decided_at", "-pk")[:200])


def open_answers(*, actor: Actor) -> list[CampaignAnswer]:
    """What running campaigns still ask of this person's units."""
    rows = visible(CampaignAnswer, actor, "ledger.answer").filter(
        state=states.MISSING, campaign__state=states.RUNNING
    )
    return list(rows.select_related("campaign", "unit").order_by("campaign__due_on", "pk"))


def open_orders(*, actor: Actor, action: str, state: str) -> list[RectificationOrder]:
    """Orders in a state that wait for this person by an action of the table."""
    rows = visible(RectificationOrder, actor, action).filter(state=state)
    return list(rows.select_related("unit", "task").order_by("due_on", "pk"))


def _office(today: date) -> tuple[str, str]:
    people = office_people(today=today)
    if not people:
        return "区政务公开主管部门", ""
    return people[0].unit.short_name, people[0].phone or people[0].unit.phone


def _card(
    late: LateUnit,
    staff: Staff,
    calls: Sequence[Call],
    today: date,
    office: str,
    phone: str,
    base_url: str,
) -> CallCard:
    open_matters = [one for one in late.matters if one.why != "waiting"]
    lines = [LateLine(one.title, one.since, one.days, one.reason, VERBS[one.why]) for one in open_matters]
    text = call_text(
        unit=late.unit.short_name,
        lines=lines,
        answer_by=today + timedelta(days=ANSWER_DAYS),
        office=office,
        phone=phone,
        address=f"{base_url}/workbench/",
    )
    why = next((call.why for call in calls if call.unit_id == late.unit.pk), SHORT[late.worst.why])
    return CallCard(late, why, staff, text if lines else "")
