"""Switching one guard off, so that a test can show that the guard's own test would notice."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def switch_off(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """``switch_off(owner, "function", "words of the guard", "instead")`` for the rest of the test.

    The words must stand in the function exactly once: a guard that was moved makes the proof fail instead
    of proving nothing.
    """

    def change(owner: Any, name: str, guard: str, instead: str) -> None:
        original = inspect.unwrap(inspect.getattr_static(owner, name))
        source = getattr(original, "_source", "") or textwrap.dedent(inspect.getsource(original))
        assert source.count(guard) == 1, f"{name} does not hold the guard {guard!r} exactly once"
        made: dict[str, Any] = {}
        code = compile(
            "from __future__ import annotations\n" + source.replace(guard, instead), "<mutant>", "exec"
        )
        exec(code, original.__globals__, made)  # noqa: S102 -- the project's own source, one guard taken out
        made[name]._source = source.replace(guard, instead)  # so that a second guard can be taken out as well
        monkeypatch.setattr(owner, name, made[name])

    return change
