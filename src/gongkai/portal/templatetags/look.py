"""Small marks that every page uses: icons, status lights, badges, dates, links that keep the view.

``{% load look %}`` works in every station; nothing here knows a station.
"""

from __future__ import annotations

import posixpath
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from gongkai.kernel.clock import LEGAL_ZONE
from gongkai.portal.templatetags.icons import LIGHTS, LINE

register = template.Library()

WEEKDAYS = "一二三四五六日"
# The fixed vocabulary of badges; any other word is drawn in plain ink.
BADGES: dict[str, str] = {
    **dict.fromkeys(("有效", "已答复", "已办结", "已发布", "已归档", "主动公开", "已核对"), "main"),
    **dict.fromkeys(
        ("尚未施行", "已修改", "待确认", "待补正", "已延期", "审核中", "草稿", "依申请公开", "已退回"), "amb"
    ),
    **dict.fromkeys(("失效", "废止", "已撤回", "不予公开"), "red"),
    **dict.fromkeys(("办理中", "待审核"), "solid"),
}
# These addresses have no large or high-contrast twin.
WITHOUT_VIEWS = ("/workbench/", "/account/", "/api/", "/static/")


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon beside its word; with ``label`` it stands alone and is read out."""
    said = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="ico" viewBox="0 0 24 24" {}>{}</svg>', said, mark_safe(LINE[name]))


@register.simple_tag
def light(state: str, words: str = "") -> SafeString:
    """A status light: shape and word."""
    word, tone, shape = LIGHTS[state]
    return format_html(
        '<span class="light t-{}"><svg class="ico" viewBox="0 0 24 24" aria-hidden="true">{}</svg>{}</span>',
        tone,
        mark_safe(shape),
        words or word,
    )


@register.simple_tag
def badge(word: Any) -> SafeString | str:
    """A word of the fixed vocabulary in its frame."""
    if not word:
        return ""
    return format_html('<span class="badge b-{}">{}</span>', BADGES.get(str(word), "ink"), word)


@register.simple_tag(takes_context=True)
def to(context: template.Context, url: Any) -> str:
    """A link inside the site, relative to this page, so that 大字版 and 高对比 stay on.

    The views are prefixes (``/large/…``) over the same files; an absolute link would leave them.
    """
    target = str(url or "")
    if not target.startswith("/") or target.startswith(("//", *WITHOUT_VIEWS)):
        return conditional_escape(target)
    here = context.get("here")
    if not here:
        request = context.get("request")
        here = request.path_info if request else None
    return conditional_escape(relative(str(here), target) if here else target)


def relative(here: str, target: str) -> str:
    """``target`` as seen from the page ``here``.

    >>> relative("/a/b.html", "/c/d/?q=1")
    '../c/d/?q=1'
    >>> relative("/", "/")
    './'
    """
    cut = min((at for at in (target.find("?"), target.find("#")) if at >= 0), default=len(target))
    path, rest = target[:cut], target[cut:]
    folder = here if here.endswith("/") else posixpath.dirname(here)
    found = posixpath.relpath(path, folder or "/")
    if path.endswith("/"):
        found += "/"
    return (f"./{found}" if ":" in found.split("/")[0] else found) + rest


@register.simple_tag
def when(value: date | datetime | None, absent: str = "无") -> SafeString | str:
    """A day or a moment of Beijing time in a ``time`` element; 无 where there is none."""
    if value is None or value == "":
        return absent
    return format_html('<time datetime="{}">{}</time>', _machine(value), _spoken(value))


@register.filter
def spoken(value: date | datetime | None) -> str:
    """``2026-10-14`` or ``2026-10-14 09:42`` without markup."""
    return _spoken(value) if value else ""


@register.filter
def weekday(value: date) -> str:
    """星期三."""
    return f"星期{WEEKDAYS[value.weekday()]}"


@register.filter
def size(value: int | None) -> str:
    """38 KB, 1.2 MB."""
    if value is None:
        return ""
    kilobytes = max(1, round(value / 1024))
    return f"{kilobytes} KB" if kilobytes < 1024 else f"{value / 1024 / 1024:.1f} MB"


def _spoken(value: date | datetime) -> str:
    if isinstance(value, datetime):
        return value.astimezone(LEGAL_ZONE).strftime("%Y-%m-%d %H:%M")
    return value.isoformat()


def _machine(value: date | datetime) -> str:
    if isinstance(value, datetime):
        return value.astimezone(LEGAL_ZONE).isoformat(timespec="minutes")
    return value.isoformat()


@register.simple_tag
def mark_of(state: str) -> SafeString:
    """The shape of a light alone, where the word stands in the legend and is read out here."""
    word, _, shape = LIGHTS[state]
    return format_html(
        '<svg class="ico" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>', word, mark_safe(shape)
    )


@register.simple_tag
def light_count(state: str, count: int) -> SafeString:
    """A light in the legend with how many there are."""
    return light(state, f"{LIGHTS[state][0]} {count} 项")


@register.simple_tag
def value_of(value: str | date | datetime) -> SafeString | str:
    """A value of the header block: a date as ``time``, everything else as it is."""
    return when(value) if isinstance(value, date) else conditional_escape(value)


@register.simple_tag
def marked(pieces: tuple[tuple[str, bool], ...]) -> SafeString:
    """A text whose searched words are marked."""
    return format_html_join("", "{}", ((_piece(text, hit),) for text, hit in pieces))


def _piece(text: str, hit: bool) -> SafeString | str:
    return format_html("<mark>{}</mark>", text) if hit else conditional_escape(text)


@register.simple_tag
def qr(address: str) -> SafeString:
    """The address as a QR code; the same address stands beside it in letters."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=2, mask_pattern=0)
    code.add_data(address, optimize=0)
    rows = code.get_matrix()
    dots = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return format_html(
        '<svg viewBox="0 0 {0} {0}" width="112" height="112" role="img" aria-label="本页地址的二维码">'
        '<path fill="#000" d="{1}"/></svg>',
        len(rows),
        dots,
    )
