"""Old Word and WPS papers, ofd and scans are ordinary input; what cannot be read says why (B25)."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest

from gongkai.files import converting, inspecting, reading
from gongkai.files.reading import inspect_file, read_file
from gongkai.files.tests import oldpapers
from gongkai.files.tests.oldpapers import notice_ofd, ofd, old_word, scanned, table_ofd, text_object

pytestmark = pytest.mark.feature("B25")


@pytest.fixture(autouse=True)
def bare_machine(request, monkeypatch):
    """As on a machine without the extra and without LibreOffice, but for the tests that are about them."""
    if "with_" not in request.node.name:
        monkeypatch.setattr(reading, "can_recognise", lambda: False)
        monkeypatch.setattr(inspecting, "can_recognise", lambda: False)
        monkeypatch.setattr(converting, "program", lambda: None)


def written(folder: Path, name: str, body: bytes) -> Path:
    (folder / name).write_bytes(body)
    return folder / name


@pytest.mark.parametrize("ending", ["doc", "wps"])
def test_an_old_paper_gives_its_words_with_their_form(tmp_path, ending):
    found = read_file(written(tmp_path, f"通知.{ending}", old_word("notice")))
    assert (found.kind, found.readable, found.warnings) == (ending, True, ())
    mark, number, title = found.blocks[:3]
    assert (mark.text, mark.align, mark.size, mark.bold) == ("测试区财政局文件", "center", 36, True)
    assert (number.text, title.text) == ("测财发〔2026〕11号", "关于做好基层政务公开有关工作的通知")
    assert (found.blocks[-3].text, found.blocks[-3].align) == ("测试区财政局", "right")


def test_a_table_of_an_old_paper_is_a_table(tmp_path):
    found = read_file(written(tmp_path, "表.doc", old_word("table")))
    assert found.blocks[1].texts == (
        ("项目", "户数", "金额（元）"),
        ("高龄补贴", "115", "23000"),
        ("救助补贴", "88", "17600"),
        ("合计", "203", "40600"),
    )


def test_of_an_old_paper_only_what_is_seen_is_read_and_the_rest_is_found(tmp_path):
    path = written(tmp_path, "说明.doc", old_word("hidden"))
    words = "\n".join(read_file(path).lines())
    assert "留下的字加上的字" in words and "VANISH" not in words and "DELETED" not in words
    found = inspecting.inspect(path, "说明.doc")
    assert found.readable
    traps = {(trap.rule, trap.text) for trap in found.traps}
    for rule, text in (
        ("hidden.invisible_text", "CANARY-VANISH"), ("hidden.invisible_text", "CANARY-WHITE"),
        ("hidden.invisible_text", "CANARY-TINY"), ("hidden.comment", "CANARY-REMARK"),
        ("hidden.metadata", "李四"), ("hidden.metadata", "Zhang San"),
    ):  # fmt: skip
        assert (rule, text) in traps
    assert any(rule == "hidden.tracked_change" and "CANARY-DELETED" in text for rule, text in traps)
    assert inspecting.inspect(old_word("notice"), "通知.doc").traps == ()


def test_an_ofd_gives_lines_from_templates_and_pages_and_ruled_tables(tmp_path):
    found = read_file(written(tmp_path, "通知.ofd", notice_ofd(12)))
    assert [block.text for block in found.blocks][:4] == [
        "测试区财政局文件", "测财发〔2026〕12号", "关于做好基层政务公开有关工作的通知", "各街道办事处，区政府各部门：",
    ]  # fmt: skip
    table = read_file(written(tmp_path, "表.ofd", table_ofd())).blocks[1]
    assert table.texts == (("项目", "金额"), ("高龄补贴", "23000"))


HIDDEN_OFD = {
    "not drawn": (ofd(text_object("CANARY", 30, 40, more='Visible="false"')), "hidden.invisible_text"),
    "clear": (ofd(text_object("CANARY", 30, 40, more='Alpha="0"')), "hidden.invisible_text"),
    "white": (
        ofd(text_object("CANARY", 30, 40).replace("<ofd:TextCode", '<ofd:FillColor Value="255 255 255"/><ofd:TextCode')),
        "hidden.invisible_text",
    ),
    "under a box": (
        ofd(
            text_object("CANARY", 30, 40)
            + '<ofd:PathObject Boundary="20 30 100 30" Fill="true"><ofd:AbbreviatedData>M 0 0</ofd:AbbreviatedData></ofd:PathObject>'
        ),
        "hidden.covered_text",
    ),
    "author": (ofd(text_object("正文", 30, 40), info="<ofd:Author>张三</ofd:Author>"), "hidden.metadata"),
    "attached": (
        ofd(
            text_object("正文", 30, 40),
            extra={"Doc_0/Attachs/Attachments.xml": f'<ofd:Attachments {oldpapers.OFD}><ofd:Attachment ID="1" Name="名册"/></ofd:Attachments>'},
        ),
        "hidden.external_link",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HIDDEN_OFD)
def test_what_is_hidden_in_an_ofd_is_found(name):
    body, rule = HIDDEN_OFD[name]
    assert {trap.rule for trap in inspecting.inspect(body, "a.ofd").traps} == {rule}


def test_an_ofd_that_hides_nothing_is_left_in_peace():
    for body in (notice_ofd(12), table_ofd()):
        found = inspecting.inspect(body, "b.ofd")
        assert found.readable and found.traps == ()


@pytest.mark.parametrize(
    ("name", "body"), [("照片.jpg", scanned("JPEG")), ("扫描.pdf", scanned("PDF")), ("扫描.ofd", ofd(""))]
)
def test_a_scan_may_come_in_and_says_that_it_cannot_be_read(tmp_path, name, body):
    path = written(tmp_path, name, body)
    assert inspect_file(path).readable
    found = read_file(path)
    assert not found.readable and "请" in found.problem and found.code in ("file.scan", "file.cannot_read")
    seen = inspecting.inspect(path, name)
    assert not seen.readable and "读不到" in seen.why  # so that a person signs for it


def test_older_papers_and_broken_ones_say_so(tmp_path):
    body = bytearray(old_word("notice"))
    at = body.index(b"\xec\xa5")
    body[at + 2 : at + 4] = (0x68).to_bytes(2, "little")  # the version of Word 95
    assert read_file(written(tmp_path, "旧.doc", bytes(body))).code == "file.old_word"
    body = bytearray(old_word("notice"))
    body[at + 11] |= 1  # locked
    assert read_file(written(tmp_path, "锁.doc", bytes(body))).code == "file.password"
    for cut in range(600, 18000, 1700):
        found = read_file(written(tmp_path, "断.doc", old_word("notice")[:cut]))
        assert found.readable or found.problem.endswith("。")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_with_libreoffice_automatic_numbers_are_read_too(tmp_path):
    path = written(tmp_path, "编号.doc", old_word("numbered"))
    with converting.converted(path) as fresh:
        if fresh is None:
            pytest.skip("LibreOffice is installed and did not convert in time on this machine")
        assert [line for line in read_file(fresh).lines() if "加强领导" in line][0].startswith("1")


@pytest.mark.skipif(importlib.util.find_spec("rapidocr") is None, reason="the extra [ocr] is not installed")
def test_with_the_extra_a_scan_is_read_and_says_how_sure(tmp_path):
    from PIL import Image, ImageDraw, ImageFont

    font = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
    if not font.exists():
        pytest.skip("no Chinese font to draw a scan with")
    picture = Image.new("RGB", (900, 200), "white")
    ImageDraw.Draw(picture).text(
        (60, 60), "关于印发工作要点的通知", "black", ImageFont.truetype(str(font), 48)
    )
    picture.save(tmp_path / "扫描.png")
    found = read_file(tmp_path / "扫描.png")
    if found.code == "file.too_slow":
        pytest.skip("this machine is too slow for recognition just now")
    assert "工作要点" in "".join(found.lines()) and 0.8 < found.ocr <= 1
    assert "文字识别" in found.warnings[0]
