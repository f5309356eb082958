"""A docx without changes, remarks, unseen words, names of people, links to inner places, macros."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

from gongkai.files.cleaner.package import Package
from gongkai.files.inspector import office
from gongkai.files.inspector.docx import FORMS, WORDS, leads_out, orders
from gongkai.files.inspector.docxlook import Looks
from gongkai.files.reader import xmlparts

W, R = xmlparts.W, xmlparts.R
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 -- the name of the space in the standard
_RANGES = re.compile(r"\}(moveFrom|moveTo|customXml(Ins|Del|MoveFrom|MoveTo))Range(Start|End)$")
_REMARKS = ("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef")
_POINTERS = ("id", "embed", "link", "href", "pict")


def clean(box: Path | zipfile.ZipFile) -> bytes:
    assert isinstance(box, zipfile.ZipFile)
    package, looks = Package(box), Looks(box)
    package.usual()
    package.drop(r"word/(comments\w*|people|vbaData)\.xml")
    package.drop(r"word/(embeddings/(?!.*Microsoft_Excel_Sheet).*|activeX/.*)")
    for member in package.names():
        if WORDS.fullmatch(member):
            _part(package, member, looks)
    _chart_books(package)
    settings = package.tree("word/settings.xml")
    for tag in ("docVars", "attachedTemplate", "trackRevisions", "rsids"):
        for element in list(settings.iter(W + tag)) if settings is not None else ():
            element.getparent().remove(element)
    for member in package.names():
        if member.endswith(".rels"):
            _outside(package, member)
    return package.save()


def _part(package: Package, member: str, looks: Looks) -> None:
    root = package.tree(member)
    _accept(root)
    for run in list(root.iter(W + "r")):
        if any(word.text and word.text.strip() for word in run.iter(W + "t")) and looks.unseen(run):
            for word in list(run.iter(W + "t")):
                word.getparent().remove(word)
    for tag in _REMARKS:
        for element in list(root.iter(W + tag)):
            element.getparent().remove(element)
    for field in list(root.iter(W + "fldSimple")):
        if leads_out(field.get(W + "instr", "")):
            _unwrap(field)
    for text, elements in list(orders(root)):
        if leads_out(text):
            for element in elements:
                element.getparent().remove(element)
    for tag in (O + "OLEObject", W + "control", W + "altChunk"):
        for element in list(root.iter(tag)):
            element.getparent().remove(element)
    _let_go(root, {one.get("Id") for one in package.relations(member) if _leads_out(one)})


def _accept(root: Any) -> None:
    """Take every change as it is shown: what was added stays, what was taken out goes."""
    for element in list(root.iter()):
        name = str(element.tag)
        parent = element.getparent()
        if parent is None or not name.startswith(W):
            continue
        local = name[len(W) :]
        if _RANGES.search(name):
            parent.remove(element)
        elif FORMS.search(name):
            gone = parent.getparent() if local == "cellDel" else element
            gone.getparent().remove(gone)
        elif local in ("ins", "moveTo"):
            _unwrap(element)
        elif local in ("del", "moveFrom"):
            _take_out(element, parent)


def _take_out(element: Any, parent: Any) -> None:
    parent.remove(element)
    if parent.tag == W + "trPr":
        row = parent.getparent()
        if row is not None and row.getparent() is not None:
            row.getparent().remove(row)
    elif parent.tag == W + "rPr" and parent.getparent().tag == W + "pPr":
        _join(parent.getparent().getparent())


def _join(paragraph: Any) -> None:
    """The end of a paragraph was taken out: its words begin the next one."""
    following = paragraph.getnext()
    if following is None or following.tag != W + "p":
        return
    at = 1 if following.find(W + "pPr") is not None else 0
    for child in [one for one in paragraph if one.tag != W + "pPr"]:
        following.insert(at, child)
        at += 1
    paragraph.getparent().remove(paragraph)


def _unwrap(element: Any) -> None:
    parent = element.getparent()
    at = parent.index(element)
    for child in list(element):
        parent.insert(at, child)
        at += 1
    parent.remove(element)


def _leads_out(relation: Any) -> bool:
    kind = relation.get("Type", "").rsplit("/", 1)[-1]
    if relation.get("TargetMode") == "External":
        return kind != "hyperlink" or office.is_inner(relation.get("Target", ""))
    return kind in office.EMBEDDED


def _outside(package: Package, member: str) -> None:
    root = package.tree(member)
    for relation in list(root):
        if _leads_out(relation) and "/charts/" not in member:
            root.remove(relation)


def _let_go(root: Any, gone: set[str | None]) -> None:
    """Elements that pointed to a relation that is gone: links become plain words, pictures lose the pointer."""
    for element in list(root.iter()):
        for name in _POINTERS:
            if element.get(R + name) in gone:
                if element.tag == W + "hyperlink":
                    _unwrap(element)
                    break
                del element.attrib[R + name]


def _chart_books(package: Package) -> None:
    """A chart keeps the figures it shows; the whole table behind it goes."""
    charts = "{http://schemas.openxmlformats.org/drawingml/2006/chart}externalData"
    for member in package.names():
        if re.fullmatch(r"word/charts/chart\d+\.xml", member):
            root = package.tree(member)
            for element in list(root.iter(charts)):
                element.getparent().remove(element)
    package.drop(r"word/embeddings/.*")
