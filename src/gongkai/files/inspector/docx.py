"""A docx: every part with words, and what of it a reader does not see."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import Any

from gongkai.files.inspector import docxcover, office
from gongkai.files.inspector.docxlook import Looks
from gongkai.files.inspector.findings import Findings
from gongkai.files.reader import xmlparts
from gongkai.files.reader.charset import decode

W = xmlparts.W
WORDS = re.compile(
    r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments\w*|glossary/document)\.xml"
)
TRACKED = ("ins", "del", "moveFrom", "moveTo")
FORMS = re.compile(r"\}(\w+PrChange|tblGridChange|numberingChange|cellIns|cellDel|cellMerge)$")
# Fields that fetch from outside when the paper is opened or printed.
FETCHING = re.compile(r"^\s*(INCLUDETEXT|INCLUDEPICTURE|LINK|DDEAUTO|DDE|IMPORT|DATABASE|RD)\b", re.I)
_LINK = re.compile(r'^\s*HYPERLINK\s+"?([^"]+)', re.I)


def inspect(box: zipfile.ZipFile, findings: Findings) -> None:
    office.inspect(box, findings)
    looks = Looks(box)
    for member in box.namelist():
        if WORDS.fullmatch(member):
            _part(box, member, looks, findings)
        elif member.endswith(".xml") and re.match(r"word/(charts|diagrams|embeddings)/", member):
            for element in xmlparts.tree(box, member).iter():
                findings.passage(member, element.text or "", hidden=True)
        elif re.fullmatch(r"word/afchunk\w*\.(htm|html|mht|txt|rtf)", member.lower()):
            findings.passage(member, decode(box.read(member), declared=True), hidden=True)
        elif member == "word/people.xml":
            _people(xmlparts.tree(box, member), findings)
        elif member == "word/settings.xml":
            _settings(xmlparts.tree(box, member), findings)


def _part(box: zipfile.ZipFile, member: str, looks: Looks, findings: Findings) -> None:
    root = xmlparts.tree(box, member)
    comments, opaque = "comments" in member, docxcover.opaque_pictures(box, member)
    for number, paragraph in enumerate(root.iter(W + "p"), 1):
        where = f"{member} 第 {number} 段"
        runs = [run for run in paragraph.iter(W + "r") if owner(run) is paragraph]
        text = "".join(text_of(run) for run in runs)
        if comments and text.strip():
            findings.trap("comment", where, text)
        findings.passage(where, text, row=_row_of(paragraph), hidden=comments)
        for run in runs:
            words = "".join(one.text or "" for one in run.iter(W + "t", W + "delText"))
            if words.strip() and looks.unseen(run):
                findings.trap("invisible_text", where, words)
        under = docxcover.covered(paragraph, opaque)
        if under:
            findings.trap("covered_text", where, under)
    _changes(root, member, findings)
    _fields(root, member, findings)
    for drawing in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"):
        findings.passage(f"{member} 图片说明", drawing.get("descr") or "", hidden=True)


def _changes(root: Any, member: str, findings: Findings) -> None:
    for element in root.iter():
        name = str(element.tag)
        if name.startswith(W) and name[len(W) :] in TRACKED:
            findings.trap("tracked_change", member, "".join(text_of(run) for run in element.iter(W + "r")))
        elif FORMS.search(name):
            findings.trap("tracked_change", member, "格式修订")


def _fields(root: Any, member: str, findings: Findings) -> None:
    simple = [one.get(W + "instr", "") for one in root.iter(W + "fldSimple")]
    for text in [*simple, *(text for text, _ in orders(root))]:
        if leads_out(text):
            findings.trap("external_link", member, text.strip())


def orders(root: Any) -> Iterator[tuple[str, list[Any]]]:
    """The orders of fields, put together where they stand in several runs, with their elements."""
    open_ones: list[list[Any]] = []
    for element in root.iter(W + "fldChar", W + "instrText"):
        kind = element.get(W + "fldCharType", "")
        if element.tag == W + "instrText":
            if not open_ones:
                open_ones.append([])
            open_ones[-1].append(element)
        elif kind == "begin":
            open_ones.append([])
        elif kind in ("separate", "end") and open_ones:
            found = open_ones[-1]
            if found:
                yield "".join(one.text or "" for one in found), list(found)
                found.clear()
            if kind == "end":
                open_ones.pop()
    for found in open_ones:
        if found:
            yield "".join(one.text or "" for one in found), found


def leads_out(order: str) -> bool:
    """Whether a field fetches something from outside, or leads to somebody's disk."""
    link = _LINK.match(order)
    return bool(FETCHING.match(order) or (link and office.is_inner(link[1])))


def _people(root: Any, findings: Findings) -> None:
    for person in root.iter() if root is not None else ():
        for key, value in person.attrib.items():
            if key.endswith("}author") and value.strip():
                findings.hidden("metadata", "批注人", value)


def _settings(root: Any, findings: Findings) -> None:
    for variable in root.iter(W + "docVar") if root is not None else ():
        value = variable.get(W + "val") or ""
        if value.strip():
            findings.hidden("metadata", f"文档变量·{variable.get(W + 'name')}", value)


def text_of(run: Any) -> str:
    """The words of a run, deleted ones and field orders too."""
    return "".join(one.text or "" for one in run if one.tag in (W + "t", W + "delText", W + "instrText"))


def owner(run: Any) -> Any:
    """The paragraph in which a run stands."""
    return next(run.iterancestors(W + "p"), None)


def _row_of(paragraph: Any) -> str:
    row = next(paragraph.iterancestors(W + "tr"), None)
    return "" if row is None else "\t".join(one.text or "" for one in row.iter(W + "t"))
