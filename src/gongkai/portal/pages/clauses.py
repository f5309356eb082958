"""Anchors in the text of a document, so that a link can lead to one of its articles (#第四条)."""

from __future__ import annotations

import re
from html import unescape

from gongkai.portal.context import Link

_OPENING = re.compile(
    r"<(p|h2|h3|h4|li)((?:\s[^<>]*)?)>(\s*(?:<(?:strong|b)>)?\s*)(第[〇零一二三四五六七八九十百千0-9]+[条章节])(?=[\s\u3000<])"
)
_TAGS = re.compile(r"<[^>]+>")
SHOWN = 18


def anchored(html: str) -> tuple[str, tuple[Link, ...]]:
    """The text with an id at every article and chapter, and a link to each article.

    A paper that carries another text in it has two first articles; the second one becomes 第一条-2. Words and
    links stay as they were sealed.

    >>> anchored("<p><strong>第一条</strong>　为了公开。</p>")[0]
    '<p id="第一条"><strong>第一条</strong>　为了公开。</p>'
    """
    seen: dict[str, int] = {}
    found: list[Link] = []

    def name(match: re.Match[str]) -> str:
        tag, attributes, before, clause = match.groups()
        if " id=" in attributes:
            return match[0]
        seen[clause] = seen.get(clause, 0) + 1
        anchor = clause if seen[clause] == 1 else f"{clause}-{seen[clause]}"
        if clause.endswith("条"):
            rest = html[match.end() :].split("</p>", 1)[0]
            words = unescape(_TAGS.sub("", rest)).strip()
            found.append(Link(anchor, f"#{anchor}", words[:SHOWN]))
        return f'<{tag}{attributes} id="{anchor}">{before}{clause}'

    return _OPENING.sub(name, html), tuple(found)
