"""The whole public site as a folder that opens without a server: pages, files, and a small search of its own (I04).

For the kiosk of a reading place, for the archive, for a computer without network. Addresses inside pages become
relative; what only a server can do (applying, finding errors, staff pages) leads to a page that says so.
"""

from __future__ import annotations

import json
import os
import posixpath
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.html import format_html, format_html_join
from lxml import html as markup

from gongkai.kernel.clock import LEGAL_ZONE
from gongkai.portal.addresses import SEARCH, VIEWS
from gongkai.portal.context import Column, Link, TextPage
from gongkai.portal.front import GONE
from gongkai.portal.pages.scene import HOME, Scene
from gongkai.portal.rendering import render
from gongkai.portal.tree import present_files
from gongkai.publishing.models import Publication

# How much of a text the small search knows; the whole text stands on the page itself.
WORDS = 4000
SHARD = 500
FOLDER = "offline"
NEEDS_SERVER = f"/{FOLDER}/server.html"
SEARCH_PAGE = f"/{FOLDER}/search.html"
_TAG = re.compile(r"<[a-zA-Z][^>]*>")
_ADDRESS = re.compile(r'(?P<name>\b(?:href|src|action))="(?P<to>[^"]*)"')
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


@dataclass(frozen=True, slots=True)
class Exported:
    """What stands in the folder now."""

    pages: int
    files: int
    documents: int


def export(*, to: Path, scene: Scene, now: datetime, tell: Callable[[int, int], None]) -> Exported:
    """Write the tree, the static files and the search into an empty folder; ``tell`` hears done and total."""
    tree, paths = Path(settings.TREE_DIR), sorted(_paths())
    known = set(paths) | {path.removesuffix(GONE) for path in paths}
    pages = 0
    for at, path in enumerate(paths):
        target = Path(f"{to}{path.removesuffix(GONE)}")
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.removesuffix(GONE).endswith(".html"):
            pages += 1
            text = Path(f"{tree}{path}").read_text(encoding="utf-8")
            target.write_text(_relative(text, path.removesuffix(GONE), known), encoding="utf-8")
        else:
            shutil.copyfile(f"{tree}{path}", target)
        if at % 200 == 0:
            tell(at, len(paths))
    _static(to)
    documents = _search(to, scene, now, known)
    tell(len(paths), len(paths))
    return Exported(pages, len(paths) - pages, documents)


def _paths() -> Iterator[str]:
    for path in present_files():
        if not path.endswith(".gz") and "/." not in path:
            yield path


def _relative(text: str, at: str, known: set[str]) -> str:
    """The page with addresses that lead on inside the folder."""

    def address(found: re.Match[str]) -> str:
        return f'{found["name"]}="{_inside(found["to"], at, known)}"'

    return _TAG.sub(lambda tag: _ADDRESS.sub(address, tag[0]), text)


def _inside(to: str, at: str, known: set[str]) -> str:
    """The address of a file of the folder, as seen from ``at``; places elsewhere and on the page stay."""
    path, mark, rest = to.partition("#")
    path = path.partition("?")[0]
    if not path or _ELSEWHERE.match(to):
        return to
    folder = path.endswith("/") or path.rpartition("/")[2] in (".", "..")
    path = posixpath.normpath(posixpath.join(posixpath.dirname(at), path))
    path += "/" if folder and path != "/" else ""
    for view in VIEWS:
        if path.startswith(view + "/"):
            path = path[len(view) :]
    file = path + "index.html" if path.endswith("/") else path
    if path == SEARCH:
        file = SEARCH_PAGE
    elif file not in known and not path.startswith("/static/"):
        file = NEEDS_SERVER
    return posixpath.relpath(file, posixpath.dirname(at)) + mark + rest


def _static(to: Path) -> None:
    """Style sheets and pictures of the public pages."""
    shutil.copytree(
        Path(__file__).parent / "static" / "gongkai", to / "static" / "gongkai", dirs_exist_ok=True
    )
    place = to / FOLDER
    place.mkdir(exist_ok=True)
    os.replace(to / "static" / "gongkai" / "offline-search.js", place / "search.js")


def _search(to: Path, scene: Scene, now: datetime, known: set[str]) -> int:
    """The words of all documents in pieces that a page loads without a server, and the page that asks them."""
    rows = Publication.objects.unscoped("everything that is public").filter(state=Publication.State.LIVE)
    count = shard = 0
    lines: list[list[str]] = []

    def store() -> None:
        nonlocal shard, lines
        if lines:
            body = json.dumps(lines, ensure_ascii=False).replace("<", "\\u003c")
            (to / FOLDER / f"words-{shard}.js").write_text(f"offlineWords({body});\n", encoding="utf-8")
            shard, lines = shard + 1, []

    listed = rows.select_related("edition", "unit").order_by("-published_at", "-pk")
    for one in listed.iterator(chunk_size=SHARD):
        fields = one.edition.fields
        count += 1
        lines.append([
            one.title, ".." + one.path, str(fields.get("number") or ""), one.unit.short_name,
            one.published_at.astimezone(LEGAL_ZONE).date().isoformat(), _words(one.edition.body)[:WORDS],
        ])  # fmt: skip
        if len(lines) == SHARD:
            store()
    store()
    for page in (_search_page(shard, count, now), _server_page(scene)):
        text = _relative(render(page, scene.site), page.address, known | {SEARCH_PAGE, NEEDS_SERVER})
        Path(f"{to}{page.address}").write_text(text, encoding="utf-8")
    return count


def _words(body: str) -> str:
    """The text of a page's body without its marks."""
    if not body.strip():
        return ""
    return " ".join(markup.fromstring(f"<div>{body}</div>").text_content().split())


def _search_page(shards: int, count: int, now: datetime) -> TextPage:
    scripts = format_html_join("", '<script src="words-{}.js"></script>', ((at,) for at in range(shards)))
    return TextPage(
        address=SEARCH_PAGE,
        title="在离线副本中搜索",
        crumbs=(HOME, Link("搜索")),
        column=Column(name="搜索", type="信息公开目录"),
        robots="noindex",
        html=format_html(
            '<form id="offline-find" class="find"><label for="offline-q">搜索标题、文号和正文</label>'
            '<input id="offline-q" type="search" maxlength="100"> <button class="btn primary">搜索</button></form>'
            '<p id="offline-count" aria-live="polite">这份副本有 {} 件文件，制作于 {}。</p>'
            '<ol id="offline-found" class="rows"></ol><noscript><p>浏览器关闭了脚本，请从'
            '<a href="/open/">政府信息公开目录</a>逐类查找。</p></noscript>'
            '<script src="search.js"></script>{}',
            count, now.astimezone(LEGAL_ZONE).strftime("%Y-%m-%d %H:%M"), scripts,
        ),
    )  # fmt: skip


def _server_page(scene: Scene) -> TextPage:
    return TextPage(
        address=NEEDS_SERVER,
        title="这一项要在网站上办理",
        crumbs=(HOME, Link("离线副本")),
        column=Column(name="离线副本", type="概况信息"),
        robots="noindex",
        html=format_html(
            "<p>您看的是网站的离线副本。申请公开、查询进度、找错和工作人员页面要连上网站才能用。</p>"
            "<p>网址：{}</p><p>咨询电话：{}</p>",
            scene.site.url,
            scene.site.phone or "未填写",
        ),
    )
