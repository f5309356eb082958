"""What docx and xlsx have in common: properties, outside relations, macros, pictures, kept old versions."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from gongkai.files.inspector import image
from gongkai.files.inspector.findings import PROGRAMS, Findings
from gongkai.files.reader import xmlparts

PERSONAL = {
    "creator": "作者", "lastModifiedBy": "最后修改人", "Company": "单位", "Manager": "负责人",
    "HyperlinkBase": "链接基准",
}  # fmt: skip
PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp")
MACROS = re.compile(r"(vbaproject\.bin|vbadata\.xml|vbaprojectsignature.*\.bin|xl/macrosheets/.*\.xml)$")
EMBEDDED = ("oleObject", "package", "control")
_PATH = re.compile(r"[A-Za-z]:[\\/]|\\\\|/Users/|/home/")
MOST_NESTED = 20 * 1024 * 1024


def inspect(box: zipfile.ZipFile, findings: Findings) -> None:
    for member in box.namelist():
        low = member.lower()
        if MACROS.search(low):
            findings.trap("macro", member, "文件带有宏")
        elif low.endswith(".rels"):
            _relations(box, member, findings)
        elif low.endswith(PICTURES):
            image.look(box.read(member), member, findings)
        elif "/versions/" in low:
            findings.trap("previous_revision", member, "文件里存有旧版本")
        elif low.startswith("customxml/item") and low.endswith(".xml") and "props" not in low:
            _text_of(box, member, findings)
        elif "/embeddings/" in low and low.endswith((".xlsx", ".docx", ".xlsm", ".docm", ".pptx")):
            _nested(box, member, findings)
    for member in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"):
        _properties(box, member, findings)


def _relations(box: zipfile.ZipFile, member: str, findings: Findings) -> None:
    root = xmlparts.tree(box, member)
    for relation in root if root is not None else ():
        kind, target = relation.get("Type", "").rsplit("/", 1)[-1], relation.get("Target", "")
        if relation.get("TargetMode") == "External":
            if kind != "hyperlink" or is_inner(target):
                findings.trap("external_link", member, target)
        elif kind in EMBEDDED and "/charts/" not in member:  # a chart keeps the table that it draws
            findings.trap("external_link", member, f"文件里嵌有另一个文件：{target}")


def is_path(text: str) -> bool:
    """Whether a text names a place on somebody's disk."""
    return bool(_PATH.search(text))


def is_inner(target: str) -> bool:
    """Whether a link leads to somebody's disk or inner network."""
    return target.lower().startswith(("file:", "\\\\", "smb:")) or target[1:3] in (":\\", ":/")


def _properties(box: zipfile.ZipFile, member: str, findings: Findings) -> None:
    root = xmlparts.tree(box, member)
    for element in root.iter() if root is not None else ():
        text, name = (element.text or "").strip(), str(element.tag).rsplit("}", 1)[-1]
        if not text:
            continue
        findings.passage(f"文件属性·{PERSONAL.get(name, name)}", text, hidden=True)
        personal = name in PERSONAL and text.lower() not in PROGRAMS
        path = is_path(text) or (name == "Template" and ("\\" in text or "/" in text))
        if personal or path or (name != "property" and member.endswith("custom.xml")):
            findings.trap("metadata", f"文件属性·{PERSONAL.get(name, name)}", text)


def _text_of(box: zipfile.ZipFile, member: str, findings: Findings) -> None:
    root = xmlparts.tree(box, member)
    for element in root.iter() if root is not None else ():
        findings.passage(member, element.text or "", hidden=True)


def _nested(box: zipfile.ZipFile, member: str, findings: Findings) -> None:
    """The words of a paper inside the paper: whoever clicks its picture reads them all."""
    try:
        inner = zipfile.ZipFile(io.BytesIO(box.read(member)))
        wanted = [
            one
            for one in inner.infolist()
            if re.fullmatch(
                r"(xl/sharedStrings|xl/worksheets/[^/]+|word/document|ppt/slides/[^/]+)\.xml", one.filename
            )
        ]
        if sum(one.file_size for one in wanted) > MOST_NESTED:
            findings.trap("external_link", member, "嵌入的文件过大，没有检查")
            return
        for one in wanted:
            root: Any = xmlparts.tree(inner, one.filename)
            for element in root.iter():
                if str(element.tag).endswith(("}t", "}v")):
                    findings.passage(f"{member} {one.filename}", element.text or "", hidden=True)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        findings.trap("external_link", member, "嵌入的文件打不开，没有检查")
