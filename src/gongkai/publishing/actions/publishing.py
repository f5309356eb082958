"""Putting a reviewed document before the public."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from gongkai.catalogue.queries import columns_of, item_of, theme_code
from gongkai.documents.actions import move
from gongkai.documents.models import Document, Edition, InterpretationLink
from gongkai.events.publication import DocumentPublished
from gongkai.kernel import ids
from gongkai.kernel.clock import legal_day
from gongkai.kernel.outbox import emit
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import can
from gongkai.publishing import queries, rules
from gongkai.publishing.actions import lists
from gongkai.publishing.models import IndexNumber, Publication
from gongkai.publishing.queries.office import last_publication_time
from gongkai.publishing.queries.public import day_of
from gongkai.trail import installation
from gongkai.trail.chain import SYSTEM, record, sm3

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
    return found + _clock_refusals(now)


@transaction.atomic
def publish(*, document: Document, by: Actor, now: datetime) -> Publication:
    """Put a reviewed document before the public: number, address, sealed edition, receipt. 条例第二十六条.

    The time is the server's and nobody can give another; a document that was withdrawn comes back under the
    number and the address that it had.
    """
    document = _locked(document)
    refuse_if(why_not_publish(document=document, by=by, now=now))
    publication = queries.publication_of(document)
    number = publication.index_number if publication else _give_number(document.unit, now)
    edition = _seal(document, index_number=number.number, now=now)
    publication = publication or Publication(
        document=document,
        unit=document.unit,
        index_number=number,
        path=rules.document_path(year=number.year, number_id=number.pk),
        version=0,
        first_published_at=now,
    )
    publication.edition = edition
    publication.title = document.title
    publication.version += 1
    publication.published_at = now
    publication.receipt = _receipt_code(now)
    publication.digest = edition.digest
    publication.state = Publication.State.LIVE
    publication.turns_on = _turns_on(publication, legal_day(now))
    publication.trail_seq = 0
    publication.save()
    _record(publication, by=by, now=now)
    move(document=document, verb="publish", now=now)
    lists.place(publication, _lists_of(publication), now=now)
    emit(_published(publication))
    return publication


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
    publication.turns_on = _turns_on(publication, today)
    publication.save(update_fields=["version", "turns_on"])
    lists.touch(publication, now=now)
    record(
        verb="publishing.turn",
        by=SYSTEM,
        at=now,
        about=publication,
        facts={"version": publication.version, "validity": queries.validity_of(publication, today)},
    )
    emit(_published(publication))


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


def _seal(document: Document, *, index_number: str, now: datetime) -> Edition:
    """Freeze what the public will see; the digest covers every word, field and attachment."""
    fields = queries.edition_fields(document, index_number=index_number)
    attachments = queries.sealed_attachments(document)
    digests = [attachment["digest"] for attachment in attachments]
    last = document.editions.aggregate(last=Max("number"))["last"] or 0
    return Edition.objects.create(
        document=document,
        number=last + 1,
        fields=fields,
        body=document.body,
        attachments=attachments,
        digest=sm3(rules.canonical(fields, document.body, digests)),
        made_at=now,
    )


def _record(publication: Publication, *, by: Actor, now: datetime) -> None:
    """One trail row with everything that the receipt says; its number stands on the publication."""
    row = record(
        verb="publishing.publish",
        by=by,
        at=now,
        about=publication,
        facts={
            "path": publication.path,
            "index_number": publication.index_number.number,
            "version": publication.version,
            "edition": publication.edition.number,
            "digest": publication.digest,
            "receipt": publication.receipt,
            "published_at": publication.published_at.isoformat(),
        },
    )
    publication.trail_seq = row.seq
    publication.save(update_fields=["trail_seq"])


def _lists_of(publication: Publication) -> tuple[str, ...]:
    fields = publication.edition.fields
    first = legal_day(publication.first_published_at)
    item = item_of(fields["catalogue_item"])
    interprets = InterpretationLink.objects.filter(interpretation=publication.document_id).exists()
    listings = rules.listings_of(
        unit=publication.unit.code,
        item=item.code,
        theme=theme_code(fields["theme"]),
        columns=columns_of(item=item.code, number=fields["number"]),
        kind=fields["kind"],
        title=fields["title"],
        interprets=interprets,
    )
    return (*listings, rules.sitemap_address(year=first.year, month=first.month))


def _turns_on(publication: Publication, today: date) -> date | None:
    return rules.turns_on(
        effective_on=day_of(publication, "effective_on"),
        valid_until=day_of(publication, "valid_until"),
        expired=publication.expired,
        today=today,
    )


def _receipt_code(now: datetime) -> str:
    return f"{legal_day(now).year}-{ids.code(groups=2)}"


def _clock_refusals(now: datetime) -> list[Refusal]:
    """A server clock that was put back would back-date what is published; a playground may do that."""
    last = last_publication_time()
    if last is None or now >= last - CLOCK_TOLERANCE or installation.is_playground():
        return []
    return [
        Refusal(
            "publish.clock",
            "发布时间由服务器记录",
            "服务器时间早于上一次发布的时间，发布时间会倒退。请系统管理员校准时钟后再发布。",
        )
    ]


def _published(publication: Publication) -> DocumentPublished:
    return DocumentPublished(
        publication_id=publication.pk,
        document_id=publication.document_id,
        unit_id=publication.unit_id,
        path=publication.path,
        version=publication.version,
    )
