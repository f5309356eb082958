"""Figures of disclosure requests that everybody may see, and from which nobody can be recognised.

A count of one to four is never shown, nor one more where it could be reckoned back from a sum (``hidden``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

FEWEST = 5
GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("given", "予以公开", ("r1",)),
    ("partly", "部分公开", ("r2",)),
    ("refused", "不予公开", tuple(f"r3_{number}" for number in range(1, 9))),
    ("unable", "无法提供", ("r4_1", "r4_2", "r4_3")),
    ("declined", "不予处理", tuple(f"r5_{number}" for number in range(1, 6))),
    ("other", "其他处理", ("r6_1", "r6_2", "r6_3")),
)
GROUP_OF = {row: key for key, _, rows in GROUPS for row in rows}
REFUSALS = GROUPS[2][2]


def hidden(table: Sequence[Sequence[int]], *, rows: Collection[int] = ()) -> frozenset[tuple[int, int]]:
    """The cells of a table that are not shown, when the sums of its rows and columns are.

    ``rows`` are those whose own sum is not shown: none of their numbers may be, or the sum would be known.

    >>> sorted(hidden([[12, 3, 0], [9, 20, 7]]))
    [(0, 0), (0, 1), (1, 0), (1, 1)]
    """
    found = {
        (at, place)
        for at, row in enumerate(table)
        for place, count in enumerate(row)
        if 0 < count < FEWEST or (count and at in rows)
    }
    lines = [[(at, place) for place in range(len(row))] for at, row in enumerate(table)]
    lines += [[(at, place) for at in range(len(table))] for place in range(len(table[0]) if table else 0)]
    changed = True
    while changed:
        changed = False
        for line in lines:
            known = [cell for cell in line if cell not in found and table[cell[0]][cell[1]]]
            if sum(cell in found for cell in line) == 1 and known:
                found.add(min(known, key=lambda cell: (table[cell[0]][cell[1]], cell)))
                changed = True
    return frozenset(found)


def guarded(table: Sequence[Sequence[int]], *, rows: Collection[int] = ()) -> list[list[int | None]]:
    """The table with ``None`` in every cell that is not shown."""
    away = hidden(table, rows=rows)
    return [
        [None if (at, place) in away else count for place, count in enumerate(row)]
        for at, row in enumerate(table)
    ]


def few(count: int) -> int | None:
    """A single count, or ``None`` where it is too small to be shown.

    >>> few(0), few(4), few(5)
    (0, None, 5)
    """
    return None if 0 < count < FEWEST else count


def quantile(days: Sequence[int], share: float) -> int | None:
    """The number of working days within which this share was done; ``None`` for fewer than five cases.

    >>> quantile([3, 9, 5, 20, 7], 0.5), quantile([3, 9, 5, 20, 7], 0.9), quantile([3], 0.5)
    (7, 20, None)
    """
    if len(days) < FEWEST:
        return None
    listed = sorted(days)
    return listed[min(len(listed) - 1, int(len(listed) * share))]
