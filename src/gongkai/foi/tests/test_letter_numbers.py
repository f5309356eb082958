"""Numbers of letters have no gaps and no twins, also when twenty people sign at the same moment."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from gongkai.foi.actions import answers, letters
from gongkai.foi.actions.letters import draft_letter
from gongkai.foi.models import Letter
from gongkai.foi.queries import results
from gongkai.foi.tests.cases import in_hand
from gongkai.foi.tests.letter_facts import facts_for
from gongkai.foi.tests.test_letters import MONDAY, at

PEOPLE, LETTERS = 8, 24


@pytest.fixture
def many_connections(tmp_path: Path) -> Iterator[None]:
    """Threads meet in a database file as in the office; the memory database of the tests locks whole tables."""
    if connection.vendor != "sqlite":
        yield
        return
    named = connections.settings["default"]
    before, place = named["NAME"], tmp_path / "office.sqlite3"
    connection.ensure_connection()
    with sqlite3.connect(place) as file:
        connection.connection.backup(file)
    named["NAME"] = str(place)
    yield
    named["NAME"] = before


def _drafts(world: Any) -> list[int]:
    officer = world.actor("finance.officer")
    case = in_hand(world, on=MONDAY)
    kind = "third_party_notice_to_applicant"
    made = [
        draft_letter(case=case, kind=kind, facts={"sent_on": MONDAY}, by=officer, now=at(MONDAY))
        for _ in range(LETTERS)
    ]
    return [letter.pk for letter in made]


@pytest.mark.feature("D09")
@pytest.mark.law("条例45")
@pytest.mark.django_db(transaction=True)
def test_numbers_have_neither_gaps_nor_twins_when_many_sign_at_once(
    world: Any, request: pytest.FixtureRequest
) -> None:
    drafts = _drafts(world)
    reviewer = world.actor("finance.reviewer")
    request.getfixturevalue("many_connections")  # the rows are there now

    def sign(pk: int) -> str:
        try:
            letter = Letter._base_manager.get(pk=pk)
            return letters.sign_letter(letter=letter, by=reviewer, now=at(MONDAY)).number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(PEOPLE) as office:
        numbers = list(office.map(sign, drafts))
    expected = {f"财政公复〔2026〕{number}号" for number in range(1, LETTERS + 1)}
    assert set(numbers) == expected and len(numbers) == LETTERS


def test_every_agency_and_year_has_a_series_of_its_own(world: Any) -> None:
    numbers = []
    for unit, day in (
        ("finance", MONDAY),
        ("civil", MONDAY),
        ("finance", MONDAY),
        ("finance", MONDAY.replace(year=2027)),
    ):
        case = in_hand(world, unit=unit, on=MONDAY)
        letter = draft_letter(
            case=case,
            kind="third_party_notice_to_applicant",
            facts={"sent_on": MONDAY},
            by=world.actor(f"{unit}.officer"),
            now=at(day),
        )
        letter = letters.sign_letter(letter=letter, by=world.actor(f"{unit}.reviewer"), now=at(day))
        numbers.append(letter.number)
    assert numbers == [
        "财政公复〔2026〕1号",
        "民政公复〔2026〕1号",
        "财政公复〔2026〕2号",
        "财政公复〔2027〕1号",
    ]


def test_the_office_numbers_by_the_agency_in_whose_name_it_answers(world: Any) -> None:
    numbers = []
    for agency in ("office", "district"):
        case = in_hand(world, unit="office", on=MONDAY, agency=world.units[agency])
        officer, head = world.actor("office.officer"), world.actor("office.head")
        letter = draft_letter(
            case=case,
            kind="third_party_notice_to_applicant",
            facts={"sent_on": MONDAY},
            by=officer,
            now=at(MONDAY),
        )
        numbers.append(letters.sign_letter(letter=letter, by=head, now=at(MONDAY)).number)
    assert numbers == ["政府办公室公复〔2026〕1号", "测试区政府公复〔2026〕1号"]


def test_a_draft_that_is_refused_takes_no_number(world: Any) -> None:
    case = in_hand(world)
    officer = world.actor("finance.officer")
    answers.dispose(case=case, code="r4_2", by=officer, now=world.now)
    with pytest.raises(Exception, match="还没有填写"):
        answers.draft_answer(case=case, by=officer, now=world.now)
    kind = results.letter_of(case, "r4_2")
    answers.edit_answer(case=case, by=officer, now=world.now, facts=facts_for(kind))
    case = answers.draft_answer(case=case, by=officer, now=world.now)
    case = answers.review(case=case, by=world.actor("finance.reviewer"), now=world.now)
    answers.sign(case=case, by=world.actor("finance.leader"), now=world.now)
    letter = results.answer_of(case)
    assert letter is not None and letter.seq == 1
