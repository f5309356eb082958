"""Proposals to revise the standard catalogue: draft, approved, new version; nobody approves his own (A10)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.catalogue import queries, states
from gongkai.catalogue.actions.importing import store_version
from gongkai.catalogue.models import CatalogueProposal, StandardField, StandardVersion
from gongkai.catalogue.rules.revising import ADD, CHANGE, REMOVE, Unknown
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import can
from gongkai.trail.chain import record

LEAST_REASON, MOST_CHANGES, LONGEST = 4, 200, 4000
BASIS = "国办发〔2019〕54号"


def why_not_propose(*, field: StandardField, unit: Unit, title: str, reason: str, by: Actor) -> list[Refusal]:
    """Why this unit cannot propose a revision of the field now."""
    found = _not_yours(by, unit, "提出修订建议")
    if queries.current_version(field) is None:
        text = f"“{field.name}”还没有目录，不能修订。请先导入标准目录。"
        found.append(Refusal("catalogue.no_version", BASIS, text))
    if not title.strip():
        found.append(
            Refusal("catalogue.no_title", "", "没有写标题。请写明改什么，例如“养老服务增加备案流程”。")
        )
    if len(reason.strip()) < LEAST_REASON:
        found.append(Refusal("catalogue.no_reason", "", "没有写理由。请写明为什么修订，例如依据的新规定。"))
    return found


@transaction.atomic
def propose(
    *, field: StandardField, unit: Unit, title: str, reason: str, by: Actor, now: datetime
) -> CatalogueProposal:
    """Start a proposal; changes are added to it one by one."""
    refuse_if(why_not_propose(field=field, unit=unit, title=title, reason=reason, by=by))
    proposal = CatalogueProposal.objects.create(
        field=field,
        unit=unit,
        title=title.strip()[:120],
        reason=reason.strip()[:500],
        by_id=by.acting_id,
        at=now,
    )
    record(verb="catalogue.propose", by=by, at=now, about=proposal, facts={"field": field.pk})
    return proposal


def why_not_change(*, proposal: CatalogueProposal, by: Actor) -> list[Refusal]:
    """Why the changes of a proposal cannot be touched now."""
    found = _not_yours(by, proposal.unit, "改这份建议")
    if proposal.state != states.DRAFT:
        text = f"这份建议现在是“{states.LABELS[proposal.state]}”，不能再改。需要改的，请批准人退回。"
        found.append(Refusal("catalogue.not_draft", "", text))
    return found


@transaction.atomic
def add_change(
    *,
    proposal: CatalogueProposal,
    verb: str,
    by: Actor,
    now: datetime,
    matter: int | None = None,
    cells: Mapping[str, str] | None = None,
) -> CatalogueProposal:
    """Add one change; a matter that was already changed is changed anew. ``matter`` of an addition is the one
    after which the new one stands."""
    proposal = _locked(proposal)
    refuse_if(why_not_change(proposal=proposal, by=by))
    words = {key: str(text).strip()[:LONGEST] for key, text in (cells or {}).items()}
    change: dict[str, Any] = {"verb": verb, "matter": matter}
    if verb == ADD:
        change = {"verb": ADD, "after": matter, "cells": {key: text for key, text in words.items() if text}}
    elif verb == CHANGE:
        change["cells"] = words
    kept = [
        one for one in proposal.changes if verb == ADD or one.get("matter") != matter or one["verb"] == ADD
    ]
    after = [*kept, change]
    refuse_if(_why_not_these(proposal, after, verb))
    proposal.changes = after
    proposal.save(update_fields=["changes"])
    record(verb="catalogue.add_change", by=by, at=now, about=proposal, facts={"verb": verb, "matter": matter})
    return proposal


@transaction.atomic
def drop_change(*, proposal: CatalogueProposal, at: int, by: Actor, now: datetime) -> CatalogueProposal:
    """Take one change out of a draft."""
    proposal = _locked(proposal)
    refuse_if(why_not_change(proposal=proposal, by=by))
    if 0 <= at < len(proposal.changes):
        proposal.changes = [one for place, one in enumerate(proposal.changes) if place != at]
        proposal.save(update_fields=["changes"])
        record(verb="catalogue.drop_change", by=by, at=now, about=proposal, facts={"at": at})
    return proposal


def why_not_submit(*, proposal: CatalogueProposal, by: Actor, today_differs: bool) -> list[Refusal]:
    """Why a proposal cannot be handed in."""
    found = why_not_change(proposal=proposal, by=by)
    if not proposal.changes or not today_differs:
        text = "还没有改动，或者改动与现行版本不合。请先加上要修改、新增或删去的事项。"
        found.append(Refusal("catalogue.no_changes", "", text))
    return found


@transaction.atomic
def submit(*, proposal: CatalogueProposal, by: Actor, now: datetime) -> CatalogueProposal:
    """Hand a proposal to the district office."""
    proposal = _locked(proposal)
    found = queries.difference_of(proposal, today=legal_day(now))
    refuse_if(why_not_submit(proposal=proposal, by=by, today_differs=bool(found and found.any)))
    _move(proposal, "submit")
    record(verb="catalogue.submit", by=by, at=now, about=proposal, facts={"changes": len(proposal.changes)})
    return proposal


@transaction.atomic
def drop(*, proposal: CatalogueProposal, by: Actor, now: datetime) -> CatalogueProposal:
    """Give a draft up."""
    proposal = _locked(proposal)
    refuse_if(why_not_change(proposal=proposal, by=by))
    _move(proposal, "drop")
    record(verb="catalogue.drop", by=by, at=now, about=proposal)
    return proposal


def why_not_decide(*, proposal: CatalogueProposal, verb: str, opinion: str, by: Actor) -> list[Refusal]:
    """Why this person cannot decide about a proposal."""
    found = []
    if not can(by, "catalogue.approve"):
        found.append(
            Refusal("catalogue.not_granted", BASIS, "修订建议由区政务公开主管部门批准。请等待该部门办理。")
        )
    if by.person_id == proposal.by_id:
        text = "这份建议是您提出的，不能由您批准。请由区政务公开主管部门的另一位同事办理。"
        found.append(Refusal("catalogue.own_proposal", "平台规则", text))
    if states.target_of(proposal.state, verb) is None:
        text = f"这份建议现在是“{states.LABELS[proposal.state]}”，做不了这一步。请刷新页面看最新状态。"
        found.append(Refusal("catalogue.state", "", text))
    if verb != "approve" and len(opinion.strip()) < LEAST_REASON:
        found.append(Refusal("catalogue.no_opinion", "", "没有写意见。退回或者不采纳的，请写明原因。"))
    return found


@transaction.atomic
def decide(
    *, proposal: CatalogueProposal, verb: str, opinion: str, by: Actor, now: datetime
) -> CatalogueProposal:
    """Approve a proposal, which makes a new version of the catalogue; return it; or decline it."""
    proposal = _locked(proposal)
    refuse_if(why_not_decide(proposal=proposal, verb=verb, opinion=opinion, by=by))
    if verb == "approve":
        proposal.result = _new_version(proposal, by, now)
    _move(proposal, verb, save=False)
    proposal.decided_by_id, proposal.decided_at, proposal.opinion = by.acting_id, now, opinion.strip()[:300]
    proposal.save()
    record(verb=f"catalogue.{verb}", by=by, at=now, about=proposal, note=proposal.opinion[:200])
    return proposal


def _new_version(proposal: CatalogueProposal, by: Actor, now: datetime) -> StandardVersion:
    StandardField.objects.select_for_update().get(pk=proposal.field_id)
    current = queries.current_version(proposal.field)
    refuse_if(_why_not_these(proposal, proposal.changes, "approve"))
    if current is None:
        raise ValueError("checked above")
    done = queries.revised(current, proposal.changes)
    meanings = queries.meanings_after(done, usual=queries.usual_days(legal_day(now)))
    return store_version(
        field=proposal.field, layout=done.layout, lines=done.lines, meanings=meanings, by=by, now=now,
        source_name=f"修订建议：{proposal.title}", note=proposal.reason,
    )  # fmt: skip


def _why_not_these(proposal: CatalogueProposal, changes: list[dict[str, Any]], verb: str) -> list[Refusal]:
    """Why these changes do not fit the present version."""
    if verb not in (ADD, CHANGE, REMOVE, "approve"):
        return [Refusal("catalogue.no_verb", "", "没有选改动方式。请选修改、新增或者删去。")]
    if len(changes) > MOST_CHANGES:
        text = f"一份建议最多 {MOST_CHANGES} 处改动。请分成几份，或者导入整张表。"
        return [Refusal("catalogue.many_changes", "", text)]
    current = queries.current_version(proposal.field)
    if current is None:
        return [Refusal("catalogue.no_version", BASIS, "这个领域还没有目录。请先导入标准目录。")]
    try:
        done = queries.revised(current, changes)
    except Unknown:
        text = "建议里有事项已经不在现行目录里。请撤掉这一处改动，再选现行的事项。"
        return [Refusal("catalogue.gone", "", text)]
    if any(not one.name or not one.content for one in queries.meanings_after(done, usual=1)):
        text = "改动后有事项没有名称或者没有公开内容。请填写事项名称和公开内容（要素）。"
        return [Refusal("catalogue.empty_matter", BASIS, text)]
    if not done.lines:
        return [Refusal("catalogue.empty", BASIS, "目录不能一项也没有。请至少保留一个事项。")]
    return []


def _locked(proposal: CatalogueProposal) -> CatalogueProposal:
    rows = CatalogueProposal.objects.unscoped("the action checks the unit itself")
    return rows.select_for_update(of=("self",)).select_related("unit", "field").get(pk=proposal.pk)


def _move(proposal: CatalogueProposal, verb: str, *, save: bool = True) -> None:
    target = states.target_of(proposal.state, verb)
    if target is None:
        text = f"这份建议现在是“{states.LABELS[proposal.state]}”，做不了这一步。请刷新页面看最新状态。"
        refuse_if([Refusal("catalogue.state", "", text)])
        return
    proposal.state = target
    if save:
        proposal.save(update_fields=["state"])


def _not_yours(by: Actor, unit: Unit, what: str) -> list[Refusal]:
    if can(by, "catalogue.propose", unit.pk):
        return []
    return [
        Refusal("wall.catalogue", "平台规则", f"您没有为{unit.short_name}{what}的权限。请联系该单位信息员。")
    ]
