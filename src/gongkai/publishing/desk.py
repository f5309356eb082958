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
        key="publishing-runs",
        label="期满处理",
        icon="clock",
        url_name="publishing:runs",
        action="publishing.view",
        group=PUBLICATION,
        order=45,
    ),
    RailEntry(
        key="publishing-integrity",
        label="完整性告警",
        icon="shield",
        url_name="publishing:integrity",
        action="publishing.integrity",
        group=HOUSE,
        order=59,
    ),
    RailEntry(
        key="publishing-periods",
        label="公开期限规则",
        icon="gear",
        url_name="publishing:periods",
        action="publishing.settings",
        group=HOUSE,
        order=62,
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
    """What waits for publication (条例第二十六条), what hangs elsewhere past its period, alarms of the sweep."""
    return [*_to_publish(actor, today), *_to_take_down(actor), *_alarms(actor), *_to_answer(actor)]


def _to_answer(actor: Actor) -> list[DeskItem]:
    """One line for all reports that wait: they are short, and their list is one click away."""
    if not can(actor, "publishing.settings"):
        return []
    waiting = queries.error_reports(done=False).count()
    if not waiting:
        return []
    return [
        DeskItem(
            title=f"{waiting} 处网站找错等答复",
            url=reverse("publishing:errors"),
            verb="去答复",
            why="读者指出了网站上的问题，凭登记号等您答复",
            rail="publishing-errors",
        )
    ]


def _to_take_down(actor: Actor) -> list[DeskItem]:
    if not can(actor, "publishing.take_down"):
        return []
    return [
        DeskItem(
            title=row.publication.title,
            url=reverse("publishing:runs"),
            verb="去撤下",
            why=f"公开期限已满，请把“{row.period.channel}”里的撤下，再点“已撤下”",
            article="本区公开期限规则",
            due=row.due,
            note=row.publication.unit.short_name,
            rail="publishing-runs",
        )
        for row in queries.runs_by_hand(actor)
    ]


def _alarms(actor: Actor) -> list[DeskItem]:
    if not can(actor, "publishing.integrity"):
        return []
    rows = queries.open_damages()
    if not rows:
        return []
    restored = sum(row.restored_at is not None for row in rows)
    return [
        DeskItem(
            title=f"{len(rows)} 处公开内容与发布时不一致",
            url=reverse("publishing:integrity"),
            verb="去查明",
            why=f"{rows[0].layer}：{rows[0].what}。其中 {restored} 处已按记录恢复，请查明原因后办结",
            rail="publishing-integrity",
        )
    ]


def _to_publish(actor: Actor, today: date) -> list[DeskItem]:
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
