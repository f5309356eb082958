"""Machine-readable sides of the lists: Atom, JSON Feed, site maps by month (I09)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from gongkai.portal.pages.scene import Scene
from gongkai.portal.tree import Output
from gongkai.publishing.models import Entry, Listing
from gongkai.publishing.queries import Listed, newest, page_of

IN_FEED = 30
IN_SITEMAP = 500
_XML = '<?xml version="1.0" encoding="utf-8"?>\n'
_FORBIDDEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def feed_outputs(listing: Listing, title: str, scene: Scene) -> list[Output]:
    """The newest records of a list as Atom and as JSON Feed."""
    lines = newest(listing, IN_FEED, today=scene.today)
    record, version = f"list:{listing.address}", listing.revision
    return [
        Output(f"{listing.address}feed.atom", atom(listing, lines, title, scene), record, version, "feed"),
        Output(
            f"{listing.address}feed.json", json_feed(listing, lines, title, scene), record, version, "feed"
        ),
    ]


def atom(listing: Listing, lines: list[Listed], title: str, scene: Scene) -> bytes:
    """RFC 4287; the id of an entry is its permanent address."""
    site = scene.site
    head = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans-CN">\n<title>{_text(title)} – '
        f"{_text(site.name)}</title>\n<id>{_text(site.url + listing.address)}</id>\n"
        f'<link rel="self" href={_quoted(site.url + listing.address + "feed.atom")}/>\n'
        f"<link href={_quoted(site.url + listing.address)}/>\n<updated>{_moment(listing.changed_at)}</updated>\n"
        f"<author><name>{_text(site.government or site.name)}</name></author>\n"
    )
    return (_XML + head + "".join(_entry(line, site.url) for line in lines) + "</feed>\n").encode()


def json_feed(listing: Listing, lines: list[Listed], title: str, scene: Scene) -> bytes:
    """JSON Feed 1.1 with the official fields beside the common ones."""
    site = scene.site
    items = [
        {
            "id": site.url + line.path,
            "url": site.url + line.path,
            "title": line.title,
            "summary": line.summary,
            "date_published": _moment(line.published_at),
            "date_modified": _moment(line.changed_at),
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
                f"<sitemap><loc>{_text(scene.site.url + _stretch_path(listing, page))}</loc></sitemap>\n"
            )
    body = (
        _XML
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
        f"<url><loc>{_text(scene.site.url + path)}</loc><lastmod>{_moment(at)}</lastmod></url>\n"
        for path, at in rows.order_by("position").values_list(
            "publication__path", "publication__published_at"
        )
    ]
    body = (
        _XML
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
        f"<entry><title>{_text(line.title)}</title><id>{_text(url + line.path)}</id>"
        f"<link href={_quoted(url + line.path)}/><updated>{_moment(line.changed_at)}</updated>"
        f"<published>{_moment(line.published_at)}</published><author><name>{_text(line.unit)}</name></author>"
        f"<summary>{_text(line.summary or line.number)}</summary></entry>\n"
    )


def _text(words: str) -> str:
    return escape(words.translate(_FORBIDDEN))


def _quoted(words: str) -> str:
    return quoteattr(words.translate(_FORBIDDEN))


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
