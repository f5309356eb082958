"""Reconsideration and litigation about an answer: entered, answered in time, its outcome, the lesson of it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.foi import states
from gongkai.foi.models import Appeal, Case, Dispute, Lesson
from gongkai.foi.queries.appeals import appeal_dates
from gongkai.foi.rules import disputes as clocks
from gongkai.foi.rules.dispositions import UnknownDisposition, disposition
from gongkai.foi.rules.tables import REVIEW_GROUPS, REVIEW_OUTCOMES
from gongkai.kernel.clock import legal_day
from gongkai.law.queries import calendar
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can
from gongkai.trail.chain import SYSTEM, record

RECONSIDERATION, DIRECT, AFTER = tuple(REVIEW_GROUPS)
ANSWER_BASIS = "行政复议法第四十八条、行政诉讼法第六十七条"


def why_not_enter_dispute(
    *,
    case: Case,
    by: Actor,
    kind: str,
    body: str,
    filed_on: date | None,
    copy_received_on: date | None,
    now: datetime,
) -> list[Refusal]:
    """Why this dispute cannot stand in the register."""
    found = _why_not(case, by)
    today = legal_day(now)
    if kind not in REVIEW_GROUPS:
        found.append(Refusal("foi.dispute_kind", "", "没有选类别。请选行政复议、直接起诉或复议后起诉。"))
    if not body.strip():
        found.append(Refusal("foi.dispute_body", "", "没有写复议机关或法院。请照通知书填写全称。"))
    if filed_on is None or copy_received_on is None:
        text = "没有写立案（受理）日或收到副本日。答复期限从收到副本之日起算。"
        found.append(Refusal("foi.dispute_days", ANSWER_BASIS, text))
    elif copy_received_on > today or filed_on > copy_received_on:
        text = f"收到副本日 {copy_received_on} 应不早于立案日 {filed_on}，也不晚于今天。请核对。"
        found.append(Refusal("foi.dispute_order", "", text))
    if kind == AFTER and not _had_reconsideration(case):
        text = "没有已有结果的行政复议记录，不能登记“复议后起诉”。请先登记行政复议及其结果。"
        found.append(Refusal("foi.no_reconsideration", "行政诉讼法第四十五条", text))
    return found


@transaction.atomic
def enter_dispute(
    *,
    case: Case,
    by: Actor,
    now: datetime,
    kind: str,
    body: str,
    filed_on: date | None,
    copy_received_on: date | None,
    number: str = "",
    simplified: bool = False,
) -> Dispute:
    """A copy of the application or the complaint came in: the agency's answer clock starts."""
    refuse_if(
        why_not_enter_dispute(
            case=case,
            by=by,
            kind=kind,
            body=body,
            filed_on=filed_on,
            copy_received_on=copy_received_on,
            now=now,
        )
    )
    assert filed_on is not None and copy_received_on is not None
    due = answer_clock(kind, copy_received_on, simplified=simplified)
    made = Dispute.objects.create(
        unit_id=case.unit_id,
        case=case,
        kind=kind,
        body=body.strip(),
        number=number.strip(),
        filed_on=filed_on,
        copy_received_on=copy_received_on,
        simplified=simplified,
        answer_due_on=due.due,
        answer_due_provisional=due.provisional,
        entered_by_id=by.acting_id,
        entered_at=now,
    )
    _told(made, "foi.enter_dispute", by=by, now=now)
    return made


def answer_clock(kind: str, copy_received_on: date, *, simplified: bool) -> clocks.DisputeDate:
    """Until when the agency answers: 10 or 5 working days in reconsideration, 15 days in court."""
    if kind == RECONSIDERATION:
        return clocks.reconsideration_answer(copy_received_on, calendar(), simplified=simplified)
    return clocks.court_answer(copy_received_on, calendar())


def why_not_answer_dispute(*, dispute: Dispute, by: Actor, on: date | None, now: datetime) -> list[Refusal]:
    """Why the agency's answer cannot be entered."""
    found = _why_not(dispute.case, by)
    if dispute.answered_on is not None:
        found.append(Refusal("foi.dispute_answered", "", f"{dispute.answered_on} 已登记过答复。"))
    if on is None or on < dispute.copy_received_on or on > legal_day(now):
        text = f"提交日期应在收到副本日 {dispute.copy_received_on} 到今天之间。请核对。"
        found.append(Refusal("foi.dispute_answer_day", "", text))
    return found


@transaction.atomic
def answer_dispute(*, dispute: Dispute, by: Actor, now: datetime, on: date | None) -> Dispute:
    """The agency's written answer with its evidence went to the reconsideration body or the court."""
    refuse_if(why_not_answer_dispute(dispute=dispute, by=by, on=on, now=now))
    dispute.answered_on = on
    dispute.save(update_fields=["answered_on"])
    _told(dispute, "foi.answer_dispute", by=by, now=now)
    return dispute


@transaction.atomic
def redate_disputes(*, now: datetime) -> int:
    """Reckon the open answer periods of disputes and the periods of appeals anew after a holiday notice."""
    changed = 0
    rows = Dispute.objects.unscoped("a calendar notice concerns every unit").filter(
        answered_on=None, outcome=""
    )
    for row in rows:
        due = answer_clock(row.kind, row.copy_received_on, simplified=row.simplified)
        if (due.due, due.provisional) == (row.answer_due_on, row.answer_due_provisional):
            continue
        row.answer_due_on, row.answer_due_provisional = due.due, due.provisional
        row.save(update_fields=["answer_due_on", "answer_due_provisional"])
        record(verb="foi.redate_dispute", by=SYSTEM, at=now, about=row, facts={"due": due.due.isoformat()})
        changed += 1
    appeals = Appeal.objects.unscoped("a calendar notice concerns every unit").filter(verdict="")
    for appeal in appeals.select_related("case"):
        dates = appeal_dates(appeal.case)
        if dates != (appeal.due_on, appeal.due_provisional):
            appeal.due_on, appeal.due_provisional = dates
            appeal.save(update_fields=["due_on", "due_provisional"])
            record(verb="foi.redate_appeal", by=SYSTEM, at=now, about=appeal)
            changed += 1
    return changed


