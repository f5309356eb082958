"""The embedded engine: tantivy over words that we cut, in ``INDEX_DIR``; one process writes, all read.

``current`` names the directory in use, so that a rebuilt index takes over in one rename while the old one
still answers. Everything here can be built again from the database.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Query

from gongkai.search.adapters import tantivy_query as build
from gongkai.search.adapters.tantivy_schema import document, opened
from gongkai.search.ports import (
    FACETS,
    NO_FILTERS,
    FacetValue,
    Filters,
    Found,
    Fragment,
    Hit,
    SearchDoc,
    Suggestion,
    Unusable,
    Visibility,
)
from gongkai.search.rules import extract, words
from gongkai.search.rules.question import Question

VERSION = f"tantivy-1.{words.VERSION}"
WINDOW = 200  # so many of the best are put in order by age and validity; behind them the words alone decide
LAST_PAGE = 50
YEARS_HALF = 3.0
WRITER_BYTES = 30_000_000
# What tantivy raises when a file of the index is damaged or gone.
_BROKEN = (ValueError, OSError)


class TantivyEngine:
    """An engine on one directory. Writing needs the writer's lock that the indexer holds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._name: str | None = None
        self._index: tantivy.Index | None = None
        self._writer: Any = None

    # -- writing --------------------------------------------------------------------------------------

    def index(self, docs: Iterable[SearchDoc]) -> None:
        with self._writing() as writer:
            for doc in docs:
                writer.delete_documents_by_term("key", doc.key)
                writer.add_document(document(doc))
            writer.commit()

    def delete(self, keys: Iterable[str]) -> None:
        with self._writing() as writer:
            for key in keys:
                writer.delete_documents_by_term("key", key)
            writer.commit()

    def rebuild(self, docs: Iterable[SearchDoc]) -> int:
        """A new index beside the old one, then the switch; returns how many records it holds."""
        self.close()
        name = f"{VERSION}.{secrets.token_hex(4)}"
        target = self.folder / name
        target.mkdir(parents=True)
        index = opened(target)
        writer = index.writer(WRITER_BYTES, 1)
        count = 0
        for count, doc in enumerate(docs, start=1):  # noqa: B007 -- the count is the answer
            writer.add_document(document(doc))
            if count % 5000 == 0:
                writer.commit()
        writer.commit()
        writer.wait_merging_threads()
        self._switch_to(name)
        return count

    def close(self) -> None:
        """Let go of the writer, so that another process may write."""
        writer, self._writer = self._writer, None
        if writer is not None:
            with contextlib.suppress(*_BROKEN):
                writer.wait_merging_threads()

    def _forget(self) -> None:
        """Let go of everything that is open; what is on disk is read again."""
        writer, self._writer = self._writer, None
        if writer is not None:
            with contextlib.suppress(*_BROKEN):
                writer.rollback()
                writer.wait_merging_threads()
        self._index, self._name = None, None

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Any]:
        index = self._current()
        if index is None:
            raise Unusable("there is no index here; rebuild it first")
        try:
            if self._writer is None:
                self._writer = index.writer(WRITER_BYTES, 1)
            yield self._writer
        except BaseException as problem:
            # What was added and not committed is dropped with the writer.
            self._forget()
            if isinstance(problem, _BROKEN):
                raise Unusable(str(problem)) from problem
            raise

    def _switch_to(self, name: str) -> None:
        pointer = self.folder / "current"
        fresh = self.folder / f"current.{name}"
        with fresh.open("w") as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(pointer)
        for other in self.folder.iterdir():
            if other.is_dir() and other.name != name:
                shutil.rmtree(other, ignore_errors=True)

    # -- reading --------------------------------------------------------------------------------------

    def version(self) -> str | None:
        if self._current() is None or self._name is None:
            return None
        return self._name.rsplit(".", 1)[0]

    def count(self) -> int:
        """How many records the index holds."""
        index = self._current()
        return index.searcher().num_docs if index else 0

    def query(
        self,
        question: Question,
        *,
        visibility: Visibility,
        filters: Filters = NO_FILTERS,
        facets: Sequence[str] = FACETS,
        sort: str = "relevance",
        page: int = 1,
        size: int = 20,
        today: date,
    ) -> Found:
        page, size = max(1, min(page, LAST_PAGE)), max(1, min(size, 100))
        index = self._current()
        if index is None:
            raise Unusable("there is no index here")
        with _told():
            return self._answer(index, question, visibility, filters, facets, sort, page, size, today)

    def _answer(
        self,
        index: tantivy.Index,
        question: Question,
        visibility: Visibility,
        filters: Filters,
        facets: Sequence[str],
        sort: str,
        page: int,
        size: int,
        today: date,
    ) -> Found:
        searcher, relaxed = index.searcher(), False
        limits = self._limits(index, question, visibility, filters)
        query = self._within(index, question, limits, relaxed=False)
        total = searcher.search(query, 1).count  # type: ignore[attr-defined]
        if not total and (question.number or len(question.terms) > 1 and not question.is_sentence):
            query = self._within(index, question, limits, relaxed=True)
            total, relaxed = searcher.search(query, 1).count, True  # type: ignore[attr-defined]
        by_date = sort == "date" or question.is_empty
        pages = min(LAST_PAGE, -(-total // size))
        page = max(1, min(page, pages))
        rows = _ordered(searcher, query, by_date, (page - 1) * size, size, today) if total else []
        return Found(
            total=total,
            hits=tuple(_hit(searcher.doc(address), question) for address in rows),
            facets=self._facets(index, searcher, question, limits, filters, facets, relaxed),
            page=page,
            pages=pages,
            relaxed=relaxed and total > 0,
        )

    def suggest(self, prefix: str, *, visibility: Visibility, limit: int = 8) -> tuple[Suggestion, ...]:
        if not words.exact_form(prefix):
            return ()
        index = self._current()
        if index is None:
            raise Unusable("there is no index here")
        schema, searcher = index.schema, index.searcher()
        ways = [build.in_title(schema, prefix[:60])]
        number = words.number_form(prefix)
        if number:
            ways.append(Query.term_query(schema, "number", number))
        query = build.narrowed(Query.disjunction_max_query(ways), schema, build.seen_by(schema, visibility))
        found = []
        for _, address in searcher.search(query, min(limit, 20)).hits:
            row = searcher.doc(address)
            found.append(
                Suggestion(
                    _one(row, "shown"),
                    _one(row, "path"),
                    _one(row, "kind"),
                    _one(row, "validity"),
                    _one(row, "shown_number"),
                )
            )
        return tuple(found)

    def _within(
        self, index: tantivy.Index, question: Question, limits: Mapping[str, Query | None], *, relaxed: bool
    ) -> Query:
        asked = build.asked(index.schema, question, relaxed=relaxed)
        return build.narrowed(asked, index.schema, *limits.values())

    def _limits(
        self, index: tantivy.Index, question: Question, visibility: Visibility, filters: Filters
    ) -> dict[str, Query | None]:
        schema = index.schema
        limits = {name: build.chosen(schema, name, filters.chosen.get(name, ())) for name in FACETS}
        return limits | {
            "": build.seen_by(schema, visibility),
            "named": build.in_unit(schema, question),
            "span": build.in_span(schema, filters),
        }

    def _facets(
        self,
        index: tantivy.Index,
        searcher: tantivy.Searcher,
        question: Question,
        limits: Mapping[str, Query | None],
        filters: Filters,
        facets: Sequence[str],
        relaxed: bool,
    ) -> dict[str, tuple[FacetValue, ...]]:
        """Counts of each facet, without its own choice, so that a second value can be chosen beside it."""
        narrowed = [name for name in facets if limits[name] is not None]
        free = [name for name in facets if limits[name] is None]
        counts: dict[str, dict[str, int]] = {}
        for group in ([name] for name in narrowed):
            counts |= self._counts(index, searcher, question, limits, group, relaxed)
        counts |= self._counts(index, searcher, question, limits, free, relaxed)
        counted: dict[str, tuple[FacetValue, ...]] = {}
        for name in facets:
            chosen = filters.chosen.get(name, ())
            values = dict.fromkeys(chosen, 0) | counts[name]
            rows = sorted(values.items(), key=lambda row: (-row[1], row[0]))
            if name == "year":
                rows.sort(reverse=True)
            counted[name] = tuple(FacetValue(value, count, value in chosen) for value, count in rows if value)
        return counted

    def _counts(
        self,
        index: tantivy.Index,
        searcher: tantivy.Searcher,
        question: Question,
        limits: Mapping[str, Query | None],
        names: Sequence[str],
        relaxed: bool,
    ) -> dict[str, dict[str, int]]:
        if not names:
            return {}
        others = {key: limit for key, limit in limits.items() if key not in names}
        query = self._within(index, question, others, relaxed=relaxed)
        answer = searcher.aggregate(query, {name: {"terms": {"field": name, "size": 80}} for name in names})
        return {
            name: {bucket["key"]: int(bucket["doc_count"]) for bucket in answer[name]["buckets"]}
            for name in names
        }

    def _named(self) -> str | None:
        try:
            return (self.folder / "current").read_text().strip() or None
        except FileNotFoundError:
            return None

    def _current(self) -> tantivy.Index | None:
        # Twice: between reading the name and opening it a rebuilt index may have taken over.
        for _ in range(2):
            name = self._named()
            if name is None or not tantivy.Index.exists(str(self.folder / name)):
                self._forget()
                return None
            try:
                if name != self._name or self._index is None:
                    self._forget()
                    self._index, self._name = opened(self.folder / name), name
                self._index.reload()
                return self._index
            except _BROKEN:
                self._forget()
        return None


def _ordered(
    searcher: tantivy.Searcher, query: Query, by_date: bool, offset: int, size: int, today: date
) -> list[Any]:
    if by_date:
        found = searcher.search(query, size, offset=offset, order_by_field="published").hits
        return [address for _, address in found]
    if offset + size > WINDOW:
        return [address for _, address in searcher.search(query, size, offset=offset).hits]
    best = searcher.search(query, WINDOW).hits
    addresses = [address for _, address in best]
    ages = searcher.fast_field_values("published", addresses)
    weights = searcher.fast_field_values("weight", addresses)
    noon = datetime(today.year, today.month, today.day, 12, tzinfo=UTC).timestamp()
    rated = []
    for place, ((score, address), moment, weight) in enumerate(zip(best, ages, weights, strict=True)):
        years = max(0.0, (noon - float(moment or 0)) / 31_557_600)
        fresh = 0.75 + 0.25 * 2 ** (-years / YEARS_HALF)
        # A pinned record stays first, whatever its age or validity.
        value = score if score >= build.PINNED else score * fresh * float(weight or 1.0)
        rated.append((-value, place, address))
    return [address for _, _, address in sorted(rated, key=lambda row: row[:2])[offset : offset + size]]


def _hit(row: tantivy.Document, question: Question) -> Hit:
    title, number = _one(row, "shown"), _one(row, "shown_number")
    moment, until = row.get_first("published"), row.get_first("until")
    pinned = bool(question.exact) and question.exact in (words.exact_form(title), words.exact_form(number))
    pinned = pinned or bool(question.number and question.number == words.number_form(number))
    return Hit(
        key=_one(row, "key"),
        path=_one(row, "path"),
        title=title,
        marked_title=_fragments(extract.marked(title, question.marked)),
        extract=_fragments(extract.extract(_one(row, "body"), question.marked)),
        number=number,
        unit=_one(row, "unit"),
        kind=_one(row, "kind"),
        theme=_one(row, "theme"),
        validity=_one(row, "validity"),
        published_at=datetime.fromtimestamp(moment, UTC) if moment else None,
        valid_until=date.fromordinal(until) if until else None,
        pinned=pinned,
    )


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except _BROKEN as problem:
        raise Unusable(str(problem)) from problem


def _fragments(pieces: Iterable[tuple[str, bool]]) -> tuple[Fragment, ...]:
    return tuple(Fragment(text, hit) for text, hit in pieces)


def _one(row: tantivy.Document, name: str) -> str:
    return str(row.get_first(name) or "")
