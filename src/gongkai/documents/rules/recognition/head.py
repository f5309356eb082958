"""The head of a paper: the agency's mark, its number, its title over several lines, to whom it is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.documents.rules.recognition.lines import Line, Paper
from gongkai.documents.rules.recognition.words import (
    CHROME,
    COPY_NUMBER,
    HEADING,
    MARK,
    ORDER_MARK,
    RECORD,
    SECRECY,
    SIGNER,
    URGENCY,
    ends_like_agency,
    ends_like_title,
    is_addressee,
    is_agency,
)
from gongkai.kernel.text.docnumber import find_numbers, order_number
from gongkai.kernel.text.numerals import bare, squeeze

HEAD_LINES = 60
_NUMBER_LINE = re.compile(
    r"^[(（]?(?:发文字号|文号|编号)?[:：]?([\u4e00-\u9fff]{2,20}[〔\[［(（【﹝〖].{2,8}[〕\]］)）】﹞〗]第?[0-9０-９]{1,6}号)[)）]?$"
)
_ORDER_LINE = re.compile(r"^[(（]?(第[0-9０-９〇零一二三四五六七八九十百千]{1,8}号)[)）]?$")
_ABOUT = re.compile(r"关于|转发|批转|印发|废止|公布|对.{2,40}的")
_PASSED = re.compile(r"^[(（].*(通过|发布|公布|修订|施行|印发|修正|批准)[)）]?")
_SENTENCE_END = ("。", "；", "！", "？", "：", ":", "，")
MAX_TITLE_LINES = 6


@dataclass(frozen=True, slots=True)
class Title:
    """A title in one line, where it stands, and how much speaks for it."""

    text: str
    first: int
    last: int
    score: float


@dataclass(frozen=True, slots=True)
class Number:
    """A document number, its place, and whether it is that of an order."""

    text: str
    place: int
    confidence: float
    of_order: bool = False


def find_number(paper: Paper) -> Number | None:
    """The 发文字号 on a line of its own (or beside the signer); in an order only 第…号."""
    head = paper.lines[:HEAD_LINES]
    for place, line in enumerate(head):
        words = SIGNER.sub("", line.text)
        match = _NUMBER_LINE.match(bare(words))
        found = next(find_numbers(_after_mark(match[1])), None) if match else None
        if found is not None:
            return Number(str(found), place, 0.97)
    for place, line in enumerate(head[1:], start=1):
        match = _ORDER_LINE.match(line.bare)
        if match and _is_order_mark(head[place - 1]):
            return Number(order_number(line.bare), place, 0.95, of_order=True)
    for place, line in enumerate(head):
        match = re.match(r"^(.{3,40}令)(第.{1,8}号)$", line.bare)
        if match and order_number(line.bare):
            return Number(order_number(line.bare), place, 0.95, of_order=True)
    return None


def _after_mark(text: str) -> str:
    """A number printed behind the agency's mark on one line."""
    return text.rsplit("文件", 1)[-1] if "文件" in text else text


def _is_order_mark(line: Line) -> bool:
    return (
        ORDER_MARK.match(line.bare) is not None
        and not line.bare.endswith(("命令", "法令"))
        and len(line.bare) <= 40
    )


def find_mark(paper: Paper, number: Number | None) -> tuple[list[str], int] | None:
    """The agency's mark (发文机关标志): 某某文件, 某某令, or in letters the bare name over the number.

    Gives the agencies and the place of the last line of the mark.
    """
    head = paper.lines[: number.place if number else 12]
    for place, line in enumerate(head):
        match = MARK.match(line.bare)
        if match and not line.in_table | ("关于" in line.bare) and _agencies(match[1]):
            return _stacked(head, place, _agencies(match[1])), place
        if line.bare == "文件" and place > 0:
            return _stacked(head, place, []), place
        if _is_order_mark(line) and "关于" not in line.bare:
            return [_short_state(bare(line.bare)[:-1])], place
    if number and number.of_order and number.place < len(paper.lines):
        match = re.match(r"^(.{3,40})令第", paper.lines[number.place].bare)
        return ([_short_state(match[1])], number.place) if match else None
    for place, line in enumerate(head):
        if is_agency(line.text) and number and not _continues_as_title(paper.lines, place):
            return [line.bare], place
    return None


def _short_state(name: str) -> str:
    return name.removeprefix("中华人民共和国") if name.endswith("国务院") else name


def _stacked(head: list[Line], place: int, last: list[str]) -> list[str]:
    """Joint papers print one name over the other before 文件."""
    names = list(last)
    while place > 0 and is_agency(head[place - 1].text):
        place -= 1
        names.insert(0, head[place].bare)
    return names


def _agencies(text: str) -> list[str]:
    parts = [part for part in re.split(r"[、\s]", text) if part]
    return parts if parts and all(is_agency(part) for part in parts) else []


def _continues_as_title(lines: list[Line], place: int) -> bool:
    following = lines[place + 1] if place + 1 < len(lines) else None
    return following is not None and _ABOUT.match(following.bare) is not None


def find_title(paper: Paper, number: Number | None, mark_place: int) -> Title | None:
    """The run of lines in the head that reads best as a title; it is joined to one line."""
    lines = paper.lines[:HEAD_LINES]
    known = {bare(paper.labels[key]) for key in ("title",) if key in paper.labels}
    page = bare(paper.labels.get("page_title", ""))
    best: Title | None = None
    for first, last in _runs(lines, number, mark_place):
        text = join_lines([line.text for line in lines[first : last + 1]])
        score = _score(text, lines, first, last, number)
        score += 5 if bare(text) in known else 2 if page and page.startswith(bare(text)) else 0
        if best is None or score > best.score:
            best = Title(text, first, last, score)
    return best if best and best.score >= 2 else None


