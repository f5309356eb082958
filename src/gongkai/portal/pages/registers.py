"""What came of looking again at papers that were kept from the public. 条例第十八条."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongkai.portal.context import Column, Link, TextPage
from gongkai.portal.pages.entry_feed import FeedEntry, entry_feeds
from gongkai.portal.pages.scene import HOME, Scene
from gongkai.portal.pages.texts import feeds_page, site_map_page
from gongkai.portal.parts import Part
from gongkai.portal.tree import Output
from gongkai.registers import queries
from gongkai.registers.models import Recheck

RECORD, ADDRESS = "registers", "/rechecks/"
TITLE = "不予公开、依申请公开公文再次评估结果"


def draw(scene: Scene, key: str) -> list[Output]:
    """One page with the result of every campaign, the newest first, and its feeds; none before the first result."""
    found = queries.published_rechecks()
    if not found:
        return []
    version = int(max(one.published_at.timestamp() for one in found if one.published_at))
    page = TextPage(
        address=ADDRESS,
        title=TITLE,
        section="/open/",
        crumbs=(HOME, Link(TITLE)),
        column=Column(name=TITLE, type="政府信息公开"),
        feed=f"{ADDRESS}feed.atom",
        updated_on=max(one.published_at for one in found if one.published_at).date(),
        html=format_html_join("", "{}", ((_campaign(one),) for one in found)),
    )
    entries = [_entry(one, scene) for one in found]
    feeds = entry_feeds(ADDRESS, TITLE, entries, entries[0].changed_at, scene, record=RECORD, version=version)
    # Site map and list of feeds have their own record; they are drawn because the first result is a new line there.
    naming = [scene.draw(one, record="site") for one in (site_map_page(scene), feeds_page(scene))]
    return [scene.draw(page, record=RECORD, version=version), *feeds, *naming]


def _entry(recheck: Recheck, scene: Scene) -> FeedEntry:
    lines = queries.recheck_lines(recheck)
    total, public = sum(line.total for line in lines), sum(line.to_public for line in lines)
    at = recheck.published_at
    assert at is not None
    author = scene.site.government or scene.site.name
    summary = f"再次评估 {total} 件公文，其中 {public} 件改为主动公开。"
    return FeedEntry(f"{recheck.year}年{TITLE}", f"{ADDRESS}#y{recheck.year}", at, at, author, summary)


PART = Part(RECORD, draw)


def _campaign(recheck: Recheck) -> SafeString:
    lines = queries.recheck_lines(recheck)
    total, public = sum(line.total for line in lines), sum(line.to_public for line in lines)
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>',
        (
            (line.unit.short_name, line.total, line.to_public, line.on_request, line.stays, line.undecided)
            for line in lines
        ),
    )
    return format_html(
        '<h2 id="y{}">{}年</h2><p>依照条例第十八条，对{}年没有主动公开的 {} 件公文再次评估，其中 {} 件改为主动公开。</p>'
        "<table><caption>各单位评估结果</caption><thead><tr>"
        '<th scope="col">单位</th><th scope="col">件数</th><th scope="col">改为主动公开</th>'
        '<th scope="col">改为依申请公开</th><th scope="col">维持原属性</th><th scope="col">未按时评估</th>'
        "</tr></thead><tbody>{}</tbody></table>{}",
        recheck.year,
        recheck.year,
        recheck.year,
        total,
        public,
        rows,
        _turned(recheck),
    )


def _turned(recheck: Recheck) -> SafeString:
    rows = format_html_join(
        "",
        "<li>{}{}　{}</li>",
        (
            (
                format_html('<a href="{}">{}</a>', one.path, one.title)
                if one.path
                else format_html("{}（正在办理发布）", one.title),
                f"　{one.number}" if one.number else "",
                one.unit,
            )
            for one in queries.turned_public(recheck)
        ),
    )
    return format_html("<h3>改为主动公开的公文</h3><ul>{}</ul>", rows) if rows else SafeString("")
