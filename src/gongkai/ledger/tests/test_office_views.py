"""The office's pages: one look, calls, orders, campaigns, bulletins; each list costs the same for 1 and 30 rows."""

from __future__ import annotations

import html
import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from gongkai.kernel import clock
from gongkai.ledger import actions, states
from gongkai.ledger.models import (
    Bulletin,
    Campaign,
    CampaignAnswer,
    ContactNote,
    PaperTemplate,
    RectificationOrder,
    Task,
)
from gongkai.ledger.tests.office_samples import a_campaign, a_plan, an_order
from gongkai.ledger.tests.test_views import browse  # noqa: F401 -- the fixture

pytestmark = [pytest.mark.django_db, pytest.mark.feature("L20")]


def soon(days: int = 10) -> str:
    """A day ahead, as a browser sends it."""
    return (clock.today() + timedelta(days=days)).isoformat()


def text(answer: Any) -> str:
    return answer.content.decode()


def queries_of(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as taken:
        assert client.get(url).status_code == 200
    return len(taken)


@pytest.mark.parametrize("name", ["office", "late", "monday", "orders", "campaigns", "lookback"])
def test_lists_cost_the_same_for_1_and_30_rows(world: Any, browse: Any, name: str) -> None:  # noqa: F811
    client, head, past = browse("office.head"), world.actor("office.head"), world.now - timedelta(days=40)
    counts = []
    for wanted in (1, 30):
        a_plan(world, late=wanted)
        for _ in range(wanted - Campaign.objects.count()):
            a_campaign(world, by=head, at=past, due_in=3)
        for _ in range(wanted - RectificationOrder.objects.unscoped("test").count()):
            an_order(world, by=head, at=past, due_in=3)
        counts.append(queries_of(client, reverse(f"ledger:{name}")))
    assert counts[0] == counts[1]


def test_overview_names_the_unit_the_reason_and_the_next_step(world: Any, browse: Any) -> None:  # noqa: F811
    a_plan(world, late=2)
    page = text(browse("office.head").get("/workbench/ledger/office/"))
    assert "1 个单位有 2 项逾期" in page and "区财政局" in page
    assert "从来没有填报过" in page and "没有联系过" in page and "催单位信息员" in page
    assert " style=" not in page


def test_every_number_opens_its_rows_and_the_rows_leave_as_a_table(world: Any, browse: Any) -> None:  # noqa: F811
    a_plan(world, late=2)
    client = browse("office.head")
    unit = world.units["finance"].pk
    assert "2 项逾期" in text(client.get(f"/workbench/ledger/office/late/?unit={unit}"))
    assert "一直没有填报，2 项逾期" in text(client.get("/workbench/ledger/office/late/?why=silent"))
    assert "0 项逾期" in text(client.get("/workbench/ledger/office/late/?unit=999999"))
    answer = client.get(f"/workbench/ledger/office/late/?unit={unit}&format=xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet.max_row == 3 and sheet["A2"].value == "区财政局" and sheet["D2"].data_type == "n"


def test_each_number_of_the_overview_opens_as_many_rows(world: Any, browse: Any) -> None:  # noqa: F811
    head, past = world.actor("office.head"), world.now - timedelta(days=40)
    a_plan(world, late=3)
    a_plan(world, late=5, unit="civil", days=-9)
    a_campaign(world, by=head, at=past, due_in=3)
    ended = a_campaign(world, by=head, at=past, due_in=3)
    actions.end_campaign(campaign=ended, by=head, now=world.now)
    for number in range(4):
        order = an_order(world, by=head, at=past, due_in=3, unit="civil")
        if number:
            actions.answer_order(order=order, text="改了。", by=world.actor("civil.officer"), now=world.now)
    for number, returned in ((1, True), (2, False)):
        report = actions.report_progress(
            task=Task.objects.get(plan__year=2026, number=number),
            unit=world.units["finance"],
            by=world.actor("finance.officer"),
            now=world.now,
            text="报了。",
        )
        if returned:
            actions.return_progress(report=report, by=head, now=world.now, reason="缺佐证。")
    actions.start_look_back(
        plan=a_plan(world, late=2, year=2025),
        due_on=world.today,
        verifiers=[world.people["assessor"]],
        by=head,
        now=world.now,
    )
    client = browse("office.head")
    page = text(client.get("/workbench/ledger/office/?all=1"))
    numbers = re.findall(r'<a href="([^"]+)"><b>(\d+)</b>', page)
    numbers += re.findall(r'<td class="num"[^>]*><a href="([^"]+)">(\d+)<', page)
    assert len(numbers) >= 12 and sum(int(count) > 0 for _, count in numbers) >= 10
    for address, count in numbers:
        opened = text(client.get(html.unescape(address)))
        body = opened[opened.index("<main") :]
        table = body[body.index("<tbody>") : body.index("</tbody>")] if "<tbody>" in body else ""
        assert table.count('<th scope="row">') == int(count), (address, count)


def test_monday_text_is_ready_and_a_call_is_kept(world: Any, browse: Any) -> None:  # noqa: F811
    a_plan(world, late=1)
    client = browse("office.head")
    page = text(client.get("/workbench/ledger/office/monday/"))
    assert "先打这 1 个电话" in page and "区财政局：贵单位有 1 项工作过了期限" in page
    url = reverse("ledger:office-unit", args=[world.units["finance"].pk])
    refused = client.post(url, {"how": "phone", "outcome": ""})
    assert refused.status_code == 422 and "没有接通" in text(refused)
    past = client.post(url, {"how": "phone", "outcome": "答应办", "promised_on": "2020-01-01"})
    assert past.status_code == 422 and "答应办" in text(past)
    assert client.post(url, {"how": "phone", "outcome": "答应办", "promised_on": soon(5)}).status_code == 302
    assert ContactNote.objects.unscoped("test").get().outcome == "答应办"
    assert "答应办" in text(client.get(url))
    assert "这周没有要打的电话" in text(client.get("/workbench/ledger/office/monday/"))


@pytest.mark.feature("L12")
def test_order_goes_from_the_office_to_the_unit_and_back_until_it_is_closed(
    world: Any,
    browse: Any,  # noqa: F811
) -> None:
    head, officer, stranger = browse("office.head"), browse("finance.officer"), browse("civil.officer")
    data = {"unit": world.units["finance"].pk, "fault": "预算没有公开", "demand": "公开", "due_on": soon()}
    for wrong in ("2020-01-01", "2099-01-01", "明天", ""):
        refused = head.post("/workbench/ledger/orders/new/", {**data, "due_on": wrong})
        assert refused.status_code == 422 and "预算没有公开" in text(refused)
    assert officer.post("/workbench/ledger/orders/new/", data).status_code == 403
    assert head.post("/workbench/ledger/orders/new/", data).status_code == 302
    order = RectificationOrder.objects.unscoped("test").get()
    url = reverse("ledger:order", args=[order.pk])
    assert stranger.get(url).status_code == 404
    assert "去答复" in text(officer.get("/workbench/"))
    assert officer.post(url, {"text": ""}).status_code == 422
    assert officer.post(url, {"text": "已公开"}).status_code == 302
    judge = reverse("ledger:order-judge", args=[order.pk])
    head.post(judge, {"reason": ""})
    order.refresh_from_db()
    assert order.state == states.ORDER_ANSWERED
    head.post(judge, {"reason": "还差附件"})
    assert "还差附件" in text(officer.get(url))
    officer.post(url, {"text": "附件补了"})
    assert officer.post(judge, {"close": "1"}).status_code == 403
    head.post(judge, {"close": "1"})
    order.refresh_from_db()
    assert order.state == states.ORDER_CLOSED and order.closed_by == world.people["office.head"]
    paper = officer.get(reverse("ledger:order-paper", args=[order.pk]))
    words = "\n".join(one.text for one in Document(io.BytesIO(paper.content)).paragraphs)
    assert order.number in words and "预算没有公开" in words and "第四十七条" in words


def test_campaign_is_started_answered_sent_back_and_ended(world: Any, browse: Any) -> None:  # noqa: F811
    head, officer = browse("office.head"), browse("finance.officer")
    data = {"title": "栏目清理", "question": "报清单", "scope_text": "区财政局、区不存在局", "due_on": soon()}
    refused = head.post("/workbench/ledger/office/campaigns/new/", {**data, "start": "1"})
    assert (
        refused.status_code == 422 and "没有“区不存在局”" in text(refused) and not Campaign.objects.exists()
    )
    data["scope_text"] = "区财政局、区民政局"
    looked = head.post("/workbench/ledger/office/campaigns/new/", {**data, "look": "1"})
    assert "这个范围有 2 个单位" in text(looked) and not Campaign.objects.exists()
    assert head.post("/workbench/ledger/office/campaigns/new/", {**data, "start": "1"}).status_code == 302
    campaign = Campaign.objects.get()
    page = reverse("ledger:campaign", args=[campaign.pk])
    assert "还有 2 个单位没有交" in text(head.get(page))
    mine = CampaignAnswer.objects.unscoped("test").get(unit=world.units["finance"])
    url = reverse("ledger:answer", args=[mine.pk])
    assert browse("civil.officer").get(url).status_code == 404
    file = SimpleUploadedFile("清单.txt", "栏目清单".encode())
    assert officer.post(url, {"text": "清理三个", "file": file}).status_code == 302
    assert "还有 1 个单位没有交" in text(head.get(page)) and "清单.txt" in text(head.get(page))
    material = reverse("ledger:answer-material", args=[mine.pk])
    assert b"".join(officer.get(material).streaming_content).decode() == "栏目清单"
    assert browse("civil.officer").get(material).status_code == 404
    head.post(reverse("ledger:answer-return", args=[mine.pk]), {"reason": "缺时间"})
    assert "缺时间" in text(officer.get(url))
    head.post(page)
    assert officer.post(url, {"text": "补了"}).status_code == 422
    table = head.get(reverse("ledger:campaign-result", args=[campaign.pk, "xlsx"]))
    rows = list(load_workbook(io.BytesIO(table.content)).active.iter_rows(values_only=True))
    assert [row[1] for row in rows[1:]] == ["未交", "未交"]
    paper = head.get(reverse("ledger:campaign-result", args=[campaign.pk, "docx"]))
    assert "栏目清理" in "".join(one.text for one in Document(io.BytesIO(paper.content)).paragraphs)


@pytest.mark.feature("L12")
@pytest.mark.law("条例47")
def test_bulletin_is_drafted_edited_issued_and_its_numbers_open(world: Any, browse: Any) -> None:  # noqa: F811
    a_plan(world, late=2)
    today, head, officer = clock.today(), browse("office.head"), browse("finance.officer")
    head.post("/workbench/ledger/office/bulletins/", {"year": today.year, "month": today.month})
    bulletin = Bulletin.objects.get()
    url = reverse("ledger:bulletin", args=[bulletin.pk])
    assert officer.get(url).status_code == 404
    line = bulletin.lines.get()
    assert line.kind == "criticism" and line.unit == world.units["finance"]
    texts = {name: getattr(bulletin, name) for name in ("title", "overview", "demands")}
    wrong = head.post(url, {**texts, f"kept-{line.pk}": "1", f"rectify_by-{line.pk}": "明天"})
    assert wrong.status_code == 422 and "明天" in text(wrong)
    kept = {f"kept-{line.pk}": "1", f"reason-{line.pk}": "预算没有公开。", f"rectify_by-{line.pk}": soon()}
    assert head.post(url, {**texts, "demands": "抓紧。", **kept}).status_code == 302
    act = reverse("ledger:bulletin-act", args=[bulletin.pk])
    head.post(act, {"unit": world.units["civil"].pk, "kind": "praise", "reason": "主动公开好。"})
    head.post(act, {"issue": "1"})
    bulletin.refresh_from_db()
    assert bulletin.serial == 1 and RectificationOrder.objects.unscoped("test").get().bulletin == bulletin
    assert head.post(url, texts).status_code == 422
    assert "主动公开好。" in text(officer.get(url))
    rows = reverse("ledger:bulletin-rows", args=[bulletin.pk, "late_units"])
    assert "区财政局" in text(officer.get(rows))
    assert officer.get(reverse("ledger:bulletin-rows", args=[bulletin.pk, "nothing"])).status_code == 404
    made = Document(io.BytesIO(officer.get(reverse("ledger:bulletin-paper", args=[bulletin.pk])).content))
    words = "\n".join(one.text for one in made.paragraphs)
    assert "第1期" in words and "预算没有公开。" in words and "抓紧。" in words
    assert made.tables[0].rows[1].cells[0].text == "任务总数"


@pytest.mark.feature("L12")
def test_template_is_checked_before_it_is_used(world: Any, browse: Any, tmp_path: Path) -> None:  # noqa: F811
    head = browse("office.head")

    def upload(*lines: str) -> Any:
        document = Document()
        for line in lines:
            document.add_paragraph(line)
        out = io.BytesIO()
        document.save(out)
        file = SimpleUploadedFile("通报模板.docx", out.getvalue())
        return head.post("/workbench/ledger/office/templates/", {"kind": "bulletin", "file": file})

    refused = upload("{{标题}}", "{{期数}}")
    assert refused.status_code == 422 and "期数" in text(refused) and "期号" in text(refused)
    assert not PaperTemplate.objects.exists()
    assert upload("本区格式", "{{标题}}").status_code == 302
    a_plan(world, late=1)
    bulletin = actions.draft_bulletin(year=2026, month=9, by=world.actor("office.head"), now=world.now)
    made = head.get(reverse("ledger:bulletin-paper", args=[bulletin.pk]))
    words = [one.text for one in Document(io.BytesIO(made.content)).paragraphs]
    assert words[0] == "本区格式" and bulletin.title in words
    assert head.get(reverse("ledger:template", args=["bulletin"])).status_code == 200


def test_reminders_stand_on_the_page_of_what_is_late(world: Any, browse: Any) -> None:  # noqa: F811
    head, past = world.actor("office.head"), world.now - timedelta(days=40)
    a_plan(world, late=1)
    order = an_order(world, by=head, at=past, due_in=3)
    campaign = a_campaign(world, by=head, at=past, due_in=3)
    actions.remind(now=world.now)
    mine = CampaignAnswer.objects.unscoped("test").get(campaign=campaign, unit=world.units["finance"])
    officer = browse("finance.officer")
    for name, pk in (("task", Task.objects.get().pk), ("order", order.pk), ("answer", mine.pk)):
        page = text(officer.get(reverse(f"ledger:{name}", args=[pk])))
        assert "催办记录" in page and world.people["finance.leader"].name in page


def test_reports_behind_the_counts(world: Any, browse: Any) -> None:  # noqa: F811
    a_plan(world, late=1)
    actions.report_progress(
        task=Task.objects.get(number=1),
        unit=world.units["finance"],
        by=world.actor("finance.officer"),
        now=world.now,
        text="报了一半。",
    )
    client = browse("office.head")
    assert "1 份进展等您核对" in text(client.get("/workbench/ledger/office/reports/"))
    assert "0 份退回的进展" in text(client.get("/workbench/ledger/office/reports/?state=returned"))


@pytest.mark.feature("L16")
def test_paragraph_for_the_annual_report(world: Any, browse: Any) -> None:  # noqa: F811
    client = browse("office.head")
    assert "还没有工作要点" in text(client.get("/workbench/ledger/office/paragraph/"))
    a_plan(world, late=2)
    page = text(client.get("/workbench/ledger/office/paragraph/"))
    assert "分解为 2 项任务" in page and "/progress/2026/" in page
