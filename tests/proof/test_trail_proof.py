"""Each guard of the trail is needed: with it switched off, the test that holds it fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from gongkai.trail import chain, tasks, triggers
from gongkai.trail.tests import test_chain as held


def fails(test: Callable[..., None], *arguments: Any) -> bool:
    try:
        test(*arguments)
    except (Exception, pytest.fail.Exception):
        # Also another error than the guard's own: PostgreSQL refuses some of it by itself, in other words.
        return True
    return False


pytestmark = pytest.mark.django_db


def test_all_hold_with_every_guard_on() -> None:
    assert not fails(held.test_whole_chain_holds, None)


def test_digest_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "digest_of", lambda row: row.digest or "0" * 64)
    assert fails(held.test_every_edited_field_is_found_at_its_row, None, "note = 'x'")


@pytest.mark.parametrize(
    ("guard", "change"),
    [
        ('"note": row.note,', "note = 'x'"),
        ('"facts": row.facts,', "facts = '{}'"),
        ('"verb": row.verb,', "verb = 'x'"),
        ('"at": row.at.astimezone(UTC).isoformat(timespec="microseconds"),', "at = '2020-01-01 00:00:00'"),
        ('"algorithm": row.algorithm,', "algorithm = 'x'"),
    ],
)
def test_digest_must_cover_every_field(switch_off: Callable[..., None], guard: str, change: str) -> None:
    switch_off(chain, "digest_of", guard, "")
    assert fails(held.test_every_edited_field_is_found_at_its_row, None, change)


def test_number_and_link_are_needed(switch_off: Callable[..., None]) -> None:
    switch_off(chain, "walk", "row.seq != count + 1 or row.previous != previous or ", "")
    assert fails(held.test_deleted_row_is_found, None)


def test_comparison_with_the_head_is_needed(switch_off: Callable[..., None]) -> None:
    switch_off(chain, "verify", "if verdict.ok and ", "if False and ")
    assert fails(held.test_cut_end_is_found_by_head_and_with_a_forged_head_by_anchor, None)


@pytest.mark.parametrize(
    ("guard", "test"),
    [
        ("if not anchored:", held.test_cut_end_is_found_by_head_and_with_a_forged_head_by_anchor),
        ("if row.digest != anchor[1]:", held.test_chain_written_anew_is_found_by_anchor),
    ],
)
def test_anchor_is_needed(switch_off: Callable[..., None], guard: str, test: Callable[..., None]) -> None:
    switch_off(chain, "walk", guard, "if False:")
    assert fails(test, None)


def test_triggers_are_needed() -> None:
    of_table = "" if connection.vendor == "sqlite" else f" ON {triggers.TABLE}"
    with connection.cursor() as cursor:
        for name in triggers.NAMES:
            cursor.execute(f"DROP TRIGGER {name}{of_table}")
    assert fails(held.test_triggers_refuse_change_and_removal, None)


@pytest.mark.django_db(transaction=True)
def test_demand_for_a_transaction_is_needed(switch_off: Callable[..., None]) -> None:
    switch_off(chain, "record", "if not transaction.get_connection().in_atomic_block:", "if False:")
    assert fails(held.test_row_is_refused_outside_a_transaction, None)


def test_head_must_not_be_noted_twice(switch_off: Callable[..., None], tmp_path: Any, settings: Any) -> None:
    switch_off(tasks, "note_head", "if path.exists():", "if False:")
    assert fails(held.test_head_is_noted_once_a_legal_day, None, tmp_path, settings)
