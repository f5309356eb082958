"""What the office's papers put on a desk: calls of the week, answers to look at, campaigns, orders, verifications."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse

from gongkai.kernel.desk import OVERSIGHT, DeskItem, RailEntry, WaitingItem
from gongkai.law.queries import calendar
from gongkai.ledger import queries, states
from gongkai.ledger.models import Bulletin, Campaign, RectificationOrder
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can

ARTICLE = "条例第四十七条"
HOUSE = "本平台规定"
LOOK_BACK = "年度工作要点（回头看）"
BULLETIN_BY = 5  # the bulletin of a month is drafted in the first days of the next; house rule

RAIL = (
    RailEntry(
        key="office",
        label="督办",
        icon="flag",
        url_name="ledger:office",
        action="ledger.supervise",
        group=OVERSIGHT,
        order=11,
    ),
    RailEntry(
        key="orders",
        label="整改和专项",
        icon="inbox",
        url_name="ledger:orders",
        action="ledger.answer",
        group=OVERSIGHT,
        order=12,
    ),
    RailEntry(
        key="lookback",
        label="回头看",
        icon="eye",
        url_name="ledger:lookback",
        action="ledger.verify",
        group=OVERSIGHT,
        order=13,
    ),
)


def office_tasks(actor: Actor, today: date) -> list[DeskItem]:
    """What this person must do for the office's papers, as a unit, as the office, as a verifier."""
    found: list[DeskItem] = []
    if can(actor, "ledger.answer"):
        found += _to_answer(actor)
    if can(actor, "ledger.supervise"):
        found += _of_the_office(actor, today)
    if can(actor, "ledger.verify"):
        found += _to_verify(actor)
    return found


def office_waiting(actor: Actor, today: date) -> list[WaitingItem]:
    """What a unit answered and the office looks at; what the office asked and units still owe."""
    found = []
    if can(actor, "ledger.answer"):
        rows = queries.open_orders(actor=actor, action="ledger.answer", state=states.ORDER_ANSWERED)
        found += [
            WaitingItem(
                title=f"{one.number}　{one.unit.short_name}",
                url=reverse("ledger:order", args=[one.pk]),
                now_with="等区政务公开主管部门核对",
                since=one.answered_at,
            )
            for one in rows
        ]
    if can(actor, "ledger.supervise"):
        found += [
            WaitingItem(
                title=row.campaign.title,
                url=reverse("ledger:campaign", args=[row.campaign.pk]),
                now_with=f"还有 {row.missing} 个单位没有交",
                since=row.campaign.at,
            )
            for row in queries.campaigns(today=today)
            if row.campaign.state == states.RUNNING and row.missing
        ]
    return found


def _to_answer(actor: Actor) -> list[DeskItem]:
    found = [
        DeskItem(
            title=one.campaign.title,
            url=reverse("ledger:answer", args=[one.pk]),
            verb="去提交",
            why=f"被退回：{one.reason}" if one.reason else "专项行动，等您单位提交",
            article=HOUSE,
            due=one.campaign.due_on,
            note=one.unit.short_name,
            rail="orders",
        )
        for one in queries.open_answers(actor=actor)
    ]
    for one in queries.open_orders(actor=actor, action="ledger.answer", state=states.ORDER_OPEN):
        found.append(
            _order(one, "去答复", f"答复被退回：{one.reason}" if one.reason else "整改单，等您单位答复")
        )
    return found


def _of_the_office(actor: Actor, today: date) -> list[DeskItem]:
    found = [
        _order(one, "去核对", f"{one.unit.short_name}已经答复，等您核对")
        for one in queries.open_orders(actor=actor, action="ledger.supervise", state=states.ORDER_ANSWERED)
    ]
    late = Campaign.objects.filter(state=states.RUNNING, due_on__lt=today)
    found += [
        DeskItem(
            title=one.title,
            url=reverse("ledger:campaign", args=[one.pk]),
            verb="去收尾",
            why="专项行动过了交齐日期，还没有结束",
            article=HOUSE,
            due=one.due_on,
            rail="office",
        )
        for one in late
    ]
    return found + _of_the_week(today) + _of_the_month(today)


def _of_the_week(today: date) -> list[DeskItem]:
    """The Monday list, on the first working day of the week."""
    monday = today - timedelta(days=today.weekday())
    work, days = calendar(), [monday + timedelta(days=at) for at in range(7)]
    first = next((day for day in days if work.is_workday(day)), None)
    if first != today:
        return []
    late = queries.late_units(today=today)
    if not late:
        return []
    return [
        DeskItem(
            title=f"周一清单：{len(late)} 个单位有逾期",
            url=reverse("ledger:monday"),
            verb="去打电话",
            why="本周第一个工作日，先打三个电话",
            article=HOUSE,
            due=today,
            rail="office",
        )
    ]


def _of_the_month(today: date) -> list[DeskItem]:
    """The bulletin of last month, until it is issued."""
    last = today.replace(day=1) - timedelta(days=1)
    if today.day > BULLETIN_BY * 2 or queries.plan_of(last.year) is None:
        return []
    row = Bulletin.objects.filter(year=last.year, month=last.month).first()
    if row is not None and row.state == states.ISSUED:
        return []
    url = reverse("ledger:bulletin", args=[row.pk]) if row else reverse("ledger:bulletins")
    return [
        DeskItem(
            title=f"{last.year}年{last.month}月通报",
            url=url,
            verb="去印发" if row else "去起草",
            why="上个月的通报还没有印发",
            article=ARTICLE,
            due=today.replace(day=BULLETIN_BY),
            rail="office",
        )
    ]


def _to_verify(actor: Actor) -> list[DeskItem]:
    return [
        DeskItem(
            title=f"第{one.task.number}项　{one.task.short_title}　{one.unit.short_name}",
            url=reverse("ledger:verification", args=[one.pk]),
            verb="去核查",
            why=f"{one.look_back.plan.year}年工作要点回头看，由您核查",
            article=LOOK_BACK,
            due=one.check_by,
            rail="lookback",
        )
        for one in queries.my_verifications(actor)
    ]


def _order(one: RectificationOrder, verb: str, why: str) -> DeskItem:
    return DeskItem(
        title=f"{one.number}　{one.fault[:24]}",
        url=reverse("ledger:order", args=[one.pk]),
        verb=verb,
        why=why,
        article=ARTICLE,
        due=one.due_on,
        note=one.unit.short_name,
        rail="orders" if verb == "去答复" else "office",
    )
