"""A register against itself and against the site: gaps, missing marks, papers that one side lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.kernel.text.docnumber import DocumentNumber, read_number
from gongkai.registers.rules.register import CLOSED, PUBLIC, RegisterRow

GAP, UNMARKED, NO_GROUND = "gap", "unmarked", "no_ground"
NOT_ON_SITE, NOT_IN_REGISTER = "not_on_site", "not_in_register"
DUPLICATE, OUT_OF_ORDER, WRONG_YEAR = "duplicate", "out_of_order", "wrong_year"
LABELS: Mapping[str, str] = {
    GAP: "缺号",
    UNMARKED: "没有标公开属性",
    NO_GROUND: "不予公开没有写依据",
    NOT_ON_SITE: "主动公开但网站上没有",
    NOT_IN_REGISTER: "网站上有但登记簿没有",
    DUPLICATE: "重号",
    OUT_OF_ORDER: "日期与号序不符",
    WRONG_YEAR: "年份与成文日期不符",
}
BASES: Mapping[str, str] = {
    GAP: "党政机关公文处理工作条例",
    UNMARKED: "条例第十五条",
    NO_GROUND: "条例第十四条至第十六条",
    NOT_ON_SITE: "条例第二十六条",
    NOT_IN_REGISTER: "党政机关公文处理工作条例",
    DUPLICATE: "党政机关公文处理工作条例",
    OUT_OF_ORDER: "党政机关公文处理工作条例",
    WRONG_YEAR: "党政机关公文处理工作条例",
}
# A gap wider than this is a series that begins anew; listing each number would bury the others.
WIDEST_GAP = 200


@dataclass(frozen=True, slots=True)
class OnSite:
    """A paper that stands in public with its number."""

    number: str
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One difference. ``kind`` and ``number`` (with ``row`` for doubled numbers) name it for ever."""

    kind: str
    number: str
    text: str
    row: int = 0
    path: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.number

    @property
    def label(self) -> str:
        return LABELS[self.kind]


def reconcile(
    rows: Sequence[RegisterRow], site: Collection[OnSite], *, due: Mapping[str, date], today: date
) -> list[Fault]:
    """Every fault of the register, in the order of kinds and numbers.

    ``due`` is the last day on which a paper must be public, by its number: before it nothing is missing. Only
    papers under a code word and year that the register holds are looked for in it.
    """
    found = [*_gaps(rows), *_doubled(rows), *_marks(rows), *_dates(rows), *_against(rows, site, due, today)]
    order = list(LABELS)
    return sorted(found, key=lambda fault: (order.index(fault.kind), _place(fault.number)))


def series(rows: Iterable[RegisterRow]) -> dict[tuple[str, int], list[RegisterRow]]:
    """The papers of each code word and year."""
    found: dict[tuple[str, int], list[RegisterRow]] = defaultdict(list)
    for row in rows:
        found[row.parsed.agency, row.parsed.year].append(row)
    return found


def issued(rows: Iterable[RegisterRow], year: int) -> int:
    """How many papers were issued in a year: a number counts once."""
    return len({row.number for row in rows if row.parsed.year == year})


def _gaps(rows: Sequence[RegisterRow]) -> list[Fault]:
    found = []
    for (agency, year), own in series(rows).items():
        present = sorted({row.parsed.serial for row in own})
        for before, after in zip([0, *present], present, strict=False):
            if after - before - 1 > WIDEST_GAP:
                first, last = DocumentNumber(agency, year, before + 1), after - 1
                text = f"{first} 到 {last} 号连续缺 {after - before - 1} 个号，请核对是不是另起了号段。"
                found.append(Fault(GAP, str(first), text))
                continue
            for serial in range(before + 1, after):
                number = str(DocumentNumber(agency, year, serial))
                text = f"{number} 在登记簿里没有。请补登；作废或者涉密另登的，请写明原因。"
                found.append(Fault(GAP, number, text))
    return found


