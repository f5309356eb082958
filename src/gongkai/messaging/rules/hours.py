"""When a message may leave the house: never at night, the digest once on a working day. Pure (feature D12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gongkai.law.refusal import Refusal

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """The office's clock of sending, in the time of China; ``quiet_from`` is usually later than ``quiet_until``.

    The digest leaves from ``digest_at`` on, and where the site stood still, until ``digest_until`` at the latest.
    """

    quiet_from: time = time(21)
    quiet_until: time = time(8)
    digest_at: time = time(8, 30)
    digest_until: time = time(18)

    def is_quiet(self, clock: time) -> bool:
        """Whether nothing may leave now.

        >>> Hours().is_quiet(time(21)), Hours().is_quiet(time(7, 59, 59)), Hours().is_quiet(time(8))
        (True, True, False)
        """
        if self.quiet_from == self.quiet_until:
            return False
        if self.quiet_from < self.quiet_until:
            return self.quiet_from <= clock < self.quiet_until
        return clock >= self.quiet_from or clock < self.quiet_until


def leaves_at(local: datetime, hours: Hours) -> datetime:
    """The first moment from ``local`` (time of China) on at which a message may leave.

    An urgent message waits for the morning too: nobody is woken.
    """
    if not hours.is_quiet(local.time()):
        return local
    morning = datetime.combine(local.date(), hours.quiet_until, tzinfo=local.tzinfo)
    return morning if morning > local else morning + ONE_DAY


def digest_is_due(local: datetime, hours: Hours, *, is_workday: bool) -> bool:
    """Whether the digest of this day may be made now; on days of rest there is none."""
    return (
        is_workday
        and hours.digest_at <= local.time() < hours.digest_until
        and not hours.is_quiet(local.time())
    )


def day_begins(local: datetime) -> datetime:
    """Midnight of the day, from which a day's count of messages runs."""
    return datetime.combine(local.date(), time(0), tzinfo=local.tzinfo)


def next_morning(local: datetime, hours: Hours) -> datetime:
    """When sending goes on after the day's count is full."""
    following: date = local.date() + ONE_DAY
    return leaves_at(datetime.combine(following, hours.quiet_until, tzinfo=local.tzinfo), hours)


def hours_faults(hours: Hours) -> list[Refusal]:
    """Why these hours cannot be kept."""
    found = []
    if hours.quiet_from == hours.quiet_until:
        found.append(
            Refusal("messaging.no_quiet", "", "免打扰的起止时间相同，等于没有免打扰。请改其中一个。")
        )
    if hours.is_quiet(hours.digest_at):
        found.append(
            Refusal(
                "messaging.digest_at_night",
                "",
                "每日汇总的时间落在免打扰时段里，永远发不出去。请改在免打扰时段之外。",
            )
        )
    if hours.digest_until <= hours.digest_at:
        found.append(
            Refusal("messaging.digest_window", "", "每日汇总的补发截止时间要晚于发送时间。请改晚一些。")
        )
    return found
