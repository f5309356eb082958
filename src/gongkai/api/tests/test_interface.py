"""The open interface as a program meets it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as fewer
from hypothesis import strategies as st

from gongkai.api.rules import address_parts, fault_of
from gongkai.api.views.interface import PER_MINUTE
from gongkai.kernel import clock, outbox
from gongkai.kernel.text.blocks import Cell, Table
from gongkai.ledger import actions as ledger
from gongkai.ledger.actions.importing import Source
from gongkai.ledger.rules.plan import read_plan
from gongkai.orgs.checks import doors, faults
from gongkai.publishing import actions
from gongkai.publishing.models import Publication
from gongkai.publishing.rules import document_path
from gongkai.publishing.tests.world import AT, World

pytestmark = pytest.mark.django_db
EIGHT = {
    "index_number",
    "theme",
    "issuer",
    "number",
    "written_on",
    "published_on",
    "validity",
    "registered_number",
}


@pytest.fixture
def world(tmp_path: Path, settings: Any) -> World:
    for name in ("TREE_DIR", "FILES_DIR", "INDEX_DIR"):
        setattr(settings, name, tmp_path / name.lower())
    cache.clear()
    return World()


def ask(client: Client, path: str, status: int = 200, **query: Any) -> dict[str, Any]:
    answer = client.get(path, query)
    assert answer.status_code == status, answer.content.decode()
    assert answer.headers["Content-Type"].startswith("application/json")
    return json.loads(answer.content)


def address(publication: Publication) -> str:
    year, number = address_parts(publication.path)
    return f"/api/v1/documents/{year}/{number}"


def withdraw(world: World, publication: Publication) -> None:
    actions.withdraw(
        publication=publication,
        kind="误发",
        reason="附件放错了",
        by=world.actor(publication.unit, "leader", on=clock.today()),
        now=clock.now(),
    )


@pytest.mark.feature("A07")
@pytest.mark.feature("I09")
def test_document_carries_the_eight_fields_and_says_what_is_absent(world: World, client: Client) -> None:
    published = world.published(title="望海路口袋公园建设公示", body="<p>新增<b>座椅</b>四十套。</p>")
    found = ask(client, address(published))
    assert set(found["header"]) == EIGHT
    assert found["header"]["number"] == found["header"]["registered_number"] == "无"
    assert found["header"]["index_number"] == published.index_number.number
    assert found["header"]["theme"] == "财政、金融、审计" and found["header"]["validity"] == "有效"
    assert found["body_text"] == "新增座椅四十套。" and "座椅" in found["body_html"]
    assert found["receipt"]["code"] == published.receipt and found["published_at"].endswith("+08:00")
    row = ask(client, "/api/v1/documents")["items"][0]
    assert row == {name: found[name] for name in row}


@pytest.mark.feature("B15")
def test_withdrawn_document_is_gone_and_named_for_those_who_copied_it(world: World, client: Client) -> None:
    published = world.published(now=clock.now(), title="发错了的公示")
    other = world.published(now=clock.now())
    withdraw(world, published)
    gone = ask(client, address(published), 410)
    assert gone["reason"] == "附件放错了" and "发错了的公示" not in json.dumps(gone, ensure_ascii=False)
    assert [row["id"] for row in ask(client, "/api/v1/documents")["items"]] == [
        address(other).removeprefix("/api/v1/documents/")
    ]
    (row,) = ask(client, "/api/v1/withdrawals")["items"]
    assert row["url"].endswith(published.path) and row["kind"] == "误发"
    later = (clock.now() + timedelta(hours=1)).isoformat()
    assert ask(client, "/api/v1/withdrawals", since=later)["items"] == []


def test_unpublished_document_is_nowhere(world: World, client: Client) -> None:
    world.approved(title="还没有发布的通知")
    for path in ("/api/v1/documents", "/api/v1/withdrawals", "/api/v1/themes"):
        assert "还没有发布的通知" not in client.get(path).content.decode()
    assert Publication.objects.unscoped("test").count() == 0


def test_pages_hold_every_document_once_while_another_is_published(world: World, client: Client) -> None:
    first = [world.published() for _ in range(5)]
    page = ask(client, "/api/v1/documents", size=2)
    world.published(title="中间插进来的公示")
    seen = [row["id"] for row in page["items"]]
    while page["next"]:
        parts = urlsplit(page["next"])
        page = json.loads(client.get(f"{parts.path}?{parts.query}").content)
        seen += [row["id"] for row in page["items"]]
    assert seen == [
        address(one).removeprefix("/api/v1/documents/") for one in sorted(first, key=lambda one: -one.pk)
    ]


def test_documents_are_narrowed_by_unit_theme_and_time(world: World, client: Client) -> None:
    of_finance = world.published()
    of_civil = world.published(world.civil, theme="民政、扶贫、救灾", now=AT + timedelta(days=2))
    for query, expected in (
        ({"unit": "czj"}, of_finance),
        ({"unit": "mzj"}, of_civil),
        ({"theme": "17"}, of_civil),
        ({"changed_since": (AT + timedelta(days=1)).isoformat()}, of_civil),
    ):
        (row,) = ask(client, "/api/v1/documents", **query)["items"]
        assert row["url"].endswith(expected.path), query
    themes = {row["code"]: row["count"] for row in ask(client, "/api/v1/themes")["items"]}
    assert themes["17"] == 1 and themes["04"] == 1 and sum(themes.values()) == 2


def test_list_asks_as_often_for_five_as_for_one(
    world: World, client: Client, django_assert_num_queries: Any
) -> None:
    world.published()
    # The clock, the rows, which of them interpret another.
    with django_assert_num_queries(3):
        ask(client, "/api/v1/documents", size=100)
    for _ in range(4):
        world.published()
    with django_assert_num_queries(3):
        assert len(ask(client, "/api/v1/documents", size=100)["items"]) == 5


@pytest.mark.feature("L01")
def test_plan_and_its_tasks(world: World, client: Client) -> None:
    assert "不写年份" in ask(client, "/api/v1/ledger", 404)["message"]
    rows = (
        ("序号", "公开领域", "具体要求", "责任单位", "完成时限"),
        ("1", "财政预决算", "公开部门预算说明", "区财政局牵头、区民政局配合", "6月底前"),
        ("2", "社会救助", "公开救助对象名单", "区民政局", "持续推进"),
    )
    table = Table(rows=tuple(tuple(Cell(text) for text in row) for row in rows))
    ledger.import_plan(reading=read_plan([table], year=2026), source=Source("要点.docx", "0" * 64), now=AT)
    found = ask(client, "/api/v1/ledger", year=2026)
    assert [task["number"] for task in found["tasks"]] == [1, 2]
    assert sum(found["counts"].values()) == 2 and found["tasks"][0]["due_on"] == "2026-06-30"
    one = ask(client, "/api/v1/ledger/2026/1")
    assert [unit["name"] for unit in one["units"]] == ["区财政局", "区民政局"] and one["reports"] == []
    assert ask(client, "/api/v1/ledger/2026/9", 404)["code"] == "unknown"
    assert ask(client, "/api/v1/ledger/1/1", 404)["code"] == "unknown"


@pytest.mark.law("条例20.2")
def test_units_carry_what_the_law_wants_known(world: World, client: Client) -> None:
    found = {row["code"]: row for row in ask(client, "/api/v1/units")["items"]}
    assert found["czj"]["parent"] == "qzf" and found["czj"]["uscc"] == world.finance.uscc
    assert {"functions", "leader", "address", "hours", "phone"} <= set(found["czj"])
    assert ask(client, "/api/v1/units", kind="street")["items"] == []


@pytest.mark.feature("I08")
def test_search_finds_by_word_and_says_when_there_is_no_index(world: World, client: Client) -> None:
    assert "正在准备" in ask(client, "/api/v1/search", 503, q="座椅")["message"]
    published = world.published(title="望海路口袋公园建设公示", body="<p>新增座椅四十套。</p>")
    while outbox.deliver_waiting(now=clock.now()):
        pass
    found = ask(client, "/api/v1/search", q="座椅")
    assert found["total"] == 1 and found["items"][0]["url"].endswith(published.path)
    assert found["facets"]["unit"] == [{"value": "区财政局", "count": 1}]
    assert ask(client, "/api/v1/search", q="座椅", unit="区民政局")["total"] == 0


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("documents?size=101", "参数 size 不能大于 100"),
        ("documents?size=0", "参数 size 不能小于 1"),
        ("documents?before=x", "参数 before 要写成整数"),
        ("documents?changed_since=2026", "参数 changed_since 时间要写成"),
        ("documents?changed_since=2026-03-11T08:00:00", "要带时区"),
        ("documents?unit=%00", "只能用字母、数字和连字符"),
        ("units?kind=x", "department、dual"),
        ("search?page=51", "参数 page 不能大于 50"),
        ("search?q=" + "a" * 201, "字数不能多于 200"),
        ("ledger?year=1", "不能小于 2000"),
    ],
)
def test_wrong_parameter_is_refused_with_what_to_write(
    world: World, client: Client, path: str, told: str
) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 422 and told in json.loads(answer.content)["message"]


def test_one_address_may_not_ask_without_end(world: World, client: Client) -> None:
    for _ in range(PER_MINUTE):
        last = client.get("/api/v1/themes", REMOTE_ADDR="192.0.2.7")
    assert last.status_code == 200
    refused = client.get("/api/v1/themes", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR="198.51.100.1")
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) >= 1
    assert "请求太多" in json.loads(refused.content)["message"]
    assert client.get("/api/v1/themes", REMOTE_ADDR="192.0.2.8").status_code == 200


def test_nothing_can_be_written_and_unknown_addresses_answer_as_json(world: World, client: Client) -> None:
    for method in (client.post, client.put, client.patch, client.delete):
        assert method("/api/v1/documents").status_code == 405
    assert ask(client, "/api/v1/nothing", 404)["message"].startswith("没有这个接口")
    assert ask(client, "/api/v1/documents/2026/999999", 404)["code"] == "unknown"


def test_every_operation_is_a_public_door() -> None:
    own = [door for door in doors() if door.pattern.startswith("api/")]
    assert len(own) >= 11 and all(door.declared and door.declared.public for door in own)
    assert not [fault for fault in faults() if fault.startswith("/api/")]


@pytest.mark.feature("I09")
def test_guide_names_every_operation_without_inline_code(world: World, client: Client) -> None:
    schema = ask(client, "/api/openapi.json")
    page = client.get("/api/")
    html = page.content.decode()
    assert page.status_code == 200 and len(schema["paths"]) == 14
    for path, one in schema["paths"].items():
        assert list(one) == ["get"] and f"GET {path}" in html and one["get"]["summary"] in html
        for parameter in one["get"].get("parameters", []):
            assert parameter["in"] == "path" or parameter["description"] in html
    assert "<script" not in html and "<style" not in html and " style=" not in html and "//cdn" not in html


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=12))
@fewer(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_address_breaks_the_interface(world: World, client: Client, q: str, unit: str, at: str) -> None:
    cache.clear()
    for path, query in (
        ("search", {"q": q, "unit": unit, "page": at}),
        ("documents", {"unit": unit, "changed_since": at, "before": at}),
        ("withdrawals", {"since": at, "size": at}),
    ):
        assert client.get(f"/api/v1/{path}", query).status_code in (200, 422, 503)


@given(st.integers(1900, 2100), st.integers(1, 10**9))
def test_address_is_read_back(year: int, number: int) -> None:
    assert address_parts(document_path(year=year, number_id=number)) == (year, number)


@given(
    st.dictionaries(st.sampled_from(["type", "loc", "ctx"]), st.just("x")).filter(
        lambda one: "ctx" not in one
    )
)
def test_every_fault_names_its_parameter(error: dict[str, Any]) -> None:
    assert fault_of(error).startswith("参数 ")


def test_figures_of_requests_say_what_the_page_says_or_that_there_are_none(
    world: World, client: Client
) -> None:
    assert "没有这一年" in ask(client, "/api/v1/requests/figures", 404)["message"]
    assert ask(client, "/api/v1/requests/figures", 422, year="x")["code"] == "parameter"
