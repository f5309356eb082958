"""What publishing puts before a person."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from gongkai.kernel.desk import HOUSE, PUBLICATION, DeskItem, Found, RailEntry
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can
from gongkai.publishing import queries

RAIL = (
    RailEntry(
        key="publishing",
        label="待发布",
        icon="upload",
        url_name="publishing:list",
        action="publishing.publish",
        group=PUBLICATION,
        order=30,
    ),
    RailEntry(
        key="publishing-ledger",
        label="发布台账",
        icon="register",
        url_name="publishing:ledger",
        action="publishing.view",
        group=PUBLICATION,
        order=40,
    ),
    RailEntry(
        key="publishing-errors",
        label="网站找错",
        icon="flag",
        url_name="publishing:errors",
        action="publishing.settings",
        group=HOUSE,
        order=60,
    ),
    RailEntry(
        key="publishing-numbers",
        label="索引号规则",
        icon="gear",
        url_name="publishing:numbers",
        action="publishing.settings",
        group=HOUSE,
        order=61,
    ),
)


def tasks_for(actor: Actor, today: date) -> list[DeskItem]:
    """Reviewed documents that this person may publish, with their last day (条例第二十六条)."""
    if not can(actor, "publishing.publish"):
        return []
    return [
        DeskItem(
            title=row.document.title,
            url=reverse("publishing:confirm", args=[row.document.pk]),
            verb="去发布",
            why="审核已经通过，等您发布",
            article="条例第二十六条",
            due=row.due,
            note=f"{row.document.unit.short_name}　{row.document.number}".strip(),
            rail="publishing",
        )
        for row in queries.waiting_for(actor, today=today)
    ]


def finds(actor: Actor, text: str, limit: int) -> list[Found]:
    """Publications by title, index number or receipt."""
    if not can(actor, "publishing.view"):
        return []
    return [
        Found(
            title=row.title,
            url=reverse("publishing:receipt", args=[row.pk]),
            note=f"已公开信息　索引号 {row.index_number.number}　{row.unit.short_name}",
        )
        for row in queries.ledger(actor, words=text)[:limit]
    ]
