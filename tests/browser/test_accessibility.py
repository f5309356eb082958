"""axe-core finds nothing on any kind of page, every statutory entry is three clicks away, the home page is light."""

from __future__ import annotations

import posixpath
import re
from collections import deque
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from gongkai.catalogue.queries import STATUTORY_ITEMS

PUBLIC = (
    "/", "/open/", "/open/guide/", "/open/system/", "/open/annual/", "/policies/", "/notices/", "/units/",
    "/units/czj/", "/units/czj/open/", "/progress/", "/search/?q=通知", "/search/?q=没有这个词", "/find-errors/",
    "/site-map/", "/about/", "/accessibility/", "/feeds/", "/apply/", "/apply/new/", "/apply/progress/",
    "/apply/figures/", "/budget/", "/notice/", "/site-health/", "/api/", "/nothing.html",
)  # fmt: skip
STAFF = ("czj.officer", "gkb")
HOME_BYTES = 150 * 1024
CLICKS = 3


def violations(page: Any) -> list[str]:
    """What axe-core says is wrong on the page, with the place."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def documents(site: Any) -> list[str]:
    """The addresses of one standing document, its receipt, and one that was withdrawn."""
    text = site.answer("/open/")[1] + site.answer("/policies/")[1]
    found = [urljoin("/open/", link) for link in re.findall(r'href="((?:\.\./)*doc/[^"#]+\.html)"', text)]
    return sorted(set(found))[:1]


@pytest.mark.feature("I03")
@pytest.mark.parametrize(("view", "width"), [("", 1280), ("", 390), ("/large", 390), ("/contrast", 1280)])
def test_no_public_page_breaks_a_rule(desk: Any, site: Any, view: str, width: int) -> None:
    page = desk.page(width=width)
    wrong = {}
    for address in (*PUBLIC, *documents(site)):
        page.goto(site.base + ("" if address.startswith("/api") else view) + address)
        if found := violations(page):
            wrong[address] = found
    assert wrong == {}


@pytest.mark.feature("I03")
@pytest.mark.parametrize("user", STAFF)
def test_no_page_of_the_rail_breaks_a_rule(desk: Any, site: Any, user: str) -> None:
    page = desk.page(user)
    page.goto(site.base + "/workbench/")
    links = page.locator("nav[aria-label=工作台] a").all()
    wrong = {}
    for address in dict.fromkeys(link.get_attribute("href") or "" for link in links):
        page.goto(site.base + address)
        if found := violations(page):
            wrong[address] = found
    assert wrong == {}


@pytest.mark.feature("I01")
def test_every_statutory_entry_is_three_clicks_away(site: Any) -> None:
    """Links as a reader without script follows them, from the home page on."""
    near = {"/": 0}
    waiting = deque(["/"])
    while waiting:
        at = waiting.popleft()
        if near[at] == CLICKS:
            continue
        status, text = site.answer(at)
        if status != 200:
            continue
        for link in re.findall(r'href="([^"#]*)"', text):
            to = urlsplit(urljoin(at, link))
            path = to.path
            known = path in near or to.netloc or to.scheme or posixpath.splitext(path)[1] not in ("", ".html")
            if not known and not path.startswith(("/large", "/contrast", "/workbench", "/doc/", "/static/")):
                near[path] = near[at] + 1
                waiting.append(path)
    everywhere = set(near)
    listed = [item for item in STATUTORY_ITEMS if any(f"/{item.code}/" in one for one in everywhere)]
    # An item without records has no list; it stands in the menu with its nought and the reason.
    menu = site.answer("/open/")[1]
    missing = [item.code for item in STATUTORY_ITEMS if item not in listed and item.name not in menu]
    assert missing == []
    assert len(listed) >= 5
    assert {"/open/guide/", "/open/system/", "/open/annual/", "/apply/", "/find-errors/"} <= everywhere


@pytest.mark.feature("I05")
def test_the_home_page_is_light(desk: Any, site: Any) -> None:
    page = desk.page(width=390)
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(len(answer.body())))
    page.goto(site.base + "/", wait_until="networkidle")
    assert len(sizes) >= 3
    assert sum(sizes) <= HOME_BYTES
