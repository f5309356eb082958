"""“直接看条文”: at most one paragraph of a paper in force, word for word, over the results of a search."""

from __future__ import annotations

from datetime import date

from gongkai.portal.context import Quote
from gongkai.publishing.queries import index_doc
from gongkai.search import queries

# Among so many of the best results; a paper further down is not the answer.
LOOKED_AT = 3


def quote_for(answer: queries.Answer, *, today: date) -> Quote | None:
    """The paragraph that answers the question by itself, from the first papers in force."""
    found = answer.found
    if found.relaxed or found.page != 1:
        return None
    papers = [hit for hit in found.hits[:LOOKED_AT] if hit.kind == "政策" and hit.validity == "有效"]
    for hit in papers:
        source, _, number = hit.key.partition(":")
        paper = index_doc(int(number)) if source == "publication" else None
        if paper is None or paper.validity != "有效":
            continue
        clause = queries.quoted(answer, title=paper.title, text=paper.body)
        if clause is not None:
            return Quote(
                text=clause.pieces,
                article=clause.article,
                url=f"{paper.path}#{clause.article}",
                source=paper.number or f"《{paper.title}》",
                validity=paper.validity,
                on=today,
            )
    return None
