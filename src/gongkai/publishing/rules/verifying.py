"""Holding a receipt, a saved page or a file against each other, with nothing but the three of them (B17)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from unicodedata import normalize
from urllib.parse import urljoin

from cryptography.hazmat.primitives import hashes

from gongkai.publishing.rules.content import ALGORITHM, canonical

NEEDED = ("url", "algorithm", "digest", "sealed")
TEXT_ID = "text"
_ALONE = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_UNREAD = {"script", "style"}
_TO = ("href", "src")


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison: what was compared, whether it agrees, and what a reader should know of it."""

    what: str
    agrees: bool
    told: str


@dataclass(slots=True)
class Shown:
    """What a reader meets in a text: its words without white space, and where its links lead."""

    words: str = ""
    links: list[str] = field(default_factory=list)
    found: bool = False


def sm3(content: bytes) -> str:
    """The digest that receipts name.

    >>> sm3(b"abc")[:16]
    '66c7f0f462eeedd9'
    """
    digest = hashes.Hash(hashes.SM3())
    digest.update(content)
    return digest.finalize().hex()


def check_receipt(receipt: Any) -> Check:
    """Whether a receipt agrees with itself: its digest is that of what it says was sealed."""
    what = "回执"
    if not isinstance(receipt, Mapping) or any(name not in receipt for name in NEEDED):
        return Check(what, False, "这不是发布回执，或者没有下载完整。请从网页上的“发布回执”重新下载。")
    sealed = receipt["sealed"]
    if receipt["algorithm"] != ALGORITHM:
        return Check(what, False, f"回执用的摘要算法不是 {ALGORITHM}，不能核验。请换用新版的核验程序。")
    if not _is_sealed(sealed):
        return Check(what, False, "回执里封存的内容不完整。请重新下载回执。")
    if sm3(canonical(sealed["fields"], sealed["body"], sealed["attachments"])) != receipt["digest"]:
        return Check(what, False, "回执里封存的内容与摘要不一致，回执被改过。请从网页上重新下载。")
    return Check(what, True, "封存的内容与摘要一致。")


def check_page(receipt: Mapping[str, Any], page: str) -> Check:
    """Whether a saved page shows the words and links that were sealed; needs a receipt that agrees."""
    what = "网页正文"
    shown = shown_in(page, base=receipt["url"], within=TEXT_ID)
    if not shown.found:
        return Check(what, False, "这个文件里没有找到正文。请在信息页上用“另存为”保存网页后再核验。")
    sealed = shown_in(receipt["sealed"]["body"], base=receipt["url"])
    if shown.words != sealed.words:
        return Check(
            what, False, "网页上的文字与发布时不一致。" + _first_difference(sealed.words, shown.words)
        )
    if shown.links != sealed.links:
        return Check(what, False, "文字一致，但正文里的链接或者图片地址与发布时不一致。")
    return Check(what, True, "正文的文字和链接与发布时一致。正文以外的部分（导航、页脚）不在核验范围内。")


def check_file(receipt: Mapping[str, Any], content: bytes) -> Check:
    """Whether a file is one of the attachments that were sealed; needs a receipt that agrees."""
    what = "附件"
    if sm3(content) in receipt["sealed"]["attachments"]:
        return Check(what, True, "这个文件就是发布时的附件，一个字节也没有改。")
    return Check(what, False, "这个文件不是这条信息发布时的附件，或者内容改过。请从网页上重新下载。")


def shown_in(html: str, *, base: str, within: str = "") -> Shown:
    """Words and links of a text, or of its element ``within``; links are made whole against ``base``.

    >>> shown_in('<p>甲 <a href="/b">乙</a></p>', base="https://a.test/doc/1.html")
    Shown(words='甲乙', links=['https://a.test/b'], found=True)
    >>> shown_in('<i>丙</i><div id="t"><p>甲</p></div>丁', base="", within="t").words
    '甲'
    """
    reader = _Reader(base, within)
    reader.feed(html)
    reader.close()
    words = "".join("".join(reader.words).split())
    return Shown(normalize("NFC", words), reader.links, reader.found)


class _Reader(HTMLParser):
    """Collects while it stands inside the wanted element; ``depth`` counts the elements open in it."""

    def __init__(self, base: str, within: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base, self.within = base, within
        self.words: list[str] = []
        self.links: list[str] = []
        self.found = not within
        self.depth = 0 if within else 1
        self.unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.depth:
            self.links += [urljoin(self.base, value) for name, value in attrs if name in _TO and value]
        elif dict(attrs).get("id") == self.within and not self.found:
            self.found, self.depth = True, 1
            return
        if self.depth and tag not in _ALONE:
            self.depth += 1
            self.unread += tag in _UNREAD

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag not in _ALONE:
            self.depth = self.depth - 1 if self.within else max(1, self.depth - 1)
            self.unread -= tag in _UNREAD and self.unread > 0

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _ALONE:
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if self.depth and not self.unread:
            self.words.append(data)


def _is_sealed(sealed: Any) -> bool:
    if not isinstance(sealed, Mapping):
        return False
    attachments = sealed.get("attachments")
    return (
        isinstance(sealed.get("fields"), Mapping)
        and isinstance(sealed.get("body"), str)
        and isinstance(attachments, list)
        and all(isinstance(one, str) for one in attachments)
    )


def _first_difference(sealed: str, shown: str) -> str:
    at = next((i for i, (a, b) in enumerate(zip(sealed, shown, strict=False)) if a != b), None)
    at = min(len(sealed), len(shown)) if at is None else at
    was, now = sealed[at : at + 12] or "（到此为止）", shown[at : at + 12] or "（到此为止）"
    return f"从第{at + 1}个字起：发布时是“{was}”，网页上是“{now}”。"
