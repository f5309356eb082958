"""Typed records on my desk: rows that must be public soon, rows that wait for me, missing steps, unchecked places."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from gongkai.kernel.desk import PUBLICATION, DeskItem, RailEntry, the_same_for_all
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can, units_for
from gongkai.records.queries import standing

RAIL = (
    RailEntry(
        key="records",
        label="信息清单",
        icon="list",
        url_name="records:types",
        action="records.view",
        group=PUBLICATION,
        order=30,
    ),
)


def tasks_for(actor: Actor, today: date) -> list[DeskItem]:
    """What this person's units must do. The district office sees all units in the table instead."""
    found: list[DeskItem] = []
    if can(actor, "records.publish") and units_for(actor, "records.publish") is not None:
        found += [_review(one) for one in standing.to_publish(actor)]
    if can(actor, "records.work") and units_for(actor, "records.work") is not None:
        found += the_same_for_all(("records", actor.rights, today), lambda: _of_units(actor, today))
    return found


def _of_units(actor: Actor, today: date) -> list[DeskItem]:
    """What anybody of these units may do."""
    found = [_late(one, today) for one in standing.unpublished(actor, today=today)]
    found += [_late_change(one, today) for one in standing.unpublished_changes(actor, today=today)]
    return found + [_lacking(one) for one in standing.lacking(actor, today=today)]


def _review(one: standing.Pending) -> DeskItem:
    return DeskItem(
        title=f"{one.kind.title}　{one.unit.short_name} {one.count} 行待审核",
        url=f"{reverse('records:rows', args=[one.kind.code])}?state=review&unit={one.unit.pk}",
        verb="去审核",
        why=f"录入的人不能自己公开；最早的改动应在 {_day(one)} 前公开" if one.due else "录入的人不能自己公开",
        article="条例第十七条、第二十六条" if one.due else "条例第十七条",
        due=one.due,
        rail="records",
    )


def _late(one: standing.Pending, today: date) -> DeskItem:
    late = one.due is not None and one.due < today
    return DeskItem(
        title=f"{one.kind.title}　{one.count} 行{'逾期' if late else '快到期'}没有公开",
        url=f"{reverse('records:rows', args=[one.kind.code])}?state=open&unit={one.unit.pk}",
        verb="去处理",
        why=f"最早一行应在 {one.due} 前公开",
        article="条例第二十六条",
        due=one.due,
        rail="records",
    )


def _late_change(one: standing.Pending, today: date) -> DeskItem:
    late = one.due is not None and one.due < today
    return DeskItem(
        title=f"{one.kind.title}　{one.count} 行的改动{'逾期' if late else '快到期'}没有公开",
        url=f"{reverse('records:rows', args=[one.kind.code])}?state=proposed&unit={one.unit.pk}",
        verb="去查看",
        why=f"信息变更以后，最早一行应在 {_day(one)} 前公开；请审核人处理",
        article="条例第二十六条",
        due=one.due,
        rail="records",
    )


def _day(one: standing.Pending) -> str:
    """The last day, marked where the holidays of its year are not known yet."""
    return f"{one.due}（暂定）" if one.provisional else str(one.due)


def _lacking(one: standing.Pending) -> DeskItem:
    return DeskItem(
        title=f"{one.kind.title}　{one.words}",
        url=reverse("records:row", args=[one.row]),
        verb="去补充",
        why="读者在网站上看得到这一处空缺",
        article=one.kind.basis,
        due=one.due,
        rail="records",
    )
