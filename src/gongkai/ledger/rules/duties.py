"""Numbered duties in the running text of a plan: the chapter, the sentence, and who is named in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.kernel.text.numerals import bare
from gongkai.ledger.rules.deadlines import Deadline, read_deadline
from gongkai.ledger.rules.responsible import NamedUnit, Role, split_units
from gongkai.ledger.rules.rows import joined

LONGEST_HEADING = 40
LONGEST_NAME = 24
_CHAPTER = re.compile(r"^(?:第[一二三四五六七八九十]+(?:章|部分)|[一二三四五六七八九十]{1,3}[、.．])")
_SECTION = re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)]")
_ITEM = re.compile(r"^(?:\d{1,3}[.．、]|[（(]\d{1,3}[）)]|[①-⑳])(?!\d)")
# A further number in the same paragraph: after a full stop, a semicolon or a closing bracket.
_INNER = re.compile(r"(?<=[。；;！？）)])\s*(?=(?:(\d{1,2})[.．、](?!\d)|[（(](\d{1,2})[）)]|([①-⑳])))")
_ANNEX = re.compile(r"^附(?:件|表)(?:\d{0,2}$|\d{0,2}[：:]|$)")
_SENTENCE = re.compile(r"[^。！？!?]+(?:[。！？!?]+[”』」）)]?|$)")
_ASSIGNED = re.compile(
    r"[（(](?=[^（）()]*(?:单位|部门|牵头|负责|配合|局|办))"
    r"((?:(?:牵头|责任|配合|主办|协办)(?:单位|部门)?[：:])?[^（）()。]+?)[）)]"
)
_WHEN = re.compile(
    r"(?:(?:\d{4}|[〇○零一二三四五六七八九]{4})年)?(?:\d{1,2}月(?:\d{1,2}日|[底末])|年[底末]|第?[一二三四]季度[底末]?|上半年)(?:之|以)?前"
)
_LABELLED = re.compile(r"^(?:牵头|责任|配合|主办|协办)(?:责任)?(?:单位|部门)[：:]")
_WHO = r"(?:牵头|责任|配合|主办|协办|承办)(?:责任)?(?:单位|部门)?[：:]"
_TIME = r"(?:完成)?(?:时限|时间|期限)(?:要求)?[：:]"
_LABEL_LINE = re.compile(rf"^[（(]?(?:{_WHO}|{_TIME})")
_BEFORE_LABEL = re.compile(rf"(?={_WHO})|(?={_TIME})(?<!完成)")
_TIME_LABEL = re.compile(rf"^{_TIME}")
_ONLY_WHEN = re.compile(rf"^(?:完成时限[：:])?(?:{_WHEN.pattern})(?:完成|落实|完成时限)?。?$")
_OPENING = r"(?:^|(?<=[，,；;。：:、“”])|(?<=鼓励|要求|督促|指导|组织|支持|推动|引导)|(?<=由))"
_BODY = (
    r"(?:(?:区政府|区委|区直)?各(?:有关|相关)?(?:部门|单位|街道办事处|街道|社区|行政机关|镇)"
    r"|区[\u4e00-\u9fff]{2,14}?(?:局|办公室|编办|委员会|中心|专班)|[\u4e00-\u9fff]{2,8}机关)"
)
_SUBJECT = re.compile(
    rf"{_OPENING}({_BODY})(?=[、，,和与及]|要|应|须|需|负责|牵头|会同|配合|在|对|报请|等|于|根据|按|结合|政府信息|政务公开|$)"
)
_AFTER: tuple[tuple[str, Role], ...] = (("牵头", "lead"), ("会同", "lead"), ("配合", "support"))


@dataclass(frozen=True, slots=True)
class Duty:
    """One sentence under a number of the running text. ``chapter`` and ``section`` are its headings."""

    chapter: str
    section: str
    sentence: str
    units: tuple[NamedUnit, ...]
    deadline: Deadline


@dataclass(slots=True)
class _Part:
    """What stands under one number: its paragraphs, and lines that only say who and by when."""

    chapter: str
    section: str
    heading: str
    texts: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)

    def duties(self, year: int) -> list[Duty]:
        texts = self.texts
        # A number that is followed only by who and when, or that is a whole sentence, is the duty itself.
        if not texts and (self.labels or (self.section and self.heading.endswith("。"))):
            texts = [self.heading]
        chapter, section = (self.chapter, self.section) if self.chapter else (self.section, "")
        return [duty for text in texts for duty in _duties_of(text, chapter, section, year, self.labels)]


def read_duties(lines: Sequence[str], *, year: int) -> tuple[Duty, ...]:
    """The duties of the running text, sentence by sentence; words before the first number are no duty."""
    parts: list[_Part] = []
    chapter = section = ""
    for line in lines:
        text = joined(line)
        if _ANNEX.match(bare(text)):
            break
        if not text:
            continue
        if _CHAPTER.match(text):
            (chapter, rest), section = _heading(text), ""
            parts.append(_Part(chapter, "", text, _numbered(rest)))
        elif _SECTION.match(text) and (chapter or section or not parts):
            section, rest = _heading(text)
            parts.append(_Part(chapter, section, text, _numbered(rest)))
        elif _ITEM.match(text):
            parts.append(_Part(chapter, section, text, _numbered(text)))
        elif parts and _LABEL_LINE.match(text):
            parts[-1].labels.append(text.strip("（）()"))
        elif chapter or section:
            parts[-1].texts += _numbered(text)
    return tuple(duty for part in parts for duty in part.duties(year))


def _numbered(text: str) -> list[str]:
    """The numbered duties of one paragraph, each by itself: whoever answers for one does not answer for the next."""
    pieces, begun = [], 0
    for mark in _INNER.finditer(text):
        pieces.append(text[begun : mark.start()].strip())
        begun = mark.end()
    return [piece for piece in (*pieces, text[begun:].strip()) if piece]


def _heading(text: str) -> tuple[str, str]:
    """The heading of a numbered paragraph and what follows it in the same line."""
    first = re.match(r"^[^。：:]+[。：:]?", text)
    heading = first[0] if first else text
    if len(heading) > LONGEST_HEADING:
        return text[:LONGEST_HEADING], text
    return heading.rstrip("。：:"), text[len(heading) :].strip()


def _duties_of(text: str, chapter: str, section: str, year: int, labels: Sequence[str]) -> list[Duty]:
    """Every sentence of a paragraph; units in brackets, or after 责任单位：, answer for the whole paragraph.

    ``labels`` are lines of their own after it that say who (责任单位：…) and by when (完成时限：…).
    """
    sentences = [sentence.strip() for sentence in _SENTENCE.findall(text)]
    assigned = [match[1] for match in _ASSIGNED.finditer(text)]
    assigned += [sentence.rstrip("。") for sentence in sentences if _LABELLED.match(sentence)]
    said = [piece for label in labels for piece in _BEFORE_LABEL.split(label) if piece.strip("；;。，, ")]
    assigned += [piece.strip("；;。，, ") for piece in said if not _TIME_LABEL.match(piece)]
    when = next(
        (_TIME_LABEL.sub("", piece).strip("；;。，, ") for piece in said if _TIME_LABEL.match(piece)), ""
    )
    shared = [
        unit
        for words in assigned
        for unit in split_units(_without_date(words))
        if len(unit.text) <= LONGEST_NAME
    ]
    closing = [*assigned, *(sentence for sentence in sentences if _ONLY_WHEN.match(sentence))]
    found = []
    for words in sentences:
        if len(bare(words)) < 5 or _ASSIGNED.fullmatch(words.rstrip("。")):
            continue
        if _LABELLED.match(words) or _ONLY_WHEN.match(words):
            continue
        named = [*shared, *(unit for unit in _subjects(_ASSIGNED.sub("", words)) if unit not in shared)]
        due = _deadline(words, closing, year)
        if due.kind == "none" and when:
            due = read_deadline(when, year=year)
        found.append(Duty(chapter, section, words, tuple(dict.fromkeys(named)), due))
    return found


def _without_date(text: str) -> str:
    return "；".join(part for part in re.split(r"[；;]", text) if not _WHEN.search(part))


def _subjects(sentence: str) -> list[NamedUnit]:
    """Who is addressed in a sentence: units named where a clause begins, not those it merely mentions."""
    found: list[NamedUnit] = []
    for match in _SUBJECT.finditer(sentence):
        following = sentence[match.end() : match.end() + 2]
        role: Role = next((role for word, role in _AFTER if following == word), "responsible")
        name = match[1]
        before = found[-1].text if found else ""
        if before.endswith("各部门") and name == "各单位" and f"{before}、{name}" in sentence:
            found[-1] = NamedUnit(f"{before}、{name}", role)  # one phrase for everybody
        else:
            found.append(NamedUnit(name, role))
    return found


def _deadline(sentence: str, closing: Sequence[str], year: int) -> Deadline:
    """The deadline in the sentence itself, else the one that closes its paragraph."""
    for words in (sentence, *closing):
        match = _WHEN.search(words)
        if match is not None:
            return read_deadline(match[0], year=year)
    return read_deadline("", year=year)
