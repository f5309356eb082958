"""Topics of a quarter as pages, desk and report show them; who sees cases only as numbers sees no applicant here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from gongkai.foi import states
from gongkai.foi.models import Case, Topic, TopicCase
from gongkai.foi.queries.results import result_label
from gongkai.foi.rules import topic_steps, topics
from gongkai.foi.rules.dispositions import DISPOSITIONS
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Person, Unit
from gongkai.orgs.queries import who_may
from gongkai.orgs.wall import can, visible

WHY = "the topics of a unit follow from all of its requests"
QUARTERS_BACK = 4
MOST_WANTED = 5000
MADE_PUBLIC = (topic_steps.PUBLISHED, topic_steps.TOLD)


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic in the list: how many asked, with which results, whether it may become public."""

    topic: Topic
    requests: int
    askers: int
    results: tuple[tuple[str, int], ...]
    may_become_public: bool


@dataclass(frozen=True, slots=True)
class Conversion:
    """How far the topics of a year have come. ``rate`` is the share of all topics that are public now."""

    found: int
    undecided: int
    accepted: int
    declined: int
    public: int

    @property
    def rate(self) -> float | None:
        return self.public / self.found if self.found else None


@dataclass(frozen=True, slots=True)
class Request:
    """One request of a topic. ``title`` and ``case`` are empty for whoever may not see the case."""

    number: str
    title: str
    result: str
    month: date
    case_id: int | None
    told: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request as a sign of what people want: ``words`` name its subject, no person and no number.

    ``text`` is only there to be compared; it is never shown.
    """

    case_id: int
    number: str
    words: str
    on: date
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class QuarterCount:
    """Requests on a topic in one quarter, before or after its publication; ``now``: it is not over yet."""

    label: str
    count: int
    after: bool
    now: bool


def wishes(unit: Unit, quarter: topics.Quarter) -> list[topics.Wish]:
    """The requests of a unit that came in a quarter, without those of topics that were already decided."""
    decided = TopicCase.objects.unscoped(WHY).exclude(topic__state=topic_steps.PROPOSED).values("case_id")
    rows = _requests(unit).filter(arrived_on__range=(quarter.first, quarter.last)).exclude(pk__in=decided)
    fields = ("pk", "title", "content", "applicant__identity_digest", "disposition")
    return [
        topics.Wish(pk, f"{title}\n{content}", who or f"case {pk}", row_of(code))
        for pk, title, content, who, code in rows.values_list(*fields)
    ]


def lines(
    actor: Actor, *, year: int, quarter: int | None = None, unit: Unit | None = None
) -> list[TopicLine]:
    """Topics that the actor may see, the largest first; three queries for any number."""
    rows = visible(Topic, actor).filter(year=year)
    if quarter:
        rows = rows.filter(quarter=quarter)
    if unit is not None:
        rows = rows.filter(unit=unit)
    listed = list(rows.select_related("unit", "owner"))
    counted = _results([one.pk for one in listed])
    found = [_line(one, *counted.get(one.pk, (Counter(), set()))) for one in listed]
    return sorted(found, key=lambda one: (-one.topic.quarter, -one.requests, one.topic.pk))


def line(topic: Topic) -> TopicLine:
    """One topic as the list shows it."""
    return _line(topic, *_results([topic.pk]).get(topic.pk, (Counter(), set())))


def conversion(actor: Actor, *, year: int, unit: Unit | None = None) -> Conversion:
    """How many topics of a year were found, decided, made public."""
    rows = visible(Topic, actor).filter(year=year)
    if unit is not None:
        rows = rows.filter(unit=unit)
    times = dict(rows.order_by().values_list("state").annotate(times=Count("pk")))
    public = sum(times.get(state, 0) for state in MADE_PUBLIC)
    return Conversion(
        found=sum(times.values()),
        undecided=times.get(topic_steps.PROPOSED, 0),
        accepted=times.get(topic_steps.ACCEPTED, 0),
        declined=times.get(topic_steps.DECLINED, 0),
        public=public,
    )


def requests_of(topic: Topic, actor: Actor) -> list[Request]:
    """The requests behind a topic; their titles and pages only for whoever may see the cases."""
    open_to_actor = can(actor, "foi.view", topic.unit_id)
    rows = TopicCase.objects.unscoped("the caller has the topic").filter(topic=topic).select_related("case")
    return [
        Request(
            number=row.case.number if open_to_actor else f"第 {at} 件",
            title=row.case.title if open_to_actor else "",
            result=result_label(row.case.disposition) if row.case.disposition else "办理中",
            month=row.case.arrived_on.replace(day=1),
            case_id=row.case_id if open_to_actor else None,
            told=row.get_told_display(),
        )
        for at, row in enumerate(rows.order_by("case__arrived_on", "pk"), 1)
    ]


def wanted(actor: Actor, *, first: date, last: date, limit: int = MOST_WANTED) -> list[Wanted]:
    """The requests of these days that the actor may see, newest first, without anything of the applicant."""
    rows = visible(Case, actor).filter(kind=Case.Kind.REQUEST, arrived_on__range=(first, last))
    rows = rows.exclude(state=states.VOID).select_related("unit").order_by("-arrived_on", "-pk")
    return [
        Wanted(
            case.pk,
            case.number,
            " ".join(sorted(topics.words_of(case.title), key=case.title.find)),
            case.arrived_on,
            case.unit.short_name,
            case.title,
        )
        for case in rows.only("number", "title", "arrived_on", "unit__short_name")[:limit]
    ]


def by_quarter(topic: Topic, *, today: date) -> list[QuarterCount]:
    """Requests of the unit on this topic, quarter by quarter from a year before it until now."""
    start = topics.Quarter(topic.year, topic.quarter)
    for _ in range(QUARTERS_BACK - 1):
        start = start.before()
    held = Q()
    for word in topic.words:
        held |= Q(title__contains=word) | Q(content__contains=word)
    rows = _requests(topic.unit).filter(arrived_on__gte=start.first)
    counted: Counter[topics.Quarter] = Counter()
    if topic.words:
        for title, content, day in rows.filter(held).values_list("title", "content", "arrived_on"):
            if topics.belongs(f"{title}\n{content}", topic.words):
                counted[topics.Quarter.of(day)] += 1
    found, at, now = [], start, topics.Quarter.of(today)
    while at.first <= now.first:
        after = topic.published_on is not None and at.first > topic.published_on
        found.append(QuarterCount(at.label, counted[at], after, at == now))
        at = at.after()
    return found


def effect_of(topic: Topic, counts: list[QuarterCount]) -> topics.Effect | None:
    """Before and after in words; nothing to say while the topic is not public. A quarter under way is left out."""
    if topic.published_on is None:
        return None
    return topics.effect(
        [one.count for one in counts if not one.after and not one.now],
        [one.count for one in counts if one.after and not one.now],
    )


def topics_to_follow(actor: Actor) -> QuerySet[Topic]:
    """Topics whose next step is this person's own: to make public, or to tell."""
    rows = visible(Topic, actor, "foi.follow_topic").filter(owner=actor.person_id)
    rows = rows.filter(state__in=(topic_steps.ACCEPTED, topic_steps.PUBLISHED))
    found: QuerySet[Topic] = rows.select_related("unit", "document").order_by("due_on", "pk")
    return found


