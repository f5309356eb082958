"""The library of lost and corrected cases, as drafts and the page of lessons ask it."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.foi.models import Lesson


def lessons_for(ground: str) -> list[Lesson]:
    """What went wrong before on this ground, newest first; shown before a draft on it is signed."""
    return list(library().filter(ground=ground)[:10]) if ground else []


def library(ground: str = "") -> QuerySet[Lesson]:
    """All lessons in use, or those of one ground."""
    rows = Lesson.objects.filter(active=True).select_related("unit", "by")
    return rows.filter(ground=ground) if ground else rows
