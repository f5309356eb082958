"""A leader signs on the phone: a passkey says again that it is him, then the paper may be issued. X14."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

TITLE = "关于局机关人员轮岗安排的通知"
PHONE = 390
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
# As if the last proof were long ago: the records of the login library say when a second factor was used.
LONG_AGO = """
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
for row in Session.objects.all():
    store = SessionStore(row.session_key)
    found = store.get("account_authentication_methods") or []
    for one in found:
        one["at"] -= 3600
    store["account_authentication_methods"] = found
    store.save()
"""


@pytest.mark.feature("X14")
@pytest.mark.feature("B22")
def test_the_leader_approves_on_the_phone_by_passkey(desk: Any, site: Any) -> None:
    office = desk.page("czj.reviewer", width=PHONE)
    office.goto(site.base + "/workbench/review/")
    office.locator("tr", has_text=TITLE).get_by_role("link", name="去审核").click()
    expect(office.locator("#now")).to_have_text("公开审查")
    assert desk.overflow(office) == 0
    office.locator("main .wb-main [name=opinion]").fill("属于内部事务，理由充分，同意不公开")
    office.get_by_role("button", name="同意不予公开", exact=True).click()
    expect(office.locator("main")).to_contain_text("已记录：公开审查")

    leader = desk.page("czj.leader", width=PHONE)
    device = leader.context.new_cdp_session(leader)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    leader.goto(site.base + "/account/2fa/webauthn/add/")
    if leader.locator("[name=password]").count():
        leader.fill("[name=password]", site.password)
        leader.click("button:has-text('确认是我')")
    leader.click("button:has-text('登记这台设备')")
    leader.wait_for_url("**/account/2fa/**")
    site.run("shell", "-c", LONG_AGO)

    leader.goto(site.base + "/workbench/review/")
    leader.locator("tr", has_text=TITLE).get_by_role("link", name="去审核").click()
    expect(leader.locator("main")).to_contain_text("公开审查意见：属于内部事务")
    assert desk.overflow(leader) == 0
    leader.locator("main .wb-main [name=opinion]").fill("同意，归档")
    leader.get_by_role("button", name="同意签发", exact=True).click()
    leader.wait_for_url("**/2fa/webauthn/reauthenticate/**")
    leader.get_by_role("button", name="用通行密钥", exact=True).click()
    leader.wait_for_url("**/workbench/review/*/")
    expect(leader.locator("main")).to_contain_text("刚才已确认是您本人（通行密钥确认本人）")
    expect(leader.locator("main .wb-main [name=opinion]")).to_have_value("同意，归档")
    leader.get_by_role("button", name="同意签发", exact=True).click()
    expect(leader.locator("main")).to_contain_text("已记录：终审签发")
    assert desk.complaints == []
    site.cookies.pop("czj.leader", None)  # another way to log in was registered here
