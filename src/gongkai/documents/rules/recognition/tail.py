"""The end of the main part: who signs and when, what is attached, what the note says about openness."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from gongkai.documents.rules.recognition.lines import Line, Paper
from gongkai.documents.rules.recognition.words import HEADING, RECORD, is_agency
from gongkai.kernel.text.dates import find_dates
from gongkai.kernel.text.numerals import bare, squeeze

_NOTE = re.compile(r"[(（【\[]此件(.{2,14}?)[)）】\]]")
_OPENNESS = re.compile(r"(主动公开|依申请公开|不予公开|不公开|公开发布|删减后公开|部分公开)")
_ITEM = re.compile(
    r"(?:^|(?<=[\s；;。]))[(（]?(\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:[.．、]|[)）])\s*(?!\d+[.．])"
)
_ATTACHMENTS = re.compile(r"^附\s*件\s*[:：]\s*(.*)$")
_NUMBERED_ATTACHMENT = re.compile(r"^附\s*件\s*(\d{1,2}|[一二三四五六七八九十]{1,3})?\s*(?:[:：]\s*(.*))?$")
_PERSON = re.compile(
    r"^(主\s*席|总\s*理|省\s*长|市\s*长|区\s*长|县\s*长|部\s*长|局\s*长|主\s*任|署\s*长|行\s*长)\s+\S.{0,8}$"
)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who stands over the date; ``first`` and ``last`` are places of lines."""

    issuers: tuple[str, ...]
    written_on: date
    first: int
    last: int
    strong: bool


def find_signature(paper: Paper) -> Signature | None:
    """The first date standing alone under a name; else the last date standing alone."""
    alone: list[Signature] = []
    for place, line in enumerate(paper.lines):
        found = _date_alone(line)
        if found is None:
            continue
        day, name = found
        if name:
            return Signature(_names(name), day, place, place, strong=True)
        issuers, first = _names_above(paper.lines, place)
        signature = Signature(
            issuers, day, first, place, strong=bool(issuers) or _signed_by_person(paper.lines, place)
        )
        if signature.strong:
            return signature
        alone.append(signature)
    return next(
        (one for one in reversed(alone) if paper.lines[one.last].align == "right"),
        alone[-1] if alone else None,
    )


def _date_alone(line: Line) -> tuple[date, str] | None:
    """A line that is a date, or a name and a date; the line of the printer (…印发) is neither."""
    if line.in_table or RECORD.search(line.text):
        return None
    for found in find_dates(line.text):
        before, after = line.text[: found.start].strip(), line.text[found.end :].strip()
        before = before.strip("(（").strip() if after in (")", "）") else before
        if found.value is None or after not in ("", ")", "）"):
            continue
        if not before:
            return found.value, ""
        if is_agency(before) or _all_agencies(before):
            return found.value, before
    return None


def _all_agencies(text: str) -> bool:
    return all(is_agency(part) for part in re.split(r"[\s、]+", text.strip()) if part)


def _names_above(lines: list[Line], place: int) -> tuple[tuple[str, ...], int]:
    """Agencies in the lines right above a date, from top to bottom."""
    issuers: list[str] = []
    first = place
    while first > 0:
        line = lines[first - 1]
        if (
            line.in_table
            or line.bare.endswith(("：", ":"))
            or RECORD.search(line.text)
            or not _is_signature(line)
        ):
            break
        issuers[:0] = _names(line.text)
        first -= 1
    return tuple(issuers), first


def _is_signature(line: Line) -> bool:
    if line.align == "center" and line.size >= 18:
        return False  # a title above a bracketed date
    return is_agency(line.text) or _all_agencies(line.text)


def _signed_by_person(lines: list[Line], place: int) -> bool:
    return place > 0 and _PERSON.match(lines[place - 1].text) is not None


def _names(text: str) -> tuple[str, ...]:
    """Names on one line; a name set wide, sign by sign, is one name."""
    parts = [part for part in re.split(r"[\s、]+", squeeze(text)) if part]
    if len(parts) > 1 and all(is_agency(part) and len(part) >= 3 for part in parts):
        return tuple(parts)
    return tuple(bare(text).split("、"))


def find_attachments(paper: Paper, signature: Signature | None) -> tuple[list[str], float]:
    """The list under the text (附件：1. … 2. …); without one, the headings of the attachments themselves."""
    end = signature.first if signature else len(paper.lines)
    for place, line in enumerate(paper.lines):
        match = _ATTACHMENTS.match(line.text)
        if match is None or line.in_table:
            continue
        stop = end if end > place else len(paper.lines)
        names = _listed(match[1], paper.lines[place + 1 : stop], open_end=end <= place)
        if names:
            return names, 0.95 if end > place and signature and signature.strong else 0.85
    return _headed(paper)


def _listed(first: str, following: list[Line], *, open_end: bool) -> list[str]:
    items = _split_items(first)
    numbered = _ITEM.match(first.strip()) is not None or not first.strip()
    for line in following:
        if _ends_list(line) or (open_end and not _ITEM.match(line.text)):
            break
        pieces = _split_items(line.text)
        if _ITEM.match(line.text) and numbered:
            items += pieces
        elif items and len(bare(line.text)) <= 40:
            items[-1] += squeeze(line.text)  # a long name goes on in the next line
        elif not items:
            items = pieces
        else:
            break
    return [name for name in (_tidy(item) for item in items) if name]


def _ends_list(line: Line) -> bool:
    if line.in_table or RECORD.search(line.text) or _NOTE.search(line.bare) or _date_alone(line):
        return True
    return (
        line.align == "right"
        or line.bare.endswith(("：", ":"))
        or (HEADING.match(line.text) is not None and not _ITEM.match(line.text))
    )


def _split_items(text: str) -> list[str]:
    words = text.strip()
    if not _ITEM.match(words):
        return [words] if words else []
    starts = [match.end() for match in _ITEM.finditer(words)]
    ends = [match.start() for match in _ITEM.finditer(words)][1:] + [len(words)]
    return [words[start:end] for start, end in zip(starts, ends, strict=True)]


def _tidy(name: str) -> str:
    words = re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", squeeze(name)).strip(" ；;。，,")
    return (
        words[1:-1] if words.startswith("《") and words.endswith("》") and words.count("《") == 1 else words
    )


def _headed(paper: Paper) -> tuple[list[str], float]:
    names: list[str] = []
    for place, line in enumerate(paper.lines[:-1]):
        match = _NUMBERED_ATTACHMENT.match(line.text)
        if match is None or line.in_table or place == 0:
            continue
        title = match[2] or paper.lines[place + 1].text
        if 2 <= len(bare(title)) <= 60 and not title.endswith(("。", "；", "：")):
            names.append(_tidy(title))
    return names, 0.6


def find_openness(paper: Paper) -> tuple[str, float] | None:
    """What the note in brackets under the date says (国办发〔2016〕80号: the attribute is fixed with the paper)."""
    for line in reversed(paper.lines):
        match = _NOTE.search(line.bare)
        word = _OPENNESS.search(match[1]) if match else None
        if word:
            return _attribute(word[1]), 0.98 if line.bare == match[0] else 0.85  # type: ignore[index]
    label = _OPENNESS.search(bare(paper.labels.get("openness", "")))
    if label:
        return _attribute(label[1]), 0.9
    if bare(paper.labels.get("openness", "")) in ("主动", "依申请"):
        return bare(paper.labels["openness"]) + "公开", 0.85
    return None


def _attribute(word: str) -> str:
    return {
        "公开发布": "主动公开",
        "删减后公开": "主动公开",
        "部分公开": "主动公开",
        "不公开": "不予公开",
    }.get(word, word)
