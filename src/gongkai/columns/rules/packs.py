"""A column pack (专栏包): columns with fields, owners by the word of the office, cycles; one JSON file that travels."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.columns.rules.definition import (
    COLUMN_TYPES,
    OWN,
    TOPIC,
    UPKEEP_LABELS,
    Field,
    definition_refusals,
    fields_of,
)

FORMAT, LARGEST, MOST_COLUMNS = "gongkai-column-pack", 2_000_000, 200


@dataclass(frozen=True, slots=True)
class PackColumn:
    """A column as it travels."""

    code: str
    name: str
    owner: str
    description: str = ""
    parent: str = ""
    order: int = 0
    post: str = ""
    upkeep: str = OWN
    cycle_days: int | None = None
    record_type: str = ""
    tag_type: str = TOPIC
    catalogue_item: str = ""
    keywords: str = ""
    shared: bool = False
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack. ``each``: it is installed once for every chosen unit, which owns its columns (三务公开).
    ``tasks`` are the numbers of the yearly plan's annex that it serves."""

    code: str
    name: str
    columns: tuple[PackColumn, ...]
    description: str = ""
    each: bool = False
    tasks: tuple[int, ...] = ()

    @property
    def owners(self) -> tuple[str, ...]:
        """The words of all owners, each once, in the order of the file."""
        return tuple(dict.fromkeys(column.owner for column in self.columns))


def read_pack(text: str) -> tuple[Pack | None, list[str]]:
    """A pack from its file, or the sentences that say what is wrong with it, place by place."""
    if len(text) > LARGEST:
        return None, ["文件太大，不是专栏包。请选本系统导出的专栏包文件。"]
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        return None, ["文件读不出来：应是 UTF-8 的 JSON。请选本系统导出的专栏包文件。"]
    if not isinstance(held, Mapping) or held.get("format") != FORMAT:
        return None, [f'这不是专栏包：开头应有 "format": "{FORMAT}"。请选本系统导出的专栏包文件。']
    rows = held.get("columns")
    if not isinstance(rows, list) or not rows or len(rows) > MOST_COLUMNS:
        return None, [f"专栏包里应有 1 到 {MOST_COLUMNS} 个专栏（columns）。请核对文件。"]
    problems: list[str] = []
    columns = []
    for at, row in enumerate(rows, 1):
        column, wrong = _column(row)
        problems += [f"第 {at} 个专栏：{sentence}" for sentence in wrong]
        if column is not None:
            columns.append(column)
    problems += _tree_problems(columns)
    code, name = _words(held, "code", 60), _words(held, "name", 60)
    if not code or not name:
        problems.insert(0, "专栏包没有代码（code）或者名称（name）。请补上。")
    tasks = held.get("tasks", [])
    pack = Pack(
        code=code, name=name, columns=tuple(columns), description=_words(held, "description", 300),
        each=held.get("each") is True,
        tasks=tuple(one for one in tasks if isinstance(one, int)) if isinstance(tasks, list) else (),
    )  # fmt: skip
    return (None if problems else pack), problems


def write_pack(pack: Pack) -> str:
    """The file of a pack; the same pack gives the same bytes."""
    columns = []
    for one in pack.columns:
        held: dict[str, Any] = {name: getattr(one, name) for name in PackColumn.__slots__ if name != "fields"}
        held["fields"] = [field.as_json() for field in one.fields]
        columns.append({name: value for name, value in held.items() if value not in ("", None, False, 0, [])})
    file = {
        "format": FORMAT, "code": pack.code, "name": pack.name, "description": pack.description,
        "each": pack.each, "tasks": list(pack.tasks), "columns": columns,
    }  # fmt: skip
    return json.dumps(file, ensure_ascii=False, indent=1) + "\n"


def _column(row: Any) -> tuple[PackColumn | None, list[str]]:
    if not isinstance(row, Mapping):
        return None, ["应是一组名称和内容。请核对文件。"]
    cycle = row.get("cycle_days")
    cycle = cycle if isinstance(cycle, int) and not isinstance(cycle, bool) else None
    order = row.get("order", 0)
    one = PackColumn(
        code=_words(row, "code", 60), name=_words(row, "name", 60), owner=_words(row, "owner", 120),
        description=_words(row, "description", 300), parent=_words(row, "parent", 60),
        order=order if isinstance(order, int) and 0 <= order < 100_000 else 0, post=_words(row, "post", 80),
        upkeep=_words(row, "upkeep", 10) or OWN, cycle_days=cycle, record_type=_words(row, "record_type", 60),
        tag_type=_words(row, "tag_type", 20) or TOPIC, catalogue_item=_words(row, "catalogue_item", 10),
        keywords=_words(row, "keywords", 100), shared=row.get("shared") is True,
        fields=fields_of(row.get("fields", [])),
    )  # fmt: skip
    wrong = [
        refusal.text
        for refusal in definition_refusals(
            name=one.name, code=one.code, upkeep=one.upkeep, cycle_days=one.cycle_days, tag_type=one.tag_type,
            depth=1,
        )
    ]  # fmt: skip
    if not one.owner:
        wrong.append("没有写责任单位（owner）。请写单位名称，或者“财政部门”这样的称呼。")
    return (None if wrong else one), wrong


def _tree_problems(columns: list[PackColumn]) -> list[str]:
    codes = [column.code for column in columns]
    found = [f"代码“{code}”出现了两次。请改一个。" for code in dict.fromkeys(codes) if codes.count(code) > 1]
    parents = {column.code: column.parent for column in columns}
    for column in columns:
        seen, at = {column.code}, column.parent
        while at and at in parents and at not in seen:
            seen.add(at)
            at = parents[at]
        if at in seen:
            found.append(f"“{column.name}”的上级绕回了自己。请核对上级（parent）。")
    return found


def _words(row: Mapping[str, Any], name: str, longest: int) -> str:
    held = row.get(name, "")
    return held.strip()[:longest] if isinstance(held, str) else ""


__all__ = ["COLUMN_TYPES", "FORMAT", "UPKEEP_LABELS", "Pack", "PackColumn", "read_pack", "write_pack"]
