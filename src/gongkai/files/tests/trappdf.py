"""More pdf files and pictures with something hidden in them, and more look-alikes."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, PngImagePlugin

from gongkai.files.tests.trapfiles import Made, pdf_text, photo, saved_pdf, secret

Change = Callable[[Any, Any], None]
HELLO = b"BT /F1 12 Tf 50 550 Td (Notice of the district) Tj ET\n"


def _note(kind: str, **more: Any) -> Change:
    def change(pdf: Any, page: Any) -> None:
        note = Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=[40, 290, 340, 320], **more)
        page.obj.Annots = Array([*(page.obj.get("/Annots") or []), pdf.make_indirect(note)])

    return change


def _layer(state: str) -> Change:
    """The words stand in a layer that is on or off when the paper is opened."""

    def change(pdf: Any, page: Any) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Layer"))
        pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary({"/" + state: Array([layer])}))
        page.obj.Resources.Properties = Dictionary(L1=layer)

    return change


def _state(**entries: Any) -> Change:
    def change(pdf: Any, page: Any) -> None:
        page.obj.Resources.ExtGState = Dictionary(G1=Dictionary(Type=Name.ExtGState, **entries))

    return change


def _picture(colour: str, *, gps: bool = False) -> Change:
    def change(pdf: Any, page: Any) -> None:
        body = photo(gps).getvalue()
        if not gps:
            out = io.BytesIO()
            Image.new("RGB", (40, 30), colour).save(out, "JPEG")
            body = out.getvalue()
        image = pdf.make_stream(body)
        for key, value in (
            ("Type", Name.XObject), ("Subtype", Name.Image), ("Width", 40), ("Height", 30),
            ("ColorSpace", Name.DeviceRGB), ("BitsPerComponent", 8), ("Filter", Name.DCTDecode),
        ):  # fmt: skip
            image[Name("/" + key)] = value
        page.obj.Resources.XObject = Dictionary(Im1=image)

    return change


def _form(words: bytes) -> Change:
    def change(pdf: Any, page: Any) -> None:
        form = pdf.make_stream(words)
        form.Type, form.Subtype = Name.XObject, Name.Form
        form.BBox, form.Resources = Array([0, 0, 400, 600]), page.obj.Resources
        page.obj.Resources.XObject = Dictionary(X=form)

    return change


def _xmp(key: str, value: Any) -> Change:
    def change(pdf: Any, page: Any) -> None:
        with pdf.open_metadata(set_pikepdf_as_editor=False) as found:
            found[key] = value

    return change


def _info(key: str, value: str) -> Change:
    return lambda pdf, page: pdf.docinfo.__setitem__(key, value)


def _attached(pdf: Any, page: Any) -> None:
    pdf.attachments["名册.txt"] = b"a list"


def _named_script(pdf: Any, page: Any) -> None:
    action = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", action])))


def _on_page(pdf: Any, page: Any) -> None:
    page.obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS="app.alert(1)"))


def _on_note(pdf: Any, page: Any) -> None:
    _note("Widget", AA=Dictionary(E=Dictionary(S=Name.Launch, F="cmd.exe")))(pdf, page)
    pdf.Root.AcroForm = Dictionary(Fields=Array([page.obj.Annots[0]]))


def _field(text: str, flag: int) -> Change:
    def change(pdf: Any, page: Any) -> None:
        _note("Widget", FT=Name.Tx, T="name", V=text, F=flag)(pdf, page)
        pdf.Root.AcroForm = Dictionary(Fields=Array([page.obj.Annots[0]]))

    return change


def _turned(angle: int) -> Change:
    return lambda pdf, page: page.obj.__setitem__("/Rotate", angle)


def _shifted(pdf: Any, page: Any) -> None:
    """The page does not begin at nought."""
    page.obj.MediaBox = Array([30, 250, 430, 650])


def later(first: bytes, content: bytes) -> bytes:
    """An addition at the end that gives the page other words; the old ones stay in front of it."""
    with pikepdf.open(io.BytesIO(first)) as pdf:
        number = pdf.pages[0].obj.Contents.objgen[0]
        root, size = pdf.Root.objgen[0], len(pdf.objects) + 1
    before = int(re.findall(rb"startxref\s+(\d+)", first)[-1])
    one = b"%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (number, len(content), content)
    table = len(first) + 1 + len(one)
    return first + b"\n" + one + (
        b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
        % (number, len(first) + 1, size, root, before, table)
    )  # fmt: skip


def _plain_table(body: bytes) -> bytes:
    """The same paper with an old table of objects, to which additions are simple."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(body)) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def _xmp_picture(words: bytes) -> bytes:
    body = photo(False).getvalue()
    packet = b"http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + words + b"</x:xmpmeta>"
    return body[:2] + b"\xff\xe1" + (len(packet) + 2).to_bytes(2, "big") + packet + body[2:]


