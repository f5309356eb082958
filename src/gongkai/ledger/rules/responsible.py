"""Who answers for a task, as a plan writes it: names, 牵头 and 配合, 等, and phrases for whole groups."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from gongkai.kernel.text.numerals import bare

Role: TypeAlias = Literal["lead", "support", "responsible"]
Whom: TypeAlias = Literal["streets", "departments", "communities", "all"]

ROLE_NAMES: dict[Role, str] = {"lead": "牵头", "support": "配合", "responsible": "责任"}

_KEPT = "\ue000"  # stands for a 、 that parts nothing
_SPLIT = re.compile(r"[、，,；;。/／\n]|\s+")
# A mark in brackets ends a name, a label begins one, although nothing stands between them.
_AFTER_MARK = re.compile(
    r"([（(](?:牵头|主办|主责|责任|承办|负责|落实|配合|协办|参与|参加|协助)(?:责任)?(?:单位|部门)?[）)])(?=[^、，,；;。/／\s）)])"
)
_BEFORE_LABEL = re.compile(
    r"(?<=[^、，,；;。/／\s（(])(?=(?:牵头|主办|主责|责任|承办|配合|协办|参与|参加|协助)(?:责任)?(?:单位|部门|科室)?[：:])"
)
_COUNTED = re.compile(r"(?<![\d第])(?:[①-⑳]|\d{1,2}[.．)）])(?=[\u4e00-\u9fff])")
_FOOTNOTE = "★☆▲△※＊*●◆■#"
_LEADS_ON = re.compile(
    r"(?<=[局办委院部室心])(牵头|主办)(?=[区各市][^、，,；;。\s]{1,20}(?:[、，,；;。\s]|$))"
)
_ENDS_OPEN = re.compile(r"(?:政府|机关|[区市县党工]委|组织|人民|直属|所属|下属)$")
_PLACE = re.compile(
    r"^[\u4e00-\u9fff]{2,8}(?:街道(?:办事处)?|社区(?:居委会)?|镇(?:政府)?|公司|集团|医院|学校)$"
)
_BUREAU = re.compile(r"^[\u4e00-\u9fff]{2,10}[局委办部院]$")
_LABEL = re.compile(
    r"^[（(]?(牵头|主办|主责|责任|承办|配合|协办|参与|参加|协助)(?:责任)?(?:单位|部门|科室)?[：:]"
)
_MARK = re.compile(
    r"[（(]?(?:分别|共同|按(?:照)?职责(?:分工)?|各自)?(牵头|主办|负责|承办|落实|配合|协办|参与|参加|协助)"
    r"(?:负责|落实|做好|完成|实施|配合)?[）)]?$"
)
_ROLE_OF: dict[str, Role] = {
    "牵头": "lead", "主办": "lead", "主责": "lead",
    "配合": "support", "协办": "support", "参与": "support", "参加": "support", "协助": "support",
    "负责": "responsible", "承办": "responsible", "落实": "responsible", "责任": "responsible",
}  # fmt: skip
# In brackets the mark may also name its part: （责任）, （牵头单位）.
_MARK_IN_BRACKETS = re.compile(
    r"[（(](牵头|主办|主责|责任|负责|承办|落实|配合|协办|参与|参加|协助)(?:责任)?(?:单位|部门|科室)?[）)]$"
)
_TAIL = re.compile(r"(?:按(?:照)?职责(?:分工)?|分别)$")
_SUFFIX = (
    r"(?:局|办公室|办|委员会|委|院|中心|专班|部|署|处|所|站|支队|大队|总队|公司|集团|部门|单位|机关"
    r"|街道|办事处|政府|学校|医院|联合会|总工会|工会|协会|馆|服务社|工作组|领导小组|指挥部|联席会议|居委会|社区)"
)
_NAME = re.compile(rf"^[\u4e00-\u9fff（）()·\dA-Za-z“”]{{1,30}}{_SUFFIX}(?:[（(][\u4e00-\u9fff]+[）)])?$")
_ETC = re.compile(rf"^(.*{_SUFFIX})等(.*)$")
_AND = re.compile(r"会同|以及|和|及|与")
_TOUCHING = re.compile(r"(?<=[局办室院处心会])(?=区[\u4e00-\u9fff]{2,12}(?:局|办公室|委员会|中心|办|院)$)")
LEAST_NAME = 4
_GROUP_START = re.compile(r"^(?:区政府|区委|区直|区级|全区|辖区内?)?(?:各|有关|相关|其他|所有|全体)")
_GROUP_INSIDE = re.compile(r"涉及|相关|有关|主管|所属|制作|牵头|承担|各")
_GENERIC = re.compile(r"(?:部门|单位|机关|企业|街道|社区|学校|医院)$")


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """One entry of the column of units: the words of the plan without 牵头 or 配合, and the part played."""

    text: str
    role: Role


@dataclass(frozen=True, slots=True)
class Group:
    """A phrase that means many units. ``certain`` when the words say exactly which."""

    whom: tuple[Whom, ...]
    certain: bool


def split_units(text: str, *, default: Role = "responsible") -> tuple[NamedUnit, ...]:
    """Every unit of a field with its role, in the order of the plan.

    >>> [(unit.text, unit.role) for unit in split_units("区司法局牵头,各相关单位配合")]
    [('区司法局', 'lead'), ('各相关单位', 'support')]
    >>> [unit.text for unit in split_units("区卫生健康局等公共企事业单位主管部门")]
    ['区卫生健康局', '公共企事业单位主管部门']
    """
    found: list[NamedUnit] = []
    waiting: list[str] = []
    ruling = default
    for token in _tokens(text):
        label = _LABEL.match(token)
        if label:
            found += [NamedUnit(name, ruling) for name in waiting]
            waiting, ruling = [], _ROLE_OF[label[1]]
            token = token[label.end() :].strip("（）() ") if token[:1] in "（(" else token[label.end() :]
        name, role = _without_mark(token)
        waiting += _names(name)
        if role is not None:  # a mark speaks for every name since the mark before it
            found += [NamedUnit(each, role) for each in waiting]
            waiting = []
    found += [NamedUnit(name, ruling) for name in waiting]
    return tuple(dict.fromkeys(found))


def named(units: Iterable[NamedUnit]) -> str:
    """Units in one line with their parts, as a clerk writes them; it is read back the same.

    >>> named(split_units("区司法局牵头,各相关单位配合"))
    '区司法局（牵头）、各相关单位（配合）'
    """
    listed = list(units)
    plain = all(unit.role == "responsible" for unit in listed)
    return "、".join(unit.text if plain else f"{unit.text}（{ROLE_NAMES[unit.role]}）" for unit in listed)


def is_open_ended(text: str) -> bool:
    """Whether the list ends in a bare 等: somebody else is meant, and the plan does not say who."""
    return bool(re.search(r"等(?:[、，,；;。（(]|$|牵头|配合|负责)", bare(text)))


@lru_cache(maxsize=4096)
def unit_likeness(text: str) -> float:
    """How much a field looks like a list of units, from 0 to 1."""
    if not text.strip() or bare(text).isdigit():
        return 0.0
    names = [unit.text for unit in split_units(text)]
    if not names:
        return 0.0
    fitting = sum(1 for name in names if _NAME.match(name.replace("、", "")) and len(name) <= 24)
    return fitting / len(names)


def has_role_mark(text: str) -> bool:
    """Whether a field says who leads or supports."""
    return bool(re.search(r"牵头|配合|负责$", bare(text)))


def group_of(text: str) -> Group | None:
    """The rule behind a phrase for many units; None for the name of one unit.

    各街道办事处 and 区政府各部门 say who they are. 各相关单位, 重大行政决策涉及部门 and the like leave it to the
    office: they stand for the widest set until the office corrects it.

    >>> group_of("各街道办事处")
    Group(whom=('streets',), certain=True)
    >>> group_of("各相关部门").certain
    False
    >>> group_of("区财政局") is None
    True
    """
    words = bare(text)
    if not _is_group(words):
        return None
    whom: list[Whom] = []
    if "街道" in words:
        whom.append("streets")
    if "社区" in words and "街道" not in words:
        whom.append("communities")
    if not whom and words.endswith(("部门", "机关")):
        whom.append("departments")
    plain = re.fullmatch(
        r"(?:区政府|区委|区直|区级|全区|辖区内?)?(?:各|所有|全体)?(?:个)?"
        r"(?:街道办事处|街道（社区）|街道|部门|单位|社区|部门、各单位)",
        words,
    )
    return Group(tuple(whom) or ("all",), certain=plain is not None)


def _is_group(words: str) -> bool:
    if _GROUP_START.match(words):
        return True
    if not _GENERIC.search(words):
        return False
    return len(words) <= 4 or bool(_GROUP_INSIDE.search(words)) or not words.startswith(("区", "市"))


def _tokens(text: str) -> list[str]:
    lines = spaced(text)
    if lines[:1] in ("（", "(") and lines[-1:] in ("）", ")"):
        lines = lines[1:-1]
    # 各部门、各单位 is one phrase of the office for everybody, not a list of two.
    whole = lines.replace("各部门、各单位", f"各部门{_KEPT}各单位")
    whole = _LEADS_ON.sub(r"\1、", _BEFORE_LABEL.sub("、", _AFTER_MARK.sub(r"\1、", whole)))
    whole = _COUNTED.sub("、", whole)
    pieces = (bare(piece).strip(_FOOTNOTE).replace(_KEPT, "、") for piece in _SPLIT.split(whole))
    return [piece for piece in pieces if piece]


def spaced(text: str) -> str:
    """The words of a field of units in one line, with a space only where white space parts two names.

    >>> spaced("区教育\\n体育局 区财政局\\n八大关街道办事处")
    '区教育体育局 区财政局 八大关街道办事处'
    """
    pieces = text.replace("\u3000", " ").split()
    found = ""
    for piece in pieces:
        found += (" " if found and _parts(found, piece) else "") + piece
    return found


def _parts(before: str, after: str) -> bool:
    """Whether white space between these words parts two names, or only breaks one."""
    left = re.split(r"[、，,；;。/／\s]", before)[-1]
    right = re.split(r"[、，,；;。/／\s]", after)[0]
    if not left or not right:
        return False  # a sign parts them already
    left = _LABEL.sub("", bare(left))
    whole = bool(
        _MARK_IN_BRACKETS.search(left) or _MARK.search(left) or _NAME.match(left) or _GROUP_START.match(left)
    )
    if not whole or _MARK.fullmatch(right) or right[:1] in "（(":
        return False
    if right[:1] in "区各市" or _LABEL.match(right):
        return True
    if _ENDS_OPEN.search(left):
        return False
    name = _MARK.sub("", right)
    return bool(_PLACE.match(name)) or bool(_BUREAU.match(name) and _BUREAU.match(left))


def _without_mark(token: str) -> tuple[str, Role | None]:
    match = _MARK_IN_BRACKETS.search(token) or _MARK.search(token)
    if match is None or match.start() == 0:
        return token, None
    name = _TAIL.sub("", token[: match.start()]).rstrip("（(")
    return (name, _ROLE_OF[match[1]]) if name else (token, None)


def _names(token: str) -> list[str]:
    token = re.sub(r"^(?:由|会同)", "", token)
    etc = _ETC.match(token)
    if etc:
        return [*_joined(etc[1]), *([etc[2]] if etc[2] else [])]
    if token.endswith("等") and len(token) > 1:
        token = token[:-1]
    return [name for name in _joined(token) if name and name != "等"]


def _joined(token: str) -> list[str]:
    """区委办公室和区政府办公室 are two, 区教育和体育局 is one: both sides must be whole names.

    Two names that nothing parts (a pdf lost the space) are two when the second begins with 区: 区教育局区民政局.
    """
    for match in _TOUCHING.finditer(token):
        left, right = token[: match.start()], token[match.start() :]
        if len(left) >= LEAST_NAME and _NAME.match(left) and _NAME.match(right):
            return [*_joined(left), *_joined(right)]
    for match in _AND.finditer(token):
        left, right = token[: match.start()], token[match.end() :]
        if _NAME.match(left) and right[:1] in "区各市" and _NAME.match(right):
            return [*_joined(left), *_joined(right)]
    return [token]
