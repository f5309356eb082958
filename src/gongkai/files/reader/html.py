"""Reads a web page: what a reader sees, in order; tables with spans; the official meta tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import html as lxml_html

from gongkai.files.problems import Unreadable
from gongkai.files.reader.answer import Answer
from gongkai.files.reader.charset import decode
from gongkai.files.reader.grid import Field, lay_out

_UNSEEN = {
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "svg",
    "select",
    "textarea",
    "head",
    "nav",
    "button",
}
_BLOCKS = {
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "main",
    "center", "blockquote", "pre", "tr", "td", "th", "table", "tbody", "thead", "tfoot", "body", "html", "form",
    "header", "footer", "aside", "figure", "figcaption", "caption", "hr", "address", "fieldset",
}  # fmt: skip
_BOLD = {"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"}
_SIZES = {"pt": 1.0, "px": 0.75, "em": 12.0, "rem": 12.0}
_SIZE = re.compile(r"font-size\s*:\s*([0-9.]{1,6})\s*(pt|px|em|rem)", re.I)
_ALIGN = re.compile(r"text-align\s*:\s*(left|center|right|justify)", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SPACES = re.compile(r"[ \t\r\n]+")
MAX_BYTES = 20 * 1024 * 1024


def read(path: Path, answer: Answer) -> None:
    content = path.read_bytes()
    if len(content) > MAX_BYTES:
        raise Unreadable("file.too_much")
    words = re.sub(r"^\s*<\?xml[^>]*\?>", "", decode(content, declared=True)).replace("\x00", "")
    if not words.strip():
        raise Unreadable("file.no_text")
    parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    root = lxml_html.document_fromstring(words, parser=parser)
    _meta(root, answer)
    flow = _Flow(answer)
    body = root.find("body")
    flow.walk(body if body is not None else root)
    flow.end_paragraph()


def _meta(root: Any, answer: Answer) -> None:
    title = root.findtext(".//title")
    if title and title.strip():
        answer.paragraph(" ".join(title.split()), style="title", part="meta")
    for tag in root.iter("meta"):
        name, content = tag.get("name", ""), tag.get("content", "")
        if name and content.strip():
            answer.paragraph(" ".join(content.split()), style=name, part="meta")


class _Flow:
    """Walks the tree without recursion; a block element ends the paragraph before and after it."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.pieces: list[str] = []
        self.form: dict[str, Any] = {}

    def walk(self, root: Any) -> None:
        for event, element in _events(root):
            tag = element.tag
            if event == "table":
                self.end_paragraph()
                rows = lay_out(list(_rows(element)))
                if rows:
                    self.answer.table(rows)
            elif event == "start":
                if tag in _BLOCKS:
                    self.end_paragraph()
                elif tag == "br":
                    self.pieces.append("\n")
                self._words(element.text, element)
            elif event == "end" and tag in _BLOCKS:
                self.end_paragraph()
            if event != "start" and element is not root:
                self._words(element.tail, element.getparent())

    def _words(self, text: str | None, element: Any) -> None:
        if not text:
            return
        self.pieces.append(_SPACES.sub(" ", text))
        if not self.form and text.strip():
            self.form = _form(element)

    def end_paragraph(self) -> None:
        text = re.sub(r"\n{2,}", "\n", _tidy("".join(self.pieces)))
        if text.strip():
            self.answer.paragraph(text, **self.form)
        self.pieces, self.form = [], {}


def _tidy(text: str) -> str:
    lines = (line.replace("\xa0", " ").strip(" ") for line in text.split("\n"))
    return "\n".join(lines).strip("\n")


def _events(root: Any) -> Iterator[tuple[str, Any]]:
    """start, end, skip (not seen) and table (a table of facts, taken whole) in document order."""
    stack: list[tuple[str, Any]] = [("start", root)]
    while stack:
        event, element = stack.pop()
        if event == "start" and not isinstance(element.tag, str):
            event = "skip"
        if event == "start" and (element.tag in _UNSEEN or _is_hidden(element)):
            event = "skip"
        if event == "start" and element.tag == "table" and _is_of_facts(element):
            event = "table"
        yield event, element
        if event == "start":
            stack.append(("end", element))
            stack.extend(("start", child) for child in reversed(element))


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def _is_of_facts(table: Any) -> bool:
    """Pages use tables for their layout, too: with a table inside, or with one column."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    widest = max((sum(1 for cell in row if cell.tag in ("td", "th")) for row in table.iter("tr")), default=0)
    return widest > 1


def _rows(table: Any) -> Iterator[list[Field]]:
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th") and not _is_hidden(cell)]
        if cells:
            yield [Field(_cell_text(cell), _span(cell, "rowspan"), _span(cell, "colspan")) for cell in cells]


def _cell_text(cell: Any) -> str:
    pieces: list[str] = []
    for event, element in _events(cell):
        if event == "start":
            pieces.append("\n" if element.tag in _BLOCKS or element.tag == "br" else "")
            pieces.append(_SPACES.sub(" ", element.text or ""))
        elif element is not cell:
            pieces.append("\n" if event == "end" and element.tag in _BLOCKS else "")
        if event != "start" and element is not cell:
            pieces.append(_SPACES.sub(" ", element.tail or ""))
    return re.sub(r"\n{2,}", "\n", _tidy("".join(pieces))).strip()


def _span(cell: Any, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(int(value), 1000) if value.isascii() and value.isdigit() and len(value) < 5 else 1


def _form(element: Any) -> dict[str, Any]:
    """Alignment, size and weight: the nearest element that says something counts."""
    form: dict[str, Any] = {}
    while element is not None and isinstance(element.tag, str):
        style = element.get("style", "")
        if "align" not in form:
            match = _ALIGN.search(style)
            align = match[1].lower() if match else element.get("align", "").lower()
            if element.tag == "center":
                align = "center"
            if align in ("left", "center", "right", "justify") and element.tag not in ("img", "table"):
                form["align"] = align
        size = _SIZE.search(style)
        if size and "size" not in form:
            form["size"] = round(min(float(size[1]), 999.0) * _SIZES[size[2].lower()], 1)
        if element.tag in _BOLD or re.search(r"font-weight\s*:\s*(bold|[6-9]00)", style, re.I):
            form["bold"] = True
        if re.fullmatch(r"h[1-6]", element.tag):
            form.setdefault("style", element.tag)
        element = element.getparent()
    return form
