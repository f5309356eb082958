"""Where it was searched before the office says that information does not exist."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from gongkai.foi import states
from gongkai.foi.actions.days import why_not_day
from gongkai.foi.actions.engine import advance, locked
from gongkai.foi.models import Case, SearchPlace, SearchRecord
from gongkai.foi.queries.who import Doer, deciding_unit, why_not_step
from gongkai.law.refusal import Refusal, Refused, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import can
from gongkai.trail.chain import record

ARTICLE = states.EVENTS["record_search"].basis
WHY = "the action checks the unit itself"


def why_not_record_search(
    *,
    case: Case,
    by: Doer,
    place: SearchPlace | None,
    terms: str,
    result: str,
    on: date | None,
    now: datetime,
) -> list[Refusal]:
    """Why this search cannot stand in the file."""
    found = why_not_step(case, "record_search", by)
    if place is None:
        found.append(Refusal("foi.no_place", ARTICLE, "没有选检索地点。请选在哪里查的。"))
    elif place.unit_id != deciding_unit(case, "record_search"):
        found.append(Refusal("foi.other_place", "", "这个检索地点是别的单位的。请选本单位的检索地点。"))
    for text, what in ((terms, "检索词"), (result, "检索结果")):
        if not text.strip():
            found.append(Refusal("foi.search_empty", ARTICLE, f"没有写{what}。请照实填写，便于复查。"))
    return found + why_not_day(case, on=on, now=now, what="检索")


@transaction.atomic
def record_search(
    *,
    case: Case,
    by: Doer,
    place: SearchPlace,
    terms: str,
    result: str,
    found: bool,
    on: date,
    now: datetime,
) -> SearchRecord:
    """Note where, with which words and with which outcome somebody looked (条例第三十六条第四项)."""
    case = locked(case)
    refuse_if(
        why_not_record_search(case=case, by=by, place=place, terms=terms, result=result, on=on, now=now)
    )
    assert by.person_id is not None
    row = SearchRecord._base_manager.create(
        case=case,
        unit_id=case.unit_id,
        place=place,
        terms=terms.strip()[:200],
        result=result.strip()[:200],
        found=found,
        on=on,
        by_id=by.person_id,
    )
    facts = {"row": row.pk, "place": place.pk, "found": found}
    advance(case, "record_search", by=by, now=now, on=on, facts=facts)
    return row


def why_not_change_places(*, unit: Unit, by: Actor, name: str = "（待填写）") -> list[Refusal]:
    """Why this person cannot keep the list of places of a unit."""
    found = []
    if not can(by, "foi.settings", unit.pk):
        text = "检索地点由本单位的信息员和审核人维护。请由他们办理。"
        found.append(Refusal("foi.role", "本平台权限规定", text))
    if not name.strip():
        found.append(Refusal("foi.no_name", "", "没有写检索地点的名称。例如：机关档案室、办公自动化系统。"))
    return found


@transaction.atomic
def add_place(*, unit: Unit, by: Actor, name: str, required: bool, now: datetime) -> SearchPlace:
    """Add a place that the unit must, or may, search."""
    refuse_if(why_not_change_places(unit=unit, by=by, name=name))
    try:
        with transaction.atomic():
            row = SearchPlace._base_manager.create(unit=unit, name=name.strip()[:80], required=required)
    except IntegrityError as twice:
        text = f"检索地点“{name.strip()}”已经有了。请换一个名称，或者启用原来的。"
        raise Refused([Refusal("foi.place_twice", "", text)]) from twice
    record(verb="foi.add_place", by=by, at=now, about=row, facts={"required": required})
    return row


@transaction.atomic
def change_place(
    *, place: SearchPlace, by: Actor, required: bool, active: bool, now: datetime
) -> SearchPlace:
    """Make a place required or not, in use or not; records of old searches keep it."""
    row = SearchPlace.objects.unscoped(WHY).select_related("unit").get(pk=place.pk)
    refuse_if(why_not_change_places(unit=row.unit, by=by))
    row.required, row.active = required, active
    row.save(update_fields=["required", "active"])
    record(verb="foi.change_place", by=by, at=now, about=row, facts={"required": required, "active": active})
    return row
