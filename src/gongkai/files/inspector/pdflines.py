"""Words that stand side by side become one passage: some programs write each sign as an object of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from gongkai.files.inspector.pdfink import Ink

GAP, WIDE_GAP = 0.45, 3.0  # of the size of the letters: a space, and another column
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a page, the rule under which they are hidden, and the font of which no ink was seen."""

    page: int
    text: str
    box: Box
    size: float
    rule: str = ""
    blank: str | None = None


def joined(said: Iterable[Said], ink: Ink) -> Iterator[Said]:
    """Lines of words of the same fate, in the order of the file."""
    held: Said | None = None
    for one in said:
        one = settled(one, ink)
        if held is not None and _goes_on(held, one):
            held = _with(held, one)
        else:
            if held is not None:
                yield held
            held = one
    if held is not None:
        yield held


def settled(one: Said, ink: Ink) -> Said:
    """Words without ink are hidden where their font can be drawn; that is known when all pages were looked at."""
    if not one.rule and one.blank is not None and ink.can_draw(one.blank):
        return replace(one, rule="invisible_text")
    return one


def _goes_on(held: Said, one: Said) -> bool:
    if held.page != one.page or held.rule != one.rule:
        return False
    size = max(held.size, one.size, 1.0)
    over = min(held.box[3], one.box[3]) - max(held.box[1], one.box[1])
    level = over > 0.3 * min(held.box[3] - held.box[1], one.box[3] - one.box[1])
    return level and -size < one.box[0] - held.box[2] < WIDE_GAP * size


def _with(held: Said, one: Said) -> Said:
    apart = one.box[0] - held.box[2] > GAP * max(held.size, 1.0)
    between = " " if apart and not held.text.endswith(" ") and not one.text.startswith(" ") else ""
    box = (
        min(held.box[0], one.box[0]),
        min(held.box[1], one.box[1]),
        max(held.box[2], one.box[2]),
        max(held.box[3], one.box[3]),
    )
    return replace(held, text=held.text + between + one.text, box=box)
