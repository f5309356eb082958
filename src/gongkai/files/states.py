"""The states of a file that came in, as one table. Only ``CLEAN`` files open.

The scanner is the district's own clamd. Where none is set up, what staff sends in opens at once and its row says that
nobody scanned it; what comes from outside waits until a person of the office opens it on his own responsibility.
"""

from __future__ import annotations

from dataclasses import dataclass

QUARANTINE = "quarantine"
UNSCANNED = "unscanned"
CLEAN = "clean"
REFUSED = "refused"

LABELS = {
    QUARANTINE: "待查毒",
    UNSCANNED: "未查毒",
    CLEAN: "可用",
    REFUSED: "不收",
}

SCANNER, STAFF = "scanner", "staff"


@dataclass(frozen=True, slots=True)
class Step:
    """From which states a verb leads where, and who takes it."""

    verb: str
    label: str
    sources: tuple[str, ...]
    target: str
    who: str


STEPS = (
    Step("pass", "查毒通过", (QUARANTINE, UNSCANNED), CLEAN, SCANNER),
    Step("infected", "查出病毒", (QUARANTINE, UNSCANNED), REFUSED, SCANNER),
    Step("changed", "内容被换过", (QUARANTINE, UNSCANNED), REFUSED, SCANNER),
    Step("confirm", "确认打开", (UNSCANNED,), CLEAN, STAFF),
)


def target_of(state: str, verb: str) -> str | None:
    """Where a verb leads from this state; None where it does not.

    >>> target_of("unscanned", "confirm"), target_of("quarantine", "confirm"), target_of("refused", "pass")
    ('clean', None, None)
    """
    return next((step.target for step in STEPS if step.verb == verb and state in step.sources), None)
