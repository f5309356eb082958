"""Absences: the deputy has the tasks from the first day to the last (feature C15)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Leave, Person
from gongkai.orgs.rules.standing import Absence, why_not_be_absent
from gongkai.orgs.wall import can
from gongkai.trail.chain import record

NOT_YOURS = Refusal(
    "orgs.leave_not_yours", "", "只能登记自己的请假；同事的请假由本单位负责人登记。请与负责人联系。"
)


def why_not_enter_leave(
    *, person: Person, deputy: Person, first_day: date, last_day: date, by: Actor, today: date
) -> list[Refusal]:
    """Why this absence cannot be entered."""
    found = [] if _may(person, by) else [NOT_YOURS]
    if not deputy.is_active:
        found.append(Refusal("orgs.deputy_gone", "", f"{deputy}已离岗。请另选一位在岗的同事。"))
    elif deputy.unit_id != person.unit_id and not (person.unit.is_small and deputy.unit.is_disclosure_office):
        found.append(
            Refusal(
                "orgs.deputy_elsewhere",
                "",
                "代理人要在本单位。两人单位可以请区政务公开主管部门的同事代理。请另选一位。",
            )
        )
    near = Leave.objects.filter(last_day__gte=today).exclude(first_day__gt=last_day)
    others = [Absence(row.person_id, row.deputy_id, row.first_day, row.last_day) for row in near]
    return found + why_not_be_absent(
        person=person.pk,
        deputy=deputy.pk,
        first_day=first_day,
        last_day=last_day,
        others=others,
        today=today,
    )


@transaction.atomic
def enter_leave(
    *,
    person: Person,
    deputy: Person,
    first_day: date,
    last_day: date,
    by: Actor,
    now: datetime,
    reason: str = "",
) -> Leave:
    """Enter an absence; from its first day the deputy has the person's roles and tasks."""
    refuse_if(
        why_not_enter_leave(
            person=person,
            deputy=deputy,
            first_day=first_day,
            last_day=last_day,
            by=by,
            today=legal_day(now),
        )
    )
    leave = Leave.objects.create(
        person=person, deputy=deputy, first_day=first_day, last_day=last_day, reason=reason
    )
    record(
        verb="orgs.enter_leave",
        by=by,
        at=now,
        about=person,
        facts={"first": first_day.isoformat(), "last": last_day.isoformat(), "deputy": deputy.pk},
    )
    return leave


def why_not_cancel_leave(*, leave: Leave, by: Actor, today: date) -> list[Refusal]:
    """Why an absence cannot be ended early."""
    found = [] if _may(leave.person, by) else [NOT_YOURS]
    if leave.last_day < today:
        found.append(Refusal("orgs.leave_over", "", "这段请假已经结束，不用撤销。"))
    return found


@transaction.atomic
def cancel_leave(*, leave: Leave, by: Actor, now: datetime) -> None:
    """The person is back: a running absence ends yesterday, one that has not begun goes away."""
    today = legal_day(now)
    refuse_if(why_not_cancel_leave(leave=leave, by=by, today=today))
    if leave.first_day < today:
        leave.last_day = today.fromordinal(today.toordinal() - 1)
        leave.save(update_fields=["last_day"])
    else:
        leave.delete()
    record(verb="orgs.cancel_leave", by=by, at=now, about=leave.person, facts={"last": today.isoformat()})


def _may(person: Person, by: Actor) -> bool:
    return by.person_id == person.pk or can(by, "orgs.arrange_leave", person.unit_id)
