"""What a publication must be, told by its trail alone: each row of the ledger is held against it (B17)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.publishing.rules.withdrawing import EXPIRED

RELEASES = frozenset({"publishing.publish", "publishing.anonymise"})
WITHDRAW, TURN = "publishing.withdraw", "publishing.turn"
CLOSE = "publishing.close_edition"


@dataclass(slots=True)
class Step:
    """One row of the trail about a publication."""

    seq: int
    verb: str
    note: str
    at: str
    facts: Mapping[str, Any]


@dataclass(slots=True)
class Told:
    """The publication as its trail tells it."""

    path: str = ""
    index_number: str = ""
    version: int = 0
    edition: int = 0
    digest: str = ""
    receipt: str = ""
    published_at: str = ""
    first_published_at: str = ""
    live: bool = False
    expired: bool = False
    trail_seq: int = 0
    unit: int | None = None
    document: int | None = None
    # Edition number -> the facts with which it was released.
    releases: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    seqs: dict[int, int] = field(default_factory=dict)
    # (kind, reason, successor, version) of each withdrawal in order.
    withdrawals: list[tuple[str, str, str, int]] = field(default_factory=list)
    closed: set[int] = field(default_factory=set)


def replay(steps: Iterable[Step]) -> Told | None:
    """Follow a publication through its trail; None where it was never published."""
    told: Told | None = None
    for step in steps:
        if step.verb in RELEASES:
            told = told or Told(first_published_at=step.facts["published_at"])
            _release(told, step)
        elif told is None:
            continue
        elif step.verb == WITHDRAW:
            facts = step.facts
            told.version = facts["version"]
            told.withdrawals.append((facts["kind"], step.note, facts.get("successor", ""), facts["version"]))
            if facts["kind"] == EXPIRED:
                told.expired = True
            else:
                told.live = False
        elif step.verb == TURN:
            told.version = step.facts["version"]
        elif step.verb == CLOSE:
            told.closed.add(step.facts["edition"])
    return told


def _release(told: Told, step: Step) -> None:
    facts = step.facts
    told.path, told.index_number = facts["path"], facts["index_number"]
    told.version, told.edition = facts["version"], facts["edition"]
    told.digest, told.receipt = facts["digest"], facts["receipt"]
    told.published_at, told.live, told.trail_seq = facts["published_at"], True, step.seq
    told.unit, told.document = facts.get("unit"), facts.get("document")
    told.releases[facts["edition"]] = facts
    told.seqs[facts["edition"]] = step.seq
