"""Pages of the ledger: lists with few queries, the preview of an import, reporting and judging."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.kernel.clock import today
from gongkai.ledger import actions
from gongkai.ledger.models import Plan, ProgressReport, Task
from gongkai.ledger.rules.plan import read_plan
from gongkai.ledger.tests.samples import HEADS, TASKS, as_grid, rows
from gongkai.orgs.accounts import PROVEN

pytestmark = [pytest.mark.django_db, pytest.mark.feature("L02")]
YEAR = 2026
HEAD = "\t".join(HEADS.values())


@pytest.fixture
def browse(world: Any, settings: Any, tmp_path: Path) -> Any:
    """Log somebody in with the second factor proven."""
    settings.FILES_DIR = tmp_path / "files"

    def as_(name: str) -> Client:
        client = Client()
        client.force_login(world.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session[PROVEN] = str(world.people[name].pk)
        session.save()
        return client

    return as_


def store(world: Any, count: int | None = None) -> Plan:
    table = rows(HEADS, "nfrud")
    if count:
        more = [
            [str(n), "财政", f"第{n}项公开预算。", "区财政局、区民政局", "12月底前"]
            for n in range(1, count + 1)
        ]
        table = [table[0], *more]
    reading = read_plan(as_grid(table), year=YEAR)
    source = actions.Source(name="要点.txt", digest="0" * 64)
    plan, _ = actions.import_plan(reading=reading, source=source, now=world.now)
    return plan


def upload(client: Client, text: str, name: str = "要点.txt") -> Any:
    file = SimpleUploadedFile(name, text.encode())
    return client.post(reverse("ledger:import"), {"file": file, "year": YEAR}, follow=True)


@pytest.mark.parametrize("by", ["task", "unit"])
def test_ledger_costs_the_same_for_1_and_30_tasks(world: Any, browse: Any, by: str) -> None:
    counts = []
    client = browse("office.head")
    for number in (1, 30):
        Plan.objects.all().delete() if not Task.objects.exists() else None
        if number == 30:
            Task.objects.all().delete()
            Plan.objects.all().delete()
        store(world, number)
        client.get(f"/workbench/ledger/?by={by}")
        with CaptureQueriesContext(
            connection,
        ) as taken:
            answer = client.get(f"/workbench/ledger/?by={by}")
        assert answer.status_code == 200
        assert f"第{number}项公开预算" in answer.content.decode()
        own = [query["sql"] for query in taken if "ledger_" in query["sql"]]
        counts.append(len(taken))
        assert len(own) <= 3
    assert counts[0] == counts[1] <= 8


def test_pages_without_a_plan_say_what_to_do(browse: Any) -> None:
    assert "还没有录入工作要点" in browse("finance.officer").get("/workbench/ledger/").content.decode()


def test_preview_shows_what_was_not_understood_first_and_stores_nothing(browse: Any) -> None:
    client = browse("office.head")
    table = f"{HEAD}\n1\t财政\t公开预算。\t区财政局\t12月底前\n2\t财政\t公开决算。\t区财政管理局\t31月底前"
    answer = upload(client, table)
    page = answer.content.decode()
    assert page.index("公开决算。") < page.index("公开预算。")
    assert "没有 31 月" in page and "区财政管理局" in page and "区财政局" in page
    assert " style=" not in page and "<script>" not in page
    assert not Plan.objects.exists()
    url, query = answer.redirect_chain[-1][0].split("?")
    given = dict(pair.split("=") for pair in query.split("&"))
    refused = client.post(url, {**given, "store": "1"})
    assert refused.status_code == 422 and not Plan.objects.exists()
    stored = client.post(url, {**given, "store": "1", "deadline-2": "11月底前"})
    assert stored.status_code == 302
    assert str(Task.objects.get(number=2).due_on) == "2026-11-30"
    assert upload(client, table.replace("31月", "11月")).content.decode().count("已看懂") >= 1


def test_row_can_be_left_out_and_a_unit_chosen(world: Any, browse: Any) -> None:
    client = browse("office.head")
    table = f"{HEAD}\n1\t财政\t公开预算。\t区财政管理局\t12月底前\n1\t财政\t公开决算。\t区财政局\t12月底前"
    answer = upload(client, table)
    assert "序号 1 用了两次" in answer.content.decode()
    url, query = answer.redirect_chain[-1][0].split("?")
    given = dict(pair.split("=") for pair in query.split("&"))
    chosen = {"text-1": "区财政管理局", "name-1": str(world.units["finance"].pk)}
    client.post(url, {**given, **chosen, "store": "1", "skip-2": "1"})
    only = Task.objects.get()
    assert only.answerable.get().members.get().unit == world.units["finance"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "文件是空的"),
        ("序号\t公开领域\t具体要求\n1\t财政\t公开预算。", "责任单位"),
        ("今天天气好。", "没有读到任务"),
    ],
)
def test_bad_file_gets_a_sentence(browse: Any, text: str, says: str) -> None:
    answer = upload(browse("office.head"), text)
    assert says in answer.content.decode()
    assert not Plan.objects.exists()


def test_preview_of_a_strangers_file_sends_back(browse: Any) -> None:
    answer = browse("office.head").get("/workbench/ledger/preview/?file=abc&year=2026")
    assert answer.status_code == 302 and answer["Location"] == reverse("ledger:import")


def test_officer_reports_and_the_district_office_accepts(world: Any, browse: Any) -> None:
    store(world)
    task = Task.objects.get(number=7)
    url = reverse("ledger:task", args=[task.pk])
    officer, head = browse("finance.officer"), browse("office.head")
    assert "报送进展" in officer.get(url).content.decode()
    unit = world.units["finance"].pk
    assert officer.post(url, {"unit": unit, "text": ""}).status_code == 422
    assert officer.post(url, {"unit": unit, "text": "名单已公示。"}).status_code == 302
    report = ProgressReport.objects.unscoped("test").get()
    assert "名单已公示。" not in browse("civil.officer").get(url).content.decode()
    assert (
        "核对无误" in head.get(url).content.decode() and "核对无误" not in officer.get(url).content.decode()
    )
    assert officer.post(reverse("ledger:accept", args=[report.pk])).status_code == 403
    assert head.post(reverse("ledger:accept", args=[report.pk])).status_code == 302
    report.refresh_from_db()
    assert report.state == "accepted"
    desk = head.get("/workbench/").content.decode()
    assert "去核对" not in desk


def test_waiting_report_stands_on_the_desk_of_the_district_office(world: Any, browse: Any) -> None:
    store(world)
    task = Task.objects.get(number=7)
    data = {"unit": world.units["finance"].pk, "text": "名单已公示。"}
    browse("finance.officer").post(reverse("ledger:task", args=[task.pk]), data)
    assert "去核对" in browse("office.head").get("/workbench/").content.decode()


def test_unit_without_the_task_cannot_report(world: Any, browse: Any) -> None:
    store(world)
    url = reverse("ledger:task", args=[Task.objects.get(number=9).pk])
    client = browse("finance.officer")
    assert "报送进展" not in client.get(url).content.decode()
    data = {"unit": world.units["finance"].pk, "text": "做了。"}
    assert client.post(url, data).status_code == 422
    assert not ProgressReport.objects.unscoped("test").exists()


def test_title_and_units_are_put_right(world: Any, browse: Any) -> None:
    store(world)
    task, head = Task.objects.get(number=5), browse("office.head")
    named = task.answerable.get()
    head.post(reverse("ledger:title", args=[task.pk]), {"short_title": "决策全过程公开"})
    head.post(reverse("ledger:correct", args=[named.pk]), {"units": [world.units["civil"].pk]})
    task.refresh_from_db()
    assert task.short_title == "决策全过程公开"
    assert [member.unit for member in named.members.all()] == [world.units["civil"]]
    assert browse("finance.officer").post(reverse("ledger:correct", args=[named.pk])).status_code == 403
    assert len(TASKS) == Task.objects.count() and today()