def _runs(lines: list[Line], number: Number | None, mark_place: int) -> Iterator[tuple[int, int]]:
    for first, line in enumerate(lines):
        if first <= mark_place or not _may_stand_in_title(line, first, number):
            continue
        for last in range(first, min(first + MAX_TITLE_LINES, len(lines))):
            if not _may_stand_in_title(lines[last], last, number):
                break
            yield first, last


def _may_stand_in_title(line: Line, place: int, number: Number | None) -> bool:
    if line.in_table or (number is not None and place == number.place) or len(line.bare) > 100:
        return False
    if line.bare.endswith(_SENTENCE_END) or "。" in line.bare or _PASSED.match(line.bare):
        return False
    noise = (URGENCY, SECRECY, COPY_NUMBER, RECORD, CHROME, HEADING)
    if (
        any(pattern.search(line.text) for pattern in noise)
        or SIGNER.search(line.text)
        or line.bare.startswith("附件")
    ):
        return False
    return ("此件" not in line.bare) and re.fullmatch(r"[(（].*[)）]", line.bare) is None


def _score(text: str, lines: list[Line], first: int, last: int, number: Number | None) -> float:
    words = bare(text)
    score = 0.0
    score += 3 if ends_like_title(words) else -2
    about = _ABOUT.search(words)
    score += 2 if about else 0
    score += (
        1.5 if about and about.start() >= 3 and is_agency(re.split(r"关于|转发|批转|印发", words)[0]) else 0
    )
    score -= (
        4
        if any(
            words.count(opening) != words.count(closing)
            for opening, closing in ("《》", "“”", "（）", "〈〉")
        )
        else 0
    )
    score -= 3 if len(words) < 5 or len(words) > 150 else 0
    chosen = lines[first : last + 1]
    if any(line.align for line in lines):
        score += 1.5 if all(line.align == "center" for line in chosen) else -0.5
    if max(line.size for line in chosen) >= 16 and len({line.size for line in chosen}) <= 2:
        score += 0.5
    score -= first * 0.05
    score -= _torn(lines, first, last)
    if number is not None and (first == number.place + 1 or last == number.place - 1):
        score += 1.5
    following = lines[last + 1] if last + 1 < len(lines) else None
    if (
        following is not None
        and following.bare.endswith(("：", ":"))
        and is_addressee(following.bare.rstrip("：:"))
    ):
        score += 1
    return score


def _torn(lines: list[Line], first: int, last: int) -> float:
    """What is left outside although it belongs inside: a name above 关于, or a line set like the title."""
    torn = 0.0
    if (
        first > 0
        and lines[first].bare.startswith(("关于", "转发", "印发", "批转"))
        and is_agency(lines[first - 1].text)
    ):
        torn += 2
    if first > 0 and lines[first].align == "center" and _alike(lines[first - 1], lines[first]):
        torn += 0.5
    if last + 1 < len(lines) and lines[last].align == "center" and _alike(lines[last], lines[last + 1]):
        torn += 0.5
    return torn


def _alike(one: Line, other: Line) -> bool:
    return (
        one.align == other.align
        and one.size == other.size
        and one.bold == other.bold
        and not one.in_table | other.in_table
    )


def join_lines(texts: list[str]) -> str:
    """A title over several lines in one: no space between Chinese signs, one between two agencies."""
    parts = [_tighten(text) for text in texts]
    joined = parts[0]
    for part in parts[1:]:
        both_agencies = is_agency(joined.split(" ")[-1]) and (is_agency(part) or _starts_with_agency(part))
        both_latin = (
            joined[-1:].isascii() and joined[-1:].isalpha() and part[:1].isascii() and part[:1].isalpha()
        )
        joined += (" " if both_agencies or both_latin else "") + part
    return joined


def _starts_with_agency(text: str) -> bool:
    name = re.split(r"关于|转发|批转|印发", text)[0]
    return len(name) >= 3 and name != text and is_agency(name)


def _tighten(text: str) -> str:
    """Spaces set for looks go; a space between two agencies of a joint paper, or two Latin words, stays."""
    parts = squeeze(text).split(" ")
    joined = parts[0]
    for part in parts[1:]:
        agencies = (
            is_agency(joined.split(" ")[-1])
            and len(joined) >= 4
            and (is_agency(part) or _starts_with_agency(part))
            and len(part) >= 4
        )
        latin = joined[-1].isascii() and joined[-1].isalpha() and part[0].isascii() and part[0].isalpha()
        joined += (" " if agencies or latin else "") + part
    return joined


def find_recipients(paper: Paper, after: int) -> tuple[list[str], float] | None:
    """主送机关: the lines under title and number up to a colon, all of them names."""
    gathered = ""
    for line in paper.lines[after + 1 : after + 9]:
        if (
            line.in_table
            or _NUMBER_LINE.match(line.bare)
            or _PASSED.match(line.bare)
            or COPY_NUMBER.match(line.bare)
        ):
            continue
        if "。" in line.bare or HEADING.match(line.text) or len(gathered) > 400:
            return None
        gathered += line.bare
        if line.bare.endswith(("：", ":")):
            names = split_names(gathered.rstrip("：:"))
            return (names, 0.95) if names and all(is_addressee(name) for name in names) else None
        if re.match(r"^.{2,80}[：:].{8,}", gathered):
            return None
    return None


def split_names(text: str) -> list[str]:
    """Names parted by ， and, where each piece is a whole name, by 、: 各省、自治区、直辖市人民政府 stays one."""
    names: list[str] = []
    for group in re.split(r"[，,；;]", text):
        parts = [part for part in group.split("、") if part]
        whole = len(parts) > 1 and all(ends_like_agency(part) for part in parts)
        names += parts if whole else [group] if group else []
    return names
