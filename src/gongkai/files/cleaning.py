"""The public door to the public copy: the same paper without what is hidden in it; the original stays where it is.

The copy is made in a child process (``gongkai.files.cleaner``) and then inspected like any other file: what is
still found in it is told, so that nobody believes in a cleaning that did not happen.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from gongkai.files import storage
from gongkai.files.inspecting import Trap, inspect
from gongkai.files.problems import SENTENCES
from gongkai.files.reading import _bare_environment

WALL_SECONDS = 60
KINDS = ("docx", "xlsx", "pdf", "image", "jpg", "png")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The copy; ``why`` is empty exactly when there is one. ``left`` is what is hidden in it all the same."""

    content: bytes = b""
    kind: str = ""
    why: str = ""
    removed: tuple[Trap, ...] = ()
    left: tuple[Trap, ...] = ()

    @property
    def is_clean(self) -> bool:
        return not self.why and not self.left


def clean_copy(stored: storage.Kept) -> Cleaned:
    """The public copy of a stored file; its row and its content are not touched."""
    return clean(storage.path_of(stored), name=getattr(stored, "name", ""))


def clean(path: Path, *, name: str) -> Cleaned:
    """A clean copy of a file. Never raises for what the file holds."""
    before = inspect(path, name, eyes=False)
    head, _, body = _in_child(path, name).partition(b"\n")
    try:
        told = json.loads(head)
        kind, why = str(told["kind"]), str(told["why"])
    except (ValueError, KeyError, TypeError):
        return Cleaned(why=SENTENCES["file.not_cleaned"])
    if why or not body:
        return Cleaned(kind=kind, why=why or SENTENCES["file.not_cleaned"])
    after = inspect(body, name, eyes=False)
    if before.readable and not after.readable:
        return Cleaned(kind=kind, why=SENTENCES["file.not_cleaned"])
    left = {trap.rule for trap in after.traps}
    removed = tuple(trap for trap in before.traps if trap.rule not in left)
    return Cleaned(body, kind, "", removed, after.traps)


def _in_child(path: Path, name: str) -> bytes:
    with tempfile.TemporaryFile() as answer:
        try:
            subprocess.run(
                [sys.executable, "-P", "-m", "gongkai.files.cleaner", str(path.absolute())],
                input=name.encode(errors="replace"),
                stdout=answer,
                stderr=subprocess.DEVNULL,
                env=_bare_environment(),
                close_fds=True,
                start_new_session=True,
                timeout=WALL_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:  # run() has killed the child
            return json.dumps({"kind": "", "why": SENTENCES["file.too_slow"]}).encode()
        answer.seek(0)
        return answer.read()
