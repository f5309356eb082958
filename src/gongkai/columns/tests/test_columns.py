"""A column is opened without code, kept by a person, closed; packs come, travel and go."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.columns import actions, queries
from gongkai.columns.models import Column, ColumnPack
from gongkai.columns.rules.definition import Field, shown_fields, typed_fields
from gongkai.columns.rules.owners import Candidate, owner_of
from gongkai.columns.rules.packs import Pack, PackColumn, read_pack, write_pack
from gongkai.documents import actions as drafting
from gongkai.law.refusal import Refused
from gongkai.ledger.tests.test_views import browse  # noqa: F401 -- the fixture
from gongkai.orgs import actions as orgs
from gongkai.orgs.models import Unit
from gongkai.trail.chain import SYSTEM

HOME = "/workbench/columns/"
SLOW_MACHINE = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])


def typed(world: Any, **more: Any) -> dict[str, Any]:
    """What a clerk types."""
    return {
        "name": "四大功能区", "owner": world.units["finance"].pk, "upkeep": "own", "cycle_days": 30,
        "tag_type": "专题专栏", "record_type": "文件", "fields_text": "项目名称*\n进展", **more,
    }  # fmt: skip


def given_for(world: Any, **more: Any) -> dict[str, Any]:
    return {
        "name": "财政资金", "owner": world.units["finance"], "upkeep": "own", "cycle_days": 30,
        "tag_type": "专题专栏", **more,
    }  # fmt: skip


@pytest.mark.feature("A13")
@pytest.mark.django_db
def test_an_officer_opens_a_column_and_a_wrong_one_says_why(world: Any, browse: Any) -> None:  # noqa: F811
    client = browse("finance.officer")
    bad = client.post(f"{HOME}new/", typed(world, cycle_days=""))
    assert bad.status_code == 422 and "没有写周期" in bad.content.decode()
    assert "四大功能区" in bad.content.decode()  # nothing typed is lost
    answer = client.post(f"{HOME}new/", typed(world, person=world.people["finance.officer"].pk))
    assert answer.status_code == 302, answer.content.decode()
    column = Column.objects.get()
    assert column.fields == [
        {"name": "项目名称", "required": True, "note": ""}, {"name": "进展", "required": False, "note": ""},
    ]  # fmt: skip
    assert column.person == world.people["finance.officer"] and column.code
    saved = client.post(answer.url, typed(world, name="功能区"))
    assert saved.status_code == 302 and Column.objects.get().name == "功能区"
    assert browse("civil.officer").get(answer.url).status_code in (403, 404)
    assert client.post(f"{HOME}new/", typed(world, owner=world.units["civil"].pk)).status_code == 422


@pytest.mark.feature("A13")
@pytest.mark.django_db
def test_rings_strangers_and_closed_columns_are_refused(world: Any) -> None:
    by, now = world.actor("finance.officer"), world.now
    top = actions.open_column(given=given_for(world, name="上级"), by=by, now=now)
    low = actions.open_column(given=given_for(world, parent=top), by=by, now=now)
    with pytest.raises(Refused, match="自己或者它的下级"):
        actions.change_column(column=top, given={"parent": low}, by=by, now=now)
    with pytest.raises(Refused, match="在岗的人"):
        actions.change_column(column=top, given={"person": world.people["civil.officer"]}, by=by, now=now)
    with pytest.raises(Refused, match="同一个人"):
        officer = world.people["finance.officer"]
        actions.change_column(column=top, given={"person": officer, "deputy": officer}, by=by, now=now)
    with pytest.raises(Refused, match="下面还有在用的专栏"):
        actions.close_column(column=top, by=by, now=now)
    actions.close_column(column=low, by=by, now=now)
    unit = world.units["finance"]
    with pytest.raises(Refused, match="已经停用"):
        drafting.draft(unit=unit, by=by, now=now, fields={"title": "甲", "column": low})
    with pytest.raises(Refused, match="不收"):
        drafting.draft(
            unit=world.units["civil"],
            by=world.actor("civil.officer"),
            now=now,
            fields={"title": "甲", "column": top},
        )
    assert list(queries.choosable_for(unit)) == [top]
    document = drafting.draft(unit=unit, by=by, now=now, fields={"title": "甲", "column": top})
    assert document.column == top


@pytest.mark.feature("C12")
@pytest.mark.django_db
def test_nobody_leaves_before_his_columns_are_handed_over(world: Any) -> None:
    officer, colleague = world.people["finance.officer"], world.people["finance.officer2"]
    column = actions.open_column(
        given=given_for(world, person=officer, deputy=colleague),
        by=world.actor("finance.officer"),
        now=world.now,
    )
    with pytest.raises(Refused, match="“专栏：财政资金（责任人）”职责还没有移交"):
        orgs.disable_person(person=officer, by=world.actor("system"), now=world.now)
    passed = orgs.hand_over(person=officer, to=colleague, by=world.actor("finance.leader"), now=world.now)
    column.refresh_from_db()
    assert passed == 1 and column.person == colleague and column.deputy is None
    orgs.disable_person(person=officer, by=world.actor("system"), now=world.now)
    officer.refresh_from_db()
    assert officer.is_active is False


@pytest.mark.django_db
def test_the_list_takes_no_more_queries_for_more_columns(world: Any, browse: Any) -> None:  # noqa: F811
    client, by = browse("office.head"), world.actor("office.head")

    def count() -> int:
        client.get(HOME)
        with CaptureQueriesContext(connection) as seen:
            client.get(HOME)
        return len(seen)

    actions.open_column(given=given_for(world), by=by, now=world.now)
    few = count()
    for at in range(29):
        person = world.people["finance.officer"]
        actions.open_column(given=given_for(world, name=f"专栏{at}", person=person), by=by, now=world.now)
    assert count() == few


NAMES = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=12)
FIELD_SETS = st.lists(
    st.builds(Field, name=NAMES, required=st.booleans()), max_size=4, unique_by=lambda one: one.name
)


@st.composite
def packs(draw: Any) -> Pack:
    codes = draw(st.lists(st.from_regex(r"[a-z]{2,8}", fullmatch=True), min_size=1, max_size=5, unique=True))
    codes = [code for code in codes if code not in ("new", "packs", "index", "all")] or ["aa"]
    columns = tuple(
        PackColumn(
            code=code, name=draw(NAMES), owner=draw(st.sampled_from(["财政部门", "民政部门"])),
            parent=draw(st.sampled_from(["", *codes[:at]])), order=draw(st.integers(0, 99)),
            cycle_days=draw(st.integers(1, 400)), fields=tuple(draw(FIELD_SETS)), shared=draw(st.booleans()),
        )
        for at, code in enumerate(codes)
    )  # fmt: skip
    return Pack(draw(st.from_regex(r"[a-z]{2,8}", fullmatch=True)), draw(NAMES), columns, tasks=(11, 12))


@pytest.mark.feature("A27")
@SLOW_MACHINE
@given(packs())
def test_a_pack_survives_its_file(pack: Pack) -> None:
    assert read_pack(write_pack(pack)) == (pack, [])


@pytest.mark.feature("A27")
@SLOW_MACHINE
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.text(), x),
        max_leaves=8,
    )
)
def test_whatever_stands_in_a_file_is_answered_in_words(held: Any) -> None:
    import json

    for text in (json.dumps(held), json.dumps({"format": "gongkai-column-pack", "columns": held}), str(held)):
        pack, problems = read_pack(text)
        assert (pack is None) == bool(problems) and all(problems)


@SLOW_MACHINE
@given(FIELD_SETS)
def test_fields_survive_the_form(fields: list[Field]) -> None:
    assert typed_fields(shown_fields(tuple(fields))) == tuple(fields)


def test_an_owner_that_two_units_could_be_is_left_to_a_person() -> None:
    bureau, center = Candidate(1, ("滨海区财政局",)), Candidate(2, ("滨海区财政局票据中心", "财政局票据中心"))
    assert owner_of("财政部门", [bureau]) == 1
    assert owner_of("财政部门", [bureau, center]) is None
    assert owner_of("滨海区财政局", [bureau, center]) == 1


@pytest.mark.feature("A23")
def test_packs_of_all_domains_ship_with_fields_owners_and_cycles() -> None:
    shipped = queries.shipped()
    assert {one for pack in shipped for one in pack.tasks} >= {11, 12, 14, 19, 21, 22, 24, 26}
    for pack in shipped:
        assert pack.columns and all(one.fields and one.owner and one.cycle_days for one in pack.columns)


@pytest.mark.feature("A23", "A27")
@pytest.mark.django_db
def test_export_on_a_import_on_b_reproduces_columns_fields_cycles(world: Any, tmp_path: Path) -> None:
    finance = world.units["finance"]
    pack = replace(queries.shipped_pack("macro"), tasks=(11,))  # type: ignore[type-var]
    with pytest.raises(Refused, match="不知道“发展改革部门”"):
        actions.install(pack=pack, by=SYSTEM, now=world.now)
    assert not Column.objects.exists()
    chosen = {word: finance for word in pack.owners if word != "财政部门"}
    actions.install(pack=pack, by=SYSTEM, now=world.now, chosen=chosen)
    assert Column.objects.get(code="macro-fees").owner == finance  # 财政部门, found by its name
    child = Column.objects.get(code="macro-policy")
    assert child.parent and child.parent.code == "macro"
    actions.change_column(column=child, given={"cycle_days": 45}, by=SYSTEM, now=world.now)
    out = tmp_path / "包.json"
    call_command("columns", "export", "macro", str(out), stdout=StringIO())
    before = queries.exported("macro")
    call_command("columns", "uninstall", "macro", stdout=StringIO())
    assert not Column.objects.exists() and not ColumnPack.objects.exists()
    # District B calls its units otherwise.
    Unit.objects.filter(pk=finance.pk).update(name="乙区财政局", short_name="乙区财政局")
    owners = [f"--owner={word}=区民政局" for word in pack.owners if word != "财政部门"]
    call_command("columns", "install", str(out), *owners, stdout=StringIO())
    assert queries.exported("macro") == before and Column.objects.get(code="macro-policy").cycle_days == 45


@pytest.mark.feature("A23", "A27")
@pytest.mark.django_db
def test_installing_empties_nothing_and_a_used_pack_is_only_closed(world: Any, browse: Any) -> None:  # noqa: F811
    by, finance = world.actor("finance.officer"), world.units["finance"]
    mine = actions.open_column(given=given_for(world, code="macro", name="我的专栏"), by=by, now=world.now)
    drafting.draft(unit=finance, by=by, now=world.now, fields={"title": "甲", "column": mine})
    client, at = browse("office.head"), f"{HOME}packs/shipped/macro/"
    assert "已有，保持不变" in client.get(at).content.decode()
    words = queries.shipped_pack("macro").owners  # type: ignore[union-attr]
    sent = {f"owner-{place}": finance.pk for place, _ in enumerate(words)}
    assert client.post(at, {}).status_code == 422 and Column.objects.count() == 1
    assert client.post(at, sent).status_code == 302
    mine.refresh_from_db()
    assert (mine.name, mine.pack) == ("我的专栏", "") and Column.objects.count() == 5
    used = Column.objects.get(code="macro-fees")
    drafting.draft(unit=finance, by=by, now=world.now, fields={"title": "乙", "column": used})
    answer = client.post(f"{HOME}packs/macro/uninstall/", follow=True).content.decode()
    assert "“涉企收费目录”专栏里已经有信息，不能卸载" in answer and Column.objects.count() == 5
    client.post(f"{HOME}packs/macro/uninstall/", {"close": "1"})
    assert Column.objects.filter(status="closed").count() == 4 and Column.objects.count() == 5


@pytest.mark.feature("A12")
@pytest.mark.django_db
def test_a_pack_for_each_unit_belongs_to_each(world: Any, browse: Any, tmp_path: Path) -> None:  # noqa: F811
    street = Unit.objects.create(code="jd", name="测试街道办事处", short_name="测试街道", kind="street")
    homes = [
        Unit.objects.create(code=f"sq{n}", name=f"第{n}社区居委会", short_name=f"第{n}社区", kind="community", parent=street)
        for n in (1, 2)
    ]  # fmt: skip
    with pytest.raises(CommandError, match="逐个单位安装"):
        call_command("columns", "install", "three-affairs", stdout=StringIO())
    at = f"{HOME}packs/shipped/three-affairs/"
    client = browse("office.head")
    assert client.post(at, {"units": [home.pk for home in homes]}).status_code == 302
    assert Column.objects.filter(owner__in=homes).count() == 6
    assert Column.objects.get(code="caiwu-sq1").name == "第1社区财务公开"


@pytest.mark.django_db
def test_a_broken_pack_is_told_and_installs_nothing(tmp_path: Path) -> None:
    for body in (
        "{",
        "[]",
        '{"format": "x"}',
        '{"format": "gongkai-column-pack", "code": "a", "name": "b", "columns": [{}]}',
    ):
        path = tmp_path / "坏.json"
        path.write_text(body, encoding="utf-8")
        with pytest.raises(CommandError):
            call_command("columns", "install", str(path), stdout=StringIO())
    assert not Column.objects.exists()
