"""Reads about logins: how long an attempt has to wait."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from gongkai.orgs.models import FailedLogins
from gongkai.orgs.rules.delay import ACCOUNT, ADDRESS, CODE, PAIR, Bucket, left_to_wait

Counted = tuple[Bucket, str]


def counted_for(username: str, address: str) -> tuple[Counted, ...]:
    """What a failed password counts against."""
    name = username.strip().casefold()
    return (
        (PAIR, _key(PAIR, name, address)),
        (ADDRESS, _key(ADDRESS, address)),
        (ACCOUNT, _key(ACCOUNT, name)),
    )


def counted_for_code(person_id: int) -> tuple[Counted, ...]:
    """What a wrong one-time code counts against."""
    return ((CODE, _key(CODE, str(person_id))),)


def wait_for(counted: Iterable[Counted], *, now: datetime) -> timedelta:
    """How long the next attempt must wait: the longest of what counts."""
    buckets = {key: bucket for bucket, key in counted}
    return max(
        (
            left_to_wait(row.failures, row.last_at, now, buckets[row.key])
            for row in FailedLogins.objects.filter(key__in=buckets)
        ),
        default=timedelta(0),
    )


def masked(text: str) -> str:
    """A short keyed digest by which rows of the trail can be told to belong together."""
    return salted_hmac("gongkai.orgs.login.masked", text, algorithm="sha256").hexdigest()[:16]


def _key(bucket: Bucket, *parts: str) -> str:
    text = "\n".join((bucket.name, *parts))
    return salted_hmac("gongkai.orgs.login", text, algorithm="sha256").hexdigest()
