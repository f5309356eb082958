"""Who may decide about somebody's work: never its author, a deputy only while the other is absent. Pure.

Holds features X01 and C15: the same person does not write, review and issue; a unit of two people gets its
third eye from the district's disclosure office.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from gongkai.law.refusal import Refusal

HOUSE = "三审制度：起草、审核、签发人员分离"


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


def separation(
    *, who: int, authors: Collection[int], reviewers: Collection[int] = (), instead_of: int | None = None
) -> list[Refusal]:
    """Why this person may not review or issue: he wrote it, or he reviewed it before.

    ``instead_of`` is the absent person for whom he decides; that one's authorship counts as his.
    """
    hands = {who} if instead_of is None else {who, instead_of}
    refusals = []
    if hands & set(authors):
        refusals.append(
            Refusal(
                "orgs.own_work",
                HOUSE,
                "起草人不能审核或签发自己的文稿（代理他人时也一样）。请由本单位其他有权限的同事办理。",
            )
        )
    if hands & set(reviewers):
        refusals.append(
            Refusal(
                "orgs.reviewed_before",
                HOUSE,
                "同一文稿的前一道审核由您办理，不能再由您签发。请由本单位负责人或其代理人办理。",
            )
        )
    return refusals


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


def why_not_small_unit(people: int, *, is_small: bool) -> list[Refusal]:
    """Why a unit with so few people cannot issue by itself: three hands are needed."""
    if people >= 3 or is_small:
        return []
    return [
        Refusal(
            "orgs.too_few",
            HOUSE,
            "本单位不足三人，不能分别起草、审核、签发。请由区政务公开主管部门把本单位设为两人单位，由其签发。",
        )
    ]
