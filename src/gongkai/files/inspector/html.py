"""A page: its words, and what a browser does not show."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import lxml.html
from lxml import etree

from gongkai.files.inspector.docxlook import near
from gongkai.files.inspector.findings import Findings
from gongkai.files.reader.charset import decode

_GONE = re.compile(
    r"display:none|visibility:hidden|opacity:0(?![.\d])|font-size:[012](\.\d+)?(px|pt)|text-indent:-\d{3,}"
)
_COLOUR = re.compile(r"(?:^|;)(color|background|background-color):(#[0-9a-f]{3,6}|white|black)")


def inspect(path: Path, findings: Findings) -> None:
    parser = lxml.html.HTMLParser(no_network=True, huge_tree=False)
    root = lxml.html.document_fromstring(
        re.sub(r"^\s*<\?xml[^>]*>", "", decode(path.read_bytes(), declared=True)), parser=parser
    )
    for number, element in enumerate(root.iter(), 1):
        where = f"第 {element.sourceline or number} 行"
        if element.tag is etree.Comment:
            findings.hidden("comment", where, element.text or "")
        elif isinstance(element.tag, str):
            _element(element, where, findings)
        findings.passage(where, element.tail or "")


def _element(element: Any, where: str, findings: Findings) -> None:
    words = " ".join(element.text_content().split())
    if element.tag in ("script", "object", "embed", "iframe"):
        findings.hidden("macro", where, words or element.tag)
        return
    if any(name.startswith("on") for name in element.attrib) or any(
        value.strip().lower().startswith("javascript:") for value in element.attrib.values()
    ):
        findings.trap("macro", where, words)
    if element.tag in ("img", "link", "source") and re.match(
        r"(https?:)?//|file:", element.get("src") or element.get("href") or "", re.I
    ):
        findings.trap("external_link", where, element.get("src") or element.get("href") or "")
    if element.tag == "a" and (element.get("href") or "").lower().startswith(("file:", "\\\\")):
        findings.trap("external_link", where, element.get("href") or "")
    if element.tag == "meta" and (element.get("name") or "").lower() == "author" and element.get("content"):
        findings.trap("metadata", where, element.get("content") or "")
    if words and _unseen(element):
        findings.trap("invisible_text", where, words)
    if element.tag != "style":
        findings.passage(where, element.text or "")
        findings.passage(where, element.get("alt") or element.get("title") or "", hidden=True)


def _unseen(element: Any) -> bool:
    style = re.sub(r"\s+", "", (element.get("style") or "").lower())
    if "hidden" in element.attrib or _GONE.search(style):
        return True
    found = dict(_COLOUR.findall(style))
    back = found.get(
        "background-color", found.get("background", "#ffffff" if "background" not in style else "")
    )
    return bool(back) and "color" in found and near(_six(found["color"]), _six(back or ""))


def _six(colour: str) -> str:
    colour = {"white": "ffffff", "black": "000000"}.get(colour, colour.lstrip("#"))
    return "".join(sign * 2 for sign in colour) if len(colour) == 3 else colour
