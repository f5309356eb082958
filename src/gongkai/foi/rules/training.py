"""Practice cases: from a number to an invented case, and from its facts to the right answers by the same rules.

Nothing that is right is stored: the result comes from ``decision_tree``, the date from ``clocks``, the next verb
from ``next_steps``, the remedy from ``remedies``. Change a rule, and the exercises change with it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from gongkai.foi import states
from gongkai.foi.rules import case_events as facts
from gongkai.foi.rules.clocks import reckon_case
from gongkai.foi.rules.decision_tree import Outcome, all_paths, path_of
from gongkai.foi.rules.dispositions import DISPOSITIONS, A, B, C, D, remedy_class
from gongkai.foi.rules.next_steps import NextStep, Situation, next_step
from gongkai.foi.rules.receipt import CHANNEL_NAMES, NEEDS_CONFIRMATION, Arrival, Channel, receipt
from gongkai.kernel.text.dates import written_out
from gongkai.law.basis import basis
from gongkai.law.calendar import WorkCalendar

NEXT, DUE, RESULT, GROUND, REMEDY = "next", "due", "result", "ground", "remedy"
FULL = 100
LEFT_OUT = ("other",)  # a result that no fact can show
REMEDY_WORDS = {
    A: "不服的，先申请行政复议，对复议决定不服再起诉",
    B: "不服的，可以申请行政复议，也可以直接起诉",
    C: "机关逾期没有答复，按不履行答复职责救济",
    D: "机关没有主动公开，先向它申请公开",
}
_STATES = (
    states.ARRIVED,
    states.REGISTERED,
    states.ASSIGNED,
    states.IN_HAND,
    states.CORRECTION,
    states.CONSULTING,
    states.DELIBERATING,
    states.DRAFTED,
    states.REVIEWED,
    states.SIGNED,
    states.DISPATCHED,
    states.ANSWERED,
)
_CHANNELS = (Channel.WEB, Channel.COUNTER, Channel.REGISTERED_MAIL, Channel.PLAIN_MAIL, Channel.FAX)


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to answer: a choice, or a date where ``options`` is empty."""

    key: str
    text: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """An invented case as the trainee sees it, and behind it what the rules make of it."""

    channel: Channel
    lines: tuple[str, ...]
    questions: tuple[Question, ...]
    state: str
    path: tuple[tuple[str, str], ...]
    outcome: Outcome
    events: tuple[facts.CaseEvent, ...]
    step: NextStep


@dataclass(frozen=True, slots=True)
class Graded:
    """One answer beside the right one, with why and on which article."""

    key: str
    text: str
    given: str
    right: str
    ok: bool
    why: str
    article: str


@cache
def told() -> dict[str, Any]:
    """The invented sentences."""
    return tomllib.loads(files("gongkai.foi.facts").joinpath("training.toml").read_text("utf-8"))


def titles() -> tuple[str, ...]:
    """What may be asked for where the installation holds no invented cases."""
    return tuple(told()["titles"])


def scenario(seed: int, *, today: date, calendar: WorkCalendar) -> Scenario:
    """The invented case of a number; the same number and day give the same case."""
    dice = Random(seed)
    by_code = _paths()
    answers, outcome = dice.choice(by_code[dice.choice(sorted(by_code))])
    channel = dice.choice(_CHANNELS)
    arrived = _back(calendar, today, 14 + dice.randrange(4))
    confirmed = _on(calendar, arrived, dice.randrange(2)) if channel in NEEDS_CONFIRMATION else None
    arrival = Arrival(channel=channel, arrived_on=arrived, confirmed_on=confirmed)
    received = receipt(arrival, today=today, calendar=calendar).on
    assert received is not None
    events, happened = _course(answers, outcome, received, calendar, dice)
    state = dice.choice(_STATES)
    due = reckon_case(events, calendar).due
    step = next_step(Situation(state=state, due=due, stopped=False, arrived=arrived))
    assert step is not None
    lines = (_arrival_words(arrival), *happened, *_file_words(answers))
    asked = (
        Question(
            NEXT, f"假如登记簿上案件是“{states.LABELS[state]}”，接下来办什么？", _verbs(state, step, dice)
        ),
        *((Question(DUE, "最迟哪天答复？"),) if due else ()),
        Question(RESULT, "应当怎样办结？", _results()),
        *_ground_question(outcome, dice),
        Question(REMEDY, "办结后，申请人的救济是哪一种？", tuple(REMEDY_WORDS.items())),
    )
    return Scenario(channel, lines, asked, state, tuple(answers.items()), outcome, events, step)


