"""What the file already says when a letter is begun; each letter with an effect, from its form to its event."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.foi import states
from gongkai.foi.actions import charging, consulting, extending, letters
from gongkai.foi.actions.answers_from_applicant import reasons_arrive
from gongkai.foi.actions.effects import EFFECTS
from gongkai.foi.models import Case, Consultation, Letter
from gongkai.foi.queries.letter_starts import known_facts
from gongkai.foi.rules import letters as rules
from gongkai.foi.tests.cases import at, in_hand
from gongkai.foi.tests.letter_facts import facts_for

MONDAY = date(2026, 9, 14)  # its twentieth working day is 2026-10-16


def sent(world: Any, case: Case, kind: str, *, on: date, to: str = "", **about: Any) -> Letter:
    """A letter from what the file says, the clerk's words added, signed and handed over."""
    registered = rules.letter_kind(kind)
    case.refresh_from_db()
    numbers = {key: worth for key, worth in about.items() if key in ("consultation", "extension", "fee")}
    known = known_facts(case, registered, numbers, today=on)
    facts = facts_for(registered) | known | about
    officer = world.actor("finance.officer")
    letter = letters.draft_letter(
        case=case, kind=kind, facts=facts, by=officer, now=at(on), addressee=to or known.get("addressee", "")
    )
    letter = letters.sign_letter(letter=letter, by=world.actor("finance.reviewer"), now=at(on))
    letter = letters.dispatch_letter(
        letter=letter, way="hand", on=on, by=officer, now=at(on), received_by="收件人"
    )
    case.refresh_from_db()
    return letter


def test_every_effect_belongs_to_a_letter_of_the_registry() -> None:
    assert set(EFFECTS) <= set(rules.letter_kinds())


@pytest.mark.feature("D07")
@pytest.mark.law("条例33.2")
def test_the_notice_of_an_extension_names_the_date_to_which_the_clock_moves(world: Any) -> None:
    case, officer = in_hand(world, on=MONDAY), world.actor("finance.officer")
    row = extending.propose_extension(case=case, by=officer, days=10, reason="涉及三个科室", now=at(MONDAY))
    row = extending.approve_extension(extension=row, by=world.actor("finance.reviewer"), now=at(MONDAY))
    known = known_facts(case, rules.letter_kind("extension_notice"), {"extension": row.pk}, today=MONDAY)
    assert known["old_due"] == date(2026, 10, 16)
    letter = sent(world, case, "extension_notice", on=MONDAY, extension=row.pk)
    assert case.due_on == known["new_due"] and case.extended_days == 10
    words = str(letter.text)
    assert "2026年10月16日" in words and "10个工作日" in words
    assert world.people["finance.reviewer"].name in words


@pytest.mark.law("国办函〔2020〕109号")
def test_the_fee_notice_says_how_the_amount_came_about(world: Any) -> None:
    case, officer = in_hand(world, on=MONDAY), world.actor("finance.officer")
    fee = charging.prepare_fee(
        case=case, by=officer, mode="pages", pages=200, reason="一个月内申请四十件", now=at(MONDAY)
    )
    letter = sent(world, case, "fee_notice", on=MONDAY, fee=fee.pk, how="到窗口或者网上缴纳")
    assert case.state == states.FEE
    assert f"{fee.amount}元" in str(letter.text) and "200页" in str(letter.text)


@pytest.mark.law("条例35")
def test_reasons_and_delay_are_told_by_letters(world: Any) -> None:
    case = in_hand(world, on=MONDAY)
    sent(world, case, "reasons_notice", on=MONDAY, counts="九月以来共四十件")
    assert case.state == states.REASONS

    day = MONDAY + timedelta(days=2)
    reasons_arrive(case=case, by=world.actor("finance.officer"), on=day, now=at(day), text="研究需要")
    sent(world, case, "delay_notice", on=day, until="2026-12-31", reason="资料有四十卷")
    assert case.due_on == date(2026, 12, 31)


@pytest.mark.law("条例32")
def test_the_third_party_is_asked_and_told_by_name_and_the_applicant_is_not_named(world: Any) -> None:
    case, officer = in_hand(world, on=MONDAY), world.actor("finance.officer")
    row = consulting.add_consultation(
        case=case, by=officer, kind="third_party", party="某公司", concerning="合同单价", now=at(MONDAY)
    )
    letter = sent(world, case, "third_party_letter", on=MONDAY, consultation=row.pk)
    assert letter.addressee == "某公司" and "合同单价" in str(letter.text) and "王某" not in str(letter.text)
    day = MONDAY + timedelta(days=3)
    told = sent(world, case, "third_party_notice_to_applicant", on=day)
    assert "2026年9月14日" in str(told.text) and "某公司" not in str(told.text)
    Consultation._base_manager.filter(pk=row.pk).update(
        opinion="object", answered_on=day, overridden_why="关系道路安全"
    )
    told = sent(world, case, "third_party_told", on=day, consultation=row.pk)
    row.refresh_from_db()
    assert row.told_on == day and "关系道路安全" in str(told.text) and "行政复议" in str(told.text)


def test_joint_makers_and_other_agencies_are_asked(world: Any) -> None:
    officer = world.actor("finance.officer")
    for kind, name in (("joint_maker", "joint_maker_letter"), ("other_agency", "other_agency_letter")):
        case = in_hand(world, on=MONDAY)
        row = consulting.add_consultation(
            case=case, by=officer, kind=kind, party="区民政局", concerning="联合印发的通知", now=at(MONDAY)
        )
        letter = sent(world, case, name, on=MONDAY, consultation=row.pk)
        row.refresh_from_db()
        assert (row.sent_on, case.state) == (MONDAY, states.CONSULTING)
        assert letter.addressee == "区民政局" and "联合印发的通知" in str(letter.text)


@pytest.mark.parametrize("kind", rules.letter_kinds().values(), ids=lambda kind: kind.key)
def test_what_is_known_are_facts_of_the_letter(world: Any, kind: rules.LetterKind) -> None:
    case = in_hand(world, on=MONDAY)
    known = set(known_facts(case, kind, {}, today=MONDAY))
    if kind.key not in ("transfer_notice", "assist_letter"):
        assert known <= {fact.key for fact in kind.facts}


def test_the_sheets_of_the_file_are_filled_from_the_file(world: Any) -> None:
    from gongkai.foi.actions import answer_service
    from gongkai.foi.tests.test_answers import MAIL, answer, signed

    case, officer = signed(world), world.actor("finance.officer")
    case = answer_service.dispatch(case=case, on=world.today, by=officer, now=world.now, **MAIL)

    def known(key: str) -> dict[str, Any]:
        return known_facts(case, rules.letter_kind(key), {}, today=world.today)

    assert known("approval_sheet")["proposal"] == "没有现成信息，需要另行制作（条例第三十八条）"
    assert answer(case).number in known("archive_index")["paper_list"]
    assert known("archive_index")["paper_count"] == 2
    proof = known("service_proof")
    assert (proof["served_letter"], proof["sent_on"], proof["mail_number"]) == (
        answer(case).number,
        world.today,
        MAIL["tracking"],
    )
    assert known("amend_letter")["answer_number"] == answer(case).number
