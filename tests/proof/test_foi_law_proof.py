"""Errors planted in the rules of disclosure requests, one at a time: the golden cases and the tests must notice.

The golden cases come from a second reading of the law that walks over the days (``gongkai.foi.tests.oracle``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

from gongkai.foi.rules import (
    agencies,
    case_dates,
    clocks,
    fees,
    identity,
    receipt,
    remedies,
    sub_clocks,
    table_checks,
    tables,
)
from gongkai.foi.rules.clocks import _Course
from gongkai.foi.tests import (
    test_case_clocks,
    test_fees,
    test_golden_cases,
    test_identity,
    test_receipt,
    test_remedies,
    test_results,
    test_similar,
    test_steps_and_disputes,
    test_tables,
)
from gongkai.foi.tests.oracle import read
from gongkai.law import calendar as law_calendar
from gongkai.law import remedy as law_remedy

Planted = tuple[Any, str, str, str]


def differences() -> Iterator[str]:
    """Golden cases whose dates are others now, or are others when the events come twice and backwards."""
    for place, row in enumerate(test_golden_cases.ROWS):
        try:
            test_golden_cases.test_scenario_has_its_dates(row)
            if place % 5 == 0:
                dates = test_golden_cases.reckoned(row)
                events = test_golden_cases.events_of(dates.received_on, read(row["events"]))
                again = clocks.reckon_case([*reversed(events), *events], test_golden_cases.CALENDAR)
                assert again == dates
        except Exception as problem:  # whatever it is, it was noticed
            yield f"{row['name']}: {problem}"


CLOCK_ERRORS: dict[str, Planted] = {
    "restart keeps the old start": (_Course, "reckon", "self.started", "self.received"),
    "consultations count": (_Course, "reckon", "self.exclusions", "()"),
    "extension forgotten": (_Course, "reckon", "self.base + self.extended_by", "self.base"),
    "consultation after the answer moves the date": (_Course, "__init__", "one.sent <= end", "True"),
    "second notice is as good as the first": (
        _Course, "_correction_asked", "self.corrections > 1", "self.corrections > 9",
    ),
    "notice is late on the seventh day": (
        _Course, "_correction_asked", "event.dispatched > self.notice.due", "event.dispatched >= self.notice.due",
    ),
    "late notice restarts silently": (_Course, "_correction_asked", "self.doubt(why, event)", "pass"),
    "correction notice does not stop": (
        _Course, "_correction_asked", "self.waits[CORRECTION] = event.dispatched", "pass",
    ),
    "correction without notice restarts silently": (
        _Course, "_correction_received", "self.asked is None", "False",
    ),
    "restart forgets to begin": (_Course, "_restart", "self.started = max(self.started, on)", "pass"),
    "restart is a day late": (_Course, "_restart", "max(self.started, on)", "max(self.started, on) + ONE_DAY"),
    "waiting never ends": (_Course, "_restart", "self.waits.pop(ends, None)", "pass"),
    "late fee notice restarts silently": (
        _Course, "_fee_asked", "event.dispatched > self.reckon().due", "False",
    ),
    "fee notice does not stop": (_Course, "_fee_asked", "self.waits[FEE] = event.dispatched", "pass"),
    "extension beyond twenty": (
        _Course, "_extended", "min(event.by_days, self.cap - self.extended_by)", "event.by_days",
    ),
    "second extension replaces the first": (
        _Course, "_extended", "self.extended_by += granted", "self.extended_by = granted",
    ),
    "extension after the date": (
        _Course, "_why_no_extension", "event.dispatched > self.reckon().due", "False",
    ),
    "delay told after the date": (_Course, "_delayed", "event.dispatched > self.reckon().due", "False"),
    "delay forgotten": (_Course, "reckon", "self.delay, self", "None, self"),
    "delay ends on a day off": (clocks, "delayed", "calendar.next_workday(until)", "until"),
    "delay is certain": (clocks, "delayed", "reckoning.provisional or uncertain", "reckoning.provisional"),
    "delay shortens": (clocks, "delayed", "until <= reckoning.due", "until == reckoning.due"),
    "reasons stop the clock": (
        _Course, "take", "self.reasons_asked = True", 'self.waits["reasons"] = event.dispatched',
    ),
    "only the first risk is seen": (_Course, "_risk", "other.risk_due or other.due", "other.due"),
    "no risk is shown as one": (_Course, "_risk", "None if risk == due else risk", "risk"),
    "events are not put in order": (clocks, "in_order", "sorted(", "iter("),
    "the same event twice counts twice": (clocks, "in_order", "dict.fromkeys(events)", "events"),
    "opinion runs from sending": (clocks, "consultation", "event.delivered or event.sent", "event.sent"),
    "late opinion lengthens": (clocks, "consultation", "min(event.answered, found.due)", "event.answered"),
    "silence is not left out": (
        clocks, "consultation", "if event.answered else found.due", "if event.answered else event.sent",
    ),
    "left out from delivery only": (
        clocks, "consultation", "Exclusion(event.sent, until", "Exclusion(min(start, until), until",
    ),
    "payment in working days": (
        clocks, "payment", '"fee_payment_days"', '"third_party_opinion_working_days"',
    ),
    "notice within fifteen days": (
        clocks, "correction_notice", '"correction_notice_working_days"', '"third_party_opinion_working_days"',
    ),
    "half time is a day late": (clocks, "reminders_on", "(len(counted) + 1) // 2 - 1", "len(counted) // 2"),
    "reminder is a day late": (clocks, "reminders_on", "counted[-left - 1]", "counted[-left]"),
    "unconfirmed receipt counts": (
        test_golden_cases, "receipt", "arrival.contact_restored_on or arrival.confirmed_on", "arrival.arrived_on",
    ),
}  # fmt: skip


def forget() -> None:
    case_dates.reckoned.cache_clear()
    law_calendar.statutory_days.cache_clear()


@pytest.mark.feature("D05")
def test_golden_cases_hold() -> None:
    assert list(differences()) == []


@pytest.mark.parametrize("error", CLOCK_ERRORS)
def test_error_planted_in_a_clock_is_found(error: str, switch_off: Callable[..., None]) -> None:
    forget()
    switch_off(*CLOCK_ERRORS[error])
    try:
        assert next(differences(), None), error
    finally:
        forget()


def test_enough_errors_are_planted() -> None:
    assert len(CLOCK_ERRORS) >= 20


# --- the other rules, each by its own tests ------------------------------------------------------------------


def every(module: ModuleType, *names: str) -> Callable[[], None]:
    """Some tests of a module with all the parameters they are given."""

    def run() -> None:
        for name in names:
            test = getattr(module, name)
            marks = [mark for mark in getattr(test, "pytestmark", []) if mark.name == "parametrize"]
            if not marks:
                test()
                continue
            given, values = marks[0].args[:2]
            for value in values:
                test(value) if isinstance(given, str) else test(*value)

    return run


FEES = every(
    test_fees, "test_sum_of_pieces", "test_sum_of_pages", "test_request_is_charged_the_difference",
    "test_fee_is_the_exception", "test_notice_can_show_its_bands",
)  # fmt: skip
REMEDIES = every(
    test_remedies, "test_remedy_follows_result_and_day", "test_partial_disclosure_has_a_text_in_two_parts",
    "test_online_letter_names_the_internet_channel", "test_kind_of_agency_gives_body_and_court",
    "test_old_law_gave_a_choice_of_bodies", "test_court_of_a_district_government_followed_the_pilot",
    "test_reading_of_silence_is_a_switch", "test_letter_without_remedy_is_told_what_it_lacks",
)  # fmt: skip
TABLES = every(
    test_tables, "test_one_wrong_number_in_the_published_table_is_found", "test_wrong_total_of_a_row_is_found",
    "test_carry_over_is_that_of_last_year", "test_empty_and_impossible_cells_are_told_first",
    "test_sum_that_leaves_a_unit_out_is_found", "test_outcomes_fall_into_the_columns_of_table_four",
    "test_form_has_its_rows_and_columns", "test_published_table_agrees",
)  # fmt: skip
RECEIPT = every(
    test_receipt, "test_day_of_receipt_follows_the_channel", "test_day_in_the_future_is_refused_with_what_to_do",
    "test_other_office_counts_when_the_disclosure_office_has_it",
    "test_unreachable_applicant_starts_with_restored_contact", "test_days_out_of_order_are_refused",
)  # fmt: skip
IDENTITY = every(
    test_identity, "test_bad_number_says_what_is_wrong", "test_birth_in_the_future_is_refused", "test_credit_code",
    "test_masked_words", "test_good_number_is_read_however_it_is_written",
)  # fmt: skip
STEPS = every(
    test_steps_and_disputes, "test_extension_is_possible_within_twenty_days_and_the_old_date",
    "test_correction_is_asked_once_and_within_seven_days",
    "test_case_lapses_only_after_a_delivered_notice_ran_out", "test_clocks_of_disputes",
    "test_fee_is_asked_in_time_and_lapses_after_thirty_days", "test_remedies_run_from_the_day_of_receipt",
)  # fmt: skip
STANDING = every(
    test_case_clocks, "test_standing_of_an_open_case", "test_post_counter_warning_on_the_last_day",
    "test_day_of_posting_ends_the_clock_and_day_of_receipt_starts_the_remedies",
    "test_correction_stops_and_begins_anew", "test_silence_ends_by_itself_and_means_different_things",
)  # fmt: skip
RESULTS = every(
    test_results, "test_every_path_ends_in_exactly_one_result_and_every_result_is_reached",
    "test_first_line_says_result_and_what_you_can_do",
    "test_first_line_names_the_last_days_once_they_are_known",
)  # fmt: skip
SIMILAR = every(
    test_similar, "test_same_wish_in_other_words_is_found_and_another_wish_is_not_taken_for_it",
    "test_repeat_names_the_earlier_request", "test_many_requests_are_a_hint_with_its_number",
)  # fmt: skip
OTHER_ERRORS: dict[str, tuple[Callable[[], None], Planted]] = {
    "rate of pieces stays": (FEES, (fees, "piece_total", "STEP * full * (full + 1) // 2", "0")),
    "total instead of difference": (FEES, (fees, "piece_charge", " - piece_total(before, on=on)", "")),
    "band one too long": (FEES, (fees, "_shares", "top - below)", "top - below + 1)")),
    "published information is charged": (FEES, (fees, "why_not_charge", "if already_public:", "if False:")),
    "every answer is of class B": (
        REMEDIES, (test_remedies, "remedy_text", "remedy_class(code)", '"B"'),
    ),
    "partial answer in one part": (
        REMEDIES, (test_remedies, "remedy_text", "code == PARTIAL and", "False and"),
    ),
    "channel is not missed": (REMEDIES, (remedies, "_missing", "internet_channel.strip()", "True")),
    "pilot forgotten": (REMEDIES, (agencies, "_court", 'level.value == "basic"', "False")),
    "pilot everywhere": (REMEDIES, (agencies, "_court", 'level.value == "basic"', "True")),
    "new bodies at all times": (
        REMEDIES, (test_remedies, "venue", "decided_on >= RECONSIDERATION_FIRST_SINCE", "True"),
    ),
    "government reviews itself": (
        REMEDIES,
        (agencies, "_body_now", 'seats.higher_government, "复议法24.1(2)"', 'seats.government, "复议法24.1(2)"'),
    ),
    "reconsideration first at all times": (
        REMEDIES, (law_remedy, "_why_first", "decided_on < RECONSIDERATION_FIRST_SINCE", "False"),
    ),
    "silence is always sued": (REMEDIES, (law_remedy, "_why_first", "not silence_may_be_sued", "False")),
    "letter without court passes": (
        REMEDIES, (test_remedies, "faults_of_paragraph", "expected.court not in letter", "False"),
    ),
    "case is not in the total": (
        TABLES, (test_tables, "table_three", "cells[TOTAL, case.kind] += 1", "pass"),
    ),
    "three rows a year late": (
        TABLES, (test_tables, "row_of_year", "year < THREE_ROWS_SINCE", "year <= THREE_ROWS_SINCE"),
    ),
    "AR1 asleep": (TABLES, (table_checks, "_column", "came != left", "False")),
    "AR2 asleep": (TABLES, (table_checks, "_column", "rows[TOTAL][column] != expected", "False")),
    "AR3 asleep": (TABLES, (table_checks, "_across", 'rows[row]["total"] != expected', "False")),
    "AR5 asleep": (TABLES, (table_checks, "_carried", "before != now", "False")),
    "AR7 asleep": (TABLES, (table_checks, "_shape", "number < 0", "False")),
    "AR10 asleep": (TABLES, (test_tables, "check_sum", "number != expected", "False")),
    "outcome in the wrong group": (
        TABLES, (test_tables, "table_four", "REVIEW_OUTCOMES[review.outcome][1]", '"other"'),
    ),
    "future receipt": (RECEIPT, (receipt, "why_not_received", "day > today", "False")),
    "receipt before arrival": (RECEIPT, (receipt, "why_not_received", "day < arrival.arrived_on", "False")),
    "other office counts at once": (
        RECEIPT, (test_receipt, "receipt", "arrival.reached_office_on > on", "False"),
    ),
    "check digit of a citizen": (
        IDENTITY, (identity, "id_number_fault", "_ID_CHECK[total % 11] != text[17]", "False"),
    ),
    "born tomorrow": (IDENTITY, (identity, "id_number_fault", "born > today", "False")),
    "weights of a credit code": (IDENTITY, (identity, "uscc_fault", "pow(3, place, 31)", "1")),
    "mask shows all": (IDENTITY, (identity, "masked", '"*" * (len(text) - front - back)', "text[front:-back]")),
    "notice on any day": (
        STEPS, (test_steps_and_disputes.steps, "why_not_ask_correction", "on > dates.correction_notice.due", "False"),
    ),
    "extension of any length": (
        STEPS, (test_steps_and_disputes.steps, "why_not_extend", "by_days > dates.extension_left", "False"),
    ),
    "lapse a day early": (
        STEPS, (test_steps_and_disputes.steps, "_why_not_lapse", "today <= clock.due", "today < clock.due"),
    ),
    "lapse without delivery": (
        STEPS, (test_steps_and_disputes.steps, "_why_not_lapse", "clock.assumed", "False"),
    ),
    "decision never extended": (
        STEPS, (test_steps_and_disputes.disputes, "reconsideration_decision", "extended and not simplified", "False"),
    ),
    "post counter closes in UTC": (
        STANDING, (test_case_clocks, "at_16_warning", "now.astimezone(LEGAL_ZONE)", "now"),
    ),
    "warning all day": (STANDING, (test_case_clocks, "at_16_warning", "here.time() < warn_from", "False")),
    "late answer in time": (
        STANDING, (case_dates, "_ended", 'f"已答复，超期 {over} 天" if over else', '""  if False else'),
    ),
    "waiting case is overdue": (
        STANDING, (case_dates.CaseDates, "standing", "if self.waiting_for:", "if False:"),
    ),
    "ground of a part is lost": (
        RESULTS, (test_results, "walk", 'ground if partial else ""', '""'),
    ),
    "first line offers the court at once": (
        RESULTS, (test_results, "first_line", "parts.append(_what_you_can_do(", "parts.append(_what_you_can_do('r1' or "),
    ),
    "another place is the same wish": (
        SIMILAR, (test_similar, "likeness", "alike(signature(one), signature(other))", "float(one[:2] == other[:2])"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("error", OTHER_ERRORS)
def test_error_planted_in_a_rule_is_found(error: str, switch_off: Callable[..., None]) -> None:
    check, planted = OTHER_ERRORS[error]
    check()
    forget()
    switch_off(*planted)
    try:
        with pytest.raises((Exception, pytest.fail.Exception)):
            check()
    finally:
        forget()


def test_tables_and_sub_clocks_are_the_modules_that_are_tried() -> None:
    """The names above are looked up where they are used, so these modules must use the rules themselves."""
    assert clocks.consultation is sub_clocks.consultation
    assert test_tables.table_three is tables.table_three
