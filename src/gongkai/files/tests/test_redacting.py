"""区分处理 of PDF and pictures: what was under a box is gone for every reader, the rest can be searched."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from gongkai.files import redacting
from gongkai.files.redacting import blot, look, prove
from gongkai.files.redactor.__main__ import answered
from gongkai.law.refusal import Refused

pytestmark = [pytest.mark.feature("D11")]
SECRET, OPEN = "370202199001011234", "补偿金额"
LINES = (f"补偿对象：张三 {SECRET}", f"{OPEN} 120000 元", "联系人 李四")


def paper(path: Path, pages: list[tuple[str, ...]], *, rotate: int = 0, crop: bool = False) -> Path:
    """A PDF of lines of text with a title, a bookmark, a note and an attachment that all name the person."""
    made = pikepdf.new()
    descriptor = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name("/STSong-Light"), Flags=6,
            FontBBox=[0, -250, 1000, 900], ItalicAngle=0, Ascent=880, Descent=-120, CapHeight=880, StemV=80,
        )
    )  # fmt: skip
    below = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType0, BaseFont=pikepdf.Name("/STSong-Light"),
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="GB1", Supplement=4),
        DW=1000, FontDescriptor=descriptor,
    )  # fmt: skip
    font = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=pikepdf.Name("/STSong-Light"),
            Encoding=pikepdf.Name("/UniGB-UCS2-H"), DescendantFonts=[made.make_indirect(below)],
        )
    )  # fmt: skip
    for lines in pages:
        page = made.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        drawing = "".join(
            f"BT /F 14 Tf 80 {740 - 40 * at} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"
            for at, text in enumerate(lines)
        )
        page.Contents = made.make_stream(drawing.encode())
        page.Rotate = rotate
        if crop:
            page.CropBox = [30, 40, 560, 800]
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[10, 10, 30, 30], Contents=SECRET
        )
        page.Annots = pikepdf.Array([made.make_indirect(note)])
    made.docinfo["/Title"] = f"张三 {SECRET}"
    made.attachments["附件.txt"] = SECRET.encode()
    made.save(path)
    return path


def boxes_of(path: Path, word: str) -> list:
    return [(0, one.box) for one in look(path, kind="pdf").words if word in one.text]


def blotted(path: Path, boxes: list) -> tuple[Path, tuple[str, ...]]:
    done = blot(path, kind="pdf", boxes=boxes)
    out = path.with_name("out.pdf")
    out.write_bytes(done.content)
    return out, done.removed


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same questions without a child for each: the papers are our own, and the child has tests of its own."""
    monkeypatch.setattr(redacting, "_in_child", lambda asked: redacting._taken(*answered(asked)))


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [False, True])
@pytest.mark.usefixtures("in_this_process")
def test_the_word_is_gone_and_the_rest_is_found(tmp_path: Path, rotate: int, crop: bool) -> None:
    source = paper(tmp_path / "a.pdf", [LINES, ("第二页",)], rotate=rotate, crop=crop)
    out, removed = blotted(source, boxes_of(source, SECRET))
    assert any(SECRET in word for word in removed)
    assert prove(out, kind="pdf", words=[SECRET]).holds
    read = "".join(word.text for word in look(out, kind="pdf").words)
    assert SECRET not in read
    assert OPEN in read or OPEN[::-1] in read  # a page on its head is read backwards
    assert look(out, kind="pdf", page=1).words[0].text == "第二页"


def test_the_picture_is_black_where_the_box_was(tmp_path: Path) -> None:
    source = paper(tmp_path / "a.pdf", [LINES])
    (_, box), *_ = boxes = boxes_of(source, SECRET)
    out, removed = blotted(source, boxes)
    assert any(SECRET in word for word in removed) and prove(out, kind="pdf", words=[SECRET]).holds
    view = look(out, kind="pdf")
    picture = Image.open(io.BytesIO(view.picture)).convert("L")
    middle = (
        int((box[0] + box[2]) / 2 * view.width),
        int((box[1] + box[3]) / 2 * view.height),
    )
    assert picture.getpixel(middle) < 30 and picture.getpixel((5, 5)) > 200


