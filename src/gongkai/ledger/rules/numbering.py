"""Numbers that tell no task apart: several tables that each begin at 1, or numbers within parts (1.1, 1.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gongkai.ledger.rules.columns import is_label, row_number
from gongkai.ledger.rules.rows import Row

LEAST_SHARE = 0.6


def counted_anew(rows: Sequence[Row]) -> tuple[list[Row], tuple[str, ...]]:
    """The rows with numbers that run through the whole plan, and a sentence where they were counted anew.

    Only what is in perfect order is counted on; a number that stands twice without order stays a problem.

    >>> [row.number for row in counted_anew([Row(1, "1"), Row(2, "2"), Row(3, "1"), Row(4, "2")])[0]]
    ['1', '2', '3', '4']
    """
    numbered = [row for row in rows if row.numbered]
    labels = sum(1 for row in numbered if is_label(row.number))
    if numbered and labels >= LEAST_SHARE * len(numbered):
        said = f"序号写成“{numbered[0].number}”这样的分段编号，已按先后编为 1 至 {len(rows)}，请核对。"
        return [replace(row, number=str(at)) for at, row in enumerate(rows, start=1)], (said,)
    runs = _runs([row_number(row.number) if row.numbered else None for row in rows])
    if len(runs) < 2 or min(runs) < 2:
        return list(rows), ()
    said = f"文件里的序号分 {len(runs)} 段，各从 1 开始，已接着编为 1 至 {len(rows)}，请核对。"
    return [replace(row, number=str(at)) for at, row in enumerate(rows, start=1)], (said,)


def _runs(numbers: Sequence[int | None]) -> list[int]:
    """The lengths of the runs 1, 2, 3 … that the numbers are made of; nothing where they are not."""
    lengths: list[int] = []
    for number in numbers:
        if number == 1:
            lengths.append(1)
        elif lengths and number == lengths[-1] + 1:
            lengths[-1] += 1
        else:
            return []
    return lengths
