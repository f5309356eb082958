"""Rows move: to their reviewer, into public, out of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Person
from gongkai.orgs.wall import WalledQuerySet
from gongkai.records import queries, states
from gongkai.records.actions.publishing import apply_changes, let_out
from gongkai.records.actions.standing import forget_reasons, why_not_let_stand
from gongkai.records.actions.telling import (
    CHUNK,
    HOUSE_RULE,
    NO_CHANGE,
    facts_of,
    locked,
    not_allowed,
    nothing_chosen,
    rows_by,
    tell,
    wrong_state,
)
from gongkai.records.models import RecordApproval, RecordRow
from gongkai.records.queries import RecordType
from gongkai.trail.chain import record

SHOWN = 5


def why_not_submit(
    *, kind: RecordType, rows: Sequence[RecordRow], by: Actor, approvers: Sequence[Person] = (), now: datetime
) -> list[Refusal]:
    """Why rows cannot go to their reviewer."""
    found = nothing_chosen(rows) + not_allowed(by, "records.work", [row.unit for row in rows], "送审")
    found += wrong_state(rows, "submit", "送审")
    marked = [row for row in rows if row.to_confirm]
    if marked:
        labels = "、".join(kind.field(name).label for name in marked[0].to_confirm[:4])
        text = f"{len(marked)} 行照去年做的还没有确认（如 {labels}）。请打开核对，或者整批确认。"
        found.append(Refusal("records.to_confirm", HOUSE_RULE, text))
    faulty = [(row, faults) for row in rows if (faults := queries.faults_in(kind, row.values))]
    for row, faults in faulty[:SHOWN]:
        found.append(Refusal("records.value", "", f"{row.title or f'第{row.pk}号'}：{faults[0]}"))
    found += why_not_let_stand(kind, rows)
    if kind.approvals > 1:
        found += _approver_refusals(kind, rows, by, approvers, now)
    return found


def _approver_refusals(
    kind: RecordType, rows: Sequence[RecordRow], by: Actor, approvers: Sequence[Person], now: datetime
) -> list[Refusal]:
    if len({person.pk for person in approvers}) != kind.approvals:
        text = f"这类信息要指定 {kind.approvals} 位审批人。请选 {kind.approvals} 位不同的人。"
        return [Refusal("records.approvers", HOUSE_RULE, text)]
    found = []
    for row in rows[:1]:
        possible = queries.possible_approvers(row.unit, today=legal_day(now), without=by.person_id)
        allowed = set(possible.values_list("pk", flat=True))
        for person in approvers:
            if person.pk not in allowed:
                text = f"{person.name}不能审批：要由本单位审核人、负责人或者区政务公开主管部门的人审批，不能是您本人。"
                found.append(Refusal("records.approver", "条例第十七条", text))
    return found


@transaction.atomic
def submit(
    *, kind: RecordType, ids: Sequence[int], by: Actor, now: datetime, approvers: Sequence[Person] = ()
) -> int:
    """Hand rows to whoever lets them out; for a type with several approvals the persons are named."""
    rows = locked(kind, ids)
    refuse_if(why_not_submit(kind=kind, rows=rows, by=by, approvers=approvers, now=now))
    _set(rows, state=states.WAITING, changed_at=now)
    RecordApproval.objects.unscoped("named anew").filter(row__in=[row.pk for row in rows]).delete()
    if kind.approvals > 1:
        RecordApproval.objects.bulk_create(
            RecordApproval(row=row, person=person) for row in rows for person in approvers
        )
    record(verb="records.submit", by=by, at=now, facts=facts_of(kind, rows))
    return len(rows)


def why_not_take_back(*, rows: Sequence[RecordRow], by: Actor) -> list[Refusal]:
    """Why rows cannot be taken back from review."""
    found = nothing_chosen(rows) + not_allowed(by, "records.work", [row.unit for row in rows], "收回")
    return found + wrong_state(rows, "take_back", "收回")


@transaction.atomic
def take_back(*, kind: RecordType, ids: Sequence[int], by: Actor, now: datetime) -> int:
    """Back into the hands of whoever entered them."""
    rows = locked(kind, ids)
    refuse_if(why_not_take_back(rows=rows, by=by))
    _set(rows, state=states.DRAFT, changed_at=now)
    record(verb="records.take_back", by=by, at=now, facts=facts_of(kind, rows))
    return len(rows)


def why_not_publish(*, kind: RecordType, rows: Sequence[RecordRow], by: Actor) -> list[Refusal]:
    """Why rows cannot be let out."""
    found = nothing_chosen(rows) + not_allowed(by, "records.publish", [row.unit for row in rows], "公开")
    wrong = [
        row for row in rows if row.state != states.WAITING and not (row.state == states.LIVE and row.proposed)
    ]
    found += wrong_state([row for row in wrong if row.state != states.LIVE], "publish", "公开")
    if any(row.state == states.LIVE for row in wrong):
        found.append(
            Refusal("records.public", "", "选中的行里有的已经公开，也没有待审的改动。请不要选它们。")
        )
    own = [row for row in rows if (row.proposed_by_id if row.proposed else row.by_id) == by.person_id]
    if own:
        text = f"有 {len(own)} 行是您自己录入或者修改的，要由另一个人公开。请交给本单位审核人或者负责人。"
        found.append(Refusal("records.own", "条例第十七条", text))
    if kind.approvals > 1 and any(row.state == states.WAITING for row in rows):
        text = f"这类信息由指定的 {kind.approvals} 位审批人逐行同意后公开。请打开这一行点“同意公开”。"
        found.append(Refusal("records.approvals", HOUSE_RULE, text))
    faulty = [
        (row, faults) for row in rows if (faults := queries.faults_in(kind, row.proposed or row.values))
    ]
    for row, faults in faulty[:SHOWN]:
        found.append(Refusal("records.value", "", f"{row.title or f'第{row.pk}号'}：{faults[0]}"))
    return found + why_not_let_stand(kind, rows)


@transaction.atomic
def publish(*, kind: RecordType, ids: Sequence[int], by: Actor, now: datetime) -> int:
    """Let rows out, and changes of public rows; the public period begins with the server's day."""
    rows = locked(kind, ids)
    refuse_if(why_not_publish(kind=kind, rows=rows, by=by))
    changed = [row for row in rows if row.state == states.LIVE]
    let_out(kind, [row for row in rows if row.state == states.WAITING], now=now)
    apply_changes(kind, changed, now=now)
    record(verb="records.publish", by=by, at=now, facts=facts_of(kind, rows))
    tell(kind, rows, now=now, gone=changed)
    return len(rows)


