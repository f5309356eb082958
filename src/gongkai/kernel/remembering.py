"""Reads that a block may ask of the database once: settings that nobody changes while it lasts.

Only whoever is alone with the database may open such a block, in one transaction: a year of training is played so.
Everywhere else a remembered function asks anew each time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("remembered", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Inside, functions marked with ``remembered`` answer from memory from the second call on."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a read of settings; its arguments are hashable and its answer is not changed by who gets it."""

    @wraps(function)
    def read(*args: P.args, **kwargs: P.kwargs) -> R:
        kept = _kept.get()
        if kept is None:
            return function(*args, **kwargs)
        key = (function, args, tuple(sorted(kwargs.items())))
        if key not in kept:
            kept[key] = function(*args, **kwargs)
        found: R = kept[key]
        return found

    return read
