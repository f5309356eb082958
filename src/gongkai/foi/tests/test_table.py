"""The one table: every role x state x event against the engine, random walks, and nobody else writes a state."""

from __future__ import annotations

import ast
import random
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from gongkai.foi import states
from gongkai.foi.actions.engine import advance, locked
from gongkai.foi.models import Case, CaseEvent
from gongkai.foi.queries.clocks import dates_of
from gongkai.foi.queries.who import APPLICANT, Doer, why_not_step
from gongkai.foi.tests.cases import at, new_case
from gongkai.law.queries import calendar
from gongkai.law.refusal import Refused
from gongkai.orgs.actor import Actor, Held
from gongkai.orgs.roles import Role
from gongkai.trail.chain import SYSTEM

HERE = Path(__file__).resolve().parents[1]
OWN, HOLDER, OTHER = 1, 2, 3
REACH_EVERYWHERE = {states.DISCLOSURE_OFFICE, states.LEGAL_OFFICE, states.COUNTER}
CELLS = list(product(states.ROLES, states.LABELS, states.EVENTS))


def doer(role: str, unit: int) -> Doer:
    """Somebody with this one role towards this unit."""
    if role == states.APPLICANT:
        return APPLICANT
    if role == states.SYSTEM:
        return SYSTEM
    held = (Held(Role(role), unit),)
    return Actor(person_id=7, name="某人", unit_id=unit, unit_name="某单位", held=held)


def case_in(state: str) -> Case:
    """A case that stands nowhere but in memory, held by another unit on behalf of its own."""
    return Case(state=state, unit_id=OWN, agency_id=OWN, holder_id=HOLDER)


def expected(role: str, state: str, event: str, unit: int) -> bool:
    """What the table says; the side of the verb decides whose people it means."""
    if not states.allowed(role, state, event):
        return False
    if role in (states.APPLICANT, states.SYSTEM) or role in REACH_EVERYWHERE:
        return True
    return unit == (HOLDER if states.EVENTS[event].side == states.HOLDER else OWN)


def test_table_is_as_large_as_it_should_be() -> None:
    assert len(states.LABELS) <= 16
    assert set(states.HEADINGS) == set(states.LABELS)
    assert len(set(states.HEADINGS.values())) == 5
    assert len(CELLS) >= 5000


@pytest.mark.feature("D04")
@pytest.mark.parametrize("unit", [OWN, HOLDER, OTHER])
def test_every_cell_is_allowed_or_refused_as_the_table_says(unit: int) -> None:
    wrong = [
        (role, state, event)
        for role, state, event in CELLS
        if (why_not_step(case_in(state), event, doer(role, unit)) == []) != expected(role, state, event, unit)
    ]
    assert wrong == []


def test_every_refused_cell_is_refused_by_the_engine_before_it_touches_a_row(world: Any) -> None:
    """Without a query: the case is in memory only, so a write would fail in another way."""
    for role, state, event in CELLS:
        if expected(role, state, event, OTHER):
            continue
        with pytest.raises(Refused) as refused:
            advance(case_in(state), event, by=doer(role, OTHER), now=world.now)
        assert all("请" in one.text and one.basis for one in refused.value.refusals)


def test_every_allowed_cell_leads_where_the_table_says(world: Any) -> None:
    """Each row of the table by each of its roles, with the event, the trail and the target."""
    case = new_case(world, on=date(2026, 9, 14))
    unit, walked = case.unit_id, 0
    actors = {
        "officer": world.actor("finance.officer"),
        "reviewer": world.actor("finance.reviewer"),
        "leader": world.actor("finance.leader"),
        "legal_office": world.actor("legal"),
    }
    for role, state, event in CELLS:
        if not states.allowed(role, state, event):
            continue
        by = actors.get(role) or doer(role, unit)
        if isinstance(by, Actor) and by.person_id == 7:
            by = Actor(
                person_id=world.people["finance.officer2"].pk,
                name="窗口", unit_id=unit, unit_name="窗口", held=(Held(Role(role), unit),),
            )  # fmt: skip
        with transaction.atomic():
            _stand(case, state)
            moved = advance(
                locked(case), event, by=by, now=world.now, on=date(2026, 9, 21), facts=_facts(event),
                changes={"disposition": "r1", "closed_on": date(2026, 9, 21)},
            )  # fmt: skip
            row = CaseEvent.objects.unscoped("the row of the test").filter(case=case).latest("pk")
            assert (moved.state, row.name, row.source, row.target) == (
                states.target_of(state, event), event, state, moved.state,
            )  # fmt: skip
            transaction.set_rollback(True)
        walked += 1
    assert walked > len(states.TABLE)


