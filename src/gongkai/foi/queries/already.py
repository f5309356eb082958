"""What is public already and may be just what a visitor is about to ask for (条例第三十六条第一项)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from gongkai.search import queries as search
from gongkai.search.ports import PUBLIC, Fragment, Unusable

MOST = 3
LONGEST = 120
SHARED = 2  # neighbouring signs in common; below that a hit is chance


@dataclass(frozen=True, slots=True)
class Public:
    """A record that stands in public."""

    key: str
    path: str
    title: str
    marked: tuple[Fragment, ...]
    extract: tuple[Fragment, ...]
    unit: str
    validity: str
    published_at: datetime | None


def already_public(text: str, *, today: date, without: tuple[str, ...] = ()) -> tuple[Public, ...]:
    """Up to three public records that fit what was typed; nothing is kept of the words."""
    words = " ".join(text.split())[:LONGEST]
    if len(words) < 2:
        return ()
    try:
        answer = search.search(
            words, visibility=PUBLIC, today=today, size=MOST + len(without), facets=(), only_these_words=False
        )
    except Unusable:
        return ()
    found = []
    for hit in answer.found.hits:
        plain = hit.title + "".join(piece.text for piece in hit.extract)
        if hit.key in without or not (hit.pinned or _shared(words, plain) >= SHARED):
            continue
        found.append(
            Public(
                hit.key,
                hit.path,
                hit.title,
                hit.marked_title,
                hit.extract,
                hit.unit,
                hit.validity,
                hit.published_at,
            )
        )
    return tuple(found[:MOST])


def _shared(typed: str, found: str) -> int:
    pairs = {typed[at : at + 2] for at in range(len(typed) - 1) if typed[at : at + 2].isalnum()}
    return sum(1 for pair in pairs if pair in found)
