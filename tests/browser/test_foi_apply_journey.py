"""A citizen applies, keeps his receipt and follows his case: on a phone and on a desk, with and without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

CARD = "11010519491231002X"
WANTED = "望潮路改造工程2025年中标结果"


def calm(desk, allowed: str = "422") -> list[str]:
    """What the console said, but for the answers that refuse a form."""
    return [line for line in desk.complaints if allowed not in line]


def look(desk, page: Page) -> None:
    """A page of the journey: one heading, nothing beyond the edge."""
    assert page.locator("h1").count() == 1
    assert desk.overflow(page) <= 0, page.url


def choose_and_say(desk, page: Page, base: str) -> None:
    page.goto(base + "/apply/")
    look(desk, page)
    page.click("text=申请公开信息")
    page.fill("[name=about]", "道路改造")
    page.click("main button:has-text('查一查')")
    page.wait_for_selector("text=可能是这几个机关")
    look(desk, page)
    page.locator(".note [name=unit]").first.check()
    page.click("text=下一步：写清信息")
    page.wait_for_url("**/apply/new/what/")
    page.fill("[name=content]", WANTED)
    look(desk, page)
    page.click("main button:has-text('下一步：怎么给您')")
    page.wait_for_url("**/apply/new/how/")
    look(desk, page)
    page.click("text=下一步：身份与提交")
    page.wait_for_url("**/apply/new/who/")


@pytest.mark.feature("D01")
@pytest.mark.feature("D03")
@pytest.mark.parametrize(("width", "script"), [(390, True), (1280, True), (390, False)])
def test_apply_receipt_progress(site, desk, width: int, script: bool) -> None:
    page = desk.page(width=width, script=script)
    choose_and_say(desk, page, site.base)
    page.fill("[name=name]", "王小明")
    page.fill("[name=document_number]", "110105194912310021")
    page.fill("[name=phone]", "13800001234")
    page.click("main button.primary:has-text('提交申请')")
    page.wait_for_selector(".errsum")
    assert "校验位" in page.inner_text(".errsum") and page.input_value("[name=name]") == "王小明"
    look(desk, page)
    page.fill("[name=document_number]", CARD)
    page.click("main button.primary:has-text('提交申请')")
    page.wait_for_url("**/apply/receipt/")
    look(desk, page)
    code, number = page.inner_text(".code").strip(), page.inner_text(".slip .big strong")
    assert re.fullmatch(r"([A-Z0-9]{4}-){4}[A-Z0-9]{4}", code) and number.startswith("SQ")
    page.click("text=查询码记好了")
    page.wait_for_url("**/apply/progress/")
    page.fill("[name=code]", "3333 3333 3333 3333 3333")
    page.click("text=查看进度")
    page.wait_for_selector(".errsum")
    page.fill("[name=code]", code.lower().replace("-", " "))
    page.click("text=查看进度")
    page.wait_for_selector("text=办理经过")
    text = page.inner_text("main")
    assert number in text and "等待确认" in text and CARD not in text
    look(desk, page)
    page.click("text=关闭本页")
    page.wait_for_selector("[name=code]")
    assert calm(desk) == []


@pytest.mark.feature("D02")
def test_what_is_public_already_comes_while_typing_and_ends_without_a_case(site, desk) -> None:
    page = desk.page(width=390)
    page.goto(site.base + "/policies/")
    title = page.locator(".rows a").first.inner_text().strip()
    page.goto(site.base + "/apply/new/")
    page.locator(".bodies [name=unit]").first.check()
    page.click("text=下一步：写清信息")
    page.locator("[name=content]").press_sequentially(title, delay=5)
    page.wait_for_selector("#already button:has-text('就是它')")
    look(desk, page)
    page.locator("#already button:has-text('就是它')").first.click()
    page.wait_for_url("**/doc/**")
    page.goto(site.base + "/apply/new/what/")
    assert page.url.endswith("/apply/new/")
    assert calm(desk) == []


@pytest.mark.feature("K06")
@pytest.mark.parametrize("width", [390, 1280])
def test_the_counter_takes_down_and_the_applicant_follows(site, desk, width: int) -> None:
    page = desk.page("czj.officer", width=width)
    page.goto(site.base + "/workbench/foi/counter/")
    look(desk, page)
    page.click("main a:has-text('登记申请')")
    page.fill("[name=content]", WANTED)
    page.fill("[name=name]", "李秀英")
    page.fill("[name=document_number]", CARD)
    page.fill("[name=phone]", "0532-88880101")
    page.click("main button.primary")
    page.wait_for_selector(".code")
    look(desk, page)
    code = page.inner_text(".code").strip()
    page.goto(site.base + "/workbench/foi/counter/")
    page.fill("[name=typed]", CARD)
    page.click("main button:has-text('查找')")
    page.wait_for_selector("main [role=status] .rows a")
    assert page.input_value("[name=typed]") == ""
    visitor = desk.page(width=width)
    visitor.goto(site.base + "/large/apply/progress/")
    visitor.fill("[name=code]", code)
    visitor.click("text=查看进度")
    visitor.wait_for_selector("table.days")
    assert "/large/apply/progress/" in visitor.url and "最迟" in visitor.inner_text("h1")
    look(desk, visitor)
    assert calm(desk) == []
