"""The editor page: one policy with a nonce, no complaint of the console, Chinese on every button."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

LATIN = re.compile(r"[A-Za-z]{2,}")
NEWLINE = "第一条要求\n第二条要求"


def blank(page: Page, base: str, title: str) -> None:
    """A draft that is written on the site."""
    page.goto(base + "/workbench/documents/new/")
    page.fill("[name=title]", title)
    page.click("button:has-text('建立草稿')")
    page.wait_for_url("**/workbench/documents/*/")
    expect(page.get_by_role("textbox", name="正文")).to_be_visible()


@pytest.mark.feature("B01")
@pytest.mark.parametrize("width", [390, 1280])
def test_the_editor_speaks_chinese_and_the_console_is_silent(desk: Any, site: Any, width: int) -> None:
    page = desk.page("jtj.officer", width=width)
    blank(page, site.base, f"编辑器试用稿{width}")
    assert desk.overflow(page) == 0
    page.get_by_role("textbox", name="正文").click()
    page.keyboard.type(NEWLINE)
    buttons = page.locator(".prose-editor [title]")
    words = [button.get_attribute("title") or "" for button in buttons.all()]
    assert len(words) >= 8
    assert [word for word in words if LATIN.search(word.replace("HTML", ""))] == []
    page.click("button:has-text('保存草稿')")
    expect(page.locator("main")).to_contain_text("已保存")
    expect(page.get_by_role("textbox", name="正文")).to_contain_text("第二条要求")
    assert desk.complaints == []


@pytest.mark.feature("B01")
def test_text_is_kept_without_javascript(desk: Any, site: Any) -> None:
    desk.page("jtj.officer")
    page = desk.page("jtj.officer", script=False)
    page.goto(site.base + "/workbench/documents/new/")
    page.fill("[name=title]", "没有脚本也能写")
    page.click("button:has-text('建立草稿')")
    page.fill("textarea[name=body]", "<p>只用表单写的正文。</p>")
    page.click("button:has-text('保存草稿')")
    expect(page.locator("main")).to_contain_text("已保存")
    assert "只用表单写的正文。" in page.input_value("textarea[name=body]")
