"""Reads a .docx in one pass: paragraphs with their form, tables with merged fields, headers and footers."""

from __future__ import annotations

import re
import zipfile
from typing import Any

from gongkai.files.problems import Unreadable
from gongkai.files.reader.answer import Answer
from gongkai.files.reader.docxform import Form, Forms, is_on
from gongkai.files.reader.grid import Place
from gongkai.files.reader.xmlparts import MC, W, plain_tag, relations, release, steps

MAIN = "word/document.xml"
_DROPPED = {W + "del", W + "moveFrom", W + "instrText", W + "delText", MC + "Fallback", W + "rt", W + "pPr"}
_BREAKS = {W + "br": "\n", W + "cr": "\n", W + "tab": "\t", W + "noBreakHyphen": "-", W + "ptab": "\t"}
HIDDEN = "文件里有隐藏文字，系统没有读取；公开前请在办公软件里删去。"
REVISED = "文件里有没有接受的修订，系统按接受后的样子读取；公开前请先接受或拒绝全部修订。"


def read(box: zipfile.ZipFile, answer: Answer) -> None:
    if MAIN not in box.namelist():
        raise Unreadable("file.broken")
    forms = Forms(box)
    _read_part(box, MAIN, "body", forms, answer)
    for kind, member in relations(box, MAIN).values():
        if kind in ("header", "footer") and member in box.namelist():
            _read_part(box, member, kind, forms, answer)


def _read_part(box: zipfile.ZipFile, member: str, part: str, forms: Forms, answer: Answer) -> None:
    """Outermost paragraphs and tables are handed on at their end and then forgotten."""
    depth = 0
    for event, element in steps(box, member, ("start", "end")):
        tag = plain_tag(element)
        if tag not in (W + "p", W + "tbl"):
            continue
        depth += 1 if event == "start" else -1
        if event == "end" and depth == 0:
            if tag == W + "p":
                _Words(forms, answer).hand_on(element, part)
            elif part == "body":
                rows = _table(element, forms, answer)
                if rows:
                    answer.table(rows)
            release(element)


class _Words:
    """Collects the words of one paragraph; text boxes inside it become paragraphs before it."""

    def __init__(self, forms: Forms, answer: Answer) -> None:
        self.forms, self.answer = forms, answer
        self.pieces: list[str] = []
        self.boxes: list[Any] = []
        self.run_form: Form | None = None

    def hand_on(self, paragraph: Any, part: str) -> None:
        text, form = self.of(paragraph)
        for inner in self.boxes:
            _Words(self.forms, self.answer).hand_on(inner, part)
        if text.strip():
            self.answer.paragraph(
                text,
                style=form.style,
                align=form.align,
                size=form.size,
                bold=form.bold,
                part=part if part != "body" else "",
            )
        else:
            self.answer.count_paragraph()

    def of(self, paragraph: Any) -> tuple[str, Form]:
        form = self.forms.of_paragraph(paragraph)
        self._collect(paragraph, form)
        text = "".join(self.pieces)
        label = self.forms.number_of(paragraph, form) if text.strip() else ""
        shown = self.run_form or form
        return label + text.rstrip(), Form(form.style, form.align, shown.size, shown.bold)

    def _collect(self, parent: Any, form: Form) -> None:
        for child in parent:
            tag = plain_tag(child)
            if tag == W + "del" or tag == W + "ins":
                self.answer.warn(REVISED)
            if tag in _DROPPED:
                continue
            if tag == W + "txbxContent":
                self.boxes.extend(child.iter(W + "p"))
            elif tag == W + "r":
                self._run(child, form)
            elif len(child):
                self._collect(child, form)

    def _run(self, run: Any, form: Form) -> None:
        marks = run.find(W + "rPr")
        if marks is not None and is_on(marks.find(W + "vanish")):
            self.answer.warn(HIDDEN)
            return
        for child in run:
            tag = plain_tag(child)
            if tag == W + "t":
                self.pieces.append(child.text or "")
                if self.run_form is None and (child.text or "").strip():
                    self.run_form = self.forms.of_run(marks, form)
            elif tag in _BREAKS:
                self.pieces.append(_BREAKS[tag])
            elif tag == W + "sym":
                self.pieces.append("□")
            elif tag not in _DROPPED and len(child):
                self._collect_inside(child, form)

    def _collect_inside(self, child: Any, form: Form) -> None:
        """Pictures and shapes in a run: only a text box in them has words."""
        for inner in child.iter(W + "txbxContent", MC + "Fallback"):
            if plain_tag(inner) == W + "txbxContent" and not any(
                plain_tag(above) == MC + "Fallback" for above in inner.iterancestors()
            ):
                self.boxes.extend(one for one in inner.iter(W + "p"))


def _words_in(cell: Any, forms: Forms, answer: Answer) -> str:
    lines = []
    for paragraph in cell.iter(W + "p"):
        answer.count_paragraph()
        lines.append(_Words(forms, answer).of(paragraph)[0].strip())
    return re.sub(r"\n{2,}", "\n", "\n".join(lines)).strip()


def _table(table: Any, forms: Forms, answer: Answer) -> list[list[Place]]:
    """The grid of a Word table: gridSpan goes right, vMerge goes down, gridBefore leaves places empty."""
    grid: list[list[Place]] = []
    for row in _own(table, W + "tr"):
        places: list[Place] = [("", 1, 1, "")] * _number(row.find(f"{W}trPr/{W}gridBefore"))
        for cell in _own(row, W + "tc"):
            breadth = max(1, _number(cell.find(f"{W}tcPr/{W}gridSpan")))
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            above = grid[-1][len(places)] if grid and len(places) < len(grid[-1]) else None
            if merge is not None and merge.get(W + "val", "continue") == "continue" and above is not None:
                places += [(above[0], 1, 1, "up")] * breadth
            else:
                text = _words_in(cell, forms, answer)
                places += [(text, 1, breadth, "")] + [(text, 1, 1, "left")] * (breadth - 1)
        grid.append(places)
    width = max((len(row) for row in grid), default=0)
    padded = [row + [("", 1, 1, "")] * (width - len(row)) for row in grid]
    return _with_heights(padded)


def _own(parent: Any, tag: str) -> list[Any]:
    """The rows or cells of a table itself, through content controls, not those of a table inside it."""
    found = []
    for child in parent:
        name = plain_tag(child)
        if name == tag:
            found.append(child)
        elif name in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml"):
            found += _own(child, tag)
    return found


def _with_heights(grid: list[list[Place]]) -> list[list[Place]]:
    for column in range(len(grid[0]) if grid else 0):
        height = 0
        for row in reversed(grid):
            text, _, breadth, merged = row[column]
            if merged == "up":
                height += 1
            else:
                if height and merged == "":
                    row[column] = (text, height + 1, breadth, "")
                height = 0
    return grid


def _number(element: Any) -> int:
    value = element.get(W + "val", "0") if element is not None else "0"
    return min(int(value), 200) if value.isdigit() else 0
