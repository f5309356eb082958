"""Each matter of the standard catalogue with its records: none is red; the public page, JSON and spreadsheet (A09)."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.catalogue import actions as catalogue
from gongkai.catalogue import queries as catalogue_queries
from gongkai.catalogue.models import Matter
from gongkai.catalogue.rules.naming import is_own
from gongkai.catalogue.tests.sheets import Drawn, contents
from gongkai.catalogue.tests.test_sheet import a_sheet
from gongkai.columns import actions as columns
from gongkai.columns.models import Column
from gongkai.ledger.tests.test_views import browse  # noqa: F401 -- the fixture
from gongkai.orgs.models import Unit
from gongkai.portal import building, projection
from gongkai.publishing.tests.world import AT, World
from gongkai.records.models import RecordRow
from gongkai.trail.chain import SYSTEM
from gongkai.upkeep import queries
from gongkai.upkeep.actions import follow

pytestmark = pytest.mark.feature("A09")


@pytest.fixture
def town(db: None) -> World:
    return World()


def bring_in(folder: Path, drawn: Drawn | None = None) -> Any:
    path = (drawn or a_sheet()).save(folder / "目录.xlsx")
    reading = catalogue_queries.read_path(path, name="目录.xlsx", field_name="养老服务", today=AT.date())
    return catalogue.import_catalogue(reading=reading, field_name="养老服务", by=SYSTEM, now=AT)


def counts(version: Any) -> dict[str, tuple[int, str]]:
    return {one.item.name: (one.count, one.light) for one in queries.coverage_of_field(version.field)}


def test_records_count_under_their_matter_or_that_of_their_column(town: World, tmp_path: Path) -> None:
    version = bring_in(tmp_path)
    filing, rating = Matter.objects.order_by("pk")
    given = {"name": "养老", "owner": town.finance, "upkeep": "own", "cycle_days": 30, "tag_type": "专题专栏"}
    column = columns.open_column(given={**given, "matters": [filing]}, by=SYSTEM, now=AT)
    assert counts(version) == {"养老机构备案": (0, "late"), "养老机构评估": (0, "late")}
    town.published(column=column)
    town.published(matter=rating, now=AT + timedelta(days=1))
    town.published(matter=rating, column=column, now=AT + timedelta(days=2))  # names its own matter
    assert counts(version) == {"养老机构备案": (1, "done"), "养老机构评估": (2, "done")}
    columns.change_column(column=column, given={"matters": [filing, rating]}, by=SYSTEM, now=AT)
    # A column of two matters: which one is meant is not guessed.
    assert counts(version) == {"养老机构备案": (0, "late"), "养老机构评估": (2, "done")}
    total = queries.field_totals()[0]
    assert (total.matters, total.filled, total.empty) == (2, 1, 1)


def test_the_mapping_takes_no_more_queries_for_more_matters(town: World, tmp_path: Path) -> None:
    def count(rows: int) -> int:
        drawn = a_sheet()
        for at in range(7, 5 + rows):
            drawn.cells |= {(at, 2): "组", (at, 3): f"事项{at}", (at, 4): "●要素", (at, 5): "依据"}
        field = bring_in(tmp_path, drawn).field
        with CaptureQueriesContext(connection) as seen:
            assert len(queries.coverage_of_field(field)) == max(rows, 2)
        return len(seen)

    assert count(2) == count(30)


@pytest.mark.feature("A12")
def test_each_unit_has_only_its_own_matters(town: World, tmp_path: Path) -> None:
    drawn = a_sheet()
    drawn.cells[6, 7] = "街道办事处、社区"
    drawn.cells[4, 15], drawn.cells[3, 15], drawn.cells[6, 15] = "村级", "公开层级", "√"
    drawn.merges.remove((3, 13, 3, 14))
    drawn.merges.append((3, 13, 3, 15))
    bring_in(tmp_path, drawn)
    street = Unit.objects.create(code="jd", name="测试街道办事处", short_name="测试街道", kind="street")
    home = Unit.objects.create(
        code="sq", name="第一社区居委会", short_name="第一社区", kind="community", parent=street
    )
    names = {
        unit.short_name: [one.item.name for one in queries.coverage_of_unit(unit)]
        for unit in (town.civil, town.finance, street, home)
    }
    assert names == {
        "区民政局": ["养老机构备案"], "区财政局": [], "测试街道": ["养老机构评估"], "第一社区": ["养老机构评估"],
    }  # fmt: skip
    assert not is_own(subject="区", tiers=[], names=["区民政局"], kind="department")


@pytest.mark.django_db
def test_clerks_see_matters_and_columns_of_their_unit(world: Any, browse: Any, tmp_path: Path) -> None:  # noqa: F811
    bring_in(tmp_path)
    given = {"owner": world.units["civil"], "upkeep": "own", "cycle_days": 30, "tag_type": "专题专栏"}
    columns.open_column(given={**given, "name": "养老服务"}, by=SYSTEM, now=AT)
    client = browse("civil.officer")
    page = client.get("/workbench/upkeep/matters/").content.decode()
    assert "养老机构备案" in page and "没有信息" in page and "养老服务" in page
    assert "养老机构备案" not in browse("finance.officer").get("/workbench/upkeep/matters/").content.decode()
    assert "空白，超期" in client.get("/workbench/upkeep/").content.decode()
    office = browse("office.head").get("/workbench/upkeep/?show=all").content.decode()
    assert "单项否决指标" in office and "养老服务" in office
    for address in ("fields/", "placements/"):
        assert client.get(f"/workbench/upkeep/{address}").status_code == 200


@pytest.mark.feature("A08", "A10", "A13")
def test_public_pages_of_catalogue_and_columns(town: World, tmp_path: Path, settings: Any) -> None:
    settings.TREE_DIR = tmp_path / "tree"
    version = bring_in(tmp_path)
    given = {
        "name": "养老服务", "code": "yanglao", "owner": town.civil, "upkeep": "own", "cycle_days": 30,
        "tag_type": "办事服务", "description": "机构和补贴", "fields": [{"name": "机构名称", "required": True}],
        "matters": list(Matter.objects.all()[:1]),
    }  # fmt: skip
    columns.open_column(given=given, by=SYSTEM, now=AT)
    building.put_right(today=AT.date())

    def page(address: str) -> str:
        return (tmp_path / f"tree{address}").read_text(encoding="utf-8")

    empty = page("/columns/yanglao/index.html")
    assert "目前没有内容" in empty and '<meta name="ColumnName" content="养老服务">' in empty
    assert '<meta name="ColumnType" content="办事服务">' in empty and "机构名称" in empty
    assert "没有信息" in page("/standard/f01/index.html")
    publication = town.published(town.civil, column=Column.objects.get(), title="养老机构备案名录公示")
    follow(publication=publication, now=AT)
    projection.show_publication(publication.pk, today=AT.date())
    projection.show_part("standard", version.field.code, today=AT.date())
    projection.show_part("columns", "index", today=AT.date())
    assert "养老机构备案名录公示" in page("/columns/yanglao/index.html")
    assert publication.path in page("/columns/yanglao/feed.atom")
    assert json.loads(page("/columns/yanglao/feed.json"))["items"][0]["title"] == publication.title
    items = json.loads(page("/standard/f01/items.json"))["items"]
    assert [one["records"] for one in items] == [1, 0] and items[0]["limit"]["n"] == 10
    assert json.loads(page("/columns/columns.json"))["items"][0]["count"] == 1
    assert contents(tmp_path / "tree/standard/f01/v1.xlsx") == contents(tmp_path / "目录.xlsx")
    drawn = a_sheet()
    drawn.cells[6, 5] = "《养老机构等级划分》"
    bring_in(tmp_path, drawn)
    projection.show_part("standard", version.field.code, today=AT.date())
    diff = page("/standard/f01/diff/1-2/index.html")
    assert "<del>《养老机构管理办法》</del>" in diff and "<ins>《养老机构等级划分》</ins>" in diff
    before = (tmp_path / "tree/standard/f01/v1.xlsx").read_bytes()
    projection.show_part("standard", version.field.code, today=AT.date())
    assert (tmp_path / "tree/standard/f01/v1.xlsx").read_bytes() == before


def test_rows_of_a_list_count_for_their_column_and_its_matter(town: World, tmp_path: Path) -> None:
    version, filing = bring_in(tmp_path), Matter.objects.order_by("pk")[0]
    given = {"name": "养老", "owner": town.civil, "upkeep": "own", "cycle_days": 30, "tag_type": "专题专栏"}
    column = columns.open_column(given={**given, "matters": [filing]}, by=SYSTEM, now=AT)
    common = {"unit": town.civil, "code": "homes", "column": column, "at": AT, "changed_at": AT}
    for key, state in (("a", "live"), ("b", "live"), ("c", "draft"), ("d", "hidden")):
        RecordRow._plain.create(
            **common, key=key, state=state, by=town.people["mzj", "officer"], published_at=AT
        )
    line = next(iter(queries.upkeep_of_all(today=AT.date())))
    assert (line.count, line.last) == (2, AT.date()) and counts(version)["养老机构备案"] == (2, "done")
