"""What the operator should know about messages: something waits too long, or was given up."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongkai.kernel import clock
from gongkai.messaging import queries, states
from gongkai.messaging.models import Delivery

MAY_WAIT = timedelta(minutes=30)
LOOKS_BACK = timedelta(days=3)


def checks() -> list[tuple[str, bool, str, bool]]:
    """Both only warn: messages stand in the workbench, whatever happens outside."""
    now = clock.now()
    oldest = queries.waiting_since()
    late = oldest is not None and now - oldest > MAY_WAIT and not _was_night(now)
    given_up = Delivery.objects.filter(state=states.GIVEN_UP, done_at__gte=now - LOOKS_BACK).count()
    return [
        ("messages", not late, "有消息超过半小时没有发出。请看“消息通道”页上的原因。", True),
        (
            "messages_given_up",
            not given_up,
            f"最近三天有 {given_up} 条消息没有送到。请看“消息通道”页。",
            True,
        ),
    ]


def _was_night(now: datetime) -> bool:
    """Whether it is, or just was, a time in which nothing may leave."""
    hours = queries.sending_rules().hours
    return any(hours.is_quiet(moment.astimezone(clock.LEGAL_ZONE).time()) for moment in (now, now - MAY_WAIT))
