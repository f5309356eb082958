"""A record is offered to a second column; that column's own approver takes it in, declines, or ends it (A12)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.columns.models import Column
from gongkai.columns.queries import address_of
from gongkai.events.site import PartChanged
from gongkai.kernel.outbox import emit
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can
from gongkai.publishing.actions import enter, leave
from gongkai.publishing.models import Publication
from gongkai.trail.chain import record
from gongkai.upkeep import queries, states
from gongkai.upkeep.models import Placement

HOUSE_RULE, PART, SHORTEST = "平台规则", "columns", 2


def why_not_ask(*, publication: Publication, column: Column, by: Actor) -> list[Refusal]:
    """Why a record cannot be offered to this column."""
    found = []
    if not can(by, "upkeep.work", publication.unit_id):
        text = f"这条信息是{publication.unit.short_name}的，只有该单位可以报送到别的专栏。"
        found.append(Refusal("wall.upkeep", HOUSE_RULE, text))
    if publication.state != Publication.State.LIVE:
        found.append(Refusal("upkeep.not_live", "", "这条信息已经撤回，不能报送。"))
    if column.status != Column.Status.OPEN:
        found.append(Refusal("upkeep.closed", "", f"“{column.name}”已经停用。请选在用的专栏。"))
    if publication.document.column_id == column.pk:
        found.append(Refusal("upkeep.same", "", "这条信息本来就在这个专栏里，不用报送。"))
    held = Placement.objects.unscoped("of one record").filter(publication=publication, column=column).first()
    if held is not None and held.state in (states.ASKED, states.TAKEN):
        text = f"已经报送过“{column.name}”，现在是“{states.LABELS[held.state]}”。"
        found.append(Refusal("upkeep.asked", "", text))
    return found


@transaction.atomic
def ask(*, publication: Publication, column: Column, by: Actor, now: datetime) -> Placement:
    """Offer a published record to a column of another unit."""
    refuse_if(why_not_ask(publication=publication, column=column, by=by))
    placement, _ = Placement.objects.unscoped("the action checks the unit").update_or_create(
        publication=publication, column=column,
        defaults={
            "unit": publication.unit, "owner": column.owner, "state": states.ASKED, "by_id": by.acting_id,
            "at": now, "decided_by": None, "decided_at": None, "reason": "",
        },
    )  # fmt: skip
    facts = {"publication": publication.pk, "column": column.pk}
    record(verb="upkeep.ask", by=by, at=now, about=placement, facts=facts)
    return placement


def why_not_decide(*, placement: Placement, verb: str, reason: str, by: Actor) -> list[Refusal]:
    """Why this person cannot decide about a placement."""
    found = []
    if not can(by, "upkeep.take_in", placement.owner_id):
        text = f"由{placement.owner.short_name}的审核人或者负责人确认。请联系该单位。"
        found.append(Refusal("wall.upkeep", HOUSE_RULE, text))
    if placement.by_id == by.person_id:
        found.append(
            Refusal("upkeep.own", HOUSE_RULE, "这条信息是您报送的，不能由您确认。请由另一位同事办理。")
        )
    if states.target_of(placement.state, verb) is None:
        text = f"现在是“{states.LABELS[placement.state]}”，做不了这一步。请刷新页面看最新状态。"
        found.append(Refusal("upkeep.state", "", text))
    if verb != "take" and len(reason.strip()) < SHORTEST:
        found.append(Refusal("upkeep.no_reason", HOUSE_RULE, "没有写原因。请写明为什么不收入或者移出。"))
    return found


@transaction.atomic
def decide(*, placement: Placement, verb: str, reason: str, by: Actor, now: datetime) -> Placement:
    """Take a record into one's own column, decline it, or take it out again."""
    rows = Placement.objects.unscoped("the action checks the unit itself").select_for_update(of=("self",))
    placement = rows.select_related("publication", "column", "owner").get(pk=placement.pk)
    refuse_if(why_not_decide(placement=placement, verb=verb, reason=reason, by=by))
    placement.state = states.target_of(placement.state, verb) or placement.state
    placement.decided_by_id, placement.decided_at, placement.reason = by.acting_id, now, reason.strip()[:200]
    placement.save()
    address = address_of(placement.column)
    if verb == "take" and placement.publication.state == Publication.State.LIVE:
        enter(publication=placement.publication, address=address, now=now)
    elif verb == "end":
        leave(publication=placement.publication, address=address, now=now)
    record(verb=f"upkeep.{verb}", by=by, at=now, about=placement, note=placement.reason)
    emit(PartChanged(PART, placement.column.code))
    return placement


@transaction.atomic
def follow(*, publication: Publication, now: datetime) -> None:
    """A record was published (again) or taken back: it stands anew in the columns that took it in, and the
    catalogue counts anew. Twice does no harm."""
    if publication.state == Publication.State.LIVE:
        for column in queries.taken_columns(publication.pk):
            enter(publication=publication, address=address_of(column), now=now)
    document = publication.document
    matters = [document.matter] if document.matter else []
    if document.column is not None:
        emit(PartChanged(PART, "index"))
        matters += list(document.column.matters.select_related("field")) if not matters else []
    for code in sorted({matter.field.code for matter in matters}):
        emit(PartChanged("standard", code))
