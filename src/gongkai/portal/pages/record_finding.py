"""Looking something up in a list: by words and facets; a list of persons by the whole name, a few at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.http import urlencode

from gongkai.portal import addresses
from gongkai.portal.context import Choice, Column, Link, Pager
from gongkai.portal.context.records import FacetField, RecordFindPage
from gongkai.portal.pages.record_rows import address_of, exports_of, heads_of, line_of
from gongkai.portal.pages.records import TYPE, find_label
from gongkai.portal.pages.scene import HOME
from gongkai.records import queries
from gongkai.records.queries import LOOKED_AT_ONCE, RecordType

LAST_PAGE = 500


@dataclass(frozen=True, slots=True)
class Looked:
    """What stands in the address: words, chosen facets, page."""

    code: str
    text: str = ""
    facets: tuple[tuple[str, str], ...] = ()
    page: int = 1

    @classmethod
    def of(cls, kind: RecordType, query: QueryDict) -> Looked:
        """Read an address; what cannot be read is left out."""
        page = query.get("page", "1")
        return cls(
            code=kind.code,
            text=" ".join(query.get("q", "").split())[:100],
            facets=tuple((name, query[name][:120]) for name in kind.facets if query.get(name)),
            page=min(int(page), LAST_PAGE) if page.isascii() and page.isdigit() and int(page) else 1,
        )

    @property
    def asked(self) -> bool:
        return bool(self.text or self.facets)

    def url(self) -> str:
        parts = [("q", self.text)] if self.text else []
        parts += [*self.facets, *([("page", str(self.page))] if self.page > 1 else [])]
        return f"/records/{self.code}/find/?{urlencode(parts)}"


def find_page(kind: RecordType, looked: Looked, *, today: date, problem: str = "") -> RecordFindPage:
    """The form, and what was found. A list of persons shows nothing before something was asked for."""
    home = address_of(kind)
    shows = looked.asked or not kind.is_guarded
    rows = queries.found_rows(kind, text=looked.text, facets=dict(looked.facets), today=today)
    pages = Paginator(rows, LOOKED_AT_ONCE)
    page = pages.get_page(looked.page) if shows and not problem else None
    drawn = queries.drawn(kind, page, today=today) if page else []
    chosen: Mapping[str, str] = dict(looked.facets)
    return RecordFindPage(
        address=f"{home}find/",
        title=f"查找：{kind.title}",
        section=addresses.OPEN,
        crumbs=(HOME, Link("信息清单", "/records/"), Link(kind.title, home), Link("查找")),
        column=Column(name=kind.title, type=TYPE),
        robots="noindex",
        text=looked.text,
        asked=looked.asked,
        label=find_label(kind),
        hint=_hint(kind),
        total=pages.count if page else 0,
        heads=heads_of(kind),
        lines=tuple(line_of(kind, row) for row in drawn),
        facets=tuple(_facet(kind, name, chosen.get(name, ""), today) for name in kind.facets),
        list_url=home,
        list_title=kind.title,
        pager=_pager(looked, page.number, pages.num_pages) if page else None,
        problem=problem,
        guarded=kind.is_guarded,
        exports=exports_of(kind, f"{home}{'rows' if kind.is_guarded else 'data'}"),
    )


def _hint(kind: RecordType) -> str:
    if kind.is_guarded:
        return "要写全名；也可以只选批次或者社区。查询次数有限制并有记录。"
    if kind.page is queries.PageKind.LOOKUP:
        return "如“望潮路”“海晏小区”，写一部分也可以"
    return "几个词用空格分开"


def _facet(kind: RecordType, name: str, value: str, today: date) -> FacetField:
    choices = tuple(
        Choice(one, "", count, one == value) for one, count in queries.facet_values(kind, name, today=today)
    )
    return FacetField(name, kind.field(name).label, choices)


def _pager(looked: Looked, at: int, last: int) -> Pager | None:
    if last <= 1:
        return None
    numbers: list[Link | None] = []
    for number in sorted({1, last, *range(max(1, at - 2), min(last, at + 2) + 1)}):
        if numbers and numbers[-1] is not None and int(numbers[-1].text) < number - 1:
            numbers.append(None)
        numbers.append(Link(str(number), "" if number == at else replace(looked, page=number).url()))
    return Pager(
        at,
        tuple(numbers),
        newer=replace(looked, page=at - 1).url() if at > 1 else "",
        older=replace(looked, page=at + 1).url() if at < last else "",
    )
