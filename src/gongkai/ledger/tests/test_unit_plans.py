"""A unit's own plan: drafted in one click, changed, filed in versions; the office sees who has not."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document as Docx

from gongkai.documents.models import Document
from gongkai.files.filling import why_not_template
from gongkai.files.models import StoredFile
from gongkai.law.refusal import Refused
from gongkai.ledger import actions, queries
from gongkai.ledger.models import Plan, Task, UnitPlan, UnitPlanItem, UnitPlanVersion
from gongkai.ledger.rules.plan import read_plan
from gongkai.ledger.tests.samples import HEADS, as_grid
from gongkai.orgs.accounts import PROVEN
from gongkai.trail.models import TrailRow

pytestmark = [pytest.mark.django_db, pytest.mark.feature("L23")]
YEAR = 2026


@pytest.fixture
def browse(world: Any, settings: Any, tmp_path: Path) -> Any:
    settings.FILES_DIR = tmp_path / "files"

    def as_(name: str) -> Client:
        client = Client()
        client.force_login(world.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session[PROVEN] = str(world.people[name].pk)
        session.save()
        return client

    return as_


def store(world: Any, count: int = 9) -> Plan:
    table = [list(HEADS.values())]
    for number in range(1, count + 1):
        due = "实时公开" if number % 2 else "10月底前"
        table.append([str(number), "财政", f"第{number}项公开预算。", "区财政局", due])
    table.append([str(count + 1), "民政", "公开救助标准。", "区民政局、各相关单位", "实时公开"])
    source = actions.Source(name="要点.txt", digest="0" * 64)
    return actions.import_plan(reading=read_plan(as_grid(table), year=YEAR), source=source, now=world.now)[0]


def draft(world: Any, plan: Plan) -> UnitPlan:
    return actions.draft_unit_plan(
        plan=plan, unit=world.units["finance"], by=world.actor("finance.officer"), now=world.now
    )


def paper_of(content: bytes) -> str:
    read = Docx(io.BytesIO(content))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in read.paragraphs), *cells])


def test_nine_tasks_are_drafted_in_one_click_as_docx(world: Any) -> None:
    found = draft(world, store(world))
    assert found.items.count() == 9
    text = paper_of(queries.unit_plan_paper(found, today=world.today))
    assert "测试区财政局2026年政务公开工作实施方案" in text
    for number in range(1, 10):
        assert f"第{number}项公开预算。" in text
    assert "10月底前" in text and world.people["finance.officer"].name in text
    assert "2026年10月14日" in text and "{{" not in text and "公开救助标准" not in text


def test_template_that_ships_has_only_known_blanks() -> None:
    assert why_not_template(queries.template_path("unit_plan"), known=queries.BLANKS["unit_plan"]) == []


def test_draft_again_adds_what_is_missing_and_keeps_what_was_written(world: Any) -> None:
    plan = store(world)
    found = draft(world, plan)
    item = found.items.get(task__number=1)
    UnitPlanItem.objects.filter(pk=item.pk).update(measures="自己写的举措")
    found.items.get(task__number=2).delete()
    draft(world, plan)
    assert found.items.count() == 9 and UnitPlan.objects.unscoped("test").count() == 1
    assert found.items.get(task__number=1).measures == "自己写的举措"
    assert TrailRow.objects.filter(verb="ledger.draft_unit_plan").count() == 2
    draft(world, plan)
    assert TrailRow.objects.filter(verb="ledger.draft_unit_plan").count() == 2


def test_measures_of_the_last_report_come_into_the_draft(world: Any) -> None:
    plan = store(world)
    actions.report_progress(
        task=Task.objects.get(number=3), unit=world.units["finance"], by=world.actor("finance.officer"),
        now=world.now, text="在做。", measures="由预算科每月核对。",
    )  # fmt: skip
    assert draft(world, plan).items.get(task__number=3).measures == "由预算科每月核对。"


def test_others_cannot_draft_change_or_file(world: Any) -> None:
    plan = store(world)
    found = draft(world, plan)
    civil = world.actor("civil.officer")
    with pytest.raises(Refused, match="不能编制它的实施方案"):
        actions.draft_unit_plan(plan=plan, unit=world.units["finance"], by=civil, now=world.now)
    with pytest.raises(Refused, match="不能编制它的实施方案"):
        actions.change_unit_plan(unit_plan=found, opening="", closing="", items={}, by=civil, now=world.now)
    with pytest.raises(Refused, match="还没有报备"):
        by = world.actor("finance.officer")
        actions.publish_unit_plan(unit_plan=found, by=by, now=world.now)
    Task.objects.filter(plan=plan).update(ended_at=world.now)
    with pytest.raises(Refused, match="不用制定方案"):
        draft(world, plan)


def test_change_is_refused_by_task(world: Any) -> None:
    found = draft(world, store(world))
    item = found.items.get(task__number=4)
    empty = {item.pk: actions.ItemChange(measures=" ", deadline="", person="张")}
    with pytest.raises(Refused) as refused:
        actions.change_unit_plan(
            unit_plan=found, opening="", closing="", items=empty, by=world.actor("finance.officer"),
            now=world.now,
        )  # fmt: skip
    said = [str(one) for one in refused.value.refusals]
    assert any("第 4 项没有写举措" in one for one in said) and any("完成时间" in one for one in said)


def test_pages_draft_save_file_upload_and_publish(world: Any, browse: Any) -> None:
    store(world, 2)
    client, url = browse("finance.officer"), reverse("ledger:unit-plan", args=[YEAR])
    assert "起草方案" in client.get(url).content.decode()
    assert client.post(url, {"act": "draft"}).status_code == 302
    found = UnitPlan.objects.unscoped("test").get()
    one, two = found.items.order_by("task__number")
    typed = {"opening": "改过的总体安排", "closing": "要求"}
    for item in (one, two):
        typed |= {
            f"measures-{item.pk}": "改过的举措",
            f"deadline-{item.pk}": "年底",
            f"person-{item.pk}": "李",
        }
    wrong = client.post(url, {**typed, f"measures-{one.pk}": "", "act": "save"})
    assert wrong.status_code == 422 and "改过的总体安排" in wrong.content.decode()
    assert client.post(url, {**typed, "act": "file", "note": "第一稿"}).status_code == 302
    version = UnitPlanVersion.objects.unscoped("test").get()
    answer = client.get(reverse("ledger:unit-plan-version", args=[version.pk]))
    assert "改过的举措" in paper_of(b"".join(answer.streaming_content))
    answer = client.get(reverse("ledger:unit-plan-paper", args=[found.pk]))
    assert "改过的总体安排" in paper_of(answer.content)
    bad = SimpleUploadedFile("方案.txt", "方案".encode())
    assert client.post(url, {"act": "upload", "file": bad}).status_code == 422
    good = SimpleUploadedFile("方案.docx", answer.content)
    assert client.post(url, {"act": "upload", "file": good}).status_code == 302
    numbers = UnitPlanVersion.objects.unscoped("test").values_list("number", "source")
    assert sorted(numbers) == [(1, "draft"), (2, "upload")]
    assert client.post(url, {"act": "publish"}).status_code == 302
    document = Document.objects.unscoped("test").get()
    assert "实施方案" in document.title and "改过的举措" in document.body
    assert client.post(url, {"act": "publish"}).status_code == 422
    stranger = browse("civil.officer")
    assert stranger.get(reverse("ledger:unit-plan-paper", args=[found.pk])).status_code == 404
    assert stranger.get(reverse("ledger:unit-plan-version", args=[version.pk])).status_code == 404


def test_office_sees_who_has_not_filed_at_the_same_cost(world: Any, browse: Any) -> None:
    plan = store(world)
    client, url = browse("office.head"), reverse("ledger:unit-plans", args=[YEAR])
    page = client.get(url).content.decode()
    assert "2 个单位还没有报备" in page and "区民政局" in page
    with CaptureQueriesContext(connection) as before:
        client.get(url)
    found = draft(world, plan)
    by = world.actor("finance.officer")
    file = paper_in(world, by)
    actions.file_unit_plan(unit_plan=found, file=file, source="draft", by=by, now=world.now)
    with CaptureQueriesContext(connection) as after:
        page = client.get(url).content.decode()
    assert "1 个单位还没有报备" in page and "第 1 版" in page
    assert len(before) == len(after)
    assert browse("finance.officer").get(url).status_code == 403


def paper_in(world: Any, by: Any) -> Any:
    return StoredFile.objects.create(
        key="k" * 20, name="方案.docx", size=1, digest="0" * 64, kind="docx", state="clean",
        unit=world.units["finance"], uploaded_by_id=by.person_id, at=world.now,
    )  # fmt: skip
