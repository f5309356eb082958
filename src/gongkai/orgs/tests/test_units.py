"""The register of units: lists, details, institutional change."""

from __future__ import annotations

import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kernel.models import OutboxRow
from gongkai.law.refusal import Refused
from gongkai.orgs import actions, lists, queries
from gongkai.orgs.models import Person, Unit, UnitName
from gongkai.orgs.rules.register import Known, UnitRow, in_order, list_faults
from gongkai.trail.models import TrailRow

BASIS = "区委编委〔2026〕3号"


def change(world: Any, kind: str, **more: Any) -> actions.Change:
    return actions.Change(kind=kind, on=world.today, basis=BASIS, **more)


def enter(world: Any, unit: str, wanted: actions.Change, by: str = "office.head") -> Any:
    return actions.change_unit(unit=world.units[unit], change=wanted, by=world.actor(by), now=world.now)


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {refusal.code for refusal in refused.value.refusals}


def test_renamed_unit_is_found_by_both_names_each_in_its_time(world: Any) -> None:
    enter(
        world,
        "finance",
        change(world, "rename", new_name="测试区财政和国资局", new_short_name="区财政国资局"),
    )
    unit = Unit.objects.get(code="finance")
    before = world.today - timedelta(days=1)
    assert (unit.name, unit.short_name) == ("测试区财政和国资局", "区财政国资局")
    assert queries.name_on(unit, before) == "测试区财政局"
    assert queries.name_on(unit, world.today) == "测试区财政和国资局"
    assert queries.find_unit("区财政局") == unit
    assert queries.find_unit("区财政国资局") == unit
    assert TrailRow.objects.order_by("-seq").first().verb == "orgs.change_unit"
    assert OutboxRow.objects.filter(topic__contains="UnitChanged").exists()


def test_second_renaming_keeps_both_periods(world: Any) -> None:
    first = actions.Change(
        kind="rename", on=world.today - timedelta(days=30), basis=BASIS, new_name="测试区财务局"
    )
    enter(world, "finance", first)
    enter(world, "finance", change(world, "rename", new_name="测试区财经局"))
    unit = world.units["finance"]
    names = {row.name: (row.valid_from, row.valid_to) for row in UnitName.objects.filter(unit=unit)}
    assert names["测试区财政局"] == (None, world.today - timedelta(days=31))
    assert names["测试区财务局"] == (world.today - timedelta(days=30), world.today - timedelta(days=1))
    assert queries.name_on(unit, world.today - timedelta(days=10)) == "测试区财务局"


def test_merged_unit_hands_its_people_and_work_to_the_successor(world: Any) -> None:
    civil = world.units["civil"]
    enter(world, "finance", change(world, "merge", successor=civil))
    unit = Unit.objects.get(code="finance")
    assert not unit.active
    assert queries.successors_of(unit, on=world.today) == [civil]
    officer = Person.objects.get(username="finance.officer")
    assert officer.unit == civil
    # What the old unit left stays in the hands that know it.
    assert {held.unit_id for held in world.actor("finance.officer").held} == {unit.pk}


def test_split_unit_goes_on(world: Any) -> None:
    enter(world, "finance", change(world, "split", successor=world.units["civil"]))
    assert Unit.objects.get(code="finance").active
    assert [one.kind for one in queries.history_of(world.units["civil"])] == ["split"]


