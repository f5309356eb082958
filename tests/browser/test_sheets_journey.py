"""The ledger in a spreadsheet and back; a plan put right in its preview, a new version of it, and undo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

PHONE, SCREEN = 390, 1280
YEAR = 2024
HEAD = "序号\t公开领域\t具体要求\t责任单位\t完成时限"
PLAN = f"""{HEAD}
1\t财政预决算\t公开部门预算\t区财政局\t31月底前
2\t义务教育\t公开招生政策\t区教育管理局\t6月底前
3\t平台建设\t网站适合手机阅读\t区大数据局\t年底前
"""


@pytest.mark.feature("X17")
@pytest.mark.parametrize("width", [SCREEN, PHONE])
def test_filled_table_shows_its_differences_and_is_written(
    desk: Any, site: Any, tmp_path: Path, width: int
) -> None:
    officer = desk.page("czj.officer", width=width)
    officer.goto(site.base + "/workbench/ledger/")
    officer.get_by_role("link", name="用表格填写").click()
    assert desk.overflow(officer) == 0
    with officer.expect_download() as taken:
        officer.get_by_role("link", name="导出表格（xlsx）").click()
    path = tmp_path / "填好.xlsx"
    taken.value.save_as(path)
    assert taken.value.suggested_filename.endswith(".xlsx") and "填报表" in taken.value.suggested_filename
    book = load_workbook(path)
    page = book.worksheets[0]
    heads = {str(cell.value): cell.column for cell in page[3]}
    words = f"从表格报来的进展（{width}）"
    page.cell(4, heads["进展（填写）"]).value = words
    page.cell(5, heads["本单位已完成（填写）"]).value = "说不准"
    book.save(path)
    officer.set_input_files("[name=file]", path)
    officer.get_by_role("button", name="看看改了什么").click()
    expect(officer.locator("h1")).to_contain_text("核对 1 行改动")
    expect(officer.locator("main")).to_contain_text("不是“是”或“否”")
    assert desk.overflow(officer) == 0
    officer.get_by_role("button", name="只写入看懂的 1 行").click()
    expect(officer.locator("main")).to_contain_text("已写入 1 行")
    officer.goto(site.base + "/workbench/ledger/")
    assert desk.complaints == []


@pytest.mark.feature("L01")
@pytest.mark.parametrize("width", [SCREEN, PHONE])
def test_plan_is_put_right_in_place_changed_and_taken_back(
    desk: Any, site: Any, tmp_path: Path, width: int
) -> None:
    office = desk.page("gkb", width=width)
    year = YEAR if width == SCREEN else YEAR - 1
    _bring(office, site, tmp_path, PLAN, year)
    expect(office.locator("main")).to_contain_text("没有 31 月")
    expect(office.locator("main")).to_contain_text("要您认定的单位名称")
    assert desk.overflow(office) == 0
    office.get_by_label("完成时限").first.fill("11月底前")
    office.locator("tr", has_text="区教育管理局").get_by_role("button", name="改这一行").click()
    assert desk.overflow(office) == 0
    office.locator("fieldset", has=office.locator("textarea", has_text="区教育管理局")).get_by_label(
        "责任单位"
    ).fill("区教育体育局（牵头）")
    office.get_by_role("button", name="重新核对").last.click()
    expect(office.locator("main")).to_contain_text("已改：责任单位")
    office.get_by_role("button", name="写入台账").last.click()
    expect(office.locator("main")).to_contain_text("新增 3 项")
    _bring(office, site, tmp_path, PLAN.replace("31月底前", "9月底前").replace("3\t平台", "4\t平台"), year)
    expect(office.locator("#h-differences")).to_be_visible()
    expect(office.locator("main")).to_contain_text("9月底前")
    assert desk.overflow(office) == 0
    office.goto(site.base + "/workbench/ledger/import/")
    assert desk.overflow(office) == 0
    office.locator("tr", has_text=str(year)).get_by_role("link", name="撤销").first.click()
    office.get_by_role("button", name="撤销，恢复到导入以前").click()
    expect(office.locator("main")).to_contain_text("恢复到导入以前")
    assert [one for one in desk.complaints if "422" not in one] == []


def _bring(page: Any, site: Any, folder: Path, text: str, year: int) -> None:
    path = folder / "要点.txt"
    path.write_text(text, encoding="utf-8")
    page.goto(site.base + "/workbench/ledger/import/")
    page.set_input_files("[name=file]", path)
    page.fill("[name=year]", str(year))
    page.get_by_role("button", name="读出内容并核对").click()
    page.wait_for_load_state()
