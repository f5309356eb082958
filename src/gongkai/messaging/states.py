"""The life of a delivery as one table: what is tried again, what is not, and who may start it anew."""

from __future__ import annotations

from dataclasses import dataclass

WAITING, SENDING, SENT = "waiting", "sending", "sent"
FAILED, GIVEN_UP, DROPPED = "failed", "given_up", "dropped"
LABELS = {
    WAITING: "待发送",
    SENDING: "发送中",
    SENT: "已送出",
    FAILED: "稍后再试",
    GIVEN_UP: "不再重试",
    DROPPED: "已取消",
}
# What the sender still has before it.
OPEN = (WAITING, FAILED)


@dataclass(frozen=True, slots=True)
class Transition:
    """One step of a delivery: from which state to which, by whom, and why so."""

    source: str
    verb: str
    target: str
    action: str
    basis: str


SYSTEM, HOUSE = "系统", "本平台发送规则"

TABLE: tuple[Transition, ...] = (
    # Claimed before it is tried, so that two workers never hold the same one.
    Transition(WAITING, "claim", SENDING, SYSTEM, HOUSE),
    Transition(FAILED, "claim", SENDING, SYSTEM, HOUSE),
    Transition(SENDING, "arrive", SENT, SYSTEM, HOUSE),
    Transition(SENDING, "fail", FAILED, SYSTEM, HOUSE),
    Transition(SENDING, "give_up", GIVEN_UP, SYSTEM, HOUSE),
    # Night fell, the channel is paused or its minute is full: back to the queue, not counted as a try.
    Transition(SENDING, "put_back", WAITING, SYSTEM, HOUSE),
    Transition(GIVEN_UP, "send_again", WAITING, "messaging.keep_channels", HOUSE),
    # The person left, the channel was closed or the words were erased.
    Transition(WAITING, "drop", DROPPED, SYSTEM, HOUSE),
    Transition(FAILED, "drop", DROPPED, SYSTEM, HOUSE),
    Transition(SENDING, "drop", DROPPED, SYSTEM, HOUSE),
    Transition(GIVEN_UP, "drop", DROPPED, SYSTEM, HOUSE),
)


def target_of(state: str, verb: str) -> str | None:
    """Where a verb leads from a state; ``None`` when the verb is not possible there."""
    return next((row.target for row in TABLE if row.source == state and row.verb == verb), None)
