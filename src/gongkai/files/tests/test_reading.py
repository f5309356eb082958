"""What is read from sound files: words in order, merged fields, numbers that the program prints itself."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Pt
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from gongkai.files.reader.charset import decode
from gongkai.files.reader.grid import Field, lay_out
from gongkai.files.reading import Cell, Paragraph, Table, read_file


def words(found) -> list:
    return [block.text if isinstance(block, Paragraph) else block.texts for block in found.blocks]


def test_a_word_paper_keeps_order_form_and_merged_fields(tmp_path):
    paper = Document()
    title = paper.add_paragraph()
    title.alignment = ALIGN.CENTER
    run = title.add_run("关于阅览室的通知")
    run.font.size, run.bold = Pt(22), True
    paper.add_paragraph("第一条", style="List Number")
    table = paper.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "高"
    table.cell(2, 0).merge(table.cell(2, 1)).text = "宽"
    table.cell(0, 1).text = "甲\n乙"
    paper.add_paragraph("第二条", style="List Number")
    hidden = paper.add_paragraph("看得见").add_run("看不见")
    hidden.font.hidden = True
    paper.sections[0].footer.paragraphs[0].text = "页脚"
    paper.save(str(tmp_path / "a.docx"))
    found = read_file(tmp_path / "a.docx")
    head, first, grid, second, visible, footer = found.blocks
    assert (head.text, head.align, head.size, head.bold) == ("关于阅览室的通知", "center", 22.0, True)
    assert (first.text, second.text) == ("1.第一条", "2.第二条")
    assert grid.rows[0][0] == Cell("高", rowspan=2) and grid.rows[1][0] == Cell("高", merged="up")
    assert grid.rows[2][:2] == (Cell("宽", colspan=2), Cell("宽", merged="left"))
    assert grid.rows[0][1].text == "甲\n乙"
    assert visible.text == "看得见" and "隐藏文字" in found.warnings[0]
    assert (footer.text, footer.part) == ("页脚", "footer")


def test_a_revised_paper_is_read_as_if_accepted(tmp_path):
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = (
        "<w:p><w:r><w:t>留</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>增</w:t></w:r></w:ins></w:p>"
    )
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as box:
        box.writestr("[Content_Types].xml", "<Types/>")
        box.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
    found = read_file(tmp_path / "a.docx")
    assert words(found) == ["留增"]
    assert "修订" in found.warnings[0]


def test_a_sheet_gives_numbers_as_shown_dates_and_merges_and_no_hidden_sheet(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.title = "任务"
    for place, value in {
        "B2": "序号",
        "C2": "时限",
        "B3": 1,
        "C3": date(2021, 9, 30),
        "B5": 2,
        "C5": True,
    }.items():
        sheet[place] = value
    sheet["D3"], sheet["E3"] = "合", None
    sheet.merge_cells("D3:D5")
    sheet["E5"] = 0.5
    secret = book.create_sheet("藏")
    secret["A1"] = "不读"
    secret.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    found = read_file(tmp_path / "a.xlsx")
    assert words(found) == [
        (("序号", "时限", "", ""), ("1", "2021-09-30", "合", ""), ("2", "是", "合", "0.5"))
    ]
    assert found.blocks[0].name == "任务"
    assert found.blocks[0].rows[1][2] == Cell("合", rowspan=2)
    assert "隐藏的工作表" in found.warnings[0]


def test_a_page_gives_what_is_seen_and_only_that(tmp_path):
    (tmp_path / "a.html").write_text(
        "<html><head><title>题 - 站</title><meta name=ArticleTitle content=题><style>p{}</style></head><body>"
        "<script>alert(1)</script><div style='display:none'>藏</div><nav>导航</nav>"
        "<p style='text-align:center;font-size:22pt'><b>关于<br>阅览室</b></p><table><tr><td>外"
        "<table><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>丙<td>丁</table></table>尾</body></html>",
        encoding="utf-8",
    )
    found = read_file(tmp_path / "a.html")
    meta, tag, head, outer, table, tail = found.blocks
    assert [(one.part, one.style) for one in (meta, tag)] == [("meta", "title"), ("meta", "ArticleTitle")]
    assert (head.text, head.align, head.size, head.bold) == ("关于\n阅览室", "center", 22.0, True)
    assert (outer.text, tail.text) == ("外", "尾")
    assert table.texts == (("甲", "乙", "乙"), ("甲", "丙", "丁"))


SENTENCE = "关于开放社区阅览室的通知，请各单位遵照执行。"


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    "claim", ["", '<meta charset="gb2312">', '<meta charset="utf-8">', '<meta charset="iso-8859-1">']
)
def test_the_encoding_is_found_whatever_the_page_claims(name, claim):
    assert decode((claim + SENTENCE).encode(name), declared=True).endswith(SENTENCE)


def test_a_text_keeps_its_blank_lines_because_they_part_rows(tmp_path):
    (tmp_path / "a.txt").write_bytes("甲\r\n\r\n乙".encode("gbk"))
    assert words(read_file(tmp_path / "a.txt")) == ["甲", "", "乙"]


def drawn(path: Path, pages: list[str]) -> Path:
    """A pdf by hand; {字} in a page's drawing is text in UCS-2."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/FontDescriptor 5 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -250 1000 900]/ItalicAngle 0/Ascent 880"
        b"/Descent -120/CapHeight 880/StemV 80>>",
    ]
    kids = []
    for page in pages:
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>"
            % (len(objects) + 2)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(page), page.encode()))
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode()
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    path.write_bytes(
        body + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    )
    return path


