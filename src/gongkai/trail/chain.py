"""Writing to the trail and checking it. ``record`` is the only way in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from cryptography.hazmat.primitives import hashes
from django.db import connection, models, transaction

from gongkai.trail.models import TrailHead, TrailRow

ALGORITHM = "SM3"
GENESIS = "0" * 64


class Who(Protocol):
    """Whoever acts: a person in a unit, or the system. ``orgs.wall.Actor`` is one."""

    @property
    def person_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def unit_id(self) -> int | None: ...
    @property
    def unit_name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class SystemActor:
    """The system itself: a deadline that fell due, an installation that began."""

    name: str = "系统"
    person_id: int | None = None
    unit_id: int | None = None
    unit_name: str = ""


SYSTEM = SystemActor()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Outcome of a check of the chain: ``first_bad`` is the first row that does not hold."""

    ok: bool
    rows: int
    first_bad: int | None


def record(
    *,
    verb: str,
    by: Who,
    at: datetime,
    about: models.Model | None = None,
    note: str = "",
    facts: Mapping[str, Any] | None = None,
) -> TrailRow:
    """Write one row to the trail in the transaction of the act itself.

    ``verb`` is ``station.verb`` as in the action's name (``review.approve``). ``facts`` must be JSON and must
    not hold personal data. Raises when called outside a transaction: an act and its row stand or fall together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a trail row is written in the transaction of the act")
    head = _locked_head()
    row = TrailRow(
        seq=head.seq + 1,
        at=at.astimezone(UTC),
        actor_id=by.person_id,
        actor_name=by.name,
        unit_id=by.unit_id,
        unit_name=by.unit_name,
        verb=verb,
        object_kind=about._meta.label_lower if about is not None else "",
        object_id=str(about.pk) if about is not None else "",
        object_name=str(about)[:300] if about is not None else "",
        note=note,
        facts=dict(facts or {}),
        algorithm=ALGORITHM,
        previous=head.digest or GENESIS,
    )
    row.digest = digest_of(row)
    row.save(force_insert=True)
    TrailHead.objects.filter(pk=1).update(seq=row.seq, digest=row.digest)
    return row


def digest_of(row: TrailRow) -> str:
    """The digest of a row over all its fields and the digest before it, as hexadecimal SM3."""
    canonical = json.dumps(
        {
            "seq": row.seq,
            "at": row.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": [row.actor_id, row.actor_name, row.unit_id, row.unit_name],
            "verb": row.verb,
            "object": [row.object_kind, row.object_id, row.object_name],
            "note": row.note,
            "facts": row.facts,
            "algorithm": row.algorithm,
            "previous": row.previous,
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return sm3(canonical.encode())


def sm3(content: bytes) -> str:
    """The SM3 digest (GB/T 32905) as hexadecimal."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(content)
    return digest.finalize().hex()


def verify(anchor: tuple[int, str] | None = None) -> Verdict:
    """Walk the chain from its first row. ``anchor`` is a head noted outside: (row number, digest).

    Without an anchor a chain that was cut at its end, or built anew from the start, still looks whole.
    """
    previous, expected, anchored = GENESIS, 1, anchor is None
    for row in _rows():
        if row.seq != expected or row.previous != previous or row.digest != digest_of(row):
            return Verdict(ok=False, rows=expected - 1, first_bad=expected)
        if anchor is not None and row.seq == anchor[0]:
            if row.digest != anchor[1]:
                return Verdict(ok=False, rows=expected, first_bad=row.seq)
            anchored = True
        previous, expected = row.digest, expected + 1
    head = TrailHead.objects.filter(pk=1).first()
    count = expected - 1
    if (head.seq if head else 0) != count or (head and head.digest and head.digest != previous):
        return Verdict(ok=False, rows=count, first_bad=expected)
    if not anchored:
        return Verdict(ok=False, rows=count, first_bad=expected)
    return Verdict(ok=True, rows=count, first_bad=None)


def head() -> tuple[int, str]:
    """The last row's number and digest, to be noted outside each day."""
    row = TrailHead.objects.filter(pk=1).first()
    return (row.seq, row.digest or GENESIS) if row else (0, GENESIS)


def _locked_head() -> TrailHead:
    if connection.features.has_select_for_update:
        found = TrailHead.objects.select_for_update().filter(pk=1).first()
    else:  # SQLite: BEGIN IMMEDIATE has already queued the writers
        found = TrailHead.objects.filter(pk=1).first()
    if found is None:
        TrailHead.objects.bulk_create([TrailHead(pk=1)], ignore_conflicts=True)
        return _locked_head()
    return found


def _rows() -> Iterator[TrailRow]:
    yield from TrailRow.objects.order_by("seq").iterator(chunk_size=2000)
