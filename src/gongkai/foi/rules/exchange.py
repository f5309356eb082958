"""The package by which requests travel between this platform and that of the city or province: read row by row.

The format is JSON: ``format``, ``platform``, ``made_at``, ``cases`` and ``sm3`` over the cases. A row that is not
understood is told by its place; nothing is guessed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongkai.foi.rules.dispositions import DISPOSITIONS
from gongkai.foi.rules.receipt import Channel
from gongkai.law.basis import basis

FORMAT = "gongkai-requests/1"
KINDS = ("person", "business", "research", "welfare", "legal", "other")
DOCUMENTS = ("id_card", "passport", "hk_macao", "taiwan", "uscc", "other")
MOST_ROWS = 20000
LONGEST = {"number": 80, "title": 200, "content": 20000, "docnumber": 120, "name": 120}
COMPARED = {
    "received_on": "收到之日",
    "due_on": "答复期限",
    "closed_on": "答复发出日",
    "result": "办理结果",
}


@dataclass(frozen=True, slots=True)
class Person:
    """The applicant as the other platform knows him."""

    kind: str
    name: str
    document: str
    document_number: str
    phone: str = ""
    email: str = ""
    address: str = ""
    agent_name: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One case of a package. ``result`` is a row key of 表三, empty while it is open."""

    place: int
    number: str
    unit: str
    channel: str
    title: str
    content: str
    submitted_on: date
    applicant: Person
    docnumber: str = ""
    received_on: date | None = None
    due_on: date | None = None
    closed_on: date | None = None
    result: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """What was read: rows understood, and faults by row (0 means the package as a whole)."""

    platform: str = ""
    rows: tuple[Row, ...] = ()
    faults: tuple[tuple[int, str], ...] = ()


@dataclass(slots=True)
class _Reader:
    faults: list[tuple[int, str]] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)


@basis("条例45")
def read_package(content: bytes, *, digest_of: Any) -> Package:
    """The cases of a package. ``digest_of`` gives the SM3 of bytes; a changed package is refused as a whole."""
    try:
        given = json.loads(content.decode("utf-8-sig"))
        cases = given["cases"]
        platform = str(given["platform"]).strip()
    except (ValueError, KeyError, TypeError, UnicodeDecodeError):
        text = "这不是交换文件：不是 UTF-8 的 JSON，或者缺少 platform、cases。请向对方平台重新导出。"
        return Package(faults=((0, text),))
    if given.get("format") != FORMAT or not platform or not isinstance(cases, list):
        text = f"交换文件的格式不对，本平台读 {FORMAT}。请核对对方平台的导出设置。"
        return Package(faults=((0, text),))
    if given.get("sm3") != digest_of(packed(cases)):
        text = "交换文件的摘要不符：传送中损坏，或者被改动过。请重新导出，不要手工修改。"
        return Package(platform, faults=((0, text),))
    if len(cases) > MOST_ROWS:
        return Package(platform, faults=((0, f"一次最多 {MOST_ROWS} 件。请按月份分几次导出。"),))
    reader = _Reader()
    rows = [row for place, one in enumerate(cases, start=1) if (row := _row(reader, place, one)) is not None]
    return Package(platform, tuple(rows), tuple(reader.faults))


def packed(cases: Iterable[Mapping[str, Any]]) -> bytes:
    """The cases in the one order of signs over which the digest is taken."""
    return json.dumps(list(cases), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def compare(row: Row, ours: Mapping[str, Any]) -> list[str]:
    """In what a case differs between the two platforms, in Chinese; empty where they agree."""
    found = []
    for key, name in COMPARED.items():
        theirs, mine = getattr(row, key), ours.get(key)
        if (theirs or None) != (mine or None):
            found.append(f"{name}：对方 {theirs or '没有'}，本平台 {mine or '没有'}")
    return found


def _row(reader: _Reader, place: int, given: Any) -> Row | None:
    before = len(reader.faults)

    def fault(text: str) -> None:
        reader.faults.append((place, text))

    if not isinstance(given, dict):
        fault("这一件不是一个对象。请重新导出。")
        return None
    words = _words(given, fault)
    first = reader.seen.setdefault(words["number"], place)
    if words["number"] and first != place:
        fault(f"编号 {words['number']} 与第 {first} 件重复。")
    channel, result = _known(given, fault)
    days = {key: _day(given.get(key), key, fault) for key in ("received_on", "due_on", "closed_on")}
    if not given.get("submitted_on"):
        fault("没有提交日（submitted_on）。")
    submitted = _day(given.get("submitted_on"), "submitted_on", fault)
    applicant = _person(given.get("applicant"), fault)
    if len(reader.faults) > before or submitted is None or applicant is None:
        return None
    return Row(
        place=place,
        channel=channel,
        applicant=applicant,
        submitted_on=submitted,
        result=result,
        received_on=days["received_on"],
        due_on=days["due_on"],
        closed_on=days["closed_on"],
        **words,
    )


def _words(given: Mapping[str, Any], fault: Any) -> dict[str, str]:
    words = {
        key: str(given.get(key) or "").strip() for key in ("number", "unit", "title", "content", "docnumber")
    }
    for key, name in (
        ("number", "编号"),
        ("unit", "单位"),
        ("title", "所需信息名称"),
        ("content", "内容描述"),
    ):
        if not words[key]:
            fault(f"没有{name}（{key}）。")
    for key, longest in LONGEST.items():
        if len(words.get(key, "")) > longest:
            fault(f"{key} 超过 {longest} 字。")
    return words


def _known(given: Mapping[str, Any], fault: Any) -> tuple[str, str]:
    channel, result = str(given.get("channel") or ""), str(given.get("result") or "")
    if channel not in set(Channel):
        fault(f"渠道“{channel}”不认识，应为 {'、'.join(Channel)} 之一。")
    if result and result not in {one.row for one in DISPOSITIONS.values()}:
        fault(f"办理结果“{result}”不是表三的行。")
    return channel, result


def _person(given: Any, fault: Any) -> Person | None:
    if not isinstance(given, dict):
        fault("没有申请人（applicant）。")
        return None
    kind, document = str(given.get("kind") or ""), str(given.get("document") or "")
    name, number = str(given.get("name") or "").strip(), str(given.get("document_number") or "").strip()
    if kind not in KINDS:
        fault(f"申请人类别“{kind}”不认识，应为 {'、'.join(KINDS)} 之一。")
    if document not in DOCUMENTS:
        fault(f"证件类型“{document}”不认识，应为 {'、'.join(DOCUMENTS)} 之一。")
    if not name or not number:
        fault("申请人没有姓名（名称）或证件号码。")
    more = {key: str(given.get(key) or "").strip() for key in ("phone", "email", "address", "agent_name")}
    return Person(kind, name, document, number, **more)


def _day(text: Any, key: str, fault: Any) -> date | None:
    if text in (None, ""):
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        fault(f"{key} 的日期“{text}”不对，应写成 2026-10-30 这样。")
        return None
