"""Every look at a list of persons is counted; whoever takes too much is stopped, and that is on record."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from gongkai.kernel.clock import legal_day
from gongkai.records import queries
from gongkai.records.models import LookupUse
from gongkai.trail.chain import SYSTEM, record

KEPT = timedelta(days=180)


def visitor_of(address: str, *, now: datetime) -> str:
    """A visitor of this day: the same all day, not to be traced to an address, another one tomorrow."""
    words = f"{legal_day(now)} {address}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), words, hashlib.sha256).hexdigest()[:16]


def why_not_look(*, code: str, visitor: str, now: datetime, as_file: bool = False) -> str:
    """Why the next look at a list of persons is refused; empty when it is not."""
    return queries.why_too_much(queries.used_by(code, hour=_hour(now), visitor=visitor), as_file=as_file)


@transaction.atomic
def note_look(
    *, code: str, visitor: str, now: datetime, rows: int = 0, as_file: bool = False, refused: bool = False
) -> None:
    """Count a look; the first refusal of an hour is written to the trail."""
    use, _ = LookupUse.objects.select_for_update().get_or_create(code=code, hour=_hour(now), visitor=visitor)
    if refused and not use.refused:
        facts = {"type": code, "visitor": visitor, "looks": use.looks, "rows": use.rows, "files": use.files}
        record(verb="records.stop_harvest", by=SYSTEM, at=now, facts=facts)
    LookupUse.objects.filter(pk=use.pk).update(
        looks=F("looks") + (0 if refused or as_file else 1),
        rows=F("rows") + (0 if refused or as_file else rows),
        files=F("files") + int(as_file and not refused),
        refused=F("refused") + int(refused),
    )


def forget_looks(*, now: datetime) -> int:
    """Counts older than half a year are not needed any more."""
    count, _ = LookupUse.objects.filter(hour__lt=now - KEPT).delete()
    return count


def _hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)
