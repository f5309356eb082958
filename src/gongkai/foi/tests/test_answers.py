"""The answer: one result, a draft that is whole, four eyes, the number, two dates, the first result counted once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.foi import states
from gongkai.foi.actions import answer_service, answers
from gongkai.foi.actions.service import Sending
from gongkai.foi.models import Case, CaseEvent, Letter, LetterSettings, Paper, RemedyPlaces, SearchPlace
from gongkai.foi.queries import results
from gongkai.foi.queries.letters import faults_of
from gongkai.foi.queries.who import APPLICANT
from gongkai.foi.tests.cases import at, in_hand
from gongkai.foi.tests.letter_facts import facts_for
from gongkai.law.refusal import Refused
from gongkai.trail.models import TrailRow

MAIL = {"way": "post", "carrier": "中国邮政", "tracking": "XA123456789CN"}


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {one.code for one in refused.value.refusals}


def disposed(world: Any, code: str = "r4_2", **more: Any) -> Case:
    case = in_hand(world, **more)
    officer = world.actor("finance.officer")
    kind = results.letter_of(case, code)
    return answers.dispose(case=case, code=code, by=officer, now=world.now, facts=facts_for(kind))


def signed(world: Any, code: str = "r4_2", **more: Any) -> Case:
    case = disposed(world, code, **more)
    case = answers.draft_answer(case=case, by=world.actor("finance.officer"), now=world.now)
    case = answers.review(case=case, by=world.actor("finance.reviewer"), now=world.now, note="同意")
    return answers.sign(case=case, by=world.actor("finance.leader"), now=world.now)


def answer(case: Case) -> Letter:
    found = results.answer_of(case)
    assert found is not None
    return found


@pytest.mark.feature("D09")
@pytest.mark.law("条例36")
def test_an_answer_goes_from_its_result_to_the_applicant(world: Any) -> None:
    case = signed(world)
    letter = answer(case)
    assert (case.state, case.decided_on) == (states.SIGNED, world.today)
    assert letter.number == f"财政公复〔{world.today.year}〕1号"
    assert len(letter.digest) == 64
    officer = world.actor("finance.officer")
    case = answer_service.dispatch(case=case, on=world.today, by=officer, now=world.now, **MAIL)
    assert (case.state, case.closed_on, case.counted_disposition) == (states.DISPATCHED, world.today, "r4_2")
    assert case.served_on is None
    got = world.today + timedelta(days=3)
    case = answer_service.deliver(case=case, on=got, by=officer, now=at(got), received_by="王某")
    letter.refresh_from_db()
    assert (case.state, case.served_on) == (states.ANSWERED, got)
    assert (letter.dispatched_on, letter.received_on) == (world.today, got)
    assert case.retention_until is not None and case.retention_until >= date(2031, 10, 14)


@pytest.mark.feature("D09")
def test_two_results_of_one_round_are_refused(world: Any) -> None:
    case = signed(world)
    officer = world.actor("finance.officer")
    with pytest.raises(Refused) as refused:
        answers.dispose(case=case, code="r1", by=officer, now=world.now)
    assert codes(refused) == {"foi.state"}
    from django.db import IntegrityError, transaction

    other = Letter._base_manager.get(pk=answer(case).pk)
    other.pk, other.seq, other.number = None, None, ""
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save(force_insert=True)


@pytest.mark.feature("D09")
def test_a_result_fixed_anew_takes_the_place_of_the_former(world: Any) -> None:
    case = disposed(world, "r4_2")
    first = answer(case)
    kind = results.letter_of(case, "r5_1")
    officer = world.actor("finance.officer")
    case = answers.dispose(case=case, code="r5_1", by=officer, now=world.now, facts=facts_for(kind))
    assert (answer(case).pk, answer(case).kind, case.disposition) == (first.pk, "decline_petition", "r5_1")
    assert "汇总" not in str(answer(case).text)


def test_nobody_reviews_or_signs_his_own(world: Any) -> None:
    case = disposed(world)
    leader, reviewer = world.actor("finance.leader"), world.actor("finance.reviewer")
    case = answers.draft_answer(case=case, by=world.actor("finance.officer"), now=world.now)
    case = answers.review(case=case, by=leader, now=world.now)
    with pytest.raises(Refused) as refused:
        answers.sign(case=case, by=leader, now=world.now)
    assert codes(refused) == {"answer.own_review"}
    with pytest.raises(Refused) as refused:
        answers.sign(case=case, by=reviewer, now=world.now)
    assert "foi.role" in codes(refused)
    letter = answer(case)
    letter.facts = letter.facts | {"writers": [world.people["finance.leader"].pk]}
    letter.save()
    assert "letter.own_draft" in {
        one.code for one in answers.why_not_sign(case=case, by=leader, now=world.now)
    }


def test_in_a_unit_of_two_the_leader_reviews_and_signs(world: Any) -> None:
    case = in_hand(world, unit="tiny")
    officer, leader = world.actor("tiny.officer"), world.actor("tiny.leader")
    facts = facts_for(results.letter_of(case, "r4_2"))
    case = answers.dispose(case=case, code="r4_2", by=officer, now=world.now, facts=facts)
    case = answers.draft_answer(case=case, by=officer, now=world.now)
    case = answers.review(case=case, by=leader, now=world.now)
    case = answers.sign(case=case, by=leader, now=world.now)
    assert case.state == states.SIGNED


def test_a_draft_with_gaps_does_not_go_to_review(world: Any) -> None:
    case = in_hand(world)
    officer = world.actor("finance.officer")
    case = answers.dispose(case=case, code="r4_2", by=officer, now=world.now)
    found = {one.code for one in answers.why_not_draft_answer(case=case, by=officer, now=world.now)}
    assert {"letter.fact_would_need", "letter.open_work", "letter.open_nearest"} <= found
    with pytest.raises(Refused):
        answers.draft_answer(case=case, by=officer, now=world.now)
    answers.edit_answer(case=case, by=officer, now=world.now, facts=facts_for(answer_kind(case)))
    assert answers.draft_answer(case=case, by=officer, now=world.now).state == states.DRAFTED


def answer_kind(case: Case) -> Any:
    return results.letter_of(case, case.disposition)


@pytest.mark.law("复议法20.3")
def test_typed_words_stay_and_locked_ones_do_not_move(world: Any) -> None:
    case = disposed(world)
    officer = world.actor("finance.officer")
    letter = answers.edit_answer(
        case=case,
        by=officer,
        now=world.now,
        texts={"work": "需要逐户汇总。", "remedy": "没有救济。", "extra": "附注。"},
    )
    words = {row["key"]: row["text"] for row in letter.text}
    assert (words["work"], words["extra"]) == ("需要逐户汇总。", "附注。")
    assert "60日内" in words["remedy"]
    letter = answers.edit_answer(case=case, by=officer, now=world.now, facts={"nearest_paper": "2025年决算"})
    words = {row["key"]: row["text"] for row in letter.text}
    assert words["work"] == "需要逐户汇总。" and "2025年决算" in words["nearest"]
    letter = answers.edit_answer(case=case, by=officer, now=world.now, texts={"result": ""})
    assert "letter.missing_result" in {one.code for one in faults_of(letter, today=world.today)}


@pytest.mark.law("条例36(4)")
@pytest.mark.feature("D23")
def test_absent_needs_every_required_place_searched(world: Any) -> None:
    from gongkai.foi.actions.searching import record_search

    case, officer = in_hand(world), world.actor("finance.officer")
    places = [
        SearchPlace._base_manager.create(unit=world.units["finance"], name=name)
        for name in ("机关档案室", "办公系统")
    ]
    facts = facts_for(results.letter_of(case, "r4_1_absent")) | {"search_record": ""}
    with pytest.raises(Refused) as refused:
        answers.dispose(case=case, code="r4_1_absent", by=officer, now=world.now, facts=facts)
    assert codes(refused) == {"result.search"}
    for place in places:
        record_search(
            case=case,
            by=officer,
            place=place,
            terms="道路改造",
            result="没有找到",
            found=False,
            on=world.today,
            now=world.now,
        )
    facts.pop("search_record")
    case = answers.dispose(case=case, code="r4_1_absent", by=officer, now=world.now, facts=facts)
    words = str(answer(case).text)
    assert "机关档案室" in words and "办公系统" in words and "道路改造" in words


@pytest.mark.law("条例37")
def test_a_partial_answer_carries_its_severed_paper(world: Any) -> None:
    case = disposed(world, "r2")
    officer = world.actor("finance.officer")
    letter = answer(case)
    letter.facts = letter.facts | {"open_part": "总额"}
    letter.save()
    found = {one.code for one in answers.why_not_draft_answer(case=case, by=officer, now=world.now)}
    assert "result.severed" in found
    Paper._base_manager.create(
        case=case, unit=case.unit, kind="redacted", title="遮盖后", with_answer=True, at=world.now
    )
    found = {one.code for one in answers.why_not_draft_answer(case=case, by=officer, now=world.now)}
    assert "result.severed" not in found


def test_refusals_wait_for_deliberation_where_the_unit_says_so(world: Any) -> None:
    case, officer = in_hand(world), world.actor("finance.officer")
    LetterSettings._base_manager.create(
        unit=world.units["finance"],
        abbreviation="测财",
        deliberation_required=True,
        by=world.people["finance.officer"],
        at=world.now,
    )
    with pytest.raises(Refused) as refused:
        answers.dispose(case=case, code="r3_6", by=officer, now=world.now)
    assert codes(refused) == {"result.deliberation"}
    assert answers.why_not_dispose(case=case, code="r4_2", by=officer) == []


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("r6_1", "result.earlier_step"),
        ("r6_2", "result.earlier_step"),
        ("r5_4", "result.earlier_step"),
        ("r4_3", "result.earlier_step"),
        ("r6_3_withdrawn", "result.other_verb"),
        ("r9", "result.unknown"),
        ("record_refused", "result.unknown"),
    ],
)
def test_results_that_rest_on_an_earlier_step(world: Any, code: str, reason: str) -> None:
    case = in_hand(world)
    found = answers.why_not_dispose(case=case, code=code, by=world.actor("finance.officer"))
    assert [one.code for one in found] == [reason]


@pytest.mark.law("条例15")
def test_a_third_party_refusal_tells_why_nobody_was_asked(world: Any) -> None:
    case, officer = in_hand(world), world.actor("finance.officer")
    bare = answers.why_not_dispose(case=case, code="r3_4", by=officer, facts={"consulted": " "})
    assert [one.code for one in bare] == ["result.not_consulted"]
    told = {"consulted": "第三方联系不上，公告期满无人回应"}
    assert answers.why_not_dispose(case=case, code="r3_4", by=officer, facts=told) == []


@pytest.mark.feature("D10")
@pytest.mark.law("国办公开办函〔2016〕235号")
@pytest.mark.parametrize(
    ("sending", "reason"),
    [
        ({"way": "post", "carrier": "某某快递", "tracking": "XA123456789CN"}, "service.carrier"),
        ({"way": "post", "carrier": "EMS", "tracking": "12"}, "service.tracking"),
        ({"way": "hand"}, "service.no_signer"),
        ({"way": ""}, "service.way"),
        ({"way": "post", "carrier": "EMS", "tracking": "1234567890123", "days": 1}, "service.future"),
        ({"way": "post", "carrier": "EMS", "tracking": "1234567890123", "days": -1}, "service.early"),
        ({"way": "electronic"}, "service.no_channel"),
    ],
)
def test_ways_that_prove_no_day_are_refused(world: Any, sending: dict[str, Any], reason: str) -> None:
    # The counter case asks for its answer online, as far as it says anything.
    case = signed(world)
    on = world.today + timedelta(days=sending.pop("days", 0))
    found = answer_service.why_not_dispatch(
        case=case, sending=Sending(on=on, **sending), by=world.actor("finance.officer"), now=world.now
    )
    assert [one.code for one in found] == [reason]


@pytest.mark.law("复议法20.3")
@pytest.mark.parametrize(
    ("remedy", "reason"),
    [
        ("", "foi.remedy_untold"),
        ("如不服，可以起诉。", "foi.remedy_untold"),
        ("可以自收到之日起60日内向测试区人民政府申请行政复议。", "foi.court_untold"),
    ],
)
def test_an_answer_without_its_remedy_does_not_leave_the_house(world: Any, remedy: str, reason: str) -> None:
    """Whatever wrote the signed words: a letter that does not tell the remedy is held back."""
    case = signed(world)
    letter = answer(case)
    letter.text = [row | {"text": remedy} if row["key"] == "remedy" else row for row in letter.text]
    letter.save()
    sending = Sending("hand", world.today, received_by="王某")
    found = answer_service.why_not_dispatch(
        case=case, sending=sending, by=world.actor("finance.officer"), now=world.now
    )
    assert reason in {one.code for one in found}


@pytest.mark.law("复议法22.2")
def test_an_answer_served_online_names_the_channel_and_is_received_when_opened(world: Any) -> None:
    RemedyPlaces.objects.create(pk=1, online_channel="https://xzfy.example.gov.cn")
    case = signed(world, "r3_6")
    assert "https://xzfy.example.gov.cn" in str(answer(case).text)
    officer = world.actor("finance.officer")
    case = answer_service.dispatch(case=case, way="electronic", on=world.today, by=officer, now=world.now)
    assert case.state == states.DISPATCHED
    case = answer_service.deliver(case=case, on=world.today, by=APPLICANT, now=world.now)
    assert (case.state, case.served_on) == (states.ANSWERED, world.today)


def test_electronic_service_needs_agreement(world: Any) -> None:
    RemedyPlaces.objects.create(pk=1, online_channel="https://xzfy.example.gov.cn")
    case = signed(world, asked={"delivery_wanted": "post"})
    found = answer_service.why_not_dispatch(
        case=case,
        sending=Sending("electronic", world.today),
        by=world.actor("finance.officer"),
        now=world.now,
    )
    assert [one.code for one in found] == ["service.not_agreed"]


def test_an_answer_handed_over_is_received_the_same_day(world: Any) -> None:
    case = signed(world)
    officer = world.actor("finance.officer")
    case = answer_service.dispatch(
        case=case, way="hand", on=world.today, by=officer, now=world.now, received_by="王某"
    )
    assert (case.state, case.closed_on, case.served_on) == (states.ANSWERED, world.today, world.today)


@pytest.mark.law("国办公开办函〔2016〕235号")
def test_an_answer_that_came_back_keeps_the_day_on_which_it_first_left(world: Any) -> None:
    case, officer = signed(world), world.actor("finance.officer")
    case = answer_service.dispatch(case=case, on=world.today, by=officer, now=world.now, **MAIL)
    back = world.today + timedelta(days=8)
    with pytest.raises(Refused) as refused:
        answer_service.fail_delivery(case=case, on=back, why=" ", by=officer, now=at(back))
    assert codes(refused) == {"service.no_why"}
    case = answer_service.fail_delivery(case=case, on=back, why="查无此人", by=officer, now=at(back))
    assert (case.state, answer(case).failed_why) == (states.SIGNED, "查无此人")
    with pytest.raises(Refused) as refused:
        answers.recall(case=case, reason="改", by=world.actor("finance.leader"), now=at(back))
    assert codes(refused) == {"answer.sent"}
    case = answer_service.dispatch(
        case=case, way="hand", on=back, by=officer, now=at(back), received_by="王某"
    )
    assert (case.closed_on, case.counted_on, case.served_on) == (world.today, world.today, back)
    assert answer(case).failed_on is None


def test_a_recalled_answer_keeps_its_number(world: Any) -> None:
    case, leader = signed(world), world.actor("finance.leader")
    number = answer(case).number
    case = answers.recall(case=case, reason="附件漏了一页", by=leader, now=world.now)
    assert (case.state, case.decided_on, answer(case).digest) == (states.IN_HAND, None, "")
    kind = results.letter_of(case, "r5_1")
    officer = world.actor("finance.officer")
    case = answers.dispose(case=case, code="r5_1", by=officer, now=world.now, facts=facts_for(kind))
    case = answers.draft_answer(case=case, by=officer, now=world.now)
    case = answers.review(case=case, by=world.actor("finance.reviewer"), now=world.now)
    answers.sign(case=case, by=leader, now=world.now)
    assert answer(case).number == number


@pytest.mark.feature("D14")
@pytest.mark.law("复议法69")
def test_answering_anew_leaves_the_first_result_counted(world: Any) -> None:
    case, officer = signed(world), world.actor("finance.officer")
    case = answer_service.dispatch(
        case=case, way="hand", on=world.today, by=officer, now=world.now, received_by="王某"
    )
    reviewer = world.actor("finance.reviewer")
    later = world.today + timedelta(days=30)
    case = answer_service.redo(case=case, reason="复议机关责令重新答复", on=later, by=reviewer, now=at(later))
    assert (case.state, case.round, case.disposition, case.closed_on) == (states.IN_HAND, 2, "", None)
    assert case.due_on is not None and case.due_on > later
    assert results.answer_of(case) is None
    facts = facts_for(results.letter_of(case, "r1"))
    case = answers.dispose(case=case, code="r1", by=officer, now=at(later), facts=facts)
    assert "现依法重新答复" in str(answer(case).text)
    case = answers.draft_answer(case=case, by=officer, now=at(later))
    case = answers.review(case=case, by=reviewer, now=at(later))
    case = answers.sign(case=case, by=world.actor("finance.leader"), now=at(later))
    case = answer_service.dispatch(
        case=case, way="hand", on=later, by=officer, now=at(later), received_by="王某"
    )
    assert (case.disposition, case.counted_disposition, case.counted_on) == ("r1", "r4_2", world.today)


def test_an_answer_is_put_right_by_a_letter_of_its_own(world: Any) -> None:
    case, officer = signed(world), world.actor("finance.officer")
    case = answer_service.dispatch(
        case=case, way="hand", on=world.today, by=officer, now=world.now, received_by="王某"
    )
    reviewer = world.actor("finance.reviewer")
    letter = answer_service.amend_answer(case=case, reason="金额笔误", by=reviewer, now=world.now)
    assert letter.kind == "amend_letter" and answer(case).number in str(letter.text)
    case.refresh_from_db()
    assert (case.state, case.disposition) == (states.ANSWERED, "r4_2")


def test_the_trail_of_an_answer_names_no_applicant(world: Any) -> None:
    case = signed(world)
    rows = TrailRow.objects.filter(verb__startswith="foi.")
    told = "".join(f"{row.facts}{row.note}{row.object_name}" for row in rows)
    assert "王某" not in told and answer(case).digest in told
    events = CaseEvent.objects.unscoped("the rows of the test").filter(case=case)
    assert "王某" not in "".join(str(row.facts) for row in events)