@basis("条例36", "条例33.2", "复议法23.1(4)")
def grade(found: Scenario, given: Mapping[str, str], calendar: WorkCalendar) -> tuple[Graded, ...]:
    """Every answer held against the rules."""
    return tuple(
        _GRADERS[question.key](found, question, given.get(question.key, ""), calendar)
        for question in found.questions
    )


def score(graded: tuple[Graded, ...]) -> int:
    """Right answers by all, out of a hundred.

    >>> score(())
    0
    """
    return round(FULL * sum(one.ok for one in graded) / len(graded)) if graded else 0


def _next(found: Scenario, question: Question, given: str, calendar: WorkCalendar) -> Graded:
    step = found.step
    return _graded(question, given, step.event, step.why, step.article)


def _due(found: Scenario, question: Question, given: str, calendar: WorkCalendar) -> Graded:
    dates = reckon_case(found.events, calendar)
    assert dates.due is not None
    why = "；".join(step.text.rstrip("。") for step in dates.story)
    counted = f"从 {dates.started} 的次日起数 {dates.working_days + dates.extended_by} 个工作日"
    return Graded(
        question.key, question.text, given or "没有作答", dates.due.isoformat(),
        given == dates.due.isoformat(), f"{why}。{counted}。", "条例第三十三条",
    )  # fmt: skip


def _result(found: Scenario, question: Question, given: str, calendar: WorkCalendar) -> Graded:
    code = found.outcome.code
    road = path_of(dict(found.path))
    why = "；".join(f"{one.text}{choice.text}" for one, choice in road)
    articles = DISPOSITIONS[code].basis or (road[-1][0].basis if road else "")
    return _graded(question, given, code, f"{why}。", articles)


def _ground(found: Scenario, question: Question, given: str, calendar: WorkCalendar) -> Graded:
    code = found.outcome.ground or found.outcome.code
    return _graded(question, given, code, f"{DISPOSITIONS[code].result}。", DISPOSITIONS[code].basis)


def _remedy(found: Scenario, question: Question, given: str, calendar: WorkCalendar) -> Graded:
    kind = remedy_class(found.outcome.code)
    refused = (
        "不予公开（含部分公开中不公开的部分）须先复议" if kind == A else "这不是不予公开的决定，不必先复议"
    )
    return _graded(question, given, kind, f"{refused}。", "行政复议法第二十三条第一款第四项")


_GRADERS: dict[str, Callable[[Scenario, Question, str, WorkCalendar], Graded]] = {
    NEXT: _next,
    DUE: _due,
    RESULT: _result,
    GROUND: _ground,
    REMEDY: _remedy,
}


def _graded(question: Question, given: str, right: str, why: str, article: str) -> Graded:
    words = dict(question.options)
    return Graded(
        question.key, question.text, words.get(given, "没有作答"), words[right], given == right, why, article
    )


@cache
def _paths() -> dict[str, list[tuple[dict[str, str], Outcome]]]:
    """Every road of the tree whose facts can be shown, by its result."""
    found: dict[str, list[tuple[dict[str, str], Outcome]]] = {}
    for answers, outcome in all_paths():
        if answers["standing"] not in LEFT_OUT:
            found.setdefault(outcome.code, []).append((answers, outcome))
    return found


def _results() -> tuple[tuple[str, str], ...]:
    return tuple((code, one.result) for code, one in DISPOSITIONS.items() if code in _paths())


def _verbs(state: str, step: NextStep, dice: Random) -> tuple[tuple[str, str], ...]:
    """The right verb among five that the table does not allow in this state."""
    others = [name for name in states.EVENTS if name not in states.possible(state) and name != step.event]
    chosen = [step.event, *dice.sample(others, 5)]
    dice.shuffle(chosen)
    return tuple((name, states.EVENTS[name].label) for name in chosen)


