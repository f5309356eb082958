"""What ought to be public, as a program reads it: items of the law by unit, the standard catalogue by version."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.api.tests.test_interface import ask, world  # noqa: F401 -- the fixture
from gongkai.catalogue import actions, queries
from gongkai.catalogue.models import StandardField
from gongkai.catalogue.tests.sheets import Drawn
from gongkai.catalogue.tests.test_sheet import a_sheet
from gongkai.kernel.clock import legal_day
from gongkai.publishing.tests.world import AT, World
from gongkai.trail.chain import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.feature("I09")]
HOME = "/api/v1/standard"


def stored(folder: Path, drawn: Drawn | None = None) -> StandardField:
    path = (drawn or a_sheet()).save(folder / "目录.xlsx")
    reading = queries.read_path(path, name="目录.xlsx", field_name="养老服务", today=legal_day(AT))
    return actions.import_catalogue(reading=reading, field_name="养老服务", by=SYSTEM, now=AT).field


def second(folder: Path) -> StandardField:
    """The same table with one cell changed."""
    drawn = a_sheet()
    place = next(at for at, words in drawn.cells.items() if "备案" in str(words) and at[0] > 3)
    drawn.cells[place] = f"{drawn.cells[place]}（新）"
    return stored(folder, drawn)


@pytest.mark.feature("A08")
def test_items_of_the_present_version_are_read_with_what_they_say(
    world: World,  # noqa: F811
    client: Client,
    tmp_path: Path,
) -> None:
    field = stored(tmp_path)
    (row,) = ask(client, HOME)["items"]
    assert (row["name"], row["count"], row["version"]) == ("养老服务", 2, 1)
    assert row["url"].endswith(f"/standard/{field.code}/") and row["changed_at"].endswith("+08:00")
    found = ask(client, f"{HOME}/{field.code}/items")
    assert found["current"] and found["next"] == "" and len(found["items"]) == 2
    names = {one["name"]: one for one in found["items"]}
    assert names["养老机构备案"]["elements"] and names["养老机构备案"]["channels"]


def test_pages_hold_every_item_once(world: World, client: Client, tmp_path: Path) -> None:  # noqa: F811
    field = stored(tmp_path)
    page = ask(client, f"{HOME}/{field.code}/items", size=1)
    seen = [row["code"] for row in page["items"]]
    while page["next"]:
        parts = urlsplit(page["next"])
        page = json.loads(client.get(f"{parts.path}?{parts.query}").content)
        seen += [row["code"] for row in page["items"]]
    assert len(seen) == len(set(seen)) == 2


@pytest.mark.feature("A10")
def test_versions_and_their_difference(world: World, client: Client, tmp_path: Path) -> None:  # noqa: F811
    stored(tmp_path)
    field = second(tmp_path)
    page = ask(client, f"{HOME}/{field.code}/versions", size=1)
    assert [(row["version"], row["current"]) for row in page["items"]] == [(2, True)]
    parts = urlsplit(page["next"])
    older = json.loads(client.get(f"{parts.path}?{parts.query}").content)
    assert [row["version"] for row in older["items"]] == [1] and older["next"] == ""
    found = ask(client, f"{HOME}/{field.code}/versions/2/changes")
    assert (found["since"], found["version"]) == (1, 2) and found["items"]
    said = json.dumps(found["items"], ensure_ascii=False)
    assert "（新）" in said
    assert ask(client, f"{HOME}/{field.code}/items", version=1)["current"] is False
    assert ask(client, f"{HOME}/{field.code}/versions/1/changes", since=2)["since"] == 2


def test_unknown_field_version_and_unit_say_where_to_look(
    world: World,  # noqa: F811
    client: Client,
    tmp_path: Path,
) -> None:
    field = stored(tmp_path)
    for path in ("none/items", "none/versions", "none/versions/2/changes"):
        assert "/api/v1/standard" in ask(client, f"{HOME}/{path}", 404)["message"]
    for path in ("items?version=9", "versions/1/changes", f"versions/{10**25}/changes"):
        assert "没有这一版" in ask(client, f"{HOME}/{field.code}/{path}", 404)["message"]
    assert "/api/v1/units" in ask(client, "/api/v1/catalogue", 404, unit="none")["message"]
    assert ask(client, "/api/v1/catalogue", 422, unit="../x")["code"] == "parameter"
    assert ask(client, f"{HOME}/{field.code}/items", 422, size=101)["code"] == "parameter"


@pytest.mark.feature("A05")
def test_items_of_the_law_count_what_a_unit_published(world: World, client: Client) -> None:  # noqa: F811
    world.published(unit=world.finance)
    for unit, count in (("", 1), ("czj", 1), ("mzj", 0)):
        found = ask(client, "/api/v1/catalogue", unit=unit)
        assert found["unit"] == unit and len(found["items"]) >= 15
        row = next(one for one in found["items"] if one["code"] == "20-07")
        assert row["count"] == count and row["basis"] == "条例第二十条第七项"
        assert bool(row["url"]) is bool(count) and bool(row["changed_at"]) is bool(count)


@pytest.mark.parametrize("path", ["items", "versions"])
def test_list_asks_as_often_for_two_as_for_one(
    world: World,  # noqa: F811
    client: Client,
    tmp_path: Path,
    path: str,
) -> None:
    stored(tmp_path)
    field = second(tmp_path)
    counts: list[Any] = []
    for size in (1, 2):
        with CaptureQueriesContext(connection) as taken:
            ask(client, f"{HOME}/{field.code}/{path}", size=size)
        counts.append(len(taken))
    assert counts[0] == counts[1]
