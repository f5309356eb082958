"""The rows of an exchange package: names of fields in both languages, dates, openness, files; faults by row (B18)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

FORMAT = "gongkai-exchange/1"
MOST_ITEMS = 500
OPENNESS = ("主动公开", "依申请公开", "不予公开")
# What the OA may call a field -> our name.
NAMES = {
    "标题": "title",
    "文件标题": "title",
    "发文字号": "number",
    "文号": "number",
    "发文机关": "issuer",
    "发文单位": "issuer",
    "主送机关": "recipients",
    "成文日期": "written_on",
    "文种": "kind",
    "主题分类": "theme",
    "关键词": "keywords",
    "内容概述": "summary",
    "摘要": "summary",
    "施行日期": "effective_on",
    "有效期至": "valid_until",
    "登记号": "registered_number",
    "规范性文件": "is_normative",
    "正文": "body",
    "正文文件": "body_file",
    "公开属性": "openness",
    "不予公开依据": "ground",
    "公开理由": "reason",
    "编号": "id",
    "附件": "attachments",
}
TEXTS = {
    "title": 300,
    "number": 60,
    "issuer": 200,
    "kind": 20,
    "theme": 40,
    "summary": 300,
    "registered_number": 60,
}
DATES = ("written_on", "effective_on", "valid_until")
LISTS = ("recipients", "keywords")
OTHERS = {"id", "body", "body_file", "openness", "ground", "reason", "attachments", "is_normative"}
_SEPARATORS = re.compile(r"[，,、；;\n]+")
_DAY = re.compile(r"^(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})日?$")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a row: its number, the field, and a sentence with what to do. ``warns``: it may go on."""

    row: int
    field: str
    text: str
    warns: bool = False

    @property
    def label(self) -> str:
        """The field as clerks call it."""
        return next((name for name, known in NAMES.items() if known == self.field), self.field)


@dataclass(slots=True)
class Item:
    """A paper of the package as it was understood."""

    row: int
    id: str
    fields: dict[str, Any] = field(default_factory=dict)
    openness: str = ""
    ground: str = ""
    reason: str = ""
    body_file: str = ""
    # (title, name of the file in the package)
    attachments: list[tuple[str, str]] = field(default_factory=list)


def read_items(
    rows: Sequence[Any], *, files: Collection[str], claims: Collection[str]
) -> tuple[list[Item], list[Fault]]:
    """Understand every row; what cannot be understood is told, nothing is guessed.

    >>> items, faults = read_items([{"编号": "1", "标题": "通知", "成文日期": "2026年3月1日"}], files=[], claims=[])
    >>> items[0].fields["written_on"], faults
    (datetime.date(2026, 3, 1), [])
    """
    items: list[Item] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    if not rows:
        faults.append(Fault(0, "", "包里没有文件。请核对清单 items 有没有内容。"))
    if len(rows) > MOST_ITEMS:
        faults.append(Fault(0, "", f"包里有 {len(rows)} 份文件，一次最多 {MOST_ITEMS} 份。请分成几个包。"))
        return [], faults
    for number, row in enumerate(rows, 1):
        if not isinstance(row, Mapping):
            faults.append(Fault(number, "", "这一行不是一份文件。请按清单格式逐份列出。"))
            continue
        item = _item(number, row, files, claims, faults)
        if item.id in seen:
            faults.append(Fault(number, "id", f"编号 {item.id} 和第 {seen[item.id]} 份重复。请核对编号。"))
        seen[item.id] = number
        items.append(item)
    return items, faults


def _item(
    number: int, row: Mapping[str, Any], files: Collection[str], claims: Collection[str], faults: list[Fault]
) -> Item:
    values: dict[str, Any] = {}
    for name, value in row.items():
        known = NAMES.get(str(name).strip(), str(name).strip())
        if known in claims:
            text = "发布时间由服务器记录，包里写的不采用，已经留痕。"
            faults.append(Fault(number, known, text, warns=True))
        elif known in TEXTS or known in DATES or known in LISTS or known in OTHERS:
            values[known] = value
        else:
            faults.append(Fault(number, known[:40], f"不认识“{known[:40]}”这一项，没有读入。", warns=True))
    item = Item(row=number, id=_text(values.get("id"))[:100])
    if not item.id:
        faults.append(Fault(number, "id", "没有编号。请填 OA 里这份文件的编号，重复导入时靠它识别。"))
    _texts(item, values, faults)
    _days(item, values, faults)
    _openness(item, values, faults)
    _files(item, values, files, faults)
    return item


def _texts(item: Item, values: Mapping[str, Any], faults: list[Fault]) -> None:
    for name, longest in TEXTS.items():
        text = " ".join(_text(values.get(name)).split())
        if len(text) > longest:
            faults.append(
                Fault(item.row, name, f"有 {len(text)} 个字，最多 {longest} 个字。请核对是否串了行。")
            )
        elif text:
            item.fields[name] = text
    for name in LISTS:
        value = values.get(name)
        parts = value if isinstance(value, list) else _SEPARATORS.split(_text(value))
        words = [_text(part) for part in parts if _text(part)]
        if words:
            item.fields[name] = words
    if "body" in values:
        item.fields["body"] = _text(values["body"])
    if values.get("is_normative") in (True, "是", "true", "1", 1):
        item.fields["is_normative"] = True
    if "title" not in item.fields and not _text(values.get("body_file")):
        faults.append(Fault(item.row, "title", "没有标题，也没有正文文件可以识别。请填标题。"))


def _days(item: Item, values: Mapping[str, Any], faults: list[Fault]) -> None:
    for name in DATES:
        text = _text(values.get(name))
        if not text:
            continue
        found = _DAY.match(text)
        try:
            item.fields[name] = date(*map(int, found.groups())) if found else date.fromisoformat(text)
        except ValueError:
            faults.append(
                Fault(
                    item.row, name, f"“{text[:20]}”不是有效日期。请写成 2026-03-11，并核对当月有没有这一天。"
                )
            )


def _openness(item: Item, values: Mapping[str, Any], faults: list[Fault]) -> None:
    item.openness = _text(values.get("openness")).strip("（）() ").removeprefix("此件")
    item.openness = {"公开发布": "主动公开", "公开": "主动公开"}.get(item.openness, item.openness)
    item.ground, item.reason = _text(values.get("ground")), _text(values.get("reason"))
    if item.openness and item.openness not in OPENNESS:
        faults.append(
            Fault(
                item.row,
                "openness",
                f"公开属性“{item.openness[:20]}”读不懂。只能是{'、'.join(OPENNESS)}，没有定的留空。",
            )
        )


def _files(item: Item, values: Mapping[str, Any], files: Collection[str], faults: list[Fault]) -> None:
    item.body_file = _text(values.get("body_file"))
    rows = values.get("attachments") or []
    for row in rows if isinstance(rows, list) else [rows]:
        name = _text(row.get("file") or row.get("文件")) if isinstance(row, Mapping) else _text(row)
        title = _text(row.get("title") or row.get("名称")) if isinstance(row, Mapping) else ""
        if name:
            item.attachments.append((title[:200] or name.rsplit("/", 1)[-1], name))
        else:
            faults.append(Fault(item.row, "attachments", "有一个附件没有写文件名。请核对清单。"))
    for name in filter(None, (item.body_file, *(name for _, name in item.attachments))):
        if name not in files:
            faults.append(
                Fault(item.row, "attachments", f"包里没有文件“{name[:60]}”。请核对文件名，或者把它放进包里。")
            )


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, list | dict) else str(value).strip()
