"""Letters of a real case: drafted, signed with a number, sent with its effect, received, come back, struck."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.foi import states
from gongkai.foi.actions import letters
from gongkai.foi.actions.service import Sending
from gongkai.foi.models import Case, Consultation, Letter
from gongkai.foi.queries.letters import faults_of, shown_facts
from gongkai.foi.queries.remedies import remedy_for
from gongkai.foi.queries.who import APPLICANT
from gongkai.foi.rules import letters as rules
from gongkai.foi.tests.cases import at, in_hand, new_case
from gongkai.foi.tests.letter_facts import facts_for
from gongkai.law.refusal import Refused
from gongkai.trail.models import TrailRow

MONDAY = date(2026, 9, 14)  # its twentieth working day is 2026-10-16


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {one.code for one in refused.value.refusals}


def correction(world: Any, case: Case, *, on: date) -> Letter:
    return letters.draft_letter(
        case=case,
        kind="correction_notice",
        facts={
            "unclear": "没有写明是哪条道路。",
            "guidance": "请写道路名称和年份。",
            "period_ends": date(2026, 10, 13),
        },
        by=world.actor("finance.officer"),
        now=at(on),
    )


def signed(world: Any, letter: Letter, *, on: date) -> Letter:
    return letters.sign_letter(letter=letter, by=world.actor("finance.reviewer"), now=at(on))


@pytest.mark.feature("D06")
@pytest.mark.law("条例30")
def test_a_correction_notice_stops_the_clock_on_the_day_on_which_it_leaves(world: Any) -> None:
    case, officer = in_hand(world, on=MONDAY), world.actor("finance.officer")
    day = date(2026, 9, 16)
    letter = correction(world, case, on=day)
    words = "".join(row["text"] for row in letter.text)
    assert "2026年10月13日" in words and "视为放弃申请" in words and letter.addressee == "王某"
    letter = signed(world, letter, on=day)
    assert letter.number == "财政公复〔2026〕1号"
    assert letter.digest and letter.signed_at == at(day)
    case.refresh_from_db()
    assert case.state == states.IN_HAND
    letter = letters.dispatch_letter(
        letter=letter,
        way="post",
        on=day,
        by=officer,
        now=at(day),
        carrier="中国邮政",
        tracking="XA123456789CN",
    )
    case.refresh_from_db()
    assert (case.state, case.due_on, case.clock_stopped) == (states.CORRECTION, None, True)
    got = date(2026, 9, 18)
    letter = letters.deliver_letter(letter=letter, on=got, by=officer, now=at(got), received_by="王某")
    assert (letter.dispatched_on, letter.received_on) == (day, got)


@pytest.mark.law("条例30")
def test_a_second_correction_notice_does_not_leave(world: Any) -> None:
    case, officer = in_hand(world, on=MONDAY), world.actor("finance.officer")
    for day in (date(2026, 9, 15), date(2026, 9, 16)):
        letter = signed(world, correction(world, case, on=day), on=day)
        sending = {"way": "hand", "on": day, "received_by": "王某"}
        if day.day == 15:
            letters.dispatch_letter(letter=letter, by=officer, now=at(day), **sending)
        else:
            with pytest.raises(Refused) as refused:
                letters.dispatch_letter(letter=letter, by=officer, now=at(day), **sending)
            assert "foi.correction_again" in codes(refused)
    letter.refresh_from_db()
    assert letter.dispatched_on is None


@pytest.mark.law("条例32")
def test_a_letter_to_a_third_party_leads_his_own_clock(world: Any) -> None:
    case, officer = in_hand(world, on=MONDAY), world.actor("finance.officer")
    party = Consultation._base_manager.create(
        case=case, unit=case.unit, kind="third_party", party="某公司", concerning="合同单价"
    )
    letter = letters.draft_letter(
        case=case,
        kind="third_party_letter",
        facts={"consultation": party.pk, "concerning": "合同单价", "interest": "商业秘密"},
        by=officer,
        now=at(MONDAY),
        addressee="某公司",
    )
    assert letter.addressee == "某公司" and "王某" not in str(letter.text)
    letter = signed(world, letter, on=MONDAY)
    letters.dispatch_letter(
        letter=letter, way="hand", on=MONDAY, by=officer, now=at(MONDAY), received_by="某公司前台"
    )
    party.refresh_from_db()
    case.refresh_from_db()
    assert (party.sent_on, party.delivered_on, case.state) == (MONDAY, MONDAY, states.CONSULTING)


def test_a_draft_with_a_gap_is_not_signed(world: Any) -> None:
    case = in_hand(world, on=MONDAY)
    letter = letters.draft_letter(
        case=case, kind="correction_notice", facts={}, by=world.actor("finance.officer"), now=at(MONDAY)
    )
    with pytest.raises(Refused) as refused:
        signed(world, letter, on=MONDAY)
    assert {"letter.fact_unclear", "letter.open_period"} <= codes(refused)
    letter.refresh_from_db()
    assert (letter.seq, letter.signed_at) == (None, None)


def test_nobody_signs_what_he_wrote_and_an_officer_signs_only_receipts(world: Any) -> None:
    case, officer = in_hand(world, on=MONDAY), world.actor("finance.officer")
    letter = correction(world, case, on=MONDAY)
    with pytest.raises(Refused) as refused:
        letters.sign_letter(letter=letter, by=officer, now=at(MONDAY))
    assert codes(refused) == {"letter.role", "letter.own_draft"}
    reviewer = world.actor("finance.reviewer")
    letters.edit_letter(letter=letter, texts={"extra": "请带身份证。"}, by=reviewer, now=at(MONDAY))
    with pytest.raises(Refused) as refused:
        letters.sign_letter(letter=letter, by=reviewer, now=at(MONDAY))
    assert codes(refused) == {"letter.own_draft"}
    letters.sign_letter(letter=letter, by=world.actor("finance.leader"), now=at(MONDAY))
    receipt = letters.draft_letter(case=case, kind="receipt", facts={}, by=officer, now=at(MONDAY))
    receipt = letters.sign_letter(letter=receipt, by=officer, now=at(MONDAY))
    assert receipt.number == "" and receipt.signed_at


def test_another_unit_has_no_hand_in_it(world: Any) -> None:
    case = in_hand(world, on=MONDAY)
    letter = correction(world, case, on=MONDAY)
    stranger = world.actor("civil.officer")
    for why in (
        letters.why_not_draft_letter(case=case, kind="receipt", by=stranger),
        letters.why_not_edit_letter(letter=letter, by=stranger),
        letters.why_not_cancel_letter(letter=letter, by=stranger, reason="误拟"),
        letters.why_not_draft_letter(case=case, kind="receipt", by=APPLICANT),
    ):
        assert [one.code for one in why] == ["letter.role"]


def test_a_signed_letter_never_changes_and_a_struck_one_keeps_its_number(world: Any) -> None:
    case, officer = in_hand(world, on=MONDAY), world.actor("finance.officer")
    letter = signed(world, correction(world, case, on=MONDAY), on=MONDAY)
    with pytest.raises(Refused) as refused:
        letters.edit_letter(letter=letter, texts={"extra": "x"}, by=officer, now=at(MONDAY))
    assert codes(refused) == {"letter.signed"}
    with pytest.raises(Refused) as refused:
        letters.cancel_letter(letter=letter, reason=" ", by=officer, now=at(MONDAY))
    assert codes(refused) == {"letter.no_reason"}
    letter = letters.cancel_letter(letter=letter, reason="日期写错", by=officer, now=at(MONDAY))
    assert letter.cancelled_at and letter.seq == 1
    sending = Sending("hand", MONDAY, received_by="王某")
    why = letters.why_not_dispatch_letter(letter=letter, sending=sending, by=officer, now=at(MONDAY))
    assert [one.code for one in why] == ["letter.cancelled"]
    assert signed(world, correction(world, case, on=MONDAY), on=MONDAY).seq == 2


def test_a_letter_that_came_back_is_sent_again(world: Any) -> None:
    case, officer = in_hand(world, on=MONDAY), world.actor("finance.officer")
    letter = letters.draft_letter(
        case=case,
        kind="third_party_notice_to_applicant",
        facts={"sent_on": MONDAY},
        by=officer,
        now=at(MONDAY),
    )
    letter = signed(world, letter, on=MONDAY)
    mail = {"way": "post", "carrier": "EMS", "tracking": "1234567890123"}
    letter = letters.dispatch_letter(letter=letter, on=MONDAY, by=officer, now=at(MONDAY), **mail)
    with pytest.raises(Refused) as refused:
        letters.dispatch_letter(letter=letter, on=MONDAY, by=officer, now=at(MONDAY), **mail)
    assert codes(refused) == {"letter.sent"}
    back = MONDAY + timedelta(days=7)
    letter = letters.fail_letter(letter=letter, on=back, why="地址不详", by=officer, now=at(back))
    assert letter.failed_on == back
    letter = letters.dispatch_letter(letter=letter, on=back, by=officer, now=at(back), **mail)
    assert (letter.dispatched_on, letter.failed_on) == (back, None)


@pytest.mark.parametrize("days", [1, -1])
def test_days_that_cannot_be_are_refused(world: Any, days: int) -> None:
    case, officer = in_hand(world, on=MONDAY), world.actor("finance.officer")
    letter = signed(world, correction(world, case, on=MONDAY), on=MONDAY)
    sending = Sending("hand", MONDAY + timedelta(days=days), received_by="王某")
    why = letters.why_not_dispatch_letter(letter=letter, sending=sending, by=officer, now=at(MONDAY))
    assert {one.code for one in why} & {"service.future", "service.early"}
    letters.dispatch_letter(
        letter=letter, way="post", on=MONDAY, by=officer, now=at(MONDAY), carrier="EMS", tracking="1" * 13
    )
    letter.refresh_from_db()
    why = letters.why_not_deliver_letter(
        letter=letter, on=MONDAY + timedelta(days=days), by=officer, now=at(MONDAY)
    )
    assert {one.code for one in why} & {"service.future", "service.early"}


def test_an_unknown_letter_and_an_answer_are_not_drafted_here(world: Any) -> None:
    case, officer = in_hand(world, on=MONDAY), world.actor("finance.officer")
    for kind, code in (("love_letter", "letter.unknown"), ("answer_absent", "letter.is_answer")):
        why = letters.why_not_draft_letter(case=case, kind=kind, by=officer)
        assert [one.code for one in why] == [code]


@pytest.mark.parametrize("kind", rules.letter_kinds().values(), ids=lambda kind: kind.key)
def test_every_letter_of_a_real_case_is_whole(world: Any, kind: rules.LetterKind) -> None:
    case = new_case(world, on=MONDAY)
    case.disposition = "r2" if kind.key == "answer_partial" else "r4_2" if kind.is_answer else ""
    shown = shown_facts(case, kind, facts_for(kind), today=MONDAY, code=case.disposition)
    paragraphs = rules.compose(kind, shown)
    assert rules.faults(kind, paragraphs, shown) == []


# Judged by the law of the day on which the answer is signed (the three slices of law.remedy).
REMEDIES = [
    ("r3_6", date(2023, 12, 29), "可以自收到本答复之日起60日内", "也可以自收到本答复之日起6个月内"),
    ("r3_6", date(2024, 1, 2), "应当先申请行政复议", "15日内"),
    ("r3_8", date(2024, 1, 2), "可以自收到本答复之日起60日内", "6个月内"),
    ("r2", date(2023, 12, 29), "可以自收到本答复之日起60日内", "6个月内"),
    ("r2", date(2026, 9, 14), "本答复不予公开的部分不服，应当先申请行政复议", "本答复的其他内容不服，可以"),
    ("r4_1_absent", date(2025, 6, 3), "可以自收到本答复之日起60日内", "6个月内"),
    ("r5_1", date(2026, 9, 14), "可以自收到本答复之日起60日内", "6个月内"),
]


@pytest.mark.feature("D09")
@pytest.mark.law("复议法23.1(4)")
@pytest.mark.parametrize(("code", "on", "first", "second"), REMEDIES)
def test_the_remedy_follows_result_and_day(world: Any, code: str, on: date, first: str, second: str) -> None:
    found = remedy_for(new_case(world, on=MONDAY), code, decided_on=on)
    assert first in found.text and second in found.text
    assert "测试区人民政府" in found.text


def test_the_unit_that_answers_for_the_government_names_the_government_above(world: Any) -> None:
    case = new_case(world, unit="office", on=MONDAY, agency=world.units["district"])
    assert "测试区人民政府申请" not in remedy_for(case, "r4_2", decided_on=MONDAY).text


def test_the_checker_asks_for_the_remedy_of_the_day(world: Any) -> None:
    case, officer = in_hand(world, on=MONDAY), world.actor("finance.officer")
    letter = letters.draft_letter(
        case=case,
        kind="amend_letter",
        facts=facts_for(rules.letter_kind("amend_letter")),
        by=officer,
        now=at(MONDAY),
    )
    assert faults_of(letter, today=MONDAY) == []
    assert "本决定" in str(letter.text)


def test_the_trail_of_a_letter_holds_neither_words_nor_names(world: Any) -> None:
    case = in_hand(world, on=MONDAY)
    signed(world, correction(world, case, on=MONDAY), on=MONDAY)
    rows = TrailRow.objects.filter(verb__contains="_letter")
    assert [row.verb for row in rows] == ["foi.draft_letter", "foi.sign_letter"]
    told = "".join(f"{row.facts}{row.note}" for row in rows)
    assert "王某" not in told and "道路" not in told
