"""Files that are broken, hostile or not what their name says: the caller lives and gets a Chinese sentence."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from PIL import Image

from gongkai.files import reading
from gongkai.files.reading import inspect_file, read_file

TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def paper(body: str) -> str:
    return f"<w:document {SPACE}><w:body>{body}</w:body></w:document>"


def packed(path: Path, members: dict, method: int = zipfile.ZIP_DEFLATED) -> Path:
    """A zip whose members are texts or functions that write to the stream."""
    with zipfile.ZipFile(path, "w", method) as box:
        box.writestr("[Content_Types].xml", TYPES)
        for name, content in members.items():
            if callable(content):
                with box.open(name, "w") as stream:
                    content(stream)
            else:
                box.writestr(name, content)
    return path


def fifteen_million_paragraphs(stream) -> None:
    stream.write(f"<w:document {SPACE}><w:body>".encode())
    for _ in range(150):
        stream.write(b"<w:p/>" * 100_000)
    stream.write(b"</w:body></w:document>")


def megabytes(count: int):
    def write(stream) -> None:
        for _ in range(count):
            stream.write(b"\0" * (1 << 20))

    return write


WORDS = paper("<w:p><w:r><w:t>字</w:t></w:r></w:p>")
HOSTILE = {
    "fifteen million paragraphs": ({"word/document.xml": fifteen_million_paragraphs}, "file.bomb"),
    "200,001 paragraphs": ({"word/document.xml": paper("<w:p/>" * 200_001)}, "file.too_much"),
    "zip bomb": ({"word/document.xml": WORDS, "word/media/a.png": megabytes(160)}, "file.bomb"),
    "many bombs": (
        {"word/document.xml": WORDS, **{f"word/media/{n}.png": megabytes(110) for n in range(3)}},
        "file.bomb",
    ),
    "path slip": ({"word/document.xml": WORDS, "../../etc/cron.d/x": "x"}, "file.path_slip"),
    "path slip of Windows": ({"word/document.xml": WORDS, "C:\\x.xml": "x"}, "file.path_slip"),
    "entities": ({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]>' + WORDS}, "file.entities"),
    "too many members": ({"word/document.xml": WORDS, **{f"m{n}": "" for n in range(3100)}}, "file.members"),
    "a program inside": ({"word/document.xml": WORDS, "word/embeddings/a.exe": "MZ"}, "file.nested"),
    "an archive inside": ({"word/document.xml": WORDS, "a.zip": "PK"}, "file.nested"),
    "too deep": ({"word/document.xml": paper("<w:p>" * 50_000)}, "file.broken"),
    "no words": ({"word/document.xml": paper("<w:p/>")}, "file.no_text"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_container_is_refused_with_what_to_do(tmp_path, name):
    members, code = HOSTILE[name]
    found = read_file(packed(tmp_path / "文件.docx", members))
    assert (found.readable, found.code, found.blocks) == (False, code, ())
    assert "请" in found.problem and found.problem.endswith("。")


def test_an_uncommon_packing_cannot_be_checked(tmp_path):
    path = packed(tmp_path / "a.docx", {"word/document.xml": WORDS}, zipfile.ZIP_BZIP2)
    assert read_file(path).code == "file.method"


def test_an_encrypted_member_and_an_encrypted_package_ask_for_the_password_to_go(tmp_path):
    path = packed(tmp_path / "a.docx", {"word/document.xml": WORDS})
    content = bytearray(path.read_bytes())
    place = content.rindex(b"PK\x01\x02")
    content[place + 8] |= 1  # the flag of the last entry in the directory
    path.write_bytes(bytes(content))
    assert read_file(path).code == "file.password"
    package = tmp_path / "b.docx"
    package.write_bytes(OLD_OFFICE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    assert read_file(package).code == "file.password"


def test_a_size_that_lies_in_the_directory_does_not_help_a_bomb(tmp_path):
    path = packed(tmp_path / "a.docx", {"word/document.xml": WORDS, "word/media/a.png": megabytes(40)})
    content = path.read_bytes().replace((40 << 20).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    path.write_bytes(content)
    assert read_file(path).readable is False


def test_one_cell_in_the_last_corner_of_a_sheet_is_one_cell(tmp_path):
    book = Workbook()
    book.active["XFD1048576"] = "远"
    path = tmp_path / "稀疏.xlsx"
    book.save(path)
    assert path.stat().st_size < 6000
    found = read_file(path)
    assert [table.texts for table in found.blocks] == [(("远",),)]
    assert "很远的行或列" in found.warnings[0]


def test_a_merge_over_the_whole_sheet_costs_nothing(tmp_path):
    book = Workbook()
    book.active["A1"] = "近"
    book.active["XFD1048576"] = "远"
    book.save(tmp_path / "plain.xlsx")
    path = tmp_path / "a.xlsx"
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFC1048575"/></mergeCells>'
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as plain, zipfile.ZipFile(path, "w") as box:
        for name in plain.namelist():
            box.writestr(name, plain.read(name).replace(b"</sheetData>", merge))
    found = read_file(path)
    assert found.readable and len(found.blocks[0].rows) <= 2


FILES = {
    "空.docx": (b"", "file.empty"),
    "程序.docx": (b"MZ\x90\x00" + b"\0" * 300, "file.program"),
    "脚本.txt": (b"#!/bin/sh\nrm -rf x\n", "file.program"),
    "半截.pdf": (b"%PDF-1.7\n1 0 obj\n<<", "file.broken"),
    "乱码.pdf": (bytes(range(256)) * 20, "file.unknown"),
    "空白.txt": (b" \n\t\n", "file.no_text"),
    "旧.doc": (OLD_OFFICE + b"\0" * 600, "file.broken"),
    "旧表.xls": (OLD_OFFICE + b"\0" * 600, "file.cannot_read"),
    "版式.wps": (OLD_OFFICE + b"\0" * 600, "file.broken"),
    "照片.png": (b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "file.broken_picture"),
    "包.rar": (b"Rar!\x1a\x07\x00" + b"\0" * 60, "file.cannot_read"),
    "改名.docx": (b"%PDF-1.7\nx", "file.belied"),
    "改名.pdf": ("只是文字".encode(), "file.belied"),
}


@pytest.mark.parametrize("name", FILES)
def test_what_is_no_paper_is_named_and_told_what_to_do(tmp_path, name):
    content, code = FILES[name]
    (tmp_path / name).write_bytes(content)
    found = read_file(tmp_path / name)
    assert (found.readable, found.code) == (False, code)
    assert "请" in found.problem and found.problem.endswith("。")


def test_a_scan_says_that_it_is_one(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "can_recognise", lambda: False)
    Image.new("RGB", (300, 400), "white").save(tmp_path / "扫描.pdf")
    found = read_file(tmp_path / "扫描.pdf")
    assert (found.kind, found.code) == ("pdf", "file.scan")
    assert inspect_file(tmp_path / "扫描.pdf").readable  # as an attachment it may stay


def test_a_missing_file_is_a_sentence_too(tmp_path):
    assert read_file(tmp_path / "没有.docx").code == "file.missing"


def test_endless_nesting_and_spans_in_a_page_come_to_an_end(tmp_path):
    (tmp_path / "深.html").write_text("<html><body>" + "<div>" * 100_000 + "x", encoding="utf-8")
    (tmp_path / "宽.html").write_text(
        "<table><tr><td rowspan=9999 colspan=9999>甲<td>乙</table>", encoding="utf-8"
    )
    assert read_file(tmp_path / "深.html").problem.endswith("。") or read_file(tmp_path / "深.html").readable
    assert len(read_file(tmp_path / "宽.html").blocks[0].rows) == 1


def test_a_child_that_hangs_is_killed_and_the_caller_lives(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "等.txt")
    monkeypatch.setattr(reading, "WALL_SECONDS", 0.5)
    monkeypatch.setattr(Path, "is_file", lambda self: True)
    found = read_file(tmp_path / "等.txt")
    assert (found.readable, found.code) == (False, "file.too_slow")
    assert "已停止" in found.problem


@pytest.mark.parametrize(
    ("returncode", "code"),
    [(-24, "file.too_slow"), (-14, "file.too_slow"), (-9, "file.too_slow"), (-25, "file.too_large"), (-11, "file.broken"), (1, "file.broken")],
)  # fmt: skip
def test_every_death_of_the_child_has_its_sentence(returncode, code):
    import io

    answered = reading._answered(io.BytesIO(b'{"text": "half"}\n'), returncode)
    assert reading._reading_of(answered).code == code


def test_the_child_cannot_write_nor_call_out():
    attempts = (
        "open('/dev/shm/x', 'w')", "__import__('socket').create_connection(('127.0.0.1', 9))",
        "__import__('subprocess').run(['true'])", "__import__('os').system('true')", "bytearray(3 * 1024**3)",
    )  # fmt: skip
    for attempt in attempts:
        program = (
            "from gongkai.files.reader import limits\nlimits.shut_in()\n"
            f"try:\n    {attempt}\nexcept (PermissionError, MemoryError):\n    print('stopped')\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            env=reading._bare_environment(),
            check=False,
        )
        assert done.stdout == "stopped\n", (attempt, done.stderr)


def test_no_parser_is_ever_loaded_in_the_calling_process(tmp_path):
    path = packed(tmp_path / "a.docx", {"word/document.xml": WORDS})
    program = (
        "import sys\nfrom gongkai.files.reading import read_file\n"
        f"assert read_file({str(path)!r}).readable\n"
        "parsers = {'lxml', 'docx', 'openpyxl', 'pypdfium2', 'pikepdf', 'PIL', 'zipfile', 'django'}\n"
        "print(sorted(parsers & {name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env=reading._bare_environment(),
        check=False,
    )
    assert done.stdout.strip() == "[]", done.stderr