def text_at(x: float, y: float, text: str) -> str:
    return f"BT /F 12 Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f"{x1} {y1} m {x2} {y2} l S\n"


def test_a_ruled_table_of_a_pdf_has_its_fields_and_merges(tmp_path):
    page = text_at(72, 800, "任务分工")
    page += "".join(line(72, y, 400, y) for y in (780, 740, 660)) + line(180, 700, 400, 700)
    page += "".join(line(x, 660, x, 780) for x in (72, 180, 400)) + line(300, 700, 300, 780)
    for x, y, text in (
        (80, 755, "领域"), (190, 755, "任务"), (310, 755, "单位"), (80, 695, "财政"), (190, 725, "公开预算"),
        (190, 710, "和决算"), (310, 715, "区财政局"), (190, 675, "两栏合一"),
    ):  # fmt: skip
        page += text_at(x, y, text)
    page += text_at(72, 600, "表后的话。")
    before, table, after = read_file(drawn(tmp_path / "a.pdf", [page])).blocks
    assert (before.text, after.text) == ("任务分工", "表后的话。")
    assert isinstance(table, Table) and table.page == 1
    assert table.texts == (
        ("领域", "任务", "单位"),
        ("财政", "公开预算\n和决算", "区财政局"),
        ("财政", "两栏合一", "两栏合一"),
    )
    assert table.rows[1][0].rowspan == 2 and table.rows[2][1].colspan == 2


def test_lines_of_a_pdf_join_to_paragraphs_even_overleaf_and_page_numbers_do_not(tmp_path):
    full = "一" * 38
    first = text_at(96, 780, "开头" + "一" * 34) + text_at(72, 760, full) + text_at(290, 30, "- 1 -")
    second = text_at(72, 800, "结尾。") + text_at(96, 780, "另起一段。")
    found = read_file(drawn(tmp_path / "a.pdf", [first, second]))
    body = [block.text for block in found.blocks if block.part == "body"]
    assert body == ["开头" + "一" * 34 + full + "结尾。", "另起一段。"]
    assert [block.text for block in found.blocks if block.part == "footer"] == ["- 1 -"]


def test_a_pdf_with_a_scanned_page_says_so(tmp_path):
    found = read_file(drawn(tmp_path / "a.pdf", [text_at(72, 700, "有字的一页"), ""]))
    assert found.readable and "1 页只有图像" in found.warnings[0]


@given(
    st.lists(
        st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=1, max_size=4),
        min_size=1,
        max_size=5,
    )
)
def test_a_grid_is_rectangular_and_every_field_stands_in_it_once(spans):
    rows = [[Field(f"{r}.{c}", *span) for c, span in enumerate(row)] for r, row in enumerate(spans)]
    grid = lay_out(rows)
    assert len({len(row) for row in grid}) == 1
    owners = [cell[0] for row in grid for cell in row if cell[3] == "" and cell[0]]
    assert sorted(owners) == sorted(field.text for row in rows for field in row)
