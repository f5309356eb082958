"""The editions of a record: the list, each text as it stood, two of them side by side, and its receipt."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.html import escape

from gongkai.documents.models import Attachment, Edition
from gongkai.files import storage
from gongkai.files.queries import with_digest
from gongkai.kernel.clock import legal_day
from gongkai.kernel.html import clean, plain
from gongkai.portal.context import (
    Banner,
    Column,
    ComparedField,
    ComparedLine,
    ComparePage,
    DocumentPage,
    Download,
    EditionRow,
    EditionsPage,
    Link,
    MetaField,
    Receipt,
)
from gongkai.portal.pages.clauses import anchored
from gongkai.portal.pages.scene import HOME, Scene
from gongkai.portal.templatetags.look import spoken
from gongkai.portal.tree import Output
from gongkai.publishing.models import Publication
from gongkai.publishing.queries import (
    Past,
    attachment_path,
    compare,
    counted,
    edition_path,
    editions_of,
    editions_path,
    past_attachment_path,
    receipt_of_release,
)

NOT_FOUND_BY_SEARCH = "noindex"
LABELS = {
    "title": "标题",
    "number": "发文字号",
    "issuer": "发文机关",
    "recipients": "主送机关",
    "kind": "文种",
    "theme": "主题分类",
    "catalogue_item": "法定目录",
    "keywords": "关键词",
    "summary": "内容概述",
    "written_on": "成文日期",
    "effective_on": "施行日期",
    "valid_until": "有效期至",
    "registered_number": "登记号",
    "is_normative": "行政规范性文件",
    "openness": "公开属性",
    "unit": "单位",
}


def edition_outputs(publication: Publication, scene: Scene, *, record: str) -> list[Output]:
    """The files of a record's history; a record with one edition has none, its list is drawn when asked for."""
    past = editions_of(publication)
    if len(past) < 2:
        return []
    version = publication.version
    found = [scene.draw(editions_page(publication, past, scene), record=record, version=version)]
    for one in past:
        receipt = json.dumps(
            receipt_of_release(one.release, site_url=scene.site.url, label=scene.site.label)
            if not one.closed
            else _closed_receipt(one, publication, scene),
            ensure_ascii=False,
            sort_keys=True,
            indent=1,
        )
        path = receipt_path(publication, one.number)
        found.append(Output(path, receipt.encode(), record, version, "receipt"))
        page = edition_page(publication, one, scene)
        found.append(scene.draw(page, record=record, version=version))
    return [*found, *_past_files(publication, past, record=record)]


def editions_page(publication: Publication, past: Sequence[Past], scene: Scene, **asked: Any) -> EditionsPage:
    """Every edition with its stretch of time, its note, its receipt; newest first."""
    rows = []
    for at, one in enumerate(past):
        before = past[at - 1] if at else None
        comparable = before is not None and not before.closed and not one.closed
        rows.append(
            EditionRow(
                number=one.number,
                since=one.release.published_at,
                until=one.stretch.until if one.stretch else None,
                ended_by=one.stretch.ended_by if one.stretch else "",
                note=one.edition.change_note,
                receipt=one.release.receipt,
                receipt_url=receipt_path(publication, one.number) if len(past) > 1 else "",
                digest=one.release.digest,
                url="" if one.closed else edition_path(publication.path, one.number),
                compare_url=compare_path(publication.path, before.number, one.number)
                if before is not None and comparable
                else "",
                closed=one.closed,
                files=() if one.closed else _file_links(publication, one.edition),
            )
        )
    return EditionsPage(
        address=editions_path(publication.path),
        title=f"历次版本：{publication.title}",
        crumbs=(HOME, Link("正文", publication.path), Link("历次版本")),
        column=Column(name="历次版本", type="信息公开目录"),
        robots=NOT_FOUND_BY_SEARCH,
        record_title=publication.title,
        record_url=publication.path,
        rows=tuple(reversed(rows)),
        on_url=f"{editions_path(publication.path)}on/",
        changes=tuple(
            (row.kind, row.reason, row.at) for row in publication.withdrawals.order_by("-at", "-pk")
        ),
        **asked,
    )


def edition_page(publication: Publication, one: Past, scene: Scene) -> DocumentPage:
    """A text as it stood in public from one moment to another; only the newest is the one that counts."""
    edition = one.edition
    fields = edition.fields
    body, clauses = anchored(clean(edition.body))
    day = legal_day(one.release.published_at)
    shown = "" if one.closed else body
    return DocumentPage(
        address=edition_path(publication.path, one.number),
        title=fields["title"],
        crumbs=(
            HOME,
            Link("正文", publication.path),
            Link("历次版本", editions_path(publication.path)),
            Link(f"第{one.number}版"),
        ),
        column=Column(name="历次版本", type="信息公开目录"),
        robots=NOT_FOUND_BY_SEARCH,
        banners=(_banner(publication, one),),
        fields=(
            MetaField("索引号", fields["index_number"]),
            MetaField("发文机关", fields["issuer"]),
            MetaField("发文字号", fields["number"]),
            MetaField("成文日期", date.fromisoformat(fields["written_on"]) if fields["written_on"] else None),
            MetaField("发布日期", one.release.published_at),
            MetaField("变更说明", edition.change_note or ("首次发布" if one.number == 1 else ""), wide=True),
        ),
        number=fields["number"],
        body=shown or f"<p>{_closed_words(one)}</p>",
        attachments=() if one.closed else _downloads(publication, edition),
        receipt=Receipt(
            code=one.release.receipt,
            published_at=one.release.published_at,
            digest=one.release.digest,
            edition=one.number,
            url=receipt_path(publication, one.number),
            history_url=editions_path(publication.path),
        ),
        clauses=() if one.closed else clauses,
        cite=cite_of(
            edition, one.release.digest, day, scene.site.url + edition_path(publication.path, one.number)
        ),
        past=one.number,
    )


