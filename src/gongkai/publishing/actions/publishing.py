"""Putting a reviewed document before the public."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from gongkai.documents import states as life
from gongkai.documents.actions import check, close_correction, move
from gongkai.documents.models import Document, Edition
from gongkai.events.publication import DocumentReturned
from gongkai.kernel.clock import legal_day
from gongkai.kernel.outbox import emit
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import can
from gongkai.publishing import queries, rules
from gongkai.publishing.actions import attempts, lists, releasing
from gongkai.publishing.models import EditionClosure, IndexNumber, Publication
from gongkai.publishing.queries.office import last_publication_time
from gongkai.trail import installation
from gongkai.trail.chain import SYSTEM, record

LEAST_REASON = 4
CLOCK_TOLERANCE = timedelta(minutes=5)


def why_not_publish(*, document: Document, by: Actor, now: datetime) -> list[Refusal]:
    """Everything that keeps this person from publishing this document now."""
    if not can(by, "publishing.publish", document.unit_id):
        return [Refusal("wall.unit", "", "您没有为这个单位发布的权限。需要的，请联系本单位负责人。")]
    found = queries.standing_against(document=document, today=legal_day(now))
    if found and found[0].code == "publish.not_ready":
        return found
    if by.person_id in document.writers:
        found.append(
            Refusal(
                "publish.own_draft",
                "三审制",
                "您起草或修改过这份公文，不能由您发布。请由没有参加起草的负责人发布。",
            )
        )
    own = any(held.unit_id == document.unit_id for held in by.held)
    if not own and not document.unit.is_small:
        found.append(
            Refusal(
                "publish.not_small",
                "三审制",
                "这个单位人手齐全，由本单位负责人发布，区政务公开主管部门不代为发布。",
            )
        )
    return found + _clock_refusals(document, now)


@transaction.atomic
def publish(*, document: Document, by: Actor, now: datetime) -> Publication:
    """Put a reviewed document before the public: number, address, sealed edition, receipt. 条例第二十六条.

    The time is the server's and nobody can give another; a document that was withdrawn comes back under the
    number and the address that it had.
    """
    document = _locked(document)
    found = why_not_publish(document=document, by=by, now=now)
    attempts.note_clock(found, document=document, by=by, now=now)
    refuse_if(found)
    publication = queries.publication_of(document)
    number = publication.index_number if publication else _give_number(document.unit, now)
    correction = close_correction(document=document, now=now)
    edition = releasing.seal(
        document,
        fields=queries.edition_fields(document, index_number=number.number),
        body=document.body,
        attachments=queries.sealed_attachments(document),
        now=now,
        note=correction.note if correction else "",
    )
    publication = publication or Publication(
        document=document,
        unit=document.unit,
        index_number=number,
        path=rules.document_path(year=number.year, number_id=number.pk),
        version=0,
        first_published_at=now,
    )
    if correction and correction.closes_before:
        _close_before(publication, edition, correction.closes_before, by=by, now=now)
    releasing.release(publication, edition, by=by, now=now, verb="publishing.publish")
    move(document=document, verb="publish", now=now)
    check(document=document, by=by, now=now, alone=False)
    return publication


def why_not_give_back(*, document: Document, by: Actor, reason: str) -> list[Refusal]:
    """Why this person cannot give a document that waits for publication back to its writer."""
    if not can(by, "publishing.publish", document.unit_id):
        return [
            Refusal("wall.unit", "", "您没有为这个单位发布的权限，不能退回。需要的，请联系本单位负责人。")
        ]
    if document.state != life.APPROVED:
        return [Refusal("give_back.state", "", "这份公文不在待发布，不能退回。请刷新页面看最新状态。")]
    if len(reason.strip()) < LEAST_REASON:
        return [Refusal("give_back.reason", "三审制", f"请写明为什么退回，至少{LEAST_REASON}个字。")]
    return []


@transaction.atomic
def give_back(*, document: Document, by: Actor, now: datetime, reason: str) -> None:
    """Whoever publishes finds something: the document goes back to its writer, and through review again."""
    document = _locked(document)
    refuse_if(why_not_give_back(document=document, by=by, reason=reason))
    move(document=document, verb="return", now=now)
    record(verb="publishing.give_back", by=by, at=now, about=document, note=reason.strip())
    emit(DocumentReturned(document_id=document.pk, unit_id=document.unit_id, round=document.round))


@transaction.atomic
def turn(*, publication: Publication, now: datetime) -> None:
    """A document came into force or ran out today: draw it anew with its present badge. By the system."""
    today = legal_day(now)
    publication = (
        Publication.objects.unscoped("a job of the system").select_for_update().get(pk=publication.pk)
    )
    if publication.turns_on is None or publication.turns_on > today:
        return
    publication.version += 1
    publication.turns_on = releasing.turns_on(publication, today)
    publication.save(update_fields=["version", "turns_on"])
    lists.touch(publication, now=now)
    record(
        verb="publishing.turn",
        by=SYSTEM,
        at=now,
        about=publication,
        facts={"version": publication.version, "validity": queries.validity_of(publication, today)},
    )
    emit(releasing.published(publication))


def _locked(document: Document) -> Document:
    rows = Document.objects.unscoped("the action checks the actor itself")
    return rows.select_for_update(of=("self",)).select_related("unit").get(pk=document.pk)


def _give_number(unit: Unit, now: datetime) -> IndexNumber:
    """The next number of the unit in this year; the row of the unit is the queue."""
    Unit.objects.select_for_update().get(pk=unit.pk)
    year = legal_day(now).year
    last = IndexNumber.objects.filter(unit=unit, year=year).aggregate(last=Max("seq"))["last"] or 0
    text = rules.index_number(
        queries.template(), uscc=unit.uscc, unit_code=unit.code, year=year, seq=last + 1
    )
    if IndexNumber.objects.filter(number=text).exists():
        refuse_if(
            [
                Refusal(
                    "index.taken",
                    "条例第十二条",
                    f"索引号 {text} 已经用过，不能再用。请区政务公开主管部门核对单位代码和编制规则。",
                )
            ]
        )
    return IndexNumber.objects.create(unit=unit, year=year, seq=last + 1, number=text, given_at=now)


def _close_before(
    publication: Publication, edition: Edition, reason: str, *, by: Actor, now: datetime
) -> None:
    """The editions before this one may not be read any more; their digests and receipts stay."""
    closed = EditionClosure.objects.values("edition")
    for earlier in publication.document.editions.filter(number__lt=edition.number).exclude(pk__in=closed):
        EditionClosure.objects.create(edition=earlier, reason=reason, at=now, by_id=by.person_id)
        record(
            verb="publishing.close_edition",
            by=by,
            at=now,
            about=publication,
            note=reason,
            facts={"edition": earlier.number, "digest": earlier.digest},
        )


def _clock_refusals(document: Document, now: datetime) -> list[Refusal]:
    """A server clock that was put back would back-date what is published; a playground may do that, but no edition
    comes before the one before it."""
    before = queries.publication_of(document)
    in_order = before is None or now >= before.published_at
    last = last_publication_time()
    if in_order and (last is None or now >= last - CLOCK_TOLERANCE or installation.is_playground()):
        return []
    return [
        Refusal(
            "publish.clock",
            "发布时间由服务器记录",
            "服务器时间早于上一次发布的时间，发布时间会倒退。请系统管理员校准时钟后再发布。",
        )
    ]
