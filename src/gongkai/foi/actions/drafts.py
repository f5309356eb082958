"""What visitors do before they send anything in. No act of the office: no row of the trail, nothing kept for long."""

from __future__ import annotations

import contextlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, ProtectedError

from gongkai.files.actions import discard
from gongkai.files.models import StoredFile
from gongkai.foi.models import ApplicationDraft, Case, Deflection, WrongCodes
from gongkai.foi.queries.codes import address_key
from gongkai.foi.queries.drafts import PURPOSE, Draft, draft_key, old_drafts, opened
from gongkai.foi.queries.who import APPLICANT
from gongkai.kernel import sealing
from gongkai.kernel.clock import legal_day
from gongkai.orgs.models import Unit
from gongkai.orgs.rules.delay import FORGET_AFTER, still_counted


@transaction.atomic
def keep_draft(*, draft: Draft, now: datetime) -> None:
    """Store what was typed, sealed; a draft that was sent in meanwhile takes nothing any more."""
    if ApplicationDraft.objects.filter(pk=draft_key(draft.token), case__isnull=False).exists():
        return
    text = json.dumps(draft.typed, ensure_ascii=False)
    ApplicationDraft.objects.update_or_create(
        key=draft_key(draft.token),
        defaults={"sealed": sealing.seal(text, purpose=PURPOSE), "changed_at": now},
    )


@transaction.atomic
def close_draft(*, draft: Draft, case: Case, now: datetime) -> bool:
    """Sent in: the draft forgets what was typed and holds the case, for the receipt. False the second time."""
    rows = ApplicationDraft.objects.filter(pk=draft_key(draft.token), case__isnull=True)
    return bool(rows.update(sealed="", case=case, changed_at=now))


@transaction.atomic
def drop_draft(*, token: str, now: datetime) -> None:
    """The visitor is done, or does not go on: the draft and its unused files go."""
    row = ApplicationDraft.objects.filter(pk=draft_key(token)).first()
    if row is not None:
        _drop(row, now)


@transaction.atomic
def drop_old_drafts(*, now: datetime) -> int:
    """Drafts that nobody touched for a day go with their files."""
    rows = old_drafts(now=now)
    for row in rows:
        _drop(row, now)
    WrongCodes.objects.filter(last_at__lt=now - FORGET_AFTER).delete()
    return len(rows)


@transaction.atomic
def remove_file(*, draft: Draft, file_id: int, now: datetime) -> None:
    """The visitor takes a file out of his draft."""
    kept = [one for one in draft.typed.get("files", []) if one["id"] != file_id]
    if len(kept) == len(draft.typed.get("files", [])):
        return
    draft.typed["files"] = kept
    keep_draft(draft=draft, now=now)
    _discard(file_id, now)


@transaction.atomic
def count_deflection(*, unit: Unit, what: str, now: datetime) -> None:
    """One more visitor was shown what is public (``shown``), took it (``clicked``), or asked anyway (``submitted``)."""
    month = legal_day(now).replace(day=1)
    row, _ = Deflection.objects.get_or_create(unit=unit, month=month)
    Deflection.objects.filter(pk=row.pk).update(**{what: F(what) + 1})


@transaction.atomic
def note_wrong_code(*, address: str, now: datetime) -> None:
    """A wrong code came from this place; nothing is kept of what was typed."""
    key = address_key(address)
    row = WrongCodes.objects.select_for_update().filter(key=key).first()
    failures = still_counted(row.failures, row.last_at, now) if row else 0
    WrongCodes.objects.update_or_create(key=key, defaults={"failures": failures + 1, "last_at": now})


def _drop(row: ApplicationDraft, now: datetime) -> None:
    typed: dict[str, Any] = opened(row)
    row.delete()
    for one in typed.get("files", []):
        _discard(one["id"], now)


def _discard(file_id: int, now: datetime) -> None:
    file = StoredFile.objects.filter(pk=file_id).first()
    # A file that a case holds stays: the request was sent in after all.
    with contextlib.suppress(ProtectedError), transaction.atomic():
        if file is not None:
            discard(file=file, by=APPLICANT, now=now)
