"""What it means that a row is let out: its days begin to run; what a change replaces is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F

from gongkai.kernel.clock import legal_day
from gongkai.records import queries, states
from gongkai.records.actions.telling import CHUNK
from gongkai.records.models import RecordEdition, RecordRow
from gongkai.records.queries import Lifetime, RecordType, lifetime


def let_out(kind: RecordType, rows: Sequence[RecordRow], *, now: datetime) -> None:
    """Waiting rows become public; rows with the same last day go together."""
    today = legal_day(now)
    together: dict[Lifetime, list[int]] = {}
    for row in rows:
        together.setdefault(lifetime(kind, row.values, published_on=today), []).append(row.pk)
    for days, own in together.items():
        for at in range(0, len(own), CHUNK):
            RecordRow.objects.unscoped("the action checked the rows").filter(pk__in=own[at : at + CHUNK]).update(
                state=states.LIVE, published_at=now, changed_at=now, checked_on=today, note="",
                public_until=days.public_until, anonymise_on=days.anonymise_on, version=F("version") + 1,
            )  # fmt: skip


def apply_changes(kind: RecordType, rows: Sequence[RecordRow], *, now: datetime) -> None:
    """Proposed values replace public ones; what stood there goes into the history with its reason."""
    editions = []
    for row in rows:
        editions.append(
            RecordEdition(
                row=row,
                number=row.version,
                values=row.values,
                reason=row.note or "更正",
                by_id=row.proposed_by_id or row.by_id,
                at=now,
            )  # fmt: skip
        )
        row.values, row.key = row.proposed, queries.key_of(kind, row.proposed or {})
        for name, value in queries.derived(kind, row.values).items():
            setattr(row, name, value)
        published_on = legal_day(row.published_at) if row.published_at else legal_day(now)
        days = lifetime(kind, row.values, published_on=published_on)
        row.public_until, row.anonymise_on = days.public_until, days.anonymise_on
        row.proposed, row.proposed_by, row.proposed_on = None, None, None
        row.note, row.changed_at = "", now
        row.checked_on = legal_day(now)
        row.version += 1
        row.save()
    RecordEdition.objects.bulk_create(editions)
