"""What changed on the site: every correction, withdrawal, return and end of a period, newest first, with its feed.

Pages are counted from the oldest line under permanent addresses, so that a full page is drawn anew only when a
record on it is withdrawn by mistake and its title must not be repeated.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from gongkai.portal.context import ChangesPage, Column, Empty, Link, Pager
from gongkai.portal.pages.change_rows import ADDRESS, change_entry, change_item, hidden_among, row_of_change
from gongkai.portal.pages.feed_words import XML, escaped, moment, quoted
from gongkai.portal.pages.scene import HOME, Scene
from gongkai.portal.parts import Part
from gongkai.portal.tree import Output
from gongkai.publishing.models import PublicChange
from gongkai.publishing.queries import CHANGES_ON_PAGE, changes_on, newest_changes, page_of_change

NAME = "changes"
IN_FEED = 30
TITLE = "更正和撤回"


def draw(scene: Scene, key: str) -> list[Output]:
    """All pages, or the page ``key`` with the head and the feeds."""
    newest = newest_changes(IN_FEED)
    last = page_of_change(newest[0].pk) if newest else 0
    hidden = hidden_among(newest)
    found = [
        scene.draw(_head(newest[:CHANGES_ON_PAGE], last, hidden), record=f"{NAME}:head"),
        Output(f"{ADDRESS}feed.atom", _atom(newest, hidden, scene), f"{NAME}:head", kind="feed"),
        Output(f"{ADDRESS}feed.json", _json(newest, hidden, scene), f"{NAME}:head", kind="feed"),
    ]
    pages = [int(key)] if key.isdigit() else [] if key else range(1, last + 1)
    for page in pages:
        rows = changes_on(page)
        if rows:
            found.append(scene.draw(_page(rows, page, last), record=f"{NAME}:{page}"))
    return found


def _head(rows: Sequence[PublicChange], last: int, hidden: frozenset[int]) -> ChangesPage:
    pager = None
    if last > 1:
        numbers: list[Link | None] = [Link(str(at), _path(at)) for at in range(last, max(last - 3, 0), -1)]
        pager = Pager(last, tuple(numbers), older=_path(last - 1), per_page=CHANGES_ON_PAGE)
    return _fill(ADDRESS, "", rows, hidden, pager)


def _page(rows: Sequence[PublicChange], page: int, last: int) -> ChangesPage:
    numbers: list[Link | None] = [Link(str(page))]
    if page > 1:
        numbers.append(Link("1", _path(1)))
    pager = Pager(
        page,
        tuple(numbers),
        newer=ADDRESS if page >= last else _path(page + 1),
        older=_path(page - 1) if page > 1 else "",
        per_page=CHANGES_ON_PAGE,
    )
    return _fill(_path(page), f"（第{page}页）", rows, hidden_among(rows), pager)


def _fill(
    address: str, mark: str, rows: Sequence[PublicChange], hidden: frozenset[int], pager: Pager | None
) -> ChangesPage:
    return ChangesPage(
        address=address,
        title=TITLE + mark,
        crumbs=(HOME, Link(TITLE)),
        column=Column(name=TITLE, type="信息公开目录"),
        feed=f"{ADDRESS}feed.atom",
        exports=(Link("JSON 订阅", f"{ADDRESS}feed.json"),),
        rows=tuple(row_of_change(row, hidden) for row in rows),
        pager=pager,
        empty=Empty(
            "还没有更正和撤回", "发布后改过、撤下、期满的信息会记在这里。", (Link("看公开信息", "/open/"),)
        ),
    )


def _path(page: int) -> str:
    return f"{ADDRESS}p{page}.html"


def _atom(rows: Sequence[PublicChange], hidden: frozenset[int], scene: Scene) -> bytes:
    site = scene.site
    updated = (
        f"<updated>{moment(rows[0].at)}</updated>\n" if rows else "<updated>1970-01-01T00:00:00Z</updated>\n"
    )
    head = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans-CN">\n<title>{TITLE} – '
        f"{escaped(site.name)}</title>\n<id>{escaped(site.url + ADDRESS)}</id>\n"
        f'<link rel="self" href={quoted(site.url + ADDRESS + "feed.atom")}/>\n'
        f"<link href={quoted(site.url + ADDRESS)}/>\n{updated}"
        f"<author><name>{escaped(site.government or site.name)}</name></author>\n"
    )
    entries = "".join(change_entry(row_of_change(row, hidden), site.url) for row in rows)
    return (XML + head + entries + "</feed>\n").encode()


def _json(rows: Sequence[PublicChange], hidden: frozenset[int], scene: Scene) -> bytes:
    site = scene.site
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{TITLE} – {site.name}",
        "language": "zh-Hans-CN",
        "home_page_url": site.url + ADDRESS,
        "feed_url": f"{site.url}{ADDRESS}feed.json",
        "items": [change_item(row_of_change(row, hidden), site.url) for row in rows],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


PART = Part(NAME, draw)
