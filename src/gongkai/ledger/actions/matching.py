"""The system's own search for evidence. It writes an index of what is public, no act of the office: no trail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Max

from gongkai.events.ledger import PlanMoved, TaskProgressChanged
from gongkai.kernel.outbox import emit
from gongkai.ledger import queries
from gongkai.ledger.models import Match, Plan, Sweep
from gongkai.ledger.queries.matching import Lookout
from gongkai.ledger.rules.matching import Hit, match

CHUNK = 20_000
BATCH = 2_000
STORED = ("task", "publication", "unit", "published_on", "state", "words", "item", "theme")
LONGEST_WORDS = 120
FEW = 3
_Newest = dict[tuple[int, int], date | None]


@transaction.atomic
def sweep(*, lookout: Lookout, now: datetime, limit: int = CHUNK) -> bool:
    """Look through the next published records for a plan; returns whether all were seen.

    Where something else is to be found than last time (``basis``) it begins anew; what was found stays until
    its record is looked at again, so the ledger is never empty in between.
    """
    plan = lookout.plan
    row, _ = Sweep.objects.select_for_update().get_or_create(plan=plan, defaults={"basis": lookout.basis})
    if row.basis != lookout.basis:
        row.basis, row.reached, row.finished_at = lookout.basis, 0, None
    seen = queries.candidates(lookout, after=row.reached, limit=limit)
    finished = len(seen) < limit
    before = _newest(plan)
    last = seen[-1][0].id if seen else row.reached
    stale = Match.objects.filter(task__plan=plan, publication_id__gt=row.reached)
    (stale if finished else stale.filter(publication_id__lte=last)).delete()
    found = ((hit, one.item, one.theme, state) for one, state in seen for hit in match(lookout.index, one))
    _store(found)
    parts = row.reached > 0 and row.finished_at is None  # pieces before this one were not told
    row.reached = last
    if finished:
        row.finished_at = row.finished_at or now
    row.save()
    # While a plan is looked through for the first time, or anew, the public page hears of it at the end only.
    if finished or row.finished_at is not None:
        _tell(plan, None if parts else before)
    return finished


@transaction.atomic
def note_publication(*, publication_id: int, now: datetime) -> int:
    """A record was published, changed or withdrawn: find its tasks anew; returns how many it fits."""
    fits = 0
    for plan in queries.plans_of_record(publication_id):
        lookout = queries.lookout_of(plan)
        if not Sweep.objects.filter(plan=plan, basis=lookout.basis).exists():
            continue  # the sweep that is under way will see it
        before = _newest(plan)
        Match.objects.filter(task__plan=plan, publication=publication_id).delete()
        seen = queries.candidate(lookout, publication_id)
        if seen is not None:
            one, state = seen
            found = [(hit, one.item, one.theme, state) for hit in match(lookout.index, one)]
            _store(found)
            fits += len(found)
        _tell(plan, before)
    return fits


def _store(found: Iterable[tuple[Hit, str, str, str]]) -> None:
    """Write what was found. Model objects would cost more than the finding, and nothing hears of these rows."""
    columns = {field.name: str(field.column) for field in Match._meta.concrete_fields}
    names = ", ".join(connection.ops.quote_name(columns[name]) for name in STORED)
    places = ", ".join(["%s"] * len(STORED))
    table = connection.ops.quote_name(Match._meta.db_table)
    day = connection.ops.adapt_datefield_value
    rows = [
        (
            hit.subject, hit.candidate, hit.unit, day(hit.published_on), state,
            "、".join(hit.words)[:LONGEST_WORDS], item if hit.by_item else "", theme if hit.by_theme else "",
        )
        for hit, item, theme, state in found
    ]  # fmt: skip
    with connection.cursor() as cursor:
        for start in range(0, len(rows), BATCH):
            cursor.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({places})",  # noqa: S608 -- names of our own model
                rows[start : start + BATCH],
            )


def _newest(plan: Plan) -> _Newest:
    rows = Match.objects.filter(task__plan=plan, state=Match.State.LIVE).values_list("task_id", "unit_id")
    return {(task, unit): day for task, unit, day in rows.annotate(day=Max("published_on")).order_by()}


def _tell(plan: Plan, before: _Newest | None) -> None:
    """A few tasks that moved are drawn each; where there are many, or it is not known which, the whole plan is."""
    after = _newest(plan)
    moved = {
        key[0] for key in {*(before or ()), *after} if before is None or before.get(key) != after.get(key)
    }
    if before is None or len(moved) > FEW:
        emit(PlanMoved(plan_id=plan.pk, year=plan.year))
        return
    for task in sorted(moved):
        emit(TaskProgressChanged(task_id=task, plan_id=plan.pk, year=plan.year))
