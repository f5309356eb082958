"""Requests come in: the day of receipt by every way, who typed it, once however often, without names in the trail."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.foi.actions.channels import change_channels
from gongkai.foi.actions.intake import confirm, note_unreachable, register, submit, why_not_confirm
from gongkai.foi.actions.opening import Asked, Asking
from gongkai.foi.models import Applicant, Case, CaseEvent, UnitChannels
from gongkai.foi.queries.channels import channels_of
from gongkai.foi.queries.codes import case_by_code, code_digest, code_of, identity_digest
from gongkai.foi.rules.receipt import NEEDS_CONFIRMATION, Arrival, Channel
from gongkai.foi.tests.cases import CARD, at
from gongkai.foi.tests.test_letter_numbers import many_connections  # noqa: F401 -- a fixture
from gongkai.law.refusal import Refused
from gongkai.messaging.models import Message
from gongkai.orgs.models import RoleHolding
from gongkai.orgs.roles import Role
from gongkai.trail.models import TrailRow

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 14)
ASKING = Asking(
    kind="person",
    name="诸葛金丝雀",
    document="id_card",
    document_number=CARD,
    document_masked="110***********002X",
    phone="13800001234",
    email="canary@example.com",
    address="滨海区金丝雀路1号",
)
ASKED = Asked(title="道路改造的中标结果", content="2025年道路改造工程的中标结果和合同")


def counter_person(world: Any) -> Any:
    """Somebody at the counter of the district, of no unit that answers."""
    person = world.people["assessor"]
    RoleHolding.objects.create(
        person=person, role=Role.COUNTER, unit=world.units["office"], valid_from=date(2020, 1, 1)
    )
    return world.actor("assessor")


def sent_in(world: Any, *, key: str = "k" * 43, **more: Any) -> Case:
    finance = world.units["finance"]
    given = {"asking": ASKING, "asked": ASKED, "now": world.now} | more
    return submit(unit=finance, agency=finance, submit_key=key, **given)


def taken_down(world: Any, arrival: Arrival, *, key: str = "k" * 43, **more: Any) -> Case:
    given = {"by": world.actor("finance.officer"), "now": world.now, "asking": ASKING, "asked": ASKED} | more
    return register(unit=world.units["finance"], arrival=arrival, submit_key=key, **given)


@pytest.mark.feature("D01")
@pytest.mark.law("条例31")
@pytest.mark.parametrize("channel", [Channel.COUNTER, Channel.REGISTERED_MAIL, Channel.ORAL])
def test_these_ways_start_the_clock_with_the_day_of_arrival(world: Any, channel: Channel) -> None:
    case = taken_down(world, Arrival(channel, DAY - timedelta(days=1)))
    assert (case.state, case.received_on, case.arrived_on) == (
        "registered",
        date(2026, 10, 13),
        date(2026, 10, 13),
    )
    assert case.due_on == date(2026, 11, 10) and "条例第三十一条" in case.received_why
    assert case.registered_by_id == world.people["finance.officer"].pk


@pytest.mark.feature("D01")
@pytest.mark.law("条例31")
@pytest.mark.parametrize("channel", [Channel.PLAIN_MAIL, Channel.FAX])
def test_these_ways_wait_until_the_applicant_confirmed(world: Any, channel: Channel) -> None:
    case = taken_down(world, Arrival(channel, DAY))
    assert (case.state, case.received_on, case.due_on) == ("arrived", None, None)
    case = confirm(
        case=case, on=DAY + timedelta(days=1), by=world.actor("finance.officer"), now=at(DAY, 30), how="电话"
    )
    assert (case.state, case.received_on, case.due_on) == (
        "registered",
        date(2026, 10, 15),
        date(2026, 11, 12),
    )


@pytest.mark.feature("D01")
@pytest.mark.law("条例31")
def test_a_request_of_the_web_waits_and_its_officers_hear_on_the_same_day(world: Any) -> None:
    case = sent_in(world)
    assert (case.state, case.channel, case.registered_by_id) == ("arrived", "web", None)
    told = Message.objects.unscoped("test")
    assert {row.person.username for row in told} == {"finance.officer", "finance.officer2"}
    assert {(row.due, row.urgent) for row in told} == {(DAY, True)}
    assert "金丝雀" not in "".join(row.subject + row.text for row in told)
    case = confirm(case=case, on=DAY, by=world.actor("finance.officer"), now=world.now)
    assert case.received_on == DAY and case.due_on == date(2026, 11, 11)


@pytest.mark.law("条例31")
def test_the_counter_confirms_for_every_unit_and_other_units_do_not(world: Any) -> None:
    case = sent_in(world)
    assert why_not_confirm(case=case, on=DAY, by=world.actor("civil.officer"), now=world.now)
    assert not why_not_confirm(case=case, on=DAY, by=counter_person(world), now=world.now)


@pytest.mark.law("条例31")
def test_who_could_not_be_reached_counts_from_restored_contact(world: Any) -> None:
    officer, case = world.actor("finance.officer"), sent_in(world)
    with pytest.raises(Refused, match="怎样联系"):
        note_unreachable(case=case, how=" ", by=officer, now=world.now)
    case = note_unreachable(case=case, how="9:30 电话无人接听", by=officer, now=world.now)
    assert case.state == "arrived"
    case = confirm(case=case, on=date(2026, 10, 20), by=officer, now=at(date(2026, 10, 20)))
    assert case.received_on == date(2026, 10, 20) and "恢复联系" in case.received_why


@pytest.mark.law("条例31")
def test_what_another_office_had_first_counts_from_the_disclosure_office(world: Any) -> None:
    arrival = Arrival(
        Channel.REGISTERED_MAIL, date(2026, 10, 9), other_office=True, reached_office_on=date(2026, 10, 13)
    )
    case = taken_down(world, arrival)
    assert case.received_on == date(2026, 10, 13) and "207号" in case.received_why
    fax = Arrival(Channel.FAX, date(2026, 10, 9), other_office=True, reached_office_on=date(2026, 10, 13))
    waiting = taken_down(world, fax, key="f" * 43)
    waiting = confirm(case=waiting, on=date(2026, 10, 12), by=world.actor("finance.officer"), now=world.now)
    assert waiting.received_on == date(2026, 10, 13)


@pytest.mark.feature("D01")
@pytest.mark.parametrize("channel", [one for one in Channel if one not in (Channel.WEB, Channel.EMAIL)])
def test_a_day_in_the_future_is_refused_and_nothing_is_stored(world: Any, channel: Channel) -> None:
    with pytest.raises(Refused, match="晚于今天"):
        taken_down(world, Arrival(channel, DAY + timedelta(days=1)))
    assert not Case.objects.unscoped("test").exists() and not Applicant.objects.unscoped("test").exists()
    case = sent_in(world)
    with pytest.raises(Refused, match="晚于今天"):
        confirm(case=case, on=DAY + timedelta(days=1), by=world.actor("finance.officer"), now=world.now)


@pytest.mark.feature("D05")
def test_a_day_beyond_the_calendar_gives_a_provisional_date(world: Any) -> None:
    late = date(2027, 3, 5)
    case = taken_down(world, Arrival(Channel.COUNTER, late), now=at(late))
    assert case.received_on == late and case.due_on and case.due_provisional


@pytest.mark.feature("D01")
@pytest.mark.law("条例30")
def test_an_agent_without_authorisation_is_registered(world: Any) -> None:
    agent = Asking(kind="person", name="甲", document="id_card", document_number=CARD, agent_name="乙")
    case = sent_in(world, asking=agent)
    assert case.state == "arrived" and not case.applicant.agent_authorised and case.applicant.agent_name


@pytest.mark.feature("D01")
def test_a_closed_way_is_refused_with_the_open_ones(world: Any) -> None:
    with pytest.raises(Refused, match="没有开通“电子邮件”"):
        taken_down(world, Arrival(Channel.EMAIL, DAY))
    row = channels_of(world.units["finance"])
    given = {"channels": [*row.channels, "email"], "email": "gk@example.com", "fax": "0532-1"}
    change_channels(
        unit=world.units["finance"], by=world.actor("finance.officer"), now=world.now, given=given
    )
    assert taken_down(world, Arrival(Channel.EMAIL, DAY)).state == "arrived"
    UnitChannels.objects.update(channels=["counter"])
    with pytest.raises(Refused, match="没有开通网上申请"):
        sent_in(world, key="z" * 43)


@pytest.mark.feature("K06")
def test_counter_and_web_cases_are_equal_but_for_the_way(world: Any) -> None:
    """The same answers at the counter and on the web make the same case."""
    web = confirm(case=sent_in(world), on=DAY, by=world.actor("finance.officer"), now=world.now)
    desk = taken_down(world, Arrival(Channel.COUNTER, DAY), key="c" * 43, by=counter_person(world))
    apart = {
        "id",
        "seq",
        "number",
        "channel",
        "applicant",
        "received_why",
        "code_digest",
        "submit_key",
        "registered_by",
    }
    for field in Case._meta.concrete_fields:
        if field.name not in apart:
            assert getattr(web, field.attname) == getattr(desk, field.attname), field.name
    assert web.applicant.kind == desk.applicant.kind
    assert web.applicant.identity_digest == desk.applicant.identity_digest == identity_digest(CARD)


@pytest.mark.feature("D01")
def test_personal_data_are_sealed_and_stand_in_no_trail_row(world: Any) -> None:
    case = confirm(case=sent_in(world), on=DAY, by=world.actor("finance.officer"), now=world.now)
    row = Applicant.objects.unscoped("test").get(pk=case.applicant_id)
    stored = json.dumps([row.document_sealed, row.phone_sealed, row.email_sealed, row.address_sealed])
    assert CARD not in stored and "13800001234" not in stored and row.opened("document") == CARD
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM foi_applicant")
        assert CARD not in str(cursor.fetchall())
    trail = json.dumps(
        [list(map(str, fields)) for fields in TrailRow.objects.values_list()], ensure_ascii=False
    )
    events = str(list(CaseEvent.objects.unscoped("test").values_list("facts", "note")))
    for secret in (CARD, "诸葛", "13800001234", "canary@", "金丝雀路", code_of("k" * 43)):
        assert secret not in trail + events


def test_the_code_opens_the_case_and_is_not_stored(world: Any) -> None:
    case, code = sent_in(world), code_of("k" * 43)
    assert case_by_code(code.lower().replace("-", " ")) == case
    assert case.code_digest == code_digest(code) and code.replace("-", "") not in str(case.__dict__)
    for wrong in ("", "abc", "3333-3333-3333-3333-3333", code[:-1], code + "3"):
        assert case_by_code(wrong) is None


def test_a_case_without_a_code_is_opened_by_no_code(world: Any) -> None:
    case = sent_in(world)
    Case.objects.unscoped("test").filter(pk=case.pk).update(code_digest="")
    assert case_by_code("") is None and case_by_code("junk") is None


@pytest.mark.feature("D01")
@pytest.mark.django_db(transaction=True)
def test_ten_clicks_at_once_make_one_case(world: Any, request: pytest.FixtureRequest) -> None:
    world.actor("finance.officer")
    request.getfixturevalue("many_connections")
    start = threading.Barrier(10)

    def press(_: int) -> int:
        try:
            start.wait(timeout=30)
            return sent_in(world).pk
        finally:
            connections.close_all()

    def counted() -> tuple[int, ...]:
        try:
            rows = (Case, Applicant, CaseEvent)
            # The nine others took no number.
            return (*(one.objects.unscoped("test").count() for one in rows), sent_in(world, key="b" * 43).seq)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        assert len(set(pool.map(press, range(10)))) == 1
        assert pool.submit(counted).result() == (1, 1, 1, 2)


days = st.dates(date(2026, 1, 1), DAY)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(channel=st.sampled_from(list(Channel)), arrived=days, confirmed=days, reached=st.none() | days)
def test_receipt_is_never_before_arrival_and_never_ahead(
    world: Any, channel: Channel, arrived: date, confirmed: date, reached: date | None
) -> None:
    """Whatever is typed: refused in words, or a day of receipt between arrival and today."""
    if channel in (Channel.WEB, Channel.EMAIL):
        channel = Channel.FAX
    arrival = Arrival(
        channel,
        arrived,
        confirmed_on=confirmed if channel in NEEDS_CONFIRMATION else None,
        other_office=reached is not None,
        reached_office_on=reached,
    )
    try:
        case = taken_down(world, arrival, key=f"{channel}{arrived}{confirmed}{reached}")
    except Refused as refused:
        assert min(confirmed, reached or confirmed) < arrived and "请核对" in str(refused)
        return
    assert case.received_on is not None and arrived <= case.received_on <= DAY
    assert case.due_on is not None and case.due_on > case.received_on
