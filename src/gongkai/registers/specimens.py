"""Registers to try the wall with: an import, a paper, a task, a total of a unit."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

from gongkai.kernel import clock
from gongkai.orgs.models import Person, Unit
from gongkai.registers.models import (
    DeclaredTotal,
    IssuedPaper,
    Recheck,
    RecheckItem,
    RegisterImport,
    RegisterTask,
)
from gongkai.registers.rules.reconciling import GAP

YEAR = 2026


def specimens(
    unit: Unit, people: Mapping[str, Person], canary: str
) -> dict[type[models.Model], models.Model]:
    """One of each; the words of all are the unit's own."""
    now, author = clock.now(), next(iter(people.values()))
    source = RegisterImport._base_manager.create(
        unit=unit, source_name=canary, digest="0", years=[YEAR], by=author, at=now
    )
    paper = IssuedPaper._base_manager.create(
        unit=unit, source=source, year=YEAR, row=2, number=f"测〔{YEAR}〕1号", title=canary, note=canary
    )
    task = RegisterTask._base_manager.create(
        unit=unit, year=YEAR, kind=GAP, number=f"测〔{YEAR}〕2号", text=canary, found_at=now, changed_at=now
    )
    total = DeclaredTotal._base_manager.create(unit=unit, year=YEAR, count=1, by=author, at=now)
    recheck, _ = Recheck._base_manager.get_or_create(
        year=YEAR, defaults={"until": clock.today(), "by": author, "at": now}
    )
    item = RecheckItem._base_manager.create(
        recheck=recheck,
        unit=unit,
        number=f"测〔{YEAR}〕3号",
        title=canary,
        openness="不予公开",
        ground=canary,
    )
    return {
        RecheckItem: item,
        RegisterImport: source,
        IssuedPaper: paper,
        RegisterTask: task,
        DeclaredTotal: total,
    }
