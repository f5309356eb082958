"""The examples in the docstrings of the rules hold."""

from __future__ import annotations

import doctest
import importlib

import pytest

EXAMPLES = (
    *("agencies", "decision_tree", "dispositions", "fees", "identity", "phrases", "similar", "tables"),
)


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    done = doctest.testmod(importlib.import_module(f"gongkai.foi.rules.{name}"))
    assert done.attempted > 0
    assert done.failed == 0
