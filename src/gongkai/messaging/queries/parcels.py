"""A delivery opened for the moment of sending."""

from __future__ import annotations

import json

from django.conf import settings

from gongkai.kernel.sealing import Shut, unseal
from gongkai.messaging.carriers.parcels import Parcel
from gongkai.messaging.models import Delivery, Message, OutsideNotice, SendingRules
from gongkai.messaging.queries.channels import ACCOUNT, SECRET, URL
from gongkai.messaging.rules.targets import EMAIL

ADDRESS, CONTENT = "messaging.outside.address", "messaging.outside.content"
SORTS = {Message.Kind.DIGEST: "digest", Message.Kind.NOTICE: "message", Message.Kind.TEST: "test"}
OWN_MESSAGES = "/workbench/messages/"


def address_of(path: str) -> str:
    """The full address of a page of this site, as it stands in a mail."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def parcel_of(delivery: Delivery, rules: SendingRules) -> Parcel | None:
    """Everything that the carrier needs; None where a seal does not open (another installation's backup)."""
    try:
        if delivery.outside is not None:
            return _to_citizen(delivery, delivery.outside)
        return _to_colleague(delivery, rules)
    except Shut:
        return None


def _way(delivery: Delivery) -> dict[str, str | bool]:
    """What the carrier needs to know of the endpoint."""
    endpoint = delivery.endpoint
    if endpoint is None:
        return {}
    return {
        "url": unseal(endpoint.url_sealed, purpose=URL),
        "secret": unseal(endpoint.secret_sealed, purpose=SECRET) if endpoint.secret_sealed else "",
        "inside": endpoint.inside,
        "brief": endpoint.brief,
    }


def _to_citizen(delivery: Delivery, notice: OutsideNotice) -> Parcel:
    subject, text = json.loads(unseal(notice.content_sealed, purpose=CONTENT))
    way = _way(delivery) | {"brief": False}
    return Parcel(
        number=str(delivery.pk),
        sort="notice",
        kind=delivery.kind,
        subject=subject,
        text=text,
        link="",
        account=unseal(notice.address_sealed, purpose=ADDRESS),
        purpose=notice.purpose,
        **way,  # type: ignore[arg-type]
    )


def _to_colleague(delivery: Delivery, rules: SendingRules) -> Parcel:
    message = delivery.message
    assert message is not None
    way = _way(delivery)
    if delivery.kind == EMAIL:
        way["brief"] = rules.mail_brief
    is_digest = message.kind == Message.Kind.DIGEST
    link = message.url if is_digest or not way.get("brief") else OWN_MESSAGES
    return Parcel(
        number=str(delivery.pk),
        sort=SORTS[Message.Kind(message.kind)],
        kind=delivery.kind,
        subject=message.subject,
        text=message.text,
        link=address_of(link or OWN_MESSAGES),
        account=unseal(delivery.account_sealed, purpose=ACCOUNT) if delivery.account_sealed else "",
        name=message.person.name,
        unit=message.person.unit.short_name,
        purpose=message.get_kind_display(),
        due=message.due,
        **way,  # type: ignore[arg-type]
    )
