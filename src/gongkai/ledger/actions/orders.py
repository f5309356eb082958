"""Orders to put something right: sent, answered, sent back, closed. 条例第四十七条 (督促整改)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.urls import reverse

from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refusal, Refused, refuse_if
from gongkai.ledger import states
from gongkai.ledger.models import Bulletin, RectificationOrder, Task
from gongkai.messaging.actions import send_to_role
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import can
from gongkai.trail.chain import record

HOUSE_RULE = "本平台权限规定"
LONGEST = 1000
TRIES = 3
FARTHEST = timedelta(days=731)


def office_only(by: Actor, what: str) -> list[Refusal]:
    """The refusal for somebody who is not of the district office."""
    if can(by, "ledger.supervise"):
        return []
    return [Refusal("wall.supervise", HOUSE_RULE, f"只有区政务公开主管部门可以{what}。")]


def empty_or_long(words: str, *, name: str, least_hint: str) -> list[Refusal]:
    """What is wrong with a text that the office must write."""
    text = words.strip()
    if not text:
        return [Refusal("ledger.empty", "", f"没有写{name}。{least_hint}")]
    if len(text) > LONGEST:
        return [Refusal("ledger.long", "", f"{name}写了 {len(text)} 字，最多 {LONGEST} 字，请精简。")]
    return []


def wrong_day(day: date, *, name: str, today: date) -> list[Refusal]:
    """What is wrong with a day by which something is to be done: over, or so far ahead that it is a slip."""
    if day < today:
        return [Refusal("ledger.due_past", "", f"{name} {day} 已经过去，请写今天以后的日期。")]
    if day > today + FARTHEST:
        return [Refusal("ledger.due_far", "", f"{name} {day} 在两年以后，请核对年份。")]
    return []


def why_not_order(
    *, unit: Unit | None, fault: str, demand: str, due_on: date, by: Actor, today: date
) -> list[Refusal]:
    """Why an order cannot be sent."""
    found = office_only(by, "发整改单")
    if unit is None:
        found.append(Refusal("ledger.no_unit", "", "没有选单位。请选要整改的单位。"))
    elif not unit.active:
        found.append(Refusal("unit.closed", "", f"{unit.short_name}已经停用。请选承接其职责的单位。"))
    found += empty_or_long(fault, name="问题", least_hint="请写明哪里没有做到。")
    found += empty_or_long(demand, name="整改要求", least_hint="请写明做到什么程度。")
    return found + wrong_day(due_on, name="整改期限", today=today)


@transaction.atomic
def order_rectification(
    *,
    unit: Unit | None,
    fault: str,
    demand: str,
    due_on: date,
    by: Actor,
    now: datetime,
    task: Task | None = None,
    bulletin: Bulletin | None = None,
) -> RectificationOrder:
    """Send a unit an order to put something right; it is numbered in its year and told to the unit."""
    today = legal_day(now)
    refuse_if(why_not_order(unit=unit, fault=fault, demand=demand, due_on=due_on, by=by, today=today))
    assert unit is not None
    order = _numbered(
        RectificationOrder(
            year=today.year,
            unit=unit,
            bulletin=bulletin,
            task=task,
            fault=fault.strip(),
            demand=demand.strip(),
            due_on=due_on,
            by_id=by.acting_id,
            at=now,
        )
    )
    _told(order, "ledger.order_rectification", by=by, now=now)
    _say(order, f"收到整改单 {order.number}，{due_on} 前答复", f"{order.fault}\n要求：{order.demand}", now)
    return order


def why_not_answer_order(*, order: RectificationOrder, text: str, by: Actor) -> list[Refusal]:
    """Why this person cannot answer the order, or not like this."""
    found = _why_not_move(order, "answer")
    if not can(by, "ledger.answer", order.unit_id):
        name = order.unit.short_name
        found.append(Refusal("wall.answer", HOUSE_RULE, f"您不是{name}的信息员或负责人，不能替它答复。"))
    return found + empty_or_long(text, name="整改情况", least_hint="请写明改了什么，在哪里可以看到。")


@transaction.atomic
def answer_order(*, order: RectificationOrder, text: str, by: Actor, now: datetime) -> RectificationOrder:
    """The unit says what it has put right; the office looks at it."""
    order = _locked(order)
    refuse_if(why_not_answer_order(order=order, text=text, by=by))
    order.state, order.answer = states.ORDER_ANSWERED, text.strip()
    order.answered_by_id, order.answered_at, order.reason = by.acting_id, now, ""
    order.save(update_fields=["state", "answer", "answered_by", "answered_at", "reason"])
    _told(order, "ledger.answer_order", by=by, now=now)
    return order


def why_not_close_order(*, order: RectificationOrder, by: Actor) -> list[Refusal]:
    """Why the order cannot be closed."""
    return _why_not_move(order, "close") + office_only(by, "核对整改单") + _own_answer(order, by)


@transaction.atomic
def close_order(*, order: RectificationOrder, by: Actor, now: datetime) -> RectificationOrder:
    """The office has looked and is satisfied: the order is closed (销号)."""
    order = _locked(order)
    refuse_if(why_not_close_order(order=order, by=by))
    order.state, order.closed_by_id, order.closed_at = states.ORDER_CLOSED, by.acting_id, now
    order.save(update_fields=["state", "closed_by", "closed_at"])
    _told(order, "ledger.close_order", by=by, now=now)
    return order


def why_not_send_back_order(*, order: RectificationOrder, reason: str, by: Actor) -> list[Refusal]:
    """Why the answer cannot be sent back, or not without a reason."""
    found = _why_not_move(order, "send_back") + office_only(by, "退回整改答复") + _own_answer(order, by)
    return found + empty_or_long(reason, name="退回理由", least_hint="请写明还差什么。")


@transaction.atomic
def send_back_order(
    *, order: RectificationOrder, reason: str, by: Actor, now: datetime
) -> RectificationOrder:
    """The answer does not do: back to the unit, with what is missing."""
    order = _locked(order)
    refuse_if(why_not_send_back_order(order=order, reason=reason, by=by))
    order.state, order.reason = states.ORDER_OPEN, reason.strip()
    order.save(update_fields=["state", "reason"])
    _told(order, "ledger.send_back_order", by=by, now=now, note=reason.strip())
    _say(order, f"整改单 {order.number} 的答复被退回", order.reason, now)
    return order


def _numbered(order: RectificationOrder) -> RectificationOrder:
    """Give the next number of the year; where a colleague took it in the same moment, the one after."""
    rows = RectificationOrder.objects.unscoped("the next number of the year").filter(year=order.year)
    for _ in range(TRIES):
        order.serial = (rows.aggregate(last=Max("serial"))["last"] or 0) + 1
        try:
            with transaction.atomic():
                order.save(force_insert=True)
        except IntegrityError:
            continue
        return order
    busy = "同时有人在发整改单，编号没有取到。请再点一次。"
    raise Refused([Refusal("ledger.busy", "", busy)])


def _why_not_move(order: RectificationOrder, verb: str) -> list[Refusal]:
    if states.leads_to(states.ORDERS, order.state, verb) is not None:
        return []
    now = states.ORDER_LABELS[order.state]
    return [Refusal("ledger.state", "", f"这份整改单现在是“{now}”，不能这样处理。请刷新页面。")]


def _own_answer(order: RectificationOrder, by: Actor) -> list[Refusal]:
    if order.answered_by_id is None or order.answered_by_id != by.person_id:
        return []
    return [Refusal("ledger.own", HOUSE_RULE, "答复是您自己写的，不能由您核对。请由同事核对。")]


def _told(order: RectificationOrder, verb: str, *, by: Actor, now: datetime, note: str = "") -> None:
    facts = {"unit": order.unit_id, "state": order.state, "due_on": order.due_on.isoformat()}
    record(verb=verb, by=by, at=now, about=order, facts=facts, note=note)


def _say(order: RectificationOrder, subject: str, text: str, now: datetime) -> None:
    send_to_role(
        action="ledger.answer",
        unit=order.unit,
        subject=subject,
        text=text,
        url=reverse("ledger:order", args=[order.pk]),
        key=f"ledger.order:{order.pk}:{order.state}:{now.isoformat()}",
        now=now,
        due=order.due_on,
        about=order,
    )


def _locked(order: RectificationOrder) -> RectificationOrder:
    rows = RectificationOrder.objects.unscoped("the action checks the unit itself").select_for_update(
        of=("self",)
    )
    return rows.select_related("unit").get(pk=order.pk)
