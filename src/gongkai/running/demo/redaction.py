"""区分处理 in a case of the demo: a contract with a person's number, blotted out with its ground (条例第三十七条, D11)."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime

import pikepdf

from gongkai.files.actions import take_in
from gongkai.foi.actions.filing import file_paper
from gongkai.foi.actions.redacting import Blot, begin_redaction, finish_redaction, place_boxes
from gongkai.foi.models import Case, Paper
from gongkai.kernel.clock import legal_day
from gongkai.orgs.actor import actor_of
from gongkai.orgs.models import Person, Unit

TITLE = "政府采购办公设备合同"
# The number is nobody's: the example of GB 11643.
LINES = (
    TITLE,
    "甲方：滨海区财政局",
    "乙方：演示办公设备有限公司",
    "设备：复印机6台，合同金额18.6万元",
    "交货：合同签订后十五日内",
    "乙方经办人：张伟　身份证号：11010519491231002X",
    "乙方账号：6200000000000000000",
)
WIDTH, HEIGHT, TOP, STEP, SIZE = 595, 842, 740, 40, 14
BLOTTED = {5: "15_privacy", 6: "15_trade"}


def load(units: Mapping[str, Unit], *, now: datetime) -> None:
    """By the officer of the finance bureau, on the case that he has in hand."""
    by = actor_of(Person.objects.get(username="czj.officer"), today=legal_day(now))
    case = Case.objects.unscoped("the demo knows its case").get(unit=units["czj"], title=TITLE)
    file = take_in(content=iter([_contract()]), name=f"{TITLE}.pdf", unit=units["czj"], by=by, now=now)
    paper = file_paper(
        case=case, kind=Paper.Kind.SOURCE, title=TITLE, file=file, with_answer=True, by=by, now=now
    )
    work = begin_redaction(paper=paper, by=by, now=now)
    blots = [Blot(0, _box_of(line), ground) for line, ground in BLOTTED.items()]
    work = place_boxes(redaction=work, blots=blots, by=by, now=now)
    finish_redaction(redaction=work, by=by, now=now)


def _box_of(line: int) -> tuple[float, float, float, float]:
    """The band of a line, from side to side: whatever font draws it, nothing stands out of it."""
    base = HEIGHT - TOP + STEP * line
    return (0.1, (base - SIZE - 6) / HEIGHT, 0.95, (base + 8) / HEIGHT)


def _contract() -> bytes:
    """One page with a font that every reader of Chinese PDF knows by name; nothing is embedded."""
    made = pikepdf.new()
    name = pikepdf.Name("/STSong-Light")
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor, FontName=name, Flags=6, FontBBox=[0, -250, 1000, 900],
        ItalicAngle=0, Ascent=880, Descent=-120, CapHeight=880, StemV=80,
    )  # fmt: skip
    below = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType0, BaseFont=name, DW=1000,
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="GB1", Supplement=4),
        FontDescriptor=made.make_indirect(descriptor),
    )  # fmt: skip
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=name,
        Encoding=pikepdf.Name("/UniGB-UCS2-H"), DescendantFonts=[made.make_indirect(below)],
    )  # fmt: skip
    page = made.add_blank_page(page_size=(WIDTH, HEIGHT))
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=made.make_indirect(font)))
    drawing = "".join(
        f"BT /F {SIZE} Tf 80 {TOP - STEP * at} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"
        for at, text in enumerate(LINES)
    )
    page.Contents = made.make_stream(drawing.encode())
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
