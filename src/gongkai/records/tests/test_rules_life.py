"""How long a row lives, its steps, last year's row again, how much may be looked up: properties."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.kernel.text.sheetcells import SheetCell, SheetGrid
from gongkai.records import states
from gongkai.records.queries import shipped
from gongkai.records.rules.grids import read_grids
from gongkai.records.rules.harvest import FILES, LOOKS, ROWS, Used, why_too_much
from gongkai.records.rules.lifetime import lifetime
from gongkai.records.rules.masking import masked_row, without_persons
from gongkai.records.rules.rows import holds_id_number, row_troubles
from gongkai.records.rules.schema import BadSchema, PageKind, read_type
from gongkai.records.rules.shifting import shifted
from gongkai.records.rules.steps import DONE, MISSING, OVERDUE, standings

SLOW_MACHINE = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
KINDS = st.sampled_from(sorted(shipped()))


@SLOW_MACHINE
@given(KINDS, DAYS, st.one_of(st.none(), DAYS))
def test_a_row_is_public_no_longer_than_any_of_its_rules_allows(
    code: str, published: date, last: date | None
) -> None:
    kind = shipped()[code]
    values = {kind.ends_with: last.isoformat()} if kind.ends_with and last else {}
    found = lifetime(kind, values, published_on=published)
    limits = [published + timedelta(days=kind.public_days)] if kind.public_days else []
    limits += [last] if values and last else []
    assert found.public_until == min(limits, default=None)
    if kind.is_personal and limits:
        assert found.anonymise_on and found.anonymise_on > min(limits)
    else:
        assert found.anonymise_on is None


@SLOW_MACHINE
@given(KINDS, st.text(min_size=1, max_size=30))
def test_what_tells_of_a_person_is_gone_and_the_rest_stays(code: str, words: str) -> None:
    kind = shipped()[code]
    values = {field.name: f"{words}-{at}" for at, field in enumerate(kind.fields)}
    after = without_persons(kind, values)
    for field in kind.fields:
        assert after[field.name] == ("" if field.is_personal else values[field.name])
        if not field.mask:
            assert masked_row(kind, values)[field.name] == values[field.name]


@pytest.mark.feature("A20")
@SLOW_MACHINE
@given(st.lists(st.one_of(st.none(), DAYS), min_size=5, max_size=5), DAYS)
def test_a_stage_is_missing_exactly_when_a_later_one_is_there(days: list[date | None], today: date) -> None:
    kind = shipped()["projects"]
    values = {step.done: day.isoformat() for step, day in zip(kind.steps, days, strict=True) if day}
    found = standings(kind, values, today=today, due_of=lambda rule, start: start)
    assert [one.step.name for one in found] == [step.name for step in kind.steps]
    for at, one in enumerate(found):
        later = any(days[at + 1 :])
        assert (one.state == DONE) == bool(days[at])
        assert (one.state == MISSING) == (not days[at] and later and not one.step.optional)


@pytest.mark.feature("A22")
@SLOW_MACHINE
@given(DAYS, DAYS, st.booleans())
def test_a_review_is_overdue_after_its_last_day_only(closed: date, today: date, reviewed: bool) -> None:
    kind = shipped()["accidents"]
    values = {"closed_on": closed.isoformat()} | ({"review_on": closed.isoformat()} if reviewed else {})
    due = closed + timedelta(days=365)
    review = standings(kind, values, today=today, due_of=lambda rule, start: due)[2]
    assert (review.state == OVERDUE) == (today > due and not reviewed)


@SLOW_MACHINE
@given(KINDS, DAYS)
def test_last_years_row_keeps_what_was_not_marked(code: str, day: date) -> None:
    kind = shipped()[code]
    values = {
        field.name: day.isoformat() if field.kind == "date" else "5" if field.kind != "string" else f"{day.year}年度{field.label}"
        for field in kind.fields
    }  # fmt: skip
    after, marked = shifted(kind, values)
    for field in kind.fields:
        assert (after[field.name] != values[field.name]) == (field.name in marked)
        if field.kind == "date":
            assert after[field.name][:4] == str(day.year + 1)


@SLOW_MACHINE
@given(st.integers(0, 200), st.integers(0, 2000), st.integers(0, 9))
def test_nobody_takes_more_than_the_limits(looks: int, rows: int, files: int) -> None:
    used = Used(looks, rows, files)
    assert bool(why_too_much(used)) == (looks >= LOOKS or rows >= ROWS)
    assert bool(why_too_much(used, as_file=True)) == (files >= FILES or looks >= LOOKS or rows >= ROWS)


@SLOW_MACHINE
@given(st.integers(0, 10**16))
def test_an_identity_number_is_known_by_its_check_digit(number: int) -> None:
    head = "11010519" + f"{number % 100:02d}0101" + f"{number % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    digit = "10X98765432"[sum(int(one) * weight for one, weight in zip(head, weights, strict=True)) % 11]
    assert holds_id_number(f"张某（{head}{digit}）")
    assert not holds_id_number(f"{head}{'0' if digit != '0' else '1'}")
    kind = shipped()["enforcement"]
    assert row_troubles(kind, {"result": f"罚{head}{digit}"}) and not row_troubles(
        kind, {"party_id": head + digit}
    )


def test_heads_are_found_below_titles_and_merged_rows_are_told() -> None:
    kind = shipped()["fees"]
    labels = {at: SheetCell(field.label) for at, field in enumerate(kind.fields, 1)}
    row = {
        at: SheetCell("2026-01-01" if field.kind == "date" else "甲")
        for at, field in enumerate(kind.fields, 1)
    }
    sheet = SheetGrid(
        "表", False, {1: {1: SheetCell("收费目录")}, 4: labels, 5: row, 9: {1: SheetCell("合计", "formula")}}
    )
    taken = read_grids(kind, [sheet])
    assert [at for at, _ in taken.good] == [5] and {one.row for one in taken.troubles} == {9}
    merged = SheetGrid("表", False, {4: labels, 5: row, 6: row}, merges=((5, 1, 6, 1),))
    assert any("合并" in one.text for one in read_grids(kind, [merged]).troubles)
    assert read_grids(kind, [SheetGrid("表", True, {4: labels, 5: row})]).troubles


@pytest.mark.parametrize("code", sorted(shipped()))
def test_every_type_says_what_it_owes(code: str) -> None:
    kind = shipped()[code]
    assert kind.item[:2] in ("20", "21") and kind.basis and kind.key and kind.description and kind.title_field
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in field.label) for field in kind.fields)
    assert kind.formed or kind.steps or kind.stale_days
    if kind.page in (PageKind.VACANCIES, PageKind.LOOKUP) and kind.is_personal:
        assert kind.public_days


@pytest.mark.parametrize(
    "change",
    [
        {"x-strange": 1},
        {"name": "rows"},
        {"x-steps": [{"name": "a", "fields": ["number"]}]},
        {"x-page": "stages"},
        {"x-ends-with": "number"},
        {"x-facets": ["id"]},
        {"x-approvals": 0},
        {"x-after": "burn"},
        {"x-within-working-days": 9999},
        {"x-one-of": "number"},
    ],
)
def test_a_word_that_cannot_be_meant_is_told(change: dict) -> None:
    plain = {
        "name": "bridges",
        "fields": [
            {"name": "number", "title": "编号"},
            {"name": "id", "title": "证件", "x-mask": "id_number"},
        ],
    }
    assert read_type(plain).is_personal
    with pytest.raises(BadSchema, match="。"):
        read_type({**plain, **change})


def test_every_state_can_be_left_but_the_last_and_only_the_clock_ends_a_row() -> None:
    sources = {row.source for row in states.TABLE}
    assert set(states.LABELS) - sources == {states.ENDED}
    assert [row.verb for row in states.TABLE if not row.action] == ["end"]
    assert states.target_of(states.DRAFT, "publish") is None
