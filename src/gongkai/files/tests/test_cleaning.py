"""The public copy: nothing hidden is left in it, everything else is as it was, the original is not touched."""

from __future__ import annotations

import importlib
import io
import zipfile
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from gongkai.files import cleaning
from gongkai.files.inspector import __main__ as inspector
from gongkai.files.inspector import doors
from gongkai.files.inspector.findings import Findings
from gongkai.files.problems import NOT_YET, Unreadable
from gongkai.files.tests import traps
from gongkai.files.tests.trappdf import _owner

pytestmark = pytest.mark.feature("B25")
NUMBER = 3
CLEANED = (".docx", ".xlsx", ".pdf", ".jpg", ".png")
# Word has no pages before it is opened: words under a shape are told to a person, not taken out by guess.
FOR_A_PERSON = ("under a box.docx", "under a white box.docx", "under an old box.docx", "under a picture.docx")


def found_in(folder: Path, name: str, body: bytes) -> Findings:
    path, findings = folder / "file", Findings()
    path.write_bytes(body)
    try:
        kind, box = inspector.kind_of(path, name)
        doors.inspect(kind, path, box, findings)
    except Unreadable as why:
        assert why.code == NOT_YET, (name, why.code)
    return findings


def cleaned(folder: Path, name: str, body: bytes) -> bytes:
    path = folder / "original"
    path.write_bytes(body)
    kind, box = inspector.kind_of(path, name)
    return importlib.import_module(f"gongkai.files.cleaner.{kind}").clean(path if box is None else box)


def pieces(name: str, body: bytes) -> bytes:
    """Everything that is in a file, unpacked."""
    if name.endswith((".docx", ".xlsx")):
        with zipfile.ZipFile(io.BytesIO(body)) as box:
            return b"\n".join(box.read(one) for one in box.namelist())
    if name.endswith(".pdf"):
        with pikepdf.open(io.BytesIO(body)) as pdf:
            return b"\n".join(
                one.read_raw_bytes() if one.get("/Filter") == pikepdf.Name.DCTDecode else one.read_bytes()
                if isinstance(one, pikepdf.Stream) else repr(one).encode()
                for one in pdf.objects if isinstance(one, pikepdf.Stream | pikepdf.Dictionary)
            )  # fmt: skip
    return body


def test_nothing_hidden_is_left_in_the_copy(tmp_path):
    left, words = [], []
    for name, _, body in traps.traps(NUMBER):
        if not name.endswith(CLEANED) or name in FOR_A_PERSON:
            continue
        copy = cleaned(tmp_path, name, body)
        if found_in(tmp_path, name, copy).traps:
            left.append(name)
        if traps.secret(NUMBER).encode() in pieces(name, copy):
            words.append(name)
    assert left == []
    # What was added by a tracked change stays: that is what people see.
    assert {name.split(".")[0] for name in words} <= VISIBLE


VISIBLE = {"inserted", "change of form", "remark on a mark", "place", "linked picture"}


def test_what_nobody_hid_is_in_the_copy_as_it_was(tmp_path):
    for name, body in traps.clean(NUMBER)[::2]:
        if not name.endswith((".docx", ".xlsx", ".pdf")):
            continue
        before = [one[:2] for one in found_in(tmp_path, name, body).passages if "属性" not in one[0]]
        copy = cleaned(tmp_path, name, body)
        after = [one[:2] for one in found_in(tmp_path, name, copy).passages if "属性" not in one[0]]
        assert after == before, name


def test_words_that_are_seen_stay_beside_the_hidden_ones(tmp_path):
    for name, _, body in traps.traps(NUMBER):
        if name.endswith(".pdf"):
            assert "Notice of the district" in [
                text for _, text, *_ in found_in(tmp_path, name, cleaned(tmp_path, name, body)).passages
            ], name


def test_through_the_child_the_copy_says_what_was_removed_and_what_is_left(tmp_path):
    made = {name: body for name, _, body in traps.traps(NUMBER)}
    for name, rule in (("comment.docx", "hidden.comment"), ("black box.pdf", "hidden.covered_text")):
        path = tmp_path / name
        path.write_bytes(made[name])
        copy = cleaning.clean(path, name=name)
        assert copy.is_clean and {trap.rule for trap in copy.removed} == {rule}
        assert path.read_bytes() == made[name]
    path = tmp_path / "under a box.docx"
    path.write_bytes(made["under a box.docx"])
    copy = cleaning.clean(path, name=path.name)
    assert not copy.is_clean and {trap.rule for trap in copy.left} == {"hidden.covered_text"}


def test_what_cannot_be_cleaned_says_why(tmp_path):
    for name, body in (("坏.docx", b"PK\x03\x04 torn"), ("页.html", b"<html><p>x</p></html>")):
        (tmp_path / name).write_bytes(body)
        copy = cleaning.clean(tmp_path / name, name=name)
        assert copy.content == b"" and "请" in copy.why


def test_a_sealed_pdf_is_not_touched(tmp_path):
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.Seal = pdf.make_indirect(pikepdf.Dictionary(ByteRange=[0, 1, 2, 3], Contents=b"x"))
    pdf.save(tmp_path / "章.pdf")
    assert "签章" in cleaning.clean(tmp_path / "章.pdf", name="章.pdf").why


def test_a_picture_keeps_its_pixels_and_how_it_lies(tmp_path):
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x0112], exif[0x013B] = 6, "Zhang San"
    Image.linear_gradient("L").convert("RGB").save(out, "JPEG", exif=exif)
    copy = cleaned(tmp_path, "a.jpg", out.getvalue())
    with Image.open(io.BytesIO(out.getvalue())) as old, Image.open(io.BytesIO(copy)) as new:
        assert old.tobytes() == new.tobytes()
        assert dict(new.getexif()) == {0x0112: 6}
    assert b"Zhang" not in cleaned(tmp_path, "b.jpg", _owner(0x013B))
