"""Which three units to call first on Monday: the longest late, the silent, the repeatedly returned. House rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

FIRST_CALLS = 3


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit with something late. ``days``: of its worst matter; ``silent_days``: days of its longest matter on
    which nothing was ever reported and nobody was reached; ``returns``: reports returned on its late matters."""

    unit_id: int
    days: int
    matters: int
    silent_days: int = 0
    returns: int = 0
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A unit to call, and why it is among the first three."""

    unit_id: int
    why: str


def first_calls(units: Sequence[UnitFacts]) -> tuple[Call, ...]:
    """Up to three units, each for another reason; what remains is filled by the longest lateness.

    A unit that has promised a day which is not over is not called again.

    >>> [call.why for call in first_calls([UnitFacts(1, 40, 2), UnitFacts(2, 9, 1, returns=3)])]
    ['拖得最久：40 天', '反复退回：3 次']
    """
    open_units = [unit for unit in units if not unit.paused]
    found: dict[int, str] = {}

    def take(key: Callable[[UnitFacts], int], least: int, words: str) -> None:
        left = [unit for unit in open_units if unit.unit_id not in found and key(unit) >= least]
        if left and len(found) < FIRST_CALLS:
            worst = max(left, key=lambda unit: (key(unit), unit.days, -unit.unit_id))
            found[worst.unit_id] = words.format(key(worst))

    take(lambda unit: unit.days, 0, "拖得最久：{} 天")
    take(lambda unit: unit.silent_days, 1, "没有反应：{} 天没有填报也没有联系上")
    take(lambda unit: unit.returns, 2, "反复退回：{} 次")
    while len(found) < min(FIRST_CALLS, len(open_units)):
        take(lambda unit: unit.days, 0, "拖得久：{} 天")
    return tuple(Call(unit_id, why) for unit_id, why in found.items())
