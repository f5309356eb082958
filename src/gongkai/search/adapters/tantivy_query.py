"""A question as a tantivy query, built from parts; what was typed never goes through a query parser."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from tantivy import FieldType, Occur, Query, Schema

from gongkai.kernel.clock import LEGAL_ZONE
from gongkai.search.ports import Filters, Visibility
from gongkai.search.rules.question import Question, Term
from gongkai.search.rules.words import exact_form, fold, pairs_of, words_of

PINNED = 1_000_000.0
ALSO = 0.9  # a word that was added counts a little less than a typed one


def asked(schema: Schema, question: Question, *, relaxed: bool) -> Query:
    """What a record must say. ``relaxed``: any of the words will do."""
    every = not (relaxed or question.is_sentence)
    parts = [_term(schema, term) for term in question.terms]
    words = _joined(parts, every) if parts else None
    if words is not None:
        # The better of title and text counts; their sum would halve the quality of the order.
        titles = _joined([_in_title(schema, term) for term in question.terms], every)
        words = Query.disjunction_max_query([words, Query.boost_query(titles, 1.3)], 0.1)
    must = [phrase(schema, text) for text in question.phrases]
    if question.number:
        # Papers that cite the number follow the paper that bears it; where nobody does, its series is shown.
        must = [phrase(schema, question.number.partition("(")[0] if relaxed else f"{question.number}号")]
    elif words is not None:
        must.append(words)
    main = _joined(must, True) if must else Query.empty_query()
    query = _joined([main, *_pins(schema, question)], False)
    if question.is_empty or question.unit and not (question.terms or question.phrases or question.number):
        query = Query.all_query()
    return _without(schema, query, question)


def narrowed(query: Query, schema: Schema, *limits: Query | None) -> Query:
    """The question within limits that do not count for its order."""
    parts = [(Occur.Must, query)]
    parts += [(Occur.Must, Query.const_score_query(limit, 0.0)) for limit in limits if limit is not None]
    return Query.boolean_query(parts)


def seen_by(schema: Schema, visibility: Visibility) -> Query | None:
    """Only what these eyes may see."""
    if visibility.units is None:
        return None
    audiences = ["public", *(f"unit:{unit}" for unit in sorted(visibility.units))]
    return Query.term_set_query(schema, "audience", audiences)


def chosen(schema: Schema, facet: str, values: Iterable[str]) -> Query | None:
    """One facet's chosen values."""
    values = [value for value in values if value]
    return Query.term_set_query(schema, facet, values) if values else None


def in_unit(schema: Schema, question: Question) -> Query | None:
    """The unit that the question names, by its short or full name."""
    return phrase(schema, question.unit, "units") if question.unit else None


def in_span(schema: Schema, filters: Filters) -> Query | None:
    """Only what was published on these legal days."""
    if filters.published_from is None and filters.published_to is None:
        return None
    first = filters.published_from
    last = filters.published_to
    try:
        lower = int(datetime.combine(first, time.min, LEGAL_ZONE).astimezone(UTC).timestamp()) if first else 0
        upper = (
            int(datetime.combine(last + timedelta(days=1), time.min, LEGAL_ZONE).timestamp()) - 1
            if last
            else 2**62
        )
    except (OverflowError, ValueError):
        return Query.empty_query()
    return Query.range_query(schema, "published", FieldType.Integer, lower, upper)


def phrase(schema: Schema, text: str, field: str = "pairs") -> Query:
    """These signs next to each other, wherever the words were cut."""
    pairs = pairs_of(text)
    if len(pairs) > 1:
        return Query.phrase_query(schema, field, list(pairs))
    if pairs:
        return Query.term_query(schema, field, pairs[0])
    tokens = words_of(text)
    return Query.term_query(schema, "all", tokens[0]) if tokens else Query.empty_query()


def in_title(schema: Schema, text: str) -> Query:
    """For suggestions: these signs next to each other in the title."""
    return phrase(schema, text, "title_pairs") if pairs_of(text) else _one_sign(schema, text, "title_pairs")


def _term(schema: Schema, term: Term) -> Query:
    ways = [_word(schema, term.word)]
    ways += [Query.boost_query(_word(schema, fold(also)), ALSO) for also in term.also]
    return Query.disjunction_max_query(ways) if len(ways) > 1 else ways[0]


def _word(schema: Schema, word: str) -> Query:
    ways = [Query.term_query(schema, "all", word)]
    pairs = pairs_of(word)
    if pairs:
        ways.append(phrase(schema, word))
    elif len(word) == 1:
        ways.append(_one_sign(schema, word, "pairs"))
    return Query.disjunction_max_query(ways) if len(ways) > 1 else ways[0]


def _one_sign(schema: Schema, text: str, field: str) -> Query:
    """One sign alone is in whichever pair begins or ends with it."""
    sign = exact_form(text)
    if not sign:
        return Query.empty_query()
    return Query.regex_query(schema, field, f"{sign}.+|.+{sign}" if len(sign) == 1 else sign)


def _in_title(schema: Schema, term: Term) -> Query:
    words = [term.word, *map(fold, term.also)]
    ways = [Query.term_query(schema, "title", word) for word in words]
    ways += [phrase(schema, word, "title_pairs") for word in words if pairs_of(word)]
    return Query.disjunction_max_query(ways) if len(ways) > 1 else ways[0]


def _pins(schema: Schema, question: Question) -> list[Query]:
    """A 文号, 索引号 or title that was typed in full stands first whatever else is found."""
    pins = []
    if question.number:
        pins.append(Query.term_query(schema, "number", question.number))
    if question.exact:
        pins.append(Query.term_query(schema, "exact", question.exact))
    return [Query.const_score_query(pin, PINNED) for pin in pins]


def _without(schema: Schema, query: Query, question: Question) -> Query:
    if not question.without:
        return query
    parts = [(Occur.Must, query)]
    parts += [(Occur.MustNot, phrase(schema, word)) for word in question.without]
    return Query.boolean_query(parts)


def _joined(parts: list[Query], every: bool) -> Query:
    if len(parts) == 1:
        return parts[0]
    occur = Occur.Must if every else Occur.Should
    return Query.boolean_query([(occur, part) for part in parts])
