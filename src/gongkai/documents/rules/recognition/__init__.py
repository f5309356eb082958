"""From the blocks of a paper to its fields (B13): what is printed on it, each with how sure we are.

A field that the paper does not show is absent; nothing is guessed to fill a form. A confidence of 0.8 and more
means strong evidence: a place fixed by GB/T 9704-2012, or two places that agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from gongkai.documents.rules.recognition.head import (
    Number,
    Title,
    find_mark,
    find_number,
    find_recipients,
    find_title,
    join_lines,
)
from gongkai.documents.rules.recognition.lines import Line, Paper, paper_of
from gongkai.documents.rules.recognition.tail import (
    Signature,
    find_attachments,
    find_openness,
    find_signature,
)
from gongkai.documents.rules.recognition.words import ends_like_title, is_agency, kind_of_title
from gongkai.kernel.text.blocks import Block
from gongkai.kernel.text.dates import read_date
from gongkai.kernel.text.docnumber import read_number
from gongkai.kernel.text.numerals import bare

__all__ = ["FIELDS", "from_scan", "recognise"]

FIELDS = ("title", "number", "issuer", "recipients", "written_on", "kind", "attachments", "openness")
DOUBTED = 0.79  # just below what counts as strong evidence
Found = dict[str, dict[str, Any]]


def recognise(blocks: Iterable[Block]) -> Found:
    """The fields of one official document as ``{name: {"value", "confidence"}}``; absent ones are absent."""
    paper = paper_of(blocks)
    number = find_number(paper)
    mark = find_mark(paper, number)
    signature = find_signature(paper)
    title = _title(paper, number, mark)
    found: Found = {}
    _put(found, "title", *_title_value(paper, title, mark, number))
    _put(found, "number", *_number_value(paper, number))
    _put(found, "issuer", *_issuer_value(paper, mark, signature, found))
    after = max(title.last if title else -1, number.place if number and _near(number, title) else -1)
    recipients = find_recipients(paper, after)
    if recipients and not (number and number.of_order):
        _put(found, "recipients", *recipients)
    _put(found, "written_on", *_date_value(paper, signature, found))
    _put(found, "kind", *_kind_value(found, number))
    _put(found, "attachments", *find_attachments(paper, signature))
    openness = find_openness(paper)
    if openness:
        _put(found, "openness", *openness)
    return {name: found[name] for name in FIELDS if name in found}


def from_scan(found: Found, sure: float) -> Found:
    """The fields of a paper whose words were themselves recognised: none is sure, a person compares each.

    >>> from_scan({"title": {"value": "通知", "confidence": 0.9}}, 0.95)
    {'title': {'value': '通知', 'confidence': 0.75}}
    """
    if not sure:
        return found
    return {
        name: {**one, "confidence": round(min(one["confidence"], DOUBTED) * sure, 2)}
        for name, one in found.items()
    }


def _put(found: Found, name: str, value: Any, confidence: float) -> None:
    if value:
        found[name] = {"value": value, "confidence": round(max(0.05, min(confidence, 0.99)), 2)}


def _near(number: Number, title: Title | None) -> bool:
    return title is None or abs(number.place - title.last) <= 3 or number.place < title.first


def _title(paper: Paper, number: Number | None, mark: tuple[list[str], int] | None) -> Title | None:
    """An order prints mark, number, a few lines and then the rules that it enacts, with their own title."""
    start = mark[1] if mark else -1
    if number and number.of_order:
        return find_title(_from(paper, _after_date(paper)), None, -1) or find_title(
            paper, number, number.place
        )
    return find_title(paper, number, start)


def _after_date(paper: Paper) -> int:
    signature = find_signature(paper)
    return signature.last + 1 if signature else len(paper.lines)


def _from(paper: Paper, place: int) -> Paper:
    lines: list[Line] = paper.lines[place : place + 12]
    return Paper(lines=lines, labels=paper.labels)


def _title_value(
    paper: Paper, title: Title | None, mark: tuple[list[str], int] | None, number: Number | None
) -> tuple[str, float]:
    labelled = join_lines([paper.labels["title"]]) if "title" in paper.labels else ""
    if title is not None and labelled:
        same = bare(title.text) == bare(labelled)
        return (title.text, 0.99) if same else (labelled, 0.85)
    if labelled:
        return labelled, 0.9
    if title is not None:
        return title.text, 0.5 + 0.06 * title.score
    if number and number.of_order and mark:
        return paper.lines[mark[1]].bare, 0.7
    page = re.split(r"[_|]|\s[-–—]\s", paper.labels.get("page_title", ""))[0].strip()
    return (join_lines([page]), 0.6) if page and ends_like_title(page) else ("", 0)


def _number_value(paper: Paper, number: Number | None) -> tuple[str, float]:
    labelled = read_number(paper.labels.get("number", "")).number
    if number is None:
        return (str(labelled), 0.93) if labelled else ("", 0)
    if labelled is not None and str(labelled) == number.text:
        return number.text, 0.99
    return number.text, number.confidence if labelled is None or number.of_order else 0.7


def _issuer_value(
    paper: Paper, mark: tuple[list[str], int] | None, signature: Signature | None, found: Found
) -> tuple[str, float]:
    """Mark, signature, title and label vote; the fuller form of one name wins over its short form."""
    votes: list[tuple[str, float]] = []
    if "issuer" in paper.labels:
        votes.append((bare(paper.labels["issuer"]).replace("，", "、"), 0.93))
    if signature and signature.issuers:
        votes.append(("、".join(signature.issuers), 0.92 if signature.strong else 0.7))
    if mark:
        votes.append(("、".join(mark[0]), 0.9))
    in_title = _issuer_in_title(str(found["title"]["value"])) if "title" in found else ""
    if in_title:
        votes.append((in_title, 0.82))
    if not votes:
        publisher = bare(paper.labels.get("publisher", ""))
        return (publisher, 0.5) if is_agency(publisher) else ("", 0)
    best, confidence = votes[0]
    for name, _ in votes[1:]:
        if name == best:
            confidence = max(confidence, 0.97)
        elif name.endswith(best) and len(name) > len(best) and "、" not in name:
            best, confidence = name, max(confidence, 0.93)  # 区财政局 under 滨海区财政局
        elif not best.endswith(name) and _same_set(name, best) is False:
            confidence = min(confidence, 0.75)
    return best, confidence


def _same_set(one: str, other: str) -> bool:
    return set(one.split("、")) == set(other.split("、"))


def _issuer_in_title(title: str) -> str:
    """What stands before 关于: 滨海区人民政府办公室关于…"""
    name = re.split(r"关于|转发|批转|印发|对(?=.{4,}的答复)", title, maxsplit=1)[0].strip()
    if not name or name == title:
        return ""
    names = [part for part in re.split(r"[、\s]+", name) if part]
    return "、".join(names) if all(is_agency(part) for part in names) else ""


def _date_value(paper: Paper, signature: Signature | None, found: Found) -> tuple[str, float]:
    labelled = read_date(paper.labels.get("written_on", "")).value
    if signature is None:
        return (labelled.isoformat(), 0.9) if labelled else ("", 0)
    day = signature.written_on
    if labelled is not None:
        return (day.isoformat(), 0.99) if labelled == day else (labelled.isoformat(), 0.7)
    confidence = 0.95 if signature.strong else 0.75
    match = re.search(r"〔(\d{4})〕", str(found.get("number", {}).get("value", "")))
    if match and int(match[1]) != day.year:
        confidence -= 0.35  # number and date do not agree: a person must look
    return day.isoformat(), confidence


def _kind_value(found: Found, number: Number | None) -> tuple[str, float]:
    if number and number.of_order:
        return "命令(令)", 0.95
    kind = kind_of_title(str(found["title"]["value"])) if "title" in found else ""
    if kind:
        return kind, min(0.97, float(found["title"]["confidence"]) + 0.05)
    of_letter = "函〔" in str(found.get("number", {}).get("value", ""))
    return ("函", 0.6) if of_letter else ("", 0)
