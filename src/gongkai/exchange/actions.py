"""Bringing a package in, and noting that a publication was entered elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from gongkai.documents import actions as drafting
from gongkai.documents.models import Document
from gongkai.exchange import queries
from gongkai.exchange.models import Package, PackageItem, PlatformEntry
from gongkai.exchange.reader import Opened, open_package
from gongkai.exchange.rules.package import Fault, Item, read_items
from gongkai.files.actions import take_in
from gongkai.law.refusal import Refusal, Refused, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import can
from gongkai.publishing.actions import CLAIMS, note_claim
from gongkai.publishing.models import Publication
from gongkai.trail.chain import record, sm3


@dataclass(slots=True)
class Outcome:
    """What became of a package: its row, drafts, papers that were there before, and every remark."""

    package: Package | None = None
    drafts: list[Document] = field(default_factory=list)
    known: list[PackageItem] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return self.package is not None

    @property
    def blocking(self) -> list[Fault]:
        return [fault for fault in self.faults if not fault.warns]


def why_not_bring_in(*, unit: Unit, by: Actor) -> list[Refusal]:
    """Why this person cannot bring a package in for this unit."""
    if not can(by, "exchange.import", unit.pk):
        return [Refusal("wall.unit", "", "您没有为这个单位导入的权限。需要的，请联系本单位负责人授权。")]
    return drafting.why_not_draft(unit=unit, by=by)


def bring_in(
    *, path: Path, name: str, unit: Unit, by: Actor, now: datetime, partial: bool = False
) -> Outcome:
    """From a package to drafts: all rows or none, or with ``partial`` those that were understood.

    Doing it twice makes nothing twice. A time of publication in it is put on record and not taken.
    """
    refuse_if(why_not_bring_in(unit=unit, by=by))
    opened = open_package(path)
    if opened.problem:
        return Outcome(faults=[Fault(0, "", opened.problem)])
    _note_claims(opened, by=by, now=now)
    items, faults = read_items(opened.rows, files=opened.files, claims=CLAIMS)
    outcome = Outcome(faults=faults)
    broken = {fault.row for fault in outcome.blocking}
    if broken and (not partial or 0 in broken):
        return outcome
    good = [item for item in items if item.row not in broken]
    try:
        with transaction.atomic():
            _store(outcome, good, opened, path=path, name=name, unit=unit, by=by, now=now)
            if outcome.blocking and not partial:
                raise _NotAll
    except _NotAll:
        outcome.package, outcome.drafts = None, []
    return outcome


class _NotAll(Exception):  # noqa: N818 -- rolls everything back
    """A row was refused on the way; nothing of the package stays."""


def _store(
    outcome: Outcome,
    items: list[Item],
    opened: Opened,
    *,
    path: Path,
    name: str,
    unit: Unit,
    by: Actor,
    now: datetime,
) -> None:
    package = Package.objects.create(
        unit=unit,
        name=name[:255],
        source=opened.source,
        digest=sm3(path.read_bytes()),
        by_id=by.acting_id,
        at=now,
    )
    before = queries.known_items(unit, opened.source, [item.id for item in items])
    for item in items:
        if item.id in before:
            outcome.known.append(before[item.id])
            outcome.faults.append(
                Fault(item.row, "id", f"编号 {item.id} 以前导入过，没有重复建草稿。", warns=True)
            )
            continue
        try:
            with transaction.atomic():
                document = _draft(item, opened.files, unit=unit, by=by, now=now)
                PackageItem.objects.create(
                    package=package, unit=unit, source=opened.source, outer_id=item.id, document=document
                )
            outcome.drafts.append(document)
        except Refused as refused:
            outcome.faults += [Fault(item.row, "", str(one)) for one in refused.refusals]
    package.report = [[fault.row, fault.field, fault.text, fault.warns] for fault in outcome.faults]
    package.save(update_fields=["report"])
    record(
        verb="exchange.bring_in",
        by=by,
        at=now,
        about=package,
        facts={
            "digest": package.digest,
            "drafts": [one.pk for one in outcome.drafts],
            "known": [one.outer_id for one in outcome.known],
        },
    )
    outcome.package = package


def _draft(item: Item, files: Mapping[str, bytes], *, unit: Unit, by: Actor, now: datetime) -> Document:
    if item.body_file:
        file = _take(item.body_file, files, unit=unit, by=by, now=now)
        document = drafting.draft_from_file(file=file, unit=unit, by=by, now=now)
        if item.fields:
            document = drafting.change(document=document, by=by, now=now, fields=item.fields)
    else:
        document = drafting.draft(unit=unit, by=by, now=now, fields=item.fields)
    if item.openness:
        drafting.determine(
            document=document,
            by=by,
            now=now,
            openness=item.openness,
            ground=item.ground,
            reason=item.reason,
        )
    for title, name in item.attachments:
        file = _take(name, files, unit=unit, by=by, now=now)
        drafting.attach(document=document, by=by, now=now, file=file, title=title)
    return document


def _take(name: str, files: Mapping[str, bytes], *, unit: Unit, by: Actor, now: datetime) -> Any:
    return take_in(content=iter([files[name]]), name=name.rsplit("/", 1)[-1], unit=unit, by=by, now=now)


def _note_claims(opened: Opened, *, by: Actor, now: datetime) -> None:
    claimed = {
        name: value
        for row in opened.rows
        if isinstance(row, Mapping)
        for name, value in row.items()
        if str(name).strip().lower() in CLAIMS
    }
    if claimed:
        note_claim(values=claimed, door="交换包", by=by, now=now)


def why_not_enter(*, publication: Publication, platform: str, outer_id: str, by: Actor) -> list[Refusal]:
    """Why this entry cannot be noted."""
    if not can(by, "exchange.enter", publication.unit_id):
        return [Refusal("wall.unit", "", "您没有为这个单位登记录入的权限。请联系本单位信息员。")]
    if platform not in queries.PLATFORMS:
        return [Refusal("platform.unknown", "", "没有这个平台。请从列表中选择。")]
    if not 1 <= len(outer_id.strip()) <= 120:
        return [Refusal("platform.id", "", "请填平台给的编号或者网址，从平台上复制。")]
    same = PlatformEntry.objects.filter(
        publication=publication, platform=platform, edition=publication.edition.number
    )
    if same.exists():
        return [Refusal("platform.done", "", "这一版已经登记过录入。请刷新页面看编号。")]
    return []


@transaction.atomic
def enter(
    *, publication: Publication, platform: str, outer_id: str, by: Actor, now: datetime
) -> PlatformEntry:
    """A person entered the publication on another platform and notes the number that it got there."""
    refuse_if(why_not_enter(publication=publication, platform=platform, outer_id=outer_id, by=by))
    entry = PlatformEntry.objects.create(
        publication=publication,
        platform=platform,
        outer_id=outer_id.strip(),
        edition=publication.edition.number,
        by_id=by.acting_id,
        at=now,
    )
    record(
        verb="exchange.enter",
        by=by,
        at=now,
        about=publication,
        facts={"platform": platform, "outer_id": entry.outer_id, "edition": entry.edition},
    )
    return entry
