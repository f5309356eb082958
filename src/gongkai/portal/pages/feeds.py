"""Machine-readable sides of the lists: Atom, JSON Feed, site maps by month (I09)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from gongkai.portal.context import ChangeRow
from gongkai.portal.pages.change_rows import change_entry, change_item, hidden_among, row_of_change
from gongkai.portal.pages.feed_words import IN_FEED, XML, escaped, moment, quoted
from gongkai.portal.pages.scene import Scene
from gongkai.portal.tree import Output
from gongkai.publishing.models import Entry, Listing
from gongkai.publishing.queries import Listed, changes_in, page_of

IN_SITEMAP = 500
CHANGES_IN_FEED = 10
RECORDS_SITEMAP = "/sitemap/records.xml"  # the lists, drawn with them


def feed_outputs(listing: Listing, title: str, scene: Scene) -> list[Output]:
    """The newest records of a list as Atom and as JSON Feed."""
    lines = scene.newest(listing, IN_FEED)
    changed = changes_in(listing.pk, CHANGES_IN_FEED)
    hidden = hidden_among(changed)
    changes = [row_of_change(row, hidden) for row in changed]
    record, version = f"list:{listing.address}", listing.revision
    return [
        Output(
            f"{listing.address}feed.atom",
            atom(listing, lines, title, scene, changes),
            record,
            version,
            "feed",
        ),
        Output(
            f"{listing.address}feed.json",
            json_feed(listing, lines, title, scene, changes),
            record,
            version,
            "feed",
        ),
    ]


def atom(
    listing: Listing, lines: list[Listed], title: str, scene: Scene, changes: Sequence[ChangeRow] = ()
) -> bytes:
    """RFC 4287; the id of an entry is its permanent address. Who subscribed hears of corrections and withdrawals."""
    site = scene.site
    head = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans-CN">\n<title>{escaped(title)} – '
        f"{escaped(site.name)}</title>\n<id>{escaped(site.url + listing.address)}</id>\n"
        f'<link rel="self" href={quoted(site.url + listing.address + "feed.atom")}/>\n'
        f"<link href={quoted(site.url + listing.address)}/>\n<updated>{moment(listing.changed_at)}</updated>\n"
        f"<author><name>{escaped(site.government or site.name)}</name></author>\n"
    )
    told = "".join(change_entry(row, site.url) for row in changes)
    return (XML + head + told + "".join(_entry(line, site.url) for line in lines) + "</feed>\n").encode()


def json_feed(
    listing: Listing, lines: list[Listed], title: str, scene: Scene, changes: Sequence[ChangeRow] = ()
) -> bytes:
    """JSON Feed 1.1 with the official fields beside the common ones."""
    site = scene.site
    items: list[dict[str, object]] = [change_item(row, site.url) for row in changes]
    items += [
        {
            "id": site.url + line.path,
            "url": site.url + line.path,
            "title": line.title,
            "summary": line.summary,
            "date_published": moment(line.published_at),
            "date_modified": moment(line.changed_at),
            "_gongkai": {
                "发文字号": line.number,
                "单位": line.unit,
                "有效性": line.validity,
                "成文日期": line.written_on.isoformat() if line.written_on else "",
            },
        }
        for line in lines
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{title} – {site.name}",
        "language": "zh-Hans-CN",
        "home_page_url": site.url + listing.address,
        "feed_url": site.url + listing.address + "feed.json",
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def sitemap_outputs(listing: Listing, positions: set[int] | None, scene: Scene) -> list[Output]:
    """The site map of a month in stretches that close, and the index of all of them."""
    pages = (
        {page_of(at, IN_SITEMAP) for at in positions}
        if positions is not None
        else set(range(1, page_of(listing.last, IN_SITEMAP) + 1))
    )
    return [_stretch(listing, page, scene) for page in sorted(pages)] + [sitemap_index(scene)]


def sitemap_index(scene: Scene) -> Output:
    """One line for each stretch of each month."""
    lines = []
    for listing in Listing.objects.filter(address__startswith="/sitemap/").order_by("address"):
        for page in range(1, page_of(max(listing.last, 1), IN_SITEMAP) + 1):
            lines.append(
                f"<sitemap><loc>{escaped(scene.site.url + _stretch_path(listing, page))}</loc></sitemap>\n"
            )
    lines.append(f"<sitemap><loc>{escaped(scene.site.url + RECORDS_SITEMAP)}</loc></sitemap>\n")
    body = (
        XML
        + '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + "".join(lines)
        + "</sitemapindex>\n"
    )
    return Output("/sitemap.xml", body.encode(), "sitemap", kind="feed")


def _stretch(listing: Listing, page: int, scene: Scene) -> Output:
    first = (page - 1) * IN_SITEMAP + 1
    rows = Entry.objects.filter(
        listing=listing, present=True, position__gte=first, position__lt=first + IN_SITEMAP
    )
    lines = [
        f"<url><loc>{escaped(scene.site.url + path)}</loc><lastmod>{moment(at)}</lastmod></url>\n"
        for path, at in rows.order_by("position").values_list(
            "publication__path", "publication__published_at"
        )
    ]
    body = (
        XML
        + '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + "".join(lines)
        + "</urlset>\n"
    )
    return Output(
        _stretch_path(listing, page), body.encode(), f"list:{listing.address}", listing.revision, "feed"
    )


def _stretch_path(listing: Listing, page: int) -> str:
    return f"{listing.address.rstrip('/')}-{page}.xml"


def _entry(line: Listed, url: str) -> str:
    return (
        f"<entry><title>{escaped(line.title)}</title><id>{escaped(url + line.path)}</id>"
        f"<link href={quoted(url + line.path)}/><updated>{moment(line.changed_at)}</updated>"
        f"<published>{moment(line.published_at)}</published><author><name>{escaped(line.unit)}</name></author>"
        f"<summary>{escaped(line.summary or line.number)}</summary></entry>\n"
    )
