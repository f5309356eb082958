"""``gongkai gate FILE --json`` on every kind of file that an office has, and on those that nobody can open."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pikepdf
import pytest
from django.core.management import CommandError
from PIL import Image, ImageDraw

from gongkai.files import inspecting
from gongkai.files.tests import oldpapers
from gongkai.files.tests.test_redacting import paper
from gongkai.gate.tests.test_command import run

pytestmark = [pytest.mark.django_db, pytest.mark.feature("C02")]
MOBILE = "13912345678"


@pytest.fixture(autouse=True)
def without_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is where the extra for recognition is not installed."""
    monkeypatch.setattr(inspecting, "can_recognise", lambda: False)


def asked(path: Path) -> tuple[set[tuple[str, str]], bool, int, str]:
    text, code = run(path)
    answer = json.loads(text)
    assert set(answer) == {"findings", "readable"} and MOBILE not in text
    found = {(one["rule"], one["level"]) for one in answer["findings"]}
    return found, answer["readable"], code, " ".join(one["text"] for one in answer["findings"])


def made(make: Any) -> bytes:
    out = io.BytesIO()
    make(out)
    return out.getvalue()


def word() -> bytes:
    one = docx.Document()
    for piece in ("手机", MOBILE[:3], MOBILE[3:]):
        (one.paragraphs[0] if one.paragraphs else one.add_paragraph()).add_run(piece)
    return made(one.save)


def sheet() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["手机"])
    book.active.append([int(MOBILE)])
    return made(book.save)


def picture(kind: str, *, place: bool = False) -> bytes:
    one, exif = Image.new("RGB", (300, 80), "white"), Image.Exif()
    ImageDraw.Draw(one).text((10, 10), MOBILE, fill="black")
    if place:
        exif.get_ifd(0x8825).update({1: "N", 2: (36.0, 4.0, 0.0), 3: "E", 4: (120.0, 22.0, 0.0)})
    return made(lambda out: one.save(out, kind, exif=exif.tobytes()))


def old_word() -> bytes:
    return oldpapers.old_word("notice", 关于做好基层政务公开有=MOBILE)


def words_ofd() -> bytes:
    return oldpapers.ofd(oldpapers.text_object(f"手机{MOBILE}", 30, 60))


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.docx", word),
        ("a.xlsx", sheet),
        ("a.html", lambda: f"<meta charset='utf-8'><p>手机<b>139</b>{MOBILE[3:]}</p>".encode()),
        ("a.txt", lambda: f"手机{MOBILE}".encode()),
        ("b.txt", lambda: f"手机号码{MOBILE}，请联系".encode("gbk")),
        ("a.doc", old_word),
        ("a.wps", old_word),
        ("a.ofd", words_ofd),
    ],
)
def test_a_number_is_found_in_every_kind(tmp_path: Path, name: str, make: Any) -> None:
    (tmp_path / name).write_bytes(make())
    found, readable, code, _ = asked(tmp_path / name)
    assert ("personal.mobile", "block") in found and readable and code == 1


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_number_in_the_text_of_a_turned_and_cropped_page_is_found(tmp_path: Path, rotate: int) -> None:
    path = paper(tmp_path / "a.pdf", [(f"手机 {MOBILE}",)], rotate=rotate, crop=True)
    found, readable, code, _ = asked(path)
    assert ("personal.mobile", "block") in found and readable and code == 1


def test_what_a_crop_box_cuts_off_is_found_and_told(tmp_path: Path) -> None:
    path = paper(tmp_path / "a.pdf", [("第一行", f"手机 {MOBILE}")])
    with pikepdf.open(path, allow_overwriting_input=True) as opened:
        opened.pages[0].CropBox = [0, 720, 595, 842]
        opened.save()
    found, readable, code, _ = asked(path)
    assert {("personal.mobile", "block"), ("hidden.invisible_text", "block")} <= found
    assert readable and code == 1


@pytest.mark.parametrize(("name", "kind"), [("a.png", "PNG"), ("a.jpg", "JPEG")])
def test_a_picture_is_not_taken_for_read(tmp_path: Path, name: str, kind: str) -> None:
    (tmp_path / name).write_bytes(picture(kind, place=True))
    found, readable, code, said = asked(tmp_path / name)
    assert not readable and code == 1 and "图片带有拍摄地点" in said
    assert found == {("file.unreadable", "block"), ("hidden.location", "warn")}


@pytest.mark.parametrize(
    ("name", "body", "says"),
    [
        ("空.docx", b"", "是空的"),
        ("空.txt", b"", "是空的"),
        ("坏.docx", b"PK\x03\x04 torn", "打不开"),
        ("坏.xlsx", b"PK\x03\x04 torn", "打不开"),
        ("坏.pdf", b"%PDF-1.4 torn", "打不开"),
        ("坏.jpg", b"\xff\xd8\xff\xe0 torn", "图片打不开"),
        ("坏.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 torn", "请"),
        ("坏.ofd", b"PK\x03\x04 torn", "打不开"),
        ("假.docx", b"%PDF-1.4 x", "文件名以 .docx 结尾"),
    ],
)
def test_what_nobody_can_open_blocks_with_a_sentence(
    tmp_path: Path, name: str, body: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(body)
    found, readable, code, said = asked(tmp_path / name)
    assert found == {("file.unreadable", "block")} and not readable and code == 1 and says in said


def test_a_locked_paper_says_so(tmp_path: Path) -> None:
    with pikepdf.open(paper(tmp_path / "a.pdf", [("第一行",)])) as opened:
        opened.save(tmp_path / "锁.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    _, readable, code, said = asked(tmp_path / "锁.pdf")
    assert not readable and code == 1 and "设了密码" in said


def test_a_path_that_leads_nowhere_ends_with_2(tmp_path: Path) -> None:
    for path, says in ((tmp_path / "没有.pdf", "没有找到"), (tmp_path, "是文件夹")):
        with pytest.raises(CommandError, match=says) as told:
            run(path)
        assert told.value.returncode == 2
