"""The gate on my desk: what is public and must not be, each with its page."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from gongkai.gate import queries
from gongkai.kernel.desk import PUBLICATION, DeskItem, RailEntry
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can, units_for

RAIL = (
    RailEntry(
        key="gate",
        label="内容检查",
        icon="shield",
        url_name="gate:live",
        action="gate.view",
        group=PUBLICATION,
        order=35,
    ),
)


def tasks_for(actor: Actor, today: date) -> list[DeskItem]:
    """Blocking findings of the nightly sweep on pages of this person's units; the district office sees the list."""
    if not can(actor, "gate.view") or units_for(actor, "gate.view") is None:
        return []
    return [
        DeskItem(
            title=row.title,
            url=row.mend or reverse("gate:live"),
            verb="去处理",
            why=f"已公开的页面上有问题：{row.says}",
            article=row.basis,
            due=today,
            note=row.where,
            rail="gate",
        )
        for row in queries.owed(actor)
    ]
