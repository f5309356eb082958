"""The look-back (回头看): tasks of last year verified one by one, unfinished ones carried into this year's ledger."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from gongkai.events.ledger import TaskProgressChanged
from gongkai.kernel.clock import legal_day
from gongkai.kernel.outbox import emit
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.ledger import queries, states
from gongkai.ledger.actions.orders import HOUSE_RULE, empty_or_long, office_only, wrong_day
from gongkai.ledger.models import LookBack, Member, Plan, Task, TaskUnit, Verification
from gongkai.messaging.actions import send
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Person
from gongkai.orgs.wall import can
from gongkai.trail.chain import record

PUT_RIGHT = (states.UNFINISHED, states.RECTIFY)
DESK = "/workbench/ledger/lookback/"


def why_not_start_look_back(
    *, plan: Plan, due_on: date, verifiers: Sequence[Person], by: Actor, today: date
) -> list[Refusal]:
    """Why no look-back at this plan can begin."""
    found = office_only(by, "开展回头看")
    if plan.year >= today.year:
        text = f"{plan.year}年还没有过完。回头看核查的是上一年度的工作要点，请到下一年再做。"
        found.append(Refusal("ledger.year_open", "年度工作要点（回头看）", text))
    if LookBack.objects.filter(plan=plan).exists():
        found.append(Refusal("ledger.look_back_once", "", f"{plan.year}年的回头看已经开始，请接着做。"))
    found += wrong_day(due_on, name="核查期限", today=today)
    if not verifiers:
        found.append(Refusal("ledger.no_verifier", "", "没有选核查人。请至少选一个人。"))
    return found


@transaction.atomic
def start_look_back(
    *, plan: Plan, due_on: date, verifiers: Sequence[Person], by: Actor, now: datetime
) -> LookBack:
    """Give each task of each unit a named verifier, in turn, nobody his own unit; each can be changed later."""
    today = legal_day(now)
    refuse_if(why_not_start_look_back(plan=plan, due_on=due_on, verifiers=verifiers, by=by, today=today))
    look_back = LookBack.objects.create(plan=plan, due_on=due_on, by_id=by.acting_id, at=now)
    rows, turn = [], 0
    for task, units in queries.to_look_back_at(plan, today=today):
        for unit in sorted(units):
            fit = [one for one in verifiers if one.unit_id != unit]
            if not fit:
                name = verifiers[0].unit.short_name
                text = f"{name}自己的任务要由别的单位的人核查。请再选一位其他单位的核查人。"
                refuse_if([Refusal("ledger.own_unit", HOUSE_RULE, text)])
            person = fit[turn % len(fit)]
            turn += 1
            rows.append(
                Verification(look_back=look_back, task=task, unit_id=unit, verifier=person, check_by=due_on)
            )
    Verification.objects.bulk_create(rows)
    facts = {"year": plan.year, "rows": len(rows), "due_on": due_on.isoformat()}
    record(verb="ledger.start_look_back", by=by, at=now, about=look_back, facts=facts)
    for person in {row.verifier_id: row.verifier for row in rows}.values():
        count = sum(row.verifier_id == person.pk for row in rows)
        send(
            to=person,
            subject=f"{plan.year}年工作要点回头看：请核查 {count} 项，{due_on} 前完成",
            url=DESK,
            key=f"ledger.look_back:{look_back.pk}:{person.pk}",
            now=now,
            due=due_on,
            about=look_back,
        )
    return look_back


def why_not_assign(
    *,
    verifications: Collection[Verification],
    verifier: Person | None,
    check_by: date,
    by: Actor,
    today: date,
) -> list[Refusal]:
    """Why these cannot be given to this person."""
    found = office_only(by, "安排核查人")
    if not verifications:
        found.append(Refusal("ledger.nothing_chosen", "", "没有选要安排的项目。请先勾选。"))
    if verifier is None:
        return [*found, Refusal("ledger.no_verifier", "", "没有选核查人。")]
    if verifier.pk not in {person.pk for person in queries.verifiers(today=today)}:
        text = f"{verifier.name}没有核查的权限。请选区政务公开主管部门或者评估人员。"
        found.append(Refusal("wall.verify", HOUSE_RULE, text))
    own = next((one for one in verifications if one.unit_id == verifier.unit_id), None)
    if own is not None:
        found.append(
            Refusal(
                "ledger.own_unit", HOUSE_RULE, f"{verifier.name}不能核查自己所在的{own.unit.short_name}。"
            )
        )
    found += wrong_day(check_by, name="核查日期", today=today)
    if any(one.look_back.closed_at for one in verifications):
        found.append(Refusal("ledger.look_back_closed", "", "这次回头看已经结束，不能再改安排。"))
    return found


@transaction.atomic
def assign(
    *,
    verifications: Collection[Verification],
    verifier: Person | None,
    check_by: date,
    by: Actor,
    now: datetime,
) -> int:
    """Give verifications to a person with a day; what was verified stays as it is."""
    refuse_if(
        why_not_assign(
            verifications=verifications,
            verifier=verifier,
            check_by=check_by,
            by=by,
            today=legal_day(now),
        )
    )
    assert verifier is not None
    waiting = [one.pk for one in verifications if one.state == states.TO_VERIFY]
    rows = Verification.objects.unscoped("the office gives out the work").filter(pk__in=waiting)
    count = rows.update(verifier=verifier, check_by=check_by)
    look_back = next(iter(verifications)).look_back
    facts = {"rows": sorted(waiting), "check_by": check_by.isoformat()}
    record(verb="ledger.assign_verifier", by=by, at=now, about=look_back, facts=facts, note=verifier.name)
    return count


def why_not_verify(
    *,
    verification: Verification,
    verdict: str,
    finding: str,
    rectify_by: date | None,
    by: Actor,
    today: date,
) -> list[Refusal]:
    """Why this person cannot enter this verdict."""
    found = []
    if not can(by, "ledger.verify", verification.unit_id):
        found.append(Refusal("wall.verify", HOUSE_RULE, "您没有核查的权限。请联系区政务公开主管部门。"))
    if by.unit_id == verification.unit_id:
        name = verification.unit.short_name
        found.append(
            Refusal("ledger.own_unit", HOUSE_RULE, f"您在{name}，不能核查自己的单位。请由其他人核查。")
        )
    if verification.verifier_id != by.person_id and not can(by, "ledger.supervise"):
        found.append(
            Refusal(
                "ledger.other_verifier", HOUSE_RULE, f"这一项由{verification.verifier.name}核查，不是您。"
            )
        )
    if verification.look_back.closed_at is not None:
        found.append(Refusal("ledger.look_back_closed", "", "这次回头看已经结束，结论不能再改。"))
    if verdict not in (states.CONFIRMED, *PUT_RIGHT):
        found.append(Refusal("ledger.no_verdict", "", "没有选结论。请选真完成、未完成或者需整改。"))
    found += empty_or_long(finding, name="核查情况", least_hint="请写明看了什么、是否属实。")
    if verdict in PUT_RIGHT:
        if rectify_by is None:
            text = "未完成和需整改的，要写整改期限，结转到本年台账时用。"
            found.append(Refusal("ledger.no_rectify_by", "年度工作要点（回头看）", text))
        else:
            found += wrong_day(rectify_by, name="整改期限", today=today)
    return found


@transaction.atomic
def verify(
    *,
    verification: Verification,
    verdict: str,
    finding: str,
    rectify_by: date | None,
    by: Actor,
    now: datetime,
) -> Verification:
    """Enter what was found: really done, not done, or to be put right by a day."""
    rows = Verification.objects.unscoped("the action checks the unit itself").select_for_update(of=("self",))
    verification = rows.select_related("look_back__plan", "unit", "verifier").get(pk=verification.pk)
    refuse_if(
        why_not_verify(
            verification=verification,
            verdict=verdict,
            finding=finding,
            rectify_by=rectify_by,
            by=by,
            today=legal_day(now),
        )
    )
    before, verification.state = verification.state, verdict
    verification.finding = finding.strip()
    verification.rectify_by = rectify_by if verdict in PUT_RIGHT else None
    verification.verified_by_id, verification.verified_at = by.acting_id, now
    verification.save(update_fields=["state", "finding", "rectify_by", "verified_by", "verified_at"])
    facts = {"unit": verification.unit_id, "before": before, "verdict": verdict}
    record(
        verb="ledger.verify", by=by, at=now, about=verification, facts=facts, note=verification.finding[:200]
    )
    return verification


def why_not_close_look_back(*, look_back: LookBack, by: Actor) -> list[Refusal]:
    """Why the look-back cannot be closed."""
    found = office_only(by, "结束回头看")
    if look_back.closed_at is not None:
        return [*found, Refusal("ledger.look_back_closed", "", "这次回头看已经结束。")]
    rows = Verification.objects.unscoped("all of them must be verified").filter(look_back=look_back)
    waiting = rows.filter(state=states.TO_VERIFY).count()
    if waiting:
        text = f"还有 {waiting} 项没有核查。请全部核查后再结束。"
        found.append(Refusal("ledger.not_verified", "年度工作要点（回头看）", text))
    year = look_back.plan.year + 1
    if rows.filter(state__in=PUT_RIGHT).exists() and not Plan.objects.filter(year=year).exists():
        text = f"{year}年的工作要点还没有导入，没有完成的任务无处结转。请先导入{year}年工作要点。"
        found.append(Refusal("ledger.no_next_plan", "", text))
    return found


@transaction.atomic
def close_look_back(*, look_back: LookBack, by: Actor, now: datetime) -> list[Task]:
    """Close the look-back; what is not done becomes a task of this year, with origin, units and date.

    One task of this year for each task of last year: its units are those that did not finish, its date the
    last of their dates. Returns the tasks that were carried over.
    """
    look_back = LookBack.objects.select_for_update().select_related("plan").get(pk=look_back.pk)
    refuse_if(why_not_close_look_back(look_back=look_back, by=by))
    look_back.closed_at = now
    look_back.save(update_fields=["closed_at"])
    rows = Verification.objects.unscoped("the office carries over").filter(
        look_back=look_back, state__in=PUT_RIGHT
    )
    grouped: dict[Task, list[Verification]] = {}
    for row in rows.select_related("task__plan", "unit").order_by(
        "task__origin", "task__number", "unit__order"
    ):
        grouped.setdefault(row.task, []).append(row)
    carried = []
    if grouped:
        plan = Plan.objects.get(year=look_back.plan.year + 1)
        taken = Task.objects.filter(plan=plan, origin=Task.Origin.CARRIED).aggregate(last=Max("number"))
        start = (taken["last"] or 0) + 1
        carried = [
            _carry(plan, number, task, own) for number, (task, own) in enumerate(grouped.items(), start)
        ]
    facts = {"carried": [task.pk for task in carried], "closed": look_back.plan.year}
    record(verb="ledger.close_look_back", by=by, at=now, about=look_back, facts=facts)
    for task in carried:
        emit(TaskProgressChanged(task_id=task.pk, plan_id=task.plan_id, year=task.plan.year))
    return carried


def _carry(plan: Plan, number: int, task: Task, rows: Sequence[Verification]) -> Task:
    due_on = max(row.rectify_by for row in rows if row.rectify_by)
    carried = Task.objects.create(
        plan=plan,
        origin=Task.Origin.CARRIED,
        number=number,
        field=task.field,
        requirement=task.requirement,
        short_title=task.short_title,
        units_as_written="、".join(row.unit.short_name for row in rows),
        due_kind=Task.Due.DATE,
        due_on=due_on,
        due_as_written=f"{task.plan.year}年第{task.number}项结转，{due_on.isoformat()} 前整改",
        carried_from=task,
    )
    for order, row in enumerate(rows, 1):
        named = TaskUnit.objects.create(
            task=carried, order=order, text=row.unit.short_name, role=TaskUnit.Role.RESPONSIBLE
        )
        Member.objects.create(task_unit=named, unit=row.unit)
    return carried


def usual_due(today: date) -> date:
    """The day by which a look-back is usually done: a month from now."""
    return today + timedelta(days=30)
