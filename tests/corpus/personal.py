"""Texts with personal data, and texts that only look so: 1,600 of the first and 1,800 of the second by a seed.

The forms are those of papers and lists that went out by mistake (full width, spaces, cells, split numbers) and
of numbers that offices print every day (codes, papers, amounts, lines of the office).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from corpus import draws, innocent
from corpus.draws import FULL_WIDTH

ID, MOBILE, CARD, HOME, NAMES = (
    "personal.id_number",
    "personal.mobile",
    "personal.bank_card",
    "personal.address",
    "personal.name_list",
)
OWN_PHONES = ("0532-88729111", "13805320001", "88730012", "0532—85871230")
OWN_ADDRESSES = ("青岛市市南区宁夏路286号2号楼1单元301室", "香港中路5号3号楼2单元102室")
OWN_CODES = ("11370202005117558L",)


@dataclass(frozen=True, slots=True)
class Cell:
    """A passage as the gate gets it: text, and for a cell the head of its column and its row."""

    text: str
    head: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """``rule`` is what must be found in ``cells``; empty: nothing may be found. ``secret`` may not be repeated."""

    rule: str
    kind: str
    cells: tuple[Cell, ...]
    secret: str = ""


def positives(seed: int = 20211) -> list[Case]:
    r = Random(seed)
    found: list[Case] = []
    for rule, draw, count in ((ID, _id, 520), (MOBILE, _mobile, 480), (CARD, _card, 300), (HOME, _home, 160)):
        for _ in range(count):
            kind, written, secret = draw(r)
            found.append(Case(rule, kind, (_carried(r, rule, written),), secret))
    found += [_names(r) for _ in range(160)]
    return found


def negatives(seed: int = 20212) -> list[Case]:
    r = Random(seed)
    kinds = list(innocent.KINDS.items())
    found = []
    for place in range(1800):
        kind, draw = kinds[place % len(kinds)]
        cells = tuple(Cell(*one) for one in draw(r))
        found.append(Case("", kind, cells))
    return found


def _id(r: Random) -> tuple[str, str, str]:
    with_x = r.random() < 0.3
    number = draws.id_number(r, with_x=with_x)
    kind = r.choice(list(_ID_FORMS))
    return f"id {kind}", _ID_FORMS[kind](number), number


def _cut(number: str, places: tuple[int, ...], mark: str) -> str:
    parts, start = [], 0
    for place in (*places, len(number)):
        parts.append(number[start:place])
        start = place
    return mark.join(parts)


_ID_FORMS: dict[str, Callable[[str], str]] = {
    "plain": lambda n: n,
    "plain again": lambda n: n,
    "small x": lambda n: n.lower(),
    "spaces 6 8 4": lambda n: _cut(n, (6, 14), " "),
    "spaces 6 4 4 4": lambda n: _cut(n, (6, 10, 14), " "),
    "fours": lambda n: _cut(n, (4, 8, 12, 16), " "),
    "hyphens": lambda n: _cut(n, (6, 14), "-"),
    "full width": lambda n: n.translate(FULL_WIDTH),
    "nbsp": lambda n: _cut(n, (6, 14), "\u00a0"),
    "zero width": lambda n: _cut(n, (3, 9), "\u200b"),
    "broken in a cell": lambda n: _cut(n, (10,), "\n"),
    "ideographic space": lambda n: _cut(n, (6, 14), "\u3000"),
    "soft hyphen": lambda n: _cut(n, (9,), "\u00ad"),
    "long dash": lambda n: _cut(n, (6, 14), "—"),
    "spaced out": lambda n: " ".join(n),
    "tail apart": lambda n: _cut(n, (17,), " "),
}


def _mobile(r: Random) -> tuple[str, str, str]:
    number = draws.mobile(r)
    kind = r.choice(list(_MOBILE_FORMS))
    return f"mobile {kind}", _MOBILE_FORMS[kind](number), number


_MOBILE_FORMS: dict[str, Callable[[str], str]] = {
    "plain": lambda n: n,
    "plain again": lambda n: n,
    "+86": lambda n: "+86" + n,
    "+86 space": lambda n: "+86 " + n,
    "+86-": lambda n: "+86-" + n,
    "0086": lambda n: "0086" + n,
    "86-": lambda n: "86-" + n,
    "(+86)": lambda n: "（+86）" + n,
    "spaces": lambda n: _cut(n, (3, 7), " "),
    "hyphens": lambda n: _cut(n, (3, 7), "-"),
    "full width": lambda n: n.translate(FULL_WIDTH),
    "nbsp": lambda n: _cut(n, (3, 7), "\u00a0"),
    "zero width": lambda n: _cut(n, (3, 7), "\u200b"),
    "+86 spaces": lambda n: "+86 " + _cut(n, (3, 7), " "),
    "broken in a cell": lambda n: _cut(n, (7,), "\n"),
    "two": lambda n: f"{n}/{n[:-1]}{(int(n[-1]) + 1) % 10}",
    "thin space": lambda n: _cut(n, (3, 7), "\u2009"),
    "dots": lambda n: _cut(n, (3, 7), "·"),
}


def _card(r: Random) -> tuple[str, str, str]:
    number = draws.card(r)
    kind = r.choice(list(_CARD_FORMS))
    return f"card {kind}", _CARD_FORMS[kind](number), number


_FOURS = (4, 8, 12, 16)
_CARD_FORMS: dict[str, Callable[[str], str]] = {
    "plain": lambda n: n,
    "plain again": lambda n: n,
    "fours": lambda n: _cut(n, tuple(p for p in _FOURS if p < len(n)), " "),
    "hyphens": lambda n: _cut(n, tuple(p for p in _FOURS if p < len(n)), "-"),
    "full width": lambda n: n.translate(FULL_WIDTH),
    "nbsp": lambda n: _cut(n, tuple(p for p in _FOURS if p < len(n)), "\u00a0"),
    "zero width": lambda n: _cut(n, (6,), "\u200b"),
    "six and rest": lambda n: _cut(n, (6,), " "),
    "broken in a cell": lambda n: _cut(n, (12,), "\n"),
}


def _home(r: Random) -> tuple[str, str, str]:
    home = draws.home(r)
    kind = r.choice(("plain", "full width", "spaced"))
    if kind == "full width":
        return "home full width", home.translate(FULL_WIDTH), home
    if kind == "spaced":
        return "home spaced", home.replace("号楼", "号楼 ").replace("单元", "单元 "), home
    return "home plain", home, home


_CARRIERS = {
    ID: ("身份证号：{}", "（身份证号码{}）", "{}", "公民身份号码 {}，请予以核实。", "{n}，{}，{m}", "{n}{}",
         "证件号:{};", "经查，当事人{n}（{}）于2026年3月5日向我局提出申请。", "申请人{n}，身份证：{}。"),
    MOBILE: ("联系电话：{}", "手机{}", "{}", "{n} {}", "请于工作日拨打{}联系。", "（{n}，{}）", "{n}：{}；",
             "咨询电话：{}", "联系人：{n}，电话：{}，地址见附件。", "微信同号{}", "电话{}（{n}）"),
    CARD: ("银行卡号：{}", "{}", "开户行：建设银行，账号{}", "{n}，卡号{}。", "收款账户 {}（{n}）", "一卡通：{}"),
    HOME: ("{}", "家庭住址：{}", "住{}。", "申请人{n}，现住{}，已受理。", "户籍地址：{}", "{n}，{}"),
}  # fmt: skip
_HEADS = {
    ID: ("身份证号", "身份证号码", "证件号码", "公民身份号码", ""),
    MOBILE: ("联系方式", "手机号", "电话", "联系电话", "备注", ""),
    CARD: ("银行卡号", "账号", "收款账号", "社保卡账号", "备注"),
    HOME: ("家庭住址", "住址", "现住址", "户籍地址", "地址"),
}


def _carried(r: Random, rule: str, written: str) -> Cell:
    """In a sentence, or alone in a cell."""
    if r.random() < 0.35:
        return Cell(written, head=r.choice(_HEADS[rule]), row=r.randrange(2, 300))
    other = draws.name(r)
    return Cell(r.choice(_CARRIERS[rule]).format(written, n=other, m=f"{r.randrange(20, 80)}岁"))


def _names(r: Random) -> Case:
    many = [draws.name(r) for _ in range(r.randrange(5, 30))]
    kind = r.choice(("、", "，", " ", "\u3000", "\n", "cells", "cells", "numbered", "tab"))
    secret = many[2]
    if kind == "cells":
        head = r.choice(("姓名", "户主姓名", "申请人", "受助人姓名", "学生姓名", "拟救助对象", "姓 名"))
        cells = tuple(Cell(one, head=head, row=place) for place, one in enumerate(many, 2))
        return Case(NAMES, "names cells", cells, secret)
    if kind == "numbered":
        text = "\n".join(f"{place}. {one}" for place, one in enumerate(many, 1))
        return Case(NAMES, "names numbered", (Cell(text),), secret)
    lead = r.choice(("名单如下：", "拟享受低保人员：", "", "以下人员予以临时救助：", "受助学生名单\n"))
    text = lead + ("\t" if kind == "tab" else kind).join(many)
    return Case(NAMES, f"names {kind!r}", (Cell(text),), secret)


def kinds(cases: list[Case]) -> Iterator[str]:
    yield from sorted({case.kind for case in cases})
