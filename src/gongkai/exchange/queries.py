"""Packages, copy-ready entries, and the package of a publication."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from gongkai.documents.models import Attachment
from gongkai.exchange.models import Package, PackageItem, PlatformEntry
from gongkai.exchange.rules.package import FORMAT
from gongkai.files import storage
from gongkai.files.queries import with_digest
from gongkai.kernel.html import plain
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import units_for, visible
from gongkai.publishing.models import Publication
from gongkai.publishing.queries import attachment_path, receipt_of

PLATFORMS = ("市政务公开平台", "省政务公开平台", "全省规范性文件库")
EPOCH = (1980, 1, 1, 0, 0, 0)
LABELS = {
    "title": "标题",
    "index_number": "索引号",
    "number": "发文字号",
    "issuer": "发文机关",
    "written_on": "成文日期",
    "kind": "文种",
    "theme": "主题分类",
    "keywords": "关键词",
    "summary": "内容概述",
    "effective_on": "施行日期",
    "valid_until": "有效期至",
    "registered_number": "登记号",
    "openness": "公开属性",
}


@dataclass(frozen=True, slots=True)
class Copied:
    """One field to be copied into another platform."""

    name: str
    label: str
    value: str
    long: bool = False


def packages_for(actor: Actor) -> QuerySet[Package]:
    """Packages of the units that the actor sees, newest first."""
    return visible(Package, actor).select_related("unit", "by").order_by("-at", "-pk")


def units_to_import_for(actor: Actor) -> QuerySet[Unit]:
    """The units for which the actor may bring packages in."""
    units = units_for(actor, "exchange.import")
    rows = Unit.objects.filter(active=True)
    return rows if units is None else rows.filter(pk__in=units)


def known_items(unit: Unit, source: str, ids: list[str]) -> dict[str, PackageItem]:
    """Which papers of a source came in before."""
    rows = PackageItem.objects.filter(unit=unit, source=source, outer_id__in=ids).select_related("document")
    return {row.outer_id: row for row in rows}


def unentered(actor: Actor, platform: str) -> QuerySet[Publication]:
    """Live publications that nobody has entered on a platform in their present edition, oldest first."""
    entered = PlatformEntry.objects.filter(
        publication=OuterRef("pk"), platform=platform, edition=OuterRef("edition__number")
    )
    rows = visible(Publication, actor, "exchange.view").filter(state=Publication.State.LIVE)
    waiting = rows.filter(~Exists(entered))
    return waiting.select_related("unit", "edition", "index_number").order_by(F("published_at").asc(), "pk")


def entries_of(publication: Publication) -> list[PlatformEntry]:
    """Where a publication was entered."""
    return list(PlatformEntry.objects.filter(publication=publication).select_related("by").order_by("-pk"))


def to_copy(publication: Publication, *, site_url: str) -> list[Copied]:
    """The fields of a publication as another platform asks for them, each to be selected at one click."""
    fields = {**publication.edition.fields}
    found = []
    for name, label in LABELS.items():
        value = fields.get(name, "")
        words = "、".join(value) if isinstance(value, list) else str(value or "")
        found.append(Copied(name, label, words))
    found.append(Copied("url", "网址", site_url.rstrip("/") + publication.path))
    return [*found, Copied("body", "正文", plain(publication.edition.body), long=True)]


def files_of(publication: Publication) -> list[tuple[str, str]]:
    """Names and public addresses of its files."""
    return [
        (row["title"], attachment_path(publication.path, attachment_id=row["id"], kind=row["kind"]))
        for row in publication.edition.attachments
    ]


def export_package(publication: Publication, *, site_url: str, label: str) -> bytes:
    """The package of a publication: the same bytes for the same edition, in the format that we read ourselves."""
    edition = publication.edition
    item: dict[str, Any] = {
        "id": edition.fields["index_number"],
        **{name: edition.fields[name] for name in LABELS if name not in ("index_number",)},
        "recipients": edition.fields["recipients"],
        "is_normative": edition.fields["is_normative"],
        "body": edition.body,
        "attachments": [],
    }
    files: dict[str, bytes] = {}
    wanted = [row["id"] for row in edition.attachments]
    stored = {
        one.pk: one.file for one in Attachment.ever.filter(pk__in=wanted).select_related("file__public")
    }
    for number, row in enumerate(edition.attachments, 1):
        name = f"附件/{number}-{row['id']}.{row['kind']}"
        files[name] = storage.path_of(with_digest(stored[row["id"]], row["digest"])).read_bytes()
        item["attachments"].append({"title": row["title"], "file": name, "sm3": row["digest"]})
    manifest = {"format": FORMAT, "source": edition.fields["unit"], "items": [item]}
    receipt = receipt_of(publication, site_url=site_url, label=label)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in (
            ("manifest.json", _json(manifest)),
            ("回执.json", _json(receipt)),
            *files.items(),
        ):
            box.writestr(zipfile.ZipInfo(name, EPOCH), content)
    return made.getvalue()


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()
