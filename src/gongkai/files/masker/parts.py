"""Every part of an office paper: texts in pieces, single texts, attributes, papers inside the paper."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from lxml import etree

from gongkai.files.cleaner.package import Package
from gongkai.files.inspector import office
from gongkai.files.masker.marks import Marks, in_pieces
from gongkai.files.reader import xmlparts

W, S = xmlparts.W, xmlparts.S
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DEEPEST = 2
_MARKUP = re.compile(r"\.(xml|rels|vml)$", re.I)
_WORDS = re.compile(r"\.(html?|mht|txt|rtf|csv|svg)$", re.I)
_INNER = re.compile(r"\.(xlsx|xlsm|docx|docm|pptx|pptm)$", re.I)
_PIVOT = re.compile(r"xl/(pivotTables|pivotCache)/.*", re.I)
# A text in several pieces, and the pieces of it.
_HOLDERS = ((W + "p", (W + "t", W + "delText", W + "instrText")), (A + "p", (A + "t",)),
            (S + "si", (S + "t",)), (S + "is", (S + "t",)), (S + "text", (S + "t",)))  # fmt: skip


def sweep(package: Package, marks: Marks, depth: int = 0) -> None:
    """Mask the numbers wherever they stand in the package."""
    for member in package.names():
        if _PIVOT.fullmatch(member):
            continue
        if _MARKUP.search(member):
            _markup(package, member, marks)
        elif _INNER.search(member) and depth < DEEPEST:
            _inner(package, member, marks, depth)
        elif _WORDS.search(member):
            package.put(member, marks.bytes_changed(package.box.read(member)))
    _pivots(package, marks)


def _markup(package: Package, member: str, marks: Marks) -> None:
    try:
        root = package.tree(member)
    except etree.XMLSyntaxError:  # old drawings are not always well formed
        package.put(member, marks.bytes_changed(package.box.read(member)))
        return
    for holder, pieces in _HOLDERS:
        for element in root.iter(holder):
            in_pieces([one for one in element.iter(*pieces) if _is_of(one, element)], marks.spans)
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.text:
            element.text = marks.changed(element.text)
        if element.tail:
            element.tail = marks.changed(element.tail)
        for name, value in element.attrib.items():
            if (new := marks.changed(value)) != value:
                element.set(name, new)


def _is_of(piece: Any, holder: Any) -> bool:
    """Whether a piece is the holder's own, not that of a text box within, and no phonetic hint."""
    for above in piece.iterancestors():
        if above.tag == S + "rPh":
            return False
        if above.tag == holder.tag:
            return above is holder
    return False


def own_pieces(holder: Any) -> list[Any]:
    """The elements that hold the words of a string of a sheet."""
    return [one for one in holder.iter(S + "t") if next(one.iterancestors(S + "rPh"), None) is None]


def _inner(package: Package, member: str, marks: Marks, depth: int) -> None:
    """A paper inside the paper; one that does not open is left, and found again by the gate."""
    try:
        inner = Package(zipfile.ZipFile(io.BytesIO(package.box.read(member))))
        if sum(one.file_size for one in inner.box.infolist()) > office.MOST_NESTED:
            return
        sweep(inner, marks, depth + 1)
        inner.without_macros()
        package.put(member, inner.save())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, etree.LxmlError):
        return


def _pivots(package: Package, marks: Marks) -> None:
    """A pivot table keeps its rows as typed values that no mask fits; with a number in them it goes altogether."""
    for member in package.names():
        if _PIVOT.fullmatch(member) and member.endswith(".xml"):
            values = (value for one in package.tree(member).iter() for value in one.attrib.values())
            if any(marks.spans(value) for value in values):
                break
    else:
        return
    package.drop(_PIVOT.pattern)
    for element in list(package.tree("xl/workbook.xml").iter(S + "pivotCaches")):
        element.getparent().remove(element)
