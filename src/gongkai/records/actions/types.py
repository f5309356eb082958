"""Record types of the district: a schema file comes in, a type is no longer used."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.events.site import PartChanged
from gongkai.kernel.outbox import emit
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can
from gongkai.records import queries
from gongkai.records.actions.telling import HOUSE_RULE, PART, type_row
from gongkai.records.models import DeclaredType, RecordRow
from gongkai.records.queries import BadSchema
from gongkai.trail.chain import SYSTEM, Who, record


def why_not_declare(*, text: str, by: Actor | None) -> list[Refusal]:
    """Why a schema file cannot become a type; ``by`` is ``None`` for the command of the operator."""
    found = _not_allowed(by)
    try:
        _, kind = queries.read_declaration(text)
    except BadSchema as wrong:
        return [*found, Refusal("records.schema", "", f"这个类型文件不能用。{wrong}")]
    if kind.code in queries.shipped():
        text = f"代码“{kind.code}”是平台自带的类型。请换一个代码。"
        found.append(Refusal("records.shipped", HOUSE_RULE, text))
    known = queries.kind_of(kind.code)
    rows = RecordRow.objects.unscoped("a type counts its own rows").filter(code=kind.code)
    if known and rows.exists():
        kept = {(field.name, field.kind) for field in kind.fields}
        lost = [field.label for field in known.fields if (field.name, field.kind) not in kept]
        if lost or known.key != kind.key:
            words = f"已有的行用到字段{'、'.join(lost)}" if lost else "已有的行按原来的主键编号"
            found.append(
                Refusal(
                    "records.in_use", HOUSE_RULE, f"{words}，不能去掉或者改变。请保留，或者另建一个类型。"
                )
            )
    return found


@transaction.atomic
def declare(*, text: str, by: Actor | None, now: datetime) -> DeclaredType:
    """Take a schema file in as a type of this district, or as a newer version of one."""
    refuse_if(why_not_declare(text=text, by=by))
    declared, kind = queries.read_declaration(text)
    row = type_row(kind.code, now=now)
    row.declared, row.active, row.changed_at = declared, True, now
    row.version += 1
    row.by_id = by.acting_id if by else None
    row.save()
    who: Who = by or SYSTEM
    record(verb="records.declare", by=who, at=now, about=row, facts={"fields": len(kind.fields)})
    emit(PartChanged(PART, kind.code))
    return row


def why_not_retire(*, code: str, by: Actor) -> list[Refusal]:
    """Why a type cannot be taken out of use or back."""
    found = _not_allowed(by)
    if queries.kind_of(code) is None:
        found.append(Refusal("records.no_type", "", "没有这个类型。请从类型列表里选。"))
    return found


@transaction.atomic
def retire(*, code: str, active: bool, by: Actor, now: datetime) -> DeclaredType:
    """Take a type out of use or back into it: its rows stay as they are, no new ones come in meanwhile."""
    refuse_if(why_not_retire(code=code, by=by))
    row = type_row(code, now=now)
    row.active, row.changed_at, row.by_id = active, now, by.acting_id
    row.save(update_fields=["active", "changed_at", "by"])
    record(verb="records.retire", by=by, at=now, about=row, facts={"active": active})
    return row


def _not_allowed(by: Actor | None) -> list[Refusal]:
    if by is None or can(by, "records.types"):
        return []
    return [Refusal("wall.records", HOUSE_RULE, "您没有增加信息类型的权限。请联系区政务公开主管部门。")]
