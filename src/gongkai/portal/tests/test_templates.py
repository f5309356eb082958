"""Every page template with an invented page: structure, official tags, weight, no inline code."""

from __future__ import annotations

import gzip
import re
from html.parser import HTMLParser

import pytest

from gongkai.portal import context
from gongkai.portal.rendering import render, view_sheets
from gongkai.portal.templatetags.look import relative
from gongkai.portal.tests.samples import DOCUMENT_PAGE, HOME_PAGE, PAGES, SITE

VOID = {"meta", "link", "input", "br", "img", "hr", "path", "circle"}


class Outline(HTMLParser):
    """Collects what the checks look at, and whether every element is closed in its place."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.headings: list[int] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open[-1] != tag:
            self.crossed.append(f"</{tag}> in {self.open[-3:]}")
            return
        self.open.pop()

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.tags if name == tag]

    def metas(self) -> dict[str, str]:
        return {attrs["name"]: attrs["content"] for attrs in self.all("meta") if "name" in attrs}


@pytest.fixture(params=sorted(PAGES))
def page(request: pytest.FixtureRequest) -> context.Page:
    return PAGES[request.param]


def drawn(page: context.Page) -> Outline:
    return Outline(render(page, SITE))


def test_elements_are_closed_where_they_belong(page: context.Page) -> None:
    outline = drawn(page)
    assert outline.crossed == []
    assert outline.open == []


def test_one_h1_and_no_skipped_level(page: context.Page) -> None:
    headings = drawn(page).headings
    assert headings.count(1) == 1
    assert headings[0] == 1 or 1 in headings[:2]
    assert all(after - before <= 1 for before, after in zip(headings, headings[1:], strict=False))


def test_language_landmarks_skip_link(page: context.Page) -> None:
    outline = drawn(page)
    assert outline.all("html")[0]["lang"] == "zh-Hans-CN"
    assert [attrs["id"] for attrs in outline.all("main")] == ["main"]
    assert outline.all("a")[0]["href"] == "#main"
    assert len(outline.all("footer")) == 1
    assert len(outline.all("header")) == 1
    for landmark in ("nav", "aside"):
        names = [attrs.get("aria-label") or attrs.get("aria-labelledby") for attrs in outline.all(landmark)]
        assert all(names)
        assert len(set(names)) == len(names)


def test_no_inline_code(page: context.Page) -> None:
    outline = drawn(page)
    # A block of data is not run.
    assert [one for one in outline.all("script") if one.get("type") != "application/ld+json"] == []
    assert outline.all("style") == []
    for _, attrs in outline.tags:
        assert "style" not in attrs
        assert not [name for name in attrs if name.startswith("on")]


def test_ids_are_unique_and_fields_are_labelled(page: context.Page) -> None:
    outline = drawn(page)
    ids = [attrs["id"] for _, attrs in outline.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    labelled = {attrs.get("for") for attrs in outline.all("label")}
    for attrs in outline.all("input"):
        if attrs.get("type") != "hidden":
            assert attrs.get("id") in labelled or attrs.get("aria-label")
    for _, attrs in outline.tags:
        if "aria-labelledby" in attrs:
            assert attrs["aria-labelledby"] in ids


@pytest.mark.feature("I04")
def test_official_tags(page: context.Page) -> None:
    metas = drawn(page).metas()
    assert metas["SiteName"] == "滨海区政务公开"
    assert metas["SiteDomain"] == "www.binhai.example.cn"
    assert metas["SiteIDCode"] == "9902020001"
    if page.column:
        for name in ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"):
            assert metas[name]
    if page.article:
        assert metas["ArticleTitle"] == page.article.title
        assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", metas["PubDate"])
        assert metas["ContentSource"]


def test_publication_date_is_beijing_time_in_24_hours() -> None:
    assert drawn(DOCUMENT_PAGE).metas()["PubDate"] == "2026-10-12 10:05"


@pytest.mark.feature("A07")
def test_header_block_says_none_where_a_value_is_absent() -> None:
    html = render(DOCUMENT_PAGE, SITE)
    assert re.search(r"<dt>登记号</dt><dd><span class=\"none\">无</span>", html)
    for label in ("索引号", "主题分类", "发文机关", "发文字号", "成文日期", "发布日期", "有效性", "登记号"):
        assert f"<dt>{label}</dt>" in html


def test_mark_of_a_demo_is_on_every_page(page: context.Page) -> None:
    assert "演示环境" in render(page, SITE)


def test_typed_text_is_escaped() -> None:
    evil = '"><script>x</script>'
    page = context.SearchPage(address="/search/", title=evil, text=evil, total=0)
    assert "<script>" not in render(page, SITE)


def test_weight(page: context.Page) -> None:
    sheets = sum(len(gzip.compress(sheet)) for sheet in (_static("site.css"), *view_sheets().values()))
    html = len(gzip.compress(render(page, SITE).encode()))
    assert sheets < 30_000
    assert html + sheets < (100_000 if page.article else 150_000)


def test_links_inside_the_site_are_relative(page: context.Page) -> None:
    """Only so a reader of 大字版 stays in it; the links that change the view are absolute on purpose."""
    for attrs in drawn(page).all("a"):
        href = attrs.get("href", "")
        if href.startswith("/") and page.template != "portal/not_found.html":
            assert (
                attrs.get("class") == "view"
                or href.startswith(("/workbench/", "/large/", "/contrast/"))
                or (href == page.address)
            )


def test_home_shows_everything_it_was_given() -> None:
    html = render(HOME_PAGE, SITE)
    for row in (*HOME_PAGE.policies, *HOME_PAGE.notices):
        assert row.title in html
    for entrance in HOME_PAGE.entrances:
        assert entrance.title in html
    assert html.count('<li><a class="') >= 32


@pytest.mark.parametrize(
    ("here", "target", "expected"),
    [
        ("/", "/", "./"),
        ("/", "/open/", "open/"),
        ("/doc/2026/1.html", "/", "../../"),
        ("/doc/2026/1.html", "/doc/2026/2.html#a4", "2.html#a4"),
        ("/open/x/", "/open/x/2.html", "2.html"),
        ("/open/x/2.html", "/search/?q=/a/", "../../search/?q=/a/"),
        ("/a/", "/a/b:c.html", "./b:c.html"),
    ],
)
def test_relative_addresses(here: str, target: str, expected: str) -> None:
    assert relative(here, target) == expected


def _static(name: str) -> bytes:
    from importlib import resources

    return (resources.files("gongkai.portal") / "static" / "gongkai" / name).read_bytes()
