"""The engine of this installation; another one (a cluster) would be chosen here."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from gongkai.search.adapters.lock import IndexerLock
from gongkai.search.adapters.tantivy import VERSION, TantivyEngine

CURRENT_VERSION = VERSION
_engines: dict[Path, TantivyEngine] = {}


def engine() -> TantivyEngine:
    """The engine on ``INDEX_DIR``, opened once a process."""
    folder = Path(settings.INDEX_DIR)
    if folder not in _engines:
        folder.mkdir(parents=True, exist_ok=True)
        _engines[folder] = TantivyEngine(folder)
    return _engines[folder]


def lock() -> IndexerLock:
    """The lock of the one process that writes."""
    return IndexerLock(Path(settings.INDEX_DIR))


def rebuild_wish() -> Path:
    """A file that asks a running indexer to build the index anew."""
    return Path(settings.INDEX_DIR) / "rebuild.wanted"


def wish_rebuild() -> None:
    """Ask for it; also where the whole directory is gone."""
    wish = rebuild_wish()
    wish.parent.mkdir(parents=True, exist_ok=True)
    wish.touch()
