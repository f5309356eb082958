"""Atom and JSON Feed of a page that is no list of documents: the same entries in both."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongkai.portal.pages.feed_words import XML, escaped, moment, quoted
from gongkai.portal.pages.scene import Scene
from gongkai.portal.tree import Output

NEVER = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One line of a feed; ``path`` is its address on this site and its lasting id."""

    title: str
    path: str
    published_at: datetime
    changed_at: datetime
    author: str
    summary: str = ""


def entry_feeds(
    address: str,
    title: str,
    entries: Sequence[FeedEntry],
    changed_at: datetime | None,
    scene: Scene,
    *,
    record: str,
    version: int = 0,
) -> list[Output]:
    """Both feeds beside the page at an address, the newest entry first."""
    return [
        Output(
            f"{address}feed.atom", _atom(address, title, entries, changed_at, scene), record, version, "feed"
        ),
        Output(f"{address}feed.json", _json(address, title, entries, scene), record, version, "feed"),
    ]


def _atom(
    address: str, title: str, entries: Sequence[FeedEntry], changed_at: datetime | None, scene: Scene
) -> bytes:
    site = scene.site
    url = site.url + address
    head = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans-CN">\n'
        f"<title>{escaped(title)} – {escaped(site.name)}</title>\n<id>{escaped(url)}</id>\n"
        f'<link rel="self" href={quoted(url + "feed.atom")}/>\n<link href={quoted(url)}/>\n'
        f"<updated>{moment(changed_at) if changed_at else NEVER}</updated>\n"
        f"<author><name>{escaped(site.government or site.name)}</name></author>\n"
    )
    return (XML + head + "".join(_entry(one, site.url) for one in entries) + "</feed>\n").encode()


def _entry(one: FeedEntry, url: str) -> str:
    link = url + one.path
    return (
        f"<entry><title>{escaped(one.title)}</title><id>{escaped(link)}</id><link href={quoted(link)}/>"
        f"<updated>{moment(one.changed_at)}</updated><published>{moment(one.published_at)}</published>"
        f"<author><name>{escaped(one.author)}</name></author><summary>{escaped(one.summary)}</summary></entry>\n"
    )


def _json(address: str, title: str, entries: Sequence[FeedEntry], scene: Scene) -> bytes:
    site = scene.site
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{title} – {site.name}",
        "language": "zh-Hans-CN",
        "home_page_url": site.url + address,
        "feed_url": f"{site.url}{address}feed.json",
        "items": [
            {
                "id": site.url + one.path,
                "url": site.url + one.path,
                "title": one.title,
                "summary": one.summary,
                "date_published": moment(one.published_at),
                "date_modified": moment(one.changed_at),
            }
            for one in entries
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()
