"""My unit's tasks on one page: a form for each, what was typed stays, the next one opens."""

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
from gongkai.ledger import actions, states
from gongkai.ledger.models import Evidence, Match, Plan, ProgressReport, Task
from gongkai.ledger.rules.plan import read_plan
from gongkai.ledger.tests.samples import HEADS, as_grid
from gongkai.orgs.accounts import PROVEN
from gongkai.orgs.models import Leave
from gongkai.publishing.models import Publication
from gongkai.publishing.specimens import specimens as publications
from gongkai.trail.models import TrailRow

pytestmark = [pytest.mark.django_db, pytest.mark.feature("L02")]
YEAR = 2026
MINE = "/workbench/ledger/mine/"


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


def store(world: Any, count: int = 3, due: str = "12月底前") -> Plan:
    table = [
        list(HEADS.values()),
        *([str(n), "财政", f"第{n}项公开预算。", "区财政局", due] for n in range(1, count + 1)),
    ]
    source = actions.Source(name="要点.txt", digest="0" * 64)
    return actions.import_plan(reading=read_plan(as_grid(table), year=YEAR), source=source, now=world.now)[0]


def task(number: int) -> Task:
    return Task.objects.select_related("plan").get(number=number)


def key(world: Any, number: int) -> str:
    return f"{task(number).pk}-{world.units['finance'].pk}"


def send(client: Client, world: Any, number: int, **more: Any) -> Any:
    data = {"unit": world.units["finance"].pk, "text": "已公开。", **more}
    return client.post(reverse("ledger:report", args=[task(number).pk]), data)


def reports() -> list[ProgressReport]:
    return list(ProgressReport.objects.unscoped("test").order_by("pk"))


def test_page_costs_the_same_for_1_and_30_tasks(world: Any, browse: Any) -> None:
    counts, client = [], browse("finance.officer")
    for number in (1, 30):
        Task.objects.all().delete()
        Plan.objects.all().delete()
        store(world, number)
        client.get(MINE)
        with CaptureQueriesContext(connection) as taken:
            page = client.get(MINE).content.decode()
        assert page.count('class="form report-form"') == number
        counts.append(len(taken))
    assert counts[0] == counts[1]


def test_the_first_open_task_stands_open_and_the_next_one_follows(world: Any, browse: Any) -> None:
    store(world)
    client = browse("finance.officer")
    page = client.get(MINE).content.decode()
    assert "3 项任务要填报" in page
    assert f'id="t-{key(world, 1)}" open' in page and f'id="t-{key(world, 2)}" open' not in page
    for number in (1, 2):
        answer = send(client, world, number)
        assert answer.status_code == 302
        assert answer["Location"] == f"{MINE}?open={key(world, number + 1)}#t-{key(world, number + 1)}"
    assert send(client, world, 3)["Location"] == MINE
    page = client.get(MINE).content.decode()
    assert "任务都报过了" in page and "已报送，等核对" in page
    assert [one.state for one in reports()] == [states.SUBMITTED] * 3


def test_what_was_typed_stays_when_something_is_wrong(world: Any, browse: Any) -> None:
    store(world)
    given = {
        "text": "写了很多字",
        "evidence": "/doc/2026/99.html",
        "meeting": "常务会议",
        "held_on": "2026-02-01",
    }
    answer = send(browse("finance.officer"), world, 2, **given)
    page = answer.content.decode()
    assert answer.status_code == 422 and not reports()
    for words in given.values():
        assert words in page
    assert "不是本站正在公开的文件" in page and "议定" in page and f'id="t-{key(world, 2)}" open' in page


def test_answer_to_htmx_can_be_put_into_the_page(world: Any, browse: Any) -> None:
    store(world)
    url = reverse("ledger:report", args=[task(1).pk])
    data = {"unit": world.units["finance"].pk, "text": ""}
    answer = browse("finance.officer").post(url, data, headers={"HX-Request": "true"})
    assert answer.status_code == 200 and "没有写进展" in answer.content.decode()


def test_files_stay_taken_in_when_the_form_comes_back(world: Any, browse: Any) -> None:
    store(world)
    client = browse("finance.officer")
    file = SimpleUploadedFile("台账.txt", "检查台账".encode())
    page = send(client, world, 1, text="", files=file).content.decode()
    assert "已收下：台账.txt" in page
    stored = page.split('name="stored" value="')[1].split('"')[0].strip()
    assert send(client, world, 1, stored=stored).status_code == 302
    (piece,) = Evidence.objects.unscoped("test")
    assert piece.kind == "file" and piece.title == "台账.txt"
    answer = client.get(reverse("ledger:evidence", args=[piece.pk]))
    assert b"".join(answer.streaming_content).decode() == "检查台账"
    assert browse("civil.officer").get(reverse("ledger:evidence", args=[piece.pk])).status_code == 404


