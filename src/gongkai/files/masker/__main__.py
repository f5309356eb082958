"""Entry of the child: shut in, tell the kind, guard, mask, answer with one JSON line and the new file."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

from gongkai.files import problems
from gongkai.files.inspector.__main__ import kind_of
from gongkai.files.masker.marks import Mark, Marks
from gongkai.files.problems import Unreadable
from gongkai.files.reader import limits

CPU_SECONDS, WALL_SECONDS = 50, 58
KINDS = ("docx", "xlsx", "pdf")


def main() -> None:
    path, asked = Path(sys.argv[1]), json.loads(sys.stdin.buffer.read())
    limits.shut_in(cpu=CPU_SECONDS, wall=WALL_SECONDS)
    why, body = "", b""
    try:
        body = masked(path, asked["name"], [Mark(*one) for one in asked["marks"]])
    except Unreadable as found:
        why = found.text
    except MemoryError:
        why = problems.SENTENCES["file.too_large"]
    except Exception:  # noqa: BLE001 -- a parser may fail in any way; the clerk gets one sentence
        why = problems.SENTENCES["file.not_masked"]
    sys.stdout.buffer.write(json.dumps({"why": why}, ensure_ascii=False).encode() + b"\n" + body)


def masked(path: Path, name: str, marks: list[Mark]) -> bytes:
    """The paper with its marks masked. Outside the child, only tests of papers of our own ask here."""
    kind, box = kind_of(path, name)
    if kind not in KINDS:
        raise Unreadable("file.cannot_mask")
    module = importlib.import_module(f"gongkai.files.masker.{kind}")
    return bytes(module.mask(path if box is None else box, Marks(marks)))


if __name__ == "__main__":
    main()
