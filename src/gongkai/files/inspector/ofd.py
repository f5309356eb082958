"""An .ofd: the words of each page, what is drawn over them or not at all, and what travels beside the pages."""

from __future__ import annotations

import zipfile
from typing import Any

from gongkai.files.inspector.findings import PROGRAMS, Findings
from gongkai.files.inspector.office import is_inner, is_path
from gongkai.files.inspector.pdfpage import part_inside
from gongkai.files.problems import Unreadable
from gongkai.files.reader import ofd
from gongkai.files.reader.pdfwords import lines_of

_PERSONAL = {"Author": "作者", "Company": "单位", "CustomData": "自定义属性", "Manager": "负责人"}
Box = tuple[float, float, float, float]


def inspect(box: zipfile.ZipFile, findings: Findings) -> None:
    _beside(box, findings)
    number, empty = 0, []
    for document in ofd.documents(box):
        for member in document.pages:
            number += 1
            if not _page(box, document, member, f"第 {number} 页", findings):
                empty.append(number)
    if number and len(empty) == number:
        raise Unreadable("file.scan")
    findings.unread = empty


def _page(box: zipfile.ZipFile, document: ofd.Document, member: str, where: str, findings: Findings) -> bool:
    root = ofd.part(box, member)
    things = [one for one in root.iter() if _tag(one) in ("TextObject", "PathObject", "ImageObject")]
    for at, thing in enumerate(things):
        if _tag(thing) != "TextObject":
            continue
        words = "".join(code.text or "" for code in thing if _tag(code) == "TextCode")
        if not words.strip():
            continue
        after = [one for one in things[at + 1 :] if _is_filled(one)]
        if any(part_inside(_box(thing), _box(one)) > 0.7 for one in after):
            findings.hidden("covered_text", where, words)
        elif not ofd.is_shown(thing) or _is_white(thing, things[:at]):
            findings.hidden("invisible_text", where, words)
    signs, _ = ofd.page_of(box, document, member, (210.0, 297.0))
    for line in lines_of(signs) if signs else ():
        findings.passage(where, line.text)
    return bool(signs)


def _beside(box: zipfile.ZipFile, findings: Findings) -> None:
    for member in box.namelist():
        if not member.lower().endswith(".xml"):
            continue
        for one in ofd.part(box, member).iter():
            name, text = _tag(one), (one.text or "").strip()
            if member == "OFD.xml" and name in _PERSONAL and text.lower() not in PROGRAMS:
                findings.hidden("metadata", f"文件属性·{_PERSONAL[name]}", text)
            elif member == "OFD.xml" and is_path(text):
                findings.hidden("metadata", "文件属性", text)
            elif name == "Version" and one.get("BaseLoc") and one.get("Current", "true") == "false":
                findings.trap("previous_revision", member, "文件里存有旧版本")
            elif name == "Attachment":
                findings.trap("external_link", member, f"文件里夹带了另一个文件：{one.get('Name', '')}")
            elif name == "Remark" and text:
                findings.hidden("comment", member, text)
            elif name == "GotoA" or (name == "URI" and is_inner(one.get("URI", ""))):
                findings.trap("external_link", member, one.get("URI", one.get("AttachID", "")))
            elif name == "Movie" or name == "Sound":
                findings.trap("macro", member, "页面上嵌有可播放的内容")


def _is_filled(thing: Any) -> bool:
    if _tag(thing) == "ImageObject":
        return False  # a seal lies over the words, and its ground is mostly clear
    return thing.get("Fill") == "true" and ofd.is_shown(thing) and int(thing.get("Alpha", "255")) > 200


def _is_white(thing: Any, before: list[Any]) -> bool:
    colour = next((one.get("Value", "") for one in thing if _tag(one) == "FillColor"), "")
    if colour.split() != ["255", "255", "255"]:
        return False
    return not any(
        (_is_filled(one) or _tag(one) == "ImageObject") and part_inside(_box(thing), _box(one)) > 0.5
        for one in before
    )


def _box(thing: Any) -> Box:
    numbers = [float(one) for one in thing.get("Boundary", "").split()]
    if len(numbers) != 4:
        return 0.0, 0.0, 0.0, 0.0
    left, top, wide, high = numbers
    return left, top, left + wide, top + high


def _tag(element: Any) -> str:
    return str(element.tag).rsplit("}", 1)[-1]
