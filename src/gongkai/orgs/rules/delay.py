"""How long a login waits after failures: growing, capped, never for ever. Pure.

GB/T 22239-2019 8.1.4.1 asks for a limit on failed logins. A lock would let anybody shut a colleague out, so
the wait grows instead and ends by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FORGET_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Bucket:
    """What is counted together: how many failures are free, the first wait, and the longest."""

    name: str
    free: int
    first: timedelta
    longest: timedelta


# One person mistyping at one place; one place trying many accounts; many places trying one account.
PAIR = Bucket("pair", free=4, first=timedelta(seconds=15), longest=timedelta(minutes=15))
ADDRESS = Bucket("address", free=30, first=timedelta(seconds=15), longest=timedelta(minutes=15))
ACCOUNT = Bucket("account", free=30, first=timedelta(seconds=5), longest=timedelta(minutes=1))
CODE = Bucket("code", free=4, first=timedelta(seconds=15), longest=timedelta(minutes=15))


def wait_after(failures: int, bucket: Bucket) -> timedelta:
    """The wait after so many failures in a row: none at first, then doubling up to the longest."""
    over = failures - bucket.free
    if over <= 0:
        return timedelta(0)
    # 2**20 times the first wait is beyond any cap; a larger power would only overflow.
    return min(bucket.first * 2 ** min(over - 1, 20), bucket.longest)


def still_counted(failures: int, last_at: datetime, now: datetime) -> int:
    """How many failures count now: a day without any wipes the slate."""
    return 0 if now - last_at >= FORGET_AFTER else failures


def left_to_wait(failures: int, last_at: datetime, now: datetime, bucket: Bucket) -> timedelta:
    """How long the next attempt must still wait."""
    until = last_at + wait_after(still_counted(failures, last_at, now), bucket)
    return max(until - now, timedelta(0))


def in_words(wait: timedelta) -> str:
    """
    >>> in_words(timedelta(seconds=61))
    '2 分钟'
    """
    seconds = -(-wait // timedelta(seconds=1))
    return f"{seconds} 秒" if seconds <= 60 else f"{-(-seconds // 60)} 分钟"