def why_not_approve(*, kind: RecordType, row: RecordRow, by: Actor) -> list[Refusal]:
    """Why this person cannot approve this row."""
    found = not_allowed(by, "records.publish", [row.unit], "同意公开")
    found += wrong_state([row], "publish", "同意公开")
    named = _approvals(row).filter(person=by.person_id).first()
    if named is None:
        found.append(Refusal("records.not_named", HOUSE_RULE, "您不是这一行指定的审批人。请由指定的人同意。"))
    elif named.approved_at:
        found.append(Refusal("records.approved", "", "您已经同意过。还在等另一位审批人。"))
    return found + why_not_let_stand(kind, [row])


@transaction.atomic
def approve(*, kind: RecordType, row: RecordRow, by: Actor, now: datetime) -> RecordRow:
    """One of the named persons agrees; with the last of them the row is public at once."""
    row = locked(kind, [row.pk])[0]
    refuse_if(why_not_approve(kind=kind, row=row, by=by))
    named = _approvals(row)
    named.filter(person=by.person_id).update(approved_at=now)
    left = named.filter(approved_at=None).count()
    record(verb="records.approve", by=by, at=now, about=row, facts={"type": kind.code, "left": left})
    if not left:
        let_out(kind, [row], now=now)
        tell(kind, [row], now=now)
    return row


def why_not_return(*, rows: Sequence[RecordRow], reason: str, by: Actor) -> list[Refusal]:
    """Why rows cannot be given back."""
    found = nothing_chosen(rows) + not_allowed(by, "records.publish", [row.unit for row in rows], "退回")
    wrong = [row for row in rows if row.state != states.WAITING and not row.proposed]
    found += wrong_state(wrong, "return", "退回")
    if len(reason.strip()) < 2:
        found.append(Refusal("records.no_reason", HOUSE_RULE, "没有写退回的原因。请写明哪里要改。"))
    return found


@transaction.atomic
def return_rows(*, kind: RecordType, ids: Sequence[int], reason: str, by: Actor, now: datetime) -> int:
    """Give rows back to whoever entered them; a proposed change of a public row is dropped."""
    rows = locked(kind, ids)
    refuse_if(why_not_return(rows=rows, reason=reason, by=by))
    words = reason.strip()[:300]
    _set([row for row in rows if row.state == states.WAITING], state=states.DRAFT, note=words, changed_at=now)
    _set([row for row in rows if row.state == states.LIVE], note=words, changed_at=now, **NO_CHANGE)
    record(verb="records.return", by=by, at=now, facts=facts_of(kind, rows), note=words[:200])
    return len(rows)