def _stand(case: Case, state: str) -> None:
    """Put the stored case in a state, for the test only."""
    Case.objects.unscoped("prepare").filter(pk=case.pk).update(
        state=state, disposition="r1", closed_on=date(2026, 9, 18)
    )


def _facts(event: str) -> dict[str, Any]:
    return {
        "extend": {"days": 5, "approved_on": "2026-09-18"},
        "set_delay": {"until": "2026-12-01"},
        "ask_correction": {"period_working_days": 15},
    }.get(event, {})


# -- walks ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(25))
def test_random_walks_keep_what_always_holds(world: Any, seed: int) -> None:
    """Dates never fall on a rest day, each round closes once, the chain of states has no gap."""
    chance, work = random.Random(seed), calendar()
    case, day = new_case(world, on=date(2026, 1, 5) + timedelta(days=seed)), date(2026, 1, 5)
    people = {
        "officer": world.actor("finance.officer"),
        "reviewer": world.actor("finance.reviewer"),
        "leader": world.actor("finance.leader"),
    }
    day = case.received_on or day
    for _ in range(30):
        events = [e for e in states.possible(case.state) if set(states.EVENTS[e].roles) & set(people)]
        if not events:
            break
        event = chance.choice(events)
        role = next(role for role in states.EVENTS[event].roles if role in people)
        day += timedelta(days=chance.randrange(4))
        closing = states.target_of(case.state, event) in states.CLOSED and case.state in states.OPEN
        changes: dict[str, Any] = {}
        if closing:
            changes = {"disposition": "r6_3", "closed_on": day}
        if event == "redo":
            changes = {"round": case.round + 1, "disposition": "", "closed_on": None}
        if event == "assign":
            continue
        with transaction.atomic():
            case = advance(
                locked(case),
                event,
                by=people[role],
                now=at(day),
                on=day,
                facts=_facts(event),
                changes=changes,
            )
        _check(case, work)


def _check(case: Case, work: Any) -> None:
    rows = list(CaseEvent.objects.unscoped("the rows of the test").filter(case=case).order_by("pk"))
    for before, after in zip(rows, rows[1:], strict=False):
        assert after.source == before.target
        assert states.target_of(after.source, after.name) == after.target
    assert rows[-1].target == case.state
    closings = [row.round for row in rows if row.source in states.OPEN and row.target in states.CLOSED]
    # A letter that came back leaves the house once more; that is no second answer.
    again = sum(row.name == "fail_delivery" for row in rows)
    assert len(closings) <= case.round + again
    if case.state in states.OPEN:
        dates = dates_of(case)
        assert case.due_on == dates.due and case.clock_stopped == (dates.due is None)
        assert case.due_on is None or work.is_workday(case.due_on)
        assert case.remind_on is None or case.due_on is None or case.remind_on <= case.due_on
    if case.state in states.CLOSED:
        assert case.closed_on and case.disposition


# -- one writer ----------------------------------------------------------------------------------------

WRITERS = {"actions/engine.py"}
BIRTH = {"actions/opening.py"}  # where a case is stored for the first time
OTHER_TABLES = {"actions/topics.py"}  # a topic has states of its own


def state_writes(source: str) -> list[int]:
    """Lines that give a state to something: by assignment, by ``setattr``, by a query."""
    found = []
    for node in ast.walk(ast.parse(source)):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        flat = [one for target in targets for one in ast.walk(target)]
        if any(isinstance(one, ast.Attribute) and one.attr == "state" for one in flat):
            found.append(node.lineno)
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            words = {one.value for one in ast.walk(node) if isinstance(one, ast.Constant)}
            if name == "setattr" and "state" in words or name == "bulk_update" and "state" in words:
                found.append(node.lineno)
            if name in ("update", "create", "update_or_create", "get_or_create", "Case"):
                found += [node.lineno for word in node.keywords if word.arg == "state"]
    return found


def test_nobody_but_the_engine_writes_the_state_of_a_case() -> None:
    found = {
        path.relative_to(HERE).as_posix(): lines
        for path in HERE.rglob("*.py")
        if not {"tests", "migrations"} & set(path.parts) and "specimens" not in path.name
        and path.relative_to(HERE).as_posix() not in OTHER_TABLES
        and (lines := state_writes(path.read_text()))
    }  # fmt: skip
    assert set(found) <= WRITERS | BIRTH, found
    assert set(found) == WRITERS | BIRTH


@pytest.mark.parametrize(
    "planted",
    ["case.state = 'void'", "setattr(case, 'state', 'void')", "Case.objects.update(state='void')",
     "a, case.state = 1, 'void'", "Case.objects.bulk_update([case], ['state'])"],
)  # fmt: skip
def test_a_planted_write_would_be_found(planted: str) -> None:
    assert state_writes(planted) == [1]
