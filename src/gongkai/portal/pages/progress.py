"""How far the district's yearly plan is: the public side of the ledger."""

from __future__ import annotations

from gongkai.portal.context import Strip
from gongkai.portal.pages.scene import Scene
from gongkai.portal.tree import Output


def strip(scene: Scene) -> Strip | None:
    """The tasks of the year at a glance; nothing where no plan was imported."""
    return None


def progress_outputs(scene: Scene) -> list[Output]:
    """The progress page of the year and the page of each task."""
    return []