def topics_to_decide(actor: Actor) -> QuerySet[Topic]:
    """Topics that wait for a decision of this person's unit."""
    rows = visible(Topic, actor, "foi.decide_topic").filter(state=topic_steps.PROPOSED)
    found: QuerySet[Topic] = rows.select_related("unit").order_by("-year", "-quarter", "pk")
    return found


def owners(unit: Unit, *, today: date) -> list[Person]:
    """Who may follow a topic of this unit to its publication."""
    return who_may("foi.follow_topic", unit, on=today)


def row_of(code: str) -> str:
    """The row of 表三 for a result; empty while there is none."""
    return DISPOSITIONS[code].row if code in DISPOSITIONS else ""


def _requests(unit: Unit) -> QuerySet[Case]:
    rows = Case.objects.unscoped(WHY).filter(unit=unit, kind=Case.Kind.REQUEST)
    found: QuerySet[Case] = rows.exclude(state=states.VOID).order_by("pk")
    return found


def _results(keys: list[int]) -> dict[int, tuple[Counter[str], set[str]]]:
    found: dict[int, tuple[Counter[str], set[str]]] = {}
    rows = TopicCase.objects.unscoped("the caller has the topics").filter(topic__in=keys)
    fields = ("topic_id", "case_id", "case__disposition", "case__applicant__identity_digest")
    for key, case, code, who in rows.order_by().values_list(*fields):
        counted, askers = found.setdefault(key, (Counter(), set()))
        counted[code] += 1
        askers.add(who or f"case {case}")
    return found


def _line(topic: Topic, counted: Counter[str], askers: set[str]) -> TopicLine:
    by_row: Counter[str] = Counter()
    for code, times in counted.items():
        by_row[row_of(code)] += times
    shown = [(result_label(code) if code else "办理中", times) for code, times in counted.most_common()]
    return TopicLine(
        topic, sum(counted.values()), len(askers), tuple(shown), topics.may_become_public(by_row)
    )
