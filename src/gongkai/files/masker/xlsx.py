"""An xlsx with its marks masked: texts, rich texts, numbers typed as numbers, hidden sheets too. Formulas become
their values, so that none of them reckons a masked number anew."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from gongkai.files.cleaner.package import Package
from gongkai.files.cleaner.xlsx import BOOK, STRINGS, strings_in_use, titles
from gongkai.files.masker import parts
from gongkai.files.masker.marks import Marks
from gongkai.files.reader import xmlparts

S = xmlparts.S


def mask(box: Path | zipfile.ZipFile, marks: Marks) -> bytes:
    assert isinstance(box, zipfile.ZipFile)
    package = Package(box)
    package.without_macros()
    package.drop(r"xl/calcChain\.xml")
    strings = _strings(package)
    for title, member in titles(package, xmlparts.relations(box, BOOK)).items():
        for cell in package.tree(member).iter(S + "c"):
            _cell(cell, f"{title}!{cell.get('r')}", strings, marks)
    strings_in_use(package)
    parts.sweep(package, marks)
    return package.save()


def _strings(package: Package) -> list[str]:
    root = package.tree(STRINGS)
    if root is None:
        return []
    return ["".join(one.text or "" for one in parts.own_pieces(text)) for text in root.iter(S + "si")]


def _cell(cell: Any, where: str, strings: list[str], marks: Marks) -> None:
    for formula in list(cell.iter(S + "f")):
        cell.remove(formula)
    kind, value = cell.get("t", "n"), cell.find(S + "v")
    text = value.text or "" if value is not None else ""
    if kind == "n":
        if text and (new := _of_number(text, where, marks)) != text:
            _say(cell, new)
    elif kind == "s" and where in marks.places():
        # Other cells may hold the same text and mean nothing by it; this one gets a text of its own.
        if text.isdigit() and int(text) < len(strings):
            _say(cell, marks.changed(strings[int(text)], where))
    elif kind == "inlineStr" and where in marks.places():
        _say(cell, marks.changed("".join(one.text or "" for one in parts.own_pieces(cell)), where))
    elif kind == "str" and text:
        _say(cell, marks.changed(text, where))


def _of_number(text: str, where: str, marks: Marks) -> str:
    """A typed number as a masked text, also where the file writes it with a power of ten."""
    if (new := marks.changed(text, where)) != text:
        return new
    try:
        whole = str(int(float(text))) if float(text) == int(float(text)) else text
    except (ValueError, OverflowError):
        return text
    return new if (new := marks.changed(whole, where)) != whole else text


def _say(cell: Any, text: str) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    holder = cell.makeelement(S + "is")
    words = cell.makeelement(S + "t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    holder.append(words)
    cell.append(holder)
