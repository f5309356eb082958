"""What a citizen meets: silent console, no sideways scrolling, keyboard, large letters, high contrast."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

PHONE, DESK = 390, 1280

PAGES = (
    "/", "/open/", "/policies/", "/notices/", "/units/", "/units/czj/", "/progress/", "/search/?q=通知",
    "/search/?q=没有这个词", "/find-errors/", "/site-map/", "/about/", "/accessibility/", "/apply/",
    "/api/", "/nothing.html",
)  # fmt: skip


def document(site: Any) -> str:
    """The address of some published document, taken from a list that anybody sees."""
    found = site.answer("/policies/")[1].split("doc/")
    assert len(found) > 1, "no document stands in the list of policies"
    return "/doc/" + found[1].split('"')[0]


@pytest.mark.feature("I03")
@pytest.mark.parametrize("width", [320, PHONE, DESK])
def test_no_page_scrolls_sideways_or_complains(desk: Any, site: Any, width: int) -> None:
    page = desk.page(width=width)
    wide = []
    for address in (*PAGES, document(site)):
        page.goto(site.base + address)
        if over := desk.overflow(page):
            wide.append((address, over))
        expect(page.locator("h1, .hero")).not_to_have_count(0)
    assert wide == []
    # The browser itself writes a line for an address that answers 404.
    assert [line for line in desk.complaints if "/nothing.html" not in line] == []


@pytest.mark.feature("I03")
def test_the_first_key_leads_past_the_head(desk: Any, site: Any) -> None:
    page = desk.page()
    page.goto(site.base + "/open/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_text("跳到正文")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.feature("I03")
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_large_and_contrast_are_views_that_stay(desk: Any, site: Any, width: int) -> None:
    """The views are addresses, so a link on a large page leads to a large page, without script or cookie."""
    page = desk.page(width=width, script=False)

    def letters() -> float:
        return float(page.evaluate("parseFloat(getComputedStyle(document.querySelector('main')).fontSize)"))

    def ground() -> str:
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    page.goto(site.base + "/")
    small, plain = letters(), ground()
    page.goto(site.base + "/large/")
    assert letters() > small
    assert desk.overflow(page) == 0
    page.goto(site.base + "/large/open/")
    page.locator("main a:visible").first.click()
    assert "/large/" in page.url
    page.goto(site.base + "/contrast/")
    assert ground() != plain
    assert desk.overflow(page) == 0
