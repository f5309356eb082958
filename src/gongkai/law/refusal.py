"""What the office may not do, why, and how it becomes possible.

A refusal is expected and is shown to a person; an exception that is not ``Refused`` is a fault of ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why a verb of the office is not possible now.

    ``code`` is stable and English (``review.own_draft``); ``basis`` names the article or the house rule
    (``条例第十七条``), empty where only the input is at fault; ``text`` is the full Chinese sentence that a
    clerk reads: what is wrong, and what to do.
    """

    code: str
    basis: str
    text: str

    def __str__(self) -> str:
        return f"{self.text}（依据：{self.basis}）" if self.basis else self.text


class Refused(Exception):  # noqa: N818 -- it is an answer, not an error
    """Raised by an action that may not be done; carries every reason at once."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__("；".join(str(refusal) for refusal in self.refusals))


def refuse_if(refusals: Iterable[Refusal]) -> None:
    """Stop an action when there is any reason against it."""
    reasons = tuple(refusals)
    if reasons:
        raise Refused(reasons)
