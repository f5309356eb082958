"""Rows of a sheet against the declared type: a report by row, and nothing taken unless all is understood."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.kernel.progress import Tell
from gongkai.records.rules.declared import Field, RecordType

MOST_ROWS = 20_000
TOLD_EVERY = 500
_DATE = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_ID_NUMBER = re.compile(r"(?<![0-9A-Z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])\d{5}[0-9X](?![0-9A-Z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_FIRST_SERIAL = date(1899, 12, 30)


@dataclass(frozen=True)
class Trouble:
    """What is wrong with a row of the sheet; row 1 is the head, 0 the whole file."""

    row: int
    label: str
    text: str


@dataclass(frozen=True)
class Taken:
    """``rows`` are all rows when nothing is wrong, else none; ``good`` are the rows without a fault."""

    rows: tuple[dict[str, str], ...]
    troubles: tuple[Trouble, ...]
    good: tuple[tuple[int, dict[str, str]], ...] = ()


def read_date(text: str) -> date | None:
    """A day as offices write it: 2026年3月1日, 2026.3.1, 2026/3/1, 20260301, or the serial of a sheet.

    >>> read_date("2026年3月1日") == read_date("46082") == read_date("20260301") == date(2026, 3, 1)
    True
    """
    bare = text.strip().removesuffix(" 00:00:00")
    found = _DATE.fullmatch(bare) or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", bare)
    try:
        if found:
            return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None
    return _FIRST_SERIAL + timedelta(int(bare)) if re.fullmatch(r"[2-7]\d{4}", bare) else None


def read_rows(
    kind: RecordType,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    numbers: Sequence[int] = (),
    tell: Tell | None = None,
) -> Taken:
    """The rows by the type's labels; ``numbers`` are their rows in the file, else they follow the head. ``tell``
    hears now and then how many were looked at."""
    labels = [word.strip() for word in head]
    wrong = _head_troubles(kind, labels, len(rows))
    if wrong:
        return Taken((), wrong)
    places = {field.name: labels.index(field.label) for field in kind.fields if field.label in labels}
    troubles: list[Trouble] = []
    good: list[tuple[int, dict[str, str]]] = []
    seen: dict[tuple[str, ...], int] = {}
    for count, (at, cells) in enumerate(zip(numbers or range(2, len(rows) + 2), rows, strict=True)):
        if tell and count % TOLD_EVERY == 0:
            tell(count, len(rows))
        if not any(cell.strip() for cell in cells):
            continue
        values, found = {}, []
        for field in kind.fields:
            place = places.get(field.name, len(cells))
            value, problem = read_value(field, cells[place] if place < len(cells) else "")
            values[field.name] = value
            if problem:
                found.append(Trouble(at, field.label, problem))
        found += [Trouble(at, label, text) for label, text in row_troubles(kind, values)]
        key = tuple(values[name] for name in kind.key)
        if any(key) and seen.setdefault(key, at) != at:
            label = kind.field(kind.key[0]).label
            found.append(Trouble(at, label, f"与第{seen[key]}行重复，请删去一行。"))
        troubles += found
        if not found:
            good.append((at, values))
    if tell:
        tell(len(rows), len(rows))
    rows_taken = () if troubles else tuple(values for _, values in good)
    return Taken(rows_taken, tuple(troubles), tuple(good))


def row_troubles(kind: RecordType, values: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is wrong between the fields of one row: alternatives, the order of days."""
    found = [
        (field.label, "里面有身份证号，公开后人人看得到。请删去，或者填到要遮盖的列。")
        for field in kind.fields
        if not field.mask and holds_id_number(values.get(field.name, ""))
    ]
    for names in kind.one_of:
        if not any(values.get(name) for name in names):
            labels = [kind.field(name).label for name in names]
            found.append((labels[0], f"“{'”“'.join(labels)}”至少要填一项。"))
    if kind.formed and kind.ends_with and kind.formed != kind.ends_with:
        begun, over = values.get(kind.formed, ""), values.get(kind.ends_with, "")
        if begun and over and over < begun:
            label = kind.field(kind.ends_with).label
            found.append((label, f"早于“{kind.field(kind.formed).label}”（{begun}），请核对。"))
    return found


def holds_id_number(text: str) -> bool:
    """Whether a resident's identity number with a right check digit stands in the words (GB 11643).

    >>> holds_id_number("张某，11010519491231002X"), holds_id_number("110105194912310021")
    (True, False)
    """
    for found in _ID_NUMBER.findall(text.upper()):
        total = sum(int(digit) * weight for digit, weight in zip(found, _WEIGHTS, strict=False))
        if "10X98765432"[total % 11] == found[17]:
            return True
    return False


def read_value(field: Field, cell: str) -> tuple[str, str]:
    """The value in its one stored form, and what is wrong with it (empty when nothing is)."""
    text = cell.strip()
    if not text:
        return "", "必填，请补上。" if field.required else ""
    if text[0] == "=":
        return "", "是公式，请粘贴为数值。"
    if text[0] == "#" and text.rstrip("!?").isascii() and text[1:2].isalpha() and text == text.upper():
        return "", f"显示“{text[:10]}”，是出错的公式。请改成要填的内容。"
    if len(text) > field.longest:
        return "", f"写了{len(text)}字，超过{field.longest}字，请缩短。"
    if field.many:
        parts = [part.strip() for part in re.split(r"[、,，;；\n]", text) if part.strip()]
        wrong = [part for part in parts if field.choices and part not in field.choices]
        if wrong:
            return "", f"“{wrong[0][:20]}”不在可选的内容里，只能填：{'、'.join(field.choices)}。"
        return "、".join(dict.fromkeys(parts)), ""
    if field.choices and text not in field.choices:
        return "", f"“{text[:20]}”不在可选的内容里，只能填：{'、'.join(field.choices)}。"
    if field.kind == "date":
        day = read_date(text)
        return (day.isoformat(), "") if day else ("", f"“{text[:20]}”不是日期，请写成2026-03-01。")
    if field.kind in ("integer", "number"):
        bare = text.replace(",", "").replace("，", "")
        pattern = r"-?[0-9]+" if field.kind == "integer" else r"-?[0-9]+(\.[0-9]+)?"
        what = "整数" if field.kind == "integer" else "数字"
        return (bare, "") if re.fullmatch(pattern, bare) else ("", f"不是{what}，请只填{what}。")
    if field.kind == "boolean":
        return (text, "") if text in ("是", "否") else ("", "只能填：是、否。")
    return text, ""


def _head_troubles(kind: RecordType, labels: Sequence[str], count: int) -> tuple[Trouble, ...]:
    if count > MOST_ROWS:
        return (Trouble(1, "", f"共{count}行，一次最多导入{MOST_ROWS}行，请分成几个文件。"),)
    known = {field.label for field in kind.fields}
    missing = [f.label for f in kind.fields if (f.required or f.name in kind.key) and f.label not in labels]
    unknown = [word for word in labels if word and word not in known]
    twice = sorted({word for word in labels if word and labels.count(word) > 1})
    return (
        *(Trouble(1, word, "表头缺这一列，请补上。") for word in missing),
        *(Trouble(1, word, "表头不认识这一列，请改名或删去。") for word in unknown),
        *(Trouble(1, word, "表头有两列同名，请删去一列。") for word in twice),
    )
