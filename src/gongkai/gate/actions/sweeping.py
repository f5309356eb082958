"""The nightly sweep: what is public is read by the rules of today; findings go to the desk of their unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from gongkai.gate.actions.evidence import read_files, remember
from gongkai.gate.models import LiveFinding, NightSweep
from gongkai.gate.queries.checking import check
from gongkai.gate.queries.files import file_checks, findings_of
from gongkai.gate.queries.known import known
from gongkai.gate.queries.lists import lists
from gongkai.gate.queries.live import LiveText, texts
from gongkai.gate.rules.finding import Finding, Known, Level
from gongkai.gate.rules.wording import Lists
from gongkai.trail.chain import SYSTEM, record, sm3

CHUNK = 100


def sweep_on(*, night: date, now: datetime, limit: int = CHUNK) -> bool:
    """Read the next public texts of this night. Returns whether the night is done; a second run changes nothing."""
    row, _ = NightSweep.objects.get_or_create(night=night)
    if row.done_at:
        return True
    white, words = known(), lists(night)
    seen = list(texts(row.read_to, limit))
    for _, text in seen:
        read_files(files=[file for _, file in text.files], by=SYSTEM, now=now)
    with transaction.atomic():
        for source, text in seen:
            row.read_to[source] = text.position
            row.seen += 1
            row.found += _settle(text, _findings(text, white, words, night), now)
        if len(seen) < limit:
            row.done_at = now
            record(verb="gate.sweep", by=SYSTEM, at=now, facts={"seen": row.seen, "found": row.found})
        row.save()
    return row.done_at is not None


def _findings(text: LiveText, white: Known, words: Lists, today: date) -> list[Finding]:
    found = check(text.passages, white, words, today)
    checks = file_checks(file for _, file in text.files)
    for title, file in text.files:
        if file.digest in checks:
            found += findings_of(checks[file.digest], f"附件“{title}”")
    return [one for one in found if one.level != Level.HINT]


def _settle(text: LiveText, findings: Iterable[Finding], now: datetime) -> int:
    """One open row for each rule that a page breaks; a row ends when the page no longer does."""
    words = "\n".join(one.text for one in text.passages)
    remember(
        key=text.key, title=text.title, text=words, unit_id=text.unit_id, public=True, digest=sm3(words.encode()),
        now=now,
    )  # fmt: skip
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        by_rule[one.rule].append(one)
    rows = LiveFinding.objects.unscoped("the sweep looks at every unit's pages").filter(
        key=text.key, gone_at__isnull=True
    )
    rows.exclude(rule__in=by_rule).update(gone_at=now)
    there = {row.rule: row for row in rows.filter(rule__in=by_rule)}
    for rule, found in by_rule.items():
        first = replace(found[0], where=found[0].where[:300])
        values = {
            "count": len(found),
            "where": first.where,
            "text": first.text[:300],
            "says": first.says[:300],
        }
        if rule in there:
            LiveFinding.objects.unscoped("the same page").filter(pk=there[rule].pk).update(**values)
        else:
            LiveFinding.objects.unscoped("the same page").create(
                unit_id=text.unit_id, key=text.key, title=text.title[:300], url=text.url, rule=rule,
                level=str(first.level), basis=first.basis, found_at=now, **values,
            )  # fmt: skip
    return len(by_rule)
