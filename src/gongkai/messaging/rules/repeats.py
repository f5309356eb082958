"""What happens after a try that did not arrive. Pure; house rule: a colleague is told once, never twice."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum

# Wait after the first, second … failed try; after the last the delivery is given up and the operator is told.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180))
# A claim older than this belongs to a worker that is gone.
CLAIM_HOLDS = timedelta(minutes=10)


class Outcome(Enum):
    """How a try ended, as far as we can know."""

    ARRIVED = "arrived"
    # Nothing reached the other side (no connection, or it said: later). May be tried again.
    NOT_TAKEN = "not_taken"
    # The other side said no for good.
    REFUSED = "refused"
    # It was sent, and no answer came: it may have arrived.
    UNCLEAR = "unclear"


def may_repeat_unclear(*, knows_delivery_id: bool, is_outside: bool) -> bool:
    """Whether an unclear try is repeated.

    A receiver that knows the delivery's number drops the repetition by itself. To a citizen it is better to
    write twice than never; a colleague sees the message in the workbench anyway and must not get it twice.
    """
    return knows_delivery_id or is_outside


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after so many tries; ``None``: give up.

    >>> wait_after(1), wait_after(99)
    (datetime.timedelta(seconds=60), None)
    """
    return WAITS[attempts - 1] if 0 < attempts <= len(WAITS) else None


def verb_after(outcome: Outcome, *, attempts: int, knows_delivery_id: bool, is_outside: bool) -> str:
    """The verb of the table of states that follows a try; ``attempts`` counts this one."""
    if outcome is Outcome.ARRIVED:
        return "arrive"
    if outcome is Outcome.REFUSED or wait_after(attempts) is None:
        return "give_up"
    if outcome is Outcome.UNCLEAR and not may_repeat_unclear(
        knows_delivery_id=knows_delivery_id, is_outside=is_outside
    ):
        return "give_up"
    return "fail"
