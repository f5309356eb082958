"""The sealed file of a case as bytes: the same papers give the same bytes, and a changed one is found.

A zip with fixed times; ``卷内目录.json`` lists every paper with its SM3 digest in order, and ``封卷.json`` holds
the digest of that list. Anybody can check it without this program: unpack, digest, compare.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes

INDEX, SEAL = "卷内目录.json", "封卷.json"
FORMAT = "gongkai-case-file/1"
_FIXED = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One paper of the file: its place in the order, its heading of 条例第四十五条, its name and content."""

    heading: str
    name: str
    content: bytes
    note: str = ""


@dataclass(frozen=True, slots=True)
class Absent:
    """A paper that belongs to the file and lies elsewhere (identity papers); only its digest stands in the list."""

    heading: str
    name: str
    digest: str
    note: str


def sm3(content: bytes) -> str:
    """The SM3 digest (GB/T 32905) in hex."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(content)
    return digest.finalize().hex()


def pack(facts: dict[str, Any], leaves: Iterable[Leaf | Absent]) -> tuple[bytes, str, int]:
    """The sealed file, its digest and how many papers it lists."""
    rows, contents = [], []
    for number, leaf in enumerate(leaves, start=1):
        place = f"{number:03d} {leaf.name}"
        row = {"序号": number, "类别": leaf.heading, "名称": leaf.name, "说明": leaf.note}
        if isinstance(leaf, Leaf):
            rows.append(row | {"位置": place, "大小": len(leaf.content), "SM3": sm3(leaf.content)})
            contents.append((place, leaf.content))
        else:
            rows.append(row | {"位置": "", "SM3": leaf.digest})
    index = _json({"格式": FORMAT, "案件": facts, "目录": rows})
    seal = _json({"格式": FORMAT, "目录SM3": sm3(index), "件数": len(rows)})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in [(INDEX, index), (SEAL, seal), *contents]:
            entry = zipfile.ZipInfo(name, _FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o640 << 16
            box.writestr(entry, content)
    return out.getvalue(), sm3(index), len(rows)


def faults(path: Path) -> list[str]:
    """What is wrong with a sealed file, in Chinese; an empty list means that every paper is as it was sealed."""
    try:
        with zipfile.ZipFile(path) as box:
            return list(_faults(box))
    except (zipfile.BadZipFile, OSError, KeyError, ValueError):
        return ["这不是卷宗文件，或者已经损坏，打不开。"]


def index_of(path: Path) -> dict[str, Any]:
    """The list of papers of a sealed file."""
    with zipfile.ZipFile(path) as box:
        read: dict[str, Any] = json.loads(box.read(INDEX))
    return read


def _faults(box: zipfile.ZipFile) -> Iterable[str]:
    index, seal = box.read(INDEX), json.loads(box.read(SEAL))
    if sm3(index) != seal["目录SM3"]:
        yield "卷内目录与封卷摘要不符，目录被改动过。"
    rows = json.loads(index)["目录"]
    if len(rows) != seal["件数"]:
        yield f"卷内目录有 {len(rows)} 件，封卷时是 {seal['件数']} 件。"
    listed = {INDEX, SEAL}
    names = box.namelist()
    for row in rows:
        place = row["位置"]
        if not place:
            continue
        listed.add(place)
        if place not in names:
            yield f"第 {row['序号']} 件“{row['名称']}”不见了。"
        elif sm3(box.read(place)) != row["SM3"]:
            yield f"第 {row['序号']} 件“{row['名称']}”被改动过。"
    for name in names:
        if name not in listed:
            yield f"多出目录以外的“{name}”。"
    if len(names) != len(set(names)):
        yield "有同名的两件，无法确定哪一件是原件。"


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()
