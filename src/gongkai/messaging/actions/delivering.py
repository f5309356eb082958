"""Carrying messages out: claim one, try it, write down what came of it. Two workers never hold the same."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from gongkai.kernel.clock import LEGAL_ZONE, legal_day
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.messaging import queries, states
from gongkai.messaging.carriers.parcels import Carried, Parcel
from gongkai.messaging.carriers.payloads import KNOW_THE_NUMBER
from gongkai.messaging.models import Delivery, Endpoint, Message, SendingRules
from gongkai.messaging.policies import KEEP
from gongkai.messaging.queries.parcels import parcel_of
from gongkai.messaging.rules.hours import leaves_at, next_morning
from gongkai.messaging.rules.repeats import CLAIM_HOLDS, Outcome, verb_after, wait_after
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can
from gongkai.trail.chain import record

log = logging.getLogger(__name__)
Carry = Callable[[Parcel], Carried]
MOST_TRIES_TO_CLAIM = 20


def deliver_next(*, now: datetime, carry: Carry, passed: Collection[int | None] = ()) -> Delivery | None:
    """Try the delivery that waits longest; None when nothing may leave now, and always in the quiet hours.

    ``carry`` is the hand that sends; ``passed`` are endpoints to leave alone (None: mail).
    """
    rules = queries.sending_rules()
    if rules.hours.is_quiet(now.astimezone(LEGAL_ZONE).time()):
        return None
    waiting = queries.due(now=now, passed=passed).values_list("pk", flat=True)
    delivery = next(filter(None, (_claim(pk, now=now) for pk in waiting[:MOST_TRIES_TO_CLAIM])), None)
    return _try(delivery, rules, now=now, carry=carry) if delivery else None


def deliver_this(*, delivery: Delivery, now: datetime, carry: Carry) -> Delivery:
    """Try one delivery that somebody waits for at the screen; another worker may have taken it already."""
    claimed = _claim(delivery.pk, now=now)
    if claimed is None:
        delivery.refresh_from_db()
        return delivery
    return _try(claimed, queries.sending_rules(), now=now, carry=carry)


def _try(delivery: Delivery, rules: SendingRules, *, now: datetime, carry: Carry) -> Delivery:
    why = _why_drop(delivery, now)
    if why:
        return _settle(delivery, "drop", now=now, problem=why)
    if delivery.kind == Endpoint.Kind.SMS and queries.sms_today(now=now) > rules.sms_per_day:
        morning = next_morning(now.astimezone(LEGAL_ZONE), rules.hours)
        text = f"今天的短信已满 {rules.sms_per_day} 条，明天再发"
        return _settle(delivery, "put_back", now=now, problem=text, next_at=morning)
    return _after(delivery, _carried(delivery, rules, carry), rules, now=now)


def recover_claims(*, now: datetime) -> int:
    """Settle what a worker held that is gone: nobody knows whether it arrived. Returns how many."""
    rules = queries.sending_rules()
    stale = Delivery.objects.filter(state=states.SENDING, claimed_at__lt=now - CLAIM_HOLDS)
    found = list(stale.select_related("message", "outside", "endpoint"))
    for delivery in found:
        _after(delivery, Carried(Outcome.UNCLEAR, "发送时程序中断，不知是否送达"), rules, now=now)
    return len(found)


def why_not_send_again(*, delivery: Delivery, by: Actor) -> list[Refusal]:
    """Why this delivery cannot be started anew."""
    found = []
    if not can(by, KEEP):
        found.append(
            Refusal("wall.keep_channels", "本平台权限规定", "只有系统管理员和安全管理员可以重新发送。")
        )
    if states.target_of(delivery.state, "send_again") is None:
        text = f"这条现在是“{states.LABELS[delivery.state]}”，不用重新发送。请刷新页面。"
        found.append(Refusal("messaging.state", "", text))
    if delivery.message is not None and delivery.message.kind == Message.Kind.DIGEST:
        found.append(Refusal("messaging.old_digest", "", "每日汇总过后不再补发，次日会有新的汇总。"))
    return found


@transaction.atomic
def send_again(*, delivery: Delivery, by: Actor, now: datetime) -> Delivery:
    """The administrator removed the cause: the delivery is tried anew, its number stays the same."""
    delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    refuse_if(why_not_send_again(delivery=delivery, by=by))
    rules = queries.sending_rules()
    delivery.state = str(states.target_of(delivery.state, "send_again"))
    delivery.attempts, delivery.done_at, delivery.last_error = 0, None, ""
    delivery.next_at = leaves_at(now.astimezone(LEGAL_ZONE), rules.hours)
    delivery.save()
    record(verb="messaging.send_again", by=by, at=now, about=delivery)
    return delivery


def _claim(number: uuid.UUID, *, now: datetime) -> Delivery | None:
    """The delivery, if nobody else took it first."""
    taken = Delivery.objects.filter(pk=number, state__in=states.OPEN).update(
        state=states.SENDING, claimed_at=now, attempts=F("attempts") + 1
    )
    if not taken:
        return None
    rows = Delivery.objects.select_related("message__person__unit", "outside__unit", "endpoint")
    return rows.get(pk=number)


def _why_drop(delivery: Delivery, now: datetime) -> str:
    message, endpoint = delivery.message, delivery.endpoint
    if endpoint is not None and not endpoint.active:
        return "通道已停用"
    if message is not None and not message.person.is_active:
        return "收件人已离岗"
    # Yesterday's digest beside today's would be two in one day.
    if message is not None and message.kind == Message.Kind.DIGEST and message.told_on != legal_day(now):
        return "当天的汇总过后不再发送"
    return ""


def _carried(delivery: Delivery, rules: SendingRules, carry: Carry) -> Carried:
    parcel = parcel_of(delivery, rules)
    if parcel is None:
        return Carried(Outcome.REFUSED, "地址或密钥是另一套安装密封的，打不开。请重新填写")
    try:
        return carry(parcel)
    except Exception:  # noqa: BLE001 -- one message must not stop the others
        log.exception("delivery %s failed", delivery.pk)
        return Carried(Outcome.UNCLEAR, "发送时程序出错，请看日志")


def _after(delivery: Delivery, carried: Carried, rules: SendingRules, *, now: datetime) -> Delivery:
    verb = verb_after(
        carried.outcome,
        attempts=delivery.attempts,
        knows_delivery_id=delivery.kind in KNOW_THE_NUMBER,
        is_outside=delivery.outside_id is not None,
    )
    if verb != "arrive" and delivery.message is not None and delivery.message.kind == Message.Kind.TEST:
        verb = "drop"  # whoever tried it sees the answer; a test that comes an hour later only puzzles
    wait = wait_after(delivery.attempts)
    again = leaves_at((now + wait).astimezone(LEGAL_ZONE), rules.hours) if wait else None
    return _settle(
        delivery, verb, now=now, problem=carried.problem, next_at=again if verb == "fail" else None
    )


def _settle(
    delivery: Delivery, verb: str, *, now: datetime, problem: str, next_at: datetime | None = None
) -> Delivery:
    """Write down how it went, unless somebody else has already settled this claim."""
    target = states.target_of(states.SENDING, verb)
    assert target is not None
    wanted: dict[str, Any] = {
        "state": target,
        "last_error": problem[:200],
        "next_at": next_at or F("next_at"),
        "done_at": None if target in states.OPEN else now,
    }
    if verb == "put_back":
        wanted["attempts"] = F("attempts") - 1
    held = Delivery.objects.filter(pk=delivery.pk, state=states.SENDING, claimed_at=delivery.claimed_at)
    held.update(**wanted)
    delivery.refresh_from_db(fields=["state", "last_error", "next_at", "done_at", "attempts"])
    return delivery
