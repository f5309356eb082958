"""The verbs of a case: passing on, asking the applicant and others, charging, deliberating, extending, ending."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.foi import states
from gongkai.foi.actions import (
    answers_from_applicant as applicant,
)
from gongkai.foi.actions import (
    charging,
    consulting,
    deliberating,
    ending,
    extending,
    revealing,
    routing,
    searching,
)
from gongkai.foi.models import CaseEvent, SearchPlace
from gongkai.foi.queries.clocks import dates_of
from gongkai.foi.queries.who import APPLICANT
from gongkai.foi.tests.cases import at, in_hand, letter, new_case
from gongkai.law.refusal import Refused
from gongkai.trail.models import TrailRow

MONDAY = date(2026, 9, 14)  # its twentieth working day is 2026-10-16


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {one.code for one in refused.value.refusals}


@pytest.mark.feature("D04")
@pytest.mark.law("条例4")
def test_every_hop_leaves_its_moment_and_a_return_its_reason(world: Any) -> None:
    case = new_case(world)
    finance, civil = world.actor("finance.officer"), world.actor("civil.officer")
    case = routing.assign(case=case, to=world.units["civil"], by=finance, now=world.now)
    assert (case.state, case.holder) == (states.ASSIGNED, world.units["civil"])
    assert routing.why_not_sign_for(case=case, by=finance)[0].code == "foi.role"
    with pytest.raises(Refused) as refused:
        routing.hand_back(case=case, by=civil, now=world.now, reason="  ")
    assert codes(refused) == {"foi.no_reason"}
    case = routing.sign_for(case=case, by=civil, now=world.now)
    assert (case.state, case.assignee) == (states.IN_HAND, world.people["civil.officer"])
    case = routing.hand_back(case=case, by=civil, now=world.now, reason="信息由财政局制作")
    assert (case.state, case.holder_id, case.assignee_id) == (states.REGISTERED, None, None)
    rows = CaseEvent.objects.unscoped("the rows of the test").filter(case=case)
    assert [(row.name, row.at) for row in rows] == [
        (name, at(world.today) if name == "open" else world.now)
        for name in ("open", "assign", "sign_for", "hand_back")
    ]
    assert TrailRow.objects.filter(verb__in=("foi.assign", "foi.sign_for", "foi.hand_back")).count() == 3


@pytest.mark.feature("D04")
def test_case_is_passed_to_another_unit_that_is_in_use(world: Any) -> None:
    case, finance = new_case(world), world.actor("finance.officer")
    own = routing.why_not_assign(case=case, to=world.units["finance"], by=finance)
    assert [one.code for one in own] == ["foi.own_unit"]
    world.units["civil"].active = False
    gone = routing.why_not_assign(case=case, to=world.units["civil"], by=finance)
    assert [one.code for one in gone] == ["foi.unit_gone"]
    reviewer = world.actor("finance.reviewer")
    nothing = routing.why_not_take_back(case=case, by=reviewer, reason="转错了")
    assert {one.code for one in nothing} == {"foi.state", "foi.not_passed_on"}


@pytest.mark.feature("D06")
@pytest.mark.law("条例30")
def test_correction_restarts_the_period_and_is_asked_once(world: Any) -> None:
    case = in_hand(world, on=MONDAY)
    assert case.due_on == date(2026, 10, 16)
    letter(world, case, "correction_notice", on=date(2026, 9, 16), period_working_days=15)
    assert (case.state, case.due_on, case.clock_stopped) == (states.CORRECTION, None, True)
    applicant.correction_arrives(
        case=case, by=APPLICANT, on=date(2026, 9, 18), now=at(date(2026, 9, 18)), text="2025年度全部标段"
    )
    case.refresh_from_db()
    assert (case.state, case.due_on, case.risk_due_on) == (states.IN_HAND, date(2026, 10, 22), None)
    with pytest.raises(Refused) as refused:
        letter(world, case, "correction_notice", on=date(2026, 9, 21))
    assert codes(refused) == {"foi.correction_again"}


@pytest.mark.feature("D06")
@pytest.mark.law("条例30")
def test_late_correction_needs_a_word_and_keeps_the_old_date(world: Any) -> None:
    case = in_hand(world, on=MONDAY)
    late = date(2026, 9, 28)
    with pytest.raises(Refused) as refused:
        letter(world, case, "correction_notice", on=late)
    assert codes(refused) == {"foi.correction_late"}
    letter(world, case, "correction_notice", on=late, late_confirmed=True)
    applicant.correction_arrives(
        case=case, by=APPLICANT, on=date(2026, 9, 30), now=at(date(2026, 9, 30)), text="补正"
    )
    case.refresh_from_db()
    assert (case.due_on, case.risk_due_on) == (date(2026, 11, 3), date(2026, 10, 16))


@pytest.mark.feature("D06")
def test_correction_lapses_only_after_a_period_whose_beginning_is_known(world: Any) -> None:
    case = in_hand(world, on=MONDAY)
    sent = date(2026, 9, 16)
    row = letter(world, case, "correction_notice", on=sent, period_working_days=5)
    officer = world.actor("finance.officer")
    why = applicant.why_not_correction_lapses(case=case, by=officer, now=at(date(2026, 10, 20)))
    assert [one.code for one in why] == ["foi.lapse_undelivered"]
    assert case.lapse_on is None
    from gongkai.foi.actions.effects import letter_delivered

    row.received_on = date(2026, 9, 17)
    row.save()
    letter_delivered(letter=row, on=row.received_on, by=officer, now=at(row.received_on))
    case.refresh_from_db()
    assert case.lapse_on == date(2026, 9, 24)
    early = applicant.why_not_correction_lapses(case=case, by=officer, now=at(date(2026, 9, 23)))
    assert [one.code for one in early] == ["foi.lapse_early"]
    applicant.correction_lapses(case=case, by=officer, now=at(date(2026, 9, 24)))
    case.refresh_from_db()
    assert case.state == states.IN_HAND


@pytest.mark.feature("D19")
@pytest.mark.law("国办函〔2020〕109号")
def test_fee_is_the_difference_of_the_applicants_month(world: Any) -> None:
    officer = world.actor("finance.officer")
    for _ in range(10):
        new_case(world, on=MONDAY)
    case = in_hand(world, on=date(2026, 9, 15))
    fee = charging.prepare_fee(
        case=case, by=officer, mode="pieces", pieces=1, reason="同月第11件", now=at(date(2026, 9, 16))
    )
    assert (fee.before, fee.amount) == (10, 100)
    october = in_hand(world, on=date(2026, 10, 9))
    why = charging.why_not_prepare_fee(
        case=october, by=officer, mode="pieces", count=1, reason="件数多", now=at(date(2026, 10, 9))
    )
    assert [one.code for one in why] == ["foi.fee_zero"]
    letter(world, case, "fee_notice", on=date(2026, 9, 16), received=date(2026, 9, 16), fee=fee.pk)
    assert (case.state, case.due_on, case.lapse_on) == (states.FEE, None, date(2026, 10, 17))
    charging.fee_paid(
        case=case, by=officer, on=date(2026, 9, 18), receipt="票0001", now=at(date(2026, 9, 18))
    )
    case.refresh_from_db()
    fee.refresh_from_db()
    assert (case.state, case.due_on) == (states.IN_HAND, date(2026, 10, 22))
    assert (fee.paid_on, fee.pay_by) == (date(2026, 9, 18), date(2026, 10, 16))


@pytest.mark.feature("D19")
def test_no_fee_for_reading_on_the_spot_nor_in_both_ways(world: Any) -> None:
    officer, now = world.actor("finance.officer"), at(MONDAY)
    reading = in_hand(world, on=MONDAY, asked={"form_wanted": "reading"})
    why = charging.why_not_prepare_fee(
        case=reading, by=officer, mode="pages", count=200, reason="页数多", now=now
    )
    assert [one.code for one in why] == ["foi.fee_on_the_spot"]
    case = in_hand(world, on=MONDAY)
    fee = charging.prepare_fee(case=case, by=officer, mode="pages", pages=200, reason="页数多", now=now)
    assert fee.amount == 2700
    why = charging.why_not_prepare_fee(
        case=case, by=officer, mode="pieces", count=30, reason="件数多", now=now
    )
    assert {one.code for one in why} == {"foi.fee_both_modes", "foi.fee_open"}
    charging.cancel_fee(fee=fee, by=officer, reason="页数数错", now=now)
    assert not charging.why_not_prepare_fee(
        case=case, by=officer, mode="pieces", count=30, reason="件数多", now=now
    )


@pytest.mark.feature("D19")
@pytest.mark.law("国办函〔2020〕109号")
def test_no_fee_for_a_request_from_before_the_measure(world: Any) -> None:
    day = date(2020, 9, 14)
    case = in_hand(world, on=day)
    why = charging.why_not_prepare_fee(
        case=case, by=world.actor("finance.officer"), mode="pages", count=200, reason="页数多", now=at(day)
    )
    assert "foi.fee_no_measure" in [one.code for one in why]


@pytest.mark.feature("D07")
@pytest.mark.law("条例32", "条例33.3")
def test_days_of_a_consultation_do_not_count_and_the_last_answer_ends_it(world: Any) -> None:
    officer, case = world.actor("finance.officer"), in_hand(world, on=MONDAY)
    rows = [
        consulting.add_consultation(
            case=case, by=officer, kind=kind, party=party, concerning="合同单价", now=at(MONDAY)
        )
        for kind, party in (("third_party", "某公司"), ("joint_maker", "区住建局"))
    ]
    letter(world, case, "third_party_letter", on=date(2026, 9, 15), received=date(2026, 9, 16))
    letter(world, case, "joint_maker_letter", on=date(2026, 9, 15), received=date(2026, 9, 16))
    assert case.state == states.CONSULTING
    consulting.opinion_arrives(
        consultation=rows[0], by=officer, on=date(2026, 9, 18), opinion="object", reasons="商业秘密",
        reasonable=False, now=at(date(2026, 9, 18)),
    )  # fmt: skip
    case.refresh_from_db()
    assert case.state == states.CONSULTING
    rows[1].refresh_from_db()
    early = consulting.why_not_consultation_lapses(
        consultation=rows[1], by=officer, now=at(date(2026, 9, 20))
    )
    assert [one.code for one in early] == ["foi.lapse_early"]
    consulting.consultation_lapses(consultation=rows[1], by=officer, now=at(date(2026, 10, 20)))
    case.refresh_from_db()
    rows[1].refresh_from_db()
    assert (case.state, rows[1].opinion) == (states.IN_HAND, "silent")
    # 2026-09-16 to the fifteenth working day after it, 2026-10-12, once for both
    assert case.due_on == dates_of(case).due > date(2026, 10, 16)


@pytest.mark.feature("D07")
@pytest.mark.law("条例32")
def test_override_needs_the_public_interest_and_tells_the_third_party(world: Any) -> None:
    officer, case = world.actor("finance.officer"), in_hand(world, on=MONDAY)
    row = consulting.add_consultation(
        case=case, by=officer, kind="third_party", party="某公司", concerning="排污数据", now=at(MONDAY)
    )
    letter(world, case, "third_party_letter", on=MONDAY, received=MONDAY)
    consulting.opinion_arrives(
        consultation=row, by=officer, on=date(2026, 9, 16), opinion="object", reasons="商业秘密",
        now=at(date(2026, 9, 16)),
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        letter(world, case, "third_party_told", on=date(2026, 9, 17))
    assert codes(refused) == {"foi.not_overridden"}
    row.refresh_from_db()
    consulting.override(
        consultation=row, by=officer, reason="涉及饮水安全，不公开会损害公共利益", now=at(date(2026, 9, 16))
    )
    letter(world, case, "third_party_told", on=date(2026, 9, 17))
    row.refresh_from_db()
    assert row.told_on == date(2026, 9, 17)


@pytest.mark.feature("D08")
def test_missing_opinion_blocks_the_conclusion_and_the_conclusion_freezes(world: Any) -> None:
    officer, reviewer, legal = (world.actor(n) for n in ("finance.officer", "finance.reviewer", "legal"))
    case, now = in_hand(world, on=MONDAY), at(MONDAY)
    asked = [
        deliberating.Asked("holder", world.units["finance"]),
        deliberating.Asked("legal", world.units["office"]),
        deliberating.Asked("related", world.units["civil"], required=False),
    ]
    with pytest.raises(Refused) as refused:
        deliberating.deliberate(case=case, by=officer, question="能否公开", asked=asked[:1], now=now)
    assert codes(refused) == {"foi.side_missing"}
    row = deliberating.deliberate(case=case, by=officer, question="能否公开", asked=asked, now=now)
    holder, law, related = row.opinions.unscoped("the rows of the test").order_by("pk")
    deliberating.give_opinion(opinion=holder, by=officer, text="可以公开", now=now)
    with pytest.raises(Refused) as refused:
        deliberating.conclude(deliberation=row, by=reviewer, conclusion="公开", held_on=MONDAY, now=now)
    assert codes(refused) == {"foi.opinion_missing"}
    with pytest.raises(Refused) as refused:
        deliberating.give_opinion(opinion=law, by=officer, text="合法", now=now)
    assert "foi.not_legal" in codes(refused)
    deliberating.give_opinion(opinion=law, by=legal, text="合法", now=now)
    deliberating.give_opinion(opinion=related, by=world.actor("civil.officer"), text="无意见", now=now)
    row = deliberating.conclude(deliberation=row, by=reviewer, conclusion="公开", held_on=MONDAY, now=now)
    case.refresh_from_db()
    assert case.state == states.IN_HAND and row.digest == deliberating.digest_of(row)
    with pytest.raises(Refused):
        deliberating.give_opinion(opinion=holder, by=officer, text="改主意", now=now)
    holder.refresh_from_db()
    holder.text = "改主意"
    holder.save()
    assert row.digest != deliberating.digest_of(row)


@pytest.mark.feature("D05")
@pytest.mark.law("条例33.2")
def test_extension_is_agreed_by_another_told_in_time_and_twenty_days_in_sum(world: Any) -> None:
    officer, reviewer = world.actor("finance.officer"), world.actor("finance.reviewer")
    case, now = in_hand(world, on=MONDAY), at(MONDAY)
    with pytest.raises(Refused) as refused:
        extending.propose_extension(case=case, by=officer, days=21, reason="量大", now=now)
    assert codes(refused) == {"foi.extension_too_long"}
    row = extending.propose_extension(case=case, by=officer, days=15, reason="量大", now=now)
    assert "foi.own_extension" in {
        one.code for one in extending.why_not_approve_extension(extension=row, by=officer, now=now)
    }
    with pytest.raises(Refused) as refused:
        letter(world, case, "extension_notice", on=MONDAY)
    assert codes(refused) == {"foi.extension_unapproved"}
    extending.approve_extension(extension=row, by=reviewer, now=now)
    case.refresh_from_db()
    assert case.due_on == date(2026, 10, 16)
    letter(world, case, "extension_notice", on=date(2026, 9, 15))
    assert (case.due_on, case.extended_days) == (date(2026, 11, 6), 15)
    second = extending.propose_extension(case=case, by=officer, days=5, reason="仍在核对", now=now)
    extending.refuse_extension(extension=second, by=reviewer, reason="可以按期", now=now)
    third = extending.propose_extension(case=case, by=officer, days=5, reason="仍在核对", now=now)
    extending.approve_extension(extension=third, by=reviewer, now=now)
    letter(world, case, "extension_notice", on=date(2026, 9, 16))
    assert (case.due_on, case.extended_days) == (date(2026, 11, 13), 20)
    none_left = extending.why_not_propose_extension(case=case, by=officer, days=1, reason="x", now=now)
    assert "foi.extension_too_long" in {one.code for one in none_left}


@pytest.mark.feature("D05")
def test_extension_notice_after_the_old_date_is_refused(world: Any) -> None:
    officer, case = world.actor("finance.officer"), in_hand(world, on=MONDAY)
    row = extending.propose_extension(case=case, by=officer, days=5, reason="量大", now=at(MONDAY))
    extending.approve_extension(extension=row, by=world.actor("finance.reviewer"), now=at(MONDAY))
    with pytest.raises(Refused) as refused:
        letter(world, case, "extension_notice", on=date(2026, 10, 20))
    assert codes(refused) == {"foi.extension_late"}


@pytest.mark.feature("D05")
@pytest.mark.law("条例35")
def test_reasons_do_not_stop_the_clock_and_the_signer_fixes_the_delay(world: Any) -> None:
    officer, case = world.actor("finance.officer"), in_hand(world, on=MONDAY)
    letter(world, case, "reasons_notice", on=MONDAY, received=MONDAY, period_working_days=5)
    assert (case.state, case.due_on, case.lapse_on) == (
        states.REASONS, date(2026, 10, 16), date(2026, 9, 21),
    )  # fmt: skip
    applicant.reasons_arrive(
        case=case, by=officer, on=date(2026, 9, 16), now=at(date(2026, 9, 16)), text="研究需要"
    )
    letter(world, case, "delay_notice", on=date(2026, 9, 17), until="2026-12-01", reason="数量特别多")
    assert (case.state, case.due_on) == (states.IN_HAND, date(2026, 12, 1))
    row = CaseEvent.objects.unscoped("the row of the test").get(case=case, name="set_delay")
    assert row.by == world.people["finance.reviewer"]


@pytest.mark.feature("D23")
@pytest.mark.law("条例36(4)")
def test_search_is_noted_at_a_place_of_the_handling_unit(world: Any) -> None:
    from gongkai.foi.queries.searches import search_gaps

    officer, case, now = world.actor("finance.officer"), in_hand(world, on=MONDAY), at(MONDAY)
    assert search_gaps(case) == ["本单位还没有设必查的检索地点"]
    place = searching.add_place(
        unit=world.units["finance"], by=officer, name="机关档案室", required=True, now=now
    )
    other = SearchPlace._base_manager.create(unit=world.units["civil"], name="档案室")
    assert search_gaps(case) == ["机关档案室"]
    fields = {"terms": "道路改造", "result": "没有", "found": False, "on": MONDAY}
    with pytest.raises(Refused) as refused:
        searching.record_search(case=case, by=officer, place=other, now=now, **fields)
    assert codes(refused) == {"foi.other_place"}
    with pytest.raises(Refused) as refused:
        searching.record_search(case=case, by=officer, place=place, now=now, **(fields | {"terms": " "}))
    assert codes(refused) == {"foi.search_empty"}
    searching.record_search(case=case, by=officer, place=place, now=now, **fields)
    assert search_gaps(case) == []


@pytest.mark.feature("D09")
def test_withdrawn_and_joined_cases_close_once_and_are_counted_as_other(world: Any) -> None:
    officer = world.actor("finance.officer")
    one, other = in_hand(world, on=MONDAY), in_hand(world, on=MONDAY)
    ending.join(case=one, into=other, by=officer, reason="同一内容", now=at(MONDAY), on=date(2026, 9, 14))
    one.refresh_from_db()
    assert (one.state, one.counted_disposition, one.about) == (states.ANSWERED, "r6_3_merged", other)
    ending.withdraw(case=other, by=APPLICANT, on=MONDAY, reason="不需要了", now=at(MONDAY))
    other.refresh_from_db()
    assert (other.disposition, other.counted_on) == ("r6_3_withdrawn", MONDAY)
    with pytest.raises(Refused) as refused:
        ending.withdraw(case=other, by=officer, on=MONDAY, reason="再撤", now=at(MONDAY))
    assert codes(refused) == {"foi.state"}


@pytest.mark.feature("D09")
def test_requests_of_different_people_are_not_joined(world: Any) -> None:
    officer, one = world.actor("finance.officer"), in_hand(world, on=MONDAY)
    other = in_hand(world, on=MONDAY, asking={"document_number": "370202199001011234"})
    why = ending.why_not_join(case=one, into=other, by=officer, reason="相同")
    assert [row.code for row in why] == ["foi.other_applicant"]


@pytest.mark.feature("D01")
@pytest.mark.law("个人信息保护法6")
def test_identity_is_shown_for_a_reason_and_stands_nowhere(world: Any) -> None:
    case, officer = in_hand(world), world.actor("finance.officer")
    for by, reason in (
        ("finance.officer", "看"),
        ("civil.officer", "核对邮寄地址"),
        ("legal", "核对邮寄地址"),
    ):
        with pytest.raises(Refused):
            revealing.reveal(case=case, by=world.actor(by), reason=reason, now=world.now)
    shown = revealing.reveal(case=case, by=officer, reason="核对邮寄地址", now=world.now)
    assert shown.document == "11010519491231002X"
    row = TrailRow.objects.get(verb="foi.reveal")
    assert row.note == "核对邮寄地址" and shown.document not in str(row.facts) + row.note + row.object_name


@pytest.mark.parametrize("day", [date(2026, 10, 15), date(2026, 9, 1)])
def test_a_day_still_to_come_or_before_receipt_is_refused(world: Any, day: date) -> None:
    case = in_hand(world, on=MONDAY)
    why = ending.why_not_withdraw(
        case=case, by=world.actor("finance.officer"), on=day, reason="不要了", now=at(date(2026, 10, 14))
    )
    assert len(why) == 1 and "请核对年月日" in why[0].text