def test_the_proof_finds_what_was_only_painted_over(tmp_path: Path) -> None:
    source = paper(tmp_path / "a.pdf", [LINES])
    found = prove(source, kind="pdf", words=[SECRET])
    assert not found.holds
    assert any("文字" in place for place in found.found[SECRET])
    assert {"附件或脚本", "文档信息", "批注"} <= set(found.extras)
    assert prove(source, kind="pdf", words=["查无此词"]).found == {}


def test_a_word_that_stays_on_another_page_is_named(tmp_path: Path) -> None:
    source = paper(tmp_path / "a.pdf", [LINES, (f"又见 {SECRET}",)])
    out, _ = blotted(source, boxes_of(source, SECRET))
    assert "第2页文字" in prove(out, kind="pdf", words=[SECRET]).found[SECRET]


@pytest.mark.usefixtures("in_this_process")
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    left=st.floats(0.05, 0.6),
    top=st.floats(0.05, 0.5),
    width=st.floats(0.05, 0.3),
    height=st.floats(0.02, 0.3),
)
def test_no_word_under_any_box_survives(
    tmp_path: Path, left: float, top: float, width: float, height: float
) -> None:
    source = paper(tmp_path / "a.pdf", [LINES])
    out, removed = blotted(source, [(0, (left, top, left + width, top + height))])
    whole = [word for word in removed if len(word) > 1 and not _stands_elsewhere(word, removed)]
    assert prove(out, kind="pdf", words=whole).holds


@pytest.mark.usefixtures("in_this_process")
def test_a_short_number_is_looked_for_in_words_not_in_the_numbering_of_the_paper(tmp_path: Path) -> None:
    """0000 stands in every list of offsets; in a string of the paper it is a word that was left."""
    source = paper(tmp_path / "a.pdf", [("第一行",)])
    assert prove(source, kind="pdf", words=["0000"]).found == {}
    with pikepdf.open(source, allow_overwriting_input=True) as opened:
        opened.Root.Left = pikepdf.String("0000")
        opened.save()
    assert "对象" in prove(source, kind="pdf", words=["0000"]).found["0000"]


def _stands_elsewhere(word: str, removed: tuple[str, ...]) -> bool:
    """A fragment such as 00 may well stand outside the box too, also read from its end."""
    if any(word[::-1] in line for line in LINES):
        return True
    return sum(line.count(word) for line in LINES) != sum(other.count(word) for other in removed)


def test_a_picture_loses_its_place_and_what_was_under_the_box(tmp_path: Path) -> None:
    source = tmp_path / "a.jpg"
    picture = Image.new("RGB", (400, 200), "white")
    exif = picture.getexif()
    exif[0x010E] = SECRET
    picture.save(source, exif=exif)
    done = blot(source, kind="image", boxes=[(0, (0.25, 0.25, 0.5, 0.5))])
    out = tmp_path / "a.png"
    out.write_bytes(done.content)
    assert prove(out, kind="image", words=[]).holds and SECRET.encode() not in done.content
    assert Image.open(out).getpixel((150, 75)) == (0, 0, 0)
    assert Image.open(out).getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("boxes", "says"),
    [([], "没有划定"), ([(0, (0.2, 0.2, 0.2, 0.4))], "没有大小"), ([(7, (0.1, 0.1, 0.2, 0.2))], "找不到")],
)
def test_boxes_that_say_nothing_are_refused(tmp_path: Path, boxes: list, says: str) -> None:
    source = paper(tmp_path / "a.pdf", [LINES])
    with pytest.raises(Refused) as told:
        blot(source, kind="pdf", boxes=boxes)
    assert says in str(told.value)


def test_a_broken_paper_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(Refused):
        look(tmp_path / "a.pdf", kind="pdf")
