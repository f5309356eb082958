"""Opens an untrusted package. The lower half runs ONLY as a child process: ``python -m gongkai.exchange.reader PATH``.

The child has little memory and time, no network and writes nothing; it answers with one JSON.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gongkai.files import guard
from gongkai.files.problems import SENTENCES, Unreadable
from gongkai.files.reader import limits

WALL_SECONDS = 20
MOST_BYTES = 60 * 1024 * 1024
MOST_MANIFEST = 5 * 1024 * 1024
PACKAGE_ROOT = Path(__file__).resolve().parents[2]
MANIFESTS = ("manifest.json", "manifest.xml")
NO_MANIFEST = "包里没有清单。请放入 manifest.json 或者 manifest.xml，格式见页面右侧说明。"
BAD_MANIFEST = "清单读不懂：不是有效的 JSON 或者 XML，或者没有 items。请核对导出程序。"
TOO_LARGE = "包太大，解开后超过 60 MB。请分成几个包。"
DIED = "这个包没有读成，可能已经损坏。请重新导出后再试。"


@dataclass(frozen=True, slots=True)
class Opened:
    """What a package holds; ``problem`` is empty exactly when it could be opened."""

    source: str = ""
    rows: list[Any] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    problem: str = ""


def open_package(path: Path) -> Opened:
    """Read a package in the child process. Never raises for what it holds."""
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "gongkai.exchange.reader", str(path.absolute())],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env={"PYTHONPATH": str(PACKAGE_ROOT), "PYTHONUTF8": "1", "LANG": "C.UTF-8"},
            close_fds=True,
            start_new_session=True,
            timeout=WALL_SECONDS,
            check=False,
        )
        said = json.loads(done.stdout)
        files = {name: base64.b64decode(body) for name, body in said["files"].items()}
        return Opened(str(said["source"])[:80], list(said["rows"]), files, str(said["problem"]))
    except (subprocess.TimeoutExpired, ValueError, KeyError, TypeError, AttributeError):
        return Opened(problem=DIED)


# -- the child ----------------------------------------------------------------------------------------


def main() -> None:
    limits.shut_in()
    answer: dict[str, Any] = {"source": "", "rows": [], "files": {}, "problem": ""}
    try:
        answer |= _read(Path(sys.argv[1]))
    except Unreadable as found:
        answer["problem"] = SENTENCES.get(found.code, DIED)
    except (MemoryError, RecursionError):
        answer["problem"] = TOO_LARGE
    except Exception:  # noqa: BLE001 -- a parser may fail in any way; the clerk gets one sentence
        answer["problem"] = BAD_MANIFEST
    os.write(1, b"")
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as opened:
        head = opened.read(4)
    if head[:2] != b"PK":
        if path.stat().st_size > MOST_MANIFEST:
            return {"problem": TOO_LARGE}
        return _manifest(path.read_bytes())
    box = guard.check_container(path)
    members = [member for member in box.infolist() if not member.is_dir()]
    if sum(member.file_size for member in members) > MOST_BYTES:
        return {"problem": TOO_LARGE}
    name = next((one for one in MANIFESTS if one in box.namelist()), "")
    if not name:
        return {"problem": NO_MANIFEST}
    found = _manifest(box.read(name))
    found["files"] = {
        member.filename: base64.b64encode(box.read(member)).decode()
        for member in members
        if member.filename != name
    }
    return found


def _manifest(content: bytes) -> dict[str, Any]:
    if content.lstrip().startswith((b"<", b"\xef\xbb\xbf<")):
        return _of_xml(content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    whole = json.loads(text)
    rows = whole.get("items") if isinstance(whole, dict) else whole
    if not isinstance(rows, list):
        return {"problem": BAD_MANIFEST}
    return {"source": str(whole.get("source", "")) if isinstance(whole, dict) else "", "rows": rows}


def _of_xml(content: bytes) -> dict[str, Any]:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        return {"problem": "清单里有不允许的声明（DOCTYPE）。请去掉后重新导出。"}
    root = ElementTree.fromstring(content)
    rows = []
    for element in root.iter():
        if element.tag in ("item", "文件"):
            rows.append(_row_of(element))
    return {"source": root.get("source", ""), "rows": rows}


def _row_of(element: ElementTree.Element) -> dict[str, Any]:
    row: dict[str, Any] = dict(element.attrib)
    files = []
    for child in element:
        if child.tag in ("attachment", "附件"):
            files.append(
                {**child.attrib, **({"file": child.text.strip()} if (child.text or "").strip() else {})}
            )
        else:
            row[child.tag] = (child.text or "").strip()
    if files:
        row["attachments"] = files
    return row


if __name__ == "__main__":
    main()
