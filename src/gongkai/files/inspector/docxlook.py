"""How a run of a docx looks: what its own marks, its styles, its cell and its box say, and whether that can be seen."""

from __future__ import annotations

import re
import zipfile
from typing import Any

from gongkai.files.reader import xmlparts

W = xmlparts.W
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
V = "{urn:schemas-microsoft-com:vml}"
HIGHLIGHTS = {
    "black": "000000", "white": "FFFFFF", "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF",
    "magenta": "FF00FF", "blue": "0000FF", "red": "FF0000", "darkBlue": "000080", "darkCyan": "008080",
    "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000",
    "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip
OFF = ("0", "false", "off", "none")
TINY_HALF_POINTS = 4
TINY_LINE = 40  # twentieths of a point
TINY_STRETCH = 10  # per cent of the usual width of a letter
UNKNOWN = ""
_GROUND = re.compile(rb'<w:background[^>]*w:color="(\w+)"')


class Looks:
    """The styles of a paper, and answers about its runs."""

    def __init__(self, box: zipfile.ZipFile) -> None:
        root = xmlparts.tree(box, "word/styles.xml")
        self.styles: dict[str, Any] = (
            {one.get(W + "styleId", ""): one for one in root.iter(W + "style")} if root is not None else {}
        )
        self._said: dict[Any, list[Any]] = {}
        self.paper = UNKNOWN if _has_ground(box) else "FFFFFF"

    def unseen(self, run: Any) -> bool:
        """Whether nobody can see the words of this run on the page."""
        said = self._of(run)
        for tag in ("vanish", "specVanish"):
            mark = first(said, tag)
            if mark is not None and mark.get(W + "val", "1") not in OFF:
                return True
        if 0 <= _number(first(said, "sz"), 21) <= TINY_HALF_POINTS:
            return True
        if 0 < _number(first(said, "w"), 100) <= TINY_STRETCH:
            return True
        if _flat_line(run) or _flat_row(run):
            return True
        colour = first(said, "color")
        fore = colour.get(W + "val", "auto") if colour is not None else "auto"
        back = self._ground(run, said)
        return fore != "auto" and back != UNKNOWN and near(fore, back)

    def _of(self, run: Any) -> list[Any]:
        """What is said of a run: by itself, then by its style, then by its paragraph's, each with its parents."""
        own, paragraph = run.find(W + "rPr"), next(run.iterancestors(W + "p"), None)
        found = [own] if own is not None else []
        shape = paragraph.find(W + "pPr") if paragraph is not None else None
        for holder, tag in ((own, "rStyle"), (shape, "pStyle")):
            link = holder.find(W + tag) if holder is not None else None
            if link is not None:
                found += self._chain(link.get(W + "val", ""))
        return found

    def _chain(self, name: str) -> list[Any]:
        if name not in self._said:
            found, at = [], name
            for _ in range(10):  # a style that is its own parent must not hold us
                style = self.styles.get(at)
                if style is None:
                    break
                if style.find(W + "rPr") is not None:
                    found.append(style.find(W + "rPr"))
                parent = style.find(W + "basedOn")
                at = parent.get(W + "val", "") if parent is not None else ""
            self._said[name] = found
        return self._said[name]

    def _ground(self, run: Any, said: list[Any]) -> str:
        """The colour behind a run; "" where it is one that we do not know."""
        highlight = first(said, "highlight")
        if highlight is not None and highlight.get(W + "val") != "none":
            return HIGHLIGHTS.get(highlight.get(W + "val", ""), UNKNOWN)
        holders = [*said, *(one.find(W + "pPr") for one in run.iterancestors(W + "p"))]
        holders += [one.find(W + "tcPr") for one in run.iterancestors(W + "tc")]
        for holder in holders:
            shade = holder.find(W + "shd") if holder is not None else None
            if shade is not None and shade.get(W + "val", "clear") not in ("clear", "nil"):
                return shade.get(W + "color", UNKNOWN) if shade.get(W + "val") == "solid" else UNKNOWN
            if shade is not None and shade.get(W + "fill", "auto") != "auto":
                return str(shade.get(W + "fill"))
        box = next(run.iterancestors(W + "txbxContent"), None)
        if box is not None:
            return _fill_of_shape(box)
        if any(self._is_shaded(table) for table in run.iterancestors(W + "tbl")):
            return UNKNOWN
        return self.paper

    def _is_shaded(self, table: Any) -> bool:
        """Whether the table or its style paints a ground that single cells do not name."""
        shape = table.find(W + "tblPr")
        if shape is None:
            return False
        if shape.find(W + "shd") is not None:
            return True
        link = shape.find(W + "tblStyle")
        at = link.get(W + "val", "") if link is not None else ""
        for _ in range(10):
            style = self.styles.get(at)
            if style is None:
                return False
            if next(style.iter(W + "shd"), None) is not None:
                return True
            parent = style.find(W + "basedOn")
            at = parent.get(W + "val", "") if parent is not None else ""
        return False


def _has_ground(box: zipfile.ZipFile) -> bool:
    """Whether the whole paper is coloured; the mark stands before the first paragraph."""
    if "word/document.xml" not in box.namelist():
        return False
    with box.open("word/document.xml") as stream:
        found = _GROUND.search(stream.read(8192))
    return found is not None and found[1] not in (b"auto", b"FFFFFF")


def first(said: list[Any], tag: str) -> Any:
    """The nearest thing said under this tag."""
    return next((one.find(W + tag) for one in said if one.find(W + tag) is not None), None)


def near(one: str, other: str) -> bool:
    """Whether two colours cannot be told apart.

    >>> near("FEFEFE", "FFFFFF"), near("808080", "FFFFFF")
    (True, False)
    """
    try:
        pairs = [(int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (0, 2, 4)]
    except ValueError:
        return False
    return all(abs(left - right) <= 16 for left, right in pairs)


def _fill_of_shape(content: Any) -> str:
    """The fill of the shape around a text box, where it says it in plain colours."""
    for above in content.iterancestors():
        if above.tag == WPS + "wsp":
            fill = above.find(f"{WPS}spPr/{A}solidFill/{A}srgbClr")
            return str(fill.get("val")) if fill is not None else UNKNOWN
        if above.tag.startswith(V):
            colour = (above.get("fillcolor") or "").lstrip("#").split(" ")[0].upper()
            return {"WHITE": "FFFFFF", "BLACK": "000000"}.get(colour, colour if len(colour) == 6 else UNKNOWN)
    return UNKNOWN


def _flat_line(run: Any) -> bool:
    paragraph = next(run.iterancestors(W + "p"), None)
    spacing = paragraph.find(f"{W}pPr/{W}spacing") if paragraph is not None else None
    if spacing is None or spacing.get(W + "lineRule") != "exact":
        return False
    return 0 < _whole(spacing.get(W + "line", "240")) <= TINY_LINE


def _flat_row(run: Any) -> bool:
    for row in run.iterancestors(W + "tr"):
        height = row.find(f"{W}trPr/{W}trHeight")
        exact = height is not None and height.get(W + "hRule") == "exact"
        if exact and _whole(height.get(W + "val", "240")) <= TINY_LINE:
            return True
    return False


def _number(element: Any, without: float) -> float:
    try:
        return float(str(element.get(W + "val", without)).rstrip("%")) if element is not None else without
    except ValueError:
        return without


def _whole(text: str) -> int:
    try:
        return int(float(text))
    except ValueError:
        return 240
