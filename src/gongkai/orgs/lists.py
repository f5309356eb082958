"""Lists of units as files: the reference lists in the package, and what an office hands in as csv or json."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gongkai.law.refusal import Refusal, Refused
from gongkai.orgs.rules.register import KIND_WORDS, UnitRow

FACTS = Path(__file__).parent / "facts"
MAX_BYTES = 2_000_000
COLUMNS = {
    "代码": "code",
    "全称": "name",
    "简称": "short_name",
    "类别": "kind",
    "上级代码": "parent",
    "区划代码": "area_code",
    "别称": "aliases",
}


def references() -> list[str]:
    """The names of the lists in the package."""
    return sorted(file.stem for file in FACTS.glob("*.json"))


def reference(name: str) -> list[UnitRow]:
    """A list that comes with the package; its units are to be confirmed by the district."""
    if name not in references():
        raise _bad(f"没有名为“{name}”的参考名录。现有：{'、'.join(references())}。")
    return read(FACTS / f"{name}.json")


def read(path: Path) -> list[UnitRow]:
    """The units of a csv or json file; raises ``Refused`` with what to do where it is neither."""
    try:
        content = path.read_bytes()[: MAX_BYTES + 1]
    except OSError:
        raise _bad(f"读不到“{path.name}”。请核对文件名和权限。") from None
    if len(content) > MAX_BYTES:
        raise _bad(f"“{path.name}”超过 2 MB，不像单位清单。请核对文件。")
    text = _text(content, path.name)
    rows = _json_rows(text, path.name) if path.suffix.lower() == ".json" else _csv_rows(text, path.name)
    return [_row(row) for row in rows]


def _text(content: bytes, name: str) -> str:
    # Excel on a Chinese Windows writes csv in GB18030.
    for coding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(coding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _bad(f"“{name}”不是文本文件。请在电子表格里另存为 csv 后再导入。")


def _json_rows(text: str, name: str) -> list[Mapping[str, Any]]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise _bad(f"“{name}”不是完整的 json。请重新导出。") from None
    rows = found.get("units") if isinstance(found, dict) else found
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _bad(f"“{name}”里没有 units 列表。请按参考名录的格式填写。")
    return rows


def _csv_rows(text: str, name: str) -> list[Mapping[str, Any]]:
    reader = csv.DictReader(io.StringIO(text))
    try:
        rows = [
            row for row in reader if any(isinstance(value, str) and value.strip() for value in row.values())
        ]
    except csv.Error:
        raise _bad(f"“{name}”不是 csv 表格。请在电子表格里另存为 csv 后再导入。") from None
    missing = [word for word in ("代码", "全称", "简称", "类别") if word not in (reader.fieldnames or ())]
    if missing:
        raise _bad(f"“{name}”第一行缺少列：{'、'.join(missing)}。第一行应是：{'、'.join(COLUMNS)}。")
    return [{COLUMNS[key]: value for key, value in row.items() if key in COLUMNS} for row in rows]


def _row(found: Mapping[str, Any]) -> UnitRow:
    words = {key: str(found.get(key) or "").strip() for key in COLUMNS.values()}
    aliases = found.get("aliases") or ()
    if isinstance(aliases, str):
        aliases = aliases.replace("，", "、").replace(";", "、").split("、")
    return UnitRow(
        code=words["code"],
        name=words["name"],
        short_name=words["short_name"],
        kind=KIND_WORDS.get(words["kind"], words["kind"]),
        parent=words["parent"],
        area_code=words["area_code"],
        aliases=tuple(str(alias).strip() for alias in aliases),
        confirmed=found.get("confirmed", True) is not False,
    )


def _bad(text: str) -> Refused:
    return Refused([Refusal("orgs.bad_list", "", text)])
