"""Counting the visits of past days from what was written down (I10)."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from gongkai.orgs.models import VisitDay
from gongkai.orgs.rules.visits import Tally, read_lines, read_nginx, tally
from gongkai.trail.chain import SYSTEM, record

LOG, KEY = ".log", ".key"


def log_name(folder: Path, day: date) -> Path:
    """Where the views of a day are written down."""
    return folder / f"{day.isoformat()}{LOG}"


def key_name(folder: Path, day: date) -> Path:
    """Where the key of a day stands, until the day is counted."""
    return folder / f"{day.isoformat()}{KEY}"


@transaction.atomic
def keep_day(*, day: date, source: str, counted: Tally, now: datetime) -> VisitDay:
    """Store the numbers of a day; counting the same lines again changes nothing."""
    row = VisitDay.objects.select_for_update().filter(day=day, source=source).first()
    numbers = (counted.views, counted.visitors, counted.sections)
    if row is not None and (row.views, row.visitors, row.sections) == numbers:
        return row
    row = row or VisitDay(day=day, source=source)
    row.views, row.visitors, row.sections = numbers
    row.counted_at = now
    row.save()
    facts = {"day": day.isoformat(), "source": source, "views": row.views, "visitors": row.visitors}
    record(verb="orgs.count_visits", by=SYSTEM, at=now, about=row, facts=facts)
    return row


def count_past_days(*, folder: Path, today: date, now: datetime) -> int:
    """Count each day before today that still has its key, then throw the key away. Returns how many days."""
    keys = sorted(folder.glob(f"*{KEY}")) if folder.is_dir() else []
    done = 0
    for key in keys:
        day = date.fromisoformat(key.stem)
        if day >= today:
            continue
        recount(folder=folder, day=day, now=now)
        key.unlink()
        done += 1
    return done


def recount(*, folder: Path, day: date, now: datetime) -> VisitDay:
    """The numbers of a day from its written lines, again."""
    try:
        lines = log_name(folder, day).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        lines = []
    return keep_day(day=day, source=VisitDay.Source.OWN, counted=tally(read_lines(lines)), now=now)


def count_nginx(*, file: Path, now: datetime) -> list[VisitDay]:
    """The numbers of every day in an access log of nginx."""
    with file.open(encoding="utf-8", errors="replace") as lines:
        days = read_nginx(lines)
    return [
        keep_day(day=day, source=VisitDay.Source.NGINX, counted=tally(visits), now=now)
        for day, visits in sorted(days.items())
    ]
