"""Rows at the gate: found by row and column, mended or answered for, never let out otherwise."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.gate.rules import personal
from gongkai.law.refusal import Refused
from gongkai.ledger.tests.test_views import browse  # noqa: F401 -- the fixture
from gongkai.orgs.models import Unit
from gongkai.records import actions, queries, states
from gongkai.records.models import RecordRow, RowJustification
from gongkai.records.rules import standing
from gongkai.records.tests.test_records import add, fresh, kind, let_out, values_of
from gongkai.records.tests.test_views import AT, a_sheet, rows, send
from gongkai.trail.models import TrailRow

pytestmark = [pytest.mark.django_db, pytest.mark.feature("A11")]
MOBILE, HIDDEN = "13905321234", "139****1234"
WHY = "公开的是经营者登记的联系电话"


def test_the_rules_are_called_as_the_gate_calls_them() -> None:
    assert {standing.MOBILE, standing.HOME, standing.NAMES} < set(personal.RULES)


def said() -> Any:
    return RowJustification.objects.unscoped("test")


def found(code: str, **given: str) -> list[tuple[str, str, bool]]:
    return [
        (one.field.name, one.finding.rule, one.blocks)
        for one in queries.findings_in(kind(code), [(2, values_of(code, **given))])
    ]


def test_what_readers_would_see_is_read_and_what_the_schema_lets_stand_is_no_hit() -> None:
    assert found("vacancies", contact=MOBILE) == [("contact", "personal.mobile", True)]
    assert found("enforcement", result=f"已告知，电话{MOBILE}") == [("result", "personal.mobile", True)]
    assert found("enforcement", party_id="11010519491231002X") == []
    assert found("subsidies", phone=MOBILE, bank_card="6222021234567890128") == []
    assert found("subsidies", community="账号6222021234567890128") == [
        ("community", "personal.bank_card", True)
    ]
    assert found("aid", phone=MOBILE) == found("schools", phone=MOBILE) == []
    assert found("aid", place=f"望潮路1号，电话{MOBILE}") == [("place", "personal.mobile", False)]
    assert found("legal-services", address="望潮花园3号楼2单元501室") == []
    assert found("traces", home="望潮花园3号楼2单元501室")[0][1:] == ("personal.address", True)


def test_the_own_numbers_of_the_units_are_no_hits(world: Any) -> None:
    assert found("vacancies", contact=MOBILE)
    Unit.objects.filter(pk=world.units["finance"].pk).update(phone=f"0532-88880000、{MOBILE}")
    assert found("vacancies", contact=MOBILE) == []


def test_a_column_of_names_is_a_list_of_people_where_the_schema_does_not_say_so() -> None:
    names = ("张伟", "王芳", "李娜", "刘洋", "陈静", "杨帆")
    k = kind("aid")
    lines = [(at, values_of("aid", name=name)) for at, name in enumerate(names, 2)]
    listed = queries.findings_in(k, lines)
    assert {one.finding.rule for one in listed} == {"personal.name_list"} and listed[0].blocks
    assert [one.row for one in listed] == [2, 3, 4, 5, 6, 7]
    assert all("*" in one.finding.text for one in listed)
    subsidies = [(at, values_of("subsidies", name=name)) for at, name in enumerate(names, 2)]
    assert queries.findings_in(kind("subsidies"), subsidies) == []


def test_a_sheet_is_told_by_row_and_column_and_written_only_with_a_reason(world: Any, browse: Any) -> None:  # noqa: F811
    client = browse("finance.officer")
    lines = [{"number": f"岗{n}"} for n in range(1, 4)]
    lines[1]["contact"] = MOBILE
    url, shown = send(client, world, "vacancies", a_sheet("vacancies", *lines))
    assert HIDDEN in shown and 'data-l="文件第几行">3<' in shown
    assert "条例第十五条" in shown and "联系方式" in shown and "只写入没有问题的行" in shown
    answer = client.post(url, {"all": "1"})
    assert answer.status_code == 422 and "第 3 行" in answer.content.decode() and not rows().exists()
    assert client.post(url, {"all": "1", "explained": WHY}).status_code == 302
    assert rows().count() == 3 and said().get().row.values["contact"] == MOBILE
    trail = TrailRow.objects.filter(verb="records.import").latest("pk")
    assert MOBILE not in str(trail.facts) + trail.note and trail.note == WHY
    let_out(world, "vacancies", *rows())
    assert rows().filter(state=states.LIVE).count() == 3


def test_the_rows_without_a_finding_come_in_alone(world: Any, browse: Any) -> None:  # noqa: F811
    client = browse("finance.officer")
    lines = [{"number": "岗1"}, {"number": "岗2", "contact": MOBILE}]
    url, _ = send(client, world, "vacancies", a_sheet("vacancies", *lines))
    assert client.post(url, {"only": "1"}).status_code == 302
    assert rows().get().values["number"] == "岗1" and not said().exists()


def test_the_form_says_it_at_the_field_keeps_what_was_typed_and_takes_a_reason(
    world: Any,
    browse: Any,  # noqa: F811
) -> None:
    client = browse("finance.officer")
    given = {f"f_{name}": value for name, value in values_of("vacancies", contact=MOBILE).items()}
    given["unit"] = world.units["finance"].pk
    assert "为什么可以公开" not in client.get(f"{AT}vacancies/add/").content.decode()
    answer = client.post(f"{AT}vacancies/add/", given)
    shown = answer.content.decode()
    assert answer.status_code == 422 and HIDDEN in shown and "为什么可以公开" in shown and MOBILE in shown
    assert client.post(f"{AT}vacancies/add/", {**given, "explained": "可"}).status_code == 422
    assert client.post(f"{AT}vacancies/add/", {**given, "explained": WHY}).status_code == 302
    row = rows().get()
    page = client.get(f"{AT}row/{row.pk}/").content.decode()
    assert WHY in page and "已说明" in page
    # The same text again needs no new reason, another number does.
    assert client.post(f"{AT}row/{row.pk}/edit/", {**given, "f_post": "库管"}).status_code == 302
    assert client.post(f"{AT}row/{row.pk}/edit/", {**given, "f_contact": "13800001234"}).status_code == 422
    assert client.post(f"{AT}row/{row.pk}/edit/", {**given, "f_contact": "0000-88880123"}).status_code == 302
    assert queries.row_findings(kind("vacancies"), [fresh(row)]) == []


def unread(world: Any, number: str, **given: str) -> RecordRow:
    """A row from before the gate read rows."""
    row = add(world, "vacancies", number=number)
    row.values = {**row.values, "contact": MOBILE, **given}
    row.save()
    return row


def test_nothing_found_goes_to_review_or_out_without_mend_or_reason(world: Any, browse: Any) -> None:  # noqa: F811
    row = unread(world, "岗1")
    officer, leader = world.actor("finance.officer"), world.actor("finance.leader")
    with pytest.raises(Refused, match="联系方式"):
        actions.submit(kind=kind("vacancies"), ids=[row.pk], by=officer, now=world.now)
    rows().filter(pk=row.pk).update(state=states.WAITING)
    with pytest.raises(Refused, match="公开前检查") as refused:
        actions.publish(kind=kind("vacancies"), ids=[row.pk], by=leader, now=world.now)
    assert MOBILE not in str(refused.value) and "条例第十五条" in refused.value.refusals[0].basis
    client = browse("finance.officer")
    page = client.get(f"{AT}vacancies/gate/?state=waiting").content.decode()
    assert "“联系方式”列" in page and HIDDEN in page and MOBILE not in page
    group = {"field": "contact", "rule": "personal.mobile", "state": "waiting"}
    client.post(f"{AT}vacancies/gate/", {**group, "reason": "可"})
    assert not said().exists()
    assert client.post(f"{AT}vacancies/gate/", {**group, "reason": WHY}).status_code == 302
    assert WHY in client.get(f"{AT}vacancies/gate/").content.decode()
    assert browse("civil.officer").get(f"{AT}vacancies/gate/").content.decode().count(WHY) == 0
    actions.publish(kind=kind("vacancies"), ids=[row.pk], by=leader, now=world.now)
    assert fresh(row).state == states.LIVE


def test_a_change_of_a_public_row_is_read_before_it_replaces_it(world: Any) -> None:
    row = add(world, "vacancies", number="岗1")
    let_out(world, "vacancies", row)
    rows().filter(pk=row.pk).update(
        proposed={**row.values, "contact": MOBILE}, proposed_by=world.people["finance.officer"]
    )
    with pytest.raises(Refused, match="联系方式"):
        actions.publish(kind=kind("vacancies"), ids=[row.pk], by=world.actor("finance.leader"), now=world.now)


def test_twenty_of_one_kind_take_the_word_of_two_people_also_one_by_one(world: Any) -> None:
    many = [unread(world, f"岗{n}") for n in range(20)]
    k, ids = kind("vacancies"), [row.pk for row in many]
    officer, leader = world.actor("finance.officer"), world.actor("finance.leader")
    group: dict[str, Any] = {
        "kind": k,
        "ids": ids,
        "field": "contact",
        "rule": "personal.mobile",
        "now": world.now,
    }
    assert actions.explain(**group, reason=WHY, by=officer) == 20
    with pytest.raises(Refused, match="另一个人"):
        actions.explain(**group, reason=WHY, by=officer)
    with pytest.raises(Refused, match="联系方式"):
        actions.submit(kind=k, ids=ids[:1], by=officer, now=world.now)
    assert actions.explain(**group, reason="核对过，确系单位用", by=leader) == 20
    assert actions.submit(kind=k, ids=ids, by=officer, now=world.now) == 20
    actions.take_back(kind=k, ids=ids, by=officer, now=world.now)
    actions.discard(kind=k, ids=ids, by=officer, now=world.now)
    assert not said().exists()


def test_the_gate_page_asks_the_same_for_one_row_and_for_thirty(world: Any, browse: Any) -> None:  # noqa: F811
    client = browse("finance.officer")
    unread(world, "岗0")
    client.get(f"{AT}vacancies/gate/")

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{AT}vacancies/gate/").status_code == 200
        return len(asked)

    before = count()
    for at in range(1, 30):
        unread(world, f"岗{at}")
    assert count() == before
