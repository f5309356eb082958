"""The band over every page and the grey mode: one small style sheet, and a page that the band leads to (I10)."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from gongkai.kernel.clock import LEGAL_ZONE
from gongkai.orgs.models import SiteNotice
from gongkai.orgs.queries.notices import shown_notices
from gongkai.portal import addresses
from gongkai.portal.context import Column, Link, TextPage
from gongkai.portal.pages.scene import HOME, Scene
from gongkai.portal.parts import Part
from gongkai.portal.rendering import view_sheets
from gongkai.portal.tree import Output

RECORD = "notices"
TITLE = "网站提示"


def draw(scene: Scene, key: str) -> list[Output]:
    """The sheets of all views and the page of what is announced."""
    shown = shown_notices()
    sheets = [Output(path, body, RECORD, kind="style") for path, body in view_sheets(_sheet(shown)).items()]
    return [*sheets, scene.draw(_page(shown), record=RECORD)]


PART = Part(RECORD, draw)


def _sheet(shown: Sequence[SiteNotice]) -> str:
    """The rules that make band and grey mode seen; empty on an ordinary day."""
    rules = ""
    if any(one.kind == SiteNotice.Kind.GREY for one in shown):
        rules += "html{filter:grayscale(1)}\n"
    bands = [one.text for one in shown if one.kind == SiteNotice.Kind.BAND]
    if bands:
        rules += (
            f'.site-notice{{display:block}}.site-notice::before{{content:"{_quoted("　".join(bands))}　"}}\n'
        )
    return rules


def _quoted(text: str) -> str:
    """Words inside a CSS string: every sign that could end it is written as its number."""
    return "".join(sign if sign.isalnum() else f"\\{ord(sign):06x}" for sign in text)


def _page(shown: Sequence[SiteNotice]) -> TextPage:
    bands = [one for one in shown if one.kind == SiteNotice.Kind.BAND]
    told = format_html_join(
        "", "<h2>{}</h2>{}<p>{} 至 {}</p>",
        (
            (
                one.text,
                format_html_join("", "<p>{}</p>", ((line,) for line in one.detail.splitlines() if line)),
                f"{one.starts_at.astimezone(LEGAL_ZONE):%Y-%m-%d %H:%M}",
                f"{one.ends_at.astimezone(LEGAL_ZONE):%Y-%m-%d %H:%M}",
            )
            for one in bands
        ),
    )  # fmt: skip
    return TextPage(
        address=addresses.NOTICE,
        title=TITLE,
        crumbs=(HOME, Link(TITLE)),
        column=Column(name=TITLE, type="概况信息"),
        robots="noindex",
        html=told or mark_safe("<p>现在没有提示。</p>"),
    )
