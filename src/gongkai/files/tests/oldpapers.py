"""Papers as offices have them: .doc and .wps of the old kind, .ofd, photographs and scans; made from a few models.

The old papers were written by LibreOffice; others are made of them by words of the same length.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from PIL import Image, ImageDraw

PAPERS = Path(__file__).parent / "papers"
OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def old_word(model: str, **words: str) -> bytes:
    """A model with some of its words exchanged for others of the same length."""
    body = (PAPERS / f"{model}.doc").read_bytes()
    for old, new in words.items():
        assert len(old) == len(new) and old.encode("utf-16-le") in body, old
        body = body.replace(old.encode("utf-16-le"), new.encode("utf-16-le"))
    return body


def text_object(text: str, x: float, y: float, size: float = 5.6, more: str = "") -> str:
    """A line of an ofd page: ``x`` and ``y`` in millimetres from the upper left corner."""
    steps = f"g {len(text) - 1} {size}" if len(text) > 1 else ""
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {y} {len(text) * size + 1} {size * 1.2}" Font="3" Size="{size}" {more}>'
        f'<ofd:TextCode X="0" Y="{size * 0.9}" DeltaX="{steps}">{text}</ofd:TextCode></ofd:TextObject>'
    )


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    return (
        f'<ofd:PathObject ID="8" Boundary="{x1} {y1} {x2 - x1 + 0.1} {y2 - y1 + 0.1}" LineWidth="0.3">'
        f"<ofd:AbbreviatedData>M 0 0 L {x2 - x1} {y2 - y1}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def ofd(
    *pages: str, template: str = "", info: str = "", document: str = "", extra: dict[str, str] | None = None
) -> bytes:
    """An ofd of these pages."""
    listed = "".join(f'<ofd:Page ID="{at}" BaseLoc="Pages/P{at}/Content.xml"/>' for at in range(len(pages)))
    template_page = '<ofd:TemplatePage ID="77" BaseLoc="Tpls/T/Content.xml"/>' if template else ""
    parts = {
        "OFD.xml": f'<ofd:OFD {OFD} Version="1.0"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID>{info}</ofd:DocInfo>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        f"</ofd:PhysicalBox></ofd:PageArea>{template_page}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{document}"
        "</ofd:Document>",
    }
    if template:
        parts["Doc_0/Tpls/T/Content.xml"] = _page(template)
    for at, content in enumerate(pages):
        used = '<ofd:Template TemplateID="77" ZOrder="Background"/>' if template else ""
        parts[f"Doc_0/Pages/P{at}/Content.xml"] = _page(content, used)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in {**parts, **(extra or {})}.items():
            box.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + content)
    return out.getvalue()


def _page(content: str, used: str = "") -> str:
    return (
        f'<ofd:Page {OFD}>{used}<ofd:Content><ofd:Layer ID="2">{content}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def notice_ofd(number: int) -> bytes:
    """An official paper: mark, number, title, recipients, text, signature, day."""
    head = text_object("测试区财政局文件", 55, 40, 11) + line(25, 72, 185, 72)
    return ofd(
        text_object(f"测财发〔2026〕{number}号", 80, 62)
        + text_object("关于做好基层政务公开有关工作的通知", 38, 85, 7.8)
        + text_object("各街道办事处，区政府各部门：", 28, 105)
        + text_object("为进一步做好政务公开工作，现将有关事项通知如下：", 39.2, 115)
        + text_object("一、加强组织领导", 39.2, 125)
        + text_object("测试区财政局", 130, 200)
        + text_object(f"2026年3月{number}日", 130, 210),
        template=head,
    )


def table_ofd() -> bytes:
    """A ruled table under its title."""
    across, down = (30, 80, 130), (60, 70, 80)
    rules = "".join(line(30, y, 130, y) for y in down) + "".join(line(x, 60, x, 80) for x in across)
    words = (
        text_object("项目", 35, 62) + text_object("金额", 85, 62) + text_object("高龄补贴", 35, 72)
        + text_object("23000", 85, 72, 5.6)
    )  # fmt: skip
    return ofd(text_object("2026年度惠民补贴发放情况表", 60, 40) + rules + words)


def scanned(form: str, shade: int = 255) -> bytes:
    """A scan: lines of grey bars where the words would be, in one picture."""
    picture, out = Image.new("L", (620, 877), shade), io.BytesIO()
    pen = ImageDraw.Draw(picture)
    for at in range(8):
        pen.rectangle((80, 120 + at * 60, 540 - at * 20, 140 + at * 60), fill=40)
    picture.convert("RGB").save(out, form)
    return out.getvalue()


def folder_of_forty() -> list[tuple[str, bytes, bool]]:
    """Name, content, and whether it has words that need no recognition."""
    made: list[tuple[str, bytes, bool]] = []
    for at, number in enumerate(("11", "12", "13", "21", "22", "23", "31")):
        words = {"〔2026〕11号": f"〔2026〕{number}号", "年3月11日": f"年3月{number}日"}
        made.append((f"通知{number}.{'wps' if at % 2 else 'doc'}", old_word("notice", **words), True))
    for at, words in enumerate(
        (("高龄", "残疾"), ("救助", "低保"), ("115", "116"), ("民政", "教育"), ("合计", "总计"))
    ):
        made.append((f"补贴表{at}.{'doc' if at % 2 else 'wps'}", old_word("table", **dict([words])), True))
    made += [(f"说明{at}.doc", old_word("hidden", 留下的字=f"留下第{at}"), True) for at in "一二三"]
    made += [(f"通知{number}.ofd", notice_ofd(number), True) for number in range(11, 21)]
    made += [("补贴表.ofd", table_ofd(), True), ("扫描.ofd", ofd(""), False)]
    made += [(f"照片{at}.jpg", scanned("JPEG", 255 - at), False) for at in range(4)]
    made += [(f"截图{at}.png", scanned("PNG", 255 - at), False) for at in range(4)]
    made += [(f"扫描件{at}.pdf", scanned("PDF", 255 - at), False) for at in range(3)]
    made.append(
        (
            "锁住.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            False,
        )
    )
    made.append(("坏了.wps", (PAPERS / "notice.doc").read_bytes()[:3000], False))
    return made
