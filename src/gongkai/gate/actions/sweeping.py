"""The nightly sweep: what is public is read by the rules of today; findings go to the desk of their unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from gongkai.gate.actions.evidence import read_files, remember
from gongkai.gate.models import LiveFinding, NightSweep
from gongkai.gate.queries.checking import check
from gongkai.gate.queries.files import file_checks, findings_of
from gongkai.gate.queries.known import known
from gongkai.gate.queries.lists import lists
from gongkai.gate.queries.live import LiveText, judged, texts
from gongkai.gate.rules.finding import Finding, Known, Level
from gongkai.gate.rules.wording import Lists
from gongkai.trail.chain import SYSTEM, record, sm3

CHUNK = 100
SHORT = 5  # so many rows that their station reads weigh as one paper
_ALL = "the sweep looks at every unit's pages"


def sweep_on(*, night: date, now: datetime, limit: int = CHUNK) -> bool:
    """Read the next public texts of this night. Returns whether the night is done; a second run changes nothing."""
    row, _ = NightSweep.objects.get_or_create(night=night)
    if row.done_at:
        return True
    white, words = known(), lists(night)
    seen = list(texts(row.read_to, limit))
    for _, text in seen:
        if text.files:
            read_files(files=[file for _, file in text.files], by=SYSTEM, now=now)
    whole = len(seen) < limit
    rows = list(judged(row.read_to, limit * SHORT)) if whole else []
    with transaction.atomic():
        for _, text in seen:
            _remember(text, now)
        found = [(source, (text, _findings(text, white, words, night))) for source, text in seen] + rows
        for source, (text, _) in found:
            row.read_to[source] = text.position
        row.seen += len(found)
        row.found += settle(found=[one for _, one in found], night=night, now=now)
        if whole and len(rows) < limit * SHORT:
            row.done_at = now
            _end_unseen(night, now)
            record(verb="gate.sweep", by=SYSTEM, at=now, facts={"seen": row.seen, "found": row.found})
        row.save()
    return row.done_at is not None


@transaction.atomic
def settle(*, found: Sequence[tuple[LiveText, Sequence[Finding]]], night: date, now: datetime) -> int:
    """One open row for each rule that a public text breaks; a row ends when the text no longer does, or is no
    longer public. The same queries for one text and for hundreds. Returns how many are open."""
    wanted: dict[tuple[str, str], tuple[LiveText, list[Finding]]] = {}
    for text, findings in found:
        for one in findings:
            wanted.setdefault((text.key, one.rule), (text, []))[1].append(one)
    rows = LiveFinding.objects.unscoped(_ALL).filter(
        key__in=[text.key for text, _ in found], gone_at__isnull=True
    )
    there = {(row.key, row.rule): row for row in rows}
    gone = [row.pk for place, row in there.items() if place not in wanted]
    if gone:
        LiveFinding.objects.unscoped(_ALL).filter(pk__in=gone).update(gone_at=now)
    fresh: list[LiveFinding] = []
    kept: list[LiveFinding] = []
    for place, (text, own) in wanted.items():
        row = there.get(place) or LiveFinding(key=text.key, rule=place[1], found_at=now)
        (kept if row.pk else fresh).append(_written(row, text, own, night))
    LiveFinding.objects.bulk_create(fresh)
    LiveFinding.objects.unscoped(_ALL).bulk_update(kept, _TOLD)
    return len(wanted)


_TOLD = ["unit", "title", "url", "mend", "level", "basis", "count", "where", "text", "says", "seen_on"]


def _written(row: LiveFinding, text: LiveText, found: Sequence[Finding], night: date) -> LiveFinding:
    first = found[0]
    row.unit_id, row.title, row.url, row.mend = text.unit_id, text.title[:300], text.url, text.mend
    row.level, row.basis, row.count, row.seen_on = str(first.level), first.basis, len(found), night
    row.where, row.text, row.says = first.where[:300], first.text[:300], first.says[:300]
    return row


def _end_unseen(night: date, now: datetime) -> None:
    """What no text of this night has is over: its page was taken back."""
    rows = LiveFinding.objects.unscoped(_ALL).filter(gone_at__isnull=True)
    rows.filter(Q(seen_on__isnull=True) | Q(seen_on__lt=night)).update(gone_at=now)


def _findings(text: LiveText, white: Known, words: Lists, today: date) -> list[Finding]:
    found = check(text.passages, white, words, today)
    checks = file_checks(file for _, file in text.files) if text.files else {}
    for title, file in text.files:
        if file.digest in checks:
            found += findings_of(checks[file.digest], f"附件“{title}”")
    return [one for one in found if one.level != Level.HINT]


def _remember(text: LiveText, now: datetime) -> None:
    words = "\n".join(one.text for one in text.passages)
    remember(
        key=text.key, title=text.title, text=words, unit_id=text.unit_id, public=True, digest=sm3(words.encode()),
        now=now,
    )  # fmt: skip