@pytest.mark.parametrize(
    ("unit", "kind", "more", "code"),
    [
        ("finance", "abolish", {}, "orgs.people_left"),
        ("office", "abolish", {}, "orgs.needed_unit"),
        ("district", "abolish", {}, "orgs.units_below"),
        ("finance", "merge", {}, "orgs.no_successor"),
        ("finance", "rename", {}, "orgs.no_name"),
        ("finance", "rename", {"new_name": "测试区民政局"}, "orgs.name_taken"),
    ],
)
def test_change_that_makes_no_sense_is_refused(
    world: Any, unit: str, kind: str, more: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        enter(world, unit, change(world, kind, **more))
    assert code in codes(refused)
    assert not TrailRow.objects.exists()


def test_change_without_a_paper_or_before_its_day_is_refused(world: Any) -> None:
    wanted = actions.Change(
        kind="rename", on=world.today + timedelta(days=1), basis=" ", new_name="测试区新局"
    )
    with pytest.raises(Refused) as refused:
        enter(world, "finance", wanted)
    assert codes(refused) == {"orgs.no_basis", "orgs.not_yet"}


def test_only_the_disclosure_office_changes_units(world: Any) -> None:
    with pytest.raises(Refused) as refused:
        enter(world, "finance", change(world, "rename", new_name="测试区新局"), by="finance.leader")
    assert codes(refused) == {"orgs.not_granted"}


def test_unit_keeps_its_own_details_and_nobody_elses(world: Any) -> None:
    officer = world.actor("finance.officer")
    finance = world.units["finance"]
    assert actions.keep_unit(unit=finance, values={"phone": "0000-1"}, by=officer, now=world.now)
    assert not actions.keep_unit(unit=finance, values={"phone": "0000-1"}, by=officer, now=world.now)
    assert TrailRow.objects.filter(verb="orgs.keep_unit").count() == 1
    with pytest.raises(Refused):
        actions.keep_unit(unit=world.units["civil"], values={"phone": "1"}, by=officer, now=world.now)


# -- lists --------------------------------------------------------------------------------------------


def row(code: str, parent: str = "", **more: Any) -> UnitRow:
    values = {"name": f"全称{code}", "short_name": code, "kind": "department"} | more
    return UnitRow(code=code, parent=parent, **values)


@given(st.permutations(["a", "b", "c", "d", "e"]))
def test_a_unit_comes_after_the_one_above_it(order: list[str]) -> None:
    above = {"a": "", "b": "a", "c": "b", "d": "b", "e": "a"}
    placed = [one.code for one in in_order([row(code, above[code]) for code in order])]
    assert sorted(placed) == sorted(order)
    assert all(placed.index(above[code]) < placed.index(code) for code in order if above[code])


@given(st.lists(st.sampled_from("abcd"), min_size=2, max_size=4, unique=True))
def test_a_circle_is_always_found(ring: list[str]) -> None:
    rows = [row(code, ring[at - 1]) for at, code in enumerate(ring)]
    assert sum("圈" in fault for fault in list_faults(rows, Known())) == len(ring)
    assert len(in_order(rows)) == len(ring)


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ([], "没有单位"),
        ([row("a"), row("a", name="另一个")], "出现了 2 次"),
        ([row("a b")], "代码只能用"),
        ([row("a", kind="衙门")], "不认识"),
        ([row("a", parent="x")], "上级代码"),
        ([row("a", area_code="12")], "区划代码"),
        ([row("a", short_name="")], "没有写"),
        ([row("k")], "机构变动"),
        ([row("a", name="已有")], "代码不同"),
        ([row("a", kind="district"), row("b", kind="district")], "只能有一个"),
    ],
)
def test_faulty_list_is_told_in_words(rows: list[UnitRow], word: str) -> None:
    found = list_faults(rows, Known({"k": "已有"}))
    assert any(word in fault for fault in found)


def run(*words: str) -> str:
    out = StringIO()
    call_command("units", *words, stdout=out)
    return out.getvalue()


def test_reference_list_of_shinan(db: None) -> None:
    rows = lists.reference("shinan")
    kinds = [one.kind for one in rows]
    assert (kinds.count("street"), kinds.count("community")) == (11, 50)
    assert not any(one.confirmed for one in rows)
    assert json.loads(run("import", "--reference", "shinan", "--json"))["new"] == len(rows)
    assert Unit.objects.get(area_code="370202001012").short_name == "五四广场社区"
    assert queries.find_unit("区教育体育局").name == "青岛市市南区教育和体育局"
    assert json.loads(run("import", "--reference", "shinan", "--json"))["new"] == 0
    assert TrailRow.objects.filter(verb="orgs.import_units").count() == 1
    listed = json.loads(run("list", "--json"))["units"]
    assert len(listed) == len(rows)


@pytest.mark.parametrize("coding", ["utf-8-sig", "gb18030"])
def test_csv_of_a_spreadsheet(db: None, tmp_path: Path, coding: str) -> None:
    file = tmp_path / "单位.csv"
    text = "代码,全称,简称,类别,上级代码,别称\nqu,测区人民政府,测区政府,区政府,,\nmz,测区民政局,区民政局,区政府部门,qu,民政、民局\n"
    file.write_text(text, encoding=coding)
    assert "没有写入" in run("import", str(file), "--dry-run")
    assert not Unit.objects.exists()
    run("import", str(file))
    assert Unit.objects.get(code="mz").parent.code == "qu"
    assert UnitName.objects.filter(unit__code="mz").count() == 2


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.csv", b"", "缺少列"),
        ("a.csv", b"\x00\x01\x02", "不是文本"),
        ("a.json", b"[", "不是完整的 json"),
        ("a.json", b"{}", "没有 units"),
        ("a.json", b"[]", "没有单位"),
    ],
)
def test_bad_file_is_refused_whole(db: None, tmp_path: Path, name: str, content: bytes, word: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(CommandError, match=word):
        run("import", str(file))
    assert not Unit.objects.exists() and not TrailRow.objects.exists()


def test_second_district_is_refused(world: Any) -> None:
    with pytest.raises(CommandError, match="一个系统只服务一个区"):
        run("import", "--reference", "shinan")
    assert Unit.objects.count() == len(world.units)
    assert date(2020, 1, 1) < world.today
