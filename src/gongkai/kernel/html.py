"""HTML that people wrote or pasted: cleaned on write and again on render."""

from __future__ import annotations

import html
import re

import nh3

TAGS = frozenset(
    [
        "p",
        "br",
        "h2",
        "h3",
        "h4",
        "ul",
        "ol",
        "li",
        "strong",
        "b",
        "em",
        "i",
        "u",
        "s",
        "sub",
        "sup",
        "blockquote",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "caption",
        "a",
        "hr",
        "div",
        "span",
    ]
)
_ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),  # the library would let lang and title pass, which Word writes on every run
    "a": {"href", "title"},
    "td": {"rowspan", "colspan"},
    "th": {"rowspan", "colspan", "scope"},
    "ol": {"start"},
    "p": {"class"},
    "div": {"class"},
    "span": {"class"},
    "h2": {"class"},
    "h3": {"class"},
}
# The only classes that a text may carry: places of an official paper, styled by the site.
_CLASSES = {"gw-center", "gw-right", "gw-signature", "gw-note", "gw-heading", "gw-noindent", "gw-attachment"}
_LINK = re.compile(r"^(https?://|/|#|mailto:)[^\x00-\x20\x7f\u00a0\u2028\u2029\u3000]*$", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\f\v]*\n[ \t\r\f\v\n]*")


def clean(text: str) -> str:
    """Keep only what an official text needs; no script, style, event, foreign frame or odd link survives."""
    return nh3.clean(
        text,
        tags=set(TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        link_rel="noopener",
        url_schemes={"http", "https", "mailto"},
        strip_comments=True,
    )


def plain(text: str) -> str:
    """The words of an HTML text, one line for each paragraph or row."""
    broken = re.sub(r"(?i)<(/p|/h[2-4]|/li|/tr|/div|br\s*/?|hr\s*/?)>", "\n", text)
    spaced = re.sub(r"(?i)</t[dh]>", "\t", broken)
    return _SPACE.sub("\n", html.unescape(nh3.clean(spaced, tags=set()))).strip()


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return value if _LINK.match(value) else None
    if name == "class":
        kept = [word for word in value.split() if word in _CLASSES]
        return " ".join(kept) or None
    if name in ("rowspan", "colspan", "start"):
        return value if value.isdigit() and 0 < int(value) <= 200 else None
    return value