def why_not_hide(*, rows: Sequence[RecordRow], reason: str, by: Actor) -> list[Refusal]:
    """Why rows cannot be taken out of public."""
    found = nothing_chosen(rows) + not_allowed(by, "records.publish", [row.unit for row in rows], "撤下")
    found += wrong_state(rows, "hide", "撤下")
    if len(reason.strip()) < 2:
        found.append(Refusal("records.no_reason", HOUSE_RULE, "没有写撤下的原因。请写明，如“发布有误”。"))
    return found


@transaction.atomic
def hide(*, kind: RecordType, ids: Sequence[int], reason: str, by: Actor, now: datetime) -> int:
    """Take rows out of public: they are gone from list, data and search at once, and stay with the office."""
    rows = locked(kind, ids)
    refuse_if(why_not_hide(rows=rows, reason=reason, by=by))
    words = reason.strip()[:300]
    _set(rows, state=states.HIDDEN, note=words, changed_at=now, version=F("version") + 1, **NO_CHANGE)
    record(verb="records.hide", by=by, at=now, facts=facts_of(kind, rows), note=words[:200])
    tell(kind, rows, now=now, gone=rows)
    return len(rows)


def why_not_discard(*, rows: Sequence[RecordRow], by: Actor) -> list[Refusal]:
    """Why drafts cannot be thrown away."""
    found = nothing_chosen(rows) + not_allowed(by, "records.work", [row.unit for row in rows], "删除")
    if any(row.state != states.DRAFT or row.version for row in rows):
        found.append(
            Refusal("records.was_public", "条例第十九条", "只有没公开过的草稿可以删除。公开过的请撤下。")
        )
    return found


@transaction.atomic
def discard(*, kind: RecordType, ids: Sequence[int], by: Actor, now: datetime) -> int:
    """Throw drafts away that never were public, a wrong sheet for example."""
    rows = locked(kind, ids)
    refuse_if(why_not_discard(rows=rows, by=by))
    facts = facts_of(kind, rows)
    own = [row.pk for row in rows]
    forget_reasons(own)
    for at in range(0, len(own), CHUNK):
        RecordApproval.objects.unscoped("of the drafts").filter(row__in=own[at : at + CHUNK]).delete()
        RecordRow.objects.unscoped("of the drafts").filter(pk__in=own[at : at + CHUNK]).delete()
    record(verb="records.discard", by=by, at=now, facts=facts)
    return len(rows)


def why_not_check(*, kind: RecordType, rows: Sequence[RecordRow], by: Actor) -> list[Refusal]:
    """Why rows cannot be marked as looked at."""
    found = nothing_chosen(rows) + not_allowed(by, "records.work", [row.unit for row in rows], "核对")
    if kind.stale_days is None:
        found.append(Refusal("records.no_cycle", "", "这类信息没有核对周期，不用逐行核对。"))
    if any(row.state != states.LIVE for row in rows):
        found.append(Refusal("records.state", "", "只核对已公开的行。请不要选别的行。"))
    return found


@transaction.atomic
def check(*, kind: RecordType, ids: Sequence[int], by: Actor, now: datetime) -> int:
    """Somebody looked: place, hours and phone are still right."""
    rows = locked(kind, ids)
    refuse_if(why_not_check(kind=kind, rows=rows, by=by))
    _set(rows, checked_on=legal_day(now), changed_at=now)
    record(verb="records.check", by=by, at=now, facts=facts_of(kind, rows))
    tell(kind, rows, now=now)
    return len(rows)


def lock_rows(*, kind: RecordType, ids: Sequence[int]) -> None:
    """Keep two sheets of one type from being written at the same moment; ends with the transaction."""
    locked(kind, ids)


def chosen(*, kind: RecordType, ids: Sequence[int]) -> list[RecordRow]:
    """Rows by number, for the page that asks why something cannot be done."""
    return rows_by(kind, ids)


def _approvals(row: RecordRow) -> WalledQuerySet[RecordApproval]:
    return RecordApproval.objects.unscoped("the row's own").filter(row=row)


def _set(rows: Sequence[RecordRow], **values: object) -> None:
    own = [row.pk for row in rows]
    for at in range(0, len(own), CHUNK):
        RecordRow.objects.unscoped("the action checked the rows").filter(pk__in=own[at : at + CHUNK]).update(
            **values
        )
