"""照去年做: last year's row as a draft of this year, with what was changed marked for a person to confirm."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from gongkai.records.rules.declared import Link, RecordType

# A year of an office: 2025年, 2025年度, 〔2025〕, 2025—2026年.
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?=\s*(?:年|学年|财年|[〕\]］）)]|\s*[—\-－至]\s*20\d{2}))")


def shifted(
    kind: RecordType, values: Mapping[str, str], years: int = 1
) -> tuple[dict[str, str], tuple[str, ...]]:
    """The values moved by ``years``, and the names of fields to be confirmed.

    Days move by calendar years, years in words move, a document of last year is taken away. A key that names
    no year cannot be this year's: it is emptied.
    """
    after: dict[str, str] = {}
    for field in kind.fields:
        text = values.get(field.name, "")
        if field.kind == "date" and text:
            text = moved(date.fromisoformat(text), years).isoformat()
        elif field.link is Link.DOCUMENT:
            text = ""
        elif field.kind == "string":
            text = _YEAR.sub(lambda found: str(int(found[1]) + years), text)
        after[field.name] = text
    if kind.key and all(after[name] == values.get(name, "") for name in kind.key):
        after[kind.key[-1]] = ""
    marked = [field.name for field in kind.fields if after[field.name] != values.get(field.name, "")]
    return after, tuple(marked)


def moved(day: date, years: int) -> date:
    """The same day of another year; 29 February becomes the 28th.

    >>> moved(date(2024, 2, 29), 1)
    datetime.date(2025, 2, 28)
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
