"""An xlsx without hidden sheets, rows, columns, cells, remarks, outside data and macros; formulas become their values.

The rows and columns themselves stay where they are, hidden and empty, so that nothing moves.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl

from gongkai.files.cleaner.package import Package
from gongkai.files.inspector import office, xlsxcover
from gongkai.files.inspector.xlsxlook import hidden_columns, hidden_row, unseen
from gongkai.files.reader import xmlparts

S, R = xmlparts.S, xmlparts.R
BOOK = "xl/workbook.xml"
STRINGS = "xl/sharedStrings.xml"
_GONE = (
    r"xl/(comments\d*|persons/.*|threadedComments/.*|externalLinks/.*|connections|queryTables/.*|revisions/.*"
    r"|pivotTables/.*|pivotCache/.*|slicers/.*|slicerCaches/.*|embeddings/.*|activeX/.*|ctrlProps/.*|calcChain"
    r"|drawings/vmlDrawing\d*|printerSettings/.*|customData/.*|drawings/commentsDrawing\d*)(\.\w+)*(/.*)?"
)
_OF_BOOK = ("externalReferences", "pivotCaches", "fileRecoveryPr", "customWorkbookViews")
_OF_SHEET = ("legacyDrawing", "oleObjects", "controls", "customSheetViews", "legacyDrawingHF")


def clean(box: Path | zipfile.ZipFile) -> bytes:
    assert isinstance(box, zipfile.ZipFile) and box.fp is not None
    blank = _unseen_cells(box)
    package = Package(box)
    package.usual()
    package.drop(_GONE)
    parts = xmlparts.relations(box, BOOK)
    removed = _sheets_away(package, parts)
    for title, member in titles(package, parts).items():
        _sheet(package, member, blank.get(title, set()), removed)
    _names(package, removed)
    strings_in_use(package)
    _titles_in_properties(package)
    for member in package.names():
        if member.endswith(".rels"):
            root = package.tree(member)
            for relation in list(root):
                if _leads_out(relation):
                    root.remove(relation)
    return package.save()


def _unseen_cells(box: zipfile.ZipFile) -> dict[str, set[str]]:
    """For each sheet the cells that nobody sees, by the same eyes as the inspection."""
    book = openpyxl.load_workbook(box.fp, data_only=True)
    covers, found = xlsxcover.covers(box), {}
    for sheet in book.worksheets:
        columns, painted = hidden_columns(sheet), xlsxcover.painted(sheet)
        over = covers.get(sheet.title, [])
        found[sheet.title] = {
            cell.coordinate
            for cell in sheet._cells.values()
            if cell.value is not None
            and (
                hidden_row(sheet, cell.row)
                or cell.column in columns
                or unseen(cell, painted=painted(cell))
                or any(one.hides(cell) for one in over)
            )
        }
    return found


def titles(package: Package, parts: dict[str, tuple[str, str]]) -> dict[str, str]:
    """The sheets by their titles, with their parts."""
    book, there = package.tree(BOOK), set(package.names())
    found = {
        one.get("name", ""): parts.get(one.get(R + "id", ""), ("", ""))[1] for one in book.iter(S + "sheet")
    }
    return {title: member for title, member in found.items() if member in there}


def _sheets_away(package: Package, parts: dict[str, tuple[str, str]]) -> list[tuple[int, str]]:
    """Take out hidden sheets; their old places and titles."""
    book, removed = package.tree(BOOK), []
    for at, sheet in enumerate(list(book.iter(S + "sheet"))):
        if sheet.get("state", "visible") == "visible":
            continue
        removed.append((at, sheet.get("name", "")))
        package.drop(re.escape(parts.get(sheet.get(R + "id", ""), ("", "?"))[1]))
        sheet.getparent().remove(sheet)
    for tag in _OF_BOOK:
        for element in list(book.iter(S + tag)):
            element.getparent().remove(element)
    for element in list(book.iter()):
        if str(element.tag).endswith("}absPath"):
            _remove(element)
    for view in book.iter(S + "workbookView"):
        view.attrib.pop("activeTab", None)
        view.attrib.pop("firstSheet", None)
    return removed


def _remove(element: Any) -> None:
    """An element, and the alternative around it where it was all that stood there."""
    parent = element.getparent()
    parent.remove(element)
    while (
        parent is not None and not len(parent) and str(parent.tag).endswith(("}Choice", "}AlternateContent"))
    ):
        above = parent.getparent()
        above.remove(parent)
        parent = above


def _names(package: Package, removed: list[tuple[int, str]]) -> None:
    """Defined names that speak of what is gone go; places of sheets are counted anew."""
    book, gone = package.tree(BOOK), {at for at, _ in removed}
    for name in list(book.iter(S + "definedName")):
        place = name.get("localSheetId")
        if (place is not None and int(place) in gone) or _speaks_of(name.text or "", removed):
            name.getparent().remove(name)
        elif place is not None:
            name.set("localSheetId", str(int(place) - sum(at < int(place) for at in gone)))
    for holder in list(book.iter(S + "definedNames")):
        if not len(holder):
            holder.getparent().remove(holder)


def _speaks_of(formula: str, removed: list[tuple[int, str]]) -> bool:
    return "[" in formula or any(f"{title}!" in formula or f"{title}'!" in formula for _, title in removed)


def _sheet(package: Package, member: str, blank: set[str], removed: list[tuple[int, str]]) -> None:
    root = package.tree(member)
    outside = {one.get("Id") for one in package.relations(member) if _leads_out(one)}
    for cell in root.iter(S + "c"):
        for formula in list(cell.iter(S + "f")):
            cell.remove(formula)
        if cell.get("r") in blank:
            for child in list(cell):
                cell.remove(child)
            cell.attrib.pop("t", None)
    for tag in _OF_SHEET:
        for element in list(root.iter(S + tag)):
            _remove(element)
    for link in list(root.iter(S + "hyperlink")):
        if link.get(R + "id") in outside or _speaks_of(link.get("location") or "", removed):
            link.getparent().remove(link)
    for tag in ("dataValidation", "conditionalFormatting"):
        for element in list(root.iter(S + tag)):
            if _speaks_of("".join(element.itertext()), removed):
                element.getparent().remove(element)
    for tag in ("hyperlinks", "dataValidations"):
        for element in list(root.iter(S + tag)):
            if not len(element):
                element.getparent().remove(element)
            elif element.get("count"):
                element.set("count", str(len(element)))
    for shape in root.iter(S + "pageSetup"):
        shape.attrib.pop(R + "id", None)


def strings_in_use(package: Package) -> None:
    """Texts that no cell uses any more stay in the list under their number, but empty."""
    root = package.tree(STRINGS)
    if root is None:
        return
    used: set[int] = set()
    for member in package.names():
        if re.fullmatch(r"xl/worksheets/[^/]+\.xml", member):
            for cell in package.tree(member).iter(S + "c"):
                value = cell.find(S + "v")
                if cell.get("t") == "s" and value is not None and (value.text or "").isdigit():
                    used.add(int(value.text))
    for at, text in enumerate(list(root.iter(S + "si"))):
        if at not in used:
            for child in list(text):
                text.remove(child)
            text.append(text.makeelement(S + "t"))


def _titles_in_properties(package: Package) -> None:
    root = package.tree("docProps/app.xml")
    for element in list(root) if root is not None else ():
        if str(element.tag).endswith(("}TitlesOfParts", "}HeadingPairs")):
            root.remove(element)


def _leads_out(relation: Any) -> bool:
    kind = relation.get("Type", "").rsplit("/", 1)[-1]
    if relation.get("TargetMode") == "External":
        return kind != "hyperlink" or office.is_inner(relation.get("Target", ""))
    return kind in office.EMBEDDED
