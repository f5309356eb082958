"""Index numbers and permanent addresses: given once, never given again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import Formatter

from gongkai.law.refusal import Refusal

DEFAULT_TEMPLATE = "{uscc}/{year}-{seq:05d}"
PER_PAGE = 20
# Kinds that keep their ending in public; whatever else came in is handed out as plain bytes.
ENDINGS = frozenset(
    {"docx", "xlsx", "pdf", "txt", "doc", "xls", "wps", "et", "ofd", "csv", "png", "jpg", "zip"}
)


def index_number(template: str, *, uscc: str, unit_code: str, year: int, seq: int) -> str:
    """The index number of a record (索引号, 条例第十二条) by the district's template.

    A unit without a credit code is named by its own code, so that no two units share a number.

    >>> index_number(DEFAULT_TEMPLATE, uscc="11370202MB0000001X", unit_code="czj", year=2026, seq=417)
    '11370202MB0000001X/2026-00417'
    """
    return template.format(uscc=uscc or unit_code, year=year, seq=seq, unit=unit_code)


def template_refusals(template: str) -> list[Refusal]:
    """Why numbers cannot be made by this template: two records would get the same one, or it cannot be read."""
    try:
        names = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
        if not names <= {"uscc", "unit", "year", "seq"}:
            raise ValueError(template)
        made = {
            index_number(template, uscc=uscc, unit_code=code, year=year, seq=seq)
            for uscc, code in (("1", "a"), ("2", "b"))
            for year in (2026, 2027)
            for seq in (1, 2)
        }
    except (KeyError, ValueError, IndexError, AttributeError):
        return [
            Refusal(
                "index.template",
                "条例第十二条",
                "编制规则读不懂。可以用的变量只有 {uscc}、{unit}、{year}、{seq:05d}，请核对大括号和拼写。",
            )
        ]
    if len(made) < 8:
        return [
            Refusal(
                "index.template_repeats",
                "条例第十二条",
                "按这个规则，不同信息会编出同一个索引号。规则里要同时有单位、年份和流水号。",
            )
        ]
    return []


def document_path(*, year: int, number_id: int) -> str:
    """The permanent address of a record: one in every view (A05).

    >>> document_path(year=2026, number_id=417)
    '/doc/2026/417.html'
    """
    return f"/doc/{year}/{number_id}.html"


def attachment_path(page: str, *, attachment_id: int, kind: str) -> str:
    """The permanent address of an attachment, beside its page.

    >>> attachment_path("/doc/2026/417.html", attachment_id=9, kind="docx")
    '/doc/2026/417/9.docx'
    """
    ending = kind.lower()
    return f"{page.removesuffix('.html')}/{attachment_id}.{ending if ending in ENDINGS else 'bin'}"


def listings_of(
    *, unit: str, item: str, theme: str, columns: Sequence[str], kind: str, title: str, interprets: bool
) -> tuple[str, ...]:
    """The addresses of the lists in which a record stands: district, unit, item, theme (A05).

    ``item`` and ``theme`` are codes of the catalogue, ``columns`` the parts of the 政府信息公开 column.
    """
    found: list[str] = []
    own = f"/units/{unit}"
    if "statutory" in columns:
        found += ["/open/", f"/open/{item}/", f"{own}/open/", f"{own}/open/{item}/", f"/themes/{theme}/"]
    if "policy" in columns and not interprets:
        found += ["/policies/", f"{own}/policies/"]
    if "system" in columns or "guide" in columns:
        found += ["/open/system/", f"{own}/system/"]
    if "annual" in columns:
        found += ["/open/annual/", f"{own}/annual/"]
    if interprets:
        found.append("/interpretations/")
    elif kind in ("公告", "通告") or ("policy" not in columns and _NOTICE.search(title.strip())):
        found.append("/notices/")
    return tuple(found)


# What tells the public something for now.
_NOTICE = re.compile(r"(公示|公告|通告|启事|通知)(（[^（）]*）)?$")


def page_of(position: int, per_page: int = PER_PAGE) -> int:
    """The page on which a place stands, counted from the oldest end, so that it never moves.

    >>> page_of(20), page_of(21)
    (1, 2)
    """
    return (position - 1) // per_page + 1


def page_path(listing: str, page: int) -> str:
    """The permanent address of one page of a list.

    >>> page_path("/policies/", 3)
    '/policies/p3.html'
    """
    return f"{listing}p{page}.html"


def sitemap_address(*, year: int, month: int) -> str:
    """The list from which the site map of a month is made."""
    return f"/sitemap/{year}-{month:02d}/"
