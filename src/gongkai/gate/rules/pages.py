"""The text of a page as passages, and a mend put back into the page.

The page is our own cleaned HTML (``kernel.html.clean``): tags, text and few entities; nothing else is expected.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from gongkai.gate.rules.finding import Finding, Passage

_TOKEN = re.compile(r"<(/?)([a-zA-Z0-9]+)[^>]*>|&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);|[^<&]+|[<&]")
_BLOCKS = frozenset(
    ["p", "h2", "h3", "h4", "li", "td", "th", "caption", "blockquote", "div", "table", "tr", "hr", "ul", "ol"]
)


@dataclass(slots=True)
class Placed:
    """A passage of a page, and for each of its characters where it stands in the page."""

    passage: Passage
    spots: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Walk:
    placed: list[Placed] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    spots: list[tuple[int, int]] = field(default_factory=list)
    paragraph: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    heads: dict[int, str] = field(default_factory=dict)
    in_table: bool = False

    def close(self) -> None:
        text, spots = "".join(self.text), self.spots
        self.text, self.spots = [], []
        if not text.strip():
            return
        if self.in_table:
            where = f"正文表格{self.table}第{self.row}行第{self.column}列"
            head = self.heads.get(self.column, "") if self.row > 1 else ""
            if self.row == 1:
                self.heads[self.column] = text.strip()
            self.placed.append(Placed(Passage(where, text, head, self.row), spots))
        else:
            self.paragraph += 1
            self.placed.append(Placed(Passage(f"正文第{self.paragraph}段", text), spots))

    def tag(self, name: str, closing: bool) -> None:
        if name == "br":
            return
        if name not in _BLOCKS:
            return
        self.close()
        if name == "table":
            self.in_table = not closing
            if not closing:
                self.table, self.row, self.heads = self.table + 1, 0, {}
        elif name == "tr" and not closing:
            self.row, self.column = self.row + 1, 0
        elif name in ("td", "th") and not closing:
            self.column += 1


def passages_of(page: str) -> list[Placed]:
    """Paragraphs and cells of a page in reading order.

    >>> [one.passage.text for one in passages_of("<p>a&amp;<b>b</b></p><table><tr><td>c</td></tr></table>")]
    ['a&b', 'c']
    """
    walk = _Walk()
    for token in _TOKEN.finditer(page):
        if token[2]:
            if token[2].lower() == "br":
                walk.text.append("\n")
                walk.spots.append((token.start(), token.end()))
            walk.tag(token[2].lower(), bool(token[1]))
        elif token[0].startswith("&") and len(token[0]) > 1:
            said = html.unescape(token[0])
            walk.text.append(said)
            walk.spots += [(token.start(), token.end())] * len(said)
        else:
            walk.text.append(token[0])
            walk.spots += [(place, place + 1) for place in range(token.start(), token.end())]
    walk.close()
    return walk.placed


def mended(page: str, placed: Iterable[Placed], findings: Iterable[Finding]) -> str:
    """The page with the mends of these findings in place of what they found; tags stay where they are.

    >>> from gongkai.gate.rules.finding import Level
    >>> one = Finding("r", Level.BLOCK, "正文第1段", "", "", start=1, end=4, mend="***")
    >>> page = "<p>a1<b>2</b>3b</p>"
    >>> mended(page, passages_of(page), [one])
    '<p>a*<b>*</b>*b</p>'
    """
    by_where = {one.passage.where: one for one in placed}
    changes: dict[tuple[int, int], str] = {}
    for finding in findings:
        at = by_where.get(finding.where)
        if at is None or not finding.mend or not 0 <= finding.start < finding.end <= len(at.spots):
            continue
        spots = at.spots[finding.start : finding.end]
        new = (
            list(finding.mend)
            if len(finding.mend) == len(spots)
            else [finding.mend, *[""] * (len(spots) - 1)]
        )
        for spot, said in zip(spots, new, strict=True):
            changes[spot] = html.escape(said, quote=False)
    for (start, end), said in sorted(changes.items(), reverse=True):
        if page[start:end].startswith("<") and said == "\n":
            continue  # a line break stays one
        page = page[:start] + said + page[end:]
    return page
