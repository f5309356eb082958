"""Every page of the rail, as the people who have it see it: silent console, no sideways scrolling, a heading."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

WHO_WHERE = [
    ("czj.officer", 390),
    ("czj.leader", 1280),
    ("gkb", 390),
    ("gkb", 1280),
    ("xitong", 390),
    ("chuangkou", 390),
]


@pytest.mark.feature("I03")
@pytest.mark.parametrize(("user", "width"), WHO_WHERE)
def test_every_page_of_the_rail_fits(desk: Any, site: Any, user: str, width: int) -> None:
    page = desk.page(user, width=width)
    page.goto(site.base + "/workbench/")
    rail = page.locator("nav[aria-label=工作台] a")
    addresses = list(dict.fromkeys(link.get_attribute("href") or "" for link in rail.all()))
    assert "/workbench/help/" in addresses
    wide = []
    for address in addresses:
        page.goto(site.base + address)
        expect(page.locator("h1")).to_have_count(1)
        if over := desk.overflow(page):
            wide.append((address, over))
    assert wide == []
    assert desk.complaints == []
