"""What is done with budgets: approvals, papers in their field, debt figures, announced releases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from gongkai.budget import queries
from gongkai.budget.models import (
    Announcement,
    AnnouncementChange,
    BudgetApproval,
    BudgetPaperLink,
    DebtFigure,
)
from gongkai.budget.rules.debt import DebtReading
from gongkai.budget.rules.matrix import KINDS, recognise
from gongkai.events.site import PartChanged
from gongkai.kernel.clock import legal_day
from gongkai.kernel.outbox import emit
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import can
from gongkai.publishing.models import Publication
from gongkai.trail.chain import SYSTEM, record

HOUSE_RULE = "平台规则"
PART = "budget"


def why_not_approve(*, unit: Unit, year: int, kind: str, on: date, by: Actor, today: date) -> list[Refusal]:
    """Why an approval cannot be entered."""
    found = _not_allowed(by, unit, "登记批复日期")
    if kind not in KINDS or not 2000 <= year <= today.year + 1:
        found.append(Refusal("budget.field", "", "年度或者类别不对。请选预算或者决算和近年的年度。"))
    if on > today:
        found.append(Refusal("budget.future", "", f"批复日期 {on} 还没有到。请核对批复文件上的日期。"))
    if not year - 1 <= on.year <= year + 2:
        found.append(Refusal("budget.far", "", f"批复日期 {on} 与 {year} 年度相差太远。请核对。"))
    return found


@transaction.atomic
def approve(*, unit: Unit, year: int, kind: str, on: date, by: Actor, now: datetime) -> BudgetApproval:
    """Enter the day of approval; the twenty days of 预算法第十四条 run from it."""
    refuse_if(why_not_approve(unit=unit, year=year, kind=kind, on=on, by=by, today=legal_day(now)))
    rows = BudgetApproval.objects.unscoped("the action checks the unit")
    done, _ = rows.update_or_create(
        unit=unit, year=year, kind=kind, defaults={"approved_on": on, "by_id": by.acting_id, "at": now}
    )
    facts = {"unit": unit.pk, "year": year, "kind": kind, "on": on.isoformat()}
    record(verb="budget.approve", by=by, at=now, about=done, facts=facts)
    emit(PartChanged(PART))
    return done


def why_not_assign(*, publication: Publication, unit: Unit, year: int, kind: str, by: Actor) -> list[Refusal]:
    """Why a publication cannot be put into a field."""
    found = _not_allowed(by, unit, "登记文件")
    if publication.state != Publication.State.LIVE:
        found.append(Refusal("budget.not_live", "", "这个文件已经撤回。请选一个已发布的文件。"))
    if kind not in KINDS or not 2000 <= year <= 2099:
        found.append(Refusal("budget.field", "", "年度或者类别不对。请选预算或者决算。"))
    return found


@transaction.atomic
def assign(
    *, publication: Publication, unit: Unit, year: int, kind: str, by: Actor, now: datetime
) -> BudgetPaperLink:
    """Put a published document into its field; a document has one field."""
    refuse_if(why_not_assign(publication=publication, unit=unit, year=year, kind=kind, by=by))
    rows = BudgetPaperLink.objects.unscoped("the action checks the unit")
    link, _ = rows.update_or_create(
        publication=publication, defaults={"unit": unit, "year": year, "kind": kind, "recognised": False}
    )
    record(verb="budget.assign", by=by, at=now, about=link, facts={"year": year, "kind": kind})
    emit(PartChanged(PART))
    return link


@transaction.atomic
def recognise_publication(*, publication: Publication, now: datetime) -> BudgetPaperLink | None:
    """Put a new publication into its field when its title says which; what an officer decided stays."""
    rows = BudgetPaperLink.objects.unscoped("a job over all units")
    found = recognise(publication.title, queries.names_of(publication.unit))
    if found is None or rows.filter(publication=publication).exists():
        return None
    year, kind = found
    link = rows.create(publication=publication, unit=publication.unit, year=year, kind=kind, recognised=True)
    record(verb="budget.recognise", by=SYSTEM, at=now, about=link, facts={"year": year, "kind": kind})
    emit(PartChanged(PART))
    return link


def why_not_unassign(*, link: BudgetPaperLink, by: Actor) -> list[Refusal]:
    """Why a paper cannot be taken out of its field."""
    return _not_allowed(by, link.unit, "登记文件")


@transaction.atomic
def unassign(*, link: BudgetPaperLink, by: Actor, now: datetime) -> None:
    """A paper stood in the wrong field: the field is open again."""
    refuse_if(why_not_unassign(link=link, by=by))
    facts = {"year": link.year, "kind": link.kind, "path": link.publication.path}
    record(verb="budget.unassign", by=by, at=now, about=link, facts=facts)
    link.delete()
    emit(PartChanged(PART))


def why_not_set_debt(*, ceiling: Decimal, balance: Decimal, by: Actor) -> list[Refusal]:
    """Why a debt figure cannot be stored."""
    found = []
    if not can(by, "budget.debt"):
        found.append(Refusal("wall.debt", HOUSE_RULE, "您没有登记债务数据的权限。请联系区政务公开主管部门。"))
    if balance > ceiling:
        found.append(Refusal("budget.debt_over", "预算法第三十五条", "余额大于限额。请核对两个数。"))
    if min(ceiling, balance) < 0:
        found.append(Refusal("budget.debt_negative", "", "限额和余额不能是负数。请核对。"))
    return found


@transaction.atomic
def set_debt(*, year: int, kind: str, figures: Mapping[str, Decimal], by: Actor, now: datetime) -> DebtFigure:
    """Store the debt of a year: 限额, 余额, 发行, 还本, 付息 in 万元."""
    refuse_if(why_not_set_debt(ceiling=figures["ceiling"], balance=figures["balance"], by=by))
    stored, _ = DebtFigure.objects.update_or_create(year=year, kind=kind, defaults=dict(figures))
    record(verb="budget.set_debt", by=by, at=now, about=stored, facts={"year": year, "kind": kind})
    emit(PartChanged(PART))
    return stored


def why_not_import_debt(*, reading: DebtReading, by: Actor) -> list[Refusal]:
    """Why a sheet of debt figures cannot be stored: every cell that was not understood."""
    found = why_not_set_debt(ceiling=Decimal(0), balance=Decimal(0), by=by)
    for one in reading.problems[:20]:
        place = f"第 {one.row} 行 {one.where}：" if one.row else ""
        found.append(Refusal("budget.not_understood", "", f"{place}{one.text}"))
    if not reading.lines and not found:
        found.append(Refusal("budget.nothing", "", "表里没有可以写入的行。请填写后再导入。"))
    return found


@transaction.atomic
def import_debt(*, reading: DebtReading, by: Actor, now: datetime, source: str) -> int:
    """Store every row of a sheet, or none; a year and kind that is there already is replaced."""
    refuse_if(why_not_import_debt(reading=reading, by=by))
    for line in reading.lines:
        DebtFigure.objects.update_or_create(year=line.year, kind=line.kind, defaults=line.figures)
    facts = {"rows": len(reading.lines), "years": sorted({line.year for line in reading.lines})}
    record(verb="budget.import_debt", by=by, at=now, facts=facts, note=source[:200])
    emit(PartChanged(PART))
    return len(reading.lines)


def why_not_announce(*, unit: Unit, title: str, due_on: date, by: Actor, today: date) -> list[Refusal]:
    """Why a release cannot be announced."""
    found = _not_allowed(by, unit, "登记发布预告")
    if not title.strip():
        found.append(Refusal("budget.no_title", "", "没有写预告的事项。请写明将发布什么。"))
    if due_on < today:
        found.append(Refusal("budget.past", "", f"预告日期 {due_on} 已经过去。请写以后的日期。"))
    return found


@transaction.atomic
def announce(*, unit: Unit, title: str, due_on: date, by: Actor, now: datetime) -> Announcement:
    """Announce a release with its day."""
    refuse_if(why_not_announce(unit=unit, title=title, due_on=due_on, by=by, today=legal_day(now)))
    done: Announcement = Announcement.objects.unscoped("the action checks the unit").create(
        unit=unit, title=title.strip()[:200], due_on=due_on, by_id=by.acting_id, at=now
    )
    record(verb="budget.announce", by=by, at=now, about=done, facts={"due_on": due_on.isoformat()})
    emit(PartChanged(PART))
    return done


def why_not_move(*, announcement: Announcement, to: date, reason: str, by: Actor) -> list[Refusal]:
    """Why an announced day cannot be moved."""
    found = _not_allowed(by, announcement.unit, "改预告日期")
    if announcement.publication_id:
        found.append(Refusal("budget.is_out", "", "预告的内容已经发布，日期不能再改。"))
    if len(reason.strip()) < 2:
        found.append(Refusal("budget.no_reason", HOUSE_RULE, "没有写改期的原因。原日期和原因会一并公开。"))
    if to == announcement.due_on:
        found.append(Refusal("budget.same_day", "", "新日期与原日期相同。请写要改成的日期。"))
    return found


@transaction.atomic
def move(*, announcement: Announcement, to: date, reason: str, by: Actor, now: datetime) -> Announcement:
    """Move an announced day; the old one and the reason stay visible."""
    rows = Announcement.objects.unscoped("the action checks the unit").select_for_update(of=("self",))
    announcement = rows.select_related("unit").get(pk=announcement.pk)
    refuse_if(why_not_move(announcement=announcement, to=to, reason=reason, by=by))
    AnnouncementChange.objects.create(
        announcement=announcement, before=announcement.due_on, after=to, reason=reason.strip()[:200], at=now
    )
    announcement.due_on = to
    announcement.save(update_fields=["due_on"])
    facts = {"to": to.isoformat()}
    record(verb="budget.move", by=by, at=now, about=announcement, facts=facts, note=reason[:200])
    emit(PartChanged(PART))
    return announcement


def why_not_release(*, announcement: Announcement, publication: Publication, by: Actor) -> list[Refusal]:
    """Why an announcement cannot point to this publication."""
    found = _not_allowed(by, announcement.unit, "登记发布结果")
    if announcement.publication_id:
        found.append(Refusal("budget.is_out", "", "这个预告已经对应到发布的文件。"))
    if publication.unit_id != announcement.unit_id:
        found.append(Refusal("budget.other_unit", "", "文件不是预告单位发布的。请选本单位的文件。"))
    if publication.state != Publication.State.LIVE:
        found.append(Refusal("budget.not_live", "", "这个文件已经撤回。请选一个已发布的文件。"))
    return found


@transaction.atomic
def release(
    *, announcement: Announcement, publication: Publication, by: Actor, now: datetime
) -> Announcement:
    """The announced thing is out: its announcement leads to it from now on."""
    refuse_if(why_not_release(announcement=announcement, publication=publication, by=by))
    announcement.publication = publication
    announcement.save(update_fields=["publication"])
    record(verb="budget.release", by=by, at=now, about=announcement, facts={"path": publication.path})
    emit(PartChanged(PART))
    return announcement


@transaction.atomic
def recognise_release(*, publication: Publication, now: datetime) -> Announcement | None:
    """What was announced under this title is out: the announcement leads to it."""
    rows = Announcement.objects.unscoped("a job over all units").select_for_update(of=("self",))
    waiting = rows.filter(unit=publication.unit, publication=None).order_by("due_on", "pk")
    found: Announcement | None = next((one for one in waiting if one.title in publication.title), None)
    if found is None or publication.state != Publication.State.LIVE:
        return None
    found.publication = publication
    found.save(update_fields=["publication"])
    record(verb="budget.recognise_release", by=SYSTEM, at=now, about=found, facts={"path": publication.path})
    emit(PartChanged(PART))
    return found


def _not_allowed(by: Actor, unit: Unit, what: str) -> list[Refusal]:
    if can(by, "budget.work", unit.pk):
        return []
    return [
        Refusal("wall.budget", HOUSE_RULE, f"您没有为{unit.short_name}{what}的权限。请联系该单位信息员。")
    ]
