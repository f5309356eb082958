"""Documents on my desk: returned drafts, drafts that near their 20 working days, what is with reviewers."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from gongkai.documents import queries, states
from gongkai.kernel.desk import PUBLICATION, DeskItem, Found, RailEntry, WaitingItem
from gongkai.orgs.actor import Actor

RAIL = (
    RailEntry(
        key="documents",
        label="公文与信息",
        icon="file",
        url_name="documents:list",
        action="documents.view",
        group=PUBLICATION,
        order=10,
    ),
)


def tasks_for(actor: Actor, today: date) -> list[DeskItem]:
    """Drafts of the units for which this person writes, each with its day of publication."""
    items = []
    for row in queries.drafts_to_finish(actor):
        returned = row.document.round > 0 and not row.correcting
        items.append(
            DeskItem(
                title=row.document.title,
                url=reverse("documents:page", args=[row.document.pk]),
                verb="去修改" if returned else "接着写",
                why=_why(row, returned),
                article="条例第二十六条：公开期限" if row.due else "",
                due=row.due,
                note=row.document.number or row.document.unit.short_name,
                rail="documents",
            )
        )
    return items


def _why(row: queries.Unfinished, returned: bool) -> str:
    if row.correcting:
        return "更正还没有送审，网上仍是原来的版本"
    return "审核人退回，请修改后再送审" if returned else "草稿还没有送审"


def waiting_for(actor: Actor, today: date) -> list[WaitingItem]:
    """What this person wrote and others have now."""
    return [
        WaitingItem(
            title=document.title,
            url=reverse("documents:page", args=[document.pk]),
            now_with=states.LABELS[document.state],
            since=document.changed_at,
            done=document.state == states.PUBLISHED,
        )
        for document in queries.sent_on(actor)
    ]


def finds(actor: Actor, text: str, limit: int) -> list[Found]:
    """Documents whose title or number holds the words."""
    rows = queries.documents_for(actor, words=text)[:limit]
    return [
        Found(
            title=row.title,
            url=reverse("documents:page", args=[row.pk]),
            note="　".join(filter(None, (row.number, row.unit.short_name, states.LABELS[row.state]))),
        )
        for row in rows
    ]