def _owner(tag: int) -> bytes:
    exif, out = Image.Exif(), io.BytesIO()
    exif[tag] = "Zhang San"
    Image.new("RGB", (40, 30), "red").save(out, "JPEG", exif=exif)
    return out.getvalue()


def _png(key: str, value: str, gps: bool = False) -> bytes:
    notes, exif, out = PngImagePlugin.PngInfo(), Image.Exif(), io.BytesIO()
    if key:
        notes.add_text(key, value)
    if gps:
        exif.get_ifd(0x8825).update({1: "N", 2: (39.0, 5.0, 1.0), 3: "E", 4: (117.0, 2.0, 3.0)})
    Image.new("RGB", (40, 30), "red").save(
        out, "PNG", pnginfo=notes, **({"exif": exif.tobytes()} if gps else {})
    )
    return out.getvalue()


def pdf_more_traps(number: int) -> list[Made]:
    text, dark = secret(number), b"0.1 0.2 0.5 rg 40 290 300 30 re f\n"
    words, first = pdf_text(text), _plain_table(saved_pdf(pdf_text(text)))
    picture = b"q 300 0 0 30 40 290 cm /Im1 Do Q\n"
    made = [
        ("layer off", "invisible_text", saved_pdf(b"/OC /L1 BDC " + words + b"EMC\n", _layer("OFF"))),
        ("clear", "invisible_text", saved_pdf(b"/G1 gs " + words, _state(ca=0))),
        ("as its dark ground", "invisible_text", saved_pdf(dark + pdf_text(text, "0.1 0.2 0.5 rg"))),
        ("as its picture", "invisible_text", saved_pdf(picture + pdf_text(text, "1 0 0 rg"), _picture("red"))),
        ("cut away", "invisible_text", saved_pdf(b"q 0 0 10 10 re W n " + words + b"Q\n")),
        ("mode 7", "invisible_text", saved_pdf(b"q " + words.replace(b"BT", b"BT 7 Tr") + b"Q\n")),
        ("outside the page", "invisible_text", saved_pdf(pdf_text(text, at="50 -80"))),
        ("white in a form", "invisible_text", saved_pdf(b"/X Do\n", _form(pdf_text(text, "1 1 1 rg")))),
        ("tiny by its matrix", "invisible_text", saved_pdf(b"q 0.1 0 0 0.1 50 300 cm " + pdf_text(text, at="0 0") + b"Q\n")),
        ("white on a turned page", "invisible_text", saved_pdf(pdf_text(text, "1 1 1 rg"), _turned(270))),
        ("hidden field", "invisible_text", saved_pdf(b"", _field(text, 2))),
        ("under a picture", "covered_text", saved_pdf(words + picture, _picture("black"))),
        ("under a square", "covered_text", saved_pdf(words, _note("Square", IC=Array([0, 0, 0])))),
        ("blotting not done", "covered_text", saved_pdf(words, _note("Redact"))),
        ("box in a form", "covered_text", saved_pdf(words + b"/X Do\n", _form(b"0 g 40 290 300 30 re f\n"))),
        ("box with other words on it", "covered_text", saved_pdf(words + b"0 g 40 290 300 30 re f 1 g " + pdf_text("hidden", at="150 300"))),
        ("addition", "previous_revision", later(first, HELLO)),
        ("two additions", "previous_revision", later(later(first, HELLO), HELLO + b" ")),
        ("maker by xmp", "metadata", saved_pdf(b"", _xmp("dc:creator", [text]))),
        ("own entry", "metadata", saved_pdf(b"", _info("/承办人", text))),
        ("company", "metadata", saved_pdf(b"", _info("/Company", text))),
        ("path as title", "metadata", saved_pdf(b"", _info("/Title", "Microsoft Word - C:\\Users\\zhang\\a.doc"))),
        ("attached", "external_link", saved_pdf(b"", _attached)),
        ("clip", "external_link", saved_pdf(b"", _note("FileAttachment", Contents=text))),
        ("other file", "external_link", saved_pdf(b"", _note("Link", A=Dictionary(S=Name.GoToR, F="//server/a.pdf")))),
        ("disk", "external_link", saved_pdf(b"", _note("Link", A=Dictionary(S=Name.URI, URI="C:\\a.doc")))),
        ("named script", "macro", saved_pdf(b"", _named_script)),
        ("script of a page", "macro", saved_pdf(b"", _on_page)),
        ("launch of a note", "macro", saved_pdf(b"", _on_note)),
        ("film", "macro", saved_pdf(b"", _note("RichMedia"))),
        ("place", "location", saved_pdf(picture, _picture("red", gps=True))),
        ("remark on a mark", "comment", saved_pdf(words, _note("Highlight", Contents=text))),
    ]  # fmt: skip
    pictures = [
        ("place by xmp.jpg", "location", _xmp_picture(b"<exif:GPSLatitude>39,5N</exif:GPSLatitude>")),
        ("place.png", "location", _png("", "", gps=True)),
        ("artist.jpg", "metadata", _owner(0x013B)),
        ("maker by xmp.jpg", "metadata", _xmp_picture(b"<dc:creator><rdf:Seq><rdf:li>Zhang San</rdf:li></rdf:Seq></dc:creator>")),
        ("author.png", "metadata", _png("Author", text)),
    ]  # fmt: skip
    return [(f"{kind}.pdf", rule, body) for kind, rule, body in made] + pictures


