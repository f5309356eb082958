"""How a record lies in the tantivy index."""

from __future__ import annotations

from pathlib import Path

import tantivy

from gongkai.kernel.clock import legal_day
from gongkai.search.ports import FACETS, SearchDoc
from gongkai.search.rules import words

LONGEST_BODY = 200_000
_WEIGHTS = {"失效": 0.3, "废止": 0.3, "已修改": 0.7}


def schema() -> tantivy.Schema:
    """The fields: what is looked in, what is counted, what is only shown."""
    builder = tantivy.SchemaBuilder()
    for name in ("all", "title", "pairs", "title_pairs", "units"):
        builder.add_text_field(name, tokenizer_name="spaced", index_option="position")
    for name in ("key", "number", "exact", "audience"):
        builder.add_text_field(name, stored=name == "key", tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("path", "shown", "body", "shown_number"):
        builder.add_text_field(name, stored=True, tokenizer_name="nothing", index_option="basic")
    builder.add_integer_field("published", stored=True, indexed=True, fast=True)
    builder.add_integer_field("until", stored=True)
    builder.add_float_field("weight", fast=True)
    return builder.build()


def opened(folder: Path) -> tantivy.Index:
    """The index in this directory; an empty directory becomes an empty index."""
    index = tantivy.Index(schema(), str(folder))
    spaced = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("spaced", spaced)
    # Shown text is only stored; a tokenizer that finds no token keeps it out of the index.
    index.register_tokenizer("nothing", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(r"\x00")).build())
    index.config_reader("manual", 0)
    return index


def document(doc: SearchDoc) -> tantivy.Document:
    """One record with all its fields."""
    body = doc.body[:LONGEST_BODY]
    head = " ".join((doc.title, doc.number, *doc.keywords, doc.unit, doc.issuer))
    row = tantivy.Document()
    row.add_text("key", doc.key)
    row.add_text("all", " ".join(words.words_of(f"{head} {body}")))
    row.add_text("title", " ".join(words.words_of(doc.title)))
    row.add_text("pairs", " ".join(words.pairs_of(f"{doc.title} {doc.number} {body}")))
    row.add_text("title_pairs", " ".join(words.pairs_of(doc.title)))
    row.add_text("units", " ".join(words.pairs_of(f"{doc.unit} {doc.issuer}")))
    for form in {words.exact_form(text) for text in (doc.title, doc.number, doc.index_number)} - {""}:
        row.add_text("exact", form)
    if number := words.number_form(doc.number):
        row.add_text("number", number)
    row.add_text("audience", "public" if doc.public else f"unit:{doc.unit_id}")
    year = doc.written_on or (legal_day(doc.published_at) if doc.published_at else None)
    values = (doc.kind, doc.validity, doc.unit, doc.theme, str(year.year) if year else "")
    for name, value in zip(FACETS, values, strict=True):
        row.add_text(name, value)
    for name, value in (
        ("path", doc.path),
        ("shown", doc.title),
        ("body", body),
        ("shown_number", doc.number),
    ):
        row.add_text(name, value)
    row.add_integer("published", int(doc.published_at.timestamp()) if doc.published_at else 0)
    row.add_integer("until", doc.valid_until.toordinal() if doc.valid_until else 0)
    row.add_float("weight", _WEIGHTS.get(doc.validity, 1.0))
    return row
