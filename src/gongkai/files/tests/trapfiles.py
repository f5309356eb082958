"""Papers with something hidden in them, and look-alikes with nothing hidden; made by the usual libraries.

Each maker takes a number, so that one kind gives many files. The words of a trap are ``secret(number)``.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
import pikepdf
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from PIL import Image

Made = tuple[str, str, bytes]


def secret(number: int) -> str:
    return f"Zhang San {13800000000 + number}"


def saved_docx(change: Callable[[Any, str], None], number: int) -> bytes:
    paper = docx.Document()
    paper.core_properties.author = ""
    paper.core_properties.comments = ""
    paper.add_paragraph(f"关于做好第 {number} 号工作的通知")
    change(paper, secret(number))
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def saved_xlsx(change: Callable[[Any, str], None], number: int) -> bytes:
    book = openpyxl.Workbook()
    book.properties.creator = ""
    sheet = book.active
    sheet.append(["项目", "金额"])
    sheet.append([f"项目{number}", 100 + number])
    change(book, secret(number))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def saved_pdf(words: bytes, change: Callable[[Any, Any], None] | None = None) -> bytes:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(400, 600))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
    page.obj.Contents = pdf.make_stream(b"BT /F1 12 Tf 50 550 Td (Notice of the district) Tj ET\n" + words)
    if change:
        change(pdf, page)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def swapped(body: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == member else old.read(name))
        if member not in old.namelist():
            new.writestr(member, change(b""))
    return out.getvalue()


def _run(paper: Any, text: str, **font: Any) -> None:
    run = paper.add_paragraph("正文").add_run(text)
    for key, value in font.items():
        if key == "rgb":
            run.font.color.rgb = RGBColor.from_string(value)
        else:
            setattr(run.font, key, value)


def _tracked(paper: Any, text: str, tag: str = "del", word: str = "delText") -> None:
    xml = (
        f'<w:{tag} {nsdecls("w")} w:id="9" w:author="x" w:date="2026-01-01T00:00:00Z">'
        f"<w:r><w:{word}>{text}</w:{word}></w:r></w:{tag}>"
    )
    paper.add_paragraph("正文")._p.append(parse_xml(xml))


def _remark(paper: Any, text: str) -> None:
    paragraph = paper.add_paragraph("正文")
    paper.add_comment(paragraph.runs, text=text, author="x", initials="x")


def link(paper: Any, target: str, kind: str) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + kind
    paper.part.relate_to(target, kind, is_external=True)


def _author(paper: Any, text: str) -> None:
    paper.core_properties.author = text


def photo(gps: bool) -> io.BytesIO:
    exif = Image.Exif()
    if gps:
        exif.get_ifd(0x8825).update({1: "N", 2: (39.0, 5.0, 1.0), 3: "E", 4: (117.0, 2.0, 3.0)})
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG", exif=exif)
    out.seek(0)
    return out


def _styled(paper: Any, text: str) -> None:
    style = paper.styles.add_style("淡", 1)
    style.font.color.rgb = RGBColor.from_string("FFFFFF")
    paper.add_paragraph(text, style="淡")


DOCX_TRAPS: dict[str, tuple[str, Callable[[Any, str], None]]] = {
    "deleted": ("tracked_change", _tracked),
    "inserted": ("tracked_change", lambda p, s: _tracked(p, s, "ins", "t")),
    "moved": ("tracked_change", lambda p, s: _tracked(p, s, "moveFrom", "t")),
    "comment": ("comment", _remark),
    "vanish": ("invisible_text", lambda p, s: _run(p, s, hidden=True)),
    "white": ("invisible_text", lambda p, s: _run(p, s, rgb="FFFFFF")),
    "nearly white": ("invisible_text", lambda p, s: _run(p, s, rgb="FEFEFE")),
    "tiny": ("invisible_text", lambda p, s: _run(p, s, size=Pt(1))),
    "black on black": (
        "invisible_text",
        lambda p, s: _run(p, s, rgb="000000", highlight_color=WD_COLOR_INDEX.BLACK),
    ),
    "white by style": ("invisible_text", _styled),
    "author": ("metadata", _author),
    "linked picture": ("external_link", lambda p, s: link(p, "http://x.example/a.png", "image")),
    "template": ("external_link", lambda p, s: link(p, "http://x.example/a.dotm", "attachedTemplate")),
    "place": ("location", lambda p, s: p.add_picture(photo(True))),
}
DOCX_CLEAN: dict[str, Callable[[Any, str], None]] = {
    "plain": lambda p, s: p.add_paragraph("正文"),
    "hyperlink": lambda p, s: link(p, "https://www.gov.cn/", "hyperlink"),
    "white on dark": lambda p, s: _run(p, s, rgb="FFFFFF", highlight_color=WD_COLOR_INDEX.BLUE),
    "small but readable": lambda p, s: _run(p, s, size=Pt(6)),
    "photo": lambda p, s: p.add_picture(photo(False)),
    "grey": lambda p, s: _run(p, s, rgb="808080"),
    "table": lambda p, s: p.add_table(2, 2),
}


def _hidden_sheet(state: str) -> Callable[[Any, str], None]:
    def change(book: Any, text: str) -> None:
        sheet = book.create_sheet("明细")
        sheet["A1"], sheet.sheet_state = text, state

    return change


def _row(book: Any, text: str, height: float | None = None) -> None:
    book.active["A5"] = text
    if height is None:
        book.active.row_dimensions[5].hidden = True
    else:
        book.active.row_dimensions[5].height = height


def _column(book: Any, text: str, width: float | None = None) -> None:
    book.active["D2"] = text
    if width is None:
        book.active.column_dimensions["D"].hidden = True
    else:
        book.active.column_dimensions["D"].width = width


def _cell(book: Any, text: str, font: str = "FF000000", fill: str = "", form: str = "") -> None:
    cell = book.active["A6"]
    cell.value, cell.font = text, Font(color=font)
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)
    if form:
        cell.number_format = form


def _note(book: Any, text: str) -> None:
    book.active["A2"].comment = Comment(text, "x")


def _creator(book: Any, text: str) -> None:
    book.properties.creator = text


XLSX_TRAPS: dict[str, tuple[str, Callable[[Any, str], None]]] = {
    "hidden sheet": ("sheet", _hidden_sheet("hidden")),
    "very hidden sheet": ("sheet", _hidden_sheet("veryHidden")),
    "hidden row": ("row", _row),
    "row of no height": ("row", lambda b, s: _row(b, s, 0.01)),
    "hidden column": ("column", _column),
    "column of no width": ("column", lambda b, s: _column(b, s, 0.01)),
    "note": ("comment", _note),
    "white": ("invisible_text", lambda b, s: _cell(b, s, "FFFFFFFF")),
    "as its fill": ("invisible_text", lambda b, s: _cell(b, s, "FF112233", "FF112233")),
    "three semicolons": ("invisible_text", lambda b, s: _cell(b, s, form=";;;")),
    "creator": ("metadata", _creator),
}
XLSX_CLEAN: dict[str, Callable[[Any, str], None]] = {
    "plain": lambda b, s: None,
    "white on dark": lambda b, s: _cell(b, s, "FFFFFFFF", "FF112233"),
    "shaded": lambda b, s: _cell(b, s, "FF000000", "FFDDDDDD"),
    "frozen": lambda b, s: setattr(b.active, "freeze_panes", "A2"),
    "empty hidden column": lambda b, s: setattr(b.active.column_dimensions["H"], "hidden", True),
    "hyperlink": lambda b, s: setattr(b.active["A2"], "hyperlink", "https://www.gov.cn/"),
}


def pdf_text(text: str, state: str = "", at: str = "50 300") -> bytes:
    return f"{state} BT /F1 12 Tf {at} Td ({text}) Tj ET\n".encode()


def _action(pdf: Any, page: Any, entry: Any) -> None:
    pdf.Root.OpenAction = entry


def _uri(target: str) -> Callable[[Any, Any], None]:
    def change(pdf: Any, page: Any) -> None:
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=[50, 540, 200, 560],
            A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=target),
        )
        page.obj.Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(link)]))

    return change


def _sticky(text: str) -> Callable[[Any, Any], None]:
    def change(pdf: Any, page: Any) -> None:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[50, 540, 60, 560], Contents=text
        )
        page.obj.Annots = pikepdf.Array([pdf.make_indirect(note)])

    return change


def _pdf_author(text: str) -> Callable[[Any, Any], None]:
    return lambda pdf, page: pdf.docinfo.__setitem__("/Author", text)


def _script(pdf: Any, page: Any) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _launch(pdf: Any, page: Any) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")


def _turned(pdf: Any, page: Any) -> None:
    page.obj.Rotate = 90


def _cropped(pdf: Any, page: Any) -> None:
    page.obj.CropBox = pikepdf.Array([0, 400, 400, 600])


def pdf_traps(number: int) -> list[tuple[str, str, bytes]]:
    text = secret(number)
    box = b"0 0 0 rg 40 290 300 30 re f\n"
    first = saved_pdf(pdf_text(text))
    later = first + b"\n%later\n" + saved_pdf(b"")  # two whole papers: the words of the first are still there
    return [
        ("white", "invisible_text", saved_pdf(pdf_text(text, "1 1 1 rg"))),
        ("mode 3", "invisible_text", saved_pdf(pdf_text(text, "3 Tr"))),
        ("tiny", "invisible_text", saved_pdf(pdf_text(text).replace(b"F1 12", b"F1 1"))),
        ("black box", "covered_text", saved_pdf(pdf_text(text) + box)),
        ("white box", "covered_text", saved_pdf(pdf_text(text) + box.replace(b"0 0 0", b"1 1 1"))),
        ("box on a turned page", "covered_text", saved_pdf(pdf_text(text) + box, _turned)),
        ("outside the crop", "invisible_text", saved_pdf(pdf_text(text), _cropped)),
        ("earlier paper", "previous_revision", later),
        ("note", "comment", saved_pdf(b"", _sticky(text))),
        ("author", "metadata", saved_pdf(b"", _pdf_author(text))),
        ("script", "macro", saved_pdf(b"", _script)),
        ("launch", "macro", saved_pdf(b"", _launch)),
        ("file link", "external_link", saved_pdf(b"", _uri("file://server/share/a.doc"))),
    ]


def _in_a_form(pdf: Any, page: Any) -> None:
    form = pdf.make_stream(b"BT /F1 12 Tf -100 -100 Td (Shown through a form) Tj ET")
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox, form.Resources = pikepdf.Array([-200, -200, 200, 200]), page.obj.Resources
    page.obj.Resources.XObject = pikepdf.Dictionary(X=form)
    page.obj.Contents = pdf.make_stream(b"q 1 0 0 1 200 300 cm /X Do Q")


def pdf_clean(number: int) -> list[tuple[str, bytes]]:
    text = secret(number)
    dark = b"0 0 0 rg 40 290 300 30 re f\n"
    return [
        ("plain", saved_pdf(pdf_text(text))),
        ("turned", saved_pdf(pdf_text(text), _turned)),
        ("white on dark", saved_pdf(dark + pdf_text(text, "1 1 1 rg"))),
        ("shaded row", saved_pdf(b"0.8 g 40 290 300 30 re f 0 g\n" + pdf_text(text))),
        ("form", saved_pdf(b"", _in_a_form)),
        ("link", saved_pdf(b"", _uri("https://www.gov.cn/"))),
        ("cropped, nothing outside", saved_pdf(b"", _cropped)),
    ]


HTML_TRAPS = {
    "display": ("invisible_text", '<p style="display: none">%s</p>'),
    "attribute": ("invisible_text", "<p hidden>%s</p>"),
    "white": ("invisible_text", '<span style="color:#fff">%s</span>'),
    "size": ("invisible_text", '<span style="font-size:1px">%s</span>'),
    "remark": ("comment", "<!-- %s -->"),
    "script": ("macro", "<script>var a='%s'</script>"),
    "handler": ("macro", '<p onclick="go()">%s</p>'),
    "linked picture": ("external_link", '<img src="http://x.example/%s.png">'),
}
HTML_CLEAN = (
    "<p>%s</p>",
    '<a href="https://www.gov.cn/">%s</a>',
    '<p style="color:#fff;background:#000">%s</p>',
)


def basic_traps(number: int) -> list[Made]:
    """One file of each kind made here: its name, the rule that must be found, its bytes."""
    made = [(f"{k}.docx", r, saved_docx(change, number)) for k, (r, change) in DOCX_TRAPS.items()]
    made += [(f"{k}.xlsx", r, saved_xlsx(change, number)) for k, (r, change) in XLSX_TRAPS.items()]
    made += [(f"{k}.pdf", rule, body) for k, rule, body in pdf_traps(number)]
    macro = swapped(saved_docx(DOCX_CLEAN["plain"], number), "word/vbaProject.bin", lambda _: b"\xd0\xcf")
    made.append(("macro.docx", "macro", macro))
    made.append(("place.jpg", "location", photo(True).getvalue()))
    made += [(f"{k}.html", rule, _page(words, number)) for k, (rule, words) in HTML_TRAPS.items()]
    return [(name, "hidden." + rule, body) for name, rule, body in made]


def basic_clean(number: int) -> list[tuple[str, bytes]]:
    """Files made here that look like a trap and are none."""
    made = [(f"{k}.docx", saved_docx(change, number)) for k, change in DOCX_CLEAN.items()]
    made += [(f"{k}.xlsx", saved_xlsx(change, number)) for k, change in XLSX_CLEAN.items()]
    made += [(f"{k}.pdf", body) for k, body in pdf_clean(number)]
    made.append(("photo.jpg", photo(False).getvalue()))
    made += [(f"{at}.html", _page(words, number)) for at, words in enumerate(HTML_CLEAN)]
    made.append(("plain.txt", f"通知第 {number} 号".encode()))
    return made


def _page(words: str, number: int) -> bytes:
    return f"<html><body><p>通知</p>{words % secret(number)}</body></html>".encode()
