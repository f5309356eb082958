"""Published records: lists to copy from, one record with its text, what was taken back."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router

from gongkai.api import queries, schemas
from gongkai.api.parameters import DocumentsAsked, WithdrawalsAsked
from gongkai.api.views import shapes
from gongkai.catalogue.queries import item_of
from gongkai.kernel import clock
from gongkai.kernel.html import clean, plain
from gongkai.publishing.models import Publication
from gongkai.publishing.queries import Standing, attachment_path, day_of, standing

router = Router(tags=["公开信息"])


@router.get("/documents", response=schemas.Documents, summary="公开信息列表，新的在前")
def documents(request: HttpRequest, asked: Query[DocumentsAsked]):
    found, more = queries.documents(**asked.dict(), today=clock.today())
    since = asked.changed_since.isoformat() if asked.changed_since else ""
    kept = {"unit": asked.unit, "theme": asked.theme, "changed_since": since, "size": asked.size}
    return {
        "items": [shapes.document_row(line) for line in found],
        "next": shapes.next_page("/documents", more, **kept),
    }


@router.get(
    "/documents/{int:year}/{int:number}",
    response={200: schemas.DocumentDetail, 404: schemas.Fault, 410: schemas.Gone},
    summary="一条公开信息的全文和元数据",
)
def document(request: HttpRequest, year: int, number: int):
    pk = queries.number_at(year, number)
    found = standing(pk) if pk is not None else None
    if found is None:
        return 404, {"code": "unknown", "message": "没有这个编号的信息。编号是网址里的年份和序号，请核对。"}
    if not found.is_live:
        return 410, _gone(found)
    return 200, _detail(found)


@router.get("/withdrawals", response=schemas.Withdrawals, summary="已经撤回的信息；转载过的，请一并撤下")
def withdrawals(request: HttpRequest, asked: Query[WithdrawalsAsked]):
    found, more = queries.withdrawals(**asked.dict())
    rows = [
        {
            "id": shapes.id_of(one.publication),
            "url": shapes.full(one.publication.path),
            "index_number": one.publication.index_number.number,
            "kind": one.kind,
            "at": shapes.moment(one.at),
        }
        for one in found
    ]
    since = asked.since.isoformat() if asked.since else ""
    return {"items": rows, "next": shapes.next_page("/withdrawals", more, since=since, size=asked.size)}


def _gone(found: Standing) -> dict:
    withdrawal, publication = found.withdrawal, found.publication
    assert withdrawal is not None
    return {
        "code": "withdrawn",
        "message": "这条信息已经撤回。转载过的，请一并撤下。",
        "index_number": publication.index_number.number,
        "url": shapes.full(publication.path),
        "kind": withdrawal.kind,
        "at": shapes.moment(withdrawal.at),
        "reason": withdrawal.reason,
        "successor": shapes.related(withdrawal.successor),
    }


def _detail(found: Standing) -> dict:
    publication = found.publication
    fields, item = publication.edition.fields, item_of(publication.edition.fields["catalogue_item"])
    line = queries.lines([publication], clock.today())[0]
    return {
        **shapes.document_row(line),
        "keywords": fields["keywords"],
        "recipients": fields["recipients"],
        "openness": fields["openness"],
        "catalogue_item": {"code": item.code, "name": item.name, "basis": item.basis},
        "effective_on": day_of(publication, "effective_on"),
        "valid_until": day_of(publication, "valid_until"),
        "body_html": clean(publication.edition.body),
        "body_text": plain(publication.edition.body),
        "attachments": [_file(publication, one) for one in publication.edition.attachments],
        "interpretations": [shapes.related(one) for one in found.interpretations],
        "interprets": shapes.related(found.interprets),
        "receipt": {
            "code": publication.receipt,
            "digest": publication.digest,
            "url": shapes.full(publication.path.removesuffix(".html") + ".receipt.json"),
        },
    }


def _file(publication: Publication, sealed: dict) -> dict:
    path = attachment_path(publication.path, attachment_id=sealed["id"], kind=sealed["kind"])
    return {
        "title": sealed["title"],
        "kind": sealed["kind"],
        "size": sealed["size"],
        "url": shapes.full(path),
    }
