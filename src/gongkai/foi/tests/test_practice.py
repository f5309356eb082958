"""Practice: scenarios follow from their number, right answers from the rules, scores are each person's own."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.foi.actions import practising
from gongkai.foi.models import Exercise
from gongkai.foi.queries import practice as queries
from gongkai.foi.rules import training
from gongkai.foi.rules.decision_tree import walk
from gongkai.foi.rules.dispositions import remedy_class
from gongkai.foi.tests.test_after_pages import browse  # noqa: F401 -- a fixture
from gongkai.law.calendar import WorkCalendar
from gongkai.law.facts import calendar_tables
from gongkai.law.refusal import Refused
from gongkai.trail import installation

WORK = WorkCalendar(calendar_tables())
TODAY = date(2026, 10, 14)


def right(found: training.Scenario) -> dict[str, str]:
    """The right answers as a trainee would type them."""
    given_nothing = {one.key: one.right for one in training.grade(found, {}, WORK)}
    answers = {}
    for question in found.questions:
        wanted = given_nothing[question.key]
        by_label = {label: key for key, label in question.options}
        answers[question.key] = by_label.get(wanted, wanted)
    return answers


@pytest.mark.feature("D20")
@given(st.integers(0, 5_000_000))
@settings(max_examples=150)
def test_right_answers_are_full_marks_and_none_are_nought(seed: int) -> None:
    found = training.scenario(seed, today=TODAY, calendar=WORK)
    assert found == training.scenario(seed, today=TODAY, calendar=WORK)
    assert training.score(training.grade(found, right(found), WORK)) == training.FULL
    assert training.score(training.grade(found, {}, WORK)) == 0
    outcome = walk(dict(found.path))
    assert right(found)["result"] == outcome.code  # type: ignore[union-attr]
    assert right(found)["remedy"] == remedy_class(outcome.code)  # type: ignore[union-attr]


@pytest.mark.feature("D20")
def test_all_results_occur_and_plain_dates_agree_with_the_oracle() -> None:
    seen: Counter[str] = Counter()
    for seed in range(600):
        found = training.scenario(seed, today=TODAY, calendar=WORK)
        seen[found.outcome.code] += 1
        if len(found.events) == 1:
            assert right(found)["due"] == oracle_due(found.events[0].on).isoformat()  # type: ignore[union-attr]
    assert len(seen) >= 24


def oracle_due(received: date) -> date:
    """Twenty working days by an independent calendar, day by day."""
    from datetime import timedelta

    import chinese_calendar

    day, count = received, 0
    while count < 20:
        day += timedelta(days=1)
        count += chinese_calendar.is_workday(day)
    return day


def in_training(world: Any) -> None:
    installation.mark(kind=installation.TRAINING, at=world.now)


@pytest.mark.django_db
@pytest.mark.feature("D20")
def test_a_trainee_takes_answers_and_learns(world: Any, browse: Any) -> None:  # noqa: F811
    in_training(world)
    client = browse("finance.officer")
    took = client.post(reverse("foi:practice"))
    row = Exercise.objects.unscoped("test").get()
    assert took.url == reverse("foi:exercise", args=[row.pk])
    assert client.post(reverse("foi:practice")).url == took.url  # the same until it is handed in
    found = queries.scenario_of(row)
    page = client.get(took.url).content.decode()
    assert all(line in page for line in found.lines) and "正确的是" not in page
    answers = right(found)
    wrong = answers | {"next": next(key for key, _ in found.questions[0].options if key != answers["next"])}
    kept = client.post(took.url, {**wrong, "result": ""})
    assert kept.status_code == 422 and "checked" in kept.content.decode()
    assert client.post(took.url, wrong).status_code == 302
    row.refresh_from_db()
    asked = len(found.questions)
    assert row.score == round(100 * (asked - 1) / asked)
    told = client.get(took.url).content.decode()
    assert told.count("正确的是") == 1 and "依据" in told and "取下一题" in told
    with pytest.raises(Refused, match="已经交卷"):
        practising.answer_exercise(
            exercise=row, by=world.actor("finance.officer"), given=answers, now=world.now
        )
    following = practising.take_exercise(by=world.actor("finance.officer"), now=world.now)
    assert following.seed == row.seed + 1


@pytest.mark.django_db
def test_nobody_practises_where_real_cases_are(world: Any, browse: Any) -> None:  # noqa: F811
    installation.mark(kind=installation.DEMO, at=world.now)
    installation.forget()
    from gongkai.trail.models import TrailRow

    assert TrailRow.objects.exists()
    monkey = pytest.MonkeyPatch()
    monkey.setattr(installation, "is_playground", lambda: False)
    try:
        with pytest.raises(Refused, match="正式环境里没有"):
            practising.take_exercise(by=world.actor("finance.officer"), now=world.now)
        page = browse("finance.officer").get(reverse("foi:practice"))
        assert page.status_code == 200 and "现在不能练习" in page.content.decode()
    finally:
        monkey.undo()


@pytest.mark.django_db
def test_scores_show_everybody_within_the_wall_in_the_same_queries(
    world: Any,
    browse: Any,  # noqa: F811
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    in_training(world)

    def done(name: str, seed: int) -> None:
        Exercise.objects.create(
            unit=world.people[name].unit, person=world.people[name], seed=seed, title="x", begun_on=TODAY,
            begun_at=world.now, answered_at=world.now, score=80,
        )  # fmt: skip

    done("finance.officer", 1)
    client = browse("office.head")

    def count() -> int:
        client.get(reverse("foi:practice_scores"))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("foi:practice_scores"))
        return len(captured)

    one = count()
    for number in range(2, 31):
        done(("finance.officer", "civil.officer", "tiny.officer")[number % 3], number)
    assert count() == one
    page = client.get(reverse("foi:practice_scores")).content.decode()
    assert world.people["civil.officer"].name in page
    own = browse("finance.reviewer").get(reverse("foi:practice_scores")).content.decode()
    assert world.people["civil.officer"].name not in own
