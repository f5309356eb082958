"""Entry of the child: shut in, tell the kind, guard, inspect, answer with one JSON line."""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path

from gongkai.files import guard, problems, sniff
from gongkai.files.inspector import doors
from gongkai.files.inspector.findings import Findings
from gongkai.files.problems import Unreadable
from gongkai.files.reader import limits

CPU_SECONDS, WALL_SECONDS = 25, 38  # a long pdf is also drawn
# A picture without readable words may still say where it was taken.
PARTLY = ("file.scan", problems.NOT_YET)


def main() -> None:
    path, name = Path(sys.argv[1]), sys.stdin.buffer.read().decode(errors="replace")
    limits.shut_in(cpu=CPU_SECONDS, wall=WALL_SECONDS)
    findings, why, code = Findings(), "", ""
    try:
        kind, box = kind_of(path, name)
        doors.inspect(kind, path, box, findings)
    except Unreadable as found:
        why, code = found.text, found.code
    except MemoryError:
        why = problems.SENTENCES["file.too_large"]
    except Exception:  # noqa: BLE001 -- a parser may fail in any way; the clerk gets one sentence
        why = problems.SENTENCES["file.broken"]
    told = {
        "why": why,
        "code": code,
        "unread": findings.unread,
        "passages": findings.passages if not why or code in PARTLY else [],
        "traps": list(findings.traps) if not why or code in PARTLY else [],
    }
    sys.stdout.buffer.write(json.dumps(told, ensure_ascii=False).encode(errors="replace") + b"\n")


def kind_of(path: Path, name: str) -> tuple[str, zipfile.ZipFile | None]:
    """The kind by the bytes, and the opened container where it is one; raises ``Unreadable``."""
    with path.open("rb") as stream:
        head = stream.read(sniff.HEAD_BYTES)
    if not head:
        raise Unreadable("file.empty")
    kind, box = sniff.kind_by_head(head, name), None
    if kind == "zip":
        box = guard.check_container(path)
        kind = sniff.kind_of_zip(box.namelist())
    if kind == "program":
        raise Unreadable("file.program")
    if kind == "":
        raise Unreadable("file.unknown")
    if sniff.belies(name, kind):
        raise problems.belied(sniff.ending_of(name), kind)
    if kind not in doors.KINDS:
        raise problems.not_yet(kind)
    return kind, box


if __name__ == "__main__":
    main()
