"""Three hundred uploads that mean harm, in families of fifteen; small on the wire, whatever they become."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from gongkai.files.guard import TEST_MARK

EACH = 15
TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZEROS = b"\0" * (1 << 20)


def paper(body: str) -> str:
    return f"<w:document {SPACE}><w:body>{body}</w:body></w:document>"


WORDS = paper("<w:p><w:r><w:t>字</w:t></w:r></w:p>")


def packed(members: dict[str, str | bytes | int], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip; a number stands for so many megabytes of noughts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method, compresslevel=1) as box:
        for name, content in {"[Content_Types].xml": TYPES, **members}.items():
            if isinstance(content, int):
                with box.open(name, "w") as stream:
                    for _ in range(content):
                        stream.write(_ZEROS)
            else:
                box.writestr(name, content)
    return out.getvalue()


def docx(members: dict[str, str | bytes | int]) -> bytes:
    return packed({"word/document.xml": WORDS, **members})


def xlsx(sheet: str) -> bytes:
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return packed(
        {
            "xl/workbook.xml": f'<workbook {main} xmlns:r="{rel}"><sheets><sheet name="一" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{sheet}</sheetData></worksheet>",
        }
    )  # fmt: skip


def pdf(*objects: bytes, root: int = 1) -> bytes:
    """A pdf of these objects with a right table."""
    body, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        root,
        table,
    )


def flate_bomb(megabytes: int, turns: int = 1) -> bytes:
    body = zlib.compress(_ZEROS * megabytes, 9)
    for _ in range(turns - 1):
        body = zlib.compress(body, 9)
    filters = b"[" + b"/FlateDecode " * turns + b"]"
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>",
        b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(body), filters, body),
    )  # fmt: skip


def looped(number: int) -> bytes:
    """A page tree that leads back to itself."""
    kids = b" ".join([b"2 0 R"] * (number + 1))
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count 9999999 /Parent 2 0 R >>" % kids,
    )


def giant_png(side: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def laughs(depth: int) -> str:
    names = [f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, depth)]
    return f'<!DOCTYPE w [<!ENTITY a0 "ha">{"".join(names)}]>' + paper(f"<w:p>&a{depth - 1};</w:p>")


def ole(number: int) -> bytes:
    """The head of an old container whose tables point anywhere."""
    wild = struct.pack("<I", 0xFFFFFFF0 - number * 7919)
    return (
        OLD_OFFICE
        + b"\0" * 16
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + b"\0" * 6
        + wild * 120
        + bytes([number]) * 2048
    )


def _slip(n: int) -> str:
    return (
        "../" * (n + 1) + "etc/passwd",
        f"C:\\x{n}.xml",
        f"/root/{n}",
        f"a/..\\..\\{n}",
        f"..{n}/../../x",
    )[n % 5]


def _cut(n: int) -> bytes:
    whole = docx({"word/styles.xml": paper("x" * 900)})
    return whole[: 40 + n * len(whole) // 20]


STOWAWAYS = (
    "zip",
    "rar",
    "7z",
    "exe",
    "dll",
    "bat",
    "cmd",
    "ps1",
    "vbs",
    "js",
    "hta",
    "lnk",
    "jar",
    "scr",
    "sh",
)
PROGRAMS = (b"MZ\x90\x00" + b"\0" * 99, b"\x7fELF" + b"\0" * 99, b"#!/bin/sh\nrm -rf /\n")
LIES = (b"%PDF-1.7\n%%EOF", b"GIF89a" + b"\0" * 50, b"Rar!\x1a\x07\x00", b"{\\rtf1 x}", "只是文字".encode())
FAMILIES: dict[str, Callable[[int], tuple[str, bytes]]] = {
    "bomb": lambda n: ("a.docx", docx({"word/media/a.png": 6 + n})),
    "many members": lambda n: ("a.docx", docx({f"m{at}": "" for at in range(3001 + n)})),
    "nested": lambda n: ("a.docx", docx({f"word/embeddings/a.{STOWAWAYS[n]}": b"PK"})),
    "path slip": lambda n: ("a.docx", docx({_slip(n): "x"})),
    "outside entity": lambda n: ("a.docx", packed({"word/document.xml": f'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd{n}">]>' + paper("&x;")})),
    "laughs": lambda n: ("a.docx", packed({"word/document.xml": laughs(4 + n)})),
    "deep": lambda n: ("a.docx", packed({"word/document.xml": paper("<w:p>" * (3000 + n * 2000))})),
    "endless paragraphs": lambda n: ("a.docx", packed({"word/document.xml": paper("<w:p/>" * (200_001 + n))})),
    "far cell": lambda n: ("a.xlsx", xlsx(f'<row r="1048576"><c r="XFD1048576"><v>{n}</v></c></row>')),
    "many cells": lambda n: ("a.xlsx", xlsx("<row>" + "<c><v>1</v></c>" * (200_100 + n) + "</row>")),
    "flate": lambda n: ("a.pdf", flate_bomb(8 + n, 1 + n % 3)),
    "loop": lambda n: ("a.pdf", looped(n)),
    "torn pdf": lambda n: ("a.pdf", flate_bomb(1)[: 20 + n * 40]),
    "giant picture": lambda n: ("a.png", giant_png(20_000 + n * 1000)),
    "torn zip": lambda n: ("a.docx", _cut(n)),
    "wild container": lambda n: ("a.wps" if n % 2 else "a.doc", ole(n)),
    "program": lambda n: (f"a{n}.docx", PROGRAMS[n % 3] + bytes([n])),
    "lie": lambda n: (("a.docx", "b.xlsx", "c.png")[n // 5], LIES[n % 5] + b" " * n),
    "virus": lambda n: (("a.docx", docx({"a.bin": b"x" * n + TEST_MARK})), ("a.txt", b"x" * n + TEST_MARK))[n % 2],
    "deep page": lambda n: ("a.html", b"<html><body>" + b"<div>" * (20_000 + n * 1000) + b"<a href='" + b"x" * 50_000),
}  # fmt: skip


def uploads() -> list[tuple[str, str, bytes]]:
    """Family, name and content of each."""
    return [(family, *make(number)) for family, make in FAMILIES.items() for number in range(EACH)]
