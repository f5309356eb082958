"""The head of the district office: one look tells who is late and why; a call, a campaign, a bulletin follow."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

PHONE, WIDE = 390, 1280
LATE_STREET, PROMISED = "望潮路街道", "松涛路街道"
SAID = "负责人说明天交（浏览器演练）"
ANSWER = "本街道栏目 9 个，全部正常更新（浏览器演练）"


def office(desk: Any, site: Any, width: int) -> Page:
    page = desk.page("gkb", width=width)
    page.goto(site.base + "/workbench/ledger/office/")
    return page


def row(page: Page, unit: str) -> Any:
    return page.locator("table.late-tab tbody tr", has_text=unit)


@pytest.mark.feature("L20")
@pytest.mark.parametrize("width", [PHONE, WIDE])
def test_one_look_tells_who_is_late_and_why(desk: Any, site: Any, width: int) -> None:
    page = office(desk, site, width)
    expect(page.locator("h1")).to_have_text(re.compile(r"\d+ 个单位有 \d+ 项逾期，最长 \d+ 天"))
    late = row(page, LATE_STREET)
    expect(late).to_contain_text("专项行动的材料没有交")
    expect(late).to_contain_text(re.compile("催|约定|过问"))
    expect(row(page, PROMISED)).to_contain_text("约定")
    assert desk.overflow(page) == 0
    if width == WIDE:  # the table and what waits for the office stand in one screen
        for place in (row(page, LATE_STREET), page.locator("aside .counts")):
            box = place.bounding_box()
            assert box is not None and box["y"] + box["height"] <= 844
    count = late.locator("td.num a").first
    number = re.sub(r"\D", "", count.inner_text().split()[0])
    count.click()
    expect(page.locator("h1")).to_contain_text(f"{number} 项逾期")
    assert page.locator("table.late-tab tbody tr").count() == int(number)
    assert desk.overflow(page) == 0
    assert desk.complaints == []


@pytest.mark.feature("L20")
@pytest.mark.parametrize("width", [PHONE, WIDE])
def test_a_call_of_the_monday_list_is_made_and_kept(desk: Any, site: Any, width: int) -> None:
    page = office(desk, site, width)
    page.get_by_role("link", name="周一清单").first.click()
    expect(page.locator("h1")).to_contain_text("先打这")
    cards = page.locator("main .wb-main > section.call")
    assert 1 <= cards.count() <= 3
    words = cards.first.locator("textarea").input_value()
    assert "过了期限" in words and "/workbench/" in words
    assert desk.overflow(page) == 0
    said = f"{SAID} {width}"
    name = cards.first.locator("h3 a").inner_text()
    cards.first.get_by_role("link", name=re.compile("记下联系结果")).click()
    page.fill("[name=outcome]", said)
    page.get_by_role("button", name="已联系，记下来").click()
    expect(page.locator(".timeline")).to_contain_text(said)
    assert desk.overflow(page) == 0
    page.goto(site.base + "/workbench/ledger/office/?all=1")
    expect(row(page, name)).to_contain_text(said[:10])
    assert desk.complaints == []


def test_a_street_hands_in_from_the_phone_and_leaves_the_list_of_the_missing(desk: Any, site: Any) -> None:
    head = desk.page("gkb")
    head.goto(site.base + "/workbench/ledger/office/campaigns/")
    head.get_by_role("link", name="街道栏目清理").click()
    missing = int(re.findall(r"\d+", head.locator("h1").inner_text())[0])
    officer = desk.page("qyl.officer", width=PHONE)
    officer.goto(site.base + "/workbench/")
    officer.locator("main").get_by_role("link", name="街道栏目清理", exact=True).click()
    officer.fill("[name=text]", ANSWER)
    officer.get_by_role("button", name="提交").click()
    expect(officer.locator("h1")).to_have_text("已交")
    assert desk.overflow(officer) == 0
    head.reload()
    expect(head.locator("h1")).to_contain_text(f"还有 {missing - 1} 个单位没有交")
    expect(head.locator("section:has(#handed)")).to_contain_text(ANSWER)
    with head.expect_download() as taken:
        head.get_by_role("link", name="结果表（xlsx）").click()
    assert Path(taken.value.path()).stat().st_size > 1000
    assert desk.complaints == []


@pytest.mark.feature("L12")
@pytest.mark.parametrize("width", [PHONE, WIDE])
def test_a_number_of_the_bulletin_opens_its_rows(desk: Any, site: Any, width: int) -> None:
    page = office(desk, site, width)
    page.get_by_role("link", name="月度通报").first.click()
    page.locator("tbody tr", has_text="草稿").get_by_role("link").first.click()
    figure = page.locator(".figures-tab tbody tr", has_text="逾期的单位事项").get_by_role("link")
    count = figure.inner_text()
    assert desk.overflow(page) == 0
    figure.click()
    expect(page.locator("h1")).to_have_text(f"逾期的单位事项：{count}")
    expect(page.locator("ol.rows > li")).to_have_count(int(count))
    assert desk.overflow(page) == 0
    assert desk.complaints == []


@pytest.mark.feature("L05")
def test_what_last_year_left_open_stands_in_public_with_its_origin(desk: Any, site: Any) -> None:
    page = desk.page(width=PHONE)
    page.goto(site.base + "/progress/")
    carried = page.locator("section:has(#h-carried)")
    expect(carried).to_contain_text("结转，")
    carried.locator("tbody a").first.click()
    expect(page.locator(".eyebrow")).to_contain_text("上年结转")
    assert desk.overflow(page) == 0
    assert site.answer("/progress/feed.atom")[0] == 200
    assert desk.complaints == []
