"""The closed list of results, the questions that lead to them, the first line of their letters."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.foi.rules import dispositions
from gongkai.foi.rules.decision_tree import (
    FIRST,
    GROUND,
    QUESTIONS,
    NoSuchAnswer,
    Outcome,
    Question,
    all_paths,
    path_of,
    walk,
)
from gongkai.foi.rules.dispositions import DISPOSITIONS, ROW_KEYS, UnknownDisposition, disposition
from gongkai.foi.rules.phrases import RESULTS, first_line
from gongkai.foi.rules.tables import result_rows
from gongkai.law.register import known

pytestmark = pytest.mark.feature("D09")
PATHS = list(all_paths())
CODES = list(DISPOSITIONS)


@pytest.mark.law("国办公开办函〔2021〕30号")
def test_results_fill_the_twenty_one_rows_of_the_form() -> None:
    assert len(ROW_KEYS) == 21
    assert set(ROW_KEYS) == set(result_rows(2026))
    assert sum(row == "r4_1" for row in map(dispositions.statistic_row, CODES)) == 2


@pytest.mark.parametrize("code", CODES)
def test_result_has_one_letter_and_rests_on_registered_articles(code: str) -> None:
    one = disposition(code)
    assert one.letter and one.result
    assert all(known(reference) for reference in one.references)
    assert one.references or code in ("r5_5", "r6_3", "r6_3_withdrawn", "r6_3_merged")


def test_no_two_results_share_a_letter() -> None:
    letters = [one.letter for one in DISPOSITIONS.values()]
    assert len(letters) == len(set(letters))


@pytest.mark.law("复议法23.1(4)")
def test_class_of_the_remedy_is_not_the_row_of_the_statistics() -> None:
    refusals = {code for code in CODES if dispositions.remedy_class(code) == "A"}
    assert refusals == {"r2", *(f"r3_{number}" for number in range(1, 8))}
    assert dispositions.remedy_class("r3_8") == "B"
    assert dispositions.remedy_class("overdue") == "C"
    assert dispositions.remedy_class("unpublished") == "D"
    assert {dispositions.remedy_class(code) for code in CODES} == {"A", "B"}


@pytest.mark.parametrize(
    ("code", "words"), [("r4_1", "r4_1_absent、r4_1_elsewhere"), ("", "r1、"), ("r9", "请从")]
)
def test_unknown_code_names_those_that_are_known(code: str, words: str) -> None:
    with pytest.raises(UnknownDisposition, match=words):
        disposition(code)


def test_every_path_ends_in_exactly_one_result_and_every_result_is_reached() -> None:
    assert {outcome.code for _, outcome in PATHS} == set(DISPOSITIONS)
    for answers, outcome in PATHS:
        assert walk(answers) == outcome
        # the path is as long as it must be: without its last answer a question is open
        shorter = dict(itertools.islice(answers.items(), len(answers) - 1))
        assert isinstance(walk(shorter), Question)


def test_every_question_is_asked_and_leads_somewhere() -> None:
    asked = {key for answers, _ in PATHS for key in answers}
    assert asked == set(QUESTIONS)
    for question in QUESTIONS.values():
        assert len(question.choices) >= 2
        assert len({choice.key for choice in question.choices}) == len(question.choices)
        assert question.help and all(known(reference) for reference in question.references)
        for choice in question.choices:
            assert choice.then in QUESTIONS or choice.then in DISPOSITIONS or choice.then == GROUND


@given(
    st.fixed_dictionaries(
        {key: st.sampled_from([one.key for one in q.choices]) for key, q in QUESTIONS.items()}
    )
)
def test_whoever_answers_every_question_gets_one_result(answers: dict[str, str]) -> None:
    outcome = walk(answers)
    assert isinstance(outcome, Outcome)
    taken = path_of(answers)
    assert taken[0][0].key == FIRST
    assert walk({question.key: choice.key for question, choice in taken}) == outcome


@pytest.mark.law("条例37")
def test_partial_disclosure_counts_once_and_keeps_its_ground() -> None:
    partial = [outcome for answers, outcome in PATHS if answers.get("severable") == "yes"]
    assert {outcome.code for outcome in partial} == {"r2"}
    assert {outcome.ground for outcome in partial} == {f"r3_{number}" for number in range(1, 8)}


@pytest.mark.law("条例16.2")
def test_duty_to_publish_prevails_over_process_and_case_files_only() -> None:
    for answers, outcome in PATHS:
        if answers.get("exempt") in ("process", "case_file"):
            assert (outcome.code == "r1") == (answers["prevails"] == "yes")
        elif "prevails" in answers:
            pytest.fail(f"{answers} asks for a duty that art. 16 does not know")


@pytest.mark.law("条例32")
def test_third_party_cannot_be_passed_over() -> None:
    for answers, outcome in PATHS:
        if answers.get("exempt") == "third_party":
            assert "consultation" in outcome.requires
            assert ("notice_to_third_party" in outcome.requires) == (answers["third_party"] == "overridden")


def test_answer_that_is_not_offered_is_told() -> None:
    with pytest.raises(NoSuchAnswer, match="请从中选择"):
        walk({"standing": "maybe"})
    assert path_of({"standing": "maybe"}) == ()


DECIDED = date(2026, 3, 2)


@pytest.mark.parametrize("code", CODES)
def test_first_line_says_result_and_what_you_can_do(code: str) -> None:
    line = first_line(code, decided_on=DECIDED)
    assert line.startswith(RESULTS[code])
    assert len(line) <= 110
    assert not any(word in line for word in ("条例", "第三十", "依照", "特此", "之规定", "贵"))
    if code in ("r6_3_withdrawn", "r6_3_merged"):
        assert "复议" not in line
    else:
        assert "60日内" in line
        first = "复议以后还可以起诉" in line
        assert first == (dispositions.remedy_class(code) == "A")


def test_first_line_names_the_last_days_once_they_are_known() -> None:
    line = first_line(
        "r1", decided_on=DECIDED, reconsideration_until=date(2026, 5, 6), lawsuit_until=date(2026, 9, 7)
    )
    assert "2026年5月6日以前（含当天）申请行政复议" in line
    assert "2026年9月7日以前（含当天）向法院起诉" in line
    refused = first_line("r3_1", decided_on=DECIDED, reconsideration_until=date(2026, 5, 6))
    assert "2026年5月6日以前（含当天）申请行政复议，复议以后还可以起诉" in refused
    assert "或者在6个月内向法院起诉" in first_line("r3_1", decided_on=date(2023, 3, 2))


def test_every_result_has_its_own_first_line() -> None:
    assert set(RESULTS) == set(DISPOSITIONS)
    assert len(set(RESULTS.values())) == len(RESULTS)
