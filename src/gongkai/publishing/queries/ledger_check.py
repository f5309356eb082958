"""Each row of the public ledger held against its own trail: whatever was changed in it is told (B17)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Max, Q, Window
from django.db.models.functions import RowNumber

from gongkai.documents.models import Edition
from gongkai.publishing import rules
from gongkai.publishing.models import (
    EditionClosure,
    Entry,
    Listing,
    Publication,
    Release,
    Withdrawal,
)
from gongkai.publishing.rules.replay import Step, Told, replay
from gongkai.trail.chain import sm3
from gongkai.trail.models import TrailRow

KIND = "publishing.publication"
_WHY = "the check of the whole ledger"


def differences(keys: Sequence[int], today: date | None = None) -> Iterator[tuple[int, str, str]]:
    """Every difference of these publications and what belongs to them: key, address, what differs.

    ``today`` lets the day on which a badge turns be checked too.
    """
    told = _told(keys)
    rows = Publication.objects.unscoped(_WHY).filter(pk__in=keys).select_related("edition", "index_number")
    editions = _by("document_id", Edition.objects.filter(document__in=rows.values("document")))
    releases = _by("publication_id", Release.objects.filter(publication__in=keys).select_related("edition"))
    taken = _by(
        "publication_id",
        Withdrawal.objects.filter(publication__in=keys).select_related("successor").order_by("version"),
    )
    shown = _by("publication_id", Entry.objects.filter(publication__in=keys).select_related("listing"))
    closed = set(EditionClosure.objects.values_list("edition_id", flat=True))
    for row in rows.order_by("pk"):
        record = told.get(row.pk)
        path = row.path
        if record is None:
            yield row.pk, path, "找不到发布时的留痕"
            continue
        for what in (
            *_row(row, record),
            *_editions(editions.get(row.document_id, []), releases.get(row.pk, []), record, closed),
            *_withdrawals(taken.get(row.pk, []), record),
            *_places(row, shown.get(row.pk, [])),
            *_turning(row, today),
        ):
            yield row.pk, path, what


def _row(row: Publication, told: Told) -> Iterator[str]:
    pairs = (
        (row.digest == told.digest, "内容摘要与留痕不一致"),
        (row.path == told.path, "网址与留痕不一致"),
        (row.receipt == told.receipt, "回执编号与留痕不一致"),
        (_iso(row.published_at) == _iso(told.published_at), "发布时间与留痕不一致"),
        (_iso(row.first_published_at) == _iso(told.first_published_at), "首次发布时间与留痕不一致"),
        (row.index_number.number == told.index_number, "索引号与留痕不一致"),
        (row.version == told.version, "版次与留痕不一致"),
        (row.trail_seq == told.trail_seq, "留痕序号不对"),
        (row.edition.number == told.edition, "公开的版本与留痕不一致"),
        (row.edition.document_id == row.document_id, "公开的版本不属于这份公文"),
        (row.title == row.edition.fields.get("title"), "标题与版本不一致"),
        ((row.state == Publication.State.LIVE) == told.live, "公开状态与留痕不一致"),
        (row.expired == told.expired, "失效标记与留痕不一致"),
        (told.unit in (None, row.unit_id), "单位与留痕不一致"),
        (told.document in (None, row.document_id), "公文与留痕不一致"),
    )
    yield from (what for agrees, what in pairs if not agrees)


def _editions(
    editions: Sequence[Edition], releases: Sequence[Release], told: Told, closed: set[int]
) -> Iterator[str]:
    by_number = {edition.number: edition for edition in editions}
    for number, facts in told.releases.items():
        edition = by_number.pop(number, None)
        if edition is None:
            yield f"第{number}版不见了"
            continue
        digests = [one.get("digest", "") for one in edition.attachments]
        if sm3(rules.canonical(edition.fields, edition.body, digests)) != facts["digest"]:
            yield f"第{number}版的正文、字段或附件与发布时的摘要不一致"
        if edition.digest != facts["digest"]:
            yield f"第{number}版的摘要与留痕不一致"
        beside = rules.beside_digest(
            number=edition.number,
            made_at=edition.made_at,
            change_note=edition.change_note,
            attachments=edition.attachments,
        )
        if facts.get("beside", beside) != beside:
            yield f"第{number}版的变更说明、附件名称或形成时间与留痕不一致"
        if (number in told.closed) != (edition.pk in closed):
            yield f"第{number}版能不能查阅与留痕不一致"
    yield from (f"多出第{number}版，没有发布过" for number in by_number)
    yield from _releases(releases, told)


def _releases(releases: Sequence[Release], told: Told) -> Iterator[str]:
    known = {release.edition.number: release for release in releases}
    if len(known) != len(releases) or known.keys() != told.releases.keys():
        yield "历次发布与留痕不一致"
    for number, facts in told.releases.items():
        release = known.get(number)
        if release is not None and (
            release.receipt != facts["receipt"]
            or release.digest != facts["digest"]
            or release.version != facts["version"]
            or release.trail_seq != told.seqs[number]
            or _iso(release.published_at) != _iso(facts["published_at"])
        ):
            yield f"第{number}版的发布记录与留痕不一致"


def _withdrawals(taken: Sequence[Withdrawal], told: Told) -> Iterator[str]:
    stored = [
        (one.kind, one.reason, one.successor.path if one.successor else "", one.version) for one in taken
    ]
    if stored != told.withdrawals:
        yield "撤回记录与留痕不一致"


def _turning(row: Publication, today: date | None) -> Iterator[str]:
    """A day that has come stays until the minute turns it; any other must be the one that the edition tells."""
    if today is None or (row.turns_on is not None and row.turns_on <= today and _is_told(row)):
        return
    expected = rules.turns_on(
        effective_on=_day(row, "effective_on"),
        valid_until=_day(row, "valid_until"),
        expired=row.expired,
        today=today,
    )
    if row.state == Publication.State.LIVE and row.turns_on != expected:
        yield "有效性变化日期与版本不一致"


def _is_told(row: Publication) -> bool:
    until = _day(row, "valid_until")
    return row.turns_on in (_day(row, "effective_on"), until + timedelta(days=1) if until else None)


def _day(row: Publication, name: str) -> date | None:
    text = row.edition.fields.get(name)
    try:
        return date.fromisoformat(text) if text else None
    except (TypeError, ValueError):  # altered; its digest is told elsewhere
        return None


def uneven_lists() -> Iterator[tuple[str, str]]:
    """Lists whose counters do not agree with their places."""
    rows = Listing.objects.annotate(
        top=Max("entries__position"), shown=Count("entries", filter=Q(entries__present=True))
    )
    for listing in rows.order_by("pk"):
        if listing.last != (listing.top or 0) or listing.present != listing.shown:
            yield listing.address, "列表的计数与条目不一致"


def displaced_lists() -> Iterator[tuple[str, str]]:
    """Lists in which places do not stand in the order in which they were given.

    A place is given once, the next number under the list's lock, and no entry is ever deleted: so counted by age
    the numbers run 1, 2, 3 without a gap, in every list.
    """
    aged = Entry.objects.annotate(
        due=Window(RowNumber(), partition_by=F("listing"), order_by=F("pk").asc())
    ).exclude(position=F("due"))
    wrong: dict[int, int] = {}
    for listing in aged.values_list("listing", flat=True).iterator(2000):
        wrong[listing] = wrong.get(listing, 0) + 1
    for pk, row in sorted(Listing.objects.in_bulk(list(wrong)).items()):
        yield row.address, f"列表里有 {wrong[pk]} 条的次序被改过"


def _places(row: Publication, entries: Sequence[Entry]) -> Iterator[str]:
    present = any(entry.present for entry in entries)
    if present != (row.state == Publication.State.LIVE):
        yield "列表里的位置与公开状态不一致"
    for one in entries:
        given = rules.seal_of_place(
            listing=one.listing.address, position=one.position, publication=one.publication_id
        )
        if one.seal != given:
            yield f"列表 {one.listing.address} 里的位置不是公开时给这条的"


def _told(keys: Sequence[int]) -> dict[int, Told]:
    rows = TrailRow.objects.filter(object_kind=KIND, object_id__in=[str(key) for key in keys]).order_by("seq")
    steps: dict[int, list[Step]] = {}
    for seq, object_id, verb, note, facts in rows.values_list("seq", "object_id", "verb", "note", "facts"):
        steps.setdefault(int(object_id), []).append(Step(seq, verb, note, "", facts))
    found = {key: replay(rows) for key, rows in steps.items()}
    return {key: told for key, told in found.items() if told is not None}


def _by(name: str, rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found


def _iso(moment: datetime | str) -> str:
    value = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return value.astimezone(UTC).isoformat(timespec="microseconds")
