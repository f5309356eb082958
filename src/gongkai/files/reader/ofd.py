"""Reads an .ofd (GB/T 33190): the words of each page with their places become lines, paragraphs and tables.

Read are the words as they were written into the pages and their templates; words in pictures and in annotations
are not. A page without any words is a scan.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from gongkai.files.problems import Unreadable
from gongkai.files.reader import xmlparts
from gongkai.files.reader.answer import MAX_PAGES, Answer
from gongkai.files.reader.pages import Pages
from gongkai.files.reader.pdf import MAX_SIGNS, SOME_SCANNED
from gongkai.files.reader.pdfsigns import Ruling, Sign, ruling

POINT = 72 / 25.4  # from millimetres
_PAPER = (210.0, 297.0)
_STEP = re.compile(r"([MLCSQBAZz])|(-?[\d.]+(?:[eE]-?\d+)?)")
Matrix = tuple[float, float, float, float, float, float]


def read(box: zipfile.ZipFile, answer: Answer) -> None:
    pages, left, empty, count = Pages(answer), MAX_SIGNS, 0, 0
    for document in documents(box):
        paper = _size(document.root, _PAPER)
        for member in document.pages:
            count += 1
            if count > MAX_PAGES:
                raise Unreadable("file.too_much")
            signs, rulings = page_of(box, document, member, paper)
            left -= len(signs)
            if left < 0:
                raise Unreadable("file.too_much")
            empty += not signs
            if signs:
                pages.take(rulings, signs, count)
    pages.hand_on()
    answer.unread = empty
    if not count:
        raise Unreadable("file.broken")
    if empty == count:
        raise Unreadable(
            "file.scan",
            "这个 ofd 是扫描件，只有图像、没有文字，系统读不到内容。请上传原来的 docx，或带文字的 pdf。",
        )
    if empty:
        answer.warn(SOME_SCANNED.format(count=empty))


class Document:
    """One paper in the container: its parts by their places."""

    def __init__(self, box: zipfile.ZipFile, member: str) -> None:
        self.member, self.root = member, part(box, member)
        self.pages = [
            place(member, one.get("BaseLoc", "")) for one in self.root.iter() if _tag(one) == "Page"
        ]
        self.templates = {
            one.get("ID", ""): place(member, one.get("BaseLoc", ""))
            for one in self.root.iter()
            if _tag(one) == "TemplatePage"
        }


def documents(box: zipfile.ZipFile) -> list[Document]:
    """The papers of the container, in their order."""
    root = part(box, "OFD.xml")
    roots = [one.text or "" for one in root.iter() if _tag(one) == "DocRoot"]
    return [Document(box, place("OFD.xml", one.strip())) for one in roots[:20]]


def part(box: zipfile.ZipFile, member: str) -> Any:
    """A part as a tree; a part that is missing makes a broken file."""
    root = xmlparts.tree(box, member)
    if root is None:
        raise Unreadable("file.broken")
    return root


def place(owner: str, target: str) -> str:
    """Where a part lies that another part names."""
    if target.startswith("/"):
        return posixpath.normpath(target.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(owner), target))


def page_of(
    box: zipfile.ZipFile, document: Document, member: str, paper: tuple[float, float]
) -> tuple[list[Sign], list[Ruling]]:
    """The signs and lines of a page, its templates under it."""
    root = part(box, member)
    height = _size(root, paper)[1]
    layers = [root]
    for one in root.iter():
        if _tag(one) == "Template" and one.get("TemplateID", "") in document.templates:
            layers.insert(0, part(box, document.templates[one.get("TemplateID", "")]))
    signs: list[Sign] = []
    rulings: list[Ruling] = []
    for layer in layers:
        for one in layer.iter():
            if _tag(one) == "TextObject" and is_shown(one):
                signs += _signs(one, height)
            elif _tag(one) == "PathObject":
                _path(one, height, rulings)
    return [sign for sign in signs if sign.text.strip()], rulings


def is_shown(thing: Any) -> bool:
    """Whether an object is drawn at all."""
    return thing.get("Visible", "true") != "false" and thing.get("Alpha", "255") != "0"


def _signs(thing: Any, height: float) -> Iterator[Sign]:
    left, top, *_ = _numbers(thing.get("Boundary", "")) or [0.0, 0.0]
    matrix = _matrix(thing.get("CTM", ""))
    size = float(thing.get("Size", "0") or 0)
    bold = int(thing.get("Weight", "400") or 400) >= 600
    scale = (matrix[2] ** 2 + matrix[3] ** 2) ** 0.5
    for code in thing:
        if _tag(code) != "TextCode":
            continue
        x, y = float(code.get("X", "0") or 0), float(code.get("Y", "0") or 0)
        across, down = _steps(code.get("DeltaX", "")), _steps(code.get("DeltaY", ""))
        for number, letter in enumerate(code.text or ""):
            wide = size if ord(letter) > 0x2E7F else size * 0.5
            at = matrix[0] * x + matrix[2] * y + matrix[4] + left
            base = height - (matrix[1] * x + matrix[3] * y + matrix[5] + top)
            yield Sign(
                letter,
                at * POINT,
                (base - size * scale * 0.12) * POINT,
                (at + wide * (matrix[0] ** 2 + matrix[1] ** 2) ** 0.5) * POINT,
                (base + size * scale * 0.88) * POINT,
                round(size * scale * POINT, 1),
                bold,
            )
            x += across[number] if number < len(across) else (0.0 if down else wide)
            y += down[number] if number < len(down) else 0.0


def _steps(text: str) -> list[float]:
    """Distances between letters; ``g 3 5.5`` says the same one three times."""
    words, at = text.split(), 0
    found: list[float] = []
    while at < len(words) and len(found) < 100_000:
        if words[at] == "g" and at + 2 < len(words):
            found += [float(words[at + 2])] * min(int(words[at + 1]), 10_000)
            at += 3
        else:
            found.append(float(words[at]))
            at += 1
    return found


def _path(thing: Any, height: float, rulings: list[Ruling]) -> None:
    left, top, *_ = _numbers(thing.get("Boundary", "")) or [0.0, 0.0]
    matrix = _matrix(thing.get("CTM", ""))
    data = next((one.text or "" for one in thing if _tag(one) == "AbbreviatedData"), "")

    def point(x: float, y: float) -> tuple[float, float]:
        across = matrix[0] * x + matrix[2] * y + matrix[4] + left
        down = matrix[1] * x + matrix[3] * y + matrix[5] + top
        return across * POINT, (height - down) * POINT

    start = last = None
    order = ""
    numbers: list[float] = []
    for letter, number in _STEP.findall(data)[:8000]:
        if letter:
            order, numbers = letter, []
            if letter in "CZz" and start is not None and last is not None:
                ruling(last, start, rulings)
            continue
        numbers.append(float(number))
        if len(numbers) == 2 and order in ("M", "S", "L"):
            now = point(*numbers)
            if order == "L" and last is not None:
                ruling(last, now, rulings)
            start, last, numbers = (now if order != "L" else start), now, []


def _size(root: Any, without: tuple[float, float]) -> tuple[float, float]:
    for one in root.iter():
        if _tag(one) == "PhysicalBox":
            numbers = _numbers(one.text or "")
            if len(numbers) == 4:
                return numbers[2], numbers[3]
    return without


def _matrix(text: str) -> Matrix:
    numbers = _numbers(text)
    return tuple(numbers) if len(numbers) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)  # type: ignore[return-value]


def _numbers(text: str) -> list[float]:
    return [float(one) for one in text.split()]


def _tag(element: Any) -> str:
    return str(element.tag).rsplit("}", 1)[-1]
