"""The table of a report's life."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.ledger.states import ACCEPTED, LABELS, RETURNED, SUBMITTED, TABLE, target_of
from gongkai.orgs.wall import TABLE as POLICIES

pytestmark = pytest.mark.feature("L02")
VERBS = sorted({row.verb for row in TABLE})


@given(state=st.sampled_from(sorted(LABELS)), verbs=st.lists(st.sampled_from(VERBS), max_size=8))
def test_any_walk_stays_in_the_table_and_returned_is_final(state: str, verbs: list[str]) -> None:
    for verb in verbs:
        target = target_of(state, verb)
        if state == RETURNED:
            assert target is None
        if target is not None:
            assert target in LABELS and target != state
            state = target


def test_each_pair_leads_to_one_place_by_a_known_action() -> None:
    assert len({(row.source, row.verb) for row in TABLE}) == len(TABLE)
    assert {row.action for row in TABLE} <= set(POLICIES)
    assert target_of(SUBMITTED, "accept") == ACCEPTED and target_of(ACCEPTED, "accept") is None
