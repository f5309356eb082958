"""An office paper as a bag of parts: parts are taken out or changed, everything else goes along byte for byte."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from gongkai.files.cleaner import image
from gongkai.files.inspector import office
from gongkai.files.reader import xmlparts

RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "[Content_Types].xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_VERSIONS = re.compile(r".*/versions/.*")
_PLAIN_TYPES = (
    ("application/vnd.ms-word.document.macroEnabled.main+xml",
     "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
    ("application/vnd.ms-excel.sheet.macroEnabled.main+xml",
     "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
)  # fmt: skip
# Properties that say nothing of a person.
_HARMLESS = ("title", "subject", "created", "modified", "revision", "language", "category", "contentStatus",
             "Application", "AppVersion", "Pages", "Words", "Characters", "Lines", "Paragraphs", "DocSecurity",
             "CharactersWithSpaces", "ScaleCrop", "SharedDoc", "HyperlinksChanged", "LinksUpToDate", "TotalTime")  # fmt: skip


class Package:
    """The parts of a docx or xlsx on their way to the public copy."""

    def __init__(self, box: zipfile.ZipFile) -> None:
        self.box = box
        self._trees: dict[str, Any] = {}
        self._bytes: dict[str, bytes] = {}
        self._gone: set[str] = set()

    def names(self) -> list[str]:
        return [one for one in self.box.namelist() if one not in self._gone]

    def tree(self, member: str) -> Any:
        """A part to be changed; None where it is missing."""
        if member not in self._trees:
            self._trees[member] = xmlparts.tree(self.box, member) if member in self.names() else None
        return self._trees[member]

    def drop(self, pattern: str) -> bool:
        """Take out every part whose name fits; relations and types that named it go at the end."""
        gone = {one for one in self.names() if re.fullmatch(pattern, one, re.I)}
        self._gone |= gone
        return bool(gone)

    def put(self, member: str, body: bytes) -> None:
        """Another content for a part that is no tree."""
        self._trees.pop(member, None)
        self._bytes[member] = body

    def relations(self, member: str) -> Iterator[Any]:
        """The relations of a part, outside ones too."""
        folder, name = posixpath.split(member)
        root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        yield from list(root.iter(RELATION)) if root is not None else ()

    def usual(self) -> None:
        """What docx and xlsx have in common: properties, macros, old versions, data of pictures."""
        self.without_macros()
        for member in self.names():
            if _VERSIONS.fullmatch(member):
                self._gone.add(member)
            elif member.lower().endswith(office.PICTURES):
                self._bytes[member] = image.stripped(self.box.read(member))
        self.drop(r"docProps/(custom\.xml|thumbnail\..*)")
        self.drop(r"customXml/.*")
        for member in ("docProps/core.xml", "docProps/app.xml"):
            root = self.tree(member)
            for element in list(root) if root is not None else ():
                if str(element.tag).rsplit("}", 1)[-1] not in _HARMLESS or office.is_path(element.text or ""):
                    root.remove(element)

    def without_macros(self) -> None:
        """Macros go: the saved paper calls itself one without."""
        self._gone |= {one for one in self.names() if office.MACROS.search(one.lower())}

    def save(self) -> bytes:
        """The new file: no dates of members, no relation to what is gone."""
        self._settle_relations()
        self._settle_types()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for member in self.names():
                if self._trees.get(member) is not None:
                    body = etree.tostring(
                        self._trees[member], xml_declaration=True, encoding="UTF-8", standalone=True
                    )
                else:
                    body = self._bytes.get(member) or self.box.read(member)
                new.writestr(zipfile.ZipInfo(member, _EPOCH), body, zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def _settle_relations(self) -> None:
        for member in self.names():
            if not member.endswith(".rels"):
                continue
            folder = posixpath.dirname(posixpath.dirname(member))
            owner = posixpath.join(folder, posixpath.basename(member).removesuffix(".rels"))
            if owner in self._gone:
                self._gone.add(member)
                continue
            root = self.tree(member)
            for relation in list(root.iter(RELATION)):
                if relation.get("TargetMode") == "External":
                    continue
                target = relation.get("Target", "").split("#")[0]
                full = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                if posixpath.normpath(full) in self._gone:
                    root.remove(relation)

    def _settle_types(self) -> None:
        root = self.tree(TYPES)
        for element in list(root) if root is not None else ():
            if element.get("PartName", "").lstrip("/") in self._gone:
                root.remove(element)
            for old, plain in _PLAIN_TYPES:
                if element.get("ContentType") == old:
                    element.set("ContentType", plain)
