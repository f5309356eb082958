"""Public figures: honest, and nobody to be recognised in them."""

from __future__ import annotations

import json
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.foi.queries.public_figures import public_figures, years_with_requests
from gongkai.foi.rules.public_figures import FEWEST, GROUPS, guarded, hidden, quantile
from gongkai.foi.rules.tables import result_rows
from gongkai.foi.tests.cases import answered, in_hand

tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 30), min_size=width, max_size=width), min_size=1, max_size=5
    )
)


@given(tables)
def test_no_small_number_is_shown_nor_alone_hidden_in_its_sum(table: list[list[int]]) -> None:
    shown = guarded(table)
    away = hidden(table)
    for at, place in product(range(len(table)), range(len(table[0]))):
        assert shown[at][place] in (None, table[at][place])
        assert not (shown[at][place] and shown[at][place] < FEWEST)
    lines = [[(at, place) for place in range(len(table[0]))] for at in range(len(table))]
    lines += [[(at, place) for at in range(len(table))] for place in range(len(table[0]))]
    for line in lines:
        left = [cell for cell in line if cell not in away and table[cell[0]][cell[1]]]
        assert sum(cell in away for cell in line) != 1 or not left


@given(st.lists(st.integers(0, 60), min_size=5, max_size=40))
def test_nine_in_ten_lie_within_the_ninety(days: list[int]) -> None:
    ninety, median = quantile(days, 0.9), quantile(days, 0.5)
    assert ninety is not None and median is not None and median <= ninety
    assert sum(day <= ninety for day in days) >= 0.9 * len(days)


def test_every_row_of_the_form_stands_in_one_group() -> None:
    listed = [row for _, _, rows in GROUPS for row in rows]
    assert sorted(listed) == sorted(result_rows(2026)) and len(set(listed)) == len(listed)


@pytest.mark.django_db
@pytest.mark.feature("D16")
def test_figures_are_those_of_the_cases(world: Any, django_assert_num_queries: Any) -> None:
    assert years_with_requests() == []
    for number in range(6):
        case = in_hand(world, on=date(2026, 9, 1), asking={"document_number": f"1101051949123{number:04d}X"})
        late = number == 0
        answered(
            world, case, on=date(2026, 10, 12) if late else date(2026, 9, 8), code="r1" if number else "r3_6"
        )
    in_hand(world, unit="civil", on=date(2026, 9, 1))
    assert years_with_requests() == [2026]
    found = public_figures(2026, today=world.today)
    whole = found.district
    assert (whole.received, whole.closed) == (7, 6)
    assert whole.late is None  # one answered late, one still open beyond its day: two are too few to show
    assert (whole.median, whole.ninety) == (5, 25)
    finance = next(line for line in found.units if line.code == "finance")
    assert finance.results == (None, 0, None, 0, 0, 0)
    assert dict(found.refusals)["三（三）不予公开 6.属于四类过程性信息"] is None


@pytest.mark.django_db
def test_the_years_can_be_followed_and_are_in_the_site_map(world: Any) -> None:
    from gongkai.portal.pages.request_figures import figure_outputs
    from gongkai.portal.pages.scene import scene
    from gongkai.portal.pages.texts import text_outputs

    found = {one.path: one.body.decode() for one in figure_outputs(scene(world.today))}
    (told,) = json.loads(found["/apply/figures/feed.json"])["items"]
    assert told["url"].endswith(f"/apply/figures/{world.today.year}/") and "办结" in told["summary"]
    assert found["/apply/figures/feed.atom"].count("<entry>") == 1
    assert "feed.atom" in found["/apply/figures/index.html"]
    texts = {one.path: one.body.decode() for one in text_outputs(scene(world.today))}
    for page in ("/site-map/index.html", "/feeds/index.html"):
        assert "apply/figures/" in texts[page] and "budget/" in texts[page]


def test_number_of_queries_does_not_grow(world: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            public_figures(2026, today=world.today)
        return len(captured)

    answered(world, in_hand(world, on=date(2026, 9, 1)), on=date(2026, 9, 8))
    one = count()
    for number in range(8):
        case = in_hand(world, on=date(2026, 9, 1), asking={"document_number": f"1101051949123{number:04d}X"})
        answered(world, case, on=date(2026, 9, 9))
    in_hand(world, unit="civil", on=date(2026, 9, 1))
    assert count() == one
