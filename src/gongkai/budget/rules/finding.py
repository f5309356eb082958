"""What the check of a budget paper says; the fields are those of a finding of the gate."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """A sum that does not agree blocks; what is missing warns."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not right: place, quote, and a sentence that says what to do."""

    rule: str
    level: Level
    where: str
    text: str
    says: str
    basis: str = ""
