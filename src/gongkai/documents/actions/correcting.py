"""Correcting what stands in public: a new edition is written on the same record, the old one stays until then."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.documents import queries, states
from gongkai.documents.actions.drafting import move, take_off, why_not_change, why_not_submit
from gongkai.documents.actions.evidence import keep_gate_run
from gongkai.documents.actions.periods import set_change_due
from gongkai.documents.models import Attachment, Correction, Document
from gongkai.documents.queries import corrections
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can
from gongkai.trail.chain import record

LEAST_CLOSING = 6
_CLOSED = Refusal(
    "correction.none", "", "这份公文没有正在进行的更正，可能已经发布或者放弃。请刷新页面看最新状态。"
)


def why_not_correct(*, document: Document, by: Actor) -> list[Refusal]:
    """Why this person cannot begin a new edition of the document."""
    if not can(by, "documents.write", document.unit_id):
        return [Refusal("wall.unit", "", "您没有为这个单位更正信息的权限。需要的，请联系本单位负责人授权。")]
    if states.target_of(document.state, "correct") is None or queries.newest_edition(document) is None:
        return [
            Refusal(
                "correction.not_public",
                "",
                f"这份公文现在是“{states.LABELS[document.state]}”，只有发布过的信息可以更正。草稿直接修改即可。",
            )
        ]
    return []


@transaction.atomic
def correct(*, document: Document, by: Actor, now: datetime, note: str = "") -> Correction:
    """Begin a new edition of what stands in public; nothing changes there until it is published. 条例第六条."""
    document = _locked(document)
    refuse_if(why_not_correct(document=document, by=by))
    base = queries.newest_edition(document)
    assert base is not None
    correction = Correction.objects.create(
        document=document, base=base, note=note.strip(), by_id=by.acting_id, at=now, changed_on=legal_day(now)
    )
    set_change_due(correction)
    correction.save(update_fields=["due_on", "due_provisional"])
    move(document=document, verb="correct", now=now)
    if by.person_id not in document.writers:
        document.writers = [*document.writers, by.person_id]
        document.save(update_fields=["writers"])
    record(
        verb="documents.correct",
        by=by,
        at=now,
        about=document,
        note=correction.note,
        facts={"edition": base.number},
    )
    return correction


def why_not_describe(
    *, document: Document, by: Actor, note: str, closes_before: str = "", changed_on: date | None = None
) -> list[Refusal]:
    """Why these words cannot be noted about the correction."""
    found = why_not_change(document=document, by=by)
    correction = queries.open_correction(document)
    if correction is None:
        return found or [_CLOSED]
    began = legal_day(correction.at)
    if changed_on is not None and changed_on > began:
        text = f"变更日期不能晚于开始更正的 {began.isoformat()}：公开期限从信息变更之日起算。"
        found.append(Refusal("correction.changed_on", "条例第二十六条", text))
    if changed_on is not None and document.written_on is not None and changed_on < document.written_on:
        text = f"变更日期早于成文日期 {document.written_on.isoformat()}。请核对：那时这条信息还没有形成。"
        found.append(Refusal("correction.changed_before", "条例第二十六条", text))
    if closes_before.strip() and len(closes_before.strip()) < LEAST_CLOSING:
        found.append(
            Refusal(
                "correction.closing",
                "",
                f"以前的版本不再公开，要写明理由，至少{LEAST_CLOSING}个字（如原文含个人信息）。",
            )
        )
    return found


@transaction.atomic
def describe(
    *,
    document: Document,
    by: Actor,
    now: datetime,
    note: str,
    closes_before: str = "",
    changed_on: date | None = None,
) -> Correction:
    """Say for the public what the new edition changes, and whether the editions before may still be read; and since
    when the information is another, if that was before the correction began: from then on art. 26 counts."""
    document = _locked(document)
    refuse_if(
        why_not_describe(
            document=document, by=by, note=note, closes_before=closes_before, changed_on=changed_on
        )
    )
    correction = queries.open_correction(document)
    assert correction is not None
    correction.note, correction.closes_before = note.strip()[:300], closes_before.strip()[:300]
    correction.changed_on = changed_on or correction.changed_on
    set_change_due(correction)
    correction.save(update_fields=["note", "closes_before", "changed_on", "due_on", "due_provisional"])
    record(
        verb="documents.describe",
        by=by,
        at=now,
        about=document,
        note=correction.note,
        facts={"closes_before": correction.closes_before, "changed_on": str(correction.changed_on or "")},
    )
    return correction


def why_not_submit_slip(*, document: Document, by: Actor, today: date, reason: str) -> list[Refusal]:
    """Why the correction may not go the short road of an obvious slip."""
    return why_not_submit(document=document, by=by, today=today) + corrections.slip_findings(
        document, reason=reason
    )


@transaction.atomic
def submit_slip(*, document: Document, by: Actor, now: datetime, today: date, reason: str) -> Document:
    """Hand an obvious slip to whoever publishes: he sees both texts and the reason of a named person."""
    document = _locked(document)
    refuse_if(why_not_submit_slip(document=document, by=by, today=today, reason=reason))
    correction = queries.open_correction(document)
    assert correction is not None
    correction.light, correction.slip_reason = True, reason.strip()[:300]
    correction.save(update_fields=["light", "slip_reason"])
    document.round += 1
    document.save(update_fields=["round"])
    keep_gate_run(document=document, by=by, now=now)
    move(document=document, verb="submit_slip", now=now)
    record(
        verb="documents.submit_slip",
        by=by,
        at=now,
        about=document,
        note=correction.slip_reason,
        facts={"round": document.round},
    )
    return document


def why_not_drop_correction(*, document: Document, by: Actor) -> list[Refusal]:
    """Why the correction cannot be given up now."""
    found = why_not_change(document=document, by=by)
    return found or ([] if queries.open_correction(document) else [_CLOSED])


@transaction.atomic
def drop_correction(*, document: Document, by: Actor, now: datetime, in_public: bool) -> Document:
    """Give the new edition up; the record is as the public sees it. ``in_public``: it was not withdrawn meanwhile."""
    document = _locked(document)
    refuse_if(why_not_drop_correction(document=document, by=by))
    correction = queries.open_correction(document)
    assert correction is not None
    _restore(document, correction, now)
    correction.outcome, correction.ended_at = Correction.Outcome.DROPPED, now
    correction.save(update_fields=["outcome", "ended_at"])
    move(document=document, verb="drop_correction" if in_public else "drop_withdrawn", now=now)
    record(verb="documents.drop_correction", by=by, at=now, about=document)
    return document


def close_correction(*, document: Document, now: datetime) -> Correction | None:
    """The new edition was published; the acting station writes the trail."""
    correction = queries.open_correction(document)
    if correction is not None:
        correction.outcome, correction.ended_at = Correction.Outcome.PUBLISHED, now
        correction.save(update_fields=["outcome", "ended_at"])
    return correction


def _restore(document: Document, correction: Correction, now: datetime) -> None:
    edition = correction.base
    for name in (*corrections.PLAIN, *corrections.OTHERS):
        setattr(document, name, edition.fields[name])
    for name in corrections.DATES:
        text = edition.fields[name]
        setattr(document, name, date.fromisoformat(text) if text else None)
    document.body = edition.body
    document.save()
    sealed = [row["id"] for row in edition.attachments]
    for attachment in document.attachments.exclude(pk__in=sealed):
        take_off(attachment, now=now)
    Attachment.ever.filter(pk__in=sealed).update(retired_at=None)


def _locked(document: Document) -> Document:
    rows = Document.objects.unscoped("the action checks the actor itself")
    return rows.select_for_update().select_related("unit").get(pk=document.pk)
