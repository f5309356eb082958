"""What was published and is no longer there, and files that are no longer what was sealed (B17)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.documents.models import Attachment
from gongkai.files.models import StoredFile
from gongkai.files.queries import changed_on_disk, with_digest
from gongkai.publishing.models import Publication, Release
from gongkai.publishing.queries.seal import Altered, batched
from gongkai.trail.models import TrailRow

BATCH = 500
_WHY = "the check of the whole ledger"


def vanished() -> Iterator[Altered]:
    """Every address that the trail says was published and that no publication has any more."""
    known = set(Publication.objects.unscoped(_WHY).values_list("path", flat=True))
    rows = TrailRow.objects.filter(verb="publishing.publish").order_by("seq")
    for object_id, facts in rows.values_list("object_id", "facts").iterator(chunk_size=BATCH):
        path = facts.get("path", "")
        if path not in known:
            known.add(path)
            yield Altered(int(object_id or 0), path, "留痕里有发布记录，发布的信息却不见了")


def changed_files() -> Iterator[Altered]:
    """Every sealed attachment, of present and earlier editions, whose stored file is not what was sealed."""
    rows = Publication.objects.unscoped(_WHY).order_by("pk")
    for keys in batched(rows.values_list("pk", flat=True).iterator(chunk_size=BATCH)):
        yield from changed_files_of(keys)


def changed_files_of(keys: Sequence[int]) -> Iterator[Altered]:
    """The same for these publications."""
    sealed = [
        (release.publication_id, release.publication.path, row)
        for release in Release.objects.filter(publication__in=keys)
        .select_related("publication", "edition")
        .order_by("publication", "pk")
        for row in release.edition.attachments
    ]
    found = Attachment.ever.filter(pk__in=[row["id"] for *_, row in sealed]).select_related("file__public")
    files: dict[int, StoredFile] = {one.pk: one.file for one in found}
    told: set[tuple[int, int]] = set()
    for key, path, row in sealed:
        if (key, row["id"]) in told:
            continue
        told.add((key, row["id"]))
        stored = files.get(row["id"])
        what = _fault(with_digest(stored, row["digest"]) if stored else None, row["digest"])
        if what:
            yield Altered(key, path, f"{what}：{row['title']}")


def _fault(file: StoredFile | None, digest: str) -> str:
    if file is None:
        return "附件的登记不见了"
    if file.digest != digest:
        return "附件换成了别的文件"
    return "附件的原件被改过或者不见了" if changed_on_disk(file) else ""
