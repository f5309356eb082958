"""Rules of public periods, and what happens when one is over: archive, take down, take people out (B14)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.columns.models import Column
from gongkai.documents.models import Document
from gongkai.kernel.clock import legal_day
from gongkai.law.queries import calendar
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can
from gongkai.publishing import queries, rules
from gongkai.publishing.actions import releasing
from gongkai.publishing.actions.withdrawing import end_period
from gongkai.publishing.models import EditionClosure, PeriodRun, Publication, PublicPeriod
from gongkai.publishing.rules.anonymising import anonymise
from gongkai.publishing.rules.public_period import ANONYMISE, HIDE, Period, period_refusals
from gongkai.trail.chain import SYSTEM, record

_NOT_YOURS = Refusal("wall.role", "", "公开期限规则由区政务公开主管部门设定，您没有这个权限。")


def why_not_set_period(
    *,
    type: str,
    column: Column | None,
    channel: str,
    amount: int,
    unit: str,
    then: str,
    basis: str,
    by: Actor,
) -> list[Refusal]:
    """Why this rule cannot be set."""
    if not can(by, "publishing.settings"):
        return [_NOT_YOURS]
    found = period_refusals(
        type=type,
        has_column=column is not None,
        channel=channel,
        amount=amount,
        unit=unit,
        then=then,
        basis=basis,
    )
    same = PublicPeriod.objects.filter(type=type, column=column, channel=channel, ended_at=None)
    if not found and same.filter(amount=amount, unit=unit, then=then).exists():
        found.append(Refusal("period.same", "", "已经有一条完全相同的规则。不用再设。"))
    return found


@transaction.atomic
def set_period(
    *,
    type: str,
    column: Column | None,
    channel: str,
    amount: int,
    unit: str,
    then: str,
    basis: str,
    by: Actor,
    now: datetime,
) -> PublicPeriod:
    """Set a rule; one for the same type, column and channel ends with it, and stays as its history."""
    refuse_if(
        why_not_set_period(
            type=type, column=column, channel=channel, amount=amount, unit=unit, then=then, basis=basis, by=by
        )
    )
    before = PublicPeriod.objects.filter(type=type, column=column, channel=channel, ended_at=None)
    ended = list(before.values_list("pk", flat=True))
    before.update(ended_at=now)
    row = PublicPeriod.objects.create(
        type=type,
        column=column,
        channel=channel,
        amount=amount,
        unit=unit,
        then=then,
        basis=basis.strip(),
        by_id=by.acting_id,
        at=now,
    )
    record(
        verb="publishing.set_period",
        by=by,
        at=now,
        about=row,
        note=row.basis,
        facts={
            "type": type,
            "channel": channel,
            "amount": amount,
            "unit": unit,
            "then": then,
            "column": column.code if column else "",
            "ended": ended,
        },
    )
    reckon_periods()
    return row


def why_not_end_rule(*, period: PublicPeriod, by: Actor) -> list[Refusal]:
    """Why this rule cannot be ended."""
    if not can(by, "publishing.settings"):
        return [_NOT_YOURS]
    return [] if period.ended_at is None else [Refusal("period.ended", "", "这条规则已经停用。请刷新页面。")]


@transaction.atomic
def end_rule(*, period: PublicPeriod, by: Actor, now: datetime) -> None:
    """End a rule without another in its place; what it ended stays ended."""
    period = PublicPeriod.objects.select_for_update().get(pk=period.pk)
    refuse_if(why_not_end_rule(period=period, by=by))
    period.ended_at = now
    period.save(update_fields=["ended_at"])
    record(verb="publishing.end_rule", by=by, at=now, about=period)
    reckon_periods()


@transaction.atomic
def reckon_periods() -> int:
    """Put the last day of every live publication right by the rules that hold; returns how many moved.

    A view of the rules and the calendar, so it has no row of the trail: doing it twice changes nothing.
    """
    moved = 0
    for one in queries.endings(queries.periods()):
        publication = one if isinstance(one, Publication) else one.publication
        last = None if isinstance(one, Publication) else one.last_day
        if publication.public_until != last:
            rows = Publication.objects.unscoped("a job of the system over all units")
            moved += rows.filter(pk=publication.pk).update(public_until=last)
    return moved


@transaction.atomic
def run_period(*, publication: Publication, now: datetime) -> PeriodRun | None:
    """The public period is over: do what the rule says, once, with its log and receipt. By the system."""
    rows = Publication.objects.unscoped("a job of the system over all units")
    publication = (
        rows.select_for_update(of=("self",))
        .select_related("edition", "document", "unit", "index_number")
        .get(pk=publication.pk)
    )
    ending = queries.ending_of(publication, queries.periods(), calendar)
    today = legal_day(now)
    if publication.state != Publication.State.LIVE or ending is None or ending.last_day >= today:
        return None
    period = ending.period
    receipt = releasing.receipt_code(now)
    then, seq = _do(publication, period, ending.last_day, receipt, now)
    return PeriodRun.objects.create(
        publication=publication,
        period_id=period.id,
        due=ending.last_day,
        then=then,
        receipt=receipt,
        trail_seq=seq,
        at=now,
        done_at=now,
    )


def _do(publication: Publication, period: Period, last: date, receipt: str, now: datetime) -> tuple[str, int]:
    """Carry a rule out; returns what was done (a text without a place to mask is archived) and its trail row."""
    facts = {"period": period.id, "due": last.isoformat(), "receipt": receipt}
    if period.then == ANONYMISE:
        masked = anonymise(publication.edition.body)
        if masked.count:
            return ANONYMISE, _anonymise(publication, masked.html, last, now)
    kind = rules.HIDDEN if period.then == HIDE else rules.ARCHIVED
    reason = f"公开期限至 {last.isoformat()}，已满"
    _, row = end_period(publication=publication, kind=kind, reason=reason, now=now, facts=facts)
    return (HIDE if period.then == HIDE else "archive"), row.seq


def _anonymise(publication: Publication, body: str, last: date, now: datetime) -> int:
    """A new edition without the people and without files; the editions before may not be read any more."""
    note = f"公开期限至 {last.isoformat()}，已去除个人信息，附件不再公开"
    edition = releasing.seal(
        publication.document, fields=publication.edition.fields, body=body, attachments=[], now=now, note=note
    )
    closed = EditionClosure.objects.values("edition")
    earlier = publication.document.editions.filter(number__lt=edition.number).exclude(pk__in=closed)
    for one in earlier:
        EditionClosure.objects.create(edition=one, reason="公开期限已满", at=now)
        record(
            verb="publishing.close_edition",
            by=SYSTEM,
            at=now,
            about=publication,
            note="公开期限已满",
            facts={"edition": one.number, "digest": one.digest},
        )
    _follow(publication.document, body, now)
    made = releasing.release(publication, edition, by=SYSTEM, now=now, verb="publishing.anonymise")
    # It was done; without this the next minute would find the same period over again.
    Publication.objects.unscoped("a job of the system over all units").filter(pk=publication.pk).update(
        public_until=None
    )
    return made.trail_seq


def _follow(document: Document, body: str, now: datetime) -> None:
    """The working copy follows, so that a later correction does not bring the people back."""
    document.attachments.update(retired_at=now)
    document.body = body
    document.save(update_fields=["body"])


@transaction.atomic
def ask_by_hand(*, ending: queries.Ending, now: datetime) -> PeriodRun:
    """The period is over in another channel: somebody of the unit takes it down there and says so."""
    receipt = releasing.receipt_code(now)
    row = record(
        verb="publishing.ask_by_hand",
        by=SYSTEM,
        at=now,
        about=ending.publication,
        facts={"period": ending.period.id, "due": ending.last_day.isoformat(), "receipt": receipt},
    )
    return PeriodRun.objects.create(
        publication=ending.publication,
        period_id=ending.period.id,
        due=ending.last_day,
        then=ending.period.then,
        receipt=receipt,
        trail_seq=row.seq,
        at=now,
    )


def why_not_confirm_run(*, run: PeriodRun, by: Actor) -> list[Refusal]:
    """Why this person cannot say that it was taken down."""
    if not can(by, "publishing.take_down", run.publication.unit_id):
        return [Refusal("wall.unit", "", "您没有为这个单位确认撤下的权限。请联系本单位信息员。")]
    return [] if run.done_at is None else [Refusal("run.done", "", "已经确认过撤下，不用再确认。")]


@transaction.atomic
def confirm_run(*, run: PeriodRun, by: Actor, now: datetime) -> None:
    """A named person says that it hangs there no more."""
    run = PeriodRun.objects.select_for_update(of=("self",)).select_related("publication").get(pk=run.pk)
    refuse_if(why_not_confirm_run(run=run, by=by))
    run.done_at, run.done_by_id = now, by.person_id
    run.save(update_fields=["done_at", "done_by"])
    record(
        verb="publishing.confirm_run", by=by, at=now, about=run.publication, facts={"receipt": run.receipt}
    )
