"""The examples in the docstrings are true."""

from __future__ import annotations

import doctest
import importlib

import pytest


@pytest.mark.parametrize("name", ["basis", "calendar", "clock", "register", "remedy", "rule_table"])
def test_examples_hold(name: str) -> None:
    done = doctest.testmod(importlib.import_module(f"gongkai.law.{name}"))
    assert done.attempted > 0
    assert done.failed == 0
