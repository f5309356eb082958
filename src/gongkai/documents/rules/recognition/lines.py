"""The lines of a paper in reading order, and the labelled facts that pages print beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from gongkai.documents.rules.recognition.words import PAGE_NUMBER
from gongkai.kernel.text.blocks import BODY, META, Block, Paragraph, Table
from gongkai.kernel.text.numerals import bare, squeeze

_LABELS = {
    "标题": "title", "信息名称": "title", "名称": "title", "文件名称": "title", "发文字号": "number", "文号": "number",
    "文件编号": "number", "发文机关": "issuer", "发文单位": "issuer", "制发机关": "issuer", "印发机关": "", "发布机构": "publisher",
    "发布单位": "publisher", "成文日期": "written_on", "生成日期": "written_on", "发文日期": "written_on",
    "公开属性": "openness", "公开方式": "openness", "信息公开选项": "openness", "公开类别": "openness", "公开选项": "openness",
    "发布日期": "", "公开日期": "", "索引号": "", "主题分类": "", "主题词": "", "有效性": "", "关键词": "", "体裁分类": "",
    "组配分类": "", "来源": "", "发布时间": "", "时间": "", "信息来源": "", "公开范围": "", "效力状况": "", "规范性文件登记号": "",
}  # fmt: skip
_LABELLED = re.compile(
    r"^[【\[]?\s*("
    + "|".join(r"\s*".join(label) for label in sorted(_LABELS, key=len, reverse=True))
    + r")\s*[】\]]?\s*[:：]\s*(.*)$"
)
_META_TAGS = {"ArticleTitle": "title", "title": "page_title", "ContentSource": "publisher"}
_BROKEN_ENTITY = re.compile(r"&[a-z]{1,6};")  # what old pages leave of &nbsp;
_WIDE_GAP = re.compile(r"\t+|[ \u3000\xa0]{3,}")


@dataclass(frozen=True, slots=True)
class Line:
    """One line as printed; ``text`` has single spaces, ``bare`` none at all."""

    text: str
    bare: str
    align: str = ""
    size: float = 0.0
    bold: bool = False
    in_table: bool = False


@dataclass
class Paper:
    """What recognition works on."""

    lines: list[Line] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)


def paper_of(blocks: Iterable[Block]) -> Paper:
    """Blocks as lines; labelled facts are taken out of them, page numbers and empty lines are left out."""
    paper = Paper()
    for block in blocks:
        if isinstance(block, Table):
            _add_table(paper, block)
        elif block.part == META:
            label = _META_TAGS.get(block.style)
            if label and block.text.strip():
                paper.labels.setdefault(label, squeeze(block.text))
        elif block.part == BODY:
            _add_paragraph(paper, block)
    return paper


def _add_paragraph(paper: Paper, block: Paragraph) -> None:
    for raw in block.text.split("\n"):
        pieces = [piece for piece in _WIDE_GAP.split(raw.strip()) if piece.strip()]
        # Several facts, or number and signer, may share one printed line.
        if len(pieces) > 1 and not any(_is_fact(piece) for piece in pieces):
            pieces = [raw]
        for piece in pieces:
            _add_line(paper, piece, block.align, block.size, block.bold, in_table=False)


def _is_fact(piece: str) -> bool:
    return (
        bool(_LABELLED.match(piece.strip()))
        or "签发人" in bare(piece)
        or bool(re.search(r"[〔\[［(（【]\s*\d{4}\s*[〕\]］)）】]\s*第?\d+\s*号", piece))
    )


def _add_line(paper: Paper, raw: str, align: str, size: float, bold: bool, *, in_table: bool) -> None:
    text = squeeze(_BROKEN_ENTITY.sub(" ", raw))
    if not text or PAGE_NUMBER.match(text):
        return
    match = _LABELLED.match(text)
    if match:
        name = _LABELS[bare(match[1])]
        if name and match[2].strip():
            paper.labels.setdefault(name, match[2].strip())
        if name or len(paper.lines) < 30:
            return
    paper.lines.append(Line(text, bare(text), align, size, bold, in_table))


def _add_table(paper: Paper, table: Table) -> None:
    """A table beside the paper gives facts (标题：…), one in it gives lines that are no title or signature."""
    for row in table.rows:
        cells = [squeeze(cell.text) for cell in row if cell.merged == ""]
        for label, value in zip(cells, cells[1:], strict=False):
            name = _LABELS.get(bare(label).rstrip(":："))
            if name and value:
                paper.labels.setdefault(name, value)
        if any(bare(cell).rstrip(":：") in _LABELS for cell in cells[::2] if cell):
            continue
        for cell in row:
            if cell.merged == "":
                for raw in cell.text.split("\n"):
                    _add_line(paper, raw, "", 0.0, False, in_table=True)