def why_not_decide_dispute(
    *,
    dispute: Dispute,
    by: Actor,
    outcome: str,
    decided_on: date | None,
    redo_days: int | None,
    now: datetime,
) -> list[Refusal]:
    """Why this outcome cannot be entered."""
    found = _why_not(dispute.case, by)
    if dispute.outcome:
        found.append(Refusal("foi.dispute_decided", "", "这件复议诉讼已经登记了结果，不能再登记。"))
    if not outcome or outcome not in REVIEW_OUTCOMES:
        found.append(
            Refusal("foi.no_outcome", "国办公开办函〔2021〕30号", "没有选结果。请照决定书或裁判文书选一项。")
        )
    if decided_on is None or not dispute.filed_on <= decided_on <= legal_day(now):
        text = f"决定（裁判）日应在立案日 {dispute.filed_on} 到今天之间。请核对。"
        found.append(Refusal("foi.dispute_decision_day", "", text))
    if redo_days is not None and not 1 <= redo_days <= 60:
        found.append(
            Refusal("foi.redo_days", "", "责令重新答复的期限应在 1 到 60 个工作日之间。请照文书填写。")
        )
    return found


@transaction.atomic
def decide_dispute(
    *,
    dispute: Dispute,
    by: Actor,
    now: datetime,
    outcome: str,
    decided_on: date | None,
    received_on: date | None = None,
    reason: str = "",
    redo_days: int | None = None,
) -> Dispute:
    """The outcome came in; 表四 counts it in the year of the decision."""
    refuse_if(
        why_not_decide_dispute(
            dispute=dispute, by=by, outcome=outcome, decided_on=decided_on, redo_days=redo_days, now=now
        )
    )
    dispute.outcome, dispute.decided_on = outcome, decided_on
    dispute.received_on, dispute.reason, dispute.redo_days = received_on, reason.strip(), redo_days
    dispute.save(update_fields=["outcome", "decided_on", "received_on", "reason", "redo_days"])
    _told(dispute, "foi.decide_dispute", by=by, now=now)
    return dispute


def why_not_write_lesson(*, ground: str, mistake: str, lesson: str, by: Actor, unit_id: int) -> list[Refusal]:
    """Why this lesson cannot stand in the library."""
    found = []
    if not can(by, "foi.dispute", unit_id):
        found.append(Refusal("foi.role", "本平台权限规定", "案例由办理单位归纳。"))
    try:
        disposition(ground)
    except UnknownDisposition:
        found.append(Refusal("foi.lesson_ground", "", "没有选是哪一种答复。请从办理结果里选一项。"))
    if not mistake.strip() or not lesson.strip():
        found.append(
            Refusal("foi.lesson_empty", "", "请写明错在哪里、今后怎么做，各用一两句话，不写当事人姓名。")
        )
    return found


@transaction.atomic
def write_lesson(
    *,
    ground: str,
    mistake: str,
    lesson: str,
    by: Actor,
    now: datetime,
    unit_id: int,
    dispute: Dispute | None = None,
    source: str = "",
) -> Lesson:
    """What a lost or corrected case teaches; whoever drafts on the same ground will see it before signing."""
    refuse_if(why_not_write_lesson(ground=ground, mistake=mistake, lesson=lesson, by=by, unit_id=unit_id))
    values = {
        "ground": ground,
        "mistake": mistake.strip(),
        "lesson": lesson.strip(),
        "source": source.strip() or (f"{dispute.body} {dispute.number}".strip() if dispute else ""),
        "unit_id": unit_id,
        "by_id": by.acting_id,
        "at": now,
    }
    if dispute is None:
        made = Lesson.objects.create(**values)
    else:
        made, _ = Lesson.objects.update_or_create(dispute=dispute, defaults=values)
    record(verb="foi.write_lesson", by=by, at=now, about=made, facts={"ground": ground})
    return made


def _why_not(case: Case, by: Actor) -> list[Refusal]:
    found = []
    if not can(by, "foi.dispute", case.unit_id):
        found.append(Refusal("foi.role", "本平台权限规定", "复议诉讼由答复单位登记。"))
    if case.state not in states.CLOSED and not case.closed_on and not _overdue_silence(case):
        text = "案件还没有答复，也没有逾期，不会有针对它的复议诉讼。请核对案件编号。"
        found.append(Refusal("foi.not_answered", "", text))
    return found


def _overdue_silence(case: Case) -> bool:
    """Silence past the date may be taken to reconsideration or court as well."""
    return case.due_on is not None and case.state in states.OPEN


def _had_reconsideration(case: Case) -> bool:
    rows = Dispute.objects.unscoped("the action has checked the unit")
    return rows.filter(case=case, kind=RECONSIDERATION).exclude(outcome="").exists()


def _told(dispute: Dispute, verb: str, *, by: Actor, now: datetime) -> None:
    facts = {
        "case": dispute.case_id,
        "kind": dispute.kind,
        "due": dispute.answer_due_on.isoformat(),
        "answered": dispute.answered_on.isoformat() if dispute.answered_on else "",
        "outcome": dispute.outcome,
    }
    record(verb=verb, by=by, at=now, about=dispute, facts=facts)
