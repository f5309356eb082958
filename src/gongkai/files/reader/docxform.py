"""How a Word paragraph looks: alignment, size, weight from its styles, and its automatic number."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, replace
from typing import Any

from gongkai.files.reader.xmlparts import W, tree
from gongkai.kernel.text.numerals import to_chinese

_ALIGN = {
    "left": "left",
    "start": "left",
    "center": "center",
    "right": "right",
    "end": "right",
    "both": "justify",
    "distribute": "justify",
}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True)
class Form:
    """The look of a paragraph or run; zero and empty mean unknown."""

    style: str = ""
    align: str = ""
    size: float = 0.0
    bold: bool = False
    number: tuple[str, int] | None = None


@dataclass(frozen=True)
class _Level:
    start: int
    kind: str
    pattern: str


class Forms:
    """Styles and numbering of one paper."""

    def __init__(self, box: zipfile.ZipFile) -> None:
        self._styles: dict[str, Any] = {}
        self._names: dict[str, str] = {}
        self._resolved: dict[str, Form] = {}
        self._default = Form()
        self._default_style = ""
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._read_styles(tree(box, "word/styles.xml"))
        self._read_numbering(tree(box, "word/numbering.xml"))

    def of_paragraph(self, paragraph: Any) -> Form:
        """Style, then what the paragraph itself says."""
        marks = paragraph.find(W + "pPr")
        named = _value(marks.find(W + "pStyle")) if marks is not None else ""
        form = self._of_style(named or self._default_style, 0)
        return _with_paragraph_marks(form, marks) if marks is not None else form

    def of_run(self, marks: Any, form: Form) -> Form:
        """The look of a run inside a paragraph of this form."""
        return _with_run_marks(form, marks) if marks is not None else form

    def number_of(self, paragraph: Any, form: Form) -> str:
        """The automatic number that Word would print before the paragraph, such as 一、 or 1."""
        if form.number is None:
            return ""
        name, depth = form.number
        levels = self._levels.get(name)
        if not levels or depth not in levels:
            return ""
        level = levels[depth]
        self._counts[name, depth] = self._counts.get((name, depth), level.start - 1) + 1
        for deeper in [key for key in self._counts if key[0] == name and key[1] > depth]:
            del self._counts[deeper]
        text = level.pattern
        for place, other in levels.items():
            if f"%{place + 1}" in text:
                count = self._counts.get((name, place), other.start)
                text = text.replace(f"%{place + 1}", _counted(count, other.kind))
        return "" if level.kind in ("bullet", "none") else text

    def _of_style(self, name: str, depth: int) -> Form:
        if name in self._resolved:
            return self._resolved[name]
        style = self._styles.get(name)
        if style is None or depth > 12:
            return self._default
        base = _value(style.find(W + "basedOn"))
        form = self._of_style(base, depth + 1) if base and base != name else self._default
        form = replace(form, style=self._names.get(name, name))
        for marks, apply in (
            (style.find(W + "pPr"), _with_paragraph_marks),
            (style.find(W + "rPr"), _with_run_marks),
        ):
            if marks is not None:
                form = apply(form, marks)
        self._resolved[name] = form
        return form

    def _read_styles(self, root: Any) -> None:
        if root is None:
            return
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        if defaults is not None:
            self._default = _with_run_marks(self._default, defaults)
        for style in root.iter(W + "style"):
            if style.get(W + "type", "paragraph") == "paragraph":
                key = style.get(W + "styleId", "")
                self._styles[key] = style
                self._names[key] = _value(style.find(W + "name"))
                if style.get(W + "default") in ("1", "true"):
                    self._default_style = key

    def _read_numbering(self, root: Any) -> None:
        if root is None:
            return
        abstract = {one.get(W + "abstractNumId", ""): _levels_of(one) for one in root.iter(W + "abstractNum")}
        for one in root.iter(W + "num"):
            self._levels[one.get(W + "numId", "")] = abstract.get(_value(one.find(W + "abstractNumId")), {})


def is_on(mark: Any) -> bool:
    """Whether a switch such as w:b or w:vanish is on; its mere presence turns it on."""
    return mark is not None and mark.get(W + "val", "1") not in ("0", "false", "off", "none")


def _value(element: Any) -> str:
    return str(element.get(W + "val", "")) if element is not None else ""


def _with_paragraph_marks(form: Form, marks: Any) -> Form:
    align = _ALIGN.get(_value(marks.find(W + "jc")))
    if align:
        form = replace(form, align=align)
    numbering = marks.find(W + "numPr")
    if numbering is not None:
        name, depth = _value(numbering.find(W + "numId")), _value(numbering.find(W + "ilvl")) or "0"
        form = replace(form, number=(name, int(depth)) if name not in ("", "0") and depth.isdigit() else None)
    return form


def _with_run_marks(form: Form, marks: Any) -> Form:
    size = _value(marks.find(W + "sz"))
    if size.isdigit():
        form = replace(form, size=min(int(size), 4000) / 2)
    bold = marks.find(W + "b")
    return replace(form, bold=is_on(bold)) if bold is not None else form


def _levels_of(abstract: Any) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for level in abstract.iter(W + "lvl"):
        depth, start = level.get(W + "ilvl", "0"), _value(level.find(W + "start"))
        if depth.isdigit():
            levels[int(depth)] = _Level(
                int(start) if start.isdigit() else 1,
                _value(level.find(W + "numFmt")) or "decimal",
                _value(level.find(W + "lvlText")),
            )
    return levels


def _counted(count: int, kind: str) -> str:
    if kind.startswith(("chinese", "japaneseCounting", "ideograph", "taiwanese")) and 0 < count <= 9999:
        return to_chinese(count)
    if kind == "decimalEnclosedCircle" and 0 < count <= len(_CIRCLED):
        return _CIRCLED[count - 1]
    if kind in ("upperLetter", "lowerLetter") and 0 < count <= 26:
        return chr((65 if kind == "upperLetter" else 97) + count - 1)
    if kind == "decimalZero":
        return f"{count:02d}"
    return str(count)
