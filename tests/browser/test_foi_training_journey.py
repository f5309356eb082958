"""A trainee practises on invented requests, the reviewer decides a topic, a citizen reads the figures."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

PHONE, WIDE = 390, 1280


def shown(page: Page, name: str) -> None:
    """A picture for whoever wants to look; nothing else reads it."""
    folder = os.environ.get("JOURNEY_PICTURES")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


@pytest.mark.feature("D20")
@pytest.mark.parametrize("width", [PHONE, WIDE])
def test_a_trainee_takes_a_case_and_learns_what_was_right(desk: Any, site: Any, width: int) -> None:
    page = desk.page("jtj.officer" if width == PHONE else "czj.officer", width=width)
    page.goto(site.base + "/workbench/foi/practice/")
    page.get_by_role("button", name="取一题").click()
    expect(page.get_by_role("heading", name="卷里的情况")).to_be_visible()
    assert desk.overflow(page) == 0
    shown(page, f"exercise-{width}")
    page.get_by_role("button", name="交卷").click()
    expect(page.get_by_text("这一题还没有答。").first).to_be_visible()
    for group in page.locator("form.exercise fieldset").all():
        group.locator("input[type=radio]").first.check()
    page.locator("form.exercise select").select_option(index=1)
    for day in page.locator("form.exercise input[type=date]").all():
        day.fill(date.today().isoformat())  # noqa: DTZ011 -- any day will do
    page.get_by_role("button", name="交卷").click()
    expect(page.get_by_role("heading", name="讲评")).to_be_visible()
    expect(page.get_by_text("依据", exact=True).first).to_be_visible()
    assert desk.overflow(page) == 0
    shown(page, f"graded-{width}")
    page.get_by_role("link", name="练习").last.click()
    expect(page.locator("body")).to_contain_text("已交卷 1 题")


@pytest.mark.feature("D16")
@pytest.mark.parametrize("width", [PHONE, WIDE])
def test_the_reviewer_finds_what_many_asked_for(desk: Any, site: Any, width: int) -> None:
    page = desk.page("jtj.reviewer", width=width)
    page.goto(site.base + "/workbench/")
    page.locator("a[href*='/workbench/foi/topics/']", has_text="去决定").first.click()
    expect(page.get_by_role("heading", name="为什么归在一起")).to_be_visible()
    page.get_by_role("button", name="决定公开").click()
    expect(page.get_by_text("没有写理由。").first).to_be_visible()
    assert desk.overflow(page) == 0
    shown(page, f"topic-{width}")
    page.get_by_role("link", name="申请专题").last.click()
    expect(page.get_by_role("heading", name="年转化情况")).to_be_visible()
    assert desk.overflow(page) == 0
    shown(page, f"topics-{width}")


@pytest.mark.feature("D16")
@pytest.mark.parametrize("width", [PHONE, WIDE])
def test_a_citizen_reads_how_long_requests_take(desk: Any, site: Any, browser: Any, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto(site.base + "/apply/")
    page.get_by_role("link", name="办理用时、结果和超期").click()
    expect(page.get_by_role("heading", name="各单位")).to_be_visible()
    assert desk.overflow(page) == 0
    shown(page, f"figures-{width}")
    page.close()
