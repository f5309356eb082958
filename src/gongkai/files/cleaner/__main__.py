"""Entry of the child: shut in, tell the kind, guard, clean, answer with one JSON line and the new file."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

from gongkai.files import problems
from gongkai.files.inspector.__main__ import kind_of
from gongkai.files.problems import Unreadable
from gongkai.files.reader import limits

CPU_SECONDS, WALL_SECONDS = 50, 58  # judged, drawn and compared
KINDS = ("docx", "xlsx", "pdf", "image")


def main() -> None:
    path, name = Path(sys.argv[1]), sys.stdin.buffer.read().decode(errors="replace")
    limits.shut_in(cpu=CPU_SECONDS, wall=WALL_SECONDS)
    why, kind, body = "", "", b""
    try:
        kind, box = kind_of(path, name)
        if kind not in KINDS:
            raise Unreadable("file.cannot_clean")
        module = importlib.import_module(f"gongkai.files.cleaner.{kind}")
        body = module.clean(path if box is None else box)
    except Unreadable as found:
        why = found.text
    except MemoryError:
        why = problems.SENTENCES["file.too_large"]
    except Exception:  # noqa: BLE001 -- a parser may fail in any way; the clerk gets one sentence
        why = problems.SENTENCES["file.not_cleaned"]
    told = {"why": why, "kind": kind}
    sys.stdout.buffer.write(json.dumps(told, ensure_ascii=False).encode() + b"\n" + (b"" if why else body))


if __name__ == "__main__":
    main()