def pdf_more_clean(number: int) -> list[tuple[str, bytes]]:
    text, dark = secret(number), b"0.1 0.2 0.5 rg 40 290 300 30 re f\n"
    words, white = pdf_text(text), pdf_text(text, "1 1 1 rg")
    picture = b"q 300 0 0 30 40 290 cm /Im1 Do Q\n"
    first = _plain_table(saved_pdf(words))
    whole = b"q 400 0 0 600 0 0 cm /Im1 Do Q\n"
    made = [
        ("turned 180", saved_pdf(words, _turned(180))),
        ("turned 270, white on dark", saved_pdf(dark + white, _turned(270))),
        ("shifted", saved_pdf(words, _shifted)),
        ("layer on", saved_pdf(b"/OC /L1 BDC " + words + b"EMC\n", _layer("ON"))),
        ("half clear", saved_pdf(b"/G1 gs " + words, _state(ca=0.5))),
        ("white on a dark picture", saved_pdf(picture + white, _picture("navy"))),
        ("clear box over", saved_pdf(words + b"/G1 gs 1 1 0 rg 40 290 300 30 re f\n", _state(ca=0.3))),
        ("ring around", saved_pdf(words + b"1 0 0 rg 40 250 m 340 250 l 340 350 l 40 350 l h 44 254 m 336 254 l 336 346 l 44 346 l h f*\n")),
        ("frame", saved_pdf(words + b"40 290 300 30 re S\n")),
        ("line through", saved_pdf(words + b"0 g 40 303 300 1 re f\n")),
        ("recognised scan", saved_pdf(b"3 Tr " + words + b"0 Tr " + whole, _picture("white"))),
        ("words over a scan", saved_pdf(whole + b"BT /F1 12 Tf 3 Tr 50 300 Td (" + text.encode() + b") Tj ET\n", _picture("white"))),
        ("filled field", saved_pdf(b"", _field(text, 4))),
        ("mark without a remark", saved_pdf(words, _note("Highlight", C=Array([1, 1, 0])))),
        ("typed on the page", saved_pdf(b"", _note("FreeText", Contents=text, DA="/Helv 12 Tf"))),
        ("addition that takes nothing out", later(first, HELLO + words + pdf_text("Approved", at="50 200"))),
        ("title", saved_pdf(b"", _info("/Title", "关于开放政务数据的通知"))),
        ("program", saved_pdf(b"", _info("/Creator", "WPS 文字"))),
        ("opens on page one", saved_pdf(b"", lambda pdf, page: setattr(pdf.Root, "OpenAction", Array([page.obj, Name.Fit])))),
        ("mail", saved_pdf(b"", _note("Link", A=Dictionary(S=Name.URI, URI="mailto:zwgk@example.gov.cn")))),
        ("outlined letters", saved_pdf(pdf_text(text, "1 Tr"))),
        ("small", saved_pdf(words.replace(b"F1 12", b"F1 5"))),
        ("picture beside", saved_pdf(words + b"q 50 0 0 50 340 20 cm /Im1 Do Q\n", _picture("red"))),
    ]  # fmt: skip
    return [(f"{kind}.pdf", body) for kind, body in made]


def pictures_clean(number: int) -> list[tuple[str, bytes]]:
    return [("software.png", _png("Software", "WPS")), ("plain.png", _png("", ""))]
