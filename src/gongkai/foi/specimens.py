"""Disclosure requests to try the wall with: a case in every state, full of canary words, and its whole file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.db import models
from PIL import Image

from gongkai.files import storage
from gongkai.files.models import StoredFile
from gongkai.foi import states
from gongkai.foi.after_specimens import after_specimens
from gongkai.foi.models import (
    Applicant,
    Case,
    CaseEvent,
    Consultation,
    Deliberation,
    DeliberationOpinion,
    Extension,
    Fee,
    Letter,
    Paper,
    SearchPlace,
    SearchRecord,
)
from gongkai.kernel import clock
from gongkai.orgs.models import Person, Unit
from gongkai.trail.chain import sm3

DAY = date(2026, 1, 5)


def specimens(
    unit: Unit, people: Mapping[str, Person], canary: str
) -> dict[type[models.Model], models.Model]:
    """No action is walked, only rows are planted; the case in hand is the one by which addresses are tried."""
    now, author = clock.now(), next(iter(people.values()))
    cases = {
        state: _case(unit, canary, state=state, seq=seq, now=now)
        for seq, state in enumerate(states.LABELS, start=1)
    }
    case = cases[states.IN_HAND]
    event = CaseEvent.objects.create(
        case=case, unit=unit, name="open", on=DAY, at=now, by=author, by_name=canary,
        target=case.state, note=canary,
    )  # fmt: skip
    rows: dict[type[models.Model], models.Model] = {
        Case: case,
        Applicant: case.applicant,
        CaseEvent: event,
    } | _file(case, author, canary, now)
    paper = rows[Paper]
    assert isinstance(paper, Paper)
    return rows | after_specimens(case, cases[states.ARCHIVED], paper, author, canary, now)


def _case(unit: Unit, canary: str, *, state: str, seq: int, now: datetime) -> Case:
    applicant = Applicant.objects.create(
        unit=unit, kind="person", name=canary, document="id_card", document_masked=canary,
        contact_person=canary, agent_name=canary, help_needed=canary,
    )  # fmt: skip
    closed = state in (states.DISPATCHED, states.ANSWERED, states.ARCHIVED)
    return Case._base_manager.create(
        unit=unit, agency=unit, year=2026, seq=seq, number=f"{canary}-{seq}", channel="counter",
        applicant=applicant, title=canary, content=canary, docnumber=canary, received_why=canary,
        submitted_at=now, arrived_on=DAY, received_on=None if state == states.ARRIVED else DAY,
        due_on=None if state == states.ARRIVED else date(2026, 2, 2), state=state, state_since=now,
        disposition="r1" if closed else "", closed_on=DAY if closed else None,
    )  # fmt: skip


def _picture(case: Case, author: Person, canary: str, now: datetime) -> StoredFile:
    """A picture that is really there, so that the pages that draw papers have something to draw."""
    key = f"foispecimen{case.pk}"
    made = BytesIO()
    Image.new("RGB", (40, 40), "white").save(made, format="PNG")
    path = storage.path_of_key(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made.getvalue())
    return StoredFile.objects.create(
        key=key, name=f"{canary}.png", size=len(made.getvalue()), digest=sm3(made.getvalue()), kind="png",
        state="clean", unit=case.unit, uploaded_by=author, at=now,
    )  # fmt: skip


def _file(case: Case, author: Person, canary: str, now: datetime) -> dict[type[models.Model], models.Model]:
    shared: dict[str, Any] = {"case": case, "unit": case.unit}
    stored = _picture(case, author, canary, now)
    paper = Paper._base_manager.create(**shared, kind="source", title=canary, file=stored, at=now, by=author)
    letter = Letter._base_manager.create(
        **shared, agency=case.unit, kind="receipt", number=canary, addressee=canary, drafted_by=author,
        drafted_at=now, text=[{"key": "opening", "text": canary}],
    )  # fmt: skip
    asked = Consultation._base_manager.create(
        **shared, kind="third_party", party=canary, concerning=canary, reasons=canary
    )
    talk = Deliberation._base_manager.create(**shared, question=canary, opened_at=now)
    said = DeliberationOpinion._base_manager.create(
        deliberation=talk, unit=case.unit, asked_unit=case.unit, side="holder", text=canary
    )
    place = SearchPlace._base_manager.create(unit=case.unit, name=canary)
    search = SearchRecord._base_manager.create(
        **shared, place=place, terms=canary, result=canary, on=DAY, by=author
    )
    fee = Fee._base_manager.create(**shared, mode="pages", pages=40, amount=100, why=canary)
    more = Extension._base_manager.create(
        **shared, days=5, reason=canary, proposed_by=author, proposed_at=now
    )
    return {
        Paper: paper,
        Letter: letter,
        Consultation: asked,
        Deliberation: talk,
        DeliberationOpinion: said,
        SearchPlace: place,
        SearchRecord: search,
        Fee: fee,
        Extension: more,
    }
