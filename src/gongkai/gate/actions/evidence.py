"""What the gate keeps: the reading of each file once, sketches of texts, and the findings at a given moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from gongkai.files import storage
from gongkai.files.models import StoredFile
from gongkai.gate.models import FileCheck, GateRun, Sketch, SketchBand
from gongkai.gate.queries.checking import Checked, check_file
from gongkai.gate.queries.files import MOST_FINDINGS, VERSION, file_checks, written
from gongkai.gate.queries.known import known
from gongkai.gate.queries.lists import lists
from gongkai.gate.rules import sketch as rules
from gongkai.gate.rules.finding import Finding
from gongkai.trail.chain import Who, record


def read_files(*, files: Iterable[StoredFile], by: Who, now: datetime, limit: int = 20) -> int:
    """Read the files that no rule of this version has read; each in a child process, outside a transaction.

    Returns how many were read. A file that is gone from the store is left for the one who looks for it.
    """
    files = list(files)
    there = file_checks(files)
    white, words, count = known(), lists(), 0
    for file in files:
        if file.digest in there or count >= limit:
            continue
        path = storage.path_of(file)
        if not path.exists():
            continue
        checked = check_file(path, file.name, white, words)
        there[file.digest] = _keep(file, checked, by=by, now=now)
        count += 1
    return count


def _keep(file: StoredFile, checked: Checked, *, by: Who, now: datetime) -> FileCheck:
    with transaction.atomic():
        row, _ = FileCheck.objects.update_or_create(
            digest=file.digest,
            defaults={
                "version": VERSION,
                "readable": checked.readable,
                "findings": [written(one) for one in checked.findings[:MOST_FINDINGS]],
                "at": now,
            },
        )
        record(
            verb="gate.read_file", by=by, at=now, about=file,
            facts={"readable": checked.readable, "findings": len(checked.findings)},
        )  # fmt: skip
    return row


@transaction.atomic
def remember(
    *, key: str, title: str, text: str, unit_id: int, public: bool, digest: str, now: datetime
) -> None:
    """Keep the sketch of a text; the same text again changes nothing. No trail: it is derived from the record."""
    there = Sketch.objects.unscoped("derived from the record").filter(key=key).first()
    if there and there.digest == digest and there.public == public:
        return
    signature = rules.sketch(text)
    if not signature:
        if there:
            there.delete()
        return
    row, _ = Sketch.objects.unscoped("derived from the record").update_or_create(
        key=key,
        defaults={
            "title": title[:300], "unit_id": unit_id, "public": public, "digest": digest,
            "signature": list(signature), "at": now,
        },
    )  # fmt: skip
    row.bands.all().delete()
    SketchBand.objects.bulk_create(SketchBand(sketch=row, value=value) for value in rules.bands(signature))


@transaction.atomic
def keep_run(
    *,
    key: str,
    unit_id: int,
    digest: str,
    findings: Sequence[Finding],
    by: Who,
    now: datetime,
    alone: bool = True,
) -> GateRun:
    """Keep what the gate said of this content; the same content again is the same run. Not ``alone``: it is a
    part of another verb, whose row of the trail stands for both."""
    counts = Counter(str(one.level) for one in findings)
    row, made = GateRun.objects.unscoped("evidence of the record").get_or_create(
        key=key,
        digest=digest,
        defaults={
            "unit_id": unit_id, "at": now, "by_id": by.person_id, "counts": dict(counts),
            "findings": [written(one) for one in findings[:MOST_FINDINGS]],
        },
    )  # fmt: skip
    if made and alone:
        record(verb="gate.check", by=by, at=now, facts={"key": key, "counts": dict(counts)})
    return row
