"""What readers of the demo did: errors that they found, and words that they looked for, found or not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import count

from gongkai.kernel.clock import legal_day
from gongkai.orgs.actor import actor_of
from gongkai.orgs.models import Person, Unit
from gongkai.publishing import actions
from gongkai.publishing.models import Publication
from gongkai.running.demo.district import rows
from gongkai.search import actions as search
from gongkai.search.rules.question import read

FOUND, IN_VAIN = "found", "none"
FEW_DAYS = (0, 1, 3, 4, 8, 11)  # days before today on which people came


def load(units: Mapping[str, Unit], *, now: datetime) -> None:
    """By the real actions: reports with their answers, searches of several visitors on several days."""
    _errors(now)
    _searches(now)


def _errors(now: datetime) -> None:
    """Two are answered, one waits for the district office."""
    live = Publication.objects.unscoped("the demo's readers see what is public").order_by("pk")
    paths = list(live.filter(state=Publication.State.LIVE).values_list("path", flat=True)[:3])
    office = actor_of(Person.objects.get(username="gkb"), today=legal_day(now))
    for number, (days_ago, problem, outcome, answer) in enumerate(rows("errors.txt", 4)):
        then = now - timedelta(days=int(days_ago))
        report = actions.report_error(
            address=paths[number % len(paths)], problem=problem, contact="", now=then
        )
        if outcome:
            actions.answer_error(
                report=report, outcome=outcome, answer=answer, by=office, now=then + timedelta(hours=20)
            )


def _searches(now: datetime) -> None:
    marks = count(1)
    for result, words, people in rows("searches.txt", 3):
        question = read(words)
        for number in range(int(people)):
            day = legal_day(now) - timedelta(days=FEW_DAYS[number % len(FEW_DAYS)])
            if result == FOUND:
                search.note_asked(question=question, visitor=f"{next(marks):08x}", today=day)
            else:
                search.note_empty_answer(question=question, today=day)
    search.forget_marks(today=legal_day(now))
