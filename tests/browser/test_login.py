"""The door: wrong passwords wait instead of locking, reviewers need the second factor."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

PHONE = 390


def attempt(page: Page, site: Any, user: str, password: str) -> None:
    """One try at the door."""
    page.goto(site.base + "/account/login/")
    page.fill("[name=login]", user)
    page.fill("[name=password]", password)
    page.click("main button:has-text('登录')")
    page.wait_for_load_state()


@pytest.mark.feature("X09")
def test_the_second_factor_stands_between_password_and_desk(desk: Any, site: Any) -> None:
    page = desk.page(width=PHONE)
    attempt(page, site, "anquan", site.password)
    expect(page.locator("h1")).to_have_text("输入验证码")
    assert desk.overflow(page) == 0
    page.goto(site.base + "/workbench/")
    assert "/account/" in page.url, "the password alone opens nothing"
    expect(page.locator("h1")).to_have_text("输入验证码")
    code = site.run("demo", "code", "anquan")
    page.fill("[name=code]", f"{(int(code) + 500_000) % 1_000_000:06d}")
    page.click("button:has-text('完成登录')")
    expect(page.locator("h1")).to_have_text("输入验证码")
    page.fill("[name=code]", site.run("demo", "code", "anquan"))
    page.click("button:has-text('完成登录')")
    page.wait_for_url("**/workbench/**")
    assert desk.complaints == []


@pytest.mark.feature("X09")
def test_a_code_is_taken_once(desk: Any, site: Any) -> None:
    """Who looked over a shoulder cannot use the same six figures."""
    first, second = desk.page(), desk.page()
    attempt(first, site, "shenji", site.password)
    code = site.run("demo", "code", "shenji")
    first.fill("[name=code]", code)
    first.click("button:has-text('完成登录')")
    first.wait_for_url("**/workbench/**")
    attempt(second, site, "shenji", site.password)
    second.fill("[name=code]", code)
    second.click("button:has-text('完成登录')")
    expect(second.locator("h1")).to_have_text("输入验证码")


@pytest.mark.feature("X09")
def test_wrong_passwords_lead_to_a_wait_with_its_length(desk: Any, site: Any) -> None:
    page = desk.page(width=PHONE)
    for number in range(6):
        attempt(page, site, "dfz.officer", f"不是这个密码{number}")
    expect(page.locator("h1")).to_contain_text("请等")
    expect(page.locator("main")).to_contain_text("账号没有被锁")
    assert desk.overflow(page) == 0
    # Another clerk at the same place is not kept out.
    desk.page("jtj.officer")
