"""A passkey on a strict page: registered, used to log in without a password, removed again."""

from __future__ import annotations

from typing import Any

import pytest

USER = "cgj.officer2"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.mark.feature("X09")
def test_a_passkey_opens_the_desk_without_a_password(desk: Any, site: Any) -> None:
    page = desk.page(USER)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    page.goto(site.base + "/account/2fa/webauthn/add/")
    page.fill("[name=password]", site.password)  # who changes the login says again who he is
    page.click("button:has-text('确认是我')")
    page.check("[name=passwordless]")
    page.click("button:has-text('登记这台设备')")
    page.wait_for_url("**/recovery-codes/")
    assert page.locator("ol.codes li").count() == 10

    page.goto(site.base + "/account/logout/")
    page.click("button:has-text('退出登录')")
    page.goto(site.base + "/account/login/")
    page.click("button:has-text('用通行密钥登录')")
    page.wait_for_url("**/workbench/**")

    page.goto(site.base + "/account/2fa/webauthn/")
    page.click("a:has-text('移除')")
    if page.locator("[name=password]").count():
        page.fill("[name=password]", site.password)
        page.click("button:has-text('确认是我')")
    page.click("button:has-text('移除通行密钥')")
    page.wait_for_load_state()
    page.goto(site.base + "/account/2fa/webauthn/")
    assert "没有登记" in page.content()
    assert desk.complaints == []
    site.cookies.pop(USER, None)  # the login of this test has ended
