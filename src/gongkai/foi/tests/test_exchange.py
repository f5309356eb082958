"""Exchange with the platform above: each case once, nothing guessed, differences by case."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from gongkai.foi import states
from gongkai.foi.actions.exchanging import export_package, import_package
from gongkai.foi.models import Applicant, Case
from gongkai.foi.queries import exchange
from gongkai.foi.rules.exchange import FORMAT, packed, read_package
from gongkai.foi.sealed_zip import sm3
from gongkai.law.refusal import Refused

pytestmark = [pytest.mark.feature("D17")]
PERSON = {
    "kind": "person",
    "name": "申请人乙",
    "document": "id_card",
    "document_number": "11010519491231002X",
}
CASE = {
    "number": "SJ-2026-001",
    "unit": "测试区财政局",
    "channel": "registered_mail",
    "title": "补贴明细",
    "content": "2025年补贴明细",
    "submitted_on": "2026-10-09",
    "applicant": PERSON,
}


def packet(*cases: dict, platform: str = "市平台", **more: Any) -> bytes:
    listed = list(cases)
    made = {"format": FORMAT, "platform": platform, "cases": listed, "sm3": sm3(packed(listed))} | more
    return json.dumps(made, ensure_ascii=False).encode()


@pytest.mark.django_db
def test_the_same_package_twice_changes_nothing(world: Any) -> None:
    office = world.actor("office.head")
    done, _ = import_package(content=packet(CASE), by=office, now=world.now)
    case = Case.objects.unscoped("test").get()
    assert done == 1 and (case.origin, case.origin_number) == ("市平台", "SJ-2026-001")
    assert (case.received_on, case.state) == (date(2026, 10, 9), states.REGISTERED) and case.due_on
    done, plan = import_package(content=packet(CASE | {"title": "改了标题"}), by=office, now=world.now)
    assert done == 0 and len(plan.known) == 1
    assert Case.objects.unscoped("test").get().title == "补贴明细"
    assert Applicant.objects.unscoped("test").get().opened("document") == PERSON["document_number"]


@pytest.mark.django_db
def test_a_web_request_from_there_waits_for_confirmation(world: Any) -> None:
    import_package(content=packet(CASE | {"channel": "web"}), by=world.actor("office.head"), now=world.now)
    assert Case.objects.unscoped("test").get().state == states.ARRIVED


@pytest.mark.django_db
def test_rows_that_are_not_understood_stop_all_or_are_left_out(world: Any) -> None:
    bad = CASE | {"number": "SJ-2", "unit": "测试区财正局"}
    office = world.actor("office.head")
    with pytest.raises(Refused, match="什么都没有写入"):
        import_package(content=packet(CASE, bad), by=office, now=world.now)
    assert not Case.objects.unscoped("test").exists()
    done, plan = import_package(content=packet(CASE, bad), by=office, now=world.now, only_understood=True)
    assert done == 1 and plan.faults[0][0] == 2 and "财政局" in plan.faults[0][1]


@pytest.mark.django_db
def test_a_receipt_in_the_future_is_refused_by_row(world: Any) -> None:
    with pytest.raises(Refused, match="第 1 件"):
        import_package(
            content=packet(CASE | {"submitted_on": "2027-01-05"}),
            by=world.actor("office.head"),
            now=world.now,
        )


@pytest.mark.django_db
def test_only_the_district_office_exchanges(world: Any) -> None:
    with pytest.raises(Refused, match="由区政务公开主管部门办理"):
        import_package(content=packet(CASE), by=world.actor("finance.officer"), now=world.now)
    with pytest.raises(Refused):
        export_package(year=2026, platform="市平台", by=world.actor("finance.leader"), now=world.now)


@pytest.mark.django_db
def test_what_goes_out_agrees_with_itself_and_a_difference_is_named(world: Any) -> None:
    office = world.actor("office.head")
    import_package(content=packet(CASE), by=office, now=world.now)
    ours = export_package(year=2026, platform="市平台", by=office, now=world.now)
    plan = exchange.plan_of(ours)
    assert (len(plan.known), plan.differences, plan.faults, plan.missing_there) == (1, (), (), ())
    rows = json.loads(ours)["cases"]
    rows[0]["due_on"] = "2026-12-01"
    number, differences = exchange.plan_of(packet(*rows)).differences[0]
    assert number == Case.objects.unscoped("test").get().number and "答复期限" in differences[0]
    assert exchange.plan_of(packet()).missing_there == (number,)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe nothing", "不是交换文件"),
        (b"[]", "不是交换文件"),
        (packet(CASE, format="x/9"), "格式不对"),
        (packet(CASE, sm3="0" * 64), "摘要不符"),
    ],
)
def test_a_package_that_is_none_is_told_as_a_whole(content: bytes, says: str) -> None:
    read = read_package(content, digest_of=sm3)
    assert read.rows == () and read.faults[0][0] == 0 and says in read.faults[0][1]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"number": ""}, "没有编号"),
        ({"channel": "鸽子"}, "不认识"),
        ({"submitted_on": "昨天"}, "日期"),
        ({"submitted_on": None}, "没有提交日"),
        ({"applicant": None}, "没有申请人"),
        ({"applicant": PERSON | {"kind": "x"}}, "申请人类别"),
        ({"result": "r99"}, "不是表三的行"),
        ({"title": "长" * 300}, "超过"),
    ],
)
def test_each_fault_is_named_at_its_row(change: dict, says: str) -> None:
    read = read_package(packet(CASE | change), digest_of=sm3)
    assert read.rows == () and read.faults and all(place == 1 for place, _ in read.faults)
    assert any(says in text for _, text in read.faults)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*CASE, "x"]), inner, max_size=4)
        ),
        max_leaves=8,
    )
)
def test_no_row_makes_the_reader_fall(one: Any) -> None:
    read = read_package(packet(one), digest_of=sm3)
    assert len(read.rows) + bool(read.faults) >= 1


@pytest.mark.django_db
def test_the_page_shows_then_stores(world: Any, client: Client) -> None:
    from gongkai.orgs.accounts import PROVEN

    client.force_login(
        world.people["office.head"], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    session = client.session
    session[PROVEN] = str(world.people["office.head"].pk)
    session.save()

    def sent(**more: Any) -> Any:
        return client.post(reverse("foi:exchange"), {"file": io.BytesIO(packet(CASE))} | more)

    assert "SJ-2026-001" in sent().content.decode() and not Case.objects.unscoped("test").exists()
    assert "新登记 1 件" in sent(store="1").content.decode()
    out = client.post(reverse("foi:exchange-export"), {"year": "2026", "platform": "市平台"})
    assert json.loads(b"".join(out.streaming_content))["cases"][0]["number"] == "SJ-2026-001"


@pytest.mark.django_db
def test_commands_import_reconcile_and_do_not_overwrite(world: Any, tmp_path: Path) -> None:
    given_, out = tmp_path / "in.json", tmp_path / "out.json"
    given_.write_bytes(packet(CASE))
    said = io.StringIO()
    call_command("requests", "import", str(given_), stdout=said)
    call_command("requests", "reconcile", str(given_), stdout=said)
    call_command("requests", "export", "--year", "2026", "--platform", "市平台", str(out), stdout=said)
    assert "新登记 1 件" in said.getvalue() and "不一致 1 件" in said.getvalue()
    assert out.stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="没有覆盖"):
        call_command("requests", "export", "--year", "2026", "--platform", "市平台", str(out))
