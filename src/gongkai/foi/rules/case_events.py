"""What happens to a request, as far as its dates depend on it. Days are legal days, in Asia/Shanghai.

A letter has two days: dispatched (signed for at the counter, or posted; 国办公开办函〔2016〕235号) is what the
office answers for, received is where the other side's periods begin.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias


class Asked(StrEnum):
    """Who is asked for an opinion; what silence means differs (条例第三十二条、第三十四条)."""

    THIRD_PARTY = "third_party"  # silent: the agency decides
    JOINT_MAKER = "joint_maker"  # silent: taken as consent
    OTHER_AGENCY = "other_agency"  # no article on silence: the agency decides


@dataclass(frozen=True, slots=True)
class Received:
    """The request was received (``rules.receipt``)."""

    on: date


@dataclass(frozen=True, slots=True)
class CorrectionAsked:
    """A 补正 notice left; ``received``: the applicant has it. The period it grants is a day or working days."""

    dispatched: date
    period_ends: date | None = None
    received: date | None = None
    period_working_days: int | None = None


@dataclass(frozen=True, slots=True)
class CorrectionReceived:
    """The corrected request came in: the reply period is counted from here (条例第三十条)."""

    on: date


@dataclass(frozen=True, slots=True)
class ConsultationSent:
    """One letter to one party; ``delivered``: the party has it, ``answered``: its opinion is here."""

    kind: Asked
    party: str
    sent: date
    delivered: date | None = None
    answered: date | None = None


@dataclass(frozen=True, slots=True)
class Extended:
    """An extension in working days: approved by the head of the disclosure office, then told to the applicant."""

    by_days: int
    approved: date | None
    dispatched: date | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FeeAsked:
    """A fee notice left; the applicant has thirty days from the day after he ``received`` it."""

    dispatched: date
    received: date | None = None


@dataclass(frozen=True, slots=True)
class FeePaid:
    """The fee was paid in full: the reply period begins anew on the next day."""

    on: date


@dataclass(frozen=True, slots=True)
class ReasonsAsked:
    """The applicant was asked why he asks so much or so often (条例第三十五条); no clock stops for it."""

    dispatched: date


@dataclass(frozen=True, slots=True)
class ReasonableDelay:
    """The agency fixed a later day for its reply and told the applicant (条例第三十五条)."""

    until: date
    dispatched: date | None = None


@dataclass(frozen=True, slots=True)
class AnswerDispatched:
    """The answer was handed over or posted: the reply clock has ended."""

    on: date


@dataclass(frozen=True, slots=True)
class AnswerReceived:
    """The applicant has the answer: his remedies run from here."""

    on: date


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The applicant withdrew the request."""

    on: date


@dataclass(frozen=True, slots=True)
class Closed:
    """The case ended without an answer: taken as abandoned (条例第三十条), fee unpaid, joined to another."""

    on: date
    why: str = ""


CaseEvent: TypeAlias = (
    Received
    | CorrectionAsked
    | CorrectionReceived
    | ConsultationSent
    | Extended
    | FeeAsked
    | FeePaid
    | ReasonsAsked
    | ReasonableDelay
    | AnswerDispatched
    | AnswerReceived
    | Withdrawn
    | Closed
)
_RANK: tuple[type, ...] = (
    Received,
    ConsultationSent,
    ReasonsAsked,
    Extended,
    ReasonableDelay,
    CorrectionAsked,
    CorrectionReceived,
    FeeAsked,
    FeePaid,
    AnswerDispatched,
    AnswerReceived,
    Withdrawn,
    Closed,
)


def day_of(event: CaseEvent) -> date:
    """The day on which an event takes effect; an extension that was never sent sorts by its approval."""
    match event:
        case ConsultationSent():
            return event.sent
        case Extended():
            return event.dispatched or event.approved or date.max
        case ReasonableDelay():
            return event.dispatched or event.until
        case CorrectionAsked() | FeeAsked() | ReasonsAsked():
            return event.dispatched
        case _:
            return event.on


def in_order(events: tuple[CaseEvent, ...]) -> tuple[CaseEvent, ...]:
    """The events by day and, on one day, by the order of the procedure; the same event twice counts once."""
    return tuple(
        sorted(
            dict.fromkeys(events),
            key=lambda one: (day_of(one), _RANK.index(type(one)), repr(one)),
        )
    )
