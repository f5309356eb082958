"""From signs and lines with places to paragraphs and tables, page after page; pdf, ofd and recognised scans use it."""

from __future__ import annotations

from gongkai.files.reader.answer import Answer
from gongkai.files.reader.pdfframes import Frame, tables_of
from gongkai.files.reader.pdfsigns import Ruling, Sign
from gongkai.files.reader.pdfwords import Found, goes_on, paragraphs_of


class Pages:
    """Hands blocks on in order; holds the last paragraph of a page back, because it may go on overleaf."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.held: Found | None = None
        self.held_page = 0

    def take(self, rulings: list[Ruling], signs: list[Sign], number: int) -> None:
        frames = tables_of(rulings, signs)
        inside = {id(sign) for frame in frames for sign in frame.signs}
        outside = [sign for sign in signs if id(sign) not in inside]
        found: list[tuple[float, Frame | Found]] = [(frame.top, frame) for frame in frames]
        found += [(one.top, one) for one in paragraphs_of(outside, frames)]
        for _, block in sorted(found, key=lambda one: -one[0]):
            if isinstance(block, Frame):
                self.hand_on()
                self.answer.table(block.rows(), page=number)
            elif block.part:
                self._paragraph(block, number)
            elif self.held is not None and self.held_page < number and goes_on(self.held, block):
                self.held.text += block.text
                self.held.lines += block.lines
                self.held_page = number
            else:
                self.hand_on()
                self.held, self.held_page = block, number

    def hand_on(self) -> None:
        if self.held is not None:
            self._paragraph(self.held, self.held_page)
        self.held = None

    def _paragraph(self, found: Found, number: int) -> None:
        self.answer.paragraph(
            found.text, align=found.align, size=found.size, bold=found.bold, page=number, part=found.part
        )
