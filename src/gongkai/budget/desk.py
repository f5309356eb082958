"""Budgets on my desk: each budget or final account of my units that is not public yet."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from gongkai.budget import queries
from gongkai.kernel.desk import PUBLICATION, DeskItem, RailEntry, the_same_for_all
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can, units_for

RAIL = (
    RailEntry(
        key="budget",
        label="财政预决算",
        icon="chart",
        url_name="budget:matrix",
        action="budget.view",
        group=PUBLICATION,
        order=35,
    ),
)


def tasks_for(actor: Actor, today: date) -> list[DeskItem]:
    """The holes of this person's units. The district office sees them in the matrix."""
    if not can(actor, "budget.work") or units_for(actor, "budget.work") is None:
        return []
    found = [
        DeskItem(
            title=f"{one.unit.short_name}　{one.year}年{one.kind_words}{one.standing.words}",
            url=reverse("budget:field", args=[one.unit.pk, one.year, one.kind]),
            verb="去登记",
            rail="budget",
            why=f"批复后应在 {one.standing.due} 前公开",
            article="预算法第十四条",
            due=one.standing.due,
        )
        for one in the_same_for_all(
            ("budget", actor.rights, today),
            lambda: queries.holes_of(units_for(actor, "budget.work"), today=today),
        )
    ]
    return found + [
        DeskItem(
            title=f"预告的发布到期　{one.title}",
            url=f"{reverse('budget:releases')}#a-{one.pk}",
            verb="去处理",
            why="发布了就登记结果；发不了要改期并写明原因，原日期仍然公开",
            due=one.due_on,
            rail="budget",
        )
        for one in queries.announced_by(actor)
        if one.publication is None and one.due_on <= today
    ]
