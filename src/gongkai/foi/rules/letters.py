"""The official letters: what each must hold, in which words, and what a draft still lacks.

The registry is data (``facts/letters/*.toml``): title, addressee, who signs, articles, the facts that the clerk
gives, and the elements of the text. A draft is composed from it, a clerk may change its words, and the checker
says which mandatory element is missing; such a letter cannot be signed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from gongkai.foi import facts as shipped
from gongkai.law.basis import basis, cite, parse
from gongkai.law.refusal import Refusal

APPLICANT, THIRD_PARTY, AGENCY, INSTITUTION, INSIDE = (
    "applicant", "third_party", "agency", "institution", "inside",
)  # fmt: skip
ADDRESSEES = {
    APPLICANT: "申请人",
    THIRD_PARTY: "第三方",
    AGENCY: "其他行政机关",
    INSTITUTION: "公共企事业单位",
    INSIDE: "本机关内部",
}
OFFICER, REVIEWER, LEADER = "officer", "reviewer", "leader"
SIGNERS = {OFFICER: "经办人", REVIEWER: "工作机构负责人", LEADER: "单位负责人"}
PLAIN, REMEDY, EXTRA = "plain", "remedy", "extra"
_BLANK = re.compile(r"\{(\w+)\}")
TO_FILL = "〔待填：{}〕"
_OPEN = re.compile(r"〔待填：([^〕]+)〕")
# What the text must keep as it was given, whatever else the clerk changes.
_KEPT_KINDS = ("date", "number", "money")


class UnknownLetter(LookupError):  # noqa: N818 -- an answer to whoever asked for it
    """A kind of letter that the registry does not have."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that the clerk says for the letter. ``kind``: text, long, date, number, money."""

    key: str
    label: str
    kind: str = "text"
    help: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """One element of the text: its blank in the Word template (``label``), its words, what it must say.

    ``locked`` parts follow from the law or the file and are not typed over; ``words`` must stand in them.
    """

    key: str
    label: str
    text: str
    required: bool = True
    locked: bool = False
    words: tuple[str, ...] = ()

    @property
    def blanks(self) -> tuple[str, ...]:
        return tuple(_BLANK.findall(self.text))


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One official letter. ``use`` says when the office writes it; ``article_told``: the text cites its articles."""

    key: str
    title: str
    group: str
    addressee: str
    signer: str
    references: tuple[str, ...]
    use: str
    facts: tuple[Fact, ...]
    parts: tuple[Part, ...]
    numbered: bool = True
    article_told: bool = True

    @property
    def basis(self) -> str:
        return cite(*self.references)

    @property
    def is_answer(self) -> bool:
        """Whether it ends the case: one a round, reviewed and signed by the leader."""
        return self.group == "answer"

    @property
    def mandatory(self) -> tuple[str, ...]:
        """Labels of the elements without which the letter does not leave the house."""
        return tuple(part.label for part in self.parts if part.required)

    def part(self, key: str) -> Part | None:
        return next((part for part in self.parts if part.key == key), None)

    def fact(self, key: str) -> Fact | None:
        return next((fact for fact in self.facts if fact.key == key), None)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One element of one letter, as it stands now."""

    key: str
    text: str


@cache
def letter_kinds() -> Mapping[str, LetterKind]:
    """Every letter by its key, in the order of the files."""
    files = shipped.letter_files()
    shared = {key: row for file in files for key, row in file.get("part", {}).items()}
    found = {
        key: _kind(key, row, file["group"], shared)
        for file in files
        for key, row in file.get("letter", {}).items()
    }
    return MappingProxyType(found)


def letter_kind(key: str) -> LetterKind:
    """The letter of a key.

    >>> letter_kind("correction_notice").title
    '政府信息公开申请补正告知书'
    """
    found = letter_kinds().get(key)
    if found is None:
        raise UnknownLetter(f"没有“{key}”这种文书。请从文书列表中选择。")
    return found


def compose(kind: LetterKind, facts: Mapping[str, Any]) -> tuple[Paragraph, ...]:
    """The text of a letter from what is known; what is not known yet is marked to be filled in.

    A fact is put in once and never read again as a blank, so braces in an applicant's words stay what they are.
    """
    return tuple(Paragraph(part.key, _filled(kind, part.text, facts)) for part in kind.parts)


def recompose_locked(
    kind: LetterKind, paragraphs: Iterable[Paragraph], facts: Mapping[str, Any]
) -> tuple[Paragraph, ...]:
    """The same text with its locked elements made anew, on the day on which it is signed."""
    fresh = {one.key: one.text for one in compose(kind, facts)}
    kept = {one.key: one.text for one in paragraphs}
    return tuple(
        Paragraph(part.key, fresh[part.key] if part.locked else kept.get(part.key, "")) for part in kind.parts
    )


