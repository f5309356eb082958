"""Evidence as it was given, turned into what stands behind a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet

from gongkai.files.models import StoredFile
from gongkai.kernel.clock import legal_day
from gongkai.ledger.models import Evidence, ProgressReport
from gongkai.ledger.rules.evidence import LONGEST_TITLE, Piece, fault_of_link, fault_of_meeting
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import visible
from gongkai.publishing.models import Publication
from gongkai.publishing.queries import find_public

NOT_OURS = "“{}”不是本站正在公开的文件。请从本站文件页复制网址，或写它的索引号。"


@dataclass(frozen=True, slots=True)
class Resolved:
    """A piece with what it means; ``fault`` says in Chinese why it cannot stand."""

    piece: Piece
    title: str = ""
    publication: Publication | None = None
    url: str = ""
    fault: str = ""


def is_ours(text: str) -> bool:
    """Whether an address leads to this site."""
    host = urlsplit(text.strip()).netloc.lower()
    return host == urlsplit(settings.SITE_URL).netloc.lower() or find_public(text) is not None


def resolve(pieces: Sequence[Piece], *, unit: Unit, by: Actor, today: date) -> list[Resolved]:
    """What each piece means for a report of the unit, in the order given."""
    return [_resolved(piece, unit, by, today) for piece in pieces]


def evidence_of(reports: Sequence[ProgressReport]) -> dict[int, list[Evidence]]:
    """The pieces of reports that were already shown to this person, by report. One query."""
    rows = Evidence.objects.unscoped("the reports were shown to this person").filter(report__in=reports)
    found: dict[int, list[Evidence]] = {}
    for piece in rows.select_related("publication__index_number", "file").order_by("report", "order"):
        found.setdefault(piece.report_id, []).append(piece)
    return found


def file_of(actor: Actor, pk: int) -> Evidence | None:
    """A file behind a report that this person may see."""
    rows: QuerySet[Evidence] = visible(Evidence, actor)
    return rows.filter(pk=pk, kind=Evidence.Kind.FILE).select_related("file").first()


def _resolved(piece: Piece, unit: Unit, by: Actor, today: date) -> Resolved:
    words = piece.text.strip()
    if piece.kind == "record":
        found = find_public(words)
        if found is None or found.state != Publication.State.LIVE:
            return Resolved(piece, fault=NOT_OURS.format(words[:60]))
        return Resolved(piece, found.title, publication=found)
    if piece.kind == "link":
        return Resolved(
            piece, (piece.title.strip() or words)[:LONGEST_TITLE], url=words, fault=fault_of_link(words)
        )
    if piece.kind == "meeting":
        fault = fault_of_meeting(name=words, held_on=piece.held_on, decided=piece.decided, today=today)
        return Resolved(piece, words[:LONGEST_TITLE], fault=fault)
    return _resolved_file(piece, unit)


def _resolved_file(piece: Piece, unit: Unit) -> Resolved:
    files = StoredFile.objects.filter(unit=unit, state=StoredFile.State.CLEAN)
    file = files.filter(pk=piece.file_id).first() if piece.file_id is not None else None
    if file is None:
        return Resolved(piece, fault="找不到要附的材料，可能上传没有完成。请重新选择文件。")
    return Resolved(piece, (piece.title.strip() or file.name)[:LONGEST_TITLE])


def files_taken_in(keys: Sequence[str], *, unit: Unit, by: Actor) -> list[StoredFile]:
    """Files that this person himself handed in for the unit, in the order of their keys."""
    rows = StoredFile.objects.filter(key__in=keys, unit=unit, uploaded_by=by.person_id)
    found = {file.key: file for file in rows}
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def pieces_of_matches(publications: Sequence[int]) -> list[Piece]:
    """Records that the system found, as pieces of a report."""
    return [Piece("record", path) for path in _chosen(publications).values_list("path", flat=True)]


def text_of_matches(publications: Sequence[int]) -> str:
    """What to say where somebody only ticked records: what was published, and when."""
    rows = _chosen(publications).values_list("title", "first_published_at")[:3]
    told = [f"《{title}》（{legal_day(at).isoformat()}）" for title, at in rows]
    more = f"等 {len(publications)} 件" if len(publications) > len(told) else ""
    return f"已公开{'、'.join(told)}{more}。" if told else ""


def _chosen(publications: Sequence[int]) -> QuerySet[Publication]:
    rows = Publication.objects.unscoped("what the system found is public").filter(pk__in=publications)
    return rows.order_by("-first_published_at", "-pk")


def pieces_kept(pks: Sequence[int]) -> list[Piece]:
    """Pieces of an earlier report that stand behind the new one too; the form knows which one may keep."""
    rows = Evidence.objects.unscoped("the form offers only pieces that this person may see").filter(
        pk__in=pks
    )
    return [_kept(row) for row in rows.select_related("publication").order_by("report", "order")]


def _kept(row: Evidence) -> Piece:
    if row.publication is not None:
        return Piece("record", row.publication.path)
    if row.kind == Evidence.Kind.LINK:
        return Piece("link", row.url, title=row.title)
    if row.kind == Evidence.Kind.MEETING:
        return Piece("meeting", row.title, held_on=row.held_on, decided=row.decided)
    return Piece("file", title=row.title, file_id=row.file_id)
