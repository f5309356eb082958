"""Taking back what was published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.documents import states as life
from gongkai.documents.actions import move
from gongkai.documents.models import Document
from gongkai.events.publication import DocumentWithdrawn
from gongkai.kernel.outbox import emit
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can
from gongkai.publishing import rules
from gongkai.publishing.actions import lists, releasing
from gongkai.publishing.models import Publication, PublicChange, Withdrawal
from gongkai.trail.chain import SYSTEM, Who, record
from gongkai.trail.models import TrailRow


def why_not_withdraw(
    *,
    publication: Publication,
    by: Actor,
    kind: str = rules.MISTAKE,
    reason: str = "（待填写）",
    successor: Publication | None = None,
) -> list[Refusal]:
    """Why this person cannot take the publication back, or not in this way."""
    if not can(by, "publishing.withdraw", publication.unit_id):
        return [Refusal("wall.unit", "", "您没有撤回这个单位信息的权限。请联系本单位负责人。")]
    if publication.state != Publication.State.LIVE:
        return [Refusal("withdraw.gone", "", "这条信息已经撤回，不用再撤。请刷新页面看最新状态。")]
    return rules.withdrawal_refusals(
        kind=kind,
        reason=reason,
        has_successor=successor is not None,
        successor_live=successor is not None and successor.state == Publication.State.LIVE,
        is_itself=successor is not None and successor.pk == publication.pk,
        expired=publication.expired,
    )


@transaction.atomic
def withdraw(
    *,
    publication: Publication,
    kind: str,
    reason: str,
    by: Actor,
    now: datetime,
    successor: Publication | None = None,
) -> Withdrawal:
    """Take a publication back as 误发, 并入 or 失效; the row, its number and its address stay for ever.

    What has run out (失效) stays readable under a red banner, so the document stays published.
    """
    rows = Publication.objects.unscoped("the action checks the actor itself")
    publication = rows.select_for_update().get(pk=publication.pk)
    refuse_if(why_not_withdraw(publication=publication, by=by, kind=kind, reason=reason, successor=successor))
    publication.version += 1
    if kind == rules.EXPIRED:
        publication.expired = True
        publication.turns_on = None
        publication.public_until = None
        lists.touch(publication, now=now)
    else:
        publication.state = Publication.State.WITHDRAWN
        lists.clear(publication, now=now)
        _move(publication.document_id, now)
    publication.save()
    withdrawal = Withdrawal.objects.create(
        publication=publication,
        kind=kind,
        reason=reason.strip(),
        successor=successor,
        by_id=by.person_id,
        at=now,
        version=publication.version,
    )
    _tell(publication, withdrawal, by=by, now=now)
    return withdrawal


@transaction.atomic
def end_period(
    *, publication: Publication, kind: str, reason: str, now: datetime, facts: Mapping[str, Any]
) -> tuple[Withdrawal, TrailRow]:
    """The public period is over: the page gives way to a notice. By the system, after a rule of the office (B14)."""
    publication.version += 1
    publication.state = Publication.State.WITHDRAWN
    publication.public_until = None
    lists.clear(publication, now=now)
    _move(publication.document_id, now)
    publication.save()
    withdrawal = Withdrawal.objects.create(
        publication=publication, kind=kind, reason=reason, at=now, version=publication.version
    )
    row = _tell(publication, withdrawal, by=SYSTEM, now=now, facts=facts)
    return withdrawal, row


def _tell(
    publication: Publication,
    withdrawal: Withdrawal,
    *,
    by: Who,
    now: datetime,
    facts: Mapping[str, Any] | None = None,
) -> TrailRow:
    """The trail row, the line among the public changes, and the event of a withdrawal."""
    row = record(
        verb="publishing.withdraw",
        by=by,
        at=now,
        about=publication,
        note=withdrawal.reason,
        facts={
            "kind": withdrawal.kind,
            "path": publication.path,
            "version": publication.version,
            "successor": withdrawal.successor.path if withdrawal.successor else "",
            **(facts or {}),
        },
    )
    by_period = withdrawal.kind in rules.PERIOD_KINDS
    releasing.note_change(
        publication,
        kind=PublicChange.Kind.PERIOD if by_period else PublicChange.Kind.WITHDRAWN,
        word=withdrawal.kind,
        note=withdrawal.reason,
        now=now,
    )
    emit(
        DocumentWithdrawn(
            publication_id=publication.pk,
            document_id=publication.document_id,
            unit_id=publication.unit_id,
            path=publication.path,
            kind=withdrawal.kind,
            version=publication.version,
        )
    )
    return row


def _move(document_id: int, now: datetime) -> None:
    document = (
        Document.objects.unscoped("the action checked the actor").select_for_update().get(pk=document_id)
    )
    # A paper that went on to the archive leaves the public page all the same.
    if life.target_of(document.state, "withdraw") is not None:
        move(document=document, verb="withdraw", now=now)
