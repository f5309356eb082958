"""Writing to the trail and checking it. ``record`` is the only way in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
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
        # As the database gives it back, so that the digest of today is the digest of the check.
        facts=json.loads(json.dumps(dict(facts or {}), ensure_ascii=False)),
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
    """Walk the stored chain from its first row. ``anchor`` is a head noted outside: (row number, digest).

    Without an anchor a chain that was cut at its end, or built anew from the start, still looks whole.
    """
    noted = TrailHead.objects.filter(pk=1).values_list("seq", "digest").first() or (0, "")
    verdict, last = walk(_rows(), anchor)
    if verdict.ok and (verdict.rows != noted[0] or (last if verdict.rows else "") != noted[1]):
        return Verdict(ok=False, rows=verdict.rows, first_bad=min(verdict.rows, noted[0]) + 1)
    return verdict


def walk(rows: Iterable[TrailRow], anchor: tuple[int, str] | None = None) -> tuple[Verdict, str]:
    """Check rows in their order, stored or exported; also gives the digest of the last good row."""
    previous, count = GENESIS, 0
    anchored = anchor is None or anchor == (0, GENESIS)
    for row in rows:
        if row.seq != count + 1 or row.previous != previous or row.digest != digest_of(row):
            return Verdict(ok=False, rows=count, first_bad=count + 1), previous
        if anchor is not None and row.seq == anchor[0]:
            if row.digest != anchor[1]:
                return Verdict(ok=False, rows=count, first_bad=row.seq), previous
            anchored = True
        previous, count = row.digest, row.seq
    if not anchored:
        return Verdict(ok=False, rows=count, first_bad=count + 1), previous
    return Verdict(ok=True, rows=count, first_bad=None), previous


def head() -> tuple[int, str]:
    """The last row's number and digest, to be noted outside each day."""
    row = TrailHead.objects.filter(pk=1).first()
    return (row.seq, row.digest or GENESIS) if row else (0, GENESIS)


def fields_of(row: TrailRow) -> dict[str, Any]:
    """A row as the export holds it: everything that its digest covers, and the digest."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields} | {
        "at": row.at.astimezone(UTC).isoformat(timespec="microseconds")
    }


def row_of(fields: Mapping[str, Any]) -> TrailRow:
    """An exported row again; raises KeyError, TypeError or ValueError where it is none."""
    names = [field.attname for field in TrailRow._meta.concrete_fields]
    return TrailRow(
        **{name: fields[name] for name in names if name != "at"}, at=datetime.fromisoformat(fields["at"])
    )


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
