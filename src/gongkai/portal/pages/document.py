"""The page of one document, what stands at its address after a withdrawal, its receipt and its files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from gongkai.catalogue.queries import columns_of, item_of
from gongkai.documents.models import Attachment
from gongkai.files import storage
from gongkai.files.queries import with_digest
from gongkai.kernel.clock import legal_day
from gongkai.kernel.html import clean
from gongkai.portal.addresses import LARGE
from gongkai.portal.context import (
    Article,
    Banner,
    Column,
    DocumentPage,
    Download,
    Link,
    MetaField,
    Receipt,
    TombstonePage,
)
from gongkai.portal.front import GONE
from gongkai.portal.pages.chain import chain_of
from gongkai.portal.pages.change_rows import SILENT
from gongkai.portal.pages.clauses import anchored
from gongkai.portal.pages.editions import cite_of, edition_outputs
from gongkai.portal.pages.scene import HOME, Scene
from gongkai.portal.pages.succession import succession
from gongkai.portal.tree import Output
from gongkai.publishing.models import Publication, TreeFile, Withdrawal
from gongkai.publishing.queries import (
    Standing,
    attachment_path,
    day_of,
    editions_path,
    receipt_of,
    status_of,
    validity_of,
)

NOT_SHOWN = "noindex"


def page_outputs(standing: Standing, scene: Scene) -> list[Output]:
    """The files that a live publication has: its page, its receipt, its attachments."""
    publication = standing.publication
    record, version = record_of(publication), publication.version
    receipt = json.dumps(
        receipt_of(publication, site_url=scene.site.url, label=scene.site.label),
        ensure_ascii=False,
        sort_keys=True,
        indent=1,
    )
    return [
        *attachment_outputs(publication),
        *edition_outputs(publication, scene, record=record),
        Output(receipt_path(publication), receipt.encode(), record, version, "receipt"),
        scene.draw(document_page(standing, scene), record=record, version=version),
    ]


def stone_outputs(standing: Standing, scene: Scene) -> list[tuple[str, Output | None]]:
    """What replaces each file of a withdrawn publication; ``None``: the file goes without a word.

    误发 leaves a tombstone that is answered with 410; 并入 leaves a page that names the successor (B15).
    """
    publication, withdrawal = standing.publication, standing.withdrawal
    assert withdrawal is not None
    record, version = record_of(publication), publication.version
    page = tombstone_page(publication, withdrawal, scene)
    gone = status_of(withdrawal.kind) == 410

    def drawn(path: str) -> Output:
        shown = replace(page, address=path.removesuffix("index.html"))
        return scene.draw(shown, record=record, version=version, kind="tombstone", path=path)

    def at(path: str) -> Output:
        return Output(path + GONE, drawn(path).body, record, version, "tombstone")

    found: list[tuple[str, Output | None]] = []
    for path in (publication.path, *_attachment_paths(publication), *history_paths(publication)):
        stays = not gone and path.endswith(".html")
        found.append((path, drawn(path) if stays else at(path)))
    return [*found, *((path, None) for path in receipt_paths(publication))]


def document_page(standing: Standing, scene: Scene) -> DocumentPage:
    """One document: is this the text, is it valid, where did it come from."""
    publication = standing.publication
    fields = publication.edition.fields
    columns = columns_of(item=fields["catalogue_item"], number=fields["number"])
    is_paper = "policy" in columns and standing.interprets is None
    home = _home_list(standing, is_paper=is_paper)
    body, clauses = anchored(clean(publication.edition.body))
    return DocumentPage(
        address=publication.path,
        title=publication.title,
        description=fields["summary"],
        section=home.url,
        crumbs=(HOME, home, Link("正文")),
        column=Column(name=home.text, type=_column_type(standing, is_paper=is_paper)),
        article=_article(publication, scene),
        banners=(*succession(publication.unit), *_banners(standing, scene)),
        fields=_fields(standing, scene),
        masthead=fields["issuer"] if is_paper else "",
        number=fields["number"],
        body=body,
        attachments=tuple(
            Download(one["title"], _path_of(publication, one), one["kind"], one["size"])
            for one in publication.edition.attachments
        ),
        receipt=_receipt(publication),
        interpretations=tuple(_link(one) for one in standing.interpretations),
        interprets=_link(standing.interprets) if standing.interprets else None,
        contact=publication.unit.name,
        contact_phone=publication.unit.phone,
        full_url=scene.site.url + publication.path,
        cite=cite_of(
            publication.edition,
            publication.digest,
            legal_day(publication.published_at),
            scene.site.url + publication.path,
        ),
        clauses=clauses,
        chain=chain_of(standing) if is_paper else (),
        large_url=f"{LARGE}{publication.path}",
        verify_url=f"/verify/?receipt={publication.receipt}",
    )


def _article(publication: Publication, scene: Scene) -> Article:
    fields = publication.edition.fields
    return Article(
        title=publication.title,
        published_at=publication.first_published_at,
        source=fields["issuer"],
        keywords=",".join(fields["keywords"]),
        description=fields["summary"],
        url=scene.site.url + publication.path,
    )


def _receipt(publication: Publication) -> Receipt:
    return Receipt(
        code=publication.receipt,
        published_at=publication.published_at,
        digest=publication.digest,
        edition=publication.edition.number,
        url=receipt_path(publication),
        history_url=editions_path(publication.path),
    )


def tombstone_page(publication: Publication, withdrawal: Withdrawal, scene: Scene) -> TombstonePage:
    """What stands at the address of a withdrawn item; of a mistake the title is not repeated."""
    mistake = withdrawal.kind in SILENT
    successor = withdrawal.successor
    return TombstonePage(
        address=publication.path,
        title="已撤回的信息" if mistake else publication.title,
        crumbs=(HOME, Link("撤回说明")),
        robots=NOT_SHOWN,
        kind=withdrawal.kind,  # type: ignore[arg-type]
        unit=publication.unit.name,
        at=withdrawal.at,
        reason=withdrawal.reason,
        successor=_link(successor) if successor else None,
        index_number=publication.index_number.number,
        next=(
            Link("看本单位公开的其他信息", f"/units/{publication.unit.code}/"),
            Link("搜索全站", "/search/"),
            Link("依申请公开", "/apply/", "网上没有的政府信息，可以申请"),
        ),
    )


def attachment_outputs(publication: Publication) -> Iterator[Output]:
    """The attachments under their permanent addresses, byte for byte as they were sealed."""
    sealed = publication.edition.attachments
    if not sealed:
        return
    files = {
        one.pk: one.file
        for one in Attachment.ever.filter(pk__in=[row["id"] for row in sealed]).select_related("file__public")
    }
    for row in sealed:
        body = storage.path_of(with_digest(files[row["id"]], row["digest"])).read_bytes()
        yield Output(_path_of(publication, row), body, record_of(publication), publication.version, "file")


def record_of(publication: Publication) -> str:
    """The name under which the tree knows a publication."""
    return f"publication:{publication.pk}"


def receipt_path(publication: Publication) -> str:
    """Where the receipt is fetched."""
    return publication.path.removesuffix(".html") + ".receipt.json"


def _path_of(publication: Publication, sealed: dict) -> str:
    return attachment_path(publication.path, attachment_id=sealed["id"], kind=sealed["kind"])


def _attachment_paths(publication: Publication) -> list[str]:
    return [_path_of(publication, row) for row in publication.edition.attachments]


def history_paths(publication: Publication) -> list[str]:
    """The files of its earlier editions that stand in the tree under addresses of their own."""
    own = editions_path(publication.path)
    rows = TreeFile.objects.filter(record=record_of(publication), path__startswith=own)
    paths = rows.exclude(kind="receipt").values_list("path", flat=True)
    return sorted({path.removesuffix(GONE) for path in paths})


def receipt_paths(publication: Publication) -> list[str]:
    """The receipts of all its editions."""
    rows = TreeFile.objects.filter(record=record_of(publication), kind="receipt")
    return sorted({receipt_path(publication), *rows.values_list("path", flat=True)})


def _link(publication: Publication) -> Link:
    return Link(publication.title, publication.path, legal_day(publication.first_published_at).isoformat())


def _home_list(standing: Standing, *, is_paper: bool) -> Link:
    """The list that the breadcrumb names."""
    if standing.interprets is not None:
        return Link("政策解读", "/interpretations/")
    if is_paper:
        return Link("政策文件", "/policies/")
    return Link("政府信息公开", "/open/")


def _column_type(standing: Standing, *, is_paper: bool) -> str:
    if standing.interprets is not None:
        return "政策解读"
    return "政策文件" if is_paper else "信息公开目录"


def _fields(standing: Standing, scene: Scene) -> tuple[MetaField, ...]:
    """The header block (A07): the eight fields and what follows from them, absent ones as 无."""
    publication = standing.publication
    fields = publication.edition.fields
    valid_until = day_of(publication, "valid_until")
    item = item_of(fields["catalogue_item"])
    return (
        MetaField("索引号", fields["index_number"]),
        MetaField("主题分类", fields["theme"]),
        MetaField("发文机关", fields["issuer"]),
        MetaField("发文字号", fields["number"]),
        MetaField("成文日期", day_of(publication, "written_on")),
        MetaField("发布日期", publication.first_published_at),
        MetaField(
            "有效性",
            badge=validity_of(publication, scene.today),
            note=f"有效期至 {valid_until.isoformat()}" if valid_until else "",
        ),
        MetaField("施行日期", day_of(publication, "effective_on")),
        MetaField("登记号", fields["registered_number"]),
        MetaField("公开属性", fields["openness"]),
        MetaField("法定目录", item.text, note=f"（{item.basis}）", wide=True),
    )


def _banners(standing: Standing, scene: Scene) -> tuple[Banner, ...]:
    publication, withdrawal = standing.publication, standing.withdrawal
    validity = validity_of(publication, scene.today)
    if validity == "尚未施行":
        day = day_of(publication, "effective_on")
        return (Banner("main", "尚未施行。", f"本文件自 {day} 起施行。"),)
    if validity != "失效":
        return ()
    if publication.expired and withdrawal is not None:
        successor = withdrawal.successor
        return (
            Banner(
                "red",
                "本文件已失效。",
                f"{legal_day(withdrawal.at)} 起不再适用，原因：{withdrawal.reason}。原文保留供查阅。",
                Link(f"现行规定：{successor.title}", successor.path) if successor else None,
            ),
        )
    return (
        Banner("red", "本文件已失效。", f"有效期至 {day_of(publication, 'valid_until')}。原文保留供查阅。"),
    )
