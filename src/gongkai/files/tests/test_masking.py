"""The masked copy: a number is gone from every part of the paper, everything else stays, the original is not touched."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from gongkai.files import masking
from gongkai.files.masker.__main__ import masked
from gongkai.files.masker.marks import Mark
from gongkai.files.problems import Unreadable
from gongkai.files.tests import traps
from gongkai.files.tests.test_cleaning import found_in, pieces
from gongkai.files.tests.test_redacting import paper
from gongkai.files.tests.trapfiles import swapped

pytestmark = [pytest.mark.feature("C02")]
NUMBER, HIDDEN = "13912345678", "139****5678"
MARK = Mark("", NUMBER, HIDDEN, True)
NEVER_FLAT = re.compile(rb"<[^>]*>")


def copy_of(folder: Path, name: str, body: bytes, *marks: Mark) -> bytes:
    path = folder / "original"
    path.write_bytes(body)
    return masked(path, name, list(marks) or [MARK])


def stands_in(name: str, body: bytes, number: str = NUMBER) -> bool:
    """Whether the number is anywhere: in a part, in a value, parted by marks."""
    whole = pieces(name, body)
    return number.encode() in whole or number.encode() in NEVER_FLAT.sub(b"", whole)


def split(paper: Any, where: Any) -> None:
    """The number over four runs, of which one is bold."""
    for words, bold in (
        ("手机", False),
        (NUMBER[:3], False),
        (NUMBER[3:7], True),
        (NUMBER[7:9], False),
        (NUMBER[9:], False),
    ):
        where.add_run(words).bold = bold


def everywhere_docx() -> bytes:
    made = docx.Document()
    split(made, made.add_paragraph())
    table = made.add_table(1, 2)
    table.cell(0, 0).text = "电话"
    split(made, table.cell(0, 1).paragraphs[0])
    inner = table.cell(0, 0).add_table(1, 1)
    inner.cell(0, 0).text = NUMBER
    split(made, made.sections[0].header.paragraphs[0])
    split(made, made.sections[0].footer.paragraphs[0])
    box = (
        f"<w:r {nsdecls('w')} xmlns:v='urn:schemas-microsoft-com:vml'><w:pict><v:shape><v:textbox><w:txbxContent><w:p>"
        f"<w:r><w:t>{NUMBER[:6]}</w:t></w:r><w:r><w:t>{NUMBER[6:]}</w:t></w:r></w:p></w:txbxContent></v:textbox>"
        "</v:shape></w:pict></w:r>"
    )
    made.add_paragraph("框")._p.append(parse_xml(box))
    link = made.part.relate_to(f"tel:{NUMBER}", "http://x/relationships/hyperlink", is_external=True)
    assert link
    paragraph = made.add_paragraph("批注处")
    made.add_comment(paragraph.runs, text=f"打{NUMBER}问", author="")
    made.core_properties.subject = NUMBER
    out = io.BytesIO()
    made.save(out)
    note = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:id='1'><w:p><w:r><w:t>{NUMBER[:4]}</w:t></w:r>"
        f"<w:r><w:t>{NUMBER[4:]}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    return swapped(out.getvalue(), "word/footnotes.xml", lambda _: note.encode())


def test_a_docx_loses_the_number_in_every_part_and_keeps_the_rest(tmp_path: Path) -> None:
    body = everywhere_docx()
    made = copy_of(tmp_path, "名单.docx", body)
    assert stands_in("名单.docx", body) and not stands_in("名单.docx", made)
    before, after = (
        found_in(tmp_path, "名单.docx", body).passages,
        found_in(tmp_path, "名单.docx", made).passages,
    )
    assert [text.replace(NUMBER, HIDDEN) for _, text, *_ in before] == [text for _, text, *_ in after]
    text = [text for _, text, *_ in after]
    assert sum(HIDDEN in one for one in text) >= 9
    runs = docx.Document(io.BytesIO(made)).paragraphs[0].runs
    assert [one.text for one in runs] == ["手机", "139", "****", "56", "78"] and runs[2].bold


def everywhere_xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["姓名", "电话", "备注"])
    sheet.append(["张三", int(NUMBER), f"手机{NUMBER}，下午接"])
    sheet.append(["李四", CellRichText(NUMBER[:5], TextBlock(InlineFont(b=True), NUMBER[5:])), 1.5])
    sheet["D2"] = f'="电话"&"{NUMBER}"'
    sheet["A3"].comment = Comment(f"另一个 {NUMBER}", "")
    sheet["B4"] = f"2{NUMBER}"
    sheet.oddHeader.center.text = f"联系{NUMBER}"
    sheet["C3"].hyperlink = f"tel:{NUMBER}"
    draft = book.create_sheet("底稿")
    draft.append([NUMBER])
    draft.sheet_state = "hidden"
    book.defined_names["电话"] = openpyxl.workbook.defined_name.DefinedName("电话", attr_text=f'"{NUMBER}"')
    out = io.BytesIO()
    book.save(out)
    cached = lambda part: re.sub(rb"<v ?/>|<v></v>", f"<v>电话{NUMBER}</v>".encode(), part)  # noqa: E731
    return swapped(out.getvalue(), "xl/worksheets/sheet1.xml", cached)


def test_an_xlsx_loses_the_number_in_cells_values_and_hidden_sheets(tmp_path: Path) -> None:
    body = everywhere_xlsx()
    made = copy_of(tmp_path, "名单.xlsx", body)
    whole = NEVER_FLAT.sub(b" ", pieces("名单.xlsx", made)).decode("utf-8", "replace")
    # What only holds the same digits is another number.
    assert re.findall(r"\d*13912345678\d*", whole) == [f"2{NUMBER}"]
    book = openpyxl.load_workbook(io.BytesIO(made), rich_text=True)
    sheet = book["Sheet"]
    assert sheet["B2"].value == HIDDEN and sheet["C2"].value == f"手机{HIDDEN}，下午接"
    assert str(sheet["B3"].value) == HIDDEN and isinstance(sheet["B3"].value, CellRichText)
    assert sheet["D2"].value == f"电话{HIDDEN}"  # the value it had, no formula that reckons it anew
    assert sheet["C3"].value == 1.5 and book["底稿"]["A1"].value == HIDDEN
    assert book["底稿"].sheet_state == "hidden"


def test_a_name_is_masked_where_it_was_seen_and_nowhere_else(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["申请人", "经办人"])
    book.active.append(["张三", "张三"])
    out = io.BytesIO()
    book.save(out)
    made = copy_of(tmp_path, "a.xlsx", out.getvalue(), Mark("Sheet!A2", "张三", "张*", False))
    sheet = openpyxl.load_workbook(io.BytesIO(made)).active
    assert (sheet["A2"].value, sheet["B2"].value) == ("张*", "张三")


def test_whatever_hides_a_number_does_not_keep_it(tmp_path: Path) -> None:
    mark = Mark("", "13800000003", "138****0003", True)
    left = [
        name
        for name, _, body in traps.traps(3)[::4]
        if name.endswith((".docx", ".xlsx", ".pdf"))
        and stands_in(name, copy_of(tmp_path, name, body, mark), "13800000003")
    ]
    assert left == []


@pytest.mark.parametrize("rotate", [0, 90])
def test_a_pdf_loses_the_number_in_text_streams_and_what_stands_beside(tmp_path: Path, rotate: int) -> None:
    secret = "370202199001011234"
    source = paper(
        tmp_path / "a.pdf", [(f"补偿对象 {secret}", "金额 120000"), ("第二页",)], rotate=rotate, crop=True
    )
    before = source.read_bytes()
    done = masking.mask(source, name="a.pdf", kind="pdf", marks=[Mark("第 1 页", secret, "x", True)])
    assert done.why == "" and not stands_in("a.pdf", done.content, secret)
    assert source.read_bytes() == before
    said = [text for _, text, *_ in found_in(tmp_path, "a.pdf", done.content).passages]
    text = "".join("".join(said).split())
    assert "120000" in text or "000021" in text
    assert "第二页" in text and secret not in text


def test_what_cannot_be_masked_says_why(tmp_path: Path) -> None:
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 torn")
    done = masking.mask(tmp_path / "坏.docx", name="坏.docx", kind="docx", marks=[MARK])
    assert done.content == b"" and "请" in done.why
    with pytest.raises(Unreadable) as told:
        copy_of(tmp_path, "页.html", f"<html><p>{NUMBER}</p></html>".encode())
    assert "docx、xlsx、pdf" in told.value.text
