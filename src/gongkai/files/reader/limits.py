"""The walls of the reading child: little memory, little time, no network, no writing, no further programs."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from typing import Any

MEMORY_BYTES = 1024**3
CPU_SECONDS = 10
WALL_SECONDS = 18  # below the caller's own limit, in case the caller is gone
ANSWER_BYTES = 128 * 1024**2
_PR_SET_PDEATHSIG = 1
_CLONE_NEWNET, _CLONE_NEWUSER = 0x40000000, 0x10000000
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.remove",
              "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "os.symlink", "shutil.", "ftplib.",
              "urllib.", "http.")  # fmt: skip


def shut_in(*, memory: int = MEMORY_BYTES, cpu: int = CPU_SECONDS, wall: int = WALL_SECONDS) -> None:
    """Close the walls; called before the first byte of the file is read."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (ANSWER_BYTES, ANSWER_BYTES))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(wall)
    if sys.platform == "linux":
        _linux_walls()
    sys.addaudithook(_deny)


def _linux_walls() -> None:
    """Die with the caller; leave the network where the system lets us (no error where it does not)."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if libc.unshare(_CLONE_NEWNET) != 0:
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def _deny(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)
    if event == "open" and len(arguments) > 2:
        mode, flags = arguments[1], arguments[2]
        writes = any(sign in mode for sign in "wax+") if isinstance(mode, str) else False
        if writes or (isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)):
            raise PermissionError(event)
