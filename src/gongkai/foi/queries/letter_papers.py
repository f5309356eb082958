"""A letter as paper: the default Word templates that the program builds, the values of their blanks, the file.

The layout follows GB/T 9704-2012 as far as a letter can: A4, margins 37, 26, 35 and 28 mm, the agency in red over
a red line, the number, the title, text in 仿宋 of 16 points on lines of 28, agency, seal and date at the right.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH as Align
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from gongkai.files import storage
from gongkai.files.filling import fill
from gongkai.foi.models import Letter
from gongkai.foi.models import Paper as CasePaper
from gongkai.foi.queries.letters import paragraphs_of
from gongkai.foi.rules import letters as rules
from gongkai.kernel.clock import legal_day
from gongkai.kernel.text.dates import written_out

AGENCY, TITLE, NUMBER, TO, DAY, BODY, ENCLOSED = (
    "机关", "标题", "编号", "收件人", "日期", "正文", "附件",
)  # fmt: skip
ANYWHERE = (AGENCY, TITLE, NUMBER, TO, DAY, BODY, ENCLOSED)
UNSIGNED_NUMBER, UNSIGNED_DAY = "（签发时编号）", "（签发日期）"
SONG, FANG, HEI = "方正小标宋简体", "仿宋_GB2312", "黑体"
RED = RGBColor(0xC0, 0x00, 0x00)
WHY = "the caller has the letter"
# A paper is XML, which has no room for control signs; an applicant may have typed one.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_AFTER_BORDERS = (
    "w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr",
)  # fmt: skip


def known_blanks(kind: rules.LetterKind) -> tuple[str, ...]:
    """What a template of this letter may ask for."""
    return (*ANYWHERE, *(part.label for part in kind.parts))


def mandatory_blanks(kind: rules.LetterKind) -> tuple[str, ...]:
    """What a template of this letter must ask for; 正文 stands for all elements at once."""
    return (AGENCY, DAY, *((NUMBER,) if kind.numbered else ()), *kind.mandatory)


def values_of(letter: Letter) -> dict[str, str]:
    """Every blank of a letter's template with its words."""
    kind = rules.letter_kind(letter.kind)
    texts = {one.key: _UNPRINTABLE.sub("", one.text) for one in paragraphs_of(letter)}
    body = [texts.get(part.key, "") for part in kind.parts if part.key != rules.PLAIN]
    return {
        AGENCY: letter.agency.name,
        TITLE: kind.title,
        NUMBER: letter.number or (UNSIGNED_NUMBER if kind.numbered else ""),
        TO: _UNPRINTABLE.sub("", letter.addressee),
        DAY: written_out(legal_day(letter.signed_at)) if letter.signed_at else UNSIGNED_DAY,
        BODY: "\n".join(text for text in body if text),
        ENCLOSED: enclosed_words(letter),
        **{part.label: texts.get(part.key, "") for part in kind.parts},
    }


def enclosed(letter: Letter) -> list[CasePaper]:
    """Papers that go with an answer; other letters carry none."""
    if not letter.is_answer:
        return []
    rows = CasePaper.objects.unscoped(WHY).filter(case=letter.case_id, with_answer=True, purged_at=None)
    return list(rows.select_related("file"))


def enclosed_words(letter: Letter) -> str:
    """附件：1. 某某；2. 某某, empty where nothing goes along."""
    names = [f"{place}. {paper.title}" for place, paper in enumerate(enclosed(letter), 1)]
    return f"附件：{'；'.join(names)}" if names else ""


def paper_of(letter: Letter) -> bytes:
    """The letter as docx, filled from its own template or the default one. Draft or signed alike."""
    return filled(letter.kind, values_of(letter), template=letter.template)


def filled(kind: str, values: dict[str, str], *, template: Any = None) -> bytes:
    """The docx of a letter from values; the template is opened in the child process only."""
    if template is not None:
        return fill(storage.path_of(template.file), values)
    with tempfile.NamedTemporaryFile(suffix=".docx") as default:
        default.write(default_template(rules.letter_kind(kind)))
        default.flush()
        return fill(Path(default.name), values)


@dataclass(frozen=True, slots=True)
class ShownPart:
    """One element on a page: its name and its paragraphs."""

    key: str
    label: str
    lines: tuple[str, ...]
    locked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLetter:
    """A letter as a page draws it; templates escape every word of it."""

    agency: str
    title: str
    number: str
    addressee: str
    plain: str
    parts: tuple[ShownPart, ...]
    enclosed: str
    day: str
    signed: bool


def shown(letter: Letter) -> ShownLetter:
    """The letter for a page: what the paper says, element by element."""
    kind, values = rules.letter_kind(letter.kind), values_of(letter)
    parts = (
        ShownPart(part.key, part.label, tuple(values[part.label].split("\n")), part.locked)
        for part in kind.parts
        if part.key != rules.PLAIN and values[part.label]
    )
    return ShownLetter(
        agency=values[AGENCY],
        title=values[TITLE],
        number=values[NUMBER],
        addressee=values[TO],
        plain=values[kind.parts[0].label],
        parts=tuple(parts),
        enclosed=values[ENCLOSED],
        day=values[DAY],
        signed=letter.signed_at is not None,
    )


