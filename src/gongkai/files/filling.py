"""The public door to the office's own Word templates: which blanks a template has, and the filled paper.

A clerk edits the template in Word or WPS: ``{{期号}}`` is a blank, ``{%tr for 行 in 名单 %}`` repeats a row of a
table. The template came in by upload, so it is opened only in a child process with little memory, little time
and no way out (``gongkai.files.filler``); it may show what it is given and compute nothing.
"""

from __future__ import annotations

import difflib
import json
import subprocess
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongkai.files.problems import SENTENCES
from gongkai.files.reading import WALL_SECONDS, _bare_environment
from gongkai.law.refusal import Refusal, Refused

PARAGRAPH = "\a"  # begins a new paragraph of the same form inside a blank
_SAID = {
    "syntax": "模板里的括号写得不完整。请核对每个 {{ }} 和 {% %} 都成对。",
    "not_plain": "模板里有系统不支持的写法。空格处只能写名称，例如 {{期号}}；请从默认模板改起。",
    "broken": "这个文件打不开，可能已经损坏。请用 Word 或 WPS 打开后另存为 docx 再上传。",
}


@dataclass(frozen=True, slots=True)
class Blanks:
    """What a template asks for; ``problem`` is empty where it could be read."""

    names: frozenset[str] = frozenset()
    problem: str = ""


def blanks_of(path: Path | str) -> Blanks:
    """The blanks of a template. Never raises for what the file holds."""
    answer, _ = _in_child({"verb": "blanks", "path": str(Path(path).absolute())})
    if not answer["ok"]:
        return Blanks(problem=_sentence(answer))
    return Blanks(frozenset(answer["names"]))


def why_not_template(path: Path | str, *, known: Collection[str]) -> list[Refusal]:
    """Why a file cannot serve as a template whose blanks are ``known``: each unknown blank with the nearest name."""
    return why_not_asked(blanks_of(path), known=known)


def why_not_asked(found: Blanks, *, known: Collection[str]) -> list[Refusal]:
    """The same for a template that was read already."""
    if found.problem:
        return [Refusal("template.unreadable", "", found.problem)]
    if not found.names:
        return [
            Refusal("template.no_blanks", "", "文件里没有任何 {{ }} 空格处，填不进内容。请从默认模板改起。")
        ]
    refusals = []
    for name in sorted(found.names - set(known)):
        nearest = difflib.get_close_matches(name, known, n=1, cutoff=0.3)
        hint = f"是否为“{nearest[0]}”？" if nearest else "请对照页面上的名称表。"
        refusals.append(Refusal("template.unknown_blank", "", f"系统没有“{name}”这项内容。{hint}"))
    return refusals


def fill(path: Path | str, values: Mapping[str, Any]) -> bytes:
    """The template with its blanks filled, as the bytes of a docx.

    ``values``: texts, or lists of mappings for repeated rows. A line break in a text begins a new paragraph.
    Raises ``Refused`` where the template can no longer be filled.
    """
    asked = {"verb": "fill", "path": str(Path(path).absolute()), "values": _in_paragraphs(values)}
    answer, body = _in_child(asked)
    if not answer["ok"]:
        raise Refused([Refusal("template.unreadable", "", _sentence(answer))])
    return body


def _in_paragraphs(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\n", PARAGRAPH)
    if isinstance(value, Mapping):
        return {key: _in_paragraphs(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_in_paragraphs(inner) for inner in value]
    return value


def _sentence(answer: Mapping[str, Any]) -> str:
    return _SAID.get(answer["code"]) or SENTENCES.get(answer["code"]) or _SAID["broken"]


def _in_child(asked: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "gongkai.files.filler"],
            input=json.dumps(asked, ensure_ascii=False).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_bare_environment(),
            start_new_session=True,
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:  # run() has killed the child
        return {"ok": False, "code": "file.too_slow"}, b""
    head, _, body = done.stdout.partition(b"\n")
    try:
        return json.loads(head), body
    except ValueError:
        return {"ok": False, "code": "broken"}, b""
