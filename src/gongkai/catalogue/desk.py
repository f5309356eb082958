"""The standard catalogue on my desk: proposals to be decided, and my own that came back."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from gongkai.catalogue import queries, states
from gongkai.kernel.desk import PUBLICATION, DeskItem, RailEntry, WaitingItem
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can

RAIL = (
    RailEntry(
        key="catalogue",
        label="标准目录",
        icon="list",
        url_name="catalogue:list",
        action="catalogue.view",
        group=PUBLICATION,
        order=30,
    ),
)


def tasks_for(actor: Actor, today: date) -> list[DeskItem]:
    """Proposals that this person decides, and his own drafts."""
    if not can(actor, "catalogue.view"):
        return []
    found = []
    for one in queries.proposals_of(actor):
        if one.state == states.SUBMITTED and can(actor, "catalogue.approve") and one.by_id != actor.person_id:
            verb, why = "去批准", f"{one.unit.short_name}提出修订“{one.field.name}”标准目录，等您决定"
        elif one.state == states.DRAFT and one.by_id == actor.person_id:
            verb = "去完成"
            why = f"批准人退回：{one.opinion}" if one.opinion else "修订建议还是草稿，没有送出"
        else:
            continue
        found.append(
            DeskItem(
                title=one.title,
                url=reverse("catalogue:proposal", args=[one.pk]),
                verb=verb,
                why=why,
                article="国办发〔2019〕54号",
                rail="catalogue",
            )
        )
    return found


def waiting_for(actor: Actor, today: date) -> list[WaitingItem]:
    """Proposals that this person handed in."""
    if not can(actor, "catalogue.view"):
        return []
    return [
        WaitingItem(
            title=one.title,
            url=reverse("catalogue:proposal", args=[one.pk]),
            now_with="区政务公开主管部门",
            since=one.at,
        )
        for one in queries.proposals_of(actor)
        if one.state == states.SUBMITTED and one.by_id == actor.person_id
    ]
