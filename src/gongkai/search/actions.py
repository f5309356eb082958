"""Keeping the index in step with what is published. The index is a projection: none of this is an act of the
office, so none of it writes to the trail."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F

from gongkai.kernel.clock import legal_day
from gongkai.messaging.actions import send_to_role
from gongkai.messaging.models import Message
from gongkai.orgs.queries import disclosure_office
from gongkai.search import queries
from gongkai.search.engine import CURRENT_VERSION, engine, lock
from gongkai.search.models import AskedWords, EmptyAnswer, IndexJob
from gongkai.search.ports import SearchDoc, Unusable
from gongkai.search.rules.question import Question
from gongkai.search.rules.synonyms import table
from gongkai.search.rules.words import likely_name

BATCH = 200
LONGEST_WAIT = timedelta(minutes=10)
MOST_EMPTY_A_DAY = 2000
MOST_ASKED_A_DAY = 5000
WORDS_IN_MESSAGE = 5
MARK_SIGNS = 8
MOST_MARKS = 500  # who comes after so many is counted without being told apart
# Years, the hotline and articles; any other figure may be a telephone, a house or an identity number.
_HARMLESS_FIGURE = re.compile(r"(?:19|20)\d\d|12345|第\d{1,3}[编章节条款项]")


@transaction.atomic
def want(*, source: str, record_id: int, version: int, at: datetime) -> bool:
    """Note that a record looks different from this version on; an older or known version changes nothing."""
    job, made = IndexJob.objects.get_or_create(
        source=source,
        record_id=record_id,
        defaults={"version": version, "queued_at": at, "next_at": at},
    )
    if made:
        return True
    return bool(
        IndexJob.objects.filter(pk=job.pk, version__lt=version).update(
            version=version, state=IndexJob.State.WAITING, queued_at=at, next_at=at, attempts=0, last_error=""
        )
    )


def drain(*, now: datetime) -> int:
    """Do waiting work here and now if no indexer is running; otherwise leave it to the indexer."""
    writer = lock()
    if not writer.take():
        return 0
    try:
        done = 0
        while batch := work(now=now):
            done += batch
        return done
    finally:
        engine().close()
        writer.release()


def work(*, now: datetime) -> int:
    """Bring one batch of waiting records into the index. Only under the indexer's lock.

    A job is acknowledged after the index has committed, and only if its version is still the one that was
    indexed: after a crash between the two the same work is done again, to the same end.
    """
    if engine().version() != CURRENT_VERSION:
        rebuild(now=now)
    jobs = list(queries.waiting(now)[:BATCH])
    if not jobs:
        return 0
    docs, gone, failed = _looked_up(jobs)
    try:
        _write(docs, gone)
    except Unusable:
        # Damaged where opening it does not show it; the new one holds these records as well.
        rebuild(now=now)
        _write(docs, gone)
    failures = {job.pk: problem for job, problem in failed}
    for job in jobs:
        if job.pk in failures:
            _postpone(job, failures[job.pk], now)
        else:
            _acknowledge(job, docs.get(job.key), now)
    return len(jobs)


def rebuild(*, now: datetime) -> int:
    """Build the index anew from the records themselves; the old one answers until the new one is whole."""
    failed: list[int] = []
    count = engine().rebuild(queries.every_doc(failed))
    # The old index had them and the new one has not: they wait again, so that ``/ready`` tells and work() retries.
    IndexJob.objects.filter(pk__in=failed).update(state=IndexJob.State.WAITING, queued_at=now, next_at=now)
    return count


def queue_turned(*, today: date, now: datetime) -> int:
    """Queue records whose validity changes today, so that the badge and the filter tell the truth."""
    return queries.turned(today).update(
        state=IndexJob.State.WAITING, queued_at=now, next_at=now, turns_on=None
    )


@transaction.atomic
def note_empty_answer(*, question: Question, today: date) -> EmptyAnswer | None:
    """Count a question that found nothing, without names, numbers or addresses; ``None`` when nothing is left."""
    words = without_personal_data(question)
    if not words:
        return None
    known = EmptyAnswer.objects.filter(day=today, words=words)
    if known.update(times=F("times") + 1):
        return known.get()
    if EmptyAnswer.objects.filter(day=today).count() >= MOST_EMPTY_A_DAY:
        return None
    return EmptyAnswer.objects.create(day=today, words=words)


def note_asked(*, question: Question, visitor: str, today: date) -> AskedWords | None:
    """Count a question that found something, each visitor once a day; ``None`` where nothing is counted.

    ``visitor`` is a digest that changes every day; without one (a program) nothing is counted. What the same
    visitor asks again costs one read and no write.
    """
    words, mark = without_personal_data(question), visitor[:MARK_SIGNS]
    if not words or not mark:
        return None
    known = AskedWords.objects.filter(day=today, words=words)
    if mark in (known.values_list("marks", flat=True).first() or "").split():
        return None
    return _count_asker(words, mark, today)


@transaction.atomic
def _count_asker(words: str, mark: str, today: date) -> AskedWords | None:
    rows = AskedWords.objects.filter(day=today)
    if not rows.filter(words=words).exists() and rows.count() >= MOST_ASKED_A_DAY:
        return None
    row, _ = AskedWords.objects.select_for_update().get_or_create(day=today, words=words)
    marks = row.marks.split()
    if mark in marks:
        return None
    row.askers += 1
    row.marks = " ".join([*marks, mark][:MOST_MARKS])
    row.save(update_fields=["askers", "marks"])
    return row


def forget_marks(*, today: date) -> int:
    """Whoever asked on a day that is over is not told apart any more."""
    return AskedWords.objects.filter(day__lt=today).exclude(marks="").update(marks="")


def report_week(*, monday: date, now: datetime) -> list[Message]:
    """Tell the editors of the district office on a Monday what was looked for in vain in the week before (I08)."""
    office, first = disclosure_office(), monday - timedelta(days=7)
    in_vain = queries.in_vain_between(first, monday - timedelta(days=1))
    if office is None or not in_vain:
        return []
    named = "、".join(f"“{one.words}”{one.askers} 次" for one in in_vain[:WORDS_IN_MESSAGE])
    return send_to_role(
        action="search.report",
        unit=office,
        subject=f"上周有 {len(in_vain)} 个词没有搜到结果",
        text=f"最多的是{named}。已经公开的，请补关键词；应当公开而没有的，请安排公开。",
        url=f"/workbench/searches/?week={first.isoformat()}",
        key=queries.report_key(monday),
        now=now,
    )


def without_personal_data(question: Question) -> str:
    """The words of a question that may be kept: no likely names, no figures but years and articles."""
    # A word of the table of meanings is no name, though the dictionary may take 养老 for one.
    names = {name for name in likely_name(question.typed) if not any(name in word for word in table())}
    has_address = "@" in question.typed

    def harmless(word: str) -> bool:
        if any(map(str.isdigit, word)) and not _HARMLESS_FIGURE.fullmatch(word):
            return False
        if has_address and word.isascii():
            return False
        return not any(name in word or word in name for name in names)

    kept = [term.word for term in question.terms if len(term.word) >= 2 and harmless(term.word)]
    return " ".join(sorted(kept)[:6])[:120]


def _write(docs: dict[str, SearchDoc], gone: list[str]) -> None:
    if gone:
        engine().delete(gone)
    if docs:
        engine().index(docs.values())


def _looked_up(
    jobs: list[IndexJob],
) -> tuple[dict[str, SearchDoc], list[str], list[tuple[IndexJob, Exception]]]:
    docs: dict[str, SearchDoc] = {}
    gone: list[str] = []
    failed: list[tuple[IndexJob, Exception]] = []
    for job in jobs:
        try:
            doc = queries.doc_of(job)
        except Exception as problem:  # noqa: BLE001 -- one broken record must not hold up the others
            failed.append((job, problem))
            continue
        if doc is None:
            gone.append(job.key)
        else:
            docs[job.key] = doc
    return docs, gone, failed


def _acknowledge(job: IndexJob, doc: SearchDoc | None, now: datetime) -> None:
    IndexJob.objects.filter(pk=job.pk, version=job.version, queued_at=job.queued_at).update(
        state=IndexJob.State.DONE,
        indexed_version=job.version,
        done_at=now,
        turns_on=_turning_day(doc, now) if doc else None,
        attempts=0,
        last_error="",
    )


def _postpone(job: IndexJob, problem: Exception, now: datetime) -> None:
    wait = min(timedelta(seconds=2 ** min(job.attempts + 1, 12)), LONGEST_WAIT)
    IndexJob.objects.filter(pk=job.pk).update(
        attempts=F("attempts") + 1,
        next_at=now + wait,
        last_error=f"{type(problem).__name__}: {problem}"[:300],
    )


def _turning_day(doc: SearchDoc, now: datetime) -> date | None:
    """The next day on which the record comes into force or is over."""
    today = legal_day(now)
    days = [doc.effective_on, doc.valid_until + timedelta(days=1) if doc.valid_until else None]
    return min((day for day in days if day is not None and day > today), default=None)
