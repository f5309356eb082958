"""The index of the plan names 32 tasks, features that exist and screens that open; it says 尚未 where nothing serves."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest
from django.urls import get_resolver

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from docs.generate import plan_index  # noqa: E402 -- not part of the package

pytestmark = pytest.mark.feature("L01")


def names(resolver: object, prefix: str = "") -> set[str]:
    """Every address of the program by its name."""
    found: set[str] = set()
    for entry in resolver.url_patterns:  # type: ignore[attr-defined]
        if hasattr(entry, "url_patterns"):
            found |= names(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        elif entry.name:
            found.add(prefix + entry.name)
    return found


def test_facts_name_32_tasks_and_only_what_exists() -> None:
    facts = tomllib.loads(plan_index.FACTS.read_text(encoding="utf-8"))
    assert [task["number"] for task in facts["task"]] == list(range(1, 33))
    assert all(task["features"] and 3 <= len(task["title"]) <= 16 for task in facts["task"])
    assert plan_index.unknown_features() == set()
    assert plan_index.screens() - names(get_resolver()) == set()


def test_a_task_without_a_test_is_not_yet_and_one_with_a_test_names_its_station() -> None:
    bare = plan_index.plan_index_page([])
    assert "32 项任务中，0 项已有功能在办" in bare and bare.count("| 尚未 |") == 32
    page = plan_index.plan_index_page([("feature", "B01", "documents/tests/test_x.py::test_y")])
    row = next(line for line in page.splitlines() if line.startswith("| 3 |"))
    assert "`documents`" in row and "`documents/tests/test_x.py`" in row and "尚未：B02 B18 B22" in row


def test_titles_are_our_own_words() -> None:
    seed = ROOT.parent / "shared" / "seed" / "work-plan-2021.txt"
    if not seed.exists():
        pytest.skip("the text of the plan is not on this machine")
    words = seed.read_text(encoding="utf-8")
    facts = tomllib.loads(plan_index.FACTS.read_text(encoding="utf-8"))
    copied = [task["title"] for task in facts["task"] if len(task["title"]) > 9 and task["title"] in words]
    assert copied == []