def _doubled(rows: Sequence[RegisterRow]) -> list[Fault]:
    by_number: dict[str, list[RegisterRow]] = defaultdict(list)
    for row in rows:
        by_number[row.number].append(row)
    return [
        Fault(
            DUPLICATE,
            number,
            f"{number} 登记了 {len(own)} 次（第 {'、'.join(str(one.row) for one in own)} 行），请改正其中一处。",
            row=own[0].row,
        )
        for number, own in by_number.items()
        if len(own) > 1
    ]


def _marks(rows: Sequence[RegisterRow]) -> list[Fault]:
    found = []
    for row in rows:
        if row.is_secret:
            continue
        if not row.openness:
            text = f"{row.number}《{row.title}》没有标公开属性。每件公文拟稿时都要标明。"
            found.append(Fault(UNMARKED, row.number, text, row=row.row))
        elif row.openness == CLOSED and not row.ground:
            text = f"{row.number}《{row.title}》标为不予公开，没有写依据。请写明条款和理由。"
            found.append(Fault(NO_GROUND, row.number, text, row=row.row))
    return found


def _dates(rows: Sequence[RegisterRow]) -> list[Fault]:
    found = []
    for own in series(rows).values():
        dated = sorted((row for row in own if row.written_on), key=lambda row: (row.parsed.serial, row.row))
        out = _out_of_order(dated)
        for row in dated:
            assert row.written_on is not None
            if row.written_on.year != row.parsed.year:
                text = f"{row.number} 是 {row.parsed.year} 年的号，成文日期却是 {row.written_on}，请核对。"
                found.append(Fault(WRONG_YEAR, row.number, text, row=row.row))
            elif row in out:
                text = f"{row.number} 的成文日期 {row.written_on} 与前后号的日期次序不符，请核对。"
                found.append(Fault(OUT_OF_ORDER, row.number, text, row=row.row))
    return found


def _out_of_order(dated: Sequence[RegisterRow]) -> set[RegisterRow]:
    """The fewest rows without which the dates rise with the numbers; a wrong year is told on its own."""
    fit = [row for row in dated if row.written_on and row.written_on.year == row.parsed.year]
    tails: list[int] = []
    before: list[int] = [-1] * len(fit)
    for at, row in enumerate(fit):
        low, high = 0, len(tails)
        while low < high:
            middle = (low + high) // 2
            if _day(fit[tails[middle]]) <= _day(row):
                low = middle + 1
            else:
                high = middle
        before[at] = tails[low - 1] if low else -1
        tails[low : low + 1] = [at]
    kept, at = set(), tails[-1] if tails else -1
    while at >= 0:
        kept.add(fit[at])
        at = before[at]
    return {row for row in fit if row not in kept}


def _day(row: RegisterRow) -> date:
    assert row.written_on is not None
    return row.written_on


def _against(
    rows: Sequence[RegisterRow], site: Collection[OnSite], due: Mapping[str, date], today: date
) -> list[Fault]:
    public = {one.number: one for one in site}
    registered = {row.number for row in rows}
    held = set(series(rows))
    found = []
    missing = {row.number: row for row in rows if row.openness == PUBLIC and row.number not in public}
    for row in missing.values():
        if row.is_secret or (row.number in due and due[row.number] >= today):
            continue
        until = f"，应在 {due[row.number]} 前公开" if row.number in due else ""
        text = f"{row.number}《{row.title}》标为主动公开，网站上没有{until}。"
        found.append(Fault(NOT_ON_SITE, row.number, text, row=row.row))
    for number, one in public.items():
        parsed = read_number(number).number
        if parsed and (parsed.agency, parsed.year) in held and number not in registered:
            text = f"网站上的 {number}《{one.title}》登记簿里没有。请补登，或者核对网站上的文号。"
            found.append(Fault(NOT_IN_REGISTER, number, text, path=one.path))
    return found


def _place(number: str) -> tuple[str, int, int]:
    parsed = read_number(number).number
    return (parsed.agency, parsed.year, parsed.serial) if parsed else (number, 0, 0)
