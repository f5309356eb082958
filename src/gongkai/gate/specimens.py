"""Rows of the gate to try the wall with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import models

from gongkai.gate.models import (
    FileCheck,
    GateRun,
    LeaderEntry,
    LiveFinding,
    NightSweep,
    Sketch,
    SketchBand,
    WordEntry,
)
from gongkai.kernel import clock
from gongkai.orgs.models import Person, Unit


def specimens(
    unit: Unit, people: Mapping[str, Person], canary: str
) -> dict[type[models.Model], models.Model]:
    """What is a unit's own is full of its words; the lists are the district's."""
    now = clock.now()
    run = GateRun._base_manager.create(
        unit=unit, key=f"specimen:{unit.pk}", digest="0", at=now, findings=[{"text": canary}]
    )
    sketch = Sketch._base_manager.create(
        unit=unit, key=f"specimen:{unit.pk}", title=canary, digest="0", signature=[], at=now
    )
    band = SketchBand.objects.create(sketch=sketch, value=unit.pk)
    finding = LiveFinding._base_manager.create(
        unit=unit, key=f"specimen:{unit.pk}", title=canary, url="/doc/", rule="personal.mobile", level="block",
        text=canary, where=canary, says=canary, found_at=now,
    )  # fmt: skip
    word, _ = WordEntry.objects.get_or_create(
        kind="wrong", wrong="布署", right="部署", defaults={"source": "词典", "at": now, "changed_at": now}
    )
    leader, _ = LeaderEntry.objects.get_or_create(
        name="某甲", post="区长", defaults={"source": "任免文件", "at": now}
    )
    check, _ = FileCheck.objects.get_or_create(
        digest="0" * 64, defaults={"version": 0, "readable": True, "at": now}
    )
    sweep, _ = NightSweep.objects.get_or_create(night=date(2026, 1, 5))
    return {
        GateRun: run, Sketch: sketch, SketchBand: band, LiveFinding: finding, WordEntry: word,
        LeaderEntry: leader, FileCheck: check, NightSweep: sweep,
    }  # fmt: skip
