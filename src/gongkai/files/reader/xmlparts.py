"""Office XML, read in small steps with a parser that fetches nothing and resolves nothing."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": W,
    "http://purl.oclc.org/ooxml/spreadsheetml/main": S,
    "http://purl.oclc.org/ooxml/officeDocument/relationships": R,
}
_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def steps(box: zipfile.ZipFile, member: str, events: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Start and end of each element of a member, as the parser meets them."""
    with box.open(member) as stream:
        yield from etree.iterparse(stream, events=events, **_SAFE)


def tree(box: zipfile.ZipFile, member: str) -> Any:
    """A small member as a tree (styles, numbering, relations); None where it is missing."""
    if member not in box.namelist():
        return None
    return etree.fromstring(box.read(member), etree.XMLParser(**_SAFE))


def plain_tag(element: Any) -> str:
    """The tag in the usual name space, although the paper was saved in the strict one."""
    tag = element.tag
    if isinstance(tag, str) and tag.startswith("{http://purl"):
        space, local = tag[1:].split("}")
        return _STRICT.get(space, "{}") + local
    return tag if isinstance(tag, str) else ""


def relations(box: zipfile.ZipFile, member: str) -> dict[str, tuple[str, str]]:
    """Relation id to (kind, target member) of a member; outside targets are left out."""
    folder, name = posixpath.split(member)
    root = tree(box, f"{folder}/_rels/{name}.rels")
    found: dict[str, tuple[str, str]] = {}
    for relation in root if root is not None else ():
        if relation.get("TargetMode") == "External":
            continue
        target = relation.get("Target", "")
        full = (
            target.lstrip("/")
            if target.startswith("/")
            else posixpath.normpath(posixpath.join(folder, target))
        )
        found[relation.get("Id", "")] = (relation.get("Type", "").rsplit("/", 1)[-1], full)
    return found


def release(element: Any) -> None:
    """Forget an element that was read, and those before it, so that memory stays flat."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]
