"""Dynamic public pages, and one document from publication to withdrawal as a visitor meets it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client

from gongkai.kernel import clock, outbox
from gongkai.portal import building
from gongkai.portal.front import Front
from gongkai.portal.pages.searching import Asked
from gongkai.portal.tests.test_front import ask
from gongkai.publishing import actions
from gongkai.publishing.models import ErrorReport
from gongkai.publishing.tests.world import World
from gongkai.trail.models import TrailRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(tmp_path: Path, settings: Any) -> World:
    settings.TREE_DIR = tmp_path / "tree"
    settings.FILES_DIR = tmp_path / "files"
    settings.INDEX_DIR = tmp_path / "index"
    return World()


def deliver() -> None:
    while outbox.deliver_waiting(now=clock.now()):
        pass


@pytest.mark.feature("I08")
@pytest.mark.feature("B15")
def test_document_is_found_read_and_gone_again(world: World, settings: Any, client: Client) -> None:
    now = clock.now()
    published = world.published(
        now=now, title="望海路口袋公园建设公示", body="<p>口袋公园新增座椅四十套。</p>"
    )
    deliver()
    front = Front(WSGIHandler(), settings.TREE_DIR, settings.STATIC_ROOT, headers=[])
    assert "口袋公园" in ask(front, published.path).body.decode()
    for text in ("口袋公园", "座椅"):
        page = client.get("/search/", {"q": text})
        assert page.status_code == 200 and published.path.lstrip("/") in page.content.decode()
    actions.withdraw(
        publication=published,
        kind="误发",
        reason="发错了文件",
        by=world.actor(world.finance, "leader", on=clock.legal_day(now)),
        now=clock.now(),
    )
    deliver()
    gone = ask(front, published.path)
    assert gone.status == "410 Gone" and "发错了文件" in gone.body.decode()
    assert published.path.lstrip("/") not in client.get("/search/", {"q": "口袋公园"}).content.decode()
    for path in ("/open/", "/notices/", "/units/czj/open/", "/open/feed.atom", "/"):
        found = ask(front, path)
        assert found.status == "200 OK" and "口袋公园" not in found.body.decode(), path


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=",
        "q=%00%ff",
        "q=x&page=0",
        "q=x&page=999999999999",
        "page=²",
        "sort=;drop",
        "kind=" + "长" * 300,
    ],
)
def test_search_answers_whatever_stands_in_the_address(world: World, client: Client, query: str) -> None:
    world.published(now=clock.now())
    deliver()
    assert client.get(f"/search/?{query}").status_code == 200


def test_search_without_an_index_says_so(world: World, client: Client, settings: Any) -> None:
    page = client.get("/search/", {"q": "公园"})
    assert "搜索正在准备" in page.content.decode() or "没有找到" in page.content.decode()


def test_address_of_a_question_is_read_back_the_same() -> None:
    from django.http import QueryDict

    asked = Asked("公园 座椅", (("kind", "公示"), ("unit", "区财政局")), "date", 3, True)
    assert Asked.of(QueryDict(asked.url().partition("?")[2])) == asked
    assert asked.with_facet("kind", "公示").chosen == (("unit", "区财政局"),)


def test_reader_reports_an_error_without_a_name(client: Client, world: World) -> None:
    page = client.get("/find-errors/", {"page": "/doc/2026/1.html"})
    assert page.status_code == 200 and 'value="/doc/2026/1.html"' in page.content.decode()
    assert page.headers["Cache-Control"].startswith("max-age=0")
    answer = client.post("/find-errors/", {"address": "/doc/2026/1.html", "problem": "标题里“届”写成了“界”"})
    report = ErrorReport.objects.get()
    assert answer.status_code == 302 and report.code in answer.headers["Location"]
    assert report.code in client.get(answer.headers["Location"]).content.decode()
    assert TrailRow.objects.filter(verb="publishing.report_error").count() == 1


def test_short_report_keeps_what_was_typed(client: Client, world: World) -> None:
    answer = client.post("/find-errors/", {"address": "/x", "problem": "错"})
    assert answer.status_code == 422 and "请写得再具体一些" in answer.content.decode()
    assert 'value="/x"' in answer.content.decode() and not ErrorReport.objects.exists()


def test_number_in_the_address_is_never_markup(client: Client, world: World) -> None:
    page = client.get("/find-errors/", {"number": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page and "没有登记号" in page


@pytest.mark.feature("C14")
def test_reader_finds_the_answer_under_the_number(client: Client, world: World) -> None:
    client.post("/find-errors/", {"problem": "电话号码是旧的", "contact": "canary@example.com"})
    report = ErrorReport.objects.get()
    typed = report.code.replace("-", "").lower()
    waiting = client.get("/find-errors/", {"number": typed}).content.decode()
    assert "还没有答复" in waiting and 'content="noindex"' in waiting
    office = world.actor(world.office, "disclosure", on=clock.today())
    actions.answer_error(
        report=report, outcome="已改正", answer="电话已经换成新的号码。", by=office, now=clock.now()
    )
    page = client.get("/find-errors/", {"number": report.code}).content.decode()
    assert "办结通知：已改正" in page and "电话已经换成新的号码。" in page
    for secret in ("旧的", "canary", office.name):
        assert secret not in page
    assert "没有登记号" in client.get("/find-errors/", {"number": "AAAA-AAAA"}).content.decode()


@pytest.mark.feature("C14")
def test_one_address_cannot_flood_the_office(client: Client, world: World) -> None:
    for at in range(5):
        assert client.post("/find-errors/", {"problem": f"第 {at} 个问题在这里"}).status_code == 302
    answer = client.post("/find-errors/", {"problem": "第六个问题在这里"})
    assert answer.status_code == 422
    assert "请一小时以后再提交" in answer.content.decode() and "第六个问题在这里" in answer.content.decode()
    assert client.post("/find-errors/", {"problem": "别处的读者"}, REMOTE_ADDR="192.0.2.9").status_code == 302
    assert ErrorReport.objects.count() == 6
    assert not ErrorReport.objects.filter(sender__contains="192.0").exists()


def test_unknown_address_says_where_to_go(client: Client, world: World) -> None:
    page = client.get("/no/such/page.html")
    assert page.status_code == 404 and "这个地址没有页面" in page.content.decode()


def test_tree_is_ready_only_when_whole(world: World) -> None:
    from gongkai.portal.readiness import checks

    assert not {name: ok for name, ok, _ in checks()}["tree"]
    building.put_right(today=clock.today())
    assert all(ok for _, ok, _ in checks())
    world.published(now=clock.now())
    assert not {name: ok for name, ok, _ in checks()}["tree_events"]
