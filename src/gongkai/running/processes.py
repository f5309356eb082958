"""One tree of processes: what main starts ends with main, also when main is killed with -9.

All children share one process group, led by a guard that waits on a pipe whose other end only main holds.
When main is gone, by whatever way, the pipe closes and the guard ends the group.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

GRACE_SECONDS = 8.0
# The guard gives less time: nobody is left who would wait for the children.
ORPHAN_GRACE_SECONDS = 2.0
RESTART_PAUSE_SECONDS = 2.0
# A part that cannot even start is not started for ever: main ends, so that whoever watches it notices.
HARDLY_BEGUN_SECONDS = 10.0
MAX_QUICK_ENDS = 5


@dataclass
class Child:
    """One part of the running site; started again when it ends by itself."""

    name: str
    run: Callable[[], None]
    pid: int = 0
    started_at: float = 0.0
    ended_at: float = 0.0
    quick_ends: int = 0

    def note_end(self) -> None:
        """Remember that it ended, and whether it had hardly begun."""
        self.pid, self.ended_at = 0, time.monotonic()
        quick = self.ended_at - self.started_at < HARDLY_BEGUN_SECONDS
        self.quick_ends = self.quick_ends + 1 if quick else 0


@dataclass
class Tree:
    """Main's view of its children."""

    children: list[Child]
    guard: int = 0
    stopping: bool = False
    failed: str = ""
    _pipe: int = field(default=-1, repr=False)

    def start(self) -> None:
        """Start the guard, then every child in the guard's group."""
        read_end, self._pipe = os.pipe()
        self.guard = _fork(lambda: _guard(read_end, self._pipe))
        os.setpgid(self.guard, self.guard)
        os.close(read_end)
        for child in self.children:
            self._start(child)

    def watch(self, each_turn: Callable[[], None]) -> None:
        """Stay until told to stop; start an ended child again. Returns when every child is gone."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        while not self.stopping:
            self._reap()
            each_turn()
            time.sleep(0.2)
        self.end()

    def end(self) -> None:
        """Ask all children to end, wait, then make them."""
        for child in self.children:
            if child.pid:
                _signal(child.pid, signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        self.stopping = True
        while any(child.pid for child in self.children) and time.monotonic() < deadline:
            self._reap()
            time.sleep(0.05)
        # Closing the pipe makes the guard end the group; the kill is for a guard that hangs.
        os.close(self._pipe)
        _signal(-self.guard, signal.SIGKILL)

    def _start(self, child: Child) -> None:
        group, pipe = self.guard, self._pipe

        def body() -> None:
            os.close(pipe)
            os.setpgid(0, group)
            child.run()

        child.started_at = time.monotonic()
        child.pid = _fork(body)

    def _stop(self, *_: object) -> None:
        self.stopping = True

    def _reap(self) -> None:
        while True:
            try:
                pid, _ = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                break
            if pid == self.guard:
                # Without its guard the tree would outlive main, so main does not go on alone.
                self.stopping = True
            for child in self.children:
                if child.pid == pid:
                    child.note_end()
                    if child.quick_ends >= MAX_QUICK_ENDS:
                        self.failed, self.stopping = child.name, True
        if self.stopping:
            return
        for child in self.children:
            if not child.pid and time.monotonic() - child.ended_at > RESTART_PAUSE_SECONDS:
                self._start(child)


def _fork(body: Callable[[], None]) -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        body()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except KeyboardInterrupt:
        pass
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(status)


def _guard(read_end: int, write_end: int) -> None:
    os.close(write_end)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    while os.read(read_end, 1):
        pass
    os.killpg(os.getpgrp(), signal.SIGTERM)
    time.sleep(ORPHAN_GRACE_SECONDS)
    os.killpg(os.getpgrp(), signal.SIGKILL)


def _signal(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)
