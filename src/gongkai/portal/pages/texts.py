"""Pages of text that the site needs: how to apply, statement, accessibility, feeds, site map, not found."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongkai.catalogue.queries import STATUTORY_ITEMS, THEMES, theme_code
from gongkai.portal import addresses
from gongkai.portal.context import (
    Column,
    Link,
    LinkGroup,
    NotFoundPage,
    SiteMapPage,
    TextPage,
)
from gongkai.portal.pages.applying import apply_outputs
from gongkai.portal.pages.request_figures import FIGURES
from gongkai.portal.pages.scene import HOME, Scene
from gongkai.portal.tree import Output
from gongkai.publishing.models import Listing
from gongkai.registers.queries import published_rechecks

BUDGET, RECHECKS = "/budget/", "/rechecks/"
FEEDS = (
    ("全部公开信息", "/open/"),
    ("政策文件", "/policies/"),
    ("政策解读", "/interpretations/"),
    ("通知公告", "/notices/"),
)
NEXT = (
    Link("回首页", addresses.HOME),
    Link("政策文件", addresses.POLICIES),
    Link("政府信息公开", addresses.OPEN),
    Link("网站地图", addresses.SITE_MAP),
)


def text_outputs(scene: Scene) -> list[Output]:
    """All pages of text, the site map and the style sheets of the views."""
    pages = (
        statement_page(scene),
        accessibility_page(),
        feeds_page(scene),
        site_map_page(scene),
    )
    found = [scene.draw(page, record="site") for page in pages]
    found += apply_outputs(scene)
    robots = (
        "User-agent: *\nDisallow: /workbench/\nDisallow: /account/\nDisallow: /apply/new/\n"
        f"Disallow: /apply/progress/\nDisallow: /apply/receipt/\nSitemap: {scene.site.url}/sitemap.xml\n"
    )
    return [*found, Output("/robots.txt", robots.encode(), "site", kind="text")]


def statement_page(scene: Scene) -> TextPage:
    """Who runs the site and how its pages may be used and checked."""
    site = scene.site
    return TextPage(
        address=addresses.STATEMENT,
        title="网站声明",
        crumbs=(HOME, Link("网站声明")),
        column=Column(name="网站声明", type="概况信息"),
        html=format_html(
            "<p>本站由{}主办，公开本区政府信息。</p>"
            "<h2>怎样核验</h2><p>每份文件有索引号、固定网址和发布回执。回执写明服务器记录的发布时间和内容摘要"
            "（SM3），发布以后不能改写。撤回的文件，原网址写明撤回时间和原因。</p>"
            "<h2>转载</h2><p>转载政府信息请注明来源和网址，不得改动原意。</p>"
            '<h2>发现错误</h2><p>请用<a href="{}">我为政府网站找错</a>告诉我们。</p>',
            site.sponsor or site.government or "本机关",
            addresses.FIND_ERRORS,
        ),
    )


def accessibility_page() -> TextPage:
    """What the site does for readers with different needs."""
    return TextPage(
        address=addresses.ACCESSIBILITY,
        title="无障碍说明",
        crumbs=(HOME, Link("无障碍说明")),
        column=Column(name="无障碍说明", type="概况信息"),
        html=SafeString(
            "<p>所有页面不用脚本也能阅读和办理，可以只用键盘操作，放大到两倍不用左右移动。</p>"
            "<h2>大字版</h2><p>点页面上方“大字版”，全站都用大字显示，内容与标准版相同。</p>"
            "<h2>高对比</h2><p>点页面上方“高对比”，全站都用深底浅字显示。</p>"
            "<h2>读屏软件</h2><p>标题、导航、表格和表单都有文字说明；图形旁边都有文字。</p>"
        ),
    )


def feeds_page(scene: Scene) -> TextPage:
    """Where the feeds and open data are (I09)."""
    known = set(Listing.objects.filter(address__in=[at for _, at in FEEDS]).values_list("address", flat=True))
    lines = SafeString(
        "".join(
            format_html(
                '<li>{0}：<a href="{1}feed.atom">Atom</a>　<a href="{1}feed.json">JSON Feed</a></li>',
                name,
                at,
            )
            for name, at in FEEDS
            if at in known
        )
    )
    lines += _standing_feeds()
    if scene.progress is not None:
        lines += format_html(
            '<li>工作要点进度：<a href="{0}feed.atom">Atom</a>　<a href="{0}feed.json">JSON Feed</a>　'
            '<a href="{0}">全年台账（xlsx）</a></li>',
            addresses.PROGRESS,
        )
    return TextPage(
        address=addresses.FEEDS,
        title="数据与订阅",
        crumbs=(HOME, Link("数据与订阅")),
        column=Column(name="数据与订阅", type="数据开放"),
        html=format_html(
            "<p>每个列表都可以订阅，有新信息或者撤回时更新。单位和主题的订阅在各自列表的右上角。</p>"
            '<ul>{}<li>更正和撤回：<a href="/changes/feed.atom">Atom</a>　<a href="/changes/feed.json">JSON Feed</a>'
            '</li></ul><h2>表格数据</h2><p>财政预决算和政府债务：<a href="/budget/">财政预算、决算公开</a>；'
            '依申请公开办理情况：<a href="/apply/figures/">办理情况</a>。页面上有 csv、json、xlsx 或者接口地址。</p>'
            '<h2>供搜索引擎使用</h2><p>站点地图：<a href="/sitemap.xml">sitemap.xml</a>。'
            "网页内含结构化数据（schema.org，JSON-LD）和政府网站标签。</p>"
            '<h2>开放接口</h2><p>只读，不用注册，分版本，返回 JSON。说明见 <a href="/api/">开放接口</a>。</p>',
            lines,
        ),
    )


def _standing_feeds() -> SafeString:
    """The feeds of pages that stand on every site, and of results once there are some."""
    found = [("财政预算、决算", BUDGET), ("依申请公开办理情况", FIGURES)]
    if published_rechecks():
        found.append(("不予公开公文再次评估结果", RECHECKS))
    return format_html_join(
        "",
        '<li>{0}：<a href="{1}feed.atom">Atom</a>　<a href="{1}feed.json">JSON Feed</a></li>',
        found,
    )


def site_map_page(scene: Scene) -> SiteMapPage:
    """All columns of the site."""
    known = set(Listing.objects.exclude(address__startswith="/units/").values_list("address", flat=True))
    themes = tuple(
        Link(label, f"/themes/{theme_code(label)}/")
        for label in THEMES
        if f"/themes/{theme_code(label)}/" in known
    )
    items = tuple(
        Link(item.name, f"/open/{item.code}/") for item in STATUTORY_ITEMS if f"/open/{item.code}/" in known
    )
    groups = [
        LinkGroup("栏目", scene.site.nav),
        LinkGroup("政府信息公开", (*_column_links(), *items)),
        LinkGroup("主题", themes),
        LinkGroup("单位", scene.choosable),
        LinkGroup("关于本站", (*scene.site.footer, Link("我为政府网站找错", addresses.FIND_ERRORS))),
    ]
    return SiteMapPage(
        address=addresses.SITE_MAP,
        title="网站地图",
        crumbs=(HOME, Link("网站地图")),
        column=Column(name="网站地图", type="概况信息"),
        groups=tuple(group for group in groups if group.links),
    )


def not_found_page(address: str) -> NotFoundPage:
    """Nothing at this address."""
    return NotFoundPage(address=address, title="没有这个页面", robots="noindex", next=NEXT)


def _column_links() -> tuple[Link, ...]:
    return (
        Link("政策", "/policies/"),
        Link("政府信息公开指南", "/open/guide/"),
        Link("政府信息公开制度", "/open/system/"),
        Link("法定主动公开内容", "/open/"),
        Link("政府信息公开年报", "/open/annual/"),
        Link("政策解读", "/interpretations/"),
        Link("基层政务公开标准目录", addresses.STANDARD),
        Link("专栏", addresses.COLUMNS),
        Link("信息清单", "/records/"),
        Link("财政预算、决算公开", BUDGET),
        Link("依申请公开办理情况", FIGURES),
        *((Link("不予公开、依申请公开公文再次评估结果", RECHECKS),) if published_rechecks() else ()),
    )
