"""What kind of installation this is: told by the first row of the trail, never changed later."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.kernel.models import SimulatedClock
from gongkai.trail.chain import SYSTEM, Who, record
from gongkai.trail.models import TrailRow

DEMO, TRAINING, LIVE = "demo", "training", "live"
LABELS = {DEMO: "演示环境", TRAINING: "培训环境", LIVE: ""}
VERB = "installation.mark"


class NotAPlayground(Exception):  # noqa: N818 -- an answer to the operator
    """The verb is only for a demo or training installation."""


# The first row never changes, so a process asks for it once. ``forget`` is for tests and a demo made anew.
_known: list[str] = []


def kind() -> str:
    """``demo``, ``training`` or ``live``; an installation without any row is live until it is marked."""
    if not _known:
        first = TrailRow.objects.filter(seq=1).values_list("verb", "facts").first()
        if first is None:
            return LIVE
        _known.append(str(first[1]["kind"]) if first[0] == VERB else LIVE)
    return _known[0]


def forget() -> None:
    """Ask the database again: the installation under this process was replaced."""
    _known.clear()


def is_playground() -> bool:
    """Whether invented cases and a shifted clock are allowed here."""
    return kind() in (DEMO, TRAINING)


def is_fresh() -> bool:
    """Whether nothing has happened here yet."""
    return not TrailRow.objects.exists()


@transaction.atomic
def mark(*, kind: str, at: datetime) -> None:
    """Mark a fresh installation as demo or training; the mark is the first row of the trail."""
    if not is_fresh():
        raise NotAPlayground("已经有留痕，不能再标为演示或培训环境。请换一个空的 DATA_DIR。")
    record(verb=VERB, by=SYSTEM, at=at, facts={"kind": kind})


@transaction.atomic
def set_clock(*, moment: datetime, by: Who, at: datetime) -> None:
    """Let a demo or training installation stand at another moment."""
    if not is_playground():
        raise NotAPlayground("只有演示或培训环境可以调整时钟。")
    shift = int((moment - timezone.now()) / timedelta(seconds=1))
    SimulatedClock.objects.update_or_create(pk=1, defaults={"offset_seconds": shift})
    record(verb="installation.set_clock", by=by, at=at, facts={"moment": moment.isoformat()})
