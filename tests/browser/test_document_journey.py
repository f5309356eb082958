"""One paper from the clerk's file to the public page, and back out again. B01, B04, B15."""

from __future__ import annotations

import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect

TITLE = "关于做好年末结账工作的通知"
OTHER = "关于年终盘点固定资产的通知"
NOTICE = """滨海区财政局文件
滨财发〔{year}〕{number}号

{title}

各预算单位：
为做好年末工作，现通知如下。
一、请于十二月二十日前完成。

滨海区财政局
{year}年{month}月{day}日
（此件公开发布）
"""


def legal_today() -> time.struct_time:
    """The day in China, whatever zone this process or machine keeps."""
    return time.gmtime(time.time() + 8 * 3600)


def paper(site: Any, *, title: str, number: int) -> str:
    """A notice of the finance bureau as a text file in the older Chinese encoding."""
    today = legal_today()
    words = NOTICE.format(
        title=title, number=number, year=today.tm_year, month=today.tm_mon, day=today.tm_mday
    )
    path = site.folder / f"通知{number}.txt"
    path.write_bytes(words.encode("gb18030"))
    return str(path)


def upload(page: Page, base: str, file: str) -> str:
    """From my desk to the draft; the address of the draft."""
    page.goto(base + "/workbench/documents/")
    page.click("a:has-text('起草或上传')")
    page.set_input_files("[name=file]", file)
    page.click("button:has-text('建立草稿')")
    page.wait_for_url("**/workbench/documents/*/")
    expect(page.locator("h2", has_text="从文件中认出的字段")).to_be_visible()
    return page.url


def make_ready(page: Page) -> None:
    """Save, set openness, say why there is no interpretation, submit."""
    page.click("button:has-text('保存草稿')")
    expect(page.locator("main")).to_contain_text("已保存")
    page.check("input[name=openness][value=主动公开]")
    page.click("button:has-text('认定公开属性')")
    page.locator("summary", has_text="不需要解读").click()
    page.fill("#why", "内容简单，不另作解读")
    page.click("button:has-text('记录理由')")
    expect(page.locator("#missing")).to_have_text("可以送审")
    page.click("button:has-text('送审')")
    expect(page.locator("a", has_text="看审核")).to_be_visible()


def approve(page: Page, base: str, title: str, *, button: str = "同意", secrecy: bool = False) -> None:
    """One step of the review, from the list of what waits."""
    page.goto(base + "/workbench/review/")
    page.locator("tr", has_text=title).get_by_role("link", name="去审核").click()
    if secrecy:
        page.check("input[name=passed][value=yes]")
        page.locator("aside.wb-side [name=opinion]").fill("不涉及国家秘密、商业秘密和个人隐私")
        page.click("button:has-text('记录保密审查')")
        expect(page.locator("aside.wb-side")).to_contain_text("可以公开")
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator("main")).to_contain_text("已记录：")


def becomes(site: Any, path: str, status: int) -> str:
    """The text of a public address once it answers so; 10 seconds are allowed (issue of a page)."""
    for _ in range(40):
        seen, text = site.answer(path)
        if seen == status:
            return text
        time.sleep(0.25)
    raise AssertionError(f"{path} answers {seen}, not {status}")


def found(page: Page, base: str, words: str, title: str, *, there: bool) -> None:
    """A search shows the title, or does not show it any more."""
    for _ in range(40):
        page.goto(f"{base}/search/?q={words}")
        if (page.locator("#results", has_text=title).count() > 0) == there:
            return
        time.sleep(0.25)
    raise AssertionError(f"search for {words}: {title} should {'' if there else 'not '}be there")


@pytest.mark.feature("B01")
@pytest.mark.feature("B15")
@pytest.mark.law("条例17")
@pytest.mark.law("条例26")
def test_a_paper_goes_out_and_comes_back(desk: Any, site: Any) -> None:
    officer = desk.page("czj.officer")
    upload(officer, site.base, paper(site, title=TITLE, number=941))
    expect(officer.locator("#id_number")).to_have_value(f"滨财发〔{legal_today().tm_year}〕941号")
    make_ready(officer)
    # The author does not find his own paper among those to review.
    officer.goto(site.base + "/workbench/review/")
    expect(officer.locator("main")).not_to_contain_text(TITLE)

    approve(desk.page("czj.officer2"), site.base, TITLE)
    approve(desk.page("czj.reviewer", width=390), site.base, TITLE, secrecy=True)
    leader = desk.page("czj.leader")
    approve(leader, site.base, TITLE, button="同意签发")
    leader.goto(site.base + "/workbench/publishing/")
    leader.locator("tr", has_text=TITLE).get_by_role("link", name="去发布").click()
    leader.get_by_role("button", name="发布", exact=True).click()
    address = leader.locator("dl.pairs a").first.get_attribute("href") or ""
    receipt = leader.url
    assert address.startswith("/doc/")

    assert TITLE in becomes(site, address, 200)
    assert TITLE in site.answer("/units/czj/")[1]
    citizen = desk.page()
    found(citizen, site.base, "年末结账", TITLE, there=True)
    found(citizen, site.base, f"滨财发[{legal_today().tm_year}]941号", TITLE, there=True)

    leader.goto(receipt)
    leader.click("a:has-text('撤回发布')")
    leader.check("input[name=kind][value=误发]")
    leader.fill("[name=reason]", "发文字号有误，改正后重新发布")
    leader.click("button:has-text('撤回发布')")
    leader.wait_for_url("**/workbench/publishing/*/")
    assert "此页已撤回" in becomes(site, address, 410)
    assert TITLE not in site.answer("/units/czj/")[1]
    found(citizen, site.base, "年末结账", TITLE, there=False)
    assert desk.complaints == []


@pytest.mark.feature("B02")
def test_a_draft_without_its_determination_is_not_submitted(desk: Any, site: Any) -> None:
    officer = desk.page("czj.officer", width=390)
    upload(officer, site.base, paper(site, title=OTHER, number=942))
    expect(officer.locator("#missing")).to_contain_text("送审前还缺")
    # Grey for the eye and the ear, and still refused with its reason when pressed.
    officer.get_by_role("button", name="送审", exact=True).click(force=True)
    officer.wait_for_load_state()
    expect(officer.locator("main")).to_contain_text("公开属性")
    expect(officer.locator("a", has_text="看审核")).to_have_count(0)
    assert desk.overflow(officer) == 0
