"""What is carried, opened for the moment of sending, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from gongkai.messaging.rules.repeats import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One message for one channel. Address and words are open here, so it is never stored or logged.

    ``sort`` is ``digest``, ``message``, ``test`` or ``notice`` (to a citizen); ``number`` is the delivery's.
    """

    number: str
    sort: str
    kind: str
    subject: str
    text: str = field(repr=False)
    link: str
    account: str = field(default="", repr=False)
    name: str = ""
    unit: str = ""
    purpose: str = ""
    due: date | None = None
    url: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    inside: bool = False
    brief: bool = False


@dataclass(frozen=True, slots=True)
class Carried:
    """How a try ended; ``problem`` is in Chinese, for the operator, without personal data."""

    outcome: Outcome
    problem: str = ""
