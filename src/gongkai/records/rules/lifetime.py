"""How long a row is public, and when what tells of persons goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.records.rules.declared import RecordType


@dataclass(frozen=True, slots=True)
class Lifetime:
    """The last public day, and the day from which nothing personal is kept; both empty for ever."""

    public_until: date | None
    anonymise_on: date | None


def lifetime(kind: RecordType, values: Mapping[str, str], *, published_on: date) -> Lifetime:
    """The earlier of the type's public days and the row's own last day.

    What tells of persons is anonymised the day after, or the type's days later (个人信息保护法第四十七条).
    """
    ends = []
    if kind.public_days:
        ends.append(published_on + timedelta(days=kind.public_days))
    if kind.ends_with and values.get(kind.ends_with):
        ends.append(date.fromisoformat(values[kind.ends_with]))
    until = min(ends, default=None)
    if until is None or not kind.is_personal:
        return Lifetime(until, None)
    return Lifetime(until, until + timedelta(days=kind.anonymise_days + 1))


def stale_on(kind: RecordType, *, checked_on: date | None) -> date | None:
    """The last day on which a checked row counts as fresh; ``None`` where the type needs no checking."""
    if kind.stale_days is None or checked_on is None:
        return None
    return checked_on + timedelta(days=kind.stale_days)
