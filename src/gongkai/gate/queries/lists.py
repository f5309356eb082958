"""The lists in force, and their pages."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gongkai.gate import states
from gongkai.gate.models import LeaderEntry, WordEntry
from gongkai.gate.rules import wording
from gongkai.gate.rules.wording import Leader, Lists, Word


def lists(today: date | None = None) -> Lists:
    """What counts today: active words, leaders in office, and those who left (their names are warned of)."""
    words = WordEntry.objects.filter(state=states.ACTIVE).values_list("kind", "wrong", "right", "source")
    rows = LeaderEntry.objects.all()
    if today:
        rows = rows.filter(Q(since__isnull=True) | Q(since__lte=today))
    leaders = rows.values_list("name", "post", "order", "until")
    return Lists(wording.collected(Word(*row) for row in words), tuple(Leader(*row) for row in leaders))


def words(*, kind: str = "", state: str = "", text: str = "") -> QuerySet[WordEntry]:
    """The entries of the word list, narrowed."""
    rows = WordEntry.objects.select_related("by")
    if kind in wording.KINDS:
        rows = rows.filter(kind=kind)
    if state in states.WORD_LABELS:
        rows = rows.filter(state=state)
    if text:
        rows = rows.filter(Q(wrong__icontains=text) | Q(right__icontains=text))
    return rows.order_by("kind", "wrong", "right", "pk")


def leaders() -> QuerySet[LeaderEntry]:
    """The roster in its order."""
    return LeaderEntry.objects.select_related("by").order_by("order", "pk")


def waiting_words(limit: int = 500) -> list[WordEntry]:
    """Entries that are still being compared with the approved texts."""
    return list(WordEntry.objects.filter(state=states.WAITING).order_by("pk")[:limit])
