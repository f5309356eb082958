"""A long sheet is stored by a job: queued when it is confirmed, read with a count for the page, written at once."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from gongkai.files.actions import discard
from gongkai.files.models import StoredFile
from gongkai.kernel import jobs
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refusal, Refused, refuse_if
from gongkai.orgs.actor import Actor, actor_of
from gongkai.orgs.models import Unit
from gongkai.records import queries, states
from gongkai.records.actions.entering import retired
from gongkai.records.actions.importing import import_sheet
from gongkai.records.actions.telling import not_allowed
from gongkai.records.models import RecordBatch, RecordImport
from gongkai.records.queries import RecordType
from gongkai.trail.chain import record

# More rows than these are not stored while somebody waits for his page.
AT_ONCE = 2000
JOB = "gongkai.records.tasks.import_sheet"
QUIET = timedelta(minutes=2)  # after so long without a sign of life another run takes over
MOST_TRIES = 5
NEVER_DONE = "导入几次都没有完成。请重新上传表格；仍然不行的，请联系系统管理员。"
_JOB = "a job of the import"


def why_not_import_later(*, kind: RecordType, unit: Unit, by: Actor) -> list[Refusal]:
    """Why a long sheet cannot be queued; what is wrong inside it the job says."""
    return not_allowed(by, "records.work", [unit], "导入") + retired(kind)


@transaction.atomic
def import_later(
    *,
    kind: RecordType,
    unit: Unit,
    file: StoredFile,
    by: Actor,
    now: datetime,
    only_good: bool = False,
    update: bool = False,
    explained: str = "",
) -> RecordImport:
    """Queue a confirmed sheet; confirming it twice queues it once."""
    refuse_if(why_not_import_later(kind=kind, unit=unit, by=by))
    job, made = RecordImport.objects.unscoped("the action checks the unit itself").get_or_create(
        file=file,
        defaults={
            "unit": unit, "code": kind.code, "source_name": file.name[:200], "only_good": only_good,
            "update": update, "explained": explained.strip()[:500], "by_id": by.acting_id, "at": now,
        },
    )  # fmt: skip
    if made:
        facts = {"type": kind.code, "digest": file.digest}
        record(verb="records.import_later", by=by, at=now, about=job, facts=facts)
        transaction.on_commit(lambda: jobs.soon(JOB, job.pk))
    return job


def go_on_import(*, pk: int, now: datetime) -> bool:
    """Read and store one queued sheet, unless somebody is at it or it is over. Returns whether it is over now."""
    rows = RecordImport.objects.unscoped(_JOB).filter(pk=pk)
    free = rows.filter(Q(held_at=None) | Q(held_at__lt=now - QUIET), state=states.IMPORTING)
    if not free.update(held_at=now, tries=F("tries") + 1, done=0, total=0):
        return False
    job = rows.select_related("unit", "file", "by").get()
    kind = queries.kind_of(job.code)
    if kind is None or job.file is None or job.tries > MOST_TRIES:
        _give_up(job, [NEVER_DONE], now=now)
        return True

    begun = time.monotonic()

    def tell(done: int, total: int) -> None:
        rows.update(done=done, total=total, held_at=now + timedelta(seconds=time.monotonic() - begun))

    file = job.file
    try:
        import_sheet(
            kind=kind, unit=job.unit, file=file, by=actor_of(job.by, today=legal_day(now)), now=now,
            only_good=job.only_good, update=job.update, explained=job.explained, tell=tell,
            then=lambda batch: _end(job, now=now, batch=batch),
        )  # fmt: skip
    except Refused as refused:
        _give_up(job, [str(one) for one in refused.refusals], now=now)
    return True


def take_up_imports(*, now: datetime) -> int:
    """Sheets whose job never came or was killed are read again from the start. Returns how many are over."""
    waiting = RecordImport.objects.unscoped(_JOB).filter(state=states.IMPORTING, at__lt=now - QUIET)
    return sum(go_on_import(pk=pk, now=now) for pk in waiting.order_by("pk").values_list("pk", flat=True)[:3])


@transaction.atomic
def _give_up(job: RecordImport, problems: list[str], *, now: datetime) -> None:
    """Nothing is stored, the sheet goes, and the page of the import says why."""
    file = job.file
    _end(job, now=now, problem="\n".join(problems))
    by = actor_of(job.by, today=legal_day(now))
    record(
        verb="records.import_failed",
        by=by,
        at=now,
        about=job,
        facts={"type": job.code, "problems": len(problems)},
    )
    if file is not None:
        discard(file=file, by=by, now=now)


def _end(job: RecordImport, *, now: datetime, batch: RecordBatch | None = None, problem: str = "") -> None:
    """What came of it, in the transaction of the act; the sheet is let go."""
    job.state = states.IMPORTED if batch else states.NOT_IMPORTED
    job.batch, job.problem, job.ended_at, job.file = batch, problem, now, None
    job.save(update_fields=["state", "batch", "problem", "ended_at", "file"])
