"""What a column (专栏) says of itself, and why it cannot be so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.law.refusal import Refusal

# ColumnType of the official page tags (国办发〔2017〕47号, 网页设计规范).
COLUMN_TYPES: tuple[str, ...] = (
    "概况信息", "机构职能", "负责人信息", "工作动态", "政策文件", "信息公开指南", "信息公开目录", "信息公开年报",
    "依申请公开", "数据发布", "数据开放", "政策解读", "回应关切", "办事服务", "咨询投诉", "征集调查", "在线访谈",
    "专题专栏",
)  # fmt: skip
TOPIC = "专题专栏"
NEWS, NOTICE, PLANNING, OWN, ONCE = "news", "notice", "planning", "own", "once"
# Which national threshold holds for the column (国办秘函〔2019〕19号); the numbers stand in the rule table.
UPKEEP_LABELS = {
    NEWS: "动态、要闻类",
    NOTICE: "通知公告、政策文件类",
    PLANNING: "人事、规划计划类",
    OWN: "只按本栏更新周期",
    ONCE: "一次公开，不要求更新",
}
DEEPEST = 3
LONGEST_CYCLE = 3660
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
RESERVED = frozenset({"new", "packs", "index", "all"})


@dataclass(frozen=True, slots=True)
class Field:
    """Something that each record of the column tells (公开要素)."""

    name: str
    required: bool = False
    note: str = ""

    def as_json(self) -> dict[str, object]:
        """As it is stored and as it travels."""
        return {"name": self.name, "required": self.required, "note": self.note}


def fields_of(stored: object) -> tuple[Field, ...]:
    """Stored fields again; what is none is left out."""
    found = []
    for one in stored if isinstance(stored, list) else []:
        if isinstance(one, Mapping) and str(one.get("name", "")).strip():
            found.append(
                Field(
                    str(one["name"]).strip()[:60], bool(one.get("required")), str(one.get("note", ""))[:200]
                )
            )
    return tuple(found)


def typed_fields(text: str) -> tuple[Field, ...]:
    """Fields as they are typed: one a line, a star for what must be told.

    >>> typed_fields("项目名称*\\n金额 单位万元")
    (Field(name='项目名称', required=True, note=''), Field(name='金额', required=False, note='单位万元'))
    """
    found: dict[str, Field] = {}
    for line in text.splitlines():
        name, _, note = line.strip().partition(" ")
        required = name.endswith(("*", "＊"))
        name = name.rstrip("*＊").strip()[:60]
        if name:
            found.setdefault(name, Field(name, required, note.strip()[:200]))
    return tuple(found.values())


def shown_fields(fields: tuple[Field, ...]) -> str:
    """The other way round, for the form."""
    return "\n".join(
        f"{one.name}{'*' if one.required else ''}{' ' + one.note if one.note else ''}" for one in fields
    )


def definition_refusals(
    *, name: str, code: str, upkeep: str, cycle_days: int | None, tag_type: str, depth: int
) -> list[Refusal]:
    """Why a column cannot be so."""
    found = []
    if not name.strip():
        found.append(
            Refusal("columns.no_name", "国办发〔2017〕47号", "没有写专栏名称。请填写，例如“养老服务”。")
        )
    if not _CODE.fullmatch(code) or code in RESERVED or len(code) > 60:
        text = "代码只能用小写字母、数字和连字符，例如 yanglao。请改一个；留空由系统编号。"
        found.append(Refusal("columns.code", "", text))
    if upkeep not in UPKEEP_LABELS:
        found.append(
            Refusal("columns.upkeep", "国办秘函〔2019〕19号", "没有选更新要求。请选这个专栏属于哪一类。")
        )
    if upkeep == OWN and not cycle_days:
        text = "选了只按本栏更新周期，但没有写周期。请写多少天更新一次。"
        found.append(Refusal("columns.no_cycle", "国办秘函〔2019〕19号", text))
    if cycle_days is not None and not 1 <= cycle_days <= LONGEST_CYCLE:
        found.append(Refusal("columns.cycle", "", f"更新周期应在 1 到 {LONGEST_CYCLE} 天之间。请核对。"))
    if tag_type not in COLUMN_TYPES:
        text = "栏目类型要用国家规定的词。请从列表里选。"
        found.append(Refusal("columns.tag_type", "国办发〔2017〕47号", text))
    if depth > DEEPEST:
        found.append(Refusal("columns.too_deep", "", f"专栏最多 {DEEPEST} 级。请选更上一级的专栏作上级。"))
    return found
