"""A street office reports ten tasks in one sitting, from a phone and from a desk; with and without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

PHONE, DESK = 390, 1280
TASKS = 10
MINE = "/workbench/ledger/mine/"


def keys_to_report(page: Page) -> list[str]:
    """The names of the tasks on which nothing waits for the office, in the order of the page."""
    found = page.locator("details.mine-task:has(form.report-form)").all()
    keys = [(one.get_attribute("id") or "").removeprefix("t-") for one in found]
    return [
        key for key in keys if key and not page.locator(f"#t-{key} button:has-text('收回这份填报')").count()
    ]


@pytest.mark.feature("L02")
@pytest.mark.law("条例46")
@pytest.mark.parametrize(
    ("user", "width", "script"),
    [("yfl.officer", PHONE, True), ("ttl.officer", DESK, True), ("hyl.officer", PHONE, False)],
)
def test_street_office_reports_ten_tasks_in_one_sitting(
    desk: Any, site: Any, user: str, width: int, script: bool
) -> None:
    page = desk.page(user, width=width, script=script)
    page.goto(site.base + MINE)
    assert desk.overflow(page) == 0
    keys = keys_to_report(page)[:TASKS]
    assert len(keys) == TASKS
    for number, key in enumerate(keys, 1):
        fold = page.locator(f"#t-{key}")
        if fold.get_attribute("open") is None:
            fold.locator("> summary").click()
        box = fold.get_by_label("做了什么")
        box.fill(f"第 {number} 件：已按要求公开并核对（演练）。")
        button = fold.get_by_role("button", name="报送进展")
        size = button.bounding_box()
        assert size is not None and size["height"] >= 44
        button.click()
        expect(page.locator(".toasts")).to_contain_text("已报送，等区政务公开主管部门核对")
        expect(page.locator(f"#t-{key} button:has-text('收回这份填报')")).to_have_count(1)
    assert desk.overflow(page) == 0
    assert len(page.locator("button:has-text('收回这份填报')").all()) >= TASKS
    assert desk.complaints == []


@pytest.mark.feature("L03")
def test_found_record_is_ticked_and_accepted(desk: Any, site: Any) -> None:
    officer = desk.page("jtj.officer", width=PHONE)
    officer.goto(site.base + MINE)
    fold = officer.locator("details.mine-task", has_text="系统找到").first
    if fold.get_attribute("open") is None:
        fold.locator("> summary").click()
    number = fold.locator(".mine-n").inner_text().strip()
    expect(fold.locator(".picks")).to_contain_text("是责任单位")
    fold.locator("input[name=match]").first.check()
    fold.get_by_role("button", name="报送进展").click()
    expect(officer.locator(".toasts")).to_contain_text(f"第 {number} 项已报送")
    office = desk.page("gkb")
    office.goto(site.base + "/workbench/ledger/coverage/")
    row = office.locator("table.cover-tab tbody tr", has_text="义务教育").first
    row.locator("a:has-text('件')").first.click()
    expect(office.locator("main")).to_contain_text("标题或关键词有“义务教育”")
    assert desk.overflow(office) == 0 and desk.complaints == []


@pytest.mark.feature("L02")
def test_what_was_typed_stays_after_a_mistake(desk: Any, site: Any) -> None:
    page = desk.page("lgl.officer", width=PHONE)
    page.goto(site.base + MINE)
    fold = page.locator("details.mine-task[open]")
    fold.get_by_label("做了什么").fill("写了一段进展（演练）")
    fold.locator("details.extra > summary").click()
    fold.get_by_label("网址或索引号").fill("http://10.1.1.1/a")
    fold.get_by_role("button", name="报送进展").click()
    expect(page.locator(".errsum")).to_contain_text("内部地址")
    expect(page.locator("details.mine-task[open]").get_by_label("做了什么")).to_have_value(
        "写了一段进展（演练）"
    )
    page.locator("details.mine-task[open]").get_by_label("网址或索引号").fill("https://www.example.gov.cn/a")
    page.locator("details.mine-task[open]").get_by_role("button", name="报送进展").click()
    expect(page.locator(".toasts")).to_contain_text("已报送")
    assert desk.complaints == []


@pytest.mark.feature("L23")
def test_unit_drafts_and_files_its_own_plan(desk: Any, site: Any) -> None:
    page = desk.page("ytl.officer", width=PHONE)
    page.goto(site.base + MINE)
    page.get_by_role("link", name="本单位实施方案").click()
    page.get_by_role("button", name="起草方案").click()
    expect(page.locator("h1")).to_contain_text("已起草，还没有报备")
    assert desk.overflow(page) == 0
    page.locator("textarea[name^=measures-]").first.fill("社区公示栏每月更新（演练）")
    page.get_by_role("button", name="保存并报备这一稿").click()
    expect(page.locator("h1")).to_contain_text("已报备第 1 版")
    office = desk.page("gkb")
    office.goto(site.base + "/workbench/ledger/")
    office.get_by_role("link", name="单位实施方案").click()
    expect(office.locator("table")).to_contain_text("银滩路街道")
    assert desk.overflow(office) == 0 and desk.complaints == []


@pytest.mark.feature("L04")
def test_office_overrules_a_light_openly(desk: Any, site: Any) -> None:
    office = desk.page("gkb")
    office.goto(site.base + "/workbench/ledger/")
    office.locator("table.tasks-tab tr.late a").first.click()
    office.get_by_role("link", name="人工判定、更新周期、匹配词").click()
    office.select_option("[name=state]", "ok")
    office.fill("[name=reason]", "等上级统一格式（演练）")
    year = int(office.evaluate("new Date().getFullYear()"))
    office.fill("[name=until]", f"{year}-12-31")
    office.get_by_role("button", name="作人工判定").click()
    expect(office.locator("main")).to_contain_text("人工判定：正常")
    expect(office.locator("main")).to_contain_text("系统判定为“逾期")
    assert desk.overflow(office) == 0 and desk.complaints == []
