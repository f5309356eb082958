"""Keeping the ways out of the house: the administrator's endpoints and hours, each colleague's own choice."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from gongkai.kernel.clock import LEGAL_ZONE
from gongkai.kernel.sealing import seal
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.messaging import queries
from gongkai.messaging.actions.delivering import Carry, deliver_this
from gongkai.messaging.actions.sending import put_on_channels
from gongkai.messaging.models import ChannelChoice, Delivery, Endpoint, Message, SendingRules
from gongkai.messaging.policies import KEEP
from gongkai.messaging.queries.channels import ACCOUNT, NEEDS_ACCOUNT, SECRET, URL
from gongkai.messaging.queries.parcels import OWN_MESSAGES
from gongkai.messaging.rules.hours import Hours, hours_faults, leaves_at
from gongkai.messaging.rules.targets import EMAIL, account_faults, domain_faults, endpoint_faults
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Person
from gongkai.orgs.wall import can
from gongkai.trail.chain import record

ENDPOINT_FIELDS = ("name", "kind", "inside", "by_default", "brief", "per_minute", "unit", "active")
RULE_FIELDS = (
    "quiet_from",
    "quiet_until",
    "digest_at",
    "digest_until",
    "sms_each_per_day",
    "sms_per_day",
    "mail_domains",
    "mail_brief",
)
TEST_SUBJECT, TEST_TEXT = "试发", "这是一条试发消息。收到它，说明这个提醒方式可以用。"


def _not_yours(by: Actor) -> list[Refusal]:
    if can(by, KEEP):
        return []
    text = "消息通道由系统管理员或安全管理员维护。请与其联系。"
    return [Refusal("wall.keep_channels", "本平台权限规定", text)]


def why_not_keep_endpoint(
    *, values: Mapping[str, Any], by: Actor, endpoint: Endpoint | None = None
) -> list[Refusal]:
    """Why this endpoint cannot be kept like this; an empty address or secret leaves the stored one."""
    found = _not_yours(by)
    url = str(values.get("url") or "").strip()
    if url:
        found += endpoint_faults(url, inside=bool(values.get("inside")))
    elif endpoint is None:
        found += endpoint_faults("", inside=False)
    elif endpoint.inside and not values.get("inside"):
        text = "取消“在内网”时要重新填写接口网址，好核对它是不是互联网上的 https 网址。"
        found.append(Refusal("messaging.url_again", "", text))
    if endpoint is not None and values.get("kind") != endpoint.kind and not url:
        found.append(Refusal("messaging.kind_again", "", "换了类别，接口网址也要重新填写。"))
    return found


@transaction.atomic
def keep_endpoint(
    *, values: Mapping[str, Any], by: Actor, now: datetime, endpoint: Endpoint | None = None
) -> Endpoint:
    """Enter or change an endpoint. Address and secret are sealed; the trail holds name, kind and host only."""
    stored = Endpoint.objects.select_for_update().get(pk=endpoint.pk) if endpoint else None
    refuse_if(why_not_keep_endpoint(values=values, by=by, endpoint=stored))
    row = stored or Endpoint()
    for name in ENDPOINT_FIELDS:
        setattr(row, name, values[name])
    url, secret = str(values.get("url") or "").strip(), str(values.get("secret") or "").strip()
    if url:
        row.host = (urlsplit(url).hostname or "")[:255]
        row.url_sealed = seal(url, purpose=URL)
    if secret:
        row.secret_sealed = seal(secret, purpose=SECRET)
    row.changed_at = now
    row.save()
    facts = {"kind": row.kind, "host": row.host, "active": row.active, "inside": row.inside}
    changed = {"address_changed": bool(url), "secret_changed": bool(secret)}
    record(verb="messaging.keep_endpoint", by=by, at=now, about=row, facts=facts | changed)
    return row


def why_not_try_endpoint(*, endpoint: Endpoint, by: Actor, account: str, now: datetime) -> list[Refusal]:
    """Why no test can be sent now."""
    found = _not_yours(by) + account_faults(endpoint.kind, account)
    if not endpoint.active:
        found.append(Refusal("messaging.closed", "", "这个通道已停用。先改成使用中再试发。"))
    if endpoint.kind in NEEDS_ACCOUNT and not account:
        found.append(Refusal("messaging.no_account", "", "短信要写一个收试发短信的手机号码。"))
    hours = queries.sending_rules().hours
    if hours.is_quiet(now.astimezone(LEGAL_ZONE).time()):
        text = f"现在是免打扰时段，到 {hours.quiet_until:%H:%M} 才能试发。"
        found.append(Refusal("messaging.quiet", "", text))
    return found


def try_endpoint(*, endpoint: Endpoint, by: Actor, account: str, now: datetime, carry: Carry) -> Delivery:
    """Send one test message by an endpoint at once and say how it ended."""
    refuse_if(why_not_try_endpoint(endpoint=endpoint, by=by, account=account, now=now))
    with transaction.atomic():
        message = _test_message(by.acting_id, now=now)
        delivery = Delivery.objects.create(
            message=message,
            kind=endpoint.kind,
            endpoint=endpoint,
            account_sealed=seal(account, purpose=ACCOUNT) if account else "",
            created_at=now,
            next_at=now,
        )
        record(verb="messaging.try_endpoint", by=by, at=now, about=endpoint)
    return deliver_this(delivery=delivery, now=now, carry=carry)


@transaction.atomic
def change_rules(*, values: Mapping[str, Any], by: Actor, now: datetime) -> SendingRules:
    """Change the hours and limits of sending."""
    refuse_if(why_not_change_rules(values=values, by=by))
    row = SendingRules.objects.filter(pk=SendingRules.ONLY).first() or SendingRules(pk=SendingRules.ONLY)
    changed = {name: str(values[name]) for name in RULE_FIELDS if getattr(row, name) != values[name]}
    if not changed and row.changed_at:
        return row
    for name in RULE_FIELDS:
        setattr(row, name, values[name])
    row.changed_at = now
    row.save()
    record(verb="messaging.change_rules", by=by, at=now, about=row, facts=changed)
    return row


def why_not_change_rules(*, values: Mapping[str, Any], by: Actor) -> list[Refusal]:
    """Why these hours and limits cannot be kept."""
    hours = Hours(values["quiet_from"], values["quiet_until"], values["digest_at"], values["digest_until"])
    return _not_yours(by) + hours_faults(hours)


def why_not_choose(*, by: Actor, endpoint: Endpoint | None, on: bool, account: str) -> list[Refusal]:
    """Why a person cannot be reached this way; without endpoint it is mail."""
    kind = endpoint.kind if endpoint else EMAIL
    found = account_faults(kind, account)
    if kind == EMAIL and account and not found:
        found += domain_faults(account, queries.sending_rules().mail_domains)
    if endpoint and (not endpoint.active or endpoint.unit_id not in (None, by.unit_id)):
        found.append(Refusal("messaging.not_offered", "", f"{endpoint.name}不供您的单位使用。请刷新页面。"))
    if kind in NEEDS_ACCOUNT and on and not account:
        what = "手机号码" if endpoint else "邮箱地址"
        found.append(Refusal("messaging.no_account", "", f"要用这个提醒方式，请先填写{what}。"))
    return found


@transaction.atomic
def choose_channel(
    *, by: Actor, endpoint: Endpoint | None, on: bool, account: str, now: datetime
) -> ChannelChoice:
    """A person switches a way on or off and says who he is there. Only his own; nobody chooses for him."""
    account = account.strip()
    refuse_if(why_not_choose(by=by, endpoint=endpoint, on=on, account=account))
    choice, _ = ChannelChoice.objects.update_or_create(
        person_id=by.acting_id,
        endpoint=endpoint,
        defaults={
            "on": on,
            "account_sealed": seal(account, purpose=ACCOUNT) if account else "",
            "changed_at": now,
        },
    )
    return choice


@transaction.atomic
def try_own_channels(*, by: Actor, now: datetime) -> tuple[list[Delivery], datetime]:
    """Send a test by every way that the person chose; at night it leaves in the morning. When it leaves."""
    message = _test_message(by.acting_id, now=now)
    leaves = leaves_at(now.astimezone(LEGAL_ZONE), queries.sending_rules().hours)
    return put_on_channels(messages=[message], now=now), leaves


def _test_message(person: int, *, now: datetime) -> Message:
    rows = Message.objects.unscoped("a person's own test")
    return rows.create(
        person=Person.objects.get(pk=person),
        key=f"messaging.test:{uuid.uuid4()}",
        kind=Message.Kind.TEST,
        subject=TEST_SUBJECT,
        text=TEST_TEXT,
        url=OWN_MESSAGES,
        at=now,
        told_on=now.astimezone(LEGAL_ZONE).date(),
    )
