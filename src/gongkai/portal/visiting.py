"""Writes page views down as they are answered: no cookie, no address kept (see ``orgs.rules.visits``)."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from gongkai.kernel.clock import legal_day
from gongkai.orgs.actions.visits import key_name, log_name
from gongkai.orgs.rules.visits import Visit, is_page, is_robot, line

MARK_BYTES = 8


def _real_day() -> date:
    """The day on which readers came; a simulated clock moves the office, not them, and costs a query."""
    return legal_day(datetime.now(UTC))


class VisitLog:
    """Appends one line for each view; every process of the server writes to the same file of the day."""

    def __init__(self, folder: Path, day: Callable[[], date] = _real_day) -> None:
        self._folder = folder
        self._day = day
        self._open: tuple[date, int, bytes] | None = None

    def note(self, environ: dict[str, Any]) -> None:
        """Write the view of a page down; robots, files and the workbench are none. Never disturbs the answer."""
        path = environ.get("PATH_INFO") or "/"
        agent = environ.get("HTTP_USER_AGENT", "")
        if not is_page(path) or is_robot(agent):
            return
        try:
            log, key = self._of_today()
            seen = f"{environ.get('REMOTE_ADDR', '')} {agent}".encode(errors="replace")
            mark = hashlib.blake2b(seen, key=key, digest_size=MARK_BYTES).hexdigest()
            os.write(log, line(Visit(path, mark)).encode())
        except OSError:  # a full disk stops counting, not reading
            self._open = None

    def _of_today(self) -> tuple[int, bytes]:
        day = self._day()
        if self._open is None or self._open[0] != day:
            if self._open is not None:
                os.close(self._open[1])
                self._open = None
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            key = _key(key_name(self._folder, day))
            log = os.open(log_name(self._folder, day), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            self._open = (day, log, key)
        return self._open[1], self._open[2]


def _key(name: Path) -> bytes:
    """The key of the day; whichever process comes first makes it, whole or not at all."""
    draft = name.with_name(f".{name.name}.{os.getpid()}.{secrets.token_hex(4)}")
    if not name.exists():
        draft.touch(mode=0o600)
        draft.write_bytes(secrets.token_bytes(32))
        try:
            os.link(draft, name)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return name.read_bytes()
