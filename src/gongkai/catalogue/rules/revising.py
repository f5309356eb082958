"""A proposal applied to a standard catalogue: change, add, remove a matter. Merges stay whole, the rest stays word
for word (A10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gongkai.catalogue.rules.sheet import Layout, Merge, spread
from gongkai.kernel.text.sheetcells import SheetCell

CHANGE, ADD, REMOVE = "change", "add", "remove"
VERB_LABELS = {CHANGE: "修改", ADD: "新增", REMOVE: "删去"}
Body = dict[int, dict[int, SheetCell]]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a version: which matter (None for a new one), where it stands, its cells."""

    matter: int | None
    place: int
    cells: Mapping[int, SheetCell]


@dataclass(frozen=True, slots=True)
class Revised:
    """Layout and rows after a proposal."""

    layout: Layout
    lines: tuple[Line, ...]


class Unknown(LookupError):  # noqa: N818 -- an answer, not a fault of ours
    """A change speaks of a matter that the catalogue has no longer."""


def revise(layout: Layout, lines: Sequence[Line], changes: Sequence[Mapping[str, Any]]) -> Revised:
    """Apply changes one after the other. Raises ``Unknown`` where a matter is not there any more."""
    numbered = _is_numbered(layout, lines)
    found = Revised(layout, tuple(sorted(lines, key=lambda line: line.place)))
    for change in changes:
        if change["verb"] == CHANGE:
            found = _change(found, _line(found, change["matter"]), change["cells"])
        elif change["verb"] == REMOVE:
            found = _remove(found, _line(found, change["matter"]))
        else:
            after = change.get("after")
            place = _line(found, after).place if after else max((one.place for one in found.lines), default=0)
            found = _add(found, place, change["cells"])
    return _renumber(found) if numbered else found


def _line(found: Revised, matter: int | None) -> Line:
    line = next((one for one in found.lines if one.matter == matter), None)
    if line is None:
        raise Unknown(matter)
    return line


def _change(found: Revised, line: Line, words: Mapping[str, str]) -> Revised:
    layout, body = found.layout, _body(found)
    for key, text in words.items():
        for column in layout.columns_of(key)[:1]:
            row, left = spread(layout.merges).get((line.place, column), (line.place, column))
            old = body.get(row, {}).get(left, SheetCell("")).text
            if text == old:
                continue
            layout = _parted(layout, body, line.place, column)
            _put(body, line.place, column, text)
    return _again(layout, found.lines, body)


def _remove(found: Revised, line: Line) -> Revised:
    layout, body, gone = found.layout, _body(found), line.place
    for top, left, bottom, _ in layout.merges:
        if top == gone < bottom and left in body.get(gone, {}):  # what the rows below continue moves down
            body.setdefault(gone + 1, {})[left] = body[gone][left]
    merges = tuple(moved for moved in (_without(merge, gone) for merge in layout.merges) if moved is not None)
    body.pop(gone, None)
    shifted = {place - (place > gone): cells for place, cells in body.items()}
    layout = replace(layout, merges=merges, loose=_moved(layout.loose, gone, -1))
    lines = tuple(
        replace(one, place=one.place - (one.place > gone)) for one in found.lines if one is not line
    )
    return _again(layout, lines, shifted)


def _add(found: Revised, after: int, words: Mapping[str, str]) -> Revised:
    layout = found.layout
    body = {place + (place > after): cells for place, cells in _body(found).items()}
    merges = tuple(
        (top + (top > after), left, bottom + (bottom > after), right)
        for top, left, bottom, right in layout.merges
    )
    layout = replace(layout, merges=merges, loose=_moved(layout.loose, after, 1))
    place = after + 1
    body[place] = {}
    for key, text in words.items():
        for column in layout.columns_of(key)[:1]:
            row, left = spread(layout.merges).get((place, column), (place, column))
            if (row, left) != (place, column):
                if body.get(row, {}).get(left, SheetCell("")).text == text:
                    continue
                layout = _parted(layout, body, place, column)
            _put(body, place, column, text)
    lines = [replace(one, place=one.place + (one.place > after)) for one in found.lines]
    return _again(layout, (*lines, Line(None, place, body[place])), body)


def _parted(layout: Layout, body: Body, place: int, column: int) -> Layout:
    """Dissolve the merge at a place: each of its rows gets the words that it showed."""
    merge = next(
        (one for one in layout.merges if one[0] <= place <= one[2] and one[1] <= column <= one[3]), None
    )
    if merge is None:
        return layout
    top, left, bottom, right = merge
    if top == bottom:
        return layout  # merged to the right only: the words stand at its left end
    held = body.get(top, {}).get(left)
    rows = range(top, bottom + 1)
    if held is not None:
        for row in rows:
            body.setdefault(row, {})[left] = held
    wide = tuple((row, left, row, right) for row in rows) if right > left else ()
    return replace(layout, merges=tuple(one for one in layout.merges if one != merge) + wide)


def _put(body: Body, place: int, column: int, text: str) -> None:
    if text:
        body.setdefault(place, {})[column] = SheetCell(text)
    else:
        body.setdefault(place, {}).pop(column, None)


def _without(merge: Merge, gone: int) -> Merge | None:
    top, left, bottom, right = merge
    if top == bottom == gone:
        return None
    top, bottom = top - (top > gone), bottom - (bottom >= gone)
    return None if (top, left) == (bottom, right) else (top, left, bottom, right)


def _moved(
    loose: Sequence[tuple[int, int, str, str]], at: int, by: int
) -> tuple[tuple[int, int, str, str], ...]:
    return tuple(
        (place + (by if place > at else 0), column, text, kind) for place, column, text, kind in loose
    )


def _body(found: Revised) -> Body:
    return {line.place: dict(line.cells) for line in found.lines}


def _again(layout: Layout, lines: Sequence[Line], body: Body) -> Revised:
    return Revised(
        layout,
        tuple(
            sorted(
                (replace(line, cells=dict(sorted(body.get(line.place, {}).items()))) for line in lines),
                key=lambda line: line.place,
            )
        ),
    )


def _is_numbered(layout: Layout, lines: Sequence[Line]) -> bool:
    """Whether the rows are numbered 1, 2, 3 …, so that they are to be numbered anew."""
    for column in layout.columns_of("seq")[:1]:
        words = [
            line.cells[column].text
            for line in sorted(lines, key=lambda one: one.place)
            if column in line.cells
        ]
        return len(words) == len(lines) > 0 and words == [str(at) for at in range(1, len(words) + 1)]
    return False


def _renumber(found: Revised) -> Revised:
    column = found.layout.columns_of("seq")[0]
    lines = tuple(
        replace(line, cells=dict(sorted({**line.cells, column: SheetCell(str(at), "number")}.items())))
        for at, line in enumerate(found.lines, 1)
    )
    return Revised(found.layout, lines)