@basis("条例30", "条例36", "复议法20.3")
def faults(kind: LetterKind, paragraphs: Iterable[Paragraph], facts: Mapping[str, Any]) -> list[Refusal]:
    """What a draft still lacks, element by element; empty where it may be signed."""
    texts = {one.key: one.text.strip() for one in paragraphs}
    found = [one for fact in kind.facts for one in _fact_faults(kind, fact, facts)]
    for part in kind.parts:
        found += _part_faults(kind, part, texts.get(part.key, ""), facts)
    if kind.article_told:
        found += _article_faults(kind, "".join(texts.values()))
    return found


def has_gap(text: Iterable[Mapping[str, str]]) -> bool:
    """Whether a stored text still has something to be filled in.

    >>> has_gap([{"key": "a", "text": "〔待填：日期〕前补正"}])
    True
    """
    return any(_OPEN.search(row["text"]) for row in text)


def _fact_faults(kind: LetterKind, fact: Fact, facts: Mapping[str, Any]) -> Iterator[Refusal]:
    if fact.required and not str(facts.get(fact.key, "") or "").strip():
        yield Refusal(
            f"letter.fact_{fact.key}", kind.basis, f"还没有填写“{fact.label}”。请填写后系统会写进正文。"
        )


def _part_faults(kind: LetterKind, part: Part, text: str, facts: Mapping[str, Any]) -> list[Refusal]:
    if not text:
        if not part.required:
            return []
        words = f"缺少“{part.label}”。这是《{kind.title}》必须写明的内容，请补上。"
        return [Refusal(f"letter.missing_{part.key}", kind.basis, words)]
    found = [
        Refusal(
            f"letter.open_{part.key}", kind.basis, f"“{part.label}”里的“{what}”还没有填写。请填写后再签发。"
        )
        for what in _OPEN.findall(text)
    ]
    if part.locked:
        return found
    for words in _kept_words(kind, part, facts):
        if words not in text:
            said = f"“{part.label}”应当写明“{words}”。请补上，或者恢复系统拟出的文字。"
            found.append(Refusal(f"letter.words_{part.key}", kind.basis, said))
    return found


def _kept_words(kind: LetterKind, part: Part, facts: Mapping[str, Any]) -> Iterator[str]:
    """The words that must stay in an element: those of the registry, and every date, count and amount."""
    for words in part.words:
        filled = _BLANK.sub(lambda hit: str(facts.get(hit[1], "") or ""), words)
        if filled:
            yield filled
    for blank in part.blanks:
        fact = kind.fact(blank)
        given = str(facts.get(blank, "") or "").strip()
        if fact is not None and fact.kind in _KEPT_KINDS and given:
            yield given


def _article_faults(kind: LetterKind, text: str) -> Iterator[Refusal]:
    for reference in kind.references:
        place = parse(reference)
        words = (
            str(place) if place.article is None else f"第{place.place.split('条')[0].removeprefix('第')}条"
        )
        if words not in text:
            yield Refusal(
                "letter.article_untold",
                cite(reference),
                f"正文没有引用{cite(reference)}。请写明所依据的条文。",
            )


def _filled(kind: LetterKind, text: str, facts: Mapping[str, Any]) -> str:
    def one(hit: re.Match[str]) -> str:
        name = hit[1]
        fact = kind.fact(name)
        if name in facts:
            given = str(facts[name] if facts[name] is not None else "").strip()
            if given or fact is None or not fact.required:
                return given
        if fact is not None and not fact.required:
            return ""
        return TO_FILL.format(fact.label if fact else name)

    return _BLANK.sub(one, text).strip()


def _kind(key: str, row: Mapping[str, Any], group: str, shared: Mapping[str, Any]) -> LetterKind:
    own = row.get("parts", {})
    order = row.get("order") or ["opening", *own, "remedy", "contact"]
    parts = [Part(PLAIN, "首句", row["plain"], words=tuple(row.get("plain_words", ())))]
    parts += [_part(name, own.get(name) or shared[name]) for name in order]
    parts.append(Part(EXTRA, "补充说明", "", required=False))
    return LetterKind(
        key=key,
        title=row["title"],
        group=row.get("group", group),
        addressee=row.get("addressee", APPLICANT),
        signer=row.get("signer", LEADER if group == "answer" else REVIEWER),
        references=tuple(row.get("references", ())),
        use=row["use"],
        facts=tuple(_fact(name, given) for name, given in row.get("facts", {}).items()),
        parts=tuple(parts),
        numbered=row.get("numbered", True),
        article_told=row.get("article_told", bool(row.get("references"))),
    )


def _fact(key: str, given: Mapping[str, Any]) -> Fact:
    return Fact(
        key, given["label"], given.get("kind", "text"), given.get("help", ""), given.get("required", True)
    )


def _part(key: str, given: Mapping[str, Any]) -> Part:
    return Part(
        key,
        given["label"],
        given["text"],
        given.get("required", True),
        given.get("locked", False),
        tuple(given.get("words", ())),
    )
