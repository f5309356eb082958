"""A .doc or .wps: its words, seen and unseen, remarks, changes, who made it, macros, embedded files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gongkai.files.inspector.docx import leads_out
from gongkai.files.inspector.findings import PROGRAMS, Findings
from gongkai.files.inspector.office import is_path
from gongkai.files.reader import wordfile
from gongkai.files.reader.wordfile import Marks, Story, WordFile, is_on, number_of

_PLACES = {"body": "正文", "header": "页眉页脚", "footnote": "脚注", "endnote": "尾注", "remark": "批注"}
_PROPERTIES = {
    "author": "作者",
    "last_saved_by": "最后修改人",
    "company": "单位",
    "manager": "负责人",
    "template": "模板",
}
_MACROS = ("Macros", "_VBA_PROJECT_CUR", "VBA")
_ENDS = "\r\x07\x0c\x0e"
TINY_HALF_POINTS = 4
WHITE = (0x00FFFFFF, 8)
_SHADES = (0xCA71, 0x4866, 0x2A0C)  # a ground of the letters, a highlight


def inspect(path: Path, findings: Findings) -> None:
    file = WordFile(path)
    for story in file.stories():
        _story(file, story, findings)
    for name in file.names():
        findings.hidden("metadata", "修订和批注人", name)
    _properties(file.box, findings)
    for entry in file.box.listdir(streams=False, storages=True):
        if entry[0] in _MACROS:
            findings.trap("macro", "文件", "文件带有宏")
        elif entry[0] == "ObjectPool" and len(entry) > 1:
            findings.trap("external_link", "文件", "文件里嵌有另一个文件")


def _story(file: WordFile, story: Story, findings: Findings) -> None:
    where = _PLACES.get(story.name, "文本框")
    number, words, fate, held = 1, "", "", ""
    order = ""
    in_order = False

    def settle() -> None:
        nonlocal held
        if fate and held.strip():
            findings.trap(fate, f"{where} 第 {number} 段", held)
        held = ""

    for letter, place in file.letters(story):
        if letter == "\x13":
            in_order, order = True, ""
        elif letter in "\x14\x15":
            if in_order and leads_out(order):
                findings.trap("external_link", f"{where} 第 {number} 段", order.strip())
            in_order = False
        elif in_order:
            order += letter
            continue
        marks = file.characters.at(place)
        now = "comment" if story.name == "remark" else _fate(marks, file.paragraphs.at(place))
        if now != fate or letter in _ENDS:
            settle()
            fate = now
        if letter in _ENDS:
            findings.passage(f"{where} 第 {number} 段", words, hidden=story.name == "remark")
            number, words = number + 1, ""
        elif letter >= " " or letter == "\t":
            words += letter
            held += letter
    settle()
    findings.passage(f"{where} 第 {number} 段", words, hidden=story.name == "remark")


def _fate(marks: Marks, paragraph: Marks) -> str:
    """The rule under which a letter is hidden; "" for what people see."""
    if is_on(marks, wordfile.DELETED) or is_on(marks, wordfile.INSERTED):
        return "tracked_change"
    if is_on(marks, wordfile.VANISH) or number_of(marks, wordfile.SIZE, 21) <= TINY_HALF_POINTS:
        return "invisible_text"
    white = (
        number_of(marks, wordfile.COLOUR, 0) == WHITE[0]
        or number_of(marks, wordfile.OLD_COLOUR, 0) == WHITE[1]
    )
    # A cell or a paragraph may have a dark ground of its own, which is not read here.
    shaded = (
        any(code in marks for code in _SHADES) or is_on(paragraph, wordfile.IN_TABLE) or 0xC64D in paragraph
    )
    return "invisible_text" if white and not shaded else ""


def _properties(box: Any, findings: Findings) -> None:
    try:
        found = box.get_metadata()
    except (OSError, ValueError, KeyError, IndexError, TypeError):
        return
    wide = found.codepage in (65001, None)
    for key, name in _PROPERTIES.items():
        value = getattr(found, key, None)
        if isinstance(value, bytes):
            value = value.decode("utf-8" if wide else "gb18030", "replace")
        text = str(value or "").strip("\0 ")
        findings.passage(f"文件属性·{name}", text, hidden=True)
        if text.lower() in PROGRAMS or (key == "template" and not is_path(text)):
            continue
        findings.trap("metadata", f"文件属性·{name}", text)
