"""The ladder, the Monday list, praise and criticism, the look-back's paragraph: pure rules and their properties."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.ledger import states
from gongkai.ledger.rules import bulletin, calling, lateness, lookback, wording
from gongkai.ledger.rules.lateness import LADDER, Facts, next_step, reason_of, steps_to_send, why_late

DUE = date(2026, 10, 1)
days = st.integers(min_value=-30, max_value=400)


def facts(**more: object) -> Facts:
    return Facts("task", **more)  # type: ignore[arg-type]


@pytest.mark.feature("L20")
@pytest.mark.parametrize(
    ("given_facts", "why", "words"),
    [
        (facts(), "silent", "从来没有填报"),
        (facts(reports=2, waiting=True), "waiting", "等区政务公开主管部门核对"),
        (facts(reports=3, returns=2, last_returned=True), "returned", "退回 2 次"),
        (facts(reports=1, returns=1, last_returned=True), "returned", "被退回"),
        (facts(reports=1, last_report=DUE), "unfinished", "2026-10-01"),
        (facts(reports=1, continuous=True), "stale", "更新周期"),
        (Facts("campaign"), "not_handed_in", "没有交"),
        (Facts("order"), "unanswered", "没有答复"),
        (Facts("order", waiting=True), "waiting", "等区政务公开主管部门核对"),
    ],
)
def test_each_lateness_has_one_reason_in_words(given_facts: Facts, why: str, words: str) -> None:
    assert why_late(given_facts) == why
    assert words in reason_of(given_facts) and reason_of(given_facts).endswith("。")


@given(over=days, sent=st.sets(st.integers(1, 3)), promise=st.none() | days)
def test_a_step_goes_out_once_never_early_and_never_before_a_promised_day(
    over: int, sent: set[int], promise: int | None
) -> None:
    today = DUE + timedelta(days=over)
    promised = DUE + timedelta(days=promise) if promise is not None else None
    steps = steps_to_send(since=DUE, today=today, sent=sent, promised_on=promised)
    assert not {step.number for step in steps} & sent
    assert all(over >= step.after_days for step in steps)
    if promised is not None and today <= promised:
        assert steps == ()
    else:
        assert {step.number for step in steps} | sent >= {
            one.number for one in LADDER if one.after_days <= over
        }


@given(over=st.lists(st.integers(0, 3), min_size=1, max_size=60))
def test_over_any_days_each_step_goes_out_once_in_its_order(over: list[int]) -> None:
    today, sent = DUE, list[int]()
    for gap in over:
        today += timedelta(days=gap)
        sent += [step.number for step in steps_to_send(since=DUE, today=today, sent=sent)]
    assert sent == sorted(set(sent))
    assert len(sent) == sum(one.after_days <= (today - DUE).days for one in LADDER)


def test_ladder_stops_while_the_office_itself_has_the_matter() -> None:
    late = DUE + timedelta(days=40)
    assert steps_to_send(since=DUE, today=late, sent=(), waiting=True) == ()
    said = next_step(facts(waiting=True), since=DUE, today=late, sent=(), promised_on=None)
    assert said == "您先核对"


@pytest.mark.parametrize(
    ("over", "sent", "promise", "words"),
    [
        (1, (), None, "今天催单位信息员"),
        (3, (1,), None, "4天后催单位负责人"),
        (20, (1, 2, 3), None, "三级都已催办"),
        (3, (1,), 9, "等到约定的 10-10"),
        (12, (1,), 9, "今天催单位负责人"),
    ],
)
def test_next_step_is_told(over: int, sent: tuple[int, ...], promise: int | None, words: str) -> None:
    promised = DUE + timedelta(days=promise) if promise else None
    today = DUE + timedelta(days=over)
    assert words in next_step(facts(), since=DUE, today=today, sent=sent, promised_on=promised)


unit_facts = st.builds(
    calling.UnitFacts,
    unit_id=st.integers(1, 10**6),
    days=st.integers(1, 300),
    matters=st.integers(1, 9),
    silent_days=st.integers(0, 300),
    returns=st.integers(0, 5),
    paused=st.booleans(),
)


@given(units=st.lists(unit_facts, max_size=12, unique_by=lambda one: one.unit_id))
def test_first_calls_are_up_to_three_different_units_that_did_not_promise(
    units: list[calling.UnitFacts],
) -> None:
    calls = calling.first_calls(units)
    reachable = [one for one in units if not one.paused]
    assert len(calls) == len({call.unit_id for call in calls}) == min(3, len(reachable))
    assert {call.unit_id for call in calls} <= {one.unit_id for one in reachable}
    if reachable:
        assert next(one for one in reachable if one.unit_id == calls[0].unit_id).days == max(
            one.days for one in reachable
        )


def test_the_silent_and_the_repeatedly_returned_are_called_though_others_are_later() -> None:
    units = [
        calling.UnitFacts(1, 90, 1),
        calling.UnitFacts(2, 80, 1),
        calling.UnitFacts(3, 5, 1, silent_days=5),
        calling.UnitFacts(4, 4, 1, returns=3),
    ]
    assert [call.unit_id for call in calling.first_calls(units)] == [1, 3, 4]


month = st.builds(
    bulletin.UnitMonth,
    unit_id=st.integers(1, 10**6),
    accepted=st.integers(0, 9),
    returned=st.integers(0, 5),
    late=st.integers(0, 5),
    longest=st.integers(0, 90),
    orders_late=st.integers(0, 2),
    criticised_before=st.integers(0, 2),
)


@pytest.mark.feature("L12")
@given(units=st.lists(month, max_size=20, unique_by=lambda one: one.unit_id))
def test_nobody_is_praised_and_criticised_and_every_name_has_its_reason(
    units: list[bulletin.UnitMonth],
) -> None:
    praise, blame = bulletin.praised(units), bulletin.criticised(units)
    assert not {one.unit_id for one in praise} & {one.unit_id for one in blame}
    assert len(praise) <= bulletin.MOST_NAMED >= len(blame)
    assert all(one.reason.endswith("。") and len(one.reason) > 1 for one in (*praise, *blame))


def test_laggard_of_three_months_is_called_one() -> None:
    worst = bulletin.UnitMonth(1, late=2, longest=40, criticised_before=2)
    assert "长期落后" in bulletin.criticised([worst])[0].reason


@pytest.mark.feature("L05")
def test_paragraph_counts_what_was_found_and_what_was_carried() -> None:
    verdicts = {states.CONFIRMED: 5, states.UNFINISHED: 2, states.RECTIFY: 1}
    text = lookback.result_paragraph(lookback.Result(2025, 6, 4, verdicts, 3))
    assert "逐项核查 8 项次" in text and "3 项任务已结转到2026年台账" in text and "没有核查" not in text
    open_text = lookback.result_paragraph(lookback.Result(2025, 6, 4, {states.TO_VERIFY: 1}, 0))
    assert "还有 1 项次没有核查" in open_text and "没有需要结转" in open_text


def test_call_text_is_plain_and_cut_where_it_is_long() -> None:
    lines = [wording.LateLine(f"第{at}项", DUE, 9, "没有填报。", "请填报。") for at in range(12)]
    text = wording.call_text(
        unit="区财政局", lines=lines, answer_by=DUE, office="区政府办公室", phone="", address="https://a/b/"
    )
    assert text.startswith("区财政局：贵单位有 12 项") and "另有 4 项" in text and len(text) < 1000
    assert "没有逾期" in wording.summary_text(day=DUE, units=[], office="办公室")


@pytest.mark.parametrize("name", ["ORDERS", "ANSWERS", "CAMPAIGNS", "BULLETINS", "VERIFICATIONS"])
def test_office_tables_lead_to_one_place_by_a_known_action(name: str) -> None:
    from gongkai.orgs.wall import TABLE as POLICIES

    table = getattr(states, name)
    assert len({(row.source, row.verb) for row in table}) == len(table)
    labels = getattr(states, f"{name[:-1]}_LABELS")
    assert {row.source for row in table} | {row.target for row in table} == set(labels)
    assert {row.action for row in table} <= set(POLICIES)


def test_ladder_is_told_with_its_source() -> None:
    assert "本平台规定" in lateness.LADDER_WORDS and "满7天催单位负责人" in lateness.LADDER_WORDS
