"""A column is opened, changed, closed; its duty passes from person to person (A13, C12)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.catalogue.queries import ITEM_BY_CODE
from gongkai.columns import queries
from gongkai.columns.models import Column
from gongkai.columns.rules.definition import definition_refusals
from gongkai.events.site import PartChanged
from gongkai.kernel.clock import legal_day
from gongkai.kernel.outbox import emit
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Person, Unit
from gongkai.orgs.wall import can
from gongkai.trail.chain import SYSTEM, SystemActor, record

By = Actor | SystemActor
PART = "columns"
FIELDS = (
    "name", "description", "parent", "order", "owner", "post", "person", "deputy", "upkeep", "cycle_days", "tag_type",
    "keywords", "fields", "shared", "record_type", "catalogue_item",
)  # fmt: skip
DUTY = "岗位责任制"


def why_not_open(*, given: Mapping[str, Any], by: By) -> list[Refusal]:
    """Why this column cannot be opened."""
    code = str(given.get("code", ""))
    found = _why_not(given, by, column=None)
    if Column.objects.filter(code=code).exists():
        found.append(
            Refusal("columns.code_taken", "", f"代码“{code}”已经有专栏用了。请换一个，或者留空由系统编号。")
        )
    return found


@transaction.atomic
def open_column(
    *, given: Mapping[str, Any], by: By, now: datetime, pack: str = "", owner_word: str = ""
) -> Column:
    """Open a column; its public page stands at once, also without a record."""
    values = {**given, "code": given.get("code") or queries.free_code()}
    refuse_if(why_not_open(given=values, by=by))
    column = Column(code=values["code"], pack=pack, owner_word=owner_word, opened_on=legal_day(now))
    _fill(column, values)
    column.save()
    column.matters.set(values.get("matters") or [])
    record(verb="columns.open", by=by, at=now, about=column, facts={"owner": column.owner_id, "pack": pack})
    _tell(column)
    return column


def why_not_change(*, column: Column, given: Mapping[str, Any], by: By) -> list[Refusal]:
    """Why a column cannot be changed so."""
    found = _why_not(
        {**{name: getattr(column, name) for name in FIELDS}, "code": column.code, **given}, by, column
    )
    if not _may(by, column.owner):
        found.append(_not_yours(column.owner))
    return found


@transaction.atomic
def change_column(*, column: Column, given: Mapping[str, Any], by: By, now: datetime) -> Column:
    """Change a column; its address stays."""
    column = Column.objects.select_for_update(of=("self",)).select_related("owner").get(pk=column.pk)
    refuse_if(why_not_change(column=column, given=given, by=by))
    before = {name: getattr(column, name) for name in FIELDS}
    _fill(column, given)
    changed = sorted(name for name in FIELDS if before[name] != getattr(column, name))
    column.save()
    if "matters" in given:
        column.matters.set(given["matters"] or [])
    record(verb="columns.change", by=by, at=now, about=column, facts={"fields": changed})
    _tell(column)
    return column


def why_not_close(*, column: Column, by: By) -> list[Refusal]:
    """Why a column cannot be closed."""
    found = [] if _may(by, column.owner) else [_not_yours(column.owner)]
    if column.status == Column.Status.CLOSED:
        found.append(Refusal("columns.closed", "", "这个专栏已经停用。"))
    if any(True for _ in queries.children_of(column)):
        found.append(Refusal("columns.has_children", "", "下面还有在用的专栏。请先停用或者移走下级专栏。"))
    return found


@transaction.atomic
def close_column(*, column: Column, by: By, now: datetime) -> Column:
    """Close a column: its page and its records keep their addresses, nothing new comes in, nobody is reminded."""
    column = Column.objects.select_for_update(of=("self",)).select_related("owner").get(pk=column.pk)
    refuse_if(why_not_close(column=column, by=by))
    column.status, column.closed_on = Column.Status.CLOSED, legal_day(now)
    column.save(update_fields=["status", "closed_on"])
    record(verb="columns.close", by=by, at=now, about=column)
    _tell(column)
    return column


@transaction.atomic
def reopen_column(*, column: Column, by: By, now: datetime) -> Column:
    """Take a closed column into use again."""
    column = Column.objects.select_for_update(of=("self",)).select_related("owner").get(pk=column.pk)
    refuse_if([] if _may(by, column.owner) else [_not_yours(column.owner)])
    column.status, column.closed_on = Column.Status.OPEN, None
    column.save(update_fields=["status", "closed_on"])
    record(verb="columns.reopen", by=by, at=now, about=column)
    _tell(column)
    return column


@transaction.atomic
def pass_on(*, person: Person, to: Person, by: By, now: datetime) -> int:
    """Every column that a person answers for by name passes to a colleague (C12). Part of ``orgs.hand_over``."""
    kept = queries.columns_kept_by(person)
    for column in kept:
        if column.person_id == person.pk:
            column.person = to
            if column.deputy_id == to.pk:
                column.deputy = None
        elif column.person_id == to.pk:
            column.deputy = None
        else:
            column.deputy = to
        column.save(update_fields=["person", "deputy"])
        record(verb="columns.pass_on", by=by, at=now, about=column, facts={"from": person.pk, "to": to.pk})
    return len(kept)


def _why_not(given: Mapping[str, Any], by: By, column: Column | None) -> list[Refusal]:
    owner: Unit | None = given.get("owner")
    parent: Column | None = given.get("parent")
    depth = queries.depth_under(parent, column=column)
    found = definition_refusals(
        name=str(given.get("name", "")), code=str(given.get("code", "")), upkeep=str(given.get("upkeep", "")),
        cycle_days=given.get("cycle_days"), tag_type=str(given.get("tag_type", "")), depth=depth or 1,
    )  # fmt: skip
    if depth is None:
        found.append(Refusal("columns.ring", "", "上级专栏不能是它自己或者它的下级。请另选上级。"))
    if owner is None:
        found.append(Refusal("columns.no_owner", DUTY, "没有选责任单位。请选由谁保障这个专栏。"))
        return found
    if not _may(by, owner):
        found.append(_not_yours(owner))
    if not owner.active:
        found.append(Refusal("columns.owner_gone", "", f"{owner.short_name}已经撤并。请选承接的单位。"))
    return found + _why_not_people(given, owner)


def _why_not_people(given: Mapping[str, Any], owner: Unit) -> list[Refusal]:
    found = []
    post, person, deputy = given.get("post"), given.get("person"), given.get("deputy")
    if post is not None and post.unit_id != owner.pk:
        found.append(Refusal("columns.post", DUTY, "责任岗位不在责任单位。请选责任单位的岗位。"))
    for one, label in ((person, "责任人"), (deputy, "替岗人")):
        if one is not None and (one.unit_id != owner.pk or not one.is_active):
            found.append(Refusal("columns.person", DUTY, f"{label}要是责任单位在岗的人。请另选。"))
    if person is not None and deputy is not None and person.pk == deputy.pk:
        found.append(
            Refusal("columns.same_person", "AB角制度", "责任人和替岗人不能是同一个人。请另选替岗人。")
        )
    item = given.get("catalogue_item")
    if item and item not in ITEM_BY_CODE:
        found.append(Refusal("columns.item", "条例第二十条", "没有这一项法定目录。请从列表里选。"))
    return found


def _fill(column: Column, given: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in given:
            setattr(column, name, given[name])


def _may(by: By, owner: Unit) -> bool:
    return by is SYSTEM or (isinstance(by, Actor) and can(by, "columns.keep", owner.pk))


def _not_yours(owner: Unit) -> Refusal:
    text = f"您没有为{owner.short_name}设立、修改专栏的权限。请联系该单位信息员或者区政务公开主管部门。"
    return Refusal("wall.columns", "平台规则", text)


def _tell(column: Column) -> None:
    emit(PartChanged(PART, column.code))
    emit(PartChanged(PART, "index"))
