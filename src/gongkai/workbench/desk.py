"""My desk: everything a person must do, soonest first, in four groups, with the reason beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from gongkai.kernel.desk import DeskItem, Found, WaitingItem
from gongkai.law.calendar import WorkCalendar
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Person
from gongkai.workbench import stations

OVERDUE, TODAY, WEEK, LATER = "已逾期", "今天", "本周", "以后"
PRIMARY_BUTTONS = 3
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Line:
    """A desk item as it is drawn: its light, the words for its due day, whether its button is a main one."""

    item: DeskItem
    light: str
    due_words: str
    rest_words: str
    primary: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One of the four groups of the desk."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Ring:
    """How many things wait behind an entry of the rail, and how many of them are overdue."""

    count: int
    overdue: int


def tasks(actor: Actor, today: date) -> list[DeskItem]:
    """What all stations have for this person, soonest first, undated last.

    What is his only because he stands in for somebody names that colleague (feature C15).
    """
    found = _all_tasks(actor, today)
    absent = dict.fromkeys(held.instead_of for held in actor.held if held.instead_of is not None)
    if absent:
        found = _marked(found, actor, list(absent), today)
    return sorted(found, key=lambda item: (item.due or date.max, item.title))


def _all_tasks(actor: Actor, today: date) -> list[DeskItem]:
    return [item for part in _each("tasks_for") for item in part(actor, today)]


def _marked(found: list[DeskItem], actor: Actor, absent: list[int], today: date) -> list[DeskItem]:
    """The items with the name of the colleague whose they are; asked of the stations once for each absent."""
    names = dict(Person.objects.filter(pk__in=absent).values_list("pk", "name"))
    own = {item.url for item in _all_tasks(_holding(actor, None), today)}
    whose: dict[str, str] = {}
    for pk in absent:
        for item in _all_tasks(_holding(actor, pk), today):
            if item.url not in own:
                whose.setdefault(item.url, names.get(pk, ""))
    return [replace(item, instead_of=whose.get(item.url, "")) for item in found]


def _holding(actor: Actor, absent: int | None) -> Actor:
    """The same person with his own roles, and those of one absent colleague.

    Field by field, because the actor of a request is only a promise of one until it is asked.
    """
    return Actor(
        person_id=actor.person_id,
        name=actor.name,
        unit_id=actor.unit_id,
        unit_name=actor.unit_name,
        held=tuple(held for held in actor.held if held.instead_of in (None, absent)),
        below=actor.below,
    )


def waiting(actor: Actor, today: date) -> list[WaitingItem]:
    """What this person sent to others, newest first."""
    found = [item for part in _each("waiting_for") for item in part(actor, today)]
    return sorted(found, key=lambda item: (item.done, -(item.since.timestamp() if item.since else 0)))


def finds(actor: Actor, text: str, limit: int) -> list[Found]:
    """Hits of all stations for the words in the top bar; each station answers within its wall."""
    return [hit for part in _each("finds") for hit in part(actor, text, limit)]


def rings(items: Iterable[DeskItem], today: date) -> dict[str, Ring]:
    """Counts by rail entry; the empty key is the whole desk."""
    counted: dict[str, Ring] = {}
    for item in items:
        late = int(item.due is not None and item.due < today)
        for key in {"", item.rail}:
            before = counted.get(key, Ring(0, 0))
            counted[key] = Ring(before.count + 1, before.overdue + late)
    return counted


def groups(items: Iterable[DeskItem], today: date, calendar: WorkCalendar) -> list[Group]:
    """The items in 已逾期, 今天, 本周, 以后; empty groups are left out."""
    lines: dict[str, list[Line]] = {OVERDUE: [], TODAY: [], WEEK: [], LATER: []}
    for at, item in enumerate(items):
        lines[_group(item.due, today)].append(_line(item, today, calendar, primary=at < PRIMARY_BUTTONS))
    return [Group(title, tuple(found)) for title, found in lines.items() if found]


def headline(name: str, count: int, urgent: int) -> str:
    """The answer of the page in one line."""
    if not count:
        return f"{name}，今天没有到期的事"
    return f"{name}，今天先做这 {min(urgent or count, PRIMARY_BUTTONS)} 件"


def _group(due: date | None, today: date) -> str:
    if due is None:
        return LATER
    if due < today:
        return OVERDUE
    if due == today:
        return TODAY
    return WEEK if due <= today + timedelta(days=6 - today.weekday()) else LATER


def _line(item: DeskItem, today: date, calendar: WorkCalendar, *, primary: bool) -> Line:
    due = item.due
    if due is None:
        return Line(item, "idle", "没有期限", "", primary)
    if due < today:
        return Line(item, "late", f"逾期 {(today - due).days} 天", f"应于 {due:%m-%d}", primary)
    if due == today:
        return Line(item, "soon", f"今天 {item.due_time}".strip(), "今天到期", primary)
    rest = calendar.workdays_between(today, due)
    words = f"{due:%m-%d} 周{WEEKDAYS[due.weekday()]}"
    if due.year != today.year:
        words = f"{due:%Y}-{words}"
    return Line(item, "soon" if rest <= 1 else "ok", words, f"还有 {rest} 个工作日", primary)


def _each(name: str) -> list:
    return [getattr(module, name) for module in stations.modules() if hasattr(module, name)]
