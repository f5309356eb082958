"""Tables of a pdf page by their rulings: crossing lines make a grid, missing lines make merged fields."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from gongkai.files.reader.grid import Place
from gongkai.files.reader.pdfsigns import Ruling, Sign
from gongkai.files.reader.pdfwords import lines_of

NEAR = 3.0
OPEN = 8.0  # how far sides must run on beyond the last line to be those of a cut row
MAX_PLACES = 5_000


@dataclass
class Frame:
    """A ruled grid: ``rows_at`` from top to bottom, ``columns_at`` from left to right, and its signs."""

    columns_at: list[float]
    rows_at: list[float]
    rulings: list[Ruling]
    signs: list[Sign] = field(default_factory=list)

    @property
    def top(self) -> float:
        return self.rows_at[0]

    def place_of(self, sign: Sign) -> tuple[int, int] | None:
        """Row and column of a sign, None outside."""
        x, y = sign.middle
        column = bisect_right(self.columns_at, x) - 1
        row = bisect_right([-one for one in self.rows_at], -y) - 1
        if 0 <= column < len(self.columns_at) - 1 and 0 <= row < len(self.rows_at) - 1:
            return row, column
        return None

    def rows(self) -> list[list[Place]]:
        """The grid with the words; fields without a line between them are one."""
        owner = self._owners()
        words: dict[tuple[int, int], list[Sign]] = {}
        for sign in self.signs:
            place = self.place_of(sign)
            if place is not None:
                words.setdefault(owner[place], []).append(sign)
        texts = {place: "\n".join(line.text for line in lines_of(signs)) for place, signs in words.items()}
        spans = self._spans(owner)
        grid: list[list[Place]] = []
        for row in range(len(self.rows_at) - 1):
            cells: list[Place] = []
            for column in range(len(self.columns_at) - 1):
                first = owner[row, column]
                merged = "" if first == (row, column) else "up" if row > first[0] else "left"
                cells.append((texts.get(first, ""), *(spans[first] if not merged else (1, 1)), merged))
            grid.append(cells)
        return grid

    def _owners(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For each place the upper left place of its merged field."""
        owner: dict[tuple[int, int], tuple[int, int]] = {}
        for row in range(len(self.rows_at) - 1):
            for column in range(len(self.columns_at) - 1):
                if column and not self._wall(row, column):
                    owner[row, column] = owner[row, column - 1]
                elif row and not self._floor(row, column):
                    owner[row, column] = owner[row - 1, column]
                else:
                    owner[row, column] = (row, column)
        return owner

    def _wall(self, row: int, column: int) -> bool:
        """Whether a line stands at the left of a place."""
        x, y = self.columns_at[column], (self.rows_at[row] + self.rows_at[row + 1]) / 2
        return any(
            one.upright and abs(one.place - x) <= NEAR and one.start - NEAR <= y <= one.end + NEAR
            for one in self.rulings
        )

    def _floor(self, row: int, column: int) -> bool:
        """Whether a line lies above a place."""
        x, y = (self.columns_at[column] + self.columns_at[column + 1]) / 2, self.rows_at[row]
        return any(
            not one.upright and abs(one.place - y) <= NEAR and one.start - NEAR <= x <= one.end + NEAR
            for one in self.rulings
        )

    @staticmethod
    def _spans(owner: dict[tuple[int, int], tuple[int, int]]) -> dict[tuple[int, int], tuple[int, int]]:
        spans: dict[tuple[int, int], tuple[int, int]] = {}
        for (row, column), first in owner.items():
            height, breadth = spans.get(first, (1, 1))
            spans[first] = (max(height, row - first[0] + 1), max(breadth, column - first[1] + 1))
        return spans


def tables_of(rulings: list[Ruling], signs: list[Sign]) -> list[Frame]:
    """The ruled tables of a page that hold words and have more than one field."""
    frames = []
    for group in _groups(rulings):
        columns = _snapped([one.place for one in group if one.upright])
        rows = _snapped([one.place for one in group if not one.upright])[::-1]
        rows = _with_open_ends(rows, group, signs)
        places = (len(columns) - 1) * (len(rows) - 1)
        if len(columns) < 2 or len(rows) < 2 or not 2 <= places <= MAX_PLACES:
            continue
        frame = Frame(columns, rows, group)
        frame.signs = [sign for sign in signs if frame.place_of(sign) is not None]
        if frame.signs:
            frames.append(frame)
    return _outermost(frames)


def _with_open_ends(rows: list[float], group: list[Ruling], signs: list[Sign]) -> list[float]:
    """The rows with one more where the end of a page cut a row and drew no line there: its sides run on alone."""
    upright = [one for one in group if one.upright]
    if len(upright) < 2 or not rows:
        return rows
    outer = (min(upright, key=lambda one: one.place), max(upright, key=lambda one: one.place))
    low, high = max(one.start for one in outer), min(one.end for one in outer)
    left, right = outer[0].place, outer[1].place

    def holds_words(bottom: float, top: float) -> bool:
        middles = (sign.middle for sign in signs if sign.text.strip())
        return any(left < x < right and bottom < y < top for x, y in middles)

    if rows[-1] - low > OPEN and holds_words(low, rows[-1]):
        rows = [*rows, low]
    if high - rows[0] > OPEN and holds_words(rows[0], high):
        rows = [high, *rows]
    return rows


def _groups(rulings: list[Ruling]) -> list[list[Ruling]]:
    """Lines that touch belong together."""
    merged = _merged(rulings)
    parent = list(range(len(merged)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    upright = [place for place, one in enumerate(merged) if one.upright]
    level = [place for place, one in enumerate(merged) if not one.upright]
    if len(upright) * len(level) > 1_000_000:
        return []  # a drawing, not a table
    for one in upright:
        for other in level:
            if _touch(merged[one], merged[other]):
                parent[root(one)] = root(other)
    groups: dict[int, list[Ruling]] = {}
    for place, ruling in enumerate(merged):
        groups.setdefault(root(place), []).append(ruling)
    return [group for group in groups.values() if len(group) >= 4]


def _touch(upright: Ruling, level: Ruling) -> bool:
    return (
        level.start - NEAR <= upright.place <= level.end + NEAR
        and upright.start - NEAR <= level.place <= upright.end + NEAR
    )


def _merged(rulings: list[Ruling]) -> list[Ruling]:
    """Pieces of one line, and the two edges of a thick one, as one."""
    found: list[Ruling] = []
    for ruling in sorted(rulings, key=lambda one: (one.upright, round(one.place / NEAR), one.start)):
        last = found[-1] if found else None
        if (
            last
            and last.upright == ruling.upright
            and abs(last.place - ruling.place) <= NEAR
            and ruling.start <= last.end + NEAR
        ):
            found[-1] = Ruling(last.upright, last.place, last.start, max(last.end, ruling.end))
        else:
            found.append(ruling)
    return found


def _snapped(places: list[float]) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > NEAR:
            found.append(place)
    return found


def _outermost(frames: list[Frame]) -> list[Frame]:
    """A frame inside another was a field of it."""
    kept: list[Frame] = []
    for frame in sorted(frames, key=lambda one: one.rows_at[-1] - one.rows_at[0]):
        inside = any(
            other.columns_at[0] - NEAR <= frame.columns_at[0]
            and frame.columns_at[-1] <= other.columns_at[-1] + NEAR
            and other.rows_at[-1] - NEAR <= frame.rows_at[-1]
            and frame.rows_at[0] <= other.rows_at[0] + NEAR
            for other in kept
        )
        if not inside:
            kept.append(frame)
    return kept
