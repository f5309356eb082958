"""The examples in the rules of the gate."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

from gongkai.gate import rules

NAMES = sorted(path.stem for path in Path(rules.__path__[0]).glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("name", NAMES)
def test_examples_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"gongkai.gate.rules.{name}")).failed == 0
