"""A second reading of the law of periods, for tests only: it walks over the days one by one with a counter.

It takes nothing from ``gongkai.law`` and nothing from the rules of this station. Its holidays are a list of days of
its own (``golden/days.csv``: public calendars of 2019 to 2026, and for 2027 the days of 放假办法 from an almanac).
A case is written as text, one event after the other: ``asked 2021-10-12; corrected 2021-10-20``.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

GOLDEN = Path(__file__).resolve().parent / "golden"
FIRST_UNCERTAIN_YEAR = 2027
REPLY, MOST_EXTENSION, NOTICE, OPINION, CORRECTION, PAYMENT = 20, 20, 7, 15, 15, 30
# On one day events take effect in this order.
SAME_DAY = (
    *("third", "joint", "other", "reasons", "extend", "delay", "asked", "corrected", "fee", "paid"),
    *("answered", "withdrawn"),
)

with (GOLDEN / "days.csv").open(encoding="utf-8") as _file:
    _STATED = {date.fromisoformat(row["day"]): row["is"] == "work" for row in csv.DictReader(_file)}


@dataclass(frozen=True)
class Fact:
    """One event of a case: its word, its day, and the other days or the number that belong to it."""

    word: str
    on: date
    number: int = 0
    delivered: date | None = None
    answered: date | None = None


@dataclass
class Expected:
    """What the oracle makes of a case."""

    due: date | None = None
    uncertain: bool = False
    risk_due: date | None = None
    first_due: date | None = None
    notice_by: date | None = None
    correction_by: date | None = None
    payment_by: date | None = None
    opinions_by: list[date] = field(default_factory=list)
    counted: list[date] = field(default_factory=list)
    extended: int = 0
    waiting: str = ""


def worked(day: date) -> bool:
    assert 2019 <= day.year <= FIRST_UNCERTAIN_YEAR, f"the oracle has no list for {day}"
    return _STATED.get(day, day.isoweekday() < 6)


def days_after(day: date) -> Iterator[date]:
    return map(date.fromordinal, itertools.count(day.toordinal() + 1))


def nth_worked(start: date, number: int) -> date:
    return next(itertools.islice((day for day in days_after(start) if worked(day)), number - 1, None))


def thirty_days(start: date) -> date:
    last = date.fromordinal(start.toordinal() + PAYMENT)
    return next(day for day in itertools.chain([last], days_after(last)) if worked(day))


def read(text: str) -> list[Fact]:
    """``third 2021-10-12>2021-10-13>2021-10-28``, ``extend 20 2021-10-20``, ``delay 2022-01-10 2021-11-01``."""
    found = []
    for part in filter(None, (one.strip() for one in text.split(";"))):
        word, *rest = part.split()
        if word in ("third", "joint", "other"):
            sent, delivered, answered = (
                date.fromisoformat(one) if one else None for one in rest[0].split(">")
            )
            assert sent
            found.append(Fact(word, sent, delivered=delivered, answered=answered))
        elif word == "extend":
            found.append(Fact(word, date.fromisoformat(rest[1]), number=int(rest[0])))
        elif word == "delay":
            found.append(Fact(word, date.fromisoformat(rest[1]), answered=date.fromisoformat(rest[0])))
        else:
            found.append(Fact(word, date.fromisoformat(rest[0])))
    return found


def left_out(facts: list[Fact]) -> set[date]:
    """The days on which somebody is asked: each of them once, none after the party's fifteenth working day."""
    days: set[date] = set()
    for fact in facts:
        if fact.word in ("third", "joint", "other"):
            last = nth_worked(fact.delivered or fact.on, OPINION)
            last = min(last, fact.answered) if fact.answered else last
            days |= {date.fromordinal(n) for n in range(fact.on.toordinal() + 1, last.toordinal() + 1)}
    return days


