"""依申请公开 in figures: how long it takes, with which results, how many too late; by unit and in sum."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongkai.foi.queries.public_figures import (
    FEWEST,
    GROUPS,
    Figures,
    Line,
    public_figures,
    years_with_requests,
)
from gongkai.kernel.clock import LEGAL_ZONE
from gongkai.portal import addresses
from gongkai.portal.context import Column, Link, LinkGroup, TextPage
from gongkai.portal.pages.entry_feed import FeedEntry, entry_feeds
from gongkai.portal.pages.scene import HOME, Scene
from gongkai.portal.tree import Output

FIGURES = "/apply/figures/"
RECORD = "request-figures"
HERE = Link("依申请公开", addresses.APPLY)


def figure_outputs(scene: Scene) -> list[Output]:
    """One page a year, the newest one at the head address, and the feeds of the years. The version is the day:
    lateness moves with it."""
    version = scene.today.toordinal()
    years = years_with_requests() or [scene.today.year]
    found = []
    every = [public_figures(year, today=scene.today) for year in years]
    for at, (year, figures) in enumerate(zip(years, every, strict=True)):
        for address in (FIGURES, year_address(year)) if at == 0 else (year_address(year),):
            page = figures_page(figures, address, years)
            found.append(scene.draw(page, record=RECORD, version=version))
    return [*found, *_feeds(every, scene, version)]


def _feeds(every: Sequence[Figures], scene: Scene, version: int) -> list[Output]:
    """An entry a year: how many asked, how long it took, how many were refused and why."""
    entries = []
    for figures in every:
        until = datetime.combine(figures.until, time.min, LEGAL_ZONE)
        begun = until.replace(month=1, day=1)
        author = scene.site.government or scene.site.name
        entries.append(
            FeedEntry(_title(figures), year_address(figures.year), begun, until, author, _summary(figures))
        )
    newest = max((one.changed_at for one in entries), default=None)
    return entry_feeds(FIGURES, "依申请公开办理情况", entries, newest, scene, record=RECORD, version=version)


def _title(figures: Figures) -> str:
    return f"{figures.year}年依申请公开办理情况"


def _summary(figures: Figures) -> str:
    grounds = [f"{label.partition('.')[2] or label} {count} 件" for label, count in figures.refusals if count]
    return _sentence(figures) + (f"不予公开的理由：{'，'.join(grounds)}。" if grounds else "")


def year_address(year: int) -> str:
    """The page of a year."""
    return f"{FIGURES}{year}/"


def figures_page(figures: Figures, address: str, years: Iterable[int]) -> TextPage:
    """The figures of one year as a page of text and tables."""
    return TextPage(
        address=address,
        title=_title(figures),
        feed=f"{FIGURES}feed.atom",
        section=addresses.APPLY,
        crumbs=(HOME, HERE, Link("办理情况")),
        column=Column(name="依申请公开", type="依申请公开"),
        updated_on=figures.until,
        html=_text(figures),
        side=(
            LinkGroup("年份", tuple(Link(f"{year}年", year_address(year)) for year in years)),
            LinkGroup(
                "数据和订阅",
                (
                    Link("开放接口（JSON）", f"/api/v1/requests/figures?year={figures.year}"),
                    Link("订阅（Atom）", f"{FIGURES}feed.atom"),
                    Link("JSON 订阅", f"{FIGURES}feed.json"),
                ),
            ),
            LinkGroup("相关", (HERE, Link("政府信息公开年报", "/open/annual/"))),
        ),
    )


def _text(figures: Figures) -> SafeString:
    whole = figures.district
    return format_html(
        "<p>{}</p><h2>全区</h2>{}<h2>办理结果</h2>{}<h2>不予公开的理由</h2>{}<h2>各单位</h2>{}"
        "<h2>怎样统计的</h2><p>由申请登记簿自动统计，截至{}。用时从收到申请的次日数到发出答复之日，按工作日，"
        "补正、征求意见等停止计算的日子也算在内，是申请人实际等的时间。一半的申请在“一半办结用时”以内办结，"
        "九成在“九成办结用时”以内。超期包括办结时已超期的和到期还没有办结的。不满{}件的数和能推算出它的数写作“—”，"
        "以免认出申请人。</p>",
        _sentence(figures),
        _table(
            (),
            (("收到", _few(whole.received)), ("办结", _few(whole.closed)), ("超期", _few(whole.late)),
             ("一半办结用时", _days(whole.median)), ("九成办结用时", _days(whole.ninety))),
            "全区办理情况",
        ),
        _table(
            ("结果", "件数", "占办结"),
            tuple((label, _number(count), _share(count, whole.closed))
                  for (_, label, _), count in zip(GROUPS, whole.results, strict=True)),
            "办理结果",
        ),
        _table(
            ("理由", "件数"),
            tuple((label.partition(".")[2] or label, _number(count)) for label, count in figures.refusals),
            "不予公开的理由",
        ),
        _table(
            ("单位", "收到", "办结", "超期", "一半用时", "九成用时", *(label for _, label, _ in GROUPS)),
            tuple(_unit(line) for line in figures.units),
            "各单位办理情况",
        ) if figures.units else SafeString("<p>这一年还没有收到申请。</p>"),
        f"{figures.until.year}年{figures.until.month}月{figures.until.day}日",
        FEWEST,
    )  # fmt: skip


def _sentence(figures: Figures) -> str:
    whole = figures.district
    if whole.median is None:
        return f"{figures.year}年办结的申请还太少，不计算用时。"
    late = "没有超期" if whole.late == 0 else f"超期{_few(whole.late)}件"
    return (
        f"{figures.year}年收到 {_number(whole.received)} 件申请，办结 {_number(whole.closed)} 件；"
        f"一半在 {whole.median} 个工作日内办结，九成在 {whole.ninety} 个工作日内；{late}。"
    )


def _unit(line: Line) -> tuple[str, ...]:
    return (
        line.name, _number(line.received), _number(line.closed), _number(line.late),
        _days(line.median), _days(line.ninety), *(_number(count) for count in line.results),
    )  # fmt: skip


def _few(count: int | None) -> str:
    """A number of the whole district; what is not said there is small and nothing else."""
    return f"少于{FEWEST}" if count is None else str(count)


def _number(count: int | None) -> str:
    return "—" if count is None else str(count)


def _days(days: int | None) -> str:
    return "—" if days is None else f"{days} 个工作日"


def _share(count: int | None, closed: int | None) -> str:
    return "—" if count is None or not closed else f"{count / closed:.0%}"


def _table(heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...], caption: str) -> SafeString:
    head = format_html_join("", "<th scope='col'>{}</th>", ((word,) for word in heads))
    lines = SafeString(
        "".join(
            format_html(
                "<tr><th scope='row'>{}</th>{}</tr>",
                row[0],
                format_html_join("", "<td>{}</td>", ((cell,) for cell in row[1:])),
            )
            for row in rows
        )
    )
    thead = format_html("<thead><tr>{}</tr></thead>", head) if heads else SafeString("")
    return format_html(
        "<div class='scroll' tabindex='0' role='region' aria-label='{0}'><table><caption class='sr'>{0}</caption>"
        "{1}<tbody>{2}</tbody></table></div>",
        caption,
        thead,
        lines,
    )
