"""Reviews on my desk: every document whose next step I may take."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from gongkai.kernel.desk import PUBLICATION, DeskItem, RailEntry
from gongkai.orgs.actor import Actor
from gongkai.review import queries

RAIL = (
    RailEntry(
        key="review",
        label="审核",
        icon="stamp",
        url_name="review:list",
        action="review.view",
        group=PUBLICATION,
        order=20,
    ),
)


def tasks_for(actor: Actor, today: date) -> list[DeskItem]:
    """What waits for this person's review, due on the last day of publication in time."""
    return [
        DeskItem(
            title=row.document.title,
            url=reverse("review:page", args=[row.document.pk]),
            verb="去审核",
            why=f"等您{row.label}",
            article="条例第二十六条：公开期限",
            due=row.document.due_on,
            note=row.document.unit.short_name,
            rail="review",
        )
        for row in queries.waiting_for(actor)
    ]
