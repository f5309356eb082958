"""What the minute does for messages: look whether something may leave, and let a job of its own carry it."""

from __future__ import annotations

import time
from collections import Counter
from datetime import datetime

from gongkai.kernel import clock, jobs
from gongkai.messaging import actions, queries, states
from gongkai.messaging.carriers import Carriers

DELIVER = "gongkai.messaging.tasks.deliver"
# A job is killed after 50 seconds; one try may take 15 more than this.
SECONDS = 25.0
FAILURES_TO_PASS = 2


def minute(moment: datetime) -> None:
    """Called each minute."""
    actions.recover_claims(now=moment)
    if queries.due(now=moment).exists():
        jobs.soon(DELIVER)


def deliver() -> int:
    """Carry out what may leave, for at most half a minute; the next minute goes on. Returns how many tries.

    An endpoint that failed twice in a row is left alone until the next minute, so that a dead gateway does
    not hold up the others.
    """
    until, tries = time.monotonic() + SECONDS, 0
    failures: Counter[int | None] = Counter()
    with Carriers() as carriers:
        while time.monotonic() < until:
            passed = [endpoint for endpoint, count in failures.items() if count >= FAILURES_TO_PASS]
            delivery = actions.deliver_next(now=clock.now(), carry=carriers.carry, passed=passed)
            if delivery is None:
                break
            tries += 1
            if delivery.state == states.SENT:
                failures[delivery.endpoint_id] = 0
            elif delivery.attempts and delivery.state in (states.FAILED, states.GIVEN_UP):
                failures[delivery.endpoint_id] += 1
    return tries
