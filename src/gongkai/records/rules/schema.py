"""A record type is a Table Schema file with a few `x-` words; this reads one or says what is wrong with it.

Only the standard's vocabulary is used: the checks that an office needs are few, and its words are Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.records.rules.declared import (
    After,
    Due,
    Field,
    Link,
    Mask,
    Office,
    PageKind,
    RecordType,
    Step,
)

__all__ = [
    "BadSchema",
    "Due",
    "Field",
    "Link",
    "Mask",
    "PageKind",
    "RecordType",
    "Step",
    "dictionary",
    "read_type",
]
KINDS = ("string", "integer", "number", "date", "boolean")
RULE = "publication_working_days"
TYPE_WORDS = frozenset(
    {
        "name", "title", "description", "fields", "primaryKey", "missingValues", "x-page", "x-catalogue-item",
        "x-basis", "x-within-rule", "x-within-working-days", "x-formed", "x-public-days", "x-ends-with",
        "x-after", "x-anonymise-days", "x-title", "x-date", "x-facets", "x-steps", "x-one-of", "x-approvals",
        "x-stale-days", "x-item-page",
    }
)  # fmt: skip
FIELD_WORDS = frozenset(
    {
        "name",
        "title",
        "description",
        "type",
        "format",
        "constraints",
        "x-mask",
        "x-personal",
        "x-link",
        "x-many",
        "x-office",
    }
)
MOST_FIELDS = 40
RESERVED = frozenset({"types", "lookups", "row", "rows", "find"})


class BadSchema(ValueError):
    """The schema file cannot make a type; the message says which word is wrong."""


def read_type(declared: Mapping[str, Any]) -> RecordType:
    """The type that a schema file declares."""
    _known(declared, TYPE_WORDS, "类型")
    code = str(declared.get("name", ""))
    if not re.fullmatch(r"[a-z][a-z0-9-]{1,39}", code):
        raise BadSchema("name：请用小写字母开头的代码，只含小写字母、数字和连字符，2至40个字符。")
    if code in RESERVED:
        raise BadSchema(f"name：“{code}”留给平台用。请换一个代码。")
    fields = _fields(declared.get("fields"))
    key = _names(declared, "primaryKey", fields)
    dates = [field.name for field in fields if field.kind == "date"]
    formed = _one_of(declared, "x-formed", dates)
    steps = _steps(declared.get("x-steps", []), fields)
    page = _page(declared.get("x-page", "list"))
    if page in (PageKind.STAGES, PageKind.CHAIN) and not steps:
        raise BadSchema("x-steps：按阶段或者按链条显示的类型要写明各个阶段。")
    plain = [field.name for field in fields if not field.is_personal]
    title = _one_of(declared, "x-title", plain) or next((name for name in key if name in plain), "")
    return RecordType(
        code=code,
        title=_words(declared, "title", "name"),
        description=str(declared.get("description", "")).strip(),
        page=page,
        fields=fields,
        key=key,
        item=str(declared.get("x-catalogue-item", "")),
        basis=str(declared.get("x-basis", "")),
        within_rule=str(declared.get("x-within-rule", RULE)),
        within_working_days=_days(declared, "x-within-working-days", 250),
        formed=formed,
        public_days=_days(declared, "x-public-days"),
        ends_with=_one_of(declared, "x-ends-with", dates),
        after=_after(declared.get("x-after", "leave")),
        anonymise_days=_count(declared, "x-anonymise-days", 0, 3650),
        title_field=title or next(iter(plain), ""),
        date_field=_one_of(declared, "x-date", dates) or formed or next(iter(dates), ""),
        facets=_names(declared, "x-facets", [field for field in fields if not field.is_personal]),
        steps=steps,
        one_of=_alternatives(declared.get("x-one-of", []), fields),
        approvals=_count(declared, "x-approvals", 1, 5),
        stale_days=_days(declared, "x-stale-days"),
        item_page=bool(steps) or declared.get("x-item-page") is True,
    )


def dictionary(kind: RecordType) -> dict[str, Any]:
    """The published fields as a Table Schema, for whoever uses the data: what is masked says so."""
    return {
        "name": kind.code,
        "title": kind.title,
        "fields": [
            {
                "name": field.name,
                "title": field.label,
                "type": field.kind,
                **({"description": field.note} if field.note else {}),
                "constraints": {
                    **({"required": True} if field.required else {}),
                    **({"enum": list(field.choices)} if field.choices else {}),
                },
                **({"x-mask": field.mask.value} if field.mask else {}),
            }
            for field in kind.fields
        ],
    }


def _fields(given: Any) -> tuple[Field, ...]:
    if not isinstance(given, list) or not given:
        raise BadSchema("fields：至少要有一个字段。")
    if len(given) > MOST_FIELDS:
        raise BadSchema(f"fields：有{len(given)}个字段，最多{MOST_FIELDS}个。请分成几个类型。")
    fields = tuple(_field(one, at) for at, one in enumerate(given, 1))
    for words, what in (([f.name for f in fields], "name"), ([f.label for f in fields], "title")):
        twice = sorted({word for word in words if words.count(word) > 1})
        if twice:
            raise BadSchema(f"fields：{what}重复：{'、'.join(twice)}。请改为不同的名称。")
    return fields


def _field(one: Any, at: int) -> Field:
    if not isinstance(one, Mapping):
        raise BadSchema(f"fields：第{at}项不是一个字段。")
    name, kind = str(one.get("name", "")), str(one.get("type", "string"))
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", name):
        raise BadSchema(f"fields：第{at}项的name请用小写字母、数字和下划线。")
    _known(one, FIELD_WORDS, f"字段{name}")
    if kind not in KINDS:
        raise BadSchema(f"字段{name}：type只能是{'、'.join(KINDS)}。")
    limits = one.get("constraints", {})
    if not isinstance(limits, Mapping) or not isinstance(limits.get("enum", []), list):
        raise BadSchema(f"字段{name}：constraints写法不对。")
    longest = limits.get("maxLength", 500)
    if isinstance(longest, bool) or not isinstance(longest, int) or not 1 <= longest <= 20_000:
        raise BadSchema(f"字段{name}：maxLength请填1到20000的整数。")
    try:
        mask, link = Mask(one.get("x-mask", "")), Link(one.get("x-link", ""))
        office = Office(one.get("x-office", ""))
    except ValueError as wrong:
        words = [word.value for word in (*Mask, *Link, *Office) if word]
        raise BadSchema(
            f"字段{name}：x-mask、x-link、x-office只能是{'、'.join(dict.fromkeys(words))}。"
        ) from wrong
    if (mask or link) and kind != "string":
        raise BadSchema(f"字段{name}：要遮盖的字段和链接字段type只能是string。")
    return Field(
        name=name,
        label=_words(one, "title", "name"),
        kind=kind,
        required=limits.get("required") is True,
        choices=tuple(str(word) for word in limits.get("enum", [])),
        mask=mask,
        longest=longest,
        personal=one.get("x-personal") is True,
        link=link,
        office=office,
        many=one.get("x-many") is True,
        note=str(one.get("description", "")).strip()[:200],
    )


def _steps(given: Any, fields: Sequence[Field]) -> tuple[Step, ...]:
    if not isinstance(given, list):
        raise BadSchema("x-steps：请写成各个阶段的列表。")
    steps = [_step(one, fields) for one in given]
    names = [step.name for step in steps]
    if len(set(names)) < len(names):
        raise BadSchema("x-steps：阶段的name重复。请改为不同的名称。")
    return tuple(steps)


def _step(one: Any, fields: Sequence[Field]) -> Step:
    if not isinstance(one, Mapping) or not one.get("name"):
        raise BadSchema("x-steps：每个阶段都要写name、title、fields。")
    name = str(one["name"])
    inside = _names(one, "fields", fields)
    dates = [field.name for field in fields if field.kind == "date"]
    done = _one_of(one, "done", [each for each in dates if each in inside])
    if not done:
        raise BadSchema(f"x-steps：阶段{name}要用done写明哪个日期字段填了就算完成。")
    due, found = one.get("due"), None
    if due is not None:
        if not isinstance(due, Mapping) or not str(due.get("rule", "")):
            raise BadSchema(f"x-steps：阶段{name}的due请写成“after”（日期字段）和“rule”（规则表的名称）。")
        after = _one_of(due, "after", dates)
        if not after:
            raise BadSchema(f"x-steps：阶段{name}的due要写明after：从哪个日期字段起算。")
        found = Due(after, str(due["rule"]))
    optional = one.get("optional") is True
    return Step(name, _words(one, "title", "name"), inside, done, found, optional)


def _alternatives(given: Any, fields: Sequence[Field]) -> tuple[tuple[str, ...], ...]:
    if not isinstance(given, list):
        raise BadSchema('x-one-of：请写成字段名的列表，如 [["reply", "reason"]]。')
    return tuple(_names({"x-one-of": one}, "x-one-of", fields) for one in given)


def _known(one: Mapping[str, Any], words: frozenset[str], where: str) -> None:
    strange = sorted(str(word) for word in one if word not in words)
    if strange:
        raise BadSchema(f"{where}：不认识{'、'.join(strange)}。请核对写法或者删去。")


def _words(one: Mapping[str, Any], *names: str) -> str:
    return next((str(one[name]).strip()[:60] for name in names if str(one.get(name, "")).strip()), "")


def _page(word: Any) -> PageKind:
    try:
        return PageKind(word)
    except ValueError as wrong:
        raise BadSchema(f"x-page只能是{'、'.join(PageKind)}。") from wrong


def _after(word: Any) -> After:
    try:
        return After(word)
    except ValueError as wrong:
        raise BadSchema(f"x-after只能是{'、'.join(After)}。") from wrong


def _one_of(declared: Mapping[str, Any], word: str, names: Sequence[str]) -> str:
    name = str(declared.get(word, ""))
    if name and name not in names:
        raise BadSchema(f"{word}：{name}不能用在这里。可以写：{'、'.join(names) or '（没有合适的字段）'}。")
    return name


def _names(declared: Mapping[str, Any], word: str, fields: Sequence[Field]) -> tuple[str, ...]:
    given = declared.get(word, [])
    names = (given,) if isinstance(given, str) else tuple(str(name) for name in given or ())
    unknown = [name for name in names if name not in {field.name for field in fields}]
    if unknown:
        raise BadSchema(f"{word}：没有字段{'、'.join(unknown)}，或者这个字段不能用在这里。")
    return names


def _days(declared: Mapping[str, Any], name: str, most: int = 36_500) -> int | None:
    days = declared.get(name)
    if days is None:
        return None
    if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= most:
        raise BadSchema(f"{name}：请填1到{most}的整数（天数）。")
    return days


def _count(declared: Mapping[str, Any], name: str, least: int, most: int) -> int:
    number = declared.get(name, least)
    if isinstance(number, bool) or not isinstance(number, int) or not least <= number <= most:
        raise BadSchema(f"{name}：请填{least}到{most}的整数。")
    return number
