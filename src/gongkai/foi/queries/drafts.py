"""Drafts of visitors: found by the key in their browser, opened only here."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives import hashes

from gongkai.foi.models import ApplicationDraft, Case
from gongkai.kernel import sealing

PURPOSE = "foi.draft"
KEPT = timedelta(hours=24)
RECEIPT_SHOWN = timedelta(minutes=30)
_WHY = "the visitor's own browser holds the key of the draft"


@dataclass
class Draft:
    """What was typed so far. ``token`` is in the visitor's cookie and nowhere else."""

    token: str
    typed: dict[str, Any] = field(default_factory=dict)
    case: Case | None = None
    changed_at: datetime | None = None

    @property
    def sent(self) -> bool:
        return self.case is not None


def draft_key(token: str) -> str:
    """What is stored of the key."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(token.encode())
    return digest.finalize().hex()


def draft_of(token: str, *, now: datetime) -> Draft | None:
    """The draft of a browser; None where there is none, or it is too old."""
    if not 20 <= len(token) <= 100:
        return None
    row = ApplicationDraft.objects.filter(pk=draft_key(token)).first()
    if row is None or now - row.changed_at >= (RECEIPT_SHOWN if row.case_id else KEPT):
        return None
    return Draft(token, opened(row), _case(row.case_id), row.changed_at)


def opened(row: ApplicationDraft) -> dict[str, Any]:
    """What a draft holds; nothing where it can no longer be opened."""
    try:
        return dict(json.loads(sealing.unseal(row.sealed, purpose=PURPOSE))) if row.sealed else {}
    except sealing.Shut:
        return {}


def old_drafts(*, now: datetime, limit: int = 200) -> list[ApplicationDraft]:
    """Drafts whose time is over, oldest first."""
    return list(ApplicationDraft.objects.filter(changed_at__lt=now - KEPT).order_by("changed_at")[:limit])


def _case(pk: int | None) -> Case | None:
    if pk is None:
        return None
    rows = Case.objects.unscoped(_WHY).select_related("unit", "agency", "applicant")
    return rows.filter(pk=pk).first()
