"""What went out, what did not, for the operator and for the station that asked for it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Count, Q, QuerySet

from gongkai.kernel.clock import LEGAL_ZONE
from gongkai.messaging import states
from gongkai.messaging.models import Delivery, Endpoint, OutsideNotice
from gongkai.messaging.rules.hours import day_begins
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import visible

ONE_MINUTE = timedelta(minutes=1)


def notices_about(about: models.Model, *, actor: Actor) -> QuerySet[OutsideNotice]:
    """What was sent to people outside about a record, newest first, with its delivery."""
    rows = visible(OutsideNotice, actor)
    return rows.filter(about_kind=about._meta.label_lower, about_id=str(about.pk)).prefetch_related(
        "deliveries"
    )


def troubles() -> QuerySet[Delivery]:
    """Deliveries that failed and are tried again, or were given up; newest first. No words, no full address."""
    rows = Delivery.objects.filter(state__in=(states.FAILED, states.GIVEN_UP))
    return rows.select_related("endpoint", "message").order_by("-created_at", "pk")


def waiting_since() -> datetime | None:
    """From when on the oldest message could have left that has not; None when nothing is late."""
    rows = Delivery.objects.filter(state__in=states.OPEN).order_by("next_at")
    return rows.values_list("next_at", flat=True).first()


def due(*, now: datetime, passed: Collection[int | None] = ()) -> QuerySet[Delivery]:
    """What may be tried now, longest waiting first.

    ``passed`` are endpoints that failed just now (None: mail); an endpoint whose minute is full waits too.
    """
    full = [
        endpoint.pk
        for endpoint in Endpoint.objects.filter(active=True).annotate(
            lately=Count("deliveries", filter=Q(deliveries__claimed_at__gt=now - ONE_MINUTE))
        )
        if endpoint.lately >= endpoint.per_minute
    ]
    rows = Delivery.objects.filter(state__in=states.OPEN, next_at__lte=now)
    rows = rows.exclude(endpoint__in=[*full, *(one for one in passed if one is not None)])
    return rows.exclude(endpoint=None) if None in passed else rows


def sms_today(*, now: datetime) -> int:
    """How many short messages left today, to colleagues and citizens."""
    since = day_begins(now.astimezone(LEGAL_ZONE))
    gone = Q(state__in=(states.SENT, states.SENDING)) | Q(state=states.GIVEN_UP, attempts__gt=0)
    return Delivery.objects.filter(gone, kind=Endpoint.Kind.SMS, claimed_at__gte=since).count()


def my_deliveries(actor: Actor, *, limit: int) -> list[Delivery]:
    """What left for this person lately and how it ended; he sees why nothing came."""
    if actor.person_id is None:
        return []
    rows = Delivery.objects.filter(message__person_id=actor.person_id).select_related("message", "endpoint")
    return list(rows.order_by("-created_at")[:limit])


def endpoints_with_figures(*, since: datetime) -> QuerySet[Endpoint]:
    """Every endpoint with what it sent and could not send since then; one query."""
    of_late = Q(deliveries__created_at__gte=since)
    return Endpoint.objects.select_related("unit").annotate(
        sent=Count("deliveries", filter=of_late & Q(deliveries__state=states.SENT)),
        failing=Count(
            "deliveries", filter=of_late & Q(deliveries__state__in=(states.FAILED, states.GIVEN_UP))
        ),
    )
