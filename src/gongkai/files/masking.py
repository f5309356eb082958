"""The public door to masking: the same paper with writings of personal data replaced or blotted out.

The copy is made in a child process (``gongkai.files.masker``). Who asks says which writings; whether they are gone is
for him to look at anew, and of a pdf it is proved here from its bytes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from gongkai.files.masker.marks import Mark as Mark
from gongkai.files.problems import SENTENCES
from gongkai.files.reading import _bare_environment
from gongkai.files.redacting import prove
from gongkai.law.refusal import Refused

WALL_SECONDS = 60
MOST_PROVED = 100  # words a child looks for at a time
KINDS = ("docx", "xlsx", "pdf")


@dataclass(frozen=True, slots=True)
class Masked:
    """The copy; ``why`` is empty exactly when there is one."""

    content: bytes = b""
    why: str = ""


def mask(source: Path | bytes, *, name: str, kind: str, marks: Sequence[Mark]) -> Masked:
    """A copy with the marks masked. Never raises for what the file holds."""
    with tempfile.TemporaryDirectory() as folder:
        path = source if isinstance(source, Path) else Path(folder) / "source"
        if isinstance(source, bytes):
            path.write_bytes(source)
        head, _, body = _in_child(path, name, marks).partition(b"\n")
        try:
            why = str(json.loads(head)["why"])
        except (ValueError, KeyError, TypeError):
            why = SENTENCES["file.not_masked"]
        if why or not body:
            return Masked(why=why or SENTENCES["file.not_masked"])
        if kind == "pdf" and not _gone(Path(folder) / "made", body, marks):
            return Masked(why=SENTENCES["file.left_unmasked"])
        return Masked(body)


def _gone(path: Path, body: bytes, marks: Sequence[Mark]) -> bool:
    """Whether the numbers stand nowhere in the pdf: not in its text, its streams, its metadata."""
    path.write_bytes(body)
    words = sorted({one.said for one in marks if one.everywhere})
    try:
        parts = [words[at : at + MOST_PROVED] for at in range(0, len(words), MOST_PROVED)]
        return not any(prove(path, kind="pdf", words=part).found for part in parts)
    except Refused:
        return False


def _in_child(path: Path, name: str, marks: Sequence[Mark]) -> bytes:
    asked = json.dumps({"name": name, "marks": [astuple(one) for one in marks]}, ensure_ascii=False)
    with tempfile.TemporaryFile() as answer:
        try:
            subprocess.run(
                [sys.executable, "-P", "-m", "gongkai.files.masker", str(path.absolute())],
                input=asked.encode(errors="replace"),
                stdout=answer,
                stderr=subprocess.DEVNULL,
                env=_bare_environment(),
                close_fds=True,
                start_new_session=True,
                timeout=WALL_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:  # run() has killed the child
            return json.dumps({"why": SENTENCES["file.too_slow"]}).encode()
        answer.seek(0)
        return answer.read()
