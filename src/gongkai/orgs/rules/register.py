"""What a list of units must be before it becomes the register of a district. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

_CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")
_AREA = re.compile(r"\d{6}(\d{3}|\d{6})?")
KINDS = ("district", "department", "dual", "street", "community", "institution")
KIND_WORDS = {
    "区政府": "district",
    "区政府部门": "department",
    "双重管理单位": "dual",
    "街道办事处": "street",
    "社区": "community",
    "事业单位": "institution",
}
AT_MOST = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """One unit as a list names it; ``parent`` is the code of the unit above."""

    code: str
    name: str
    short_name: str
    kind: str
    parent: str = ""
    area_code: str = ""
    aliases: tuple[str, ...] = ()
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """Codes and full names that the register has already, full names by code."""

    names: dict[str, str] = field(default_factory=dict)

    @property
    def taken(self) -> frozenset[str]:
        return frozenset(self.names.values())


def list_faults(rows: Collection[UnitRow], known: Known) -> list[str]:
    """Everything that is wrong with the list, each with its place; nothing is imported while one stands."""
    if not rows:
        return ["清单里没有单位。请核对文件，第一行应是列名，其后每行一个单位。"]
    if len(rows) > AT_MOST:
        return [f"清单有 {len(rows)} 行，一次最多 {AT_MOST} 行。请分几次导入。"]
    found: list[str] = []
    codes = Counter(row.code for row in rows)
    names = Counter(row.name for row in rows)
    for number, row in enumerate(rows, 1):
        where = f"第 {number} 个单位“{row.short_name or row.name or row.code}”"
        found += [f"{where}：{fault}" for fault in _row_faults(row, codes, names, known)]
    districts = sum(row.kind == "district" for row in rows if row.code not in known.names)
    if districts > 1:
        found.append(f"清单里有 {districts} 个区政府，只能有一个。请把其余的改成别的类别。")
    return found + [f"上级“{code}”互为上级，成了一个圈。请改正上级代码。" for code in _circles(rows)]


def _row_faults(row: UnitRow, codes: Counter[str], names: Counter[str], known: Known) -> Iterable[str]:
    if not _CODE.fullmatch(row.code):
        yield "代码只能用字母、数字和短横，最长 40 个字符。请改正代码。"
    elif codes[row.code] > 1:
        yield f"代码 {row.code} 在清单里出现了 {codes[row.code]} 次。请给每个单位不同的代码。"
    if not row.name or not row.short_name:
        yield "没有写全称或简称。请两项都填写。"
    elif names[row.name] > 1:
        yield f"全称“{row.name}”在清单里出现了 {names[row.name]} 次。请删去重复的行。"
    if len(row.name) > 120 or len(row.short_name) > 60:
        yield "名称太长：全称最多 120 字，简称最多 60 字。请核对是否串了列。"
    if row.kind not in KINDS:
        yield f"类别“{row.kind}”不认识。请填写：{'、'.join(KIND_WORDS)}。"
    if row.parent and row.parent not in codes and row.parent not in known.names:
        yield f"上级代码“{row.parent}”不在清单里，也不在名录里。请先列出上级单位。"
    if row.area_code and not _AREA.fullmatch(row.area_code):
        yield f"区划代码“{row.area_code}”不是 6、9 或 12 位数字。请核对统计用区划代码。"
    before = known.names.get(row.code)
    if before is not None and before != row.name:
        yield f"名录里代码 {row.code} 是“{before}”。单位更名请在工作台办理机构变动，不要用导入改名。"
    if before is None and row.name in known.taken:
        yield f"名录里已经有“{row.name}”，代码不同。请改用名录里的代码。"


def _circles(rows: Iterable[UnitRow]) -> list[str]:
    above = {row.code: row.parent for row in rows}
    found = []
    for code in above:
        seen, at = {code}, above[code]
        while at in above and at not in seen:
            seen.add(at)
            at = above[at]
        if at == code:
            found.append(code)
    return found


def in_order(rows: Collection[UnitRow]) -> list[UnitRow]:
    """The rows so that every unit comes after the one above it; those of a circle come last."""
    listed = {row.code for row in rows}
    below: dict[str, list[UnitRow]] = {}
    for row in rows:
        below.setdefault(row.parent if row.parent in listed else "", []).append(row)
    placed = list(below.get("", ()))
    for row in placed:  # grows while it is walked
        placed.extend(below.get(row.code, ()))
    there = {row.code for row in placed}
    return placed + [row for row in rows if row.code not in there]
