"""More office papers with something hidden in them, and more look-alikes; what the usual libraries do not write is
put into the parts by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font
from openpyxl.worksheet.table import Table, TableStyleInfo
from PIL import Image

from gongkai.files.tests.trapfiles import Made, link, photo, saved_docx, saved_xlsx, secret, swapped

RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
DRAWING = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
Change = Callable[[Any, str], None]


def _run(text: str, marks: str = "") -> str:
    return f"<w:r><w:rPr>{marks}</w:rPr><w:t>{text}</w:t></w:r>"


def _into(paper: Any, xml: str, first: str = "") -> None:
    """A paragraph with this inside; ``first`` stands before it."""
    paragraph = paper.add_paragraph(first)
    for child in parse_xml(
        f"<w:p {nsdecls('w')} {DRAWING} xmlns:v='urn:schemas-microsoft-com:vml'>{xml}</w:p>"
    ):
        paragraph._p.append(child)


def _shape(
    fill: str, *, behind: int = 0, high: int = 20, form: str = "rect", anchor: str = "paragraph"
) -> str:
    return (
        f'<w:r><w:drawing><wp:anchor behindDoc="{behind}" relativeHeight="2" simplePos="0" locked="0" '
        'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="{anchor}"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="3000000" cy="{high * 12700}"/><wp:wrapNone/><wp:docPr id="7" name="矩形"/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f'<wps:wsp><wps:spPr><a:prstGeom prst="{form}"/>{fill}</wps:spPr><wps:bodyPr/></wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


BLACK = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
CLEAR = '<a:solidFill><a:srgbClr val="FF0000"><a:alpha val="40000"/></a:srgbClr></a:solidFill>'


def _box(text: str, fill: str) -> str:
    return (
        _shape(fill)
        .replace("<wps:bodyPr/>", f"<wps:txbx><w:txbxContent><w:p>{_run(text, WHITE)}</w:p></w:txbxContent></wps:txbx><wps:bodyPr/>")
        .replace("<wp:wrapNone/>", '<wp:wrapSquare wrapText="bothSides"/>')
    )  # fmt: skip


WHITE = '<w:color w:val="FFFFFF"/>'


def _flat(paper: Any, text: str) -> None:
    paper.add_paragraph(text).paragraph_format.line_spacing = Pt(1)


def _by_character_style(paper: Any, text: str) -> None:
    style = paper.styles.add_style("藏", 2)
    style.font.hidden = True
    paper.add_paragraph("正文").add_run(text, style=style)


def _dark_table(paper: Any, text: str, fill: str) -> None:
    cell = paper.add_table(2, 2).cell(0, 0)
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{fill}"/>'))
    run = cell.paragraphs[0].add_run(text)
    run.font.color.rgb = RGBColor(255, 255, 255)


def _styled_table(paper: Any, text: str) -> None:
    table = paper.add_table(2, 2)
    table.style = "Medium Grid 3 Accent 1"
    table.cell(0, 0).paragraphs[0].add_run(text).font.color.rgb = RGBColor(255, 255, 255)


def _in_header(paper: Any, text: str) -> None:
    run = paper.sections[0].header.paragraphs[0].add_run(text)
    run.font.hidden = True


def _changed_row(paper: Any, text: str) -> None:
    table = paper.add_table(2, 2)
    table.cell(0, 0).text = text
    mark = f'<w:trPr {nsdecls("w")}><w:del w:id="3" w:author="x" w:date="2026-01-01T00:00:00Z"/></w:trPr>'
    table.rows[0]._tr.insert(0, parse_xml(mark))


def _variable(paper: Any, text: str) -> None:
    xml = f'<w:docVars {nsdecls("w")}><w:docVar w:name="user" w:val="{text}"/></w:docVars>'
    paper.settings.element.append(parse_xml(xml))


def _field(order: str) -> Change:
    return lambda p, s: _into(p, f"<w:fldSimple w:instr='{order}'><w:r><w:t>见附件</w:t></w:r></w:fldSimple>")


def _opaque(paper: Any, text: str, mode: str = "RGB") -> None:
    """A picture in front of the words of its paragraph."""
    body = io.BytesIO()
    Image.new(mode, (60, 20)).save(body, "PNG")
    body.seek(0)
    relation, _ = paper.part.get_or_add_image(body)
    blip = f'<a:blip xmlns:r="{RELS[:-1]}" r:embed="{relation}"/>'
    _into(paper, _shape("<a:noFill/>").replace("<wps:bodyPr/>", f"{blip}<wps:bodyPr/>"), text)


OLD_BOX = (
    '<w:r><w:pict><v:rect style="position:absolute;margin-left:0;margin-top:0;width:200pt;height:18pt;z-index:5" '
    'fillcolor="black"/></w:pict></w:r>'
)
DOCX: dict[str, tuple[str, Change]] = {
    "change of form": (
        "tracked_change",
        lambda p, s: _into(p, _run(s, '<w:b/><w:rPrChange w:id="4" w:author="x"><w:rPr/></w:rPrChange>')),
    ),
    "row taken out": ("tracked_change", _changed_row),
    "flat line": ("invisible_text", _flat),
    "pressed letters": ("invisible_text", lambda p, s: _into(p, _run(s, '<w:w w:val="1"/>'))),
    "hidden by style": ("invisible_text", _by_character_style),
    "hidden in the header": ("invisible_text", _in_header),
    "white in a white cell": ("invisible_text", lambda p, s: _dark_table(p, s, "FFFFFF")),
    "white in a white box": (
        "invisible_text",
        lambda p, s: _into(p, _box(s, '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>')),
    ),
    "red on red": (
        "invisible_text",
        lambda p, s: _into(p, _run(s, '<w:color w:val="FF0000"/><w:highlight w:val="red"/>')),
    ),
    "under a box": ("covered_text", lambda p, s: _into(p, _shape(BLACK), s)),
    "under a white box": ("covered_text", lambda p, s: _into(p, _shape(BLACK.replace("000000", "FFFFFF")), s)),
    "under an old box": ("covered_text", lambda p, s: _into(p, OLD_BOX, s)),
    "under a picture": ("covered_text", _opaque),
    "variable": ("metadata", _variable),
    "link to a disk": ("external_link", lambda p, s: link(p, "file:///C:/人事/名册.xlsx", "hyperlink")),
    "field to a disk": ("external_link", _field('HYPERLINK "file:///D:/a.doc"')),
    "fetched text": ("external_link", _field('INCLUDETEXT "http://x.example/a.docx"')),
    "linked object": ("external_link", lambda p, s: link(p, "file:///C:/a.xlsx", "oleObject")),
}  # fmt: skip
DOCX_CLEAN: dict[str, Change] = {
    "white head of a dark table": lambda p, s: _dark_table(p, s, "1F3864"),
    "white head by the table's style": _styled_table,
    "white in a dark box": lambda p, s: _into(p, _box(s, BLACK)),
    "box behind the words": lambda p, s: _into(p, _shape(BLACK, behind=1), s),
    "clear box": lambda p, s: _into(p, _shape(CLEAR), s),
    "empty box": lambda p, s: _into(p, _shape("<a:noFill/>"), s),
    "red line": lambda p, s: _into(p, _shape(BLACK, high=2, form="line"), s),
    "seal with a clear ground": lambda p, s: _opaque(p, s, "RGBA"),
    "letterhead on the page": lambda p, s: _into(p, _shape(BLACK, anchor="page"), s),
    "field of the page": lambda p, s: _into(p, "<w:fldSimple w:instr='PAGE'/>", s),
    "web link by field": _field('HYPERLINK "https://www.gov.cn/"'),
    "exact lines": lambda p, s: setattr(p.add_paragraph(s).paragraph_format, "line_spacing", Pt(28)),
    "light grey": lambda p, s: _into(p, _run(s, '<w:color w:val="BFBFBF"/>')),
    "not hidden": lambda p, s: _into(p, _run(s, '<w:vanish w:val="0"/>')),
    "black on yellow": lambda p, s: _into(p, _run(s, '<w:highlight w:val="yellow"/>')),
}  # fmt: skip


def _picture(book: Any, text: str) -> None:
    book.active.add_image(SheetImage(photo(True)), "C3")


def _value(book: Any, text: Any, **more: Any) -> None:
    cell = book.active["A6"]
    cell.value = text
    for key, value in more.items():
        setattr(cell, key, value)


def _many(book: Any, text: str) -> None:
    book.active["A9"] = text
    for row in (8, 9, 10):
        book.active.row_dimensions[row].hidden = True


def _table(book: Any, text: str) -> None:
    sheet = book.active
    sheet["A1"].font = sheet["B1"].font = Font(color="FFFFFFFF")
    table = Table(displayName="表1", ref="A1:B2")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleMedium2", showRowStripes=True)
    sheet.add_table(table)


def _rule(book: Any, text: str) -> None:
    book.active.conditional_formatting.add("A1:B9", CellIsRule("lessThan", ["0"], font=Font(color="FFFFFF")))


XLSX: dict[str, tuple[str, Change]] = {
    "quoted nothing": ("invisible_text", lambda b, s: _value(b, s, number_format='"";"";"";""')),
    "number of no form": ("invisible_text", lambda b, s: _value(b, 13800000000, number_format=";;")),
    "tiny": ("invisible_text", lambda b, s: _value(b, s, font=Font(size=1))),
    "rows away": ("row", _many),
    "place": ("location", _picture),
}
XLSX_CLEAN: dict[str, Change] = {
    "noughts away": lambda b, s: _value(b, 0, number_format="0;-0;;@"),
    "money": lambda b, s: _value(b, -5, number_format='#,##0.00;[红色]-#,##0.00;"-"'),
    "date": lambda b, s: _value(b, 45000, number_format='yyyy"年"m"月"d"日"'),
    "white head of a table": _table,
    "rule that whitens": _rule,
    "empty hidden row": lambda b, s: setattr(b.active.row_dimensions[30], "hidden", True),
    "merged": lambda b, s: b.active.merge_cells("A4:C4"),
    "photo": lambda b, s: b.active.add_image(SheetImage(photo(False)), "C9"),
    "wide column": lambda b, s: setattr(b.active.column_dimensions["A"], "width", 40),
    "far cell": lambda b, s: b.active.__setitem__("XFD1048576", 1),
}  # fmt: skip


def _with(body: bytes, parts: dict[str, str | bytes]) -> bytes:
    for name, content in parts.items():
        raw = content.encode() if isinstance(content, str) else content
        body = swapped(body, name, lambda _, raw=raw: raw)
    return body


def _replaced(body: bytes, member: str, old: str, new: str) -> bytes:
    return swapped(body, member, lambda content: content.replace(old.encode(), new.encode()))


def _sheet_shape(fill: str, *, small: bool = False) -> str:
    end = "<xdr:col>1</xdr:col><xdr:colOff>9</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>9</xdr:rowOff>"
    wide = "<xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>4</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    start = "<xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>0</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    moved = start.replace("Off>0", "Off>99999") if small else start
    return (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor>'
        f"<xdr:from>{moved}</xdr:from><xdr:to>{end if small else wide}</xdr:to>"
        f"<xdr:sp><xdr:spPr>{fill}</xdr:spPr></xdr:sp><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
    )


def _relation(kind: str, target: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r9" Type="{RELS}{kind}" Target="{target}"/></Relationships>'


def _under_shape(body: bytes, drawing: str) -> bytes:
    parts = {
        "xl/drawings/drawing9.xml": drawing,
        "xl/worksheets/_rels/sheet1.xml.rels": _relation("drawing", "/xl/drawings/drawing9.xml"),
    }
    return _with(body, parts)


def _app(body: bytes, tag: str, value: str) -> bytes:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return _with(
        body, {"docProps/app.xml": f'<Properties xmlns="{space}"><{tag}>{value}</{tag}></Properties>'}
    )


def _custom(text: str) -> str:
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f'<property name="承办人" pid="2"><vt:lpwstr>{text}</vt:lpwstr></property></Properties>'
    )


THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"


def _parts(number: int) -> list[Made]:
    text = secret(number)
    word, sheet = (
        saved_docx(lambda p, s: p.add_paragraph("正文"), number),
        saved_xlsx(lambda b, s: None, number),
    )
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as box:
        box.writestr("xl/sharedStrings.xml", f"<sst {MAIN}><si><t>{text}</t></si></sst>")
    rels = "word/_rels/extra.xml.rels"
    return [
        ("company.docx", "metadata", _app(word, "Company", "某某科技公司")),
        ("template.docx", "metadata", _app(word, "Template", "C:\\\\Users\\\\zhangsan\\\\a.dotm")),
        ("manager.xlsx", "metadata", _app(sheet, "Manager", text)),
        ("custom.docx", "metadata", _with(word, {"docProps/custom.xml": _custom(text)})),
        ("custom.xlsx", "metadata", _with(sheet, {"docProps/custom.xml": _custom(text)})),
        ("person.xlsx", "metadata", _with(sheet, {"xl/persons/person.xml": f'<personList xmlns="{THREADED}"><person displayName="{text}"/></personList>'})),
        ("place of saving.xlsx", "metadata", _replaced(sheet, "xl/workbook.xml", "<sheets>", '<x:absPath xmlns:x="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac" url="C:\\Users\\zhangsan\\"/><sheets>')),
        ("embedded.docx", "external_link", _with(word, {"word/embeddings/a.xlsx": inner.getvalue(), rels: _relation("package", "embeddings/a.xlsx")})),
        ("object.docx", "external_link", _with(word, {"word/embeddings/o.bin": b"\xd0\xcf\x11\xe0", rels: _relation("oleObject", "embeddings/o.bin")})),
        ("other book.xlsx", "external_link", _with(sheet, {"xl/externalLinks/externalLink1.xml": f"<externalLink {MAIN}/>"})),
        ("connection.xlsx", "external_link", _with(sheet, {"xl/connections.xml": f"<connections {MAIN}/>"})),
        ("macro.xlsx", "macro", _with(sheet, {"xl/vbaProject.bin": b"\xd0\xcf"})),
        ("macro sheet.xlsx", "macro", _with(sheet, {"xl/macrosheets/sheet1.xml": "<macrosheet/>"})),
        ("version.docx", "previous_revision", _with(word, {"word/versions/1.xml": "<a/>"})),
        ("log.xlsx", "tracked_change", _with(sheet, {"xl/revisions/revisionLog1.xml": f"<revisions {MAIN}/>"})),
        ("thread.xlsx", "comment", _with(sheet, {"xl/threadedComments/threadedComment1.xml": f'<ThreadedComments xmlns="{THREADED}"><threadedComment ref="A1"><text>{text}</text></threadedComment></ThreadedComments>'})),
        ("pivot.xlsx", "sheet", _with(sheet, {"xl/pivotCache/pivotCacheRecords1.xml": f'<pivotCacheRecords {MAIN}><r><s v="{text}"/></r></pivotCacheRecords>'})),
        ("under a shape.xlsx", "covered_text", _under_shape(sheet, _sheet_shape(BLACK))),
    ]  # fmt: skip


def office_traps(number: int) -> list[Made]:
    made = [(f"{kind}.docx", rule, saved_docx(change, number)) for kind, (rule, change) in DOCX.items()]
    made += [(f"{kind}.xlsx", rule, saved_xlsx(change, number)) for kind, (rule, change) in XLSX.items()]
    return made + _parts(number)


def office_clean(number: int) -> list[tuple[str, bytes]]:
    made = [(f"{kind}.docx", saved_docx(change, number)) for kind, change in DOCX_CLEAN.items()]
    made += [(f"{kind}.xlsx", saved_xlsx(change, number)) for kind, change in XLSX_CLEAN.items()]
    sheet, word = (
        saved_xlsx(lambda b, s: None, number),
        saved_docx(lambda p, s: p.add_paragraph("正文"), number),
    )
    made.append(("shape beside.xlsx", _under_shape(sheet, _sheet_shape(BLACK, small=True))))
    made.append(("clear shape.xlsx", _under_shape(sheet, _sheet_shape(CLEAR))))
    made.append(("program.docx", _app(word, "Application", "Microsoft Office Word")))
    made.append(("template.docx", _app(word, "Template", "Normal.dotm")))
    return made
