"""The page of search: the question, what was found, how to narrow it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import QueryDict
from django.utils.http import urlencode

from gongkai.kernel.clock import legal_day
from gongkai.portal import addresses
from gongkai.portal.context import Choice, Column, Facet, Hit, Link, Pager, SearchPage
from gongkai.portal.pages.quoting import quote_for
from gongkai.portal.pages.scene import HOME
from gongkai.search import actions, queries
from gongkai.search.ports import FACETS, PUBLIC, Filters, Found, Fragment, Unusable
from gongkai.search.ports import Hit as FoundHit

PER_PAGE = 20
LAST_PAGE = 50
FACET_TITLES = {"kind": "类别", "validity": "有效性", "unit": "单位", "theme": "主题", "year": "年份"}
SORTS = {"relevance": "最相关", "date": "最新"}
MOST_CHOICES = 10
MOST_CHOSEN = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the address: words, chosen facets, order, page."""

    text: str = ""
    chosen: tuple[tuple[str, str], ...] = ()
    sort: str = "relevance"
    page: int = 1
    exact: bool = False

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        """Read an address; what cannot be read is left out, nothing is an error."""
        chosen = [
            (name, value[:80]) for name in FACETS for value in query.getlist(name)[:MOST_CHOSEN] if value
        ]
        page = query.get("page", "1")
        return cls(
            text=" ".join(query.get("q", "").split())[:200],
            chosen=tuple(dict.fromkeys(chosen)),
            sort=query.get("sort") if query.get("sort") in SORTS else "relevance",  # type: ignore[arg-type]
            page=min(int(page), LAST_PAGE) if page.isascii() and page.isdigit() and int(page) > 0 else 1,
            exact=query.get("exact") == "1",
        )

    def url(self) -> str:
        """The address of this question."""
        parts = [("q", self.text), *self.chosen]
        parts += [("sort", self.sort)] if self.sort != "relevance" else []
        parts += [("exact", "1")] if self.exact else []
        parts += [("page", str(self.page))] if self.page > 1 else []
        return f"{addresses.SEARCH}?{urlencode(parts)}"

    def with_facet(self, name: str, value: str) -> Asked:
        """The question narrowed by a value, or widened where the value was chosen already."""
        pair = (name, value)
        kept = tuple(one for one in self.chosen if one != pair)
        return replace(self, chosen=kept if pair in self.chosen else (*self.chosen, pair), page=1)


def search_page(asked: Asked, *, now: datetime, visitor: str = "") -> SearchPage:
    """The answer to a question, or an honest word that there is no index yet. ``visitor`` is a mark of this day,
    empty for a program."""
    if not asked.text and not asked.chosen:
        return _page(asked, popular=_popular(now))
    chosen: dict[str, tuple[str, ...]] = {}
    for name, value in asked.chosen:
        chosen[name] = (*chosen.get(name, ()), value)
    try:
        answer = queries.search(
            asked.text,
            visibility=PUBLIC,
            today=legal_day(now),
            filters=Filters(chosen=chosen),
            sort=asked.sort,
            page=asked.page,
            size=PER_PAGE,
            only_these_words=asked.exact,
        )
    except Unusable:
        return _page(asked, problem="搜索正在准备，请过一会儿再试，或者从栏目里查找。")
    found = answer.found
    if not found.total and asked.text:
        actions.note_empty_answer(question=answer.question, today=legal_day(now))
    elif asked.text and not asked.chosen and asked.page == 1 and not found.relaxed:
        actions.note_asked(question=answer.question, visitor=visitor, today=legal_day(now))
    return _page(
        asked,
        total=found.total,
        hits=tuple(_hit(hit) for hit in found.hits),
        facets=_facets(asked, found),
        sorts=tuple(
            Choice(label, replace(asked, sort=sort, page=1).url(), 0, sort == asked.sort)
            for sort, label in SORTS.items()
        ),
        pager=_pager(asked, found),
        relaxed=_relaxed(answer),
        quote=quote_for(answer, today=legal_day(now)),
        popular=() if found.total else _popular(now),
        meant=_meant(asked, found),
        synonyms=answer.question.added,
        exact_url=replace(asked, exact=True, page=1).url() if answer.question.added else "",
    )


def _page(asked: Asked, **more: object) -> SearchPage:
    return SearchPage(
        address=addresses.SEARCH,
        title=f"搜索：{asked.text}" if asked.text else "搜索",
        section=addresses.SEARCH,
        crumbs=(HOME, Link("搜索")),
        column=Column(name="搜索", type="信息公开目录"),
        robots="noindex",
        text=asked.text,
        chosen=tuple(
            Link(f"{FACET_TITLES[name]}：{value}", asked.with_facet(name, value).url())
            for name, value in asked.chosen
        ),
        kept=asked.chosen,
        next=(Link("依申请公开", addresses.APPLY), Link("按单位查看", addresses.UNITS)),
        **{"total": 0, **more},  # type: ignore[arg-type]
    )


def _popular(now: datetime) -> tuple[Link, ...]:
    """What many looked for lately, where somebody has not asked yet or found nothing."""
    return tuple(Link(one.words, Asked(one.words).url()) for one in queries.popular(today=legal_day(now)))


def _relaxed(answer: queries.Answer) -> str:
    """What to say where nothing answers the whole question and a part of it was looked for."""
    if not answer.found.relaxed:
        return ""
    if answer.question.number:
        return "没有找到这个发文字号的文件。下面是同一机关代字的文件。"
    return "没有同时含有全部词语的信息。下面的信息含有其中一部分词语。"


def _meant(asked: Asked, found: Found) -> tuple[Link, ...]:
    """The question with one slip mended, where it found nothing or only a part of it."""
    if (found.total and not found.relaxed) or not asked.text:
        return ()
    return tuple(Link(text, Asked(text).url()) for text in queries.meant(asked.text))


def _hit(hit: FoundHit) -> Hit:
    return Hit(
        title=_marked(hit.marked_title),
        url=hit.path,
        kind=hit.kind,
        validity=hit.validity if hit.kind == "政策" else "",
        snippet=_marked(hit.extract),
        number=hit.number,
        unit=hit.unit,
        on=legal_day(hit.published_at) if hit.published_at else None,
    )


def _marked(fragments: tuple[Fragment, ...]) -> tuple[tuple[str, bool], ...]:
    return tuple((fragment.text, fragment.hit) for fragment in fragments)


def _facets(asked: Asked, found: Found) -> tuple[Facet, ...]:
    facets = []
    titles: Mapping[str, str] = FACET_TITLES
    for name in FACETS:
        choices = tuple(
            Choice(one.value, asked.with_facet(name, one.value).url(), one.count, one.chosen)
            for one in found.facets.get(name, ())[:MOST_CHOICES]
            if one.value
        )
        if choices:
            facets.append(Facet(titles[name], choices))
    return tuple(facets)


def _pager(asked: Asked, found: Found) -> Pager | None:
    if found.pages <= 1:
        return None
    last, at = min(found.pages, LAST_PAGE), found.page
    numbers: list[Link | None] = []
    for number in sorted({1, last, *range(max(1, at - 2), min(last, at + 2) + 1)}):
        if numbers and numbers[-1] is not None and int(numbers[-1].text) < number - 1:
            numbers.append(None)
        numbers.append(Link(str(number), "" if number == at else replace(asked, page=number).url()))
    return Pager(
        at,
        tuple(numbers),
        newer=replace(asked, page=at - 1).url() if at > 1 else "",
        older=replace(asked, page=at + 1).url() if at < last else "",
    )
