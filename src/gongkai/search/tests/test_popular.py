"""What many look for stands in public, what few look for does not; nobody's name or number is in it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.kernel import clock, outbox
from gongkai.messaging.models import Message
from gongkai.publishing.tests.world import World
from gongkai.search import actions, queries, tasks
from gongkai.search.models import AskedWords, EmptyAnswer
from gongkai.search.rules.popular import LEAST_ASKERS
from gongkai.search.rules.question import read

DAY = date(2026, 10, 14)
pytestmark = [pytest.mark.feature("I08"), pytest.mark.django_db]
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"


def asked(words: str, *, askers: int = LEAST_ASKERS, days: int = 2, day: date = DAY) -> None:
    for at in range(days):
        share = askers // days + (at < askers % days)
        AskedWords.objects.create(day=day - timedelta(days=at), words=words, askers=share)


def test_visitor_counts_once_a_day_and_a_program_never() -> None:
    for visitor in ("aaaaaaaa", "aaaaaaaa", "bbbbbbbb", ""):
        actions.note_asked(question=read("公园 夜跑"), visitor=visitor, today=DAY)
    actions.note_asked(question=read("夜跑 公园"), visitor="aaaaaaaa", today=DAY)
    actions.note_asked(question=read("夜跑 公园"), visitor="aaaaaaaa", today=DAY + timedelta(days=1))
    assert [row.askers for row in AskedWords.objects.order_by("day")] == [2, 1]


def test_question_asked_again_by_the_same_visitor_writes_nothing() -> None:
    actions.note_asked(question=read("公园"), visitor="aaaaaaaa", today=DAY)
    with CaptureQueriesContext(connection) as taken:
        actions.note_asked(question=read("公园"), visitor="aaaaaaaa", today=DAY)
    assert len(taken) == 1


def test_visitors_of_a_day_that_is_over_are_forgotten() -> None:
    actions.note_asked(question=read("公园"), visitor="aaaaaaaa", today=DAY)
    assert actions.forget_marks(today=DAY) == 0 and AskedWords.objects.get().marks
    assert actions.forget_marks(today=DAY + timedelta(days=1)) == 1
    row = AskedWords.objects.get()
    assert (row.marks, row.askers) == ("", 1)


@pytest.mark.parametrize("typed", ["张伟的低保", "13812345678", "望潮路12号3单元", "370202199001011234"])
def test_no_name_or_number_is_counted(typed: str) -> None:
    actions.note_asked(question=read(typed), visitor="aaaaaaaa", today=DAY)
    kept = " ".join(AskedWords.objects.values_list("words", flat=True))
    assert not any(canary in kept for canary in ("张伟", "138", "12", "3702"))


def test_flood_of_invented_words_stops_at_the_limit_of_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_ASKED_A_DAY", 1)
    for typed in ("公园", "喷泉", "公园"):
        actions.note_asked(question=read(typed), visitor=f"{typed}-mark", today=DAY)
    assert [row.words for row in AskedWords.objects.all()] == ["公园"]


def test_only_what_many_asked_on_several_days_is_popular() -> None:
    asked("养老 补贴", askers=9)
    asked("加装电梯")
    asked("低保", askers=LEAST_ASKERS - 1)
    asked("公园", askers=50, days=1)
    asked("学区", askers=50, day=DAY - timedelta(days=40))
    assert [one.words for one in queries.popular(today=DAY)] == ["养老 补贴", "加装电梯"]


def test_what_the_gate_takes_for_personal_is_never_popular() -> None:
    asked("加装电梯")
    asked("手机 13812345678", askers=50)
    assert [one.words for one in queries.popular(today=DAY)] == ["加装电梯"]


def test_popular_words_cost_the_same_for_1_and_30() -> None:
    counts = []
    for upto in (1, 30):
        for at in range(AskedWords.objects.count() // 2, upto):
            asked(f"词语{chr(0x4E00 + at)}")
        with CaptureQueriesContext(connection) as taken:
            queries.popular(today=DAY)
        counts.append(len(taken))
    assert counts[0] == counts[1] <= 3


@pytest.fixture
def world(tmp_path: Path, settings: Any) -> World:
    for name in ("TREE_DIR", "FILES_DIR", "INDEX_DIR"):
        setattr(settings, name, tmp_path / name.lower())
    return World()


def test_search_page_counts_people_and_shows_what_many_looked_for(world: World, client: Client) -> None:
    now = clock.now()
    world.published(now=now, title="望海路口袋公园建设公示", body="<p>口袋公园新增座椅四十套。</p>")
    while outbox.deliver_waiting(now=clock.now()):
        pass
    client.get("/search/", {"q": "口袋公园"}, headers={"user-agent": "curl/8"})
    assert not AskedWords.objects.exists()
    for _ in range(2):
        client.get("/search/", {"q": "口袋公园"}, headers={"user-agent": BROWSER})
    row = AskedWords.objects.get()
    assert row.askers == 1 and "127" not in json.dumps([row.words, row.marks])
    asked("加装电梯", day=clock.today())
    assert "热门搜索" in (page := client.get("/search/").content.decode()) and "加装电梯" in page


def test_editors_are_told_once_on_monday_what_was_looked_for_in_vain(world: World) -> None:
    monday = date(2026, 10, 12)
    EmptyAnswer.objects.create(day=monday - timedelta(days=3), words="喷泉 开放", times=4)
    early = datetime(2026, 10, 12, 0, 30, tzinfo=UTC)  # half past eight in China
    rows = Message.objects.unscoped("a test").filter(key__startswith="search.week")
    tasks.minute(early)
    assert not rows.exists()
    for _ in range(2):
        tasks.minute(early + timedelta(hours=1))
    told = list(rows)
    assert told and {one.person.unit_id for one in told} == {world.office.pk}
    assert len(told) == len({one.person_id for one in told}) and "“喷泉 开放”4 次" in told[0].text


def test_report_of_a_week_opens_and_exports(world: World, client: Client) -> None:
    EmptyAnswer.objects.create(day=DAY, words="喷泉 开放", times=4)
    asked("加装电梯", day=DAY)
    client.force_login(world.people["czj", "officer"])
    page = client.get("/workbench/searches/", {"week": DAY.isoformat()}).content.decode()
    assert "4 次搜索没有结果" in page and "喷泉 开放" in page and "加装电梯" in page
    assert client.get("/workbench/searches/", {"week": "那周"}).status_code == 200
    made = client.get("/workbench/searches/", {"week": DAY.isoformat(), "format": "xlsx"})
    assert made["Content-Type"].endswith("spreadsheetml.sheet")


def test_report_costs_the_same_for_1_and_30_words(world: World, client: Client) -> None:
    client.force_login(world.people["czj", "officer"])
    counts = []
    for upto in (1, 30):
        for at in range(EmptyAnswer.objects.count(), upto):
            EmptyAnswer.objects.create(day=DAY, words=f"词语{chr(0x4E00 + at)}")
        client.get("/workbench/searches/", {"week": DAY.isoformat()})
        with CaptureQueriesContext(connection) as taken:
            client.get("/workbench/searches/", {"week": DAY.isoformat()})
        counts.append(len(taken))
    assert counts[0] == counts[1]
