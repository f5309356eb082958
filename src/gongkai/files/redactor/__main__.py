"""Entry of the child: shut in, then look at a page, blot boxes out, or prove that words are gone.

Standard input is one JSON object (verb, path, kind, …); the answer is one JSON line and the bytes of the
picture or of the blotted paper.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from gongkai.files.problems import Unreadable
from gongkai.files.reader import limits
from gongkai.files.redactor import blotting, looking, proving


def main() -> None:
    asked = json.loads(sys.stdin.buffer.read())
    limits.shut_in()
    answer, body = answered(asked)
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n" + body)


def answered(asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """What the child says to one question. Outside the child, only tests of papers of our own ask here."""
    answer: dict[str, Any]
    body = b""
    try:
        answer, body = _VERBS[asked["verb"]](Path(asked["path"]), asked)
        answer = {"ok": True} | answer
    except Unreadable as problem:
        answer = {"ok": False, "code": problem.code}
    except MemoryError:
        answer = {"ok": False, "code": "file.too_much"}
    except Exception as problem:  # noqa: BLE001 -- a parser may fail in any way; the clerk gets one sentence
        answer = {"ok": False, "code": "file.broken", "detail": type(problem).__name__}
    return answer, body


_VERBS = {"look": looking.look, "find": looking.find, "blot": blotting.blot, "prove": proving.prove}


if __name__ == "__main__":
    main()
