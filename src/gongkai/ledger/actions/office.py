"""The office's own work on lateness: noting a call, sending the reminders of the ladder."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse

from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.ledger import queries
from gongkai.ledger.models import ContactNote, LadderStep
from gongkai.ledger.rules.lateness import LADDER, Step, steps_to_send
from gongkai.messaging.actions import send
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Person, Unit
from gongkai.orgs.wall import can
from gongkai.trail.chain import SYSTEM, record

HOUSE_RULE = "本平台权限规定"
LONGEST_OUTCOME = 500
LONGEST_PROMISE = timedelta(days=92)
LINES_IN_A_MESSAGE = 20
DESK = "/workbench/"  # everything that waits for a person, of every station


def why_not_note(*, by: Actor, outcome: str, promised_on: date | None, today: date) -> list[Refusal]:
    """Why a call cannot be noted."""
    if not can(by, "ledger.supervise"):
        return [Refusal("wall.supervise", HOUSE_RULE, "只有区政务公开主管部门可以记联系情况。")]
    found = []
    if not outcome.strip():
        found.append(
            Refusal("ledger.no_outcome", "", "没有写联系结果。请写对方怎么说；没有打通也写“没有接通”。")
        )
    if len(outcome.strip()) > LONGEST_OUTCOME:
        found.append(Refusal("ledger.long", "", f"联系结果最多 {LONGEST_OUTCOME} 字，请精简。"))
    if promised_on is not None and promised_on < today:
        found.append(
            Refusal("ledger.promise_past", "", f"约定日期 {promised_on} 已经过去，请写今天以后的日期。")
        )
    if promised_on is not None and promised_on > today + LONGEST_PROMISE:
        text = "约定日期超过三个月。请另约近一些的日期；确实办不了的，由您改任务的期限。"
        found.append(Refusal("ledger.promise_far", "", text))
    return found


@transaction.atomic
def note_contact(
    *, unit: Unit, how: str, outcome: str, promised_on: date | None, by: Actor, now: datetime
) -> ContactNote:
    """The office spoke to a unit: what was said, and the day that the unit promised (it pauses the ladder)."""
    refuse_if(why_not_note(by=by, outcome=outcome, promised_on=promised_on, today=legal_day(now)))
    note = ContactNote.objects.create(
        unit=unit, how=how, outcome=outcome.strip(), promised_on=promised_on, by_id=by.acting_id, at=now
    )
    facts = {"unit": unit.pk, "promised_on": promised_on.isoformat() if promised_on else ""}
    record(verb="ledger.note_contact", by=by, at=now, about=note, facts=facts)
    return note


def remind(*, now: datetime) -> int:
    """Send every step of the ladder that is due and has not gone out; returns how many steps went out.

    One message for each unit and step, naming all matters; a step of a lateness goes out once, whoever runs
    this how often. Called each minute, it does nothing when nothing is due.
    """
    today = legal_day(now)
    due: dict[tuple[int, Step], list[queries.LateMatter]] = {}
    for one in queries.late_matters(today=today):
        waiting = one.why == "waiting"
        for step in steps_to_send(
            since=one.since, today=today, sent=one.sent, promised_on=one.promised_on, waiting=waiting
        ):
            due.setdefault((one.unit.pk, step), []).append(one)
    if not due:
        return 0
    staff = queries.staff_of({unit for unit, _ in due}, today=today)
    office = queries.office_people(today=today)
    gone = 0
    for (unit, step), matters in due.items():
        people = _addressees(step, staff.get(unit, queries.Staff()), office)
        gone += _take_step(step=step, matters=matters, people=people, now=now)
    return gone


def _addressees(step: Step, staff: queries.Staff, office: tuple[Person, ...]) -> tuple[Person, ...]:
    """Whom a step reminds; where a unit has nobody in that part, the next part is reminded in its place."""
    chosen = (staff.officers, staff.leaders, office)[step.number - 1 :]
    return next((people for people in chosen if people), ())


def _page_for(step: Step, matters: list[queries.LateMatter]) -> str:
    """Where the reminded person goes on: the matter itself, his unit's tasks, the desk; the office its overview."""
    if step.number == LADDER[-1].number:
        return reverse("ledger:office")
    if len(matters) == 1:
        return matters[0].url
    return reverse("ledger:mine") if all(one.kind == "task" for one in matters) else DESK


@transaction.atomic
def _take_step(
    *, step: Step, matters: list[queries.LateMatter], people: tuple[Person, ...], now: datetime
) -> int:
    unit, names = matters[0].unit, "、".join(person.name for person in people)
    rows = [
        LadderStep(
            unit=one.unit,
            matter=one.matter,
            since=one.since,
            step=step.number,
            to=(f"{step.to} {names}" if names else f"{step.to}（没有登记）")[:120],
            at=now,
        )
        for one in matters
    ]
    try:
        with transaction.atomic():
            LadderStep.objects.bulk_create(rows)
    except IntegrityError:  # another worker was faster; its message has gone out
        return 0
    lines = [
        f"{one.title}：期限 {one.since}，已过 {one.days} 天。{one.reason}"
        for one in matters[:LINES_IN_A_MESSAGE]
    ]
    if len(matters) > LINES_IN_A_MESSAGE:
        lines.append(f"另有 {len(matters) - LINES_IN_A_MESSAGE} 项。")
    if people:
        send(
            to=people,
            subject=f"{unit.short_name}有 {len(matters)} 项逾期，请办理",
            text="\n".join(lines),
            url=_page_for(step, matters),
            key=f"ledger.ladder:{unit.pk}:{step.number}:{legal_day(now).isoformat()}",
            now=now,
            due=min(one.since for one in matters),
        )
    facts = {"unit": unit.pk, "step": step.number, "matters": [one.matter for one in matters]}
    record(verb="ledger.remind", by=SYSTEM, at=now, about=unit, facts=facts, note=names)
    return len(rows)
