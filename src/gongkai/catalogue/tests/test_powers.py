"""权责清单 and 机构职能: a change is a new edition, the old one opens by date (A02); a unit's gaps are listed (A01)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.catalogue import actions, queries
from gongkai.catalogue.models import FunctionsEdition, PowerEdition
from gongkai.catalogue.rules.powers import Power, days_of_change, read_powers
from gongkai.kernel.text.sheetcells import SheetCell, SheetGrid
from gongkai.law.refusal import Refused
from gongkai.ledger.tests.test_views import browse  # noqa: F401 -- the fixture
from gongkai.orgs.actions import keep_unit
from gongkai.orgs.models import Unit
from gongkai.portal import building
from gongkai.trail.chain import SYSTEM

HEAD = "事项编码,事项名称,事项类型,设定依据,职责内容"


@pytest.mark.feature("A02")
@pytest.mark.law("条例20")
@pytest.mark.django_db
def test_an_edited_item_is_a_new_edition_and_the_old_one_opens_by_date(
    world: Any,
    browse: Any,  # noqa: F811
    settings: Any,
    tmp_path: Path,
) -> None:
    settings.TREE_DIR = tmp_path / "tree"
    unit = world.units["finance"]
    home, client = f"/workbench/catalogue/powers/{unit.pk}/", browse("finance.officer")
    body = "\r\n".join((HEAD, "01,政府采购监督,行政监督,采购法,受理投诉", "02,=票据管理,其他,,")).encode(
        "gbk"
    )
    answer = client.post(home, {"file": SimpleUploadedFile("清单.csv", body)})
    assert "读到 2 项" in client.get(answer.url).content.decode() and not PowerEdition.objects.exists()
    assert client.post(answer.url, {"on": "2025-01-01"}).status_code == 302
    page = client.get(f"{home}item/?code=01")
    assert page.context["form"].initial["content"] == "受理投诉"
    sent = {"code": "01", "name": "政府采购监督", "content": "受理投诉，公告处理决定", "on": "2026-06-01"}
    assert client.post(f"{home}item/?code=01", sent).status_code == 302
    early, late = queries.powers_on(unit, date(2026, 5, 31)), queries.powers_on(unit, date(2026, 6, 1))
    assert [one.content for one in early] == ["受理投诉", ""] and late[0].content == "受理投诉，公告处理决定"
    back_dated = client.post(f"{home}item/?code=01", {**sent, "content": "倒填", "on": "2025-02-01"})
    assert back_dated.status_code == 422 and "不能倒填" in back_dated.content.decode()
    assert browse("civil.officer").get(home).status_code in (403, 404)
    building.put_right(today=world.today)
    root = tmp_path / "tree/units/finance/powers"
    assert "公告处理决定" in (root / "index.html").read_text(encoding="utf-8")
    old = (root / "2025-01-01/index.html").read_text(encoding="utf-8")
    assert "公告处理决定" not in old and "受理投诉" in old and "这是 2025-01-01 起的内容" in old
    assert "权责清单" in (tmp_path / "tree/units/finance/index.html").read_text(encoding="utf-8")


@pytest.mark.feature("A02")
@pytest.mark.django_db
def test_an_import_ends_what_is_gone_and_the_same_again_changes_nothing(world: Any) -> None:
    unit, one, two = world.units["finance"], Power("01", "甲"), Power("02", "乙")

    def take(powers: list[Power], on: date) -> tuple[int, int, int]:
        done = actions.import_powers(unit=unit, powers=powers, faults=[], on=on, by=SYSTEM, now=world.now)
        return done.new, done.changed, done.gone

    assert take([one, two], date(2025, 1, 1)) == (2, 0, 0)
    assert take([one, two], date(2025, 2, 1)) == (0, 0, 0)
    assert take([Power("01", "甲甲")], date(2026, 1, 1)) == (0, 1, 1)
    assert [held.name for held in queries.powers_on(unit, date(2025, 12, 31))] == ["甲", "乙"]
    assert [held.name for held in queries.powers_on(unit, date(2026, 1, 1))] == ["甲甲"]
    assert queries.days_of_powers(unit) == [date(2026, 1, 1), date(2025, 1, 1)]
    with pytest.raises(Refused, match="没有为区财政局维护"):
        actions.import_powers(
            unit=unit,
            powers=[one],
            faults=[],
            on=date(2026, 2, 1),
            by=world.actor("civil.officer"),
            now=world.now,
        )


@pytest.mark.feature("A02")
@pytest.mark.django_db
def test_former_functions_of_a_unit_are_kept(world: Any, django_capture_on_commit_callbacks: Any) -> None:
    unit, by = world.units["finance"], world.actor("finance.officer")
    for text in ("编制预算", "编制预算", "编制预算和决算"):
        with django_capture_on_commit_callbacks(execute=True):
            keep_unit(unit=Unit.objects.get(pk=unit.pk), by=by, now=world.now, values={"functions": text})
    assert [one.text for one in FunctionsEdition.objects.filter(unit=unit)] == ["编制预算和决算"]
    FunctionsEdition.objects.update(valid_from=date(2025, 1, 1), text="编制预算")
    with django_capture_on_commit_callbacks(execute=True):
        keep_unit(
            unit=Unit.objects.get(pk=unit.pk), by=by, now=world.now, values={"functions": "编制预算、决算"}
        )
    held = queries.functions_on(unit, date(2025, 6, 1))
    assert held is not None and held.text == "编制预算" and len(queries.functions_of(unit)) == 2


@pytest.mark.feature("A01")
@pytest.mark.django_db
def test_a_missing_fact_stands_on_the_gap_list_of_its_unit(world: Any, browse: Any) -> None:  # noqa: F811
    unit, client = world.units["finance"], browse("office.head")
    told = {"functions": "编制预算", "leader": "某某", "address": "某路1号", "hours": "9—17时", "phone": "1"}
    Unit.objects.filter(pk=unit.pk).update(**{**told, "hours": ""})
    assert "办公时间（条例第二十条第二项）" in client.get(f"/workbench/units/{unit.pk}/").content.decode()
    assert "测试区财政局" in client.get("/workbench/units/?gaps=1").content.decode()
    Unit.objects.filter(pk=unit.pk).update(hours="9—17时")
    assert "条例第二十条第二项" not in client.get(f"/workbench/units/{unit.pk}/").content.decode()
    assert "测试区财政局" not in client.get("/workbench/units/?gaps=1").content.decode()


DAYS = st.dates(date(2020, 1, 1), date(2026, 1, 1))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(DAYS, st.none() | DAYS).filter(lambda one: one[1] is None or one[1] >= one[0]), max_size=6
    ),
    DAYS,
)
def test_between_two_days_of_change_the_list_reads_the_same(
    spans: list[tuple[date, date | None]], day: date
) -> None:
    def held(on: date) -> list[int]:
        return [at for at, (begin, end) in enumerate(spans) if begin <= on and (end is None or on <= end)]

    changed = [one for one in days_of_change(spans) if one <= day]
    assert held(day) == (held(changed[0]) if changed else [])


def test_a_sheet_is_read_row_by_row() -> None:
    def grid(*rows: tuple[str, ...]) -> SheetGrid:
        return SheetGrid("表", False, {
            at: {column: SheetCell(text) for column, text in enumerate(row, 1) if text} for at, row in enumerate(rows, 1)
        })  # fmt: skip

    powers, faults = read_powers(
        [grid(("权责清单",), ("事项名称", "事项编码"), ("甲", "1"), ("乙", ""), ("丙", "1"))]
    )
    assert [one.name for one in powers] == ["甲"] and [one.row for one in faults] == [4, 5]
    assert read_powers([grid(("名称",))])[1][0].where == "表头"
