"""Words and moments as feeds write them."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

IN_FEED = 30
XML = '<?xml version="1.0" encoding="utf-8"?>\n'
_FORBIDDEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def escaped(words: str) -> str:
    """Words as XML text, without signs that XML forbids."""
    return escape(words.translate(_FORBIDDEN))


def quoted(words: str) -> str:
    """Words as an XML attribute with its quotes."""
    return quoteattr(words.translate(_FORBIDDEN))


def moment(at: datetime) -> str:
    """A moment as feeds write it, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
