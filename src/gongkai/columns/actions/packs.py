"""Column packs: installed without emptying anything, uninstalled where nothing was recorded (A23, A27)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from gongkai.columns import queries
from gongkai.columns.actions.keeping import PART, By, close_column, open_column
from gongkai.columns.models import Column, ColumnPack
from gongkai.columns.rules.packs import Pack
from gongkai.events.site import PartChanged
from gongkai.kernel.outbox import emit
from gongkai.law.refusal import Refusal, Refused, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Post, Unit
from gongkai.orgs.wall import can
from gongkai.trail.chain import SYSTEM, record


def why_not_install(*, plan: queries.InstallPlan, by: By) -> list[Refusal]:
    """Why a pack cannot be installed."""
    found = _not_granted(by)
    for word in plan.unknown_owners:
        text = f"不知道“{word}”是本区哪个单位。请选定责任单位后再安装。"
        found.append(Refusal("columns.unknown_owner", "岗位责任制", text))
    return found


@transaction.atomic
def install(
    *,
    pack: Pack,
    by: By,
    now: datetime,
    chosen: Mapping[str, Unit] | None = None,
    unit: Unit | None = None,
) -> list[Column]:
    """Open the columns of a pack. A column that is there already is left as it is, with all that stands in it."""
    if pack.each and unit is None:
        refuse_if([Refusal("columns.no_unit", "", "这个专栏包逐个单位安装。请选为哪些单位安装。")])
    plan = queries.plan_for(pack, chosen=chosen, unit=unit)
    refuse_if(why_not_install(plan=plan, by=by))
    ColumnPack.objects.get_or_create(
        code=pack.code,
        defaults={
            "name": pack.name, "description": pack.description, "each": pack.each, "tasks": list(pack.tasks),
            "by_id": by.person_id, "at": now,
        },
    )  # fmt: skip
    made: dict[str, Column] = {line.column.code: line.present for line in plan.lines if line.present}
    fresh: list[Column] = []
    waiting = list(plan.fresh)
    while waiting:  # parents first, whatever the order in the file
        ready = [one for one in waiting if one.column.parent in made or not _in(waiting, one.column.parent)]
        for line in ready:
            one, owner = line.column, line.owner
            parent = made.get(one.parent) or Column.objects.filter(code=one.parent).first()
            post = Post.objects.filter(unit=owner, title=one.post).first() if one.post else None
            column = open_column(
                given={
                    "code": one.code, "name": one.name, "description": one.description, "parent": parent,
                    "order": one.order, "owner": owner, "post": post, "upkeep": one.upkeep,
                    "cycle_days": one.cycle_days, "record_type": one.record_type, "tag_type": one.tag_type,
                    "catalogue_item": one.catalogue_item, "keywords": one.keywords, "shared": one.shared,
                    "fields": [field.as_json() for field in one.fields],
                },
                by=by, now=now, pack=pack.code, owner_word=one.owner,
            )  # fmt: skip
            made[one.code] = column
            fresh.append(column)
        waiting = [one for one in waiting if one not in ready]
    record(
        verb="columns.install", by=by, at=now, note=pack.code,
        facts={"opened": len(fresh), "kept": len(plan.lines) - len(plan.fresh), "unit": unit.pk if unit else None},
    )  # fmt: skip
    return fresh


def why_not_uninstall(*, pack: ColumnPack, used: list[Column], by: By) -> list[Refusal]:
    """Why a pack cannot be uninstalled."""
    found = _not_granted(by)
    if used:
        named = "、".join(f"“{column.name}”" for column in used[:5])
        more = f"等 {len(used)} 个" if len(used) > 5 else ""
        text = f"{named}{more}专栏里已经有信息，不能卸载。可以改为停用：专栏不再更新，信息和网址都保留。"
        found.append(Refusal("columns.pack_used", "平台规则", text))
    return found


def uninstall(*, pack: ColumnPack, by: By, now: datetime, only_close: bool = False) -> int:
    """Take the columns of a pack away; where one holds a record nothing is taken away, closing is offered."""
    if only_close:
        return _close_all(pack, by, now)
    used: list[Column] = []
    try:
        with transaction.atomic():
            refuse_if(why_not_uninstall(pack=pack, used=[], by=by))
            rows = _leaves_first(queries.pack_columns(pack.code))
            for column in rows:
                try:
                    with transaction.atomic():
                        column.delete()
                except ProtectedError:
                    used.append(column)
            if used:
                raise Refused(why_not_uninstall(pack=pack, used=list(reversed(used)), by=by))
            code = pack.code
            pack.delete()
            record(verb="columns.uninstall", by=by, at=now, note=code, facts={"columns": len(rows)})
            emit(PartChanged(PART))
    except ProtectedError as error:  # the row of the pack itself has nobody behind it
        raise Refused(why_not_uninstall(pack=pack, used=used, by=by)) from error
    return len(rows)


@transaction.atomic
def _close_all(pack: ColumnPack, by: By, now: datetime) -> int:
    refuse_if(_not_granted(by))
    rows = [one for one in _leaves_first(queries.pack_columns(pack.code)) if one.status == Column.Status.OPEN]
    for column in rows:
        close_column(column=column, by=by, now=now)
    record(verb="columns.close_pack", by=by, at=now, note=pack.code, facts={"columns": len(rows)})
    return len(rows)


def _leaves_first(rows: list[Column]) -> list[Column]:
    parents = {row.pk: row.parent_id for row in rows}

    def depth(pk: int | None) -> int:
        count = 0
        while pk in parents and count <= len(parents):
            pk, count = parents[pk], count + 1
        return count

    return sorted(rows, key=lambda row: (-depth(row.pk), row.pk))


def _in(lines: list[queries.InstallLine], code: str) -> bool:
    return bool(code) and any(line.column.code == code for line in lines)


def _not_granted(by: By) -> list[Refusal]:
    if by is SYSTEM or (isinstance(by, Actor) and can(by, "columns.packs")):
        return []
    return [Refusal("wall.packs", "平台规则", "专栏包由区政务公开主管部门安装、卸载。请联系该部门。")]
