"""Whoever tries to give another time of publication is refused and on record (B17)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction

from gongkai.documents.models import Document
from gongkai.law.refusal import Refusal
from gongkai.publishing.rules.backdating import ARTICLE, claimed_times
from gongkai.trail import attempts
from gongkai.trail.chain import Who, record

VERB = "publishing.backdate_refused"
CLOCK = "publish.clock"


def claim_refusals(values: Mapping[str, Any]) -> list[Refusal]:
    """Why what came in cannot be taken: it brings a time of publication of its own."""
    claimed = claimed_times(values)
    if not claimed:
        return []
    told = "、".join(f"{name}={value}" for name, value in claimed.items())
    return [
        Refusal(
            "publish.claimed_time",
            ARTICLE,
            f"不能指定发布时间（{told}）。发布时间由服务器记录，不能倒填，这次尝试已经留痕。请去掉后再试。",
        )
    ]


@transaction.atomic
def note_claim(
    *, values: Mapping[str, Any], door: str, by: Who, now: datetime, about: models.Model | None = None
) -> None:
    """Put the attempt on record; ``door`` says where it was tried (网页, 命令, 交换包)."""
    record(
        verb=VERB,
        by=by,
        at=now,
        about=about,
        note="试图指定发布时间，已拒绝",
        facts={"door": door, "claimed": claimed_times(values)},
    )


def note_clock(found: Sequence[Refusal], *, document: Document, by: Who, now: datetime) -> None:
    """A clock that was put back: the refusal rolls its transaction back, so it is laid down outside."""
    if any(one.code == CLOCK for one in found):
        attempts.note(
            verb=VERB,
            by=by,
            at=now,
            words="服务器时间早于上一次发布，已拒绝发布",
            facts={"door": "时钟", "document": document.pk, "claimed": {"now": now.isoformat()}},
        )
