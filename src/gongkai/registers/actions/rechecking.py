"""A campaign of re-determination: opened by the district office, decided by the units, its result published."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.documents import actions as documents
from gongkai.documents.models import Document
from gongkai.events.site import PartChanged
from gongkai.kernel.clock import legal_day
from gongkai.kernel.outbox import emit
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can
from gongkai.registers import queries, states
from gongkai.registers.models import Recheck, RecheckItem
from gongkai.registers.rules.rechecking import ARTICLE, ON_REQUEST, decision_refusals
from gongkai.trail.chain import record

PART = "registers"


def why_not_open_recheck(*, year: int, until: date, by: Actor, today: date) -> list[Refusal]:
    """Why no campaign can be opened for a year."""
    if not can(by, "registers.office"):
        return [Refusal("wall.registers", ARTICLE, "只有区政务公开主管部门能发起再次评估。")]
    found = []
    if not 2000 <= year <= today.year:
        found.append(Refusal("recheck.year", ARTICLE, f"年度 {year} 不对，应在 2000 到 {today.year} 之间。"))
    if until <= today:
        found.append(Refusal("recheck.until", ARTICLE, f"截止日期 {until} 已经过了，请选今天以后的日期。"))
    if Recheck.objects.filter(year=year, state=states.COLLECTING).exists():
        found.append(Refusal("recheck.running", ARTICLE, f"{year} 年的评估正在进行，不能再发起一次。"))
    return found


@transaction.atomic
def open_recheck(*, year: int, until: date, by: Actor, now: datetime) -> Recheck:
    """Lay every paper of the year that was kept from the public before its unit again."""
    refuse_if(why_not_open_recheck(year=year, until=until, by=by, today=legal_day(now)))
    kept = queries.kept_papers(year)
    if not kept:
        text = f"{year} 年没有不予公开、依申请公开的公文，不用评估。请核对年度，或者先导入登记簿。"
        refuse_if([Refusal("recheck.nothing", ARTICLE, text)])
    recheck = Recheck.objects.create(year=year, until=until, by_id=by.acting_id, at=now)
    RecheckItem.objects.bulk_create(
        RecheckItem(
            recheck=recheck, unit=one.unit, document=one.document, number=one.number, title=one.title,
            written_on=one.written_on, openness=one.openness, ground=one.ground,
        )
        for one in kept
    )  # fmt: skip
    record(verb="registers.open_recheck", by=by, at=now, about=recheck, facts={"papers": len(kept)})
    return recheck


def why_not_recheck(*, item: RecheckItem, decision: str, reason: str, by: Actor) -> list[Refusal]:
    """Why this decision about a paper cannot be recorded by this person."""
    if not can(by, "registers.recheck", item.unit_id):
        text = f"您没有为{item.unit.short_name}评估的权限。请联系该单位信息员。"
        return [Refusal("wall.registers", ARTICLE, text)]
    if item.recheck.state != states.COLLECTING:
        return [Refusal("recheck.closed", ARTICLE, "结果已经公布，不能再改。可以在下一次评估时再看。")]
    if item.state == states.TO_PUBLIC:
        return [Refusal("recheck.done", ARTICLE, "这件已经改为主动公开，正在走发布程序。")]
    return decision_refusals(decision=decision, openness=item.openness, ground=item.ground, reason=reason)


@transaction.atomic
def recheck(*, item: RecheckItem, decision: str, reason: str, by: Actor, now: datetime) -> RecheckItem:
    """Decide about one paper; what is turned public or open to requests goes back through its reviews."""
    rows = RecheckItem.objects.unscoped("the action checks the unit itself").select_for_update(of=("self",))
    item = rows.select_related("unit", "recheck").get(pk=item.pk)
    refuse_if(why_not_recheck(item=item, decision=decision, reason=reason, by=by))
    item.state, item.reason = decision, reason.strip()[:300]
    item.decided_by_id, item.decided_at = by.acting_id, now
    item.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    record(
        verb="registers.recheck", by=by, at=now, about=item, note=item.reason, facts={"decision": decision}
    )
    if item.document_id and decision != states.STAYS:
        openness = ON_REQUEST if decision == states.ON_REQUEST else Document.Openness.PROACTIVE
        document = Document.objects.unscoped("the action has checked the unit").get(pk=item.document_id)
        documents.move(document=document, verb="reopen", now=now)
        kept = {"reason": item.reason} if decision == states.ON_REQUEST else {}
        documents.determine(document=document, by=by, now=now, openness=openness, **kept)
    return item


def why_not_publish_result(*, recheck: Recheck, by: Actor, today: date) -> list[Refusal]:
    """Why the result of a campaign cannot be published yet."""
    if not can(by, "registers.office"):
        return [Refusal("wall.registers", ARTICLE, "只有区政务公开主管部门能公布评估结果。")]
    if recheck.state != states.COLLECTING:
        return [Refusal("recheck.closed", ARTICLE, "这次评估的结果已经公布。")]
    waiting = sum(line.undecided for line in queries.recheck_lines(recheck))
    if waiting and today <= recheck.until:
        text = (
            f"还有 {waiting} 件没有评估，截止日期是 {recheck.until}。全部评估完，或者过了截止日期才能公布。"
        )
        return [Refusal("recheck.waiting", ARTICLE, text)]
    return []


@transaction.atomic
def publish_result(*, recheck: Recheck, by: Actor, now: datetime) -> Recheck:
    """Put the result list before the public: what was turned public by title, the rest by number only."""
    recheck = Recheck.objects.select_for_update().get(pk=recheck.pk)
    refuse_if(why_not_publish_result(recheck=recheck, by=by, today=legal_day(now)))
    recheck.state, recheck.published_by_id, recheck.published_at = states.RESULT, by.acting_id, now
    recheck.save(update_fields=["state", "published_by", "published_at"])
    lines = queries.recheck_lines(recheck)
    facts = {"papers": sum(line.total for line in lines), "public": sum(line.to_public for line in lines)}
    record(verb="registers.publish_recheck", by=by, at=now, about=recheck, facts=facts)
    emit(PartChanged(PART))
    return recheck