def plain_text(letter: Letter) -> str:
    """The letter as lines of text: for readers without Word and for the sealed file."""
    values = values_of(letter)
    kind = rules.letter_kind(letter.kind)
    lines = [values[AGENCY], values[NUMBER], values[TITLE], f"{values[TO]}：" if values[TO] else ""]
    lines += [values[part.label] for part in kind.parts]
    lines += [values[ENCLOSED], values[AGENCY], values[DAY]]
    return "\n".join(line for line in lines if line)


def default_template(kind: rules.LetterKind) -> bytes:
    """The template that serves where nobody uploaded one; also the one to start from in Word."""
    paper = Document()
    _page(paper)
    _head(paper, kind)
    if kind.group == "inside":
        _sheet(paper, kind)
    else:
        _letter(paper, kind)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _page(paper: Paper) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = FANG, Pt(16)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FANG)
    form = normal.paragraph_format
    form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28)
    paper.core_properties.author = paper.core_properties.comments = ""


def _head(paper: Paper, kind: rules.LetterKind) -> None:
    name = _line(paper, f"{{{{ {AGENCY} }}}}", align=Align.CENTER, font=SONG, size=28, red=True)
    name.paragraph_format.line_spacing = Pt(44)
    _border(name, "bottom", "C00000", 18)
    if kind.numbered:
        _line(paper, f"{{{{ {NUMBER} }}}}", align=Align.CENTER)
    title = _line(paper, f"{{{{ {TITLE} }}}}", align=Align.CENTER, font=SONG, size=22)
    title.paragraph_format.line_spacing = Pt(34)
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(14)


def _letter(paper: Paper, kind: rules.LetterKind) -> None:
    for words in (f"{{%p if {TO} %}}", f"{{{{ {TO} }}}}：", "{%p endif %}"):
        _line(paper, words)
    for part in kind.parts:
        if part.key == rules.PLAIN:
            line = _line(paper, f"{{{{ {part.label} }}}}", font=HEI, indent=True)
            _border(line, "left", "0F4C5C", 24)
            line.paragraph_format.space_after = Pt(8)
        elif part.required:
            _line(paper, f"{{{{ {part.label} }}}}", indent=True)
        else:
            for words in _if(part.label):
                _line(paper, words, indent=True)
    for words in _if(ENCLOSED):
        _line(paper, words, indent=True)
    _signature(paper)


def _sheet(paper: Paper, kind: rules.LetterKind) -> None:
    """Papers of the file are sheets: one row for each element."""
    _line(paper, f"{{{{ {rules.letter_kind(kind.key).parts[0].label} }}}}", font=HEI)
    table = paper.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for part in kind.parts[1:]:
        cells = table.add_row().cells
        cells[0].width, cells[1].width = Mm(34), Mm(122)
        _run(cells[0].paragraphs[0], part.label, font=HEI, size=14)
        _run(cells[1].paragraphs[0], f"{{{{ {part.label} }}}}", font=FANG, size=14)
    _signature(paper)


def _signature(paper: Paper) -> None:
    gap = _line(paper, "")
    gap.paragraph_format.keep_with_next = True
    for words in (f"{{{{ {AGENCY} }}}}", "（印章）", f"{{{{ {DAY} }}}}"):
        line = _line(paper, words, align=Align.RIGHT)
        line.paragraph_format.right_indent = Pt(64)
        line.paragraph_format.keep_with_next = words != f"{{{{ {DAY} }}}}"


def _if(label: str) -> Iterator[str]:
    yield f"{{%p if {label} %}}"
    yield f"{{{{ {label} }}}}"
    yield "{%p endif %}"


def _line(
    paper: Paper,
    words: str,
    *,
    align: Any = None,
    font: str = FANG,
    size: int = 16,
    red: bool = False,
    indent: bool = False,
) -> Paragraph:
    line = paper.add_paragraph()
    if align is not None:
        line.alignment = align
    if indent:
        line.paragraph_format.first_line_indent = Pt(2 * size)
    _run(line, words, font=font, size=size, red=red)
    return line


def _run(line: Paragraph, words: str, *, font: str, size: int, red: bool = False) -> None:
    run = line.add_run(words)
    run.font.name, run.font.size = font, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if red:
        run.font.color.rgb = RED


def _border(line: Paragraph, side: str, colour: str, eighths: int) -> None:
    """A line beside a paragraph; python-docx has no word for it."""
    edge = OxmlElement(f"w:{side}")
    for name, worth in (("val", "single"), ("sz", str(eighths)), ("space", "6"), ("color", colour)):
        edge.set(qn(f"w:{name}"), worth)
    box = OxmlElement("w:pBdr")
    box.append(edge)
    # Word wants the marks of a paragraph in the order of its schema.
    line._p.get_or_add_pPr().insert_element_before(box, *_AFTER_BORDERS)


def file_name(letter: Letter) -> str:
    """The name under which a letter is downloaded: its number, else its title and case."""
    kind = rules.letter_kind(letter.kind)
    words = f"{letter.number or kind.title} {letter.case.number}"
    return re.sub(r'[\\/:*?"<>|\s]+', " ", words).strip() + ".docx"