def test_file_that_somebody_else_took_in_is_not_kept(world: Any, browse: Any) -> None:
    store(world)
    other = browse("finance.officer2")
    file = SimpleUploadedFile("台账.txt", "检查台账".encode())
    page = send(other, world, 1, text="", files=file).content.decode()
    stored = page.split('name="stored" value="')[1].split('"')[0].strip()
    send(browse("finance.officer"), world, 1, stored=stored)
    assert not Evidence.objects.unscoped("test").exists()


def test_like_last_time_fills_words_measures_and_pieces(world: Any, browse: Any) -> None:
    store(world)
    client, head = browse("finance.officer"), browse("office.head")
    link = "https://www.example.gov.cn/1.html"
    send(client, world, 1, text="上次写的进展", measures="每月一次", evidence=link)
    head.post(reverse("ledger:accept", args=[reports()[0].pk]))
    page = client.get(f"{MINE}?open={key(world, 1)}").content.decode()
    assert "照上次写" in page and ">上次写的进展</textarea>" not in page
    page = client.get(f"{MINE}?open={key(world, 1)}&again=1").content.decode()
    assert ">上次写的进展</textarea>" in page and ">每月一次</textarea>" in page
    (piece,) = Evidence.objects.unscoped("test")
    assert f'name="keep" value="{piece.pk}" checked' in page
    assert send(client, world, 1, keep=piece.pk).status_code == 302
    assert Evidence.objects.unscoped("test").filter(url=link).count() == 2
    assert send(browse("finance.officer"), world, 2, keep=piece.pk).status_code == 422


def test_returned_report_comes_first_with_its_reason_and_words(world: Any, browse: Any) -> None:
    store(world)
    client, head = browse("finance.officer"), browse("office.head")
    send(client, world, 2, text="报得不全")
    head.post(reverse("ledger:return", args=[reports()[0].pk]), {"reason": "请附网址。"})
    page = client.get(MINE).content.decode()
    assert page.index("被退回") < page.index("要填报</h2>" if "要填报</h2>" in page else "要填报<span")
    assert "退回理由：请附网址。" in page and ">报得不全</textarea>" in page
    desk = client.get("/workbench/").content.decode()
    assert "去补正" in desk and "填报被退回：请附网址。" in desk


def test_unjudged_report_is_taken_back_and_its_words_wait(world: Any, browse: Any) -> None:
    store(world)
    client = browse("finance.officer")
    send(client, world, 1, text="报早了")
    assert "收回这份填报" in client.get(MINE).content.decode()
    report = reports()[0]
    assert browse("civil.officer").post(reverse("ledger:take-back", args=[report.pk])).status_code == 404
    assert client.post(reverse("ledger:take-back", args=[report.pk])).status_code == 302
    assert ">报早了</textarea>" in client.get(f"{MINE}?open={key(world, 1)}").content.decode()
    assert TrailRow.objects.filter(verb="ledger.take_back_progress").count() == 1


def test_ticked_records_speak_for_themselves(world: Any, browse: Any, settings: Any, tmp_path: Path) -> None:
    settings.TREE_DIR = tmp_path / "tree"
    store(world)
    people = {name: world.people[f"finance.{name}"] for name in ("officer", "reviewer", "leader")}
    publications(world.units["finance"], people, "预算公示")
    record = Publication.objects.unscoped("test").filter(state="live", unit=world.units["finance"]).first()
    assert record is not None
    Match.objects.create(
        task=task(1), publication=record, unit=world.units["finance"], published_on=world.today, words="预算"
    )
    client = browse("finance.officer")
    assert "标题或关键词有“预算”" in client.get(MINE).content.decode()
    assert send(client, world, 1, text="", match=record.pk).status_code == 302
    assert reports()[0].text.startswith(f"已公开《{record.title}》")
    assert send(client, world, 2, text="", match=record.pk).status_code == 422  # not found for that task
    assert "就报这一件" in client.get(reverse("ledger:task", args=[task(1).pk])).content.decode()
    match = Match.objects.get()
    assert browse("civil.officer").post(reverse("ledger:take-match", args=[match.pk])).status_code == 302
    assert len(reports()) == 1
    client.post(reverse("ledger:take-match", args=[match.pk]))
    assert len(reports()) == 2
    assert client.post(reverse("ledger:take-match", args=[987654])).status_code == 302


def test_nobody_reports_for_another_unit(world: Any, browse: Any) -> None:
    store(world)
    client = browse("civil.officer")
    assert "没有本单位的任务" in client.get(MINE).content.decode()
    assert send(client, world, 1).status_code == 422 and not reports()
    assert browse("finance.reviewer").get(MINE).status_code == 403


def test_deputy_sees_both_units(world: Any, browse: Any) -> None:
    store(world)
    Leave.objects.create(
        person=world.people["finance.officer"], deputy=world.people["civil.officer"], reason="年休假",
        first_day=today(), last_day=today(),
    )  # fmt: skip
    page = browse("civil.officer").get(MINE).content.decode()
    assert "区财政局" in page and page.count('class="form report-form"') == 3
