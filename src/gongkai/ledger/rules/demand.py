"""Which item of the standard catalogue somebody asks for, by search or by request. House rules; pure (A11).

A wish belongs to the item whose words it holds best: words that weigh as much as a record needs to be evidence, or
every word of a short question. The name of the field helps an item and is none by itself; of two items the one
that holds more words of the question is nearer. Where several items are
equally near nothing is guessed: up to three count, more are none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.ledger.rules.matching import ENOUGH, Index, Subject, heard, index_of
from gongkai.ledger.rules.words import distinctive, words_of

MOST_TIED = 3
Terms = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the catalogue: its words, and the field that it stands in."""

    id: int
    field: int
    field_name: str
    words: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for. ``terms`` are the words of a question, each with those that mean the same; empty for
    a longer text, which is judged by its telling words alone."""

    text: str
    terms: Terms = ()


@dataclass(frozen=True, slots=True)
class Place:
    """The items that a wish is about, and the field that it names where there is one."""

    items: tuple[int, ...] = ()
    field: int | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """The catalogue as wishes are put into it."""

    items: Index
    fields: Index
    field_of: dict[int, int]


def shelf_of(items: Sequence[Item]) -> Shelf:
    """Make the shelf once for any number of wishes."""
    names = {item.field: item.field_name for item in items}
    own = distinctive([_own_words(item) for item in items])
    return Shelf(
        index_of(_subject(item.id, words) for item, words in zip(items, own, strict=True)),
        index_of(_subject(pk, words_of(name)) for pk, name in names.items()),
        {item.id: item.field for item in items},
    )


def place(shelf: Shelf, wish: Wish) -> Place:
    """The items of a wish.

    >>> shelf = shelf_of([Item(1, 9, "养老服务", "老年人补贴"), Item(2, 9, "养老服务", "养老机构备案"),
    ...                   Item(3, 9, "养老服务", "养老机构行政处罚"), Item(4, 8, "义务教育", "招生管理")])
    >>> place(shelf, Wish("养老 补贴", (("养老",), ("补贴",)))), place(shelf, Wish("养老", (("养老",),)))
    (Place(items=(1,), field=9), Place(items=(), field=9))
    >>> place(shelf, Wish("养老机构 处罚", (("养老机构",), ("处罚",)))).items
    (3,)
    >>> place(shelf, Wish("住房 补贴", (("住房",), ("补贴",)))).items
    ()
    """
    texts = [wish.text, *(also for term in wish.terms for also in term[1:])]
    terms = tuple(term for term in wish.terms if words_of(*term))
    in_fields = heard(shelf.fields, texts)
    scores = {}
    for item, words in heard(shelf.items, texts).items():
        of_field = in_fields.get(shelf.field_of[item], {})
        score = sum({**of_field, **words}.values())
        held = _held(terms, [*shelf.items.subjects[item].words, *of_field])
        if score >= ENOUGH or terms and held == len(terms):
            scores[item] = (held, score)
    best = max(scores.values(), default=None)
    near = tuple(sorted(item for item, score in scores.items() if score == best))
    fields = {shelf.field_of[item] for item in near}
    if not near:
        most = max((sum(words.values()) for words in in_fields.values()), default=0)
        fields = {field for field, words in in_fields.items() if sum(words.values()) == most}
    return Place(near if len(near) <= MOST_TIED else (), fields.pop() if len(fields) == 1 else None)


def _own_words(item: Item) -> list[str]:
    """The words of an item without those of its field, which all its neighbours have."""
    of_field = set(words_of(item.field_name))
    return [word for word in words_of(item.words) if word not in of_field]


def _held(terms: Terms, words: Sequence[str]) -> int:
    """How many terms stand in these words, as themselves, as a part (处罚 in 行政处罚) or as what means the same."""
    return sum(any(also in word or word in also for also in term for word in words) for term in terms)


def _subject(pk: int, words: tuple[str, ...]) -> Subject:
    return Subject(pk, words, frozenset(), date.min, date.max)
