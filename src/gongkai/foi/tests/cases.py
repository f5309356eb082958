"""Cases for tests, made by the real actions; letters that left the house without their words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from gongkai.foi.actions.effects import EFFECTS, letter_delivered
from gongkai.foi.actions.engine import advance, locked
from gongkai.foi.actions.opening import Asked, Asking, open_case
from gongkai.foi.actions.routing import sign_for
from gongkai.foi.models import Case, Letter

CARD = "11010519491231002X"


def at(day: date, hour: int = 10) -> datetime:
    """That hour of the legal day."""
    return datetime(day.year, day.month, day.day, hour - 8, tzinfo=UTC)


def new_case(
    world: Any, *, unit: str = "finance", on: date | None = None, channel: str = "counter", **more: Any
) -> Case:
    """A request that was just stored; handed over at the counter it is received at once."""
    day = on or world.today
    asking = {"kind": "person", "name": "王某", "document": "id_card", "document_number": CARD} | more.pop(
        "asking", {}
    )
    asked = {"title": "道路改造资金使用情况", "content": "2025年道路改造工程的资金使用明细"} | more.pop(
        "asked", {}
    )
    return open_case(
        unit=world.units[unit],
        channel=channel,
        asking=Asking(document_masked="1101**********002X", **asking),
        asked=Asked(**asked),
        by=world.actor(f"{unit}.officer"),
        now=at(day),
        arrived_on=day,
        received_on=day if channel in ("counter", "registered_mail", "oral") else None,
        received_why="当面提交",
        **more,
    )


def in_hand(world: Any, *, unit: str = "finance", on: date | None = None, **more: Any) -> Case:
    """A case that an officer of the unit has taken in hand."""
    case = new_case(world, unit=unit, on=on, **more)
    return sign_for(case=case, by=world.actor(f"{unit}.officer"), now=at(on or world.today))


def letter(
    world: Any,
    case: Case,
    kind: str,
    *,
    on: date,
    by: str = "finance.officer",
    received: date | None = None,
    now: datetime | None = None,
    **facts: Any,
) -> Letter:
    """A signed letter of this kind leaves on a day, with its effect, and is perhaps received."""
    row = Letter._base_manager.create(
        case=case,
        unit_id=case.unit_id,
        agency_id=case.agency_id,
        kind=kind,
        facts=facts,
        drafted_at=at(on),
        signed_by=world.people["finance.reviewer"],
        signed_at=at(on),
        way="hand",
        dispatched_on=on,
    )
    EFFECTS[kind](letter=row, on=on, by=world.actor(by), now=now or at(on))
    if received:
        row.received_on = received
        row.save(update_fields=["received_on"])
        letter_delivered(letter=row, on=received, by=world.actor(by), now=now or at(received))
    case.refresh_from_db()
    return row


def answered(world: Any, case: Case, *, on: date, code: str = "r1") -> Case:
    """The case with its answer out and received, without the words of the answer."""
    officer, leader = world.actor("finance.officer"), world.actor("finance.leader")
    reviewer = world.actor("finance.reviewer")
    closing = {"disposition": code, "closed_on": on, "decided_on": on}
    for event, by, changes in (
        ("dispose", officer, {"disposition": code}),
        ("draft_answer", officer, {}),
        ("review", reviewer, {}),
        ("sign", leader, {}),
        ("dispatch", officer, closing | {"counted_disposition": code, "counted_on": on}),
        ("deliver", officer, {"served_on": on}),
    ):
        case = step(case, event, by=by, on=on, changes=changes)
    return case


def step(case: Case, event: str, *, by: Any, on: date, **more: Any) -> Case:
    """One event by the engine itself."""
    from django.db import transaction

    with transaction.atomic():
        return advance(locked(case), event, by=by, now=at(on), on=on, **more)
