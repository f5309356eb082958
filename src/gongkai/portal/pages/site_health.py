"""网站运行情况: what a citizen may ask of a government site, counted each day, no secrets (I12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Q
from django.utils.html import format_html, format_html_join

from gongkai.kernel.clock import LEGAL_ZONE
from gongkai.orgs.queries.visits import Visits, visits
from gongkai.portal import addresses
from gongkai.portal.context import Column, Link, TextPage
from gongkai.portal.pages.scene import HOME, Scene
from gongkai.portal.parts import Part
from gongkai.portal.tree import Output
from gongkai.publishing.models import ErrorReport, Publication, TreeFile, Withdrawal

RECORD = "site_health"
TITLE = "网站运行情况"
NEW_DAYS = 30


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of the page."""

    live: int
    fresh: int
    newest: datetime | None
    withdrawn: int
    reported: int
    handled: int
    files: int


def counts(today: date) -> Counts:
    """Counted from the rows, so that anybody inside can count them again."""
    since = datetime.combine(today - timedelta(days=NEW_DAYS), datetime.min.time(), LEGAL_ZONE)
    live = Q(state=Publication.State.LIVE)
    rows = Publication.objects.unscoped("numbers of what is public").aggregate(
        live=Count("pk", filter=live),
        fresh=Count("pk", filter=live & Q(first_published_at__gte=since)),
        newest=Max("first_published_at", filter=live),
    )
    reports = ErrorReport.objects.aggregate(
        every=Count("pk"), handled=Count("pk", filter=Q(handled_at__isnull=False))
    )
    return Counts(
        live=rows["live"],
        fresh=rows["fresh"],
        newest=rows["newest"],
        withdrawn=Withdrawal.objects.count(),
        reported=reports["every"],
        handled=reports["handled"],
        files=TreeFile.objects.count(),
    )


def draw(scene: Scene, key: str) -> list[Output]:
    """The page of the day."""
    page = _page(scene, counts(scene.today), visits(1))
    return [scene.draw(page, record=RECORD, version=scene.today.toordinal())]


PART = Part(RECORD, draw, daily=True)


def _page(scene: Scene, found: Counts, seen: Visits) -> TextPage:
    newest = f"{found.newest.astimezone(LEGAL_ZONE):%Y-%m-%d %H:%M}" if found.newest else "暂无"
    day = seen.newest
    facts = (
        ("公开的信息", f"{found.live} 条，最近一条发布于 {newest}"),
        (f"近 {NEW_DAYS} 天新发布", f"{found.fresh} 条"),
        ("撤回过的信息", f"{found.withdrawn} 次，每次都在原网址留有说明"),
        (
            "读者找错",
            f"收到 {found.reported} 条，办结 {found.handled} 条，没有办结 {found.reported - found.handled} 条",
        ),
        (
            "访问量",
            f"{day.day} 访问 {day.views} 次、{day.visitors} 人；自 {seen.since} 起累计 {seen.views} 次"
            if day
            else "还没有满一天的数字",
        ),
        ("IPv6", "支持" if scene.site.ipv6 else "暂不支持"),
        ("静态文件", f"{found.files} 个，与发布记录逐个对应"),
    )
    return TextPage(
        address=addresses.HEALTH,
        title=TITLE,
        crumbs=(HOME, Link(TITLE)),
        column=Column(name=TITLE, type="数据发布"),
        html=format_html(
            '<p>每天零点以后重新统计，截至 {}。</p><dl class="about">{}</dl>'
            "<h2>怎样核对</h2><p>每条信息的页面有回执编号和内容摘要，可以自己核验。访问量不用 Cookie，不记录来访地址。"
            '</p><p>发现问题，请<a href="{}">告诉我们</a>。</p>',
            scene.today.isoformat(),
            format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", facts),
            addresses.FIND_ERRORS,
        ),
    )
