"""From the questions to the answer in the applicant's hands: clerk, reviewer, leader, applicant; phone and desk."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from playwright.sync_api import Page, expect

PHONE, DESK = 390, 1280
CHANNEL = "https://xzfy.binhai.example.gov.cn"
# A request of last Monday at the counter; the code is that of its receipt.
REQUEST = """
import django, sys; django.setup()
from datetime import timedelta
from gongkai.foi.actions.opening import Asked, Asking, open_case
from gongkai.foi.actions.letter_templates import save_places
from gongkai.foi.queries.codes import code_digest, code_of
from gongkai.kernel import clock
from gongkai.orgs.actor import actor_of
from gongkai.orgs.models import Person
now, today = clock.now(), clock.today()
def person(name): return actor_of(Person.objects.get(username=name), today=today)
save_places(by=person("hefa"), now=now, online_channel=sys.argv[2])
key = "{:064x}".format(int(sys.argv[1]))
officer = person("czj.officer")
case = open_case(
    unit=Person.objects.get(username="czj.officer").unit, channel="counter", by=officer, now=now,
    asking=Asking(kind="person", name="王秀兰", document="id_card", document_number="11010519491231002X"),
    asked=Asked(title="第" + sys.argv[1] + "号道路改造预算评审记录", content="<b>2025年</b>预算评审会议记录 {{ 7*7 }}"),
    arrived_on=today, received_on=today, received_why="当面提交", submit_key=key, code_digest=code_digest(code_of(key)),
)
print(case.pk, code_of(key))
"""
ROAD = (
    "申请有效，需要答复", "获取政府信息", "明确", "没有", "没有", "由本机关负责", "有", "没有",
    "讨论记录、过程稿、磋商信函、请示报告", "没有", "不能，全部不公开",
)  # fmt: skip


def request_of(site: Any, number: int) -> tuple[str, str]:
    """A request that lies with the finance office: its key and the code of its receipt."""
    done = subprocess.run(
        [sys.executable, "-c", REQUEST, str(number), CHANNEL],
        env=site.env | {"DJANGO_SETTINGS_MODULE": "gongkai.settings", "SECRET_KEY": _secret(site)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    pk, code = done.stdout.split()
    return pk, code


def _secret(site: Any) -> str:
    return (site.folder / "data" / "secrets" / "secret_key").read_text().strip()


def answer_questions(page: Page, base: str, pk: str) -> None:
    """One question a page, to the one result."""
    page.goto(f"{base}/workbench/foi/{pk}/result/")
    for choice in ROAD:
        page.get_by_role("radio", name=choice, exact=True).check()
        page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("结果：不予公开：过程性信息")


@pytest.mark.feature("D09")
@pytest.mark.law("条例16.2")
@pytest.mark.parametrize(("width", "script"), [(PHONE, True), (DESK, True), (PHONE, False)])
def test_a_refusal_goes_from_the_questions_into_the_applicants_hands(
    desk: Any, site: Any, width: int, script: bool
) -> None:
    pk, code = request_of(site, width * 2 + script)
    clerk = desk.page("czj.officer", width=width, script=script)
    clerk.goto(f"{site.base}/workbench/foi/{pk}/")
    clerk.get_by_role("button", name="签收办理").click()
    answer_questions(clerk, site.base, pk)
    assert desk.overflow(clerk) == 0
    clerk.get_by_label("属于四类中的哪一类").fill("讨论记录")
    clerk.get_by_role("button", name="确定结果，拟答复书").click()
    # A gap is named, and the draft does not go to review with it.
    expect(clerk.locator("main")).to_contain_text("还没有填写“决定作出没有，公开有什么影响”")
    expect(clerk.get_by_role("button", name="送审核")).to_have_count(0)
    clerk.locator("[name=fact-unfinished]").fill("预算评审还没有结论，记录里是各方初步意见")
    clerk.get_by_role("button", name="保存").click()
    # What the applicant typed stays what it is.
    expect(clerk.locator(".sheet")).to_contain_text("<b>2025年</b>预算评审会议记录 {{ 7*7 }}")
    assert desk.overflow(clerk) == 0
    clerk.get_by_role("button", name="送审核").click()

    reviewer = desk.page("czj.reviewer", width=width)
    reviewer.goto(f"{site.base}/workbench/foi/{pk}/answer/")
    reviewer.get_by_role("button", name="审核通过").click()
    leader = desk.page("czj.leader", width=width)
    leader.goto(f"{site.base}/workbench/foi/{pk}/answer/")
    leader.get_by_role("button", name="签发").click()
    expect(leader.locator(".sheet")).to_contain_text("财政公复〔")

    clerk.goto(f"{site.base}/workbench/foi/{pk}/answer/")
    clerk.get_by_role("radio", name="网上送达").check()
    clerk.get_by_role("button", name="登记发出").click()
    expect(clerk.get_by_role("heading", level=1)).to_contain_text("已发出")
    assert desk.overflow(clerk) == 0

    visitor = desk.page(width=width, script=script)
    visitor.goto(f"{site.base}/apply/progress/")
    visitor.locator("[name=code]").fill(code)
    visitor.locator("main form button[type=submit]").first.click()
    visitor.get_by_role("link", name="去看这份文书").click()
    expect(visitor.locator("main")).to_contain_text("打开就是签收")
    visitor.get_by_role("button", name="同意网上送达，打开文书").click()
    expect(visitor.locator(".sheet")).to_contain_text("应当先申请行政复议")
    expect(visitor.locator(".sheet")).to_contain_text(CHANNEL)
    assert desk.overflow(visitor) == 0
    with visitor.expect_download() as waiting:
        visitor.get_by_role("link", name="下载 Word 文件").click()
    assert waiting.value.suggested_filename.endswith(".docx")

    clerk.goto(f"{site.base}/workbench/foi/{pk}/answer/")
    expect(clerk.get_by_role("heading", level=1)).to_contain_text("已办结")
    assert desk.complaints == []
