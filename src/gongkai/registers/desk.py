"""Registers on my desk: each open fault of my unit's register, each hosted copy that is not the official text."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from gongkai.documents import states as life
from gongkai.kernel.desk import PUBLICATION, DeskItem, RailEntry, the_same_for_all
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can, units_for
from gongkai.registers import queries, states
from gongkai.registers.models import Recheck
from gongkai.registers.rules.reconciling import BASES

RAIL = (
    RailEntry(
        key="registers",
        label="发文登记核对",
        icon="register",
        url_name="registers:list",
        action="registers.view",
        group=PUBLICATION,
        order=40,
    ),
)


def tasks_for(actor: Actor, today: date) -> list[DeskItem]:
    """What this person's units must put right. The district office sees the overview instead."""
    if not can(actor, "registers.work") or units_for(actor, "registers.work") is None:
        return []
    return the_same_for_all(
        ("registers", actor.rights), lambda: [*_faults(actor), *_copies(actor), *_rechecks(actor)]
    )


def _faults(actor: Actor) -> list[DeskItem]:
    return [
        DeskItem(
            title=f"{task.get_kind_display()}　{task.number}",
            url=f"{reverse('registers:list')}#t-{task.pk}",
            verb="去处理",
            why=task.text,
            article=BASES[task.kind],
            rail="registers",
        )
        for task in queries.tasks_of(actor, state=states.OPEN)
    ]


def _copies(actor: Actor) -> list[DeskItem]:
    copies = queries.copies_of(actor)
    found = [
        DeskItem(
            title=f"转载件与官方文本不同　{copy.name}",
            url=f"{reverse('registers:copies')}#c-{copy.pk}",
            verb="去核对",
            why="转载的是旧版本" if copy.superseded else f"有 {len(copy.differences)} 处与官方文本不同",
            rail="registers",
        )
        for copy in copies
        if copy.faulty and copy.decision == states.TO_DECIDE
    ]
    # The new text stands in public: readers of the old address are sent there by a withdrawal as 并入.
    return found + [
        DeskItem(
            title=f"新文本已发布，旧转载件还在　{copy.name}",
            url=reverse("publishing:receipt", args=[copy.publication_id]),
            verb="去撤回",
            why="请把旧件撤回，类别选“并入”，写上新文本的网址",
            rail="registers",
        )
        for copy in copies
        if copy.draft is not None and copy.draft.state == life.PUBLISHED
    ]


def _rechecks(actor: Actor) -> list[DeskItem]:
    """One entry for each campaign, however many papers it has."""
    waiting: dict[Recheck, int] = {}
    for item in queries.to_recheck(actor):
        waiting[item.recheck] = waiting.get(item.recheck, 0) + 1
    return [
        DeskItem(
            title=str(recheck),
            url=f"{reverse('registers:recheck', args=[recheck.pk])}?state={states.UNDECIDED}",
            verb="去评估",
            why=f"还有 {count} 件没有评估：不公开的情形还在不在",
            article="条例第十八条",
            due=recheck.until,
            rail="registers",
        )
        for recheck, count in waiting.items()
    ]
