"""The plan: an officer reports from the phone, the district office accepts, the public page follows."""

from __future__ import annotations

import time
from typing import Any

import pytest
from playwright.sync_api import expect

PHONE = 390

WORDS = "完成了年度清单核对，已在专栏公开（浏览器演练）"
PLAN = """2019年滨海区政务公开工作要点

附件：2019年重点任务表

序号\t公开领域\t具体要求\t责任单位\t完成时限
1\t财政预决算\t公开部门预算\t区财政局\t4月底前
2\t义务教育\t公开招生政策\t区教育体育局\t6月底前
"""


@pytest.mark.feature("L02")
@pytest.mark.law("条例46")
def test_progress_goes_from_the_phone_to_the_public_page(desk: Any, site: Any) -> None:
    officer = desk.page("czj.officer", width=PHONE)
    officer.goto(site.base + "/workbench/ledger/")
    addresses = [
        link.get_attribute("href") or "" for link in officer.locator("main a[href*='/ledger/tasks/']").all()
    ]
    for address in dict.fromkeys(addresses):
        officer.goto(site.base + address)
        if officer.get_by_role("button", name="报送进展").count():
            break
    else:
        raise AssertionError("no task on which the finance bureau reports")
    assert desk.overflow(officer) == 0
    officer.fill("[name=text]", WORDS)
    officer.get_by_role("button", name="报送进展").click()
    expect(officer.locator("#reports ~ *, section:has(#reports)").first).to_contain_text(WORDS)

    public = site.answer("/progress/")[1]
    assert WORDS not in public
    office = desk.page("gkb")
    office.goto(officer.url)
    office.locator("li", has_text=WORDS).get_by_role("button", name="核对无误，记入台账").click()
    expect(office.locator("li", has_text=WORDS)).not_to_have_class("open")

    number = officer.locator("nav.crumbs [aria-current]").inner_text().strip("第 项")
    year = time.gmtime(time.time() + 8 * 3600).tm_year
    for _ in range(60):
        if WORDS in site.answer(f"/progress/{year}/{number}.html")[1]:
            break
        time.sleep(0.25)
    else:
        raise AssertionError("the public page of the task does not follow")
    assert desk.complaints == []


@pytest.mark.feature("L01")
def test_a_plan_is_shown_before_it_is_stored(desk: Any, site: Any) -> None:
    file = site.folder / "工作要点.txt"
    file.write_text(PLAN, encoding="utf-8")
    page = desk.page("gkb")
    page.goto(site.base + "/workbench/ledger/import/")
    page.set_input_files("[name=file]", str(file))
    page.fill("[name=year]", "2019")
    page.click("button:has-text('读出内容并核对')")
    expect(page.locator("h1")).to_contain_text("核对读出的内容")
    expect(page.locator("main")).to_contain_text("现在还没有写入台账")
    expect(page.locator("table.preview-tab tbody tr")).to_have_count(2)
    page.get_by_role("button", name="写入台账").first.click()
    page.wait_for_load_state()
    page.goto(site.base + "/workbench/ledger/?year=2019")
    expect(page.locator("h1")).to_contain_text("2019年要点台账")
    expect(page.locator("main")).to_contain_text("公开招生政策")
    assert desk.complaints == []
