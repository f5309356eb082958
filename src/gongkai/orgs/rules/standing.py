"""Who stands in for whom (feature C15): a deputy only while the other is absent, never in a circle. Pure.

That nobody reviews his own work, also as a deputy, and that a unit of two people issues with the district
office as third eye, is held by ``review.rules``.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from gongkai.law.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Absence:
    """A person is away on these days and another has his tasks."""

    person: int
    deputy: int
    first_day: date
    last_day: date

    def covers(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


def stand_ins(person: int, absences: Collection[Absence], day: date) -> frozenset[int]:
    """Who has this person's tasks on that day; nobody while he is there.

    A deputy's own absence does not pass the task on: nobody stands in twice, the unit names another.
    """
    return frozenset(one.deputy for one in absences if one.person == person and one.covers(day))


def why_not_be_absent(
    *, person: int, deputy: int, first_day: date, last_day: date, others: Collection[Absence], today: date
) -> list[Refusal]:
    """Why this absence cannot be entered: no period, past, the same person, or two who wait for each other."""
    found = []
    if last_day < first_day:
        found.append(Refusal("orgs.leave_period", "", "最后一天早于第一天。请核对两个日期。"))
    if last_day < today:
        found.append(Refusal("orgs.leave_past", "", "这段请假已经过去，不能补登。请填写今天或以后的日期。"))
    if person == deputy:
        found.append(Refusal("orgs.leave_self", "", "代理人不能是请假人自己。请另选一位同事。"))
    for other in others:
        if other.first_day > last_day or other.last_day < first_day:
            continue
        if other.person == person:
            found.append(
                Refusal(
                    "orgs.leave_twice",
                    "",
                    f"{other.first_day}至{other.last_day}已登记请假。请先撤销或改期。",
                )
            )
        if other.person == deputy:
            found.append(
                Refusal(
                    "orgs.deputy_absent",
                    "",
                    f"代理人在{other.first_day}至{other.last_day}也请假。请另选一位在岗的同事。",
                )
            )
        if other.deputy == person:
            found.append(
                Refusal(
                    "orgs.is_deputy",
                    "",
                    f"{other.first_day}至{other.last_day}您正代理他人。请先为那位同事另选代理人。",
                )
            )
    return found
