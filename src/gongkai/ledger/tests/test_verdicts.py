"""The office's own verdict, cycles and words by screen; the dashboard of all tasks with its records."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.columns.models import Column, ColumnPack
from gongkai.kernel.clock import today
from gongkai.law.refusal import Refused
from gongkai.ledger import actions, queries
from gongkai.ledger.models import MatchWords, Override, Plan, Task
from gongkai.ledger.rules.plan import read_plan
from gongkai.ledger.tests.samples import HEADS, as_grid
from gongkai.orgs.accounts import PROVEN
from gongkai.trail.chain import verify
from gongkai.trail.models import TrailRow
from gongkai.upkeep.queries import packs_by_task

pytestmark = [pytest.mark.django_db, pytest.mark.feature("L04")]
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


def store(world: Any, count: int = 2, due: str = "1月底前") -> Plan:
    table = [
        list(HEADS.values()),
        *([str(n), "财政", f"第{n}项公开预算。", "区财政局", due] for n in range(1, count + 1)),
    ]
    source = actions.Source(name="要点.txt", digest="0" * 64)
    return actions.import_plan(reading=read_plan(as_grid(table), year=YEAR), source=source, now=world.now)[0]


def task(number: int = 1) -> Task:
    return Task.objects.select_related("plan").get(number=number)


def override(world: Any, **more: Any) -> Override:
    given = {"state": "ok", "reason": "上级推迟执行", "until": world.today + timedelta(days=30), **more}
    by = world.actor(given.pop("by", "office.head"))
    return actions.override_light(task=task(), by=by, now=world.now, **given)


def light(day: Any) -> Any:
    return queries.row_of(task(), today=day).light


def test_verdict_by_hand_stands_until_its_day(world: Any) -> None:
    store(world)
    assert light(world.today).state == "late"
    override(world)
    assert light(world.today).state == "ok" and light(world.today).words == "人工判定：正常"
    assert "系统判定为“逾期" in light(world.today).reason
    assert light(world.today + timedelta(days=30)).state == "ok"
    assert light(world.today + timedelta(days=31)).state == "late"
    row = TrailRow.objects.get(verb="ledger.override_light")
    assert row.note == "上级推迟执行" and row.facts["state"] == "ok" and verify().ok


def test_public_page_shows_the_verdict_openly(world: Any) -> None:
    store(world)
    override(world)
    progress = queries.public_progress(YEAR, today=world.today)
    assert progress is not None
    shown = progress.tasks[0].light
    assert shown.words == "人工判定：正常" and "上级推迟执行" in shown.reason and "系统判定" in shown.reason


def test_new_verdict_takes_the_place_of_the_old_and_can_be_lifted(world: Any) -> None:
    store(world)
    override(world)
    override(world, state="soon")
    assert Override.objects.filter(lifted_at=None).count() == 1 and Override.objects.count() == 2
    assert light(world.today).words == "人工判定：临期"
    head = world.actor("office.head")
    actions.lift_override(task=task(), by=head, now=world.now)
    assert light(world.today).state == "late"
    with pytest.raises(Refused, match="没有人工判定"):
        actions.lift_override(task=task(), by=head, now=world.now)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"reason": " "}, "没有写理由"),
        ({"state": "idle"}, "请选一种判定"),
        ({"until": -1}, "已经过去"),
        ({"until": 400}, "最长一年"),
        ({"by": "finance.leader"}, "主管部门"),
    ],
)
def test_verdict_is_refused_with_its_reason(world: Any, more: dict, says: str) -> None:
    store(world)
    if "until" in more:
        more = {**more, "until": world.today + timedelta(days=more["until"])}
    with pytest.raises(Refused, match=says):
        override(world, **more)
    assert not Override.objects.exists()


def test_cycle_is_set_by_the_office_only(world: Any) -> None:
    store(world, due="实时公开")
    head = world.actor("office.head")
    imported = task().plan.imported_at.date()
    assert light(imported + timedelta(days=40)).state == "idle"
    actions.set_cycle(task=task(), days=30, by=head, now=world.now)
    assert light(imported + timedelta(days=40)).state == "late"
    for days in (0, 367):
        with pytest.raises(Refused, match="1 到 366"):
            actions.set_cycle(task=task(), days=days, by=head, now=world.now)
    with pytest.raises(Refused, match="主管部门"):
        actions.set_cycle(task=task(), days=30, by=world.actor("finance.officer"), now=world.now)


def test_screen_sets_all_three_and_keeps_what_was_typed(world: Any, browse: Any) -> None:
    store(world, due="实时公开")
    client, url = browse("office.head"), reverse("ledger:judgement", args=[task().pk])
    assert "怎样判定" in client.get(url).content.decode()
    until = (today() + timedelta(days=10)).isoformat()
    answer = client.post(url, {"act": "override", "state": "ok", "reason": "", "until": until})
    assert answer.status_code == 422 and until in answer.content.decode()
    data = {"act": "override", "state": "ok", "reason": "上级推迟", "until": until}
    assert client.post(url, data).status_code == 302
    page = client.get(reverse("ledger:task", args=[task().pk])).content.decode()
    assert "人工判定：正常" in page and "上级推迟" in page
    assert client.post(url, {"act": "lift"}).status_code == 302
    assert client.post(url, {"act": "lift"}).status_code == 200
    assert client.post(url, {"act": "cycle", "days": "45"}).status_code == 302
    assert task().cycle_days == 45
    assert client.post(url, {"act": "cycle", "days": "0"}).status_code == 422
    assert client.post(url, {"act": "words", "words": "部门预算、决算"}).status_code == 302
    assert MatchWords.objects.get().words == "部门预算、决算"
    answer = client.post(url, {"act": "words", "words": "字"})
    assert answer.status_code == 422 and "至少两个字" in answer.content.decode()
    assert browse("finance.officer").get(url).status_code == 403


@pytest.mark.feature("A26")
def test_dashboard_costs_the_same_for_1_and_30_tasks(world: Any, browse: Any) -> None:
    counts, client = [], browse("office.head")
    for number in (1, 30):
        Task.objects.all().delete()
        Plan.objects.all().delete()
        store(world, number)
        client.get(reverse("ledger:coverage"))
        with CaptureQueriesContext(connection) as taken:
            page = client.get(reverse("ledger:coverage")).content.decode()
        assert page.count('<th scope="row">') == number
        counts.append(len(taken))
    assert counts[0] == counts[1] <= 16


@pytest.mark.feature("A26")
def test_dashboard_opens_into_the_records_of_a_task(world: Any, browse: Any) -> None:
    store(world)
    client = browse("finance.officer")
    page = client.get(reverse("ledger:coverage")).content.decode()
    assert "2 项里 2 项还没有公开文件" in page and "区财政局" in page and "逾期" in page
    page = client.get(reverse("ledger:records", args=[task().pk])).content.decode()
    assert "没有找到公开文件" in page and "预算" in page
    for odd in ("?unit=abc", "?unit=987654", "?page=99"):
        assert client.get(reverse("ledger:records", args=[task().pk]) + odd).status_code == 200
    assert client.get(reverse("ledger:coverage") + "?year=1999").status_code == 200


def pack_for(world: Any, number: int, columns: int) -> None:
    """A pack that serves a task, with columns of which the first was opened long ago and is empty."""
    pack = ColumnPack.objects.create(code=f"pack{number}", name=f"第{number}包", tasks=[number], at=world.now)
    for at in range(columns):
        Column.objects.create(
            code=f"col-{number}-{at}", name=f"专栏{number}之{at}", owner=world.units["finance"], pack=pack.code,
            upkeep="own", cycle_days=30, opened_on=today() - timedelta(days=90 if at == 0 else 1),
        )  # fmt: skip


@pytest.mark.feature("A23")
@pytest.mark.feature("A26")
def test_dashboard_shows_the_columns_of_packs_and_which_are_stale(world: Any, browse: Any) -> None:
    store(world)
    client = browse("finance.officer")
    assert "没有装专栏包" in client.get(reverse("ledger:coverage")).content.decode()
    pack_for(world, 2, 14)
    page = client.get(reverse("ledger:coverage")).content.decode()
    assert "专栏包服务 1 项任务" in page and "第2包　14 个专栏" in page and "1 个专栏</p>" in page
    assert page.index("专栏2之0") < page.index("专栏2之1<") and "另有 2 个" in page
    (one,) = packs_by_task(today=today())[2]
    assert (one.stale, one.records, one.last, len(one.lines)) == (1, 0, None, 14)


@pytest.mark.feature("A23")
def test_packs_on_the_dashboard_cost_the_same_for_1_and_30(world: Any, browse: Any) -> None:
    store(world, 30)
    client, counts = browse("office.head"), []
    for number in (1, 30):
        for at in range(ColumnPack.objects.count() + 1, number + 1):
            pack_for(world, at, 2)
        client.get(reverse("ledger:coverage"))
        with CaptureQueriesContext(connection) as taken:
            client.get(reverse("ledger:coverage"))
        counts.append(len(taken))
    assert counts[0] == counts[1]
