"""Which body to ask: those that answer in their own name, and which of them the words point to (条例第二十七条)."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from gongkai.orgs.models import Unit
from gongkai.orgs.queries import district
from gongkai.search import queries as search
from gongkai.search.ports import PUBLIC, Unusable

ASKED = (Unit.Kind.DEPARTMENT, Unit.Kind.DUAL, Unit.Kind.STREET, Unit.Kind.INSTITUTION)
MOST = 3
HEADINGS = {
    Unit.Kind.DISTRICT: "区政府",
    Unit.Kind.DEPARTMENT: "区政府部门",
    Unit.Kind.DUAL: "双重管理单位",
    Unit.Kind.STREET: "街道办事处",
    Unit.Kind.INSTITUTION: "事业单位（法律法规授权管理公共事务的）",
}


@dataclass(frozen=True, slots=True)
class Body:
    """One body that can be asked: in whose name it answers, and which unit handles it."""

    code: str
    name: str
    unit: Unit
    agency: Unit
    why: str = ""


def bodies() -> dict[str, Body]:
    """Every body that can be asked, by its code, in the district's order."""
    found: dict[str, Body] = {}
    government = district()
    office = Unit.objects.filter(serves=government, active=True).order_by("order", "pk").first()
    if government is not None and office is not None:
        found[government.code] = Body(government.code, government.name, office, government)
    for unit in Unit.objects.filter(active=True, kind__in=ASKED).order_by("order", "pk"):
        found[unit.code] = Body(unit.code, unit.name, unit, unit)
    return found


def grouped(found: dict[str, Body]) -> list[tuple[str, list[Body]]]:
    """The bodies under the headings of the register."""
    groups: dict[str, list[Body]] = {}
    for body in found.values():
        groups.setdefault(HEADINGS.get(Unit.Kind(body.agency.kind), "其他"), []).append(body)
    return list(groups.items())


def likely(found: dict[str, Body], words: str, *, today: date) -> list[Body]:
    """The bodies to which these words point: by their duties, and by what they have published on the matter."""
    pieces = _pairs(words) | {pair for word in duty_words(words) for pair in _pairs(word)}
    if not pieces:
        return []
    points: Counter[str] = Counter()
    why: dict[str, str] = {}
    published = _published(words, today=today)
    for body in found.values():
        if body.agency.kind == Unit.Kind.INSTITUTION:
            continue  # most are no agencies; who means one finds it in the list
        named = len(pieces & _pairs(body.name + body.unit.short_name))
        duty = len(pieces & _pairs(body.agency.functions))
        count = published.get(body.agency.name, 0) or published.get(body.agency.short_name, 0)
        points[body.code] = 3 * named + 2 * duty + min(count, 3)
        if duty or named:
            why[body.code] = "职责里写明了这方面的工作" if duty else "名称与您写的相符"
        elif count:
            why[body.code] = f"公开过 {count} 条这方面的信息"
    best = [code for code, score in points.most_common(MOST) if score > 1]
    return [
        Body(body.code, body.name, body.unit, body.agency, why.get(code, ""))
        for code in best
        for body in (found[code],)
    ]


def duty_words(words: str) -> list[str]:
    """The words of the departments' duties for what people say in everyday life (低保: 社会救助)."""
    return [duty for said, found in _everyday().items() if said in words for duty in found.split()]


@cache
def _everyday() -> dict[str, str]:
    text = (resources.files("gongkai.foi") / "facts" / "everyday.toml").read_text(encoding="utf-8")
    return {str(said): str(found) for said, found in tomllib.loads(text)["words"].items()}


def _published(words: str, *, today: date) -> dict[str, int]:
    try:
        answer = search.search(words, visibility=PUBLIC, today=today, size=1, facets=("unit",))
    except Unusable:
        return {}
    return {value.value: value.count for value in answer.found.facets.get("unit", ())}


def _pairs(text: str) -> set[str]:
    """Neighbouring signs, so that 低保 is found in 最低生活保障 only where it stands, without a dictionary."""
    plain = "".join(sign for sign in text if sign.isalnum())
    return {plain[at : at + 2] for at in range(len(plain) - 1)}
