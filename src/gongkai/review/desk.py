"""Reviews on my desk: documents whose next step I may take, other agencies' papers that I must confirm."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from gongkai.documents import states as life
from gongkai.kernel.desk import PUBLICATION, DeskItem, RailEntry, WaitingItem
from gongkai.orgs.actor import Actor
from gongkai.review import queries, states

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
    """What waits for this person's review, and what other agencies' confirmations wait for."""
    return [*_reviews(actor), *_coordinations(actor, today)]


def _reviews(actor: Actor) -> list[DeskItem]:
    """Due on the last day of publication in time."""
    return [
        DeskItem(
            title=row.document.title,
            url=reverse("review:page", args=[row.document.pk]),
            verb="去审核",
            why=f"等您{row.label}",
            article="条例第二十六条：公开期限",
            due=row.due,
            note=row.document.unit.short_name,
            rail="review",
        )
        for row in queries.waiting_for(actor)
    ]


def _coordinations(actor: Actor, today: date) -> list[DeskItem]:
    answer = [
        (row, f"{row.unit.short_name}请您单位确认：{row.matter}", "去确认")
        for row in queries.to_answer(actor)
    ]
    settle = [
        (
            row,
            f"{row.asked.short_name}有不同意见，等您协调决定"
            if row.state == states.OBJECTED
            else f"{row.asked.short_name}过期没有答复，等您决定",
            "去决定",
        )
        for row in queries.to_settle(actor, today=today)
    ]
    mend = [
        (row, f"{row.asked.short_name}有不同意见，请修改后重新征求", "去看意见")
        for row in queries.to_mend(actor)
    ]
    return [
        DeskItem(
            title=row.document.title,
            url=reverse("review:coordination", args=[row.pk]),
            verb=verb,
            why=why,
            article="条例第十一条",
            due=row.answer_by if row.state == states.WAITING else None,
            note=row.matter,
            rail="review",
        )
        for row, why, verb in (*answer, *settle, *mend)
    ]


def waiting_for(actor: Actor, today: date) -> list[WaitingItem]:
    """What this person approved and the next reviewer or the publisher has now."""
    return [
        WaitingItem(
            title=document.title,
            url=reverse("review:page", args=[document.pk]),
            now_with=f"您已{step.get_step_display()}，现在{life.LABELS[document.state]}",
            since=step.at,
        )
        for document, step in queries.passed_on(actor)
    ]
