"""Questions to the index, and what the index should hold."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum
from django.utils.module_loading import import_string

from gongkai.gate.queries import Passage, known, personal
from gongkai.messaging.models import Message
from gongkai.publishing.models import Publication
from gongkai.search.engine import CURRENT_VERSION, engine, wish_rebuild
from gongkai.search.models import AskedWords, EmptyAnswer, IndexJob
from gongkai.search.ports import (
    FACETS,
    NO_FILTERS,
    Filters,
    Found,
    SearchDoc,
    Suggestion,
    Unusable,
    Visibility,
)
from gongkai.search.rules import nearby
from gongkai.search.rules.clauses import clause_for
from gongkai.search.rules.extract import marked
from gongkai.search.rules.popular import MOST_SHOWN, Asked, asked_by_many, first_day
from gongkai.search.rules.question import Question, read
from gongkai.search.rules.synonyms import same_meaning, table

# Who can say how a record looks in the index: a query of an upstream station by the record's id, or None
# when the record is not (or no longer) to be found. Its answer bears the field names of SearchDoc.
SOURCES: dict[str, str] = {
    "publication": "gongkai.publishing.queries.index_doc",
    "record_list": "gongkai.records.queries.index_list",
    "record": "gongkai.records.queries.index_row",
}
PATIENCE = timedelta(seconds=10)
TITLES = 3000
MOST_SUMMED = 1500
_FIELDS = {field.name for field in dataclasses.fields(SearchDoc)}


@dataclass(frozen=True, slots=True)
class Answer:
    """A question as it was understood, and one page of what was found."""

    question: Question
    found: Found


@dataclass(frozen=True, slots=True)
class Quoted:
    """An article, and one of its paragraphs in pieces with whether each is marked."""

    article: str
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """How far the index is behind: ``caught_up`` is what ``/ready`` asks for."""

    usable: bool
    waiting: int
    oldest: datetime | None
    failing: int
    caught_up: bool


def search(
    typed: str,
    *,
    visibility: Visibility,
    today: date,
    filters: Filters = NO_FILTERS,
    sort: str = "relevance",
    page: int = 1,
    size: int = 20,
    only_these_words: bool = False,
    facets: tuple[str, ...] = FACETS,
) -> Answer:
    """Answer what somebody typed; any text is a question, none is an error. Pages beyond the last are the last.

    Raises ``Unusable`` while there is no index; the indexer is asked to build it.
    """
    question = read(typed, only_these_words=only_these_words)
    with _asking_for_an_index():
        found = engine().query(
            question,
            visibility=visibility,
            filters=filters,
            facets=facets,
            sort=sort,
            page=page,
            size=size,
            today=today,
        )
    return Answer(question, found)


def suggest(prefix: str, *, visibility: Visibility, limit: int = 8) -> tuple[Suggestion, ...]:
    """Titles that hold what was typed so far."""
    with _asking_for_an_index():
        return engine().suggest(prefix, visibility=visibility, limit=limit)


def quoted(answer: Answer, *, title: str, text: str) -> Quoted | None:
    """The one paragraph under an article of a paper that answers the question by itself, its words marked."""
    found = clause_for(answer.question, title=title, lines=text.split("\n"))
    return Quoted(found.article, marked(found.text, answer.question.marked)) if found else None


def meant(typed: str) -> tuple[str, ...]:
    """What somebody may have meant who found nothing: by the words of the newest public titles, no log of questions."""
    live = Publication.objects.unscoped("titles that are in public").filter(state=Publication.State.LIVE)
    stamp = live.aggregate(newest=Max("published_at"), count=Count("pk"))
    return nearby.meant(typed, _vocabulary(stamp["newest"], stamp["count"]))


@lru_cache(maxsize=1)
def _vocabulary(newest: datetime | None, count: int) -> nearby.Vocabulary:
    """Made anew when something was published or withdrawn since."""
    live = Publication.objects.unscoped("titles that are in public").filter(state=Publication.State.LIVE)
    titles = live.order_by("-published_at").values_list("title", flat=True)[:TITLES]
    words = [word for title in titles for word in nearby.words_in(title)]
    return nearby.vocabulary([*words, *(word for known in table() for word in nearby.words_in(known))])


@contextlib.contextmanager
def _asking_for_an_index() -> Iterator[None]:
    try:
        yield
    except Unusable:
        wish_rebuild()
        raise


def doc_of(job: IndexJob) -> SearchDoc | None:
    """The record as it is to be found now; ``None`` when it is to be gone."""
    source: Callable[[int], Any] = import_string(SOURCES[job.source])
    row = source(job.record_id)
    if row is None:
        return None
    given = (
        row if isinstance(row, dict) else {name: getattr(row, name) for name in _FIELDS if hasattr(row, name)}
    )
    values = {name: value for name, value in given.items() if name in _FIELDS and value is not None}
    return SearchDoc(**values | {"key": job.key, "version": job.version})


def every_doc(failed: list[int]) -> Iterator[SearchDoc]:
    """All records that are to be found, for building the index anew; jobs of records that fail go to ``failed``."""
    for job in IndexJob.objects.order_by("pk").iterator(chunk_size=500):
        try:
            doc = doc_of(job)
        except Exception:  # noqa: BLE001 -- the others are not to wait for it
            failed.append(job.pk)
            continue
        if doc is not None:
            yield doc


def waiting(now: datetime) -> QuerySet[IndexJob]:
    """Jobs whose time has come, oldest first."""
    return IndexJob.objects.filter(state=IndexJob.State.WAITING, next_at__lte=now).order_by("next_at", "pk")


def turned(today: date) -> QuerySet[IndexJob]:
    """Records whose validity changes with this day: they come into force or end."""
    return IndexJob.objects.filter(turns_on__lte=today)


def status(now: datetime) -> IndexStatus:
    """How far the index is behind what is published."""
    usable = engine().version() == CURRENT_VERSION
    rows = IndexJob.objects.filter(state=IndexJob.State.WAITING)
    oldest = rows.order_by("queued_at").values_list("queued_at", flat=True).first()
    behind = oldest is not None and now - oldest > PATIENCE
    # Nothing was ever to be found here: an index that does not exist yet lacks nothing.
    needed = usable or not IndexJob.objects.exists()
    return IndexStatus(
        usable=usable,
        waiting=rows.count(),
        oldest=oldest,
        failing=rows.filter(attempts__gt=0).count(),
        caught_up=needed and not behind,
    )


def caught_up(now: datetime) -> bool:
    """Whether what was published more than a few seconds ago can be found, and what was withdrawn cannot."""
    return status(now).caught_up


def empty_answers(*, since: date, limit: int = 100) -> QuerySet[EmptyAnswer]:
    """Words that found nothing, most frequent first: what people look for and the district does not offer."""
    return EmptyAnswer.objects.filter(day__gte=since).order_by("-times", "words")[:limit]


def asked_between(first: date, last: date, *, limit: int = MOST_SUMMED) -> list[Asked]:
    """Words that found something in these days, summed, most frequent first. One query."""
    rows = AskedWords.objects.filter(day__range=(first, last)).values("words")
    summed = rows.annotate(sum=Sum("askers"), days=Count("day")).order_by("-sum", "words")[:limit]
    return [Asked(row["words"], row["sum"], row["days"]) for row in summed]


def in_vain_between(first: date, last: date, *, limit: int = MOST_SUMMED) -> list[Asked]:
    """Words that found nothing in these days, summed, most frequent first. One query."""
    rows = EmptyAnswer.objects.filter(day__range=(first, last)).values("words")
    summed = rows.annotate(sum=Sum("times"), days=Count("day")).order_by("-sum", "words")[:limit]
    return [Asked(row["words"], row["sum"], row["days"]) for row in summed]


def popular(*, today: date, limit: int = MOST_SHOWN) -> tuple[Asked, ...]:
    """What many different visitors looked for and found in the last 30 days; nothing that may name a person.

    The words were freed of names and figures when they were counted; what the rules of the gate know of personal
    data by now is held against them once more before they stand in public. At most three queries.
    """
    found = asked_by_many(asked_between(first_day(today), today))[: 3 * limit]
    if not found:
        return ()
    hit = {one.where for one in personal.find([Passage(one.words, one.words) for one in found], known())}
    return tuple(one for one in found if one.words not in hit)[:limit]


def report_key(monday: date) -> str:
    """The occasion of a week's report."""
    return f"search.week:{monday.isoformat()}"


def report_waits(monday: date) -> bool:
    """Whether the week before this Monday has something to report that nobody was told yet."""
    week = EmptyAnswer.objects.filter(day__range=(monday - timedelta(days=7), monday - timedelta(days=1)))
    told = Message.objects.unscoped("whether anybody was told").filter(key=report_key(monday))
    return week.exists() and not told.exists()


def terms_of(words: str) -> tuple[tuple[str, ...], ...]:
    """The words of a counted question, each with those that mean the same, for comparing them with a text."""
    return tuple((word, *same_meaning(word)) for word in words.split())