def _ground_question(outcome: Outcome, dice: Random) -> tuple[Question, ...]:
    """Which article the answer rests on; results of no article of their own are not asked."""
    code = outcome.ground or outcome.code
    right = DISPOSITIONS[code].basis
    if not right:
        return ()
    others: dict[str, str] = {}
    for other, one in DISPOSITIONS.items():
        if one.basis and one.basis != right and one.basis not in others.values():
            others[other] = one.basis
    chosen = [(code, right), *dice.sample(sorted(others.items()), 4)]
    dice.shuffle(chosen)
    text = "不公开的部分依据哪一条？" if outcome.ground else "依据哪一条？"
    return (Question(GROUND, text, tuple(chosen)),)


def _arrival_words(arrival: Arrival) -> str:
    words = f"{written_out(arrival.arrived_on)}到达，渠道：{CHANNEL_NAMES[arrival.channel]}。"
    if arrival.confirmed_on:
        words += f"{written_out(arrival.confirmed_on)}与申请人确认收到。"
    return words


def _file_words(answers: Mapping[str, str]) -> list[str]:
    sentences = told()
    found = []
    for key, choice in answers.items():
        table = sentences["third_party_opinion" if key == "third_party" else key]
        if table[choice]:
            found.append(table[choice])
    return found


def _course(
    answers: Mapping[str, str], outcome: Outcome, received: date, calendar: WorkCalendar, dice: Random
) -> tuple[tuple[facts.CaseEvent, ...], tuple[str, ...]]:
    """What happened on the way: enough for the result, else now and then a correction or an extension."""
    start = facts.Received(received)
    sent = _on(calendar, received, 1 + dice.randrange(3))
    got = _on(calendar, sent, 1 + dice.randrange(2))
    answered = _on(calendar, got, 1 + dice.randrange(4))
    if outcome.code == "r6_1":
        ends = _on(calendar, got, 5)
        words = f"{written_out(sent)}发出补正告知书，{written_out(got)}送达，补正期限到{written_out(ends)}。"
        return (start, facts.CorrectionAsked(sent, period_ends=ends, received=got)), (words,)
    if outcome.code == "r6_2":
        words = f"{written_out(sent)}发出收费通知，{written_out(got)}送达。"
        return (start, facts.FeeAsked(sent, received=got)), (words,)
    if "third_party" in answers:
        words = (
            f"{written_out(sent)}发出征求意见书，{written_out(got)}送达，{written_out(answered)}收到意见。"
        )
        asked = facts.ConsultationSent(facts.Asked.THIRD_PARTY, "第三方", sent, got, answered)
        return (start, asked), (words,)
    if outcome.code == "r5_4":
        return (start, facts.ReasonsAsked(sent)), (f"{written_out(sent)}要求申请人说明理由，已收到说明。",)
    chance = dice.random()
    if outcome.code == "r4_3" or (answers.get("clear") == "yes" and chance < 1 / 3):
        words = (
            f"{written_out(sent)}发出补正告知书，{written_out(got)}送达，{written_out(answered)}收到补正。"
        )
        correction = facts.CorrectionAsked(sent, period_ends=_on(calendar, got, 15), received=got)
        return (start, correction, facts.CorrectionReceived(answered)), (words,)
    if answers.get("clear") == "yes" and chance < 1 / 2:
        days = dice.choice((5, 10, 15, 20))
        words = f"经工作机构负责人同意延长 {days} 个工作日，{written_out(got)}已告知申请人。"
        return (start, facts.Extended(days, approved=sent, dispatched=got, reason="材料较多")), (words,)
    return (start,), ()


def _on(calendar: WorkCalendar, day: date, count: int) -> date:
    """The ``count``-th working day after a day."""
    for _ in range(count):
        day = calendar.next_workday(day + timedelta(days=1))
    return day


def _back(calendar: WorkCalendar, day: date, count: int) -> date:
    while count:
        day -= timedelta(days=1)
        count -= calendar.is_workday(day)
    return day
