"""The tree is only a view of the rows: how it is made anew, and put right at a start."""

from __future__ import annotations

from gongkai.kernel.clock import today
from gongkai.portal import building


def rebuild() -> None:
    """Draw every page of the site anew and wait for it."""
    building.plan()
    while building.go_on(today=today()):
        pass


def put_right() -> None:
    """What a start does before the first request."""
    building.put_right(today=today())
