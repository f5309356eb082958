"""The newest rows of a list for those who follow it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from gongkai.portal.pages.feeds import IN_FEED, XML, escaped, moment, quoted
from gongkai.portal.pages.record_rows import address_of, in_table
from gongkai.portal.pages.scene import Scene
from gongkai.portal.tree import Output
from gongkai.records.queries import PublicRow, RecordType


def feed_outputs(
    kind: RecordType, rows: Sequence[PublicRow], changed_at: datetime | None, scene: Scene, record: str
) -> list[Output]:
    """Atom and JSON Feed; a row that has left the list has left them too."""
    newest = sorted(rows, key=lambda row: (row.published_at or row.changed_at, row.pk), reverse=True)[
        :IN_FEED
    ]
    home, site = address_of(kind), scene.site
    url = site.url + home
    updated = moment(changed_at) if changed_at else "1970-01-01T00:00:00Z"
    head = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans-CN">\n'
        f"<title>{escaped(kind.title)} – {escaped(site.name)}</title>\n<id>{escaped(url)}</id>\n"
        f'<link rel="self" href={quoted(url + "feed.atom")}/>\n<link href={quoted(url)}/>\n'
        f"<updated>{updated}</updated>\n<author><name>{escaped(site.government or site.name)}</name></author>\n"
    )
    entries = "".join(_entry(kind, row, site.url) for row in newest)
    items = [
        {
            "id": site.url + _link(kind, row),
            "url": site.url + _link(kind, row),
            "title": _title(kind, row),
            "summary": _summary(kind, row),
            "date_published": moment(row.published_at or row.changed_at),
            "date_modified": moment(row.changed_at),
        }
        for row in newest
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{kind.title} – {site.name}",
        "language": "zh-Hans-CN",
        "home_page_url": url,
        "feed_url": f"{url}feed.json",
        "items": items,
    }
    return [
        Output(f"{home}feed.atom", (XML + head + entries + "</feed>\n").encode(), record, kind="feed"),
        Output(
            f"{home}feed.json", json.dumps(feed, ensure_ascii=False, indent=1).encode(), record, kind="feed"
        ),
    ]


def _entry(kind: RecordType, row: PublicRow, url: str) -> str:
    link = url + _link(kind, row)
    return (
        f"<entry><title>{escaped(_title(kind, row))}</title><id>{escaped(link)}</id><link href={quoted(link)}/>"
        f"<updated>{moment(row.changed_at)}</updated><published>{moment(row.published_at or row.changed_at)}</published>"
        f"<author><name>{escaped(row.unit)}</name></author><summary>{escaped(_summary(kind, row))}</summary></entry>\n"
    )


def _link(kind: RecordType, row: PublicRow) -> str:
    return f"{address_of(kind)}{row.pk}/" if kind.item_page else f"{address_of(kind)}#r{row.pk}"


def _title(kind: RecordType, row: PublicRow) -> str:
    return row.title or kind.title


def _summary(kind: RecordType, row: PublicRow) -> str:
    shown = [(field.label, row.values.get(field.name, "")) for field in in_table(kind)]
    return "　".join(f"{label}：{text}" for label, text in shown if text)[:300]
