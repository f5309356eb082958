"""Rules of publishing: numbers, addresses, lists, periods, validity, seals."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.catalogue.queries import CATALOGUE_ITEMS, columns_of
from gongkai.law.calendar import WorkCalendar
from gongkai.law.facts import calendar_tables
from gongkai.publishing import rules
from gongkai.publishing.rules.period import lateness, lateness_refusals

CALENDAR = WorkCalendar(calendar_tables())
DAYS = st.dates(date(2019, 6, 1), date(2026, 10, 1))
WORDS = st.text(max_size=40)


@pytest.mark.feature("B08")
@pytest.mark.law("条例26")
def test_published_on_working_day_21_is_late_and_on_day_20_is_not() -> None:
    formed = date(2026, 3, 2)
    day, count = formed, 0
    while count < 20:
        day += timedelta(days=1)
        count += CALENDAR.is_workday(day)
    assert not lateness(formed_on=formed, on=day, days=20, calendar=CALENDAR).is_late
    after = CALENDAR.next_workday(day + timedelta(days=1))
    found = lateness(formed_on=formed, on=after, days=20, calendar=CALENDAR)
    assert (found.due, found.days_late) == (day, 1)
    assert lateness_refusals(found, days=20, justified=False)[0].code == rules.LATE
    assert not lateness_refusals(found, days=20, justified=True)


@pytest.mark.feature("B08")
def test_year_without_notice_is_provisional() -> None:
    assert lateness(formed_on=date(2029, 1, 5), on=date(2029, 1, 8), days=20, calendar=CALENDAR).provisional


@given(DAYS, st.integers(0, 90), st.integers(0, 30))
def test_lateness_never_shrinks_with_time(formed: date, later: int, more: int) -> None:
    first = lateness(formed_on=formed, on=formed + timedelta(days=later), days=20, calendar=CALENDAR)
    second = lateness(formed_on=formed, on=formed + timedelta(days=later + more), days=20, calendar=CALENDAR)
    assert first.due == second.due > formed
    assert first.days_late <= second.days_late
    assert first.is_late == (formed + timedelta(days=later) > first.due)


@given(st.one_of(st.none(), DAYS), st.one_of(st.none(), DAYS), st.booleans(), DAYS)
def test_badge_changes_exactly_on_its_turning_day(
    start: date | None, end: date | None, expired: bool, today: date
) -> None:
    def badge(day: date) -> str:
        return rules.validity(effective_on=start, valid_until=end, expired=expired, today=day)

    turn = rules.turns_on(effective_on=start, valid_until=end, expired=expired, today=today)
    days = [today + timedelta(days=step) for step in range((turn - today).days if turn else 400)]
    assert {badge(day) for day in days} <= {badge(today)}
    if turn is not None and (start is None or end is None or start <= end):
        assert badge(turn) != badge(today)


@pytest.mark.feature("A06")
@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(2020, 2030), st.integers(1, 99999)), unique=True)
)
def test_different_records_have_different_numbers(given_numbers: list[tuple[str, int, int]]) -> None:
    made = {
        rules.index_number(rules.DEFAULT_TEMPLATE, uscc=code * 18, unit_code=code, year=year, seq=seq)
        for code, year, seq in given_numbers
    }
    assert len(made) == len(given_numbers)


@given(WORDS)
def test_any_template_is_answered_never_an_error(template: str) -> None:
    refusals = rules.template_refusals(template)
    if not refusals:
        assert rules.index_number(template, uscc="1", unit_code="a", year=2026, seq=1)


@pytest.mark.feature("A05")
@given(
    st.sampled_from(CATALOGUE_ITEMS),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "通知", "公告"]),
    WORDS,
)
def test_every_record_stands_in_its_unit_and_each_list_once(
    item: object, numbered: bool, interprets: bool, kind: str, title: str
) -> None:
    code = item.code  # type: ignore[attr-defined]
    columns = columns_of(item=code, number="滨政发〔2026〕1号" if numbered else "")
    found = rules.listings_of(
        unit="czj", item=code, theme="04", columns=columns, kind=kind, title=title, interprets=interprets
    )
    assert len(found) == len(set(found)) and all(at.startswith("/") and at.endswith("/") for at in found)
    assert any(at.startswith("/units/czj/") for at in found)
    assert ("/policies/" in found) == ("policy" in columns and not interprets)


@given(st.integers(1, 10**6))
def test_page_of_a_place_never_moves(position: int) -> None:
    page = rules.page_of(position)
    assert (page - 1) * rules.PER_PAGE < position <= page * rules.PER_PAGE


@pytest.mark.feature("B17")
@given(st.dictionaries(WORDS, WORDS, max_size=5), WORDS, st.lists(st.text("0123456789abcdef", max_size=8)))
def test_seal_is_the_same_for_the_same_words_and_not_for_others(
    fields: dict[str, str], body: str, digests: list[str]
) -> None:
    sealed = rules.canonical(fields, body, digests)
    turned = dict(reversed(list(fields.items())))
    assert sealed == rules.canonical(turned, unicodedata.normalize("NFD", body), digests)
    assert sealed != rules.canonical(fields, body + "。", digests)
    assert sealed != rules.canonical(fields, body, [*digests, "f"])


@pytest.mark.parametrize(
    ("kind", "ending"),
    [("docx", "docx"), ("PDF", "pdf"), ("html", "bin"), ("svg", "bin"), ("../x", "bin"), ("", "bin")],
)
def test_attachment_keeps_only_harmless_endings(kind: str, ending: str) -> None:
    path = rules.attachment_path("/doc/2026/1.html", attachment_id=3, kind=kind)
    assert path == f"/doc/2026/1/3.{ending}"
