"""What a clerk typed into the preview of a plan: rows put right in place, units chosen for names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gongkai.ledger.rules.corrections import FIELDS, MARKS

_CORRECTION = re.compile(rf"^({'|'.join((*FIELDS, *MARKS))})-(\d{{1,5}})$")
_CHOICE = re.compile(r"^name-(\d{1,4})$")
LONGEST_CORRECTION = 20_000


def corrections_in(data: Mapping[str, str]) -> dict[int, dict[str, str]]:
    """What a clerk put right in the preview, by the row's place; place 0 means all rows."""
    found: dict[int, dict[str, str]] = {}
    for key, value in data.items():
        match = _CORRECTION.match(key)
        if match and value.strip():
            found.setdefault(int(match[2]), {})[match[1]] = value.strip()[:LONGEST_CORRECTION]
    return found


def as_typed(corrections: Mapping[int, Mapping[str, str]]) -> dict[str, str]:
    """Corrections of an earlier time as they would be typed now."""
    return {f"{name}-{place}": value for place, given in corrections.items() for name, value in given.items()}


def choices_in(data: Mapping[str, str]) -> dict[str, int]:
    """Units chosen for unknown names: the name stands in ``text-N``, the unit in ``name-N``."""
    found = {}
    for key, value in data.items():
        match = _CHOICE.match(key)
        text = data.get(f"text-{match[1]}", "") if match else ""
        if text and value.isdigit():
            found[text] = int(value)
    return found


def opened_in(data: Mapping[str, str]) -> frozenset[int]:
    """The rows whose fields stand open: those that were open before, and the one just asked for."""
    open_before = {int(key.partition("-")[2]) for key in data if re.fullmatch(r"requirement-\d{1,5}", key)}
    asked = data.get("edit", "")
    return frozenset(open_before | ({int(asked)} if asked.isdigit() else set()))


def page_in(data: Mapping[str, str]) -> int:
    """Which page of the rows was asked for; the first where none was."""
    asked = data.get("page", "")
    return int(asked) if asked.isdigit() and len(asked) < 6 else 1
