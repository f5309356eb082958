"""A line of progress on a terminal for commands that take long; silent where the output is kept in a file."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

WIDTH = 24
Tell = Callable[[int, int], None]


def line(words: str, done: int, total: int, seconds: float) -> str:
    """The bar with count and, once it can be said, the time that is left.

    >>> line("正在生成", 3, 12, 6.0)
    '正在生成 [######------------------] 3/12，约剩 18 秒'
    >>> line("正在生成", 0, 0, 0.0)
    '正在生成 [########################] 0/0'
    """
    share = min(1.0, done / total) if total else 1.0
    full = int(share * WIDTH)
    bar = f"{words} [{'#' * full}{'-' * (WIDTH - full)}] {done}/{total}"
    left = seconds / done * (total - done) if done else 0.0
    return f"{bar}，约剩 {left:.0f} 秒" if left >= 1 else bar


@contextmanager
def progress(stream: Any, words: str) -> Iterator[Tell]:
    """``tell(done, total)`` redraws the line; the line stays when the work is over."""
    alive, began, shown = stream.isatty(), time.monotonic(), 0

    def tell(done: int, total: int) -> None:
        nonlocal shown
        if alive:
            text = line(words, done, total, time.monotonic() - began)
            stream.write("\r" + text.ljust(shown), ending="")
            shown = max(shown, len(text))

    yield tell
    if alive:
        stream.write("")
