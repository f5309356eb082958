"""From the blocks of a file to the text of a page: only what the paper says, in clean HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape

from gongkai.kernel.text.blocks import BODY, Block, Cell, Paragraph, Table
from gongkai.kernel.text.numerals import bare

_ARTICLE = re.compile(r"^(第[〇零一二三四五六七八九十百千]+条)[\s\u3000]*")
_CHAPTER = re.compile(r"^(第[〇零一二三四五六七八九十百]+[章节]|[一二三四五六七八九十]+、)")
_RECORD = re.compile(r"^(抄\s*送|印\s*发|分\s*送)\s*[:：]|印发\s*$")
_NOTE = re.compile(r"^[(（]此件.{2,12}[)）]$")
_SIGNATURE = re.compile(r"^[\u4e00-\u9fff（）()]{4,60}$")
_DATE_LINE = re.compile(
    r"^[\d〇零一二三四五六七八九十]{2,4}年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日$"
)


def body_html(blocks: Iterable[Block], *, leave_out: Sequence[str] = ()) -> str:
    """The text of a paper as HTML: without its head (``leave_out``: title, number, issuer as recognised),
    which the page prints from the fields, and without the record lines at its end (抄送, 印发).
    """
    parts = [block for block in blocks if not isinstance(block, Paragraph) or block.part == BODY]
    parts = _signed(_after_head(parts, [bare(words) for words in leave_out if words]))
    return "\n".join(html for block in parts if (html := _block_html(block)))


def _signed(blocks: list[Block]) -> list[Block]:
    """Set the name above the closing date to the right, also where the file gave no form (txt, pdf)."""
    for place in range(len(blocks) - 1, 0, -1):
        date_line, name = blocks[place], blocks[place - 1]
        if not isinstance(date_line, Paragraph) or not _DATE_LINE.match(bare(date_line.text)):
            continue
        if isinstance(name, Paragraph) and _SIGNATURE.match(bare(name.text)):
            blocks[place - 1] = replace(name, align="right")
        break
    return blocks


def _after_head(blocks: list[Block], head: list[str]) -> list[Block]:
    """Drop the first paragraphs as long as they only say what the head says."""
    said = "".join(head)
    for place, block in enumerate(blocks):
        if isinstance(block, Table):
            return blocks[place:]
        words = bare(block.text)
        if words and not (
            words in said or any(part and part in words and len(words) <= len(part) + 8 for part in head)
        ):
            return blocks[place:]
    return blocks


def _block_html(block: Block) -> str:
    if isinstance(block, Table):
        return _table_html(block)
    return "\n".join(_line_html(line, block) for line in block.text.split("\n") if line.strip())


def _line_html(line: str, block: Paragraph) -> str:
    words = line.strip()
    if _RECORD.search(words):
        return ""
    text = escape(words, quote=False)
    if _NOTE.match(words):
        return f'<p class="gw-note">{text}</p>'
    if _CHAPTER.match(words) and len(words) <= 40 and not words.endswith(("。", "；")):
        return f'<h2 class="gw-heading">{text}</h2>'
    if _ARTICLE.match(words):
        return "<p>" + _ARTICLE.sub(lambda match: f"<strong>{match[1]}</strong>　", text, count=1) + "</p>"
    if block.align == "right" or _DATE_LINE.match(bare(words)):
        return f'<p class="gw-signature">{text}</p>'
    if block.align == "center":
        return f'<p class="gw-center">{text}</p>'
    if words.endswith(("：", ":")) and len(words) <= 120:
        return f'<p class="gw-noindent">{text}</p>'
    return f"<p>{text}</p>"


def _table_html(table: Table) -> str:
    rows = "".join(
        "<tr>" + "".join(_cell_html(cell) for cell in row if not cell.merged) + "</tr>" for row in table.rows
    )
    return f"<table><tbody>{rows}</tbody></table>" if rows else ""


def _cell_html(cell: Cell) -> str:
    spans = "".join(
        f' {name}="{size}"'
        for name, size in (("rowspan", cell.rowspan), ("colspan", cell.colspan))
        if size > 1
    )
    return f"<td{spans}>{escape(cell.text.strip(), quote=False).replace(chr(10), '<br>')}</td>"
