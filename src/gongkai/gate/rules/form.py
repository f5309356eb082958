"""The form of an official text: brackets of numbers, marks that do not close, doubled words, attachments.

GB/T 9704—2012 7.2.5 (发文字号), 7.3.4 (附件说明); GB/T 15834—2011 (标点).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.gate.rules.finding import Finding, Level, Passage

BRACKET, ZERO, UNCLOSED, DOUBLED, ATTACHMENTS = (
    "number.bracket",
    "number.zero",
    "form.unclosed",
    "form.doubled",
    "form.attachments",
)
NUMBER_BASIS = "GB/T 9704—2012 7.2.5"
_ENDS = "发字办函税文规通告综环建教民社财体卫商审人司科农水住交应"
_BRACKET = re.compile(
    rf"[\u4e00-\u9fff]{{1,9}}[{_ENDS}]([\[［(（【]((?:19|20)\d\d)[\]］)）】])(?:第\s?)?\d{{1,5}}\s?号"
)
_ZERO = re.compile(r"〔(?:19|20)\d\d〕((?:第\s?0*|0+)([1-9]\d{0,4}))号")
_DOUBLED = re.compile(
    r"(?<![目标有众鹄])的的(?!确|士)|(?<![一末百明受没算除罢])了了|，，|。。|、、|；；|：：|通知通知|关于关于|进行进行|要求要求"
)
_PAIRS = {"《": "》", "“": "”", "（": "）", "〔": "〕", "【": "】"}
_ATTACHED = re.compile(r"附件\s?[:：]?\s?(\d{1,2})(?![\d.．]*[%％年月日])")


def find(passage: Passage) -> Iterator[Finding]:
    """Slips of form in one passage."""
    text = passage.text
    for match in _BRACKET.finditer(text):
        yield Finding(
            BRACKET, Level.WARN, passage.where, match[1], "发文字号的年份用六角括号。", NUMBER_BASIS,
            match.start(1), match.end(1), f"〔{match[2]}〕",
        )  # fmt: skip
    for match in _ZERO.finditer(text):
        yield Finding(
            ZERO, Level.WARN, passage.where, match[1], "发文字号的序号不加“第”，不补 0。", NUMBER_BASIS,
            match.start(1), match.end(1), match[2],
        )  # fmt: skip
    for match in _DOUBLED.finditer(text):
        half = match[0][: len(match[0]) // 2]
        yield Finding(
            DOUBLED, Level.HINT, passage.where, match[0], "字词重复了。", "", match.start(), match.end(), half
        )
    yield from _unclosed(passage)


def _unclosed(passage: Passage) -> Iterator[Finding]:
    waiting: list[tuple[str, int]] = []
    for place, one in enumerate(passage.text):
        if one in _PAIRS:
            waiting.append((one, place))
        elif waiting and one == _PAIRS[waiting[-1][0]]:
            waiting.pop()
    for mark, place in waiting[:1]:
        if mark in "《〔" and len(passage.text) > place + 1:
            yield Finding(
                UNCLOSED, Level.HINT, passage.where, passage.text[place : place + 12],
                f"“{mark}”没有配上“{_PAIRS[mark]}”。", "GB/T 15834—2011", place, place + 1,
            )  # fmt: skip


def attachments(passages: Sequence[Passage], count: int) -> Iterator[Finding]:
    """The text names more attachments than there are files."""
    named: dict[int, Passage] = {}
    for passage in passages:
        for match in _ATTACHED.finditer(passage.text):
            named.setdefault(int(match[1]), passage)
    if named and max(named) > count and set(range(1, max(named) + 1)) <= set(named):
        passage = named[max(named)]
        yield Finding(
            ATTACHMENTS, Level.WARN, passage.where, f"附件{max(named)}",
            f"正文写了 {max(named)} 个附件，实际上传 {count} 个。请补传附件，或者核对正文。",
            "GB/T 9704—2012 7.3.4",
        )  # fmt: skip
