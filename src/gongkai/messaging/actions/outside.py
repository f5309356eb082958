"""Telling people outside the house: sealed address and words, a limit for each address, and erasing."""

from __future__ import annotations

import json
from datetime import datetime

from cryptography.hazmat.primitives import hashes, hmac
from django.conf import settings
from django.db import models, transaction

from gongkai.kernel.clock import LEGAL_ZONE
from gongkai.kernel.sealing import seal
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.messaging import queries, states
from gongkai.messaging.models import Delivery, Endpoint, OutsideNotice
from gongkai.messaging.queries.parcels import ADDRESS, CONTENT
from gongkai.messaging.rules.hours import day_begins, leaves_at
from gongkai.messaging.rules.targets import EMAIL, SMS, address_faults, masked
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.trail.chain import SystemActor, record

LONGEST_SMS, LONGEST_LETTER = 200, 10_000


def why_not_send_outside(*, channel: str, address: str, subject: str, text: str) -> list[Refusal]:
    """Why this cannot be sent: the address is none, the channel is not set up, or the words do not fit."""
    found = address_faults(channel, address.strip())
    if channel == EMAIL and not queries.mail_is_set_up():
        text_of = "本站还没有设置邮件服务器。请用其他方式通知，或请系统管理员设置 EMAIL_URL。"
        found.append(Refusal("messaging.no_mail", "", text_of))
    if channel == SMS and sms_gateway() is None:
        text_of = "本站还没有短信通道。请用其他方式通知，或请系统管理员在“消息通道”里添加短信网关。"
        found.append(Refusal("messaging.no_sms", "", text_of))
    if channel not in (EMAIL, SMS):
        found.append(Refusal("messaging.channel", "", "对外通知只能用邮件或短信。请另选一种。"))
    if not text.strip() or (channel == EMAIL and not subject.strip()):
        found.append(Refusal("messaging.empty", "", "通知没有写内容或标题。请补上。"))
    longest = LONGEST_SMS if channel == SMS else LONGEST_LETTER
    if len(text) > longest:
        found.append(Refusal("messaging.long", "", f"通知写了 {len(text)} 字，最多 {longest} 字。请精简。"))
    return found


@transaction.atomic
def send_outside(
    *,
    unit: Unit,
    channel: str,
    address: str,
    subject: str = "",
    text: str,
    purpose: str,
    key: str,
    by: Actor | SystemActor,
    now: datetime,
    about: models.Model | None = None,
) -> OutsideNotice:
    """Send a notice to somebody outside (an applicant): once for each ``key``, never at night.

    ``channel`` is ``email`` or ``sms``; ``purpose`` is what the operator sees (收到回执). Address and words are
    sealed; the trail holds neither. Beyond the limit of notices to one address in a day the delivery is given
    up at once and says so. Raises ``Refused``. The same key gives back the notice that was already sent.
    """
    rows = OutsideNotice.objects.unscoped("a notice is sent once, whoever asks")
    sent = rows.filter(key=key).first()
    if sent is not None:
        return sent
    address = address.strip()
    refuse_if(why_not_send_outside(channel=channel, address=address, subject=subject, text=text))
    content = json.dumps([" ".join(subject.split())[:200], text.strip()], ensure_ascii=False)
    notice, created = rows.get_or_create(
        key=key,
        defaults={
            "unit": unit,
            "channel": channel,
            "purpose": purpose,
            "address_mark": masked(address),
            "address_digest": _digest(address),
            "address_sealed": seal(address, purpose=ADDRESS),
            "content_sealed": seal(content, purpose=CONTENT),
            "about_kind": about._meta.label_lower if about is not None else "",
            "about_id": str(about.pk) if about is not None else "",
            "at": now,
        },
    )
    if created:
        _queue(notice, now=now)
        facts = {"channel": channel, "purpose": purpose}
        record(verb="messaging.send_outside", by=by, at=now, about=about or notice, facts=facts)
    return notice


@transaction.atomic
def erase_outside(*, about: models.Model, by: Actor | SystemActor, now: datetime) -> int:
    """Erase address and words of every notice about a record; what was not sent yet is dropped. How many."""
    rows = OutsideNotice.objects.unscoped("erasing is decided by the station that keeps the record")
    wanted = rows.filter(about_kind=about._meta.label_lower, about_id=str(about.pk), erased_at=None)
    numbers = list(wanted.values_list("pk", flat=True))
    if not numbers:
        return 0
    Delivery.objects.filter(outside__in=numbers).update(account_sealed="")
    Delivery.objects.filter(outside__in=numbers).exclude(state__in=(states.SENT, states.DROPPED)).update(
        state=states.DROPPED, done_at=now, last_error="内容已抹去"
    )
    rows.filter(pk__in=numbers).update(
        address_sealed="", content_sealed="", address_mark="", address_digest="", erased_at=now
    )
    record(verb="messaging.erase_outside", by=by, at=now, about=about, facts={"notices": len(numbers)})
    return len(numbers)


def sms_gateway() -> Endpoint | None:
    """The gateway for short messages to citizens: the first one that is not kept for one unit."""
    return Endpoint.objects.filter(kind=Endpoint.Kind.SMS, active=True, unit=None).order_by("pk").first()


def _queue(notice: OutsideNotice, *, now: datetime) -> None:
    limits = queries.sending_rules()
    local = now.astimezone(LEGAL_ZONE)
    rows = OutsideNotice.objects.unscoped("the limit counts every unit's notices to this address")
    today = rows.filter(address_digest=notice.address_digest, at__gte=day_begins(local)).count()
    full = today > limits.sms_each_per_day
    Delivery.objects.create(
        outside=notice,
        kind=notice.channel,
        endpoint=sms_gateway() if notice.channel == SMS else None,
        state=states.GIVEN_UP if full else states.WAITING,
        last_error=f"今天发往这个地址的已满 {limits.sms_each_per_day} 条" if full else "",
        done_at=now if full else None,
        created_at=now,
        next_at=leaves_at(local, limits.hours),
    )


def _digest(address: str) -> str:
    """A keyed digest, so that equal addresses are counted and nobody can try numbers against it."""
    digest = hmac.HMAC(f"gongkai.{ADDRESS}{settings.SECRET_KEY}".encode(), hashes.SM3())
    digest.update(address.lower().encode())
    return digest.finalize().hex()
