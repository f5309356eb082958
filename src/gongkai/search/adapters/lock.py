"""One writer of the index at a time, across processes; the lock falls with the process that held it."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class IndexerLock:
    """A lock on a file beside the index."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "indexer.lock"
        self._handle: int | None = None

    def take(self, *, wait: bool = False) -> bool:
        """Take the lock; without ``wait`` say at once whether it was free."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def release(self) -> None:
        """Let the next one write."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
