"""The index is only a view of the rows: how it is made anew."""

from __future__ import annotations

from gongkai.kernel.clock import now
from gongkai.search import actions
from gongkai.search.engine import engine, lock, wish_rebuild


def rebuild() -> None:
    """Build the index from the records; a running indexer is asked to do it instead."""
    writer = lock()
    if not writer.take():
        wish_rebuild()
        return
    try:
        actions.rebuild(now=now())
        actions.work(now=now())
    finally:
        engine().close()
        writer.release()
