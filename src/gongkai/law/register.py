"""The register of articles: what a citation says, in the version that was in force on a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from gongkai.law import facts
from gongkai.law.basis import Citation, in_chinese, parse

_ITEM = re.compile(r"（[一二三四五六七八九十]+）")


class UnknownArticle(LookupError):  # noqa: N818 -- an answer to whoever cited it
    """A citation that the register does not know for that day; the text says in Chinese what is missing."""


@dataclass(frozen=True, slots=True)
class Provision:
    """One article of one version; ``text`` is empty where the original was not seen here."""

    number: int
    heading: str
    text: str = ""

    @property
    def paragraphs(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each paragraph with its items."""
        found: list[tuple[str, list[str]]] = []
        for line in self.text.splitlines():
            if _ITEM.match(line) and found:
                found[-1][1].append(line)
            else:
                found.append((line, []))
        return tuple((text, tuple(items)) for text, items in found)


@dataclass(frozen=True, slots=True)
class Version:
    """A law as it stood from a day, until a day or until further notice."""

    number: str
    valid_from: date
    valid_to: date | None
    mark: str
    provisions: tuple[Provision, ...]

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def provision(self, number: int) -> Provision | None:
        return next((one for one in self.provisions if one.number == number), None)


@dataclass(frozen=True, slots=True)
class Law:
    """A law or a document that our rules cite; ``short`` is the name used in references."""

    short: str
    title: str
    kind: str
    versions: tuple[Version, ...]

    @property
    def is_numbered_document(self) -> bool:
        """True for 国办函〔2020〕109号 and the like, cited with title and number."""
        return self.short.endswith("号") or self.short.startswith("GB")


@dataclass(frozen=True, slots=True)
class Article:
    """A citation with its law, its version and its words."""

    citation: Citation
    law: Law
    version: Version
    heading: str
    text: str

    @property
    def short(self) -> str:
        """条例第三十三条第二款"""
        return str(self.citation)

    @property
    def full(self) -> str:
        """《中华人民共和国政府信息公开条例》第三十三条第二款"""
        number = f"（{self.law.short}）" if self.law.is_numbered_document else ""
        return f"《{self.law.title.replace('《', '〈').replace('》', '〉')}》{number}{self.citation.place}"


def article(reference: str, *, on: date) -> Article:
    """Look up a citation as the law stood on a day; raises ``UnknownArticle``.

    >>> article("条例33.2", on=date(2025, 6, 1)).full
    '《中华人民共和国政府信息公开条例》第三十三条第二款'
    """
    citation = parse(reference)
    law = laws().get(citation.law)
    if law is None:
        raise UnknownArticle(f"条文库没有“{citation.law}”。请核对简称，或先把它录入条文库。")
    version = next((version for version in law.versions if version.in_force(on)), None)
    if version is None:
        raise UnknownArticle(f"条文库没有《{law.title}》在 {on} 施行的文本。请核对日期。")
    if citation.article is None:
        return Article(citation, law, version, "", "")
    provision = version.provision(citation.article)
    if provision is None:
        raise UnknownArticle(
            f"《{law.title}》（{version.number}）{citation.place}没有收入条文库。请核对条号。"
        )
    return Article(citation, law, version, provision.heading, _words(law, provision, citation))


def known(reference: str) -> bool:
    """Whether some version of the law has the cited place."""
    law = laws().get(parse(reference).law)
    if law is None:
        return False
    return any(_holds(reference, version.valid_from) for version in law.versions)


def all_provisions() -> Iterator[tuple[Law, Version, Provision]]:
    """Every article of the register, for its page."""
    for law in laws().values():
        for version in law.versions:
            for provision in version.provisions:
                yield law, version, provision


@cache
def laws() -> dict[str, Law]:
    """The register by short name."""
    found = {law.short: law for law in map(_law, facts.article_files())}
    found.update({law.short: law for law in map(_document, facts.documents())})
    return found


def _holds(reference: str, on: date) -> bool:
    try:
        article(reference, on=on)
    except UnknownArticle:
        return False
    return True


def _words(law: Law, provision: Provision, citation: Citation) -> str:
    """The words of a paragraph or item; an article without seen text has none."""
    if not provision.text:
        return ""
    paragraphs = provision.paragraphs
    if citation.paragraph is None and citation.item is None:
        return provision.text
    if citation.paragraph is None:  # an item without a paragraph: the one list of the article
        lists = [index for index, (_, items) in enumerate(paragraphs, 1) if items]
        number = lists[0] if lists else 0
    else:
        number = citation.paragraph
    if not 1 <= number <= len(paragraphs):
        raise UnknownArticle(
            f"《{law.title}》{citation.place}不存在：该条共 {len(paragraphs)} 款。请核对款号。"
        )
    text, items = paragraphs[number - 1]
    if citation.item is None:
        return "\n".join((text, *items))
    wanted = f"（{in_chinese(citation.item)}）"
    for item in items:
        if item.startswith(wanted):
            return item
    raise UnknownArticle(f"《{law.title}》{citation.place}不存在：该款共 {len(items)} 项。请核对项号。")


def _law(row: dict[str, object]) -> Law:
    versions = row["version"]
    assert isinstance(versions, list)
    return Law(
        short=str(row["law"]),
        title=str(row["title"]),
        kind=str(row["kind"]),
        versions=tuple(
            Version(
                number=version["number"],
                valid_from=version["valid_from"],
                valid_to=version.get("valid_to"),
                mark=version["mark"],
                provisions=tuple(
                    Provision(one["article"], one["heading"], one.get("text", "").strip())
                    for one in version["article"]
                ),
            )
            for version in versions
        ),
    )


def _document(row: dict[str, object]) -> Law:
    parts = row.get("articles", {})
    assert isinstance(parts, dict)
    valid_from, valid_to = row["valid_from"], row.get("valid_to")
    assert isinstance(valid_from, date)
    assert valid_to is None or isinstance(valid_to, date)
    provisions = tuple(Provision(int(number), str(heading)) for number, heading in parts.items())
    version = Version(str(row["law"]), valid_from, valid_to, str(row["mark"]), provisions)
    return Law(str(row["law"]), str(row["title"]), str(row["kind"]), (version,))
