"""A change of what stands in public as a line of a page and as an entry of a feed."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.portal.context import ChangeRow
from gongkai.portal.pages.editions import compare_path
from gongkai.portal.pages.feed_words import escaped, moment, quoted
from gongkai.publishing.models import Publication, PublicChange, Withdrawal

ADDRESS = "/changes/"
UNNAMED = "已撤回的信息"
# Of these nothing is told that must not be read any more.
SILENT = frozenset({"误发", "期满撤下"})
_TONES = {"更正": "main", "恢复": "main", "撤回": "red", "期满": "amb"}


def row_of_change(row: PublicChange, hidden: frozenset[int]) -> ChangeRow:
    """One line; what was withdrawn by mistake is not named again, also in earlier lines."""
    silent = row.publication_id in hidden
    publication = row.publication
    compared = row.kind == PublicChange.Kind.CORRECTED and row.edition > 1 and not silent
    return ChangeRow(
        id=row.pk,
        word=row.word,
        tone=_TONES[row.kind],  # type: ignore[arg-type]
        title=UNNAMED if silent else publication.title,
        url=publication.path,
        unit=publication.unit.short_name,
        note=row.note,
        at=row.at,
        edition=row.edition,
        compare_url=compare_path(publication.path, row.edition - 1, row.edition) if compared else "",
    )


def hidden_among(rows: Sequence[PublicChange]) -> frozenset[int]:
    """The publications of these lines that may not be named."""
    gone = {row.publication_id for row in rows if row.publication.state == Publication.State.WITHDRAWN}
    if not gone:
        return frozenset()
    last: dict[int, str] = {}
    for key, kind in (
        Withdrawal.objects.filter(publication__in=gone)
        .order_by("at", "pk")
        .values_list("publication_id", "kind")
    ):
        last[key] = kind
    return frozenset(key for key, kind in last.items() if kind in SILENT)


def change_entry(row: ChangeRow, url: str) -> str:
    """A change as an entry of a feed; its id is the line on the page of changes, not the record."""
    title = f"【{row.word}】{row.title}"
    return (
        f"<entry><title>{escaped(title)}</title><id>{escaped(f'{url}{ADDRESS}#c{row.id}')}</id>"
        f"<link href={quoted(url + row.url)}/><updated>{moment(row.at)}</updated>"
        f"<author><name>{escaped(row.unit)}</name></author><summary>{escaped(row.note or row.word)}</summary>"
        "</entry>\n"
    )


def change_item(row: ChangeRow, url: str) -> dict[str, object]:
    """A change as an item of a JSON feed."""
    return {
        "id": f"{url}{ADDRESS}#c{row.id}",
        "url": url + row.url,
        "title": f"【{row.word}】{row.title}",
        "summary": row.note or row.word,
        "date_published": moment(row.at),
        "_gongkai": {"变更": row.word, "单位": row.unit, "编次": row.edition},
    }
