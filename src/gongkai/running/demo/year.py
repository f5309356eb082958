"""The demo's plan of this year and what the units have reported on it, by the real actions."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from gongkai.kernel.clock import legal_day
from gongkai.ledger import actions, queries
from gongkai.ledger.models import Task
from gongkai.orgs.actor import actor_of
from gongkai.orgs.models import Person, Unit
from gongkai.publishing.models import Publication
from gongkai.running.demo.district import FACTS, rows

RETURN = "演示：还有单位没有公开，请补齐后再报"


def load_plan(*, published: Sequence[Publication], now: datetime) -> None:
    """Import the plan of the present year and walk the reports of its units."""
    today = legal_day(now)
    text = (FACTS / "plan.txt").read_text(encoding="utf-8").replace("{year}", str(today.year))
    name = f"{today.year}年滨海区政务公开工作要点.txt"
    head = actor_of(Person.objects.get(username="gkb"), today=today)
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder) / name
        paper.write_text(text, encoding="utf-8")
        reading = queries.read_plan_file(paper, name=name, year=today.year)
    source = actions.Source(name=name, digest=hashlib.sha256(text.encode()).hexdigest())
    plan, _ = actions.import_plan(reading=reading, source=source, by=head, now=now)
    for number, code, words, evidence, finished, decision in rows("progress.txt", 6):
        report = actions.report_progress(
            task=Task.objects.get(plan=plan, origin=Task.Origin.ANNEX, number=int(number)),
            unit=Unit.objects.get(code=code),
            by=actor_of(Person.objects.get(username=f"{code}.officer"), today=today),
            now=now,
            text=words,
            finished=finished == "yes",
            evidence=published[int(evidence) - 1].path if int(evidence) else "",
        )
        if decision == "accepted":
            actions.accept_progress(report=report, by=head, now=now)
        elif decision == "returned":
            actions.return_progress(report=report, by=head, now=now, reason=RETURN)