def compare_page(publication: Publication, older: Past, newer: Past, past: Sequence[Past]) -> ComparePage:
    """What was taken out and put in, word by word, with the fields and files that changed."""
    lines = compare(plain(older.edition.body), plain(newer.edition.body))
    removed, added = counted(lines)
    return ComparePage(
        address=f"{editions_path(publication.path)}compare/",
        title=f"版本比较：{publication.title}",
        crumbs=(
            HOME,
            Link("正文", publication.path),
            Link("历次版本", editions_path(publication.path)),
            Link("比较"),
        ),
        column=Column(name="历次版本", type="信息公开目录"),
        robots=NOT_FOUND_BY_SEARCH,
        record_title=publication.title,
        older=_edition_link(publication, older),
        newer=_edition_link(publication, newer),
        note=newer.edition.change_note,
        fields=changed_fields(older.edition, newer.edition),
        lines=tuple(
            ComparedLine(tuple((piece.verb, piece.text) for piece in line.pieces), line.is_same)
            for line in lines
        ),
        removed=removed,
        added=added,
        editions=tuple(one.number for one in past if not one.closed),
        chosen=(older.number, newer.number),
    )


def changed_fields(before: Edition, after: Edition) -> tuple[ComparedField, ...]:
    """Fields and files that differ between two editions."""
    found = [
        ComparedField(label, _words(before.fields.get(name)), _words(after.fields.get(name)))
        for name, label in LABELS.items()
        if before.fields.get(name) != after.fields.get(name)
    ]
    files = [tuple((row["title"], row["digest"]) for row in one.attachments) for one in (before, after)]
    if files[0] != files[1]:
        names = ["、".join(f"{title}（{digest[:8]}）" for title, digest in rows) or "无" for rows in files]
        found.append(ComparedField("附件（名称和摘要）", *names))
    return tuple(found)


def compare_path(page: str, older: int, newer: int) -> str:
    """Where two editions stand side by side; a dynamic page."""
    return f"{editions_path(page)}compare/?from={older}&to={newer}"


def receipt_path(publication: Publication, number: int) -> str:
    """Where the receipt of an edition is fetched."""
    return f"{editions_path(publication.path)}{number}.receipt.json"


def cite_of(edition: Edition, digest: str, on: date, url: str) -> str:
    """How to cite a text so that everybody can find and check the very same one."""
    fields = edition.fields
    number = f"（{fields['number']}）" if fields["number"] else ""
    return (
        f"{fields['issuer']}：《{fields['title']}》{number}，{on.isoformat()}发布，第{edition.number}版，{url}，"
        f"SM3 {digest[:16]}"
    )


def _banner(publication: Publication, one: Past) -> Banner:
    link = Link("看现在公开的文本", publication.path)
    if one.stretch is None or one.stretch.until is None:
        return Banner("main", f"这是第{one.number}版，现在公开的就是它。", "", link)
    since, until = (spoken(moment) for moment in (one.stretch.since, one.stretch.until))
    return Banner("amb", f"这是第{one.number}版，不是现在公开的文本。", f"{since} 至 {until} 公开。", link)


def _closed_words(one: Past) -> str:
    return f"这一版不再公开，理由：{escape(one.closed)}。摘要和回执保留，供核验。"


def _closed_receipt(one: Past, publication: Publication, scene: Scene) -> dict[str, Any]:
    """A receipt without the words that may not be read any more; its digest still names them."""
    whole = receipt_of_release(one.release, site_url=scene.site.url, label=scene.site.label)
    return {**whole, "sealed": None, "title": publication.title, "closed": one.closed}


def _edition_link(publication: Publication, one: Past) -> Link:
    day = legal_day(one.release.published_at).isoformat()
    return Link(f"第{one.number}版", edition_path(publication.path, one.number), f"{day}发布")


def _downloads(publication: Publication, edition: Edition) -> tuple[Download, ...]:
    return tuple(
        Download(row["title"], _path(publication, row), row["kind"], row["size"])
        for row in edition.attachments
    )


def _file_links(publication: Publication, edition: Edition) -> tuple[Link, ...]:
    return tuple(
        Link(row["title"], _path(publication, row), row["digest"][:8]) for row in edition.attachments
    )


def _path(publication: Publication, row: dict[str, Any]) -> str:
    """A file of the present edition stands at its own address; one of an earlier edition among the editions."""
    present = {one["id"] for one in publication.edition.attachments}
    make = attachment_path if row["id"] in present else past_attachment_path
    return make(publication.path, attachment_id=row["id"], kind=row["kind"])


def _past_files(publication: Publication, past: Sequence[Past], *, record: str) -> list[Output]:
    """Files that stand in earlier editions only, byte for byte as they were sealed."""
    present = {one["id"] for one in publication.edition.attachments}
    rows = {
        row["id"]: row
        for one in past
        if not one.closed
        for row in one.edition.attachments
        if row["id"] not in present
    }
    files = {one.pk: one.file for one in Attachment.ever.filter(pk__in=rows).select_related("file__public")}
    return [
        Output(
            past_attachment_path(publication.path, attachment_id=key, kind=row["kind"]),
            storage.path_of(with_digest(files[key], row["digest"])).read_bytes(),
            record,
            publication.version,
            "file",
        )
        for key, row in rows.items()
        if key in files
    ]


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(map(str, value)) or "无"
    return str(value or "无")