def expect(received: date, facts: list[Fact]) -> Expected:
    """All dates of a case, by walking from the receipt to a day on which everything has happened."""
    facts = sorted(facts, key=lambda fact: (fact.on, SAME_DAY.index(fact.word)))
    ends = [fact.on for fact in facts if fact.word in ("answered", "withdrawn")]
    facts = [fact for fact in facts if not ends or fact.on <= min(ends)]
    walk = _Walk(received, facts)
    found = walk.run()
    found.first_due = nth_worked(received, REPLY)
    found.notice_by = nth_worked(received, NOTICE)
    for fact in facts:
        if fact.word == "asked" and fact in walk.seen:
            found.correction_by = nth_worked(fact.on, CORRECTION)
        if fact.word == "fee" and fact in walk.seen:
            found.payment_by = thirty_days(fact.on)
        if fact.word in ("third", "joint", "other"):
            found.opinions_by.append(nth_worked(fact.delivered or fact.on, OPINION))
    if walk.doubtful:
        other = expect(received, [fact for fact in facts if fact not in walk.doubtful])
        found.risk_due = other.risk_due or other.due
        found.risk_due = None if found.risk_due == found.due else found.risk_due
    return found


class _Walk:
    """The counter on its way over the days; a new start forgets what was counted."""

    def __init__(self, received: date, facts: list[Fact]) -> None:
        self.received, self.facts = received, facts
        self.gone = left_out(facts)
        self.counted: list[date] = []
        self.waiting: list[str] = []
        self.doubtful: list[Fact] = []
        self.seen: list[Fact] = []
        self.open: dict[str, Fact] = {}
        self.times_asked = self.extended = 0
        self.put_off: date | None = None
        self.ended = False

    def run(self) -> Expected:
        for fact in (one for one in self.facts if one.on == self.received):
            self.happens(fact)
        last = max((fact.on for fact in self.facts), default=self.received)
        for day in days_after(self.received):
            restarts = [fact for fact in self.facts if fact.on == day and self.happens(fact)]
            if not restarts and day not in self.gone and worked(day):
                self.counted.append(day)
            if day >= last and (self.waiting or len(self.counted) >= REPLY + self.extended):
                break
        due = None if self.waiting else self.last_day()
        return Expected(
            due=due,
            uncertain=bool(due and due.year >= FIRST_UNCERTAIN_YEAR),
            counted=self.all_counted(due) if due else [],
            extended=self.extended,
            waiting=self.waiting[0] if self.waiting else "",
        )

    def last_day(self) -> date | None:
        """The end of the period, or of the delay that the applicant was told; None where it is not reached yet."""
        need = REPLY + self.extended
        if len(self.counted) < need:
            return None
        due = self.counted[need - 1]
        if self.put_off and self.put_off > due:
            return next(
                day for day in itertools.chain([self.put_off], days_after(self.put_off)) if worked(day)
            )
        return due

    def all_counted(self, due: date) -> list[date]:
        counted = self.counted[: REPLY + self.extended]
        more = itertools.takewhile(lambda day: day <= due, days_after(counted[-1]))
        return [*counted, *(day for day in more if worked(day))]

    def over(self, day: date) -> bool:
        """Whether the period lies before the day; one that is stopped does not end."""
        last = self.last_day()
        return bool(last and not self.waiting and day > last)

    def happens(self, fact: Fact) -> bool:
        """True where the count begins anew with this day."""
        if self.ended:
            return False
        self.seen.append(fact)
        match fact.word:
            case "extend" if not self.over(fact.on):
                self.extended += min(fact.number, MOST_EXTENSION - self.extended)
            case "delay" if not self.over(fact.on):
                assert fact.answered
                self.put_off = max(self.put_off or fact.answered, fact.answered)
            case "asked":
                self.asks_correction(fact)
            case "fee":
                if self.over(fact.on):
                    self.doubtful.append(fact)
                self.open["fee"] = fact
                self.stop("fee")
            case "corrected":
                return self.begins_anew(fact, "asked")
            case "paid":
                return self.begins_anew(fact, "fee")
            case "answered" | "withdrawn":
                self.ended = True
        return False

    def asks_correction(self, fact: Fact) -> None:
        self.times_asked += 1
        if self.times_asked > 1 or fact.on > nth_worked(self.received, NOTICE):
            self.doubtful.append(fact)
            self.open.setdefault("asked", fact)
        else:
            self.open["asked"] = fact
        self.stop("asked")

    def stop(self, what: str) -> None:
        if what not in self.waiting:
            self.waiting.append(what)

    def begins_anew(self, fact: Fact, what: str) -> bool:
        asked = self.open.pop(what, None)
        if asked is None or asked in self.doubtful:
            self.doubtful.append(fact)
        if what in self.waiting:
            self.waiting.remove(what)
        self.counted = []
        return True
