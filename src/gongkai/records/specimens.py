"""Typed records to try the wall with: a draft with its batch, an older edition, a named approver."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

from gongkai.kernel import clock
from gongkai.orgs.models import Person, Unit
from gongkai.records.models import (
    RecordApproval,
    RecordBatch,
    RecordEdition,
    RecordImport,
    RecordRow,
    RowJustification,
)

CODE = "enforcement"


def specimens(
    unit: Unit, people: Mapping[str, Person], canary: str
) -> dict[type[models.Model], models.Model]:
    """One of each; the words of all are the unit's own."""
    now, author = clock.now(), next(iter(people.values()))
    values = {"number": canary, "party": canary, "result": canary}
    batch = RecordBatch._base_manager.create(
        unit=unit, code=CODE, origin="sheet", source_name=canary, count=1, by=author, at=now
    )
    row = RecordRow._base_manager.create(
        unit=unit, code=CODE, batch=batch, key=canary, title=canary, words=canary, values=values, note=canary,
        by=author, at=now, changed_at=now,
    )  # fmt: skip
    edition = RecordEdition._base_manager.create(
        row=row, number=1, values=values, reason=canary, by=author, at=now
    )
    approval = RecordApproval._base_manager.create(row=row, person=author)
    sent = RecordImport._base_manager.create(
        unit=unit, code=CODE, source_name=canary, state="failed", problem=canary, by=author, at=now
    )
    said = RowJustification._base_manager.create(
        row=row, code="gate.specimen", rule="personal.mobile", reason=canary, by=author, at=now
    )
    return {
        RecordBatch: batch,
        RecordRow: row,
        RecordEdition: edition,
        RecordImport: sent,
        RecordApproval: approval,
        RowJustification: said,
    }
