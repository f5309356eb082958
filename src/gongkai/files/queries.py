"""Reads of the upload gate."""

from __future__ import annotations

from gongkai.files import storage
from gongkai.files.models import StoredFile
from gongkai.files.problems import SENTENCES

PREVIEW_GONE = SENTENCES["file.preview_gone"]


def known_keys() -> frozenset[str]:
    """Every key that a row stands for; other files in the store are leftovers."""
    return frozenset(StoredFile.objects.values_list("key", flat=True))


def waiting_for_scan(limit: int = 50) -> list[StoredFile]:
    """Files that came in while the scanner did not answer or there was none, oldest first."""
    waiting = [StoredFile.State.QUARANTINE, StoredFile.State.UNSCANNED]
    return list(StoredFile.objects.filter(state__in=waiting).order_by("at", "pk")[:limit])


def public_of(file: StoredFile) -> StoredFile:
    """What the public gets of a file: its clean copy where one was made, else the file itself."""
    return file.public or file


def with_digest(file: StoredFile, digest: str) -> StoredFile:
    """The file or one of its public copies, whichever has this digest: what was sealed stays what is shown."""
    copy = file.public
    if copy is None or digest == file.digest:
        return file
    if copy.digest == digest:
        return copy
    # A copy that a later one replaced: an edition from before still shows it.
    return StoredFile.objects.filter(original=file, digest=digest).first() or file


def changed_on_disk(file: StoredFile) -> bool:
    """Whether the content differs from what came in, or is gone."""
    try:
        return storage.digest_of(file) != file.digest
    except FileNotFoundError:
        return True


def own_file(key: str, *, person_id: int | None) -> StoredFile | None:
    """A clean file that this person took in himself, by its random key: what he uploaded a page ago.

    ``None`` also for what nobody imported in time; ``PREVIEW_GONE`` says so and what to do.
    """
    if person_id is None:
        return None
    return StoredFile.objects.filter(key=key, uploaded_by=person_id, state=StoredFile.State.CLEAN).first()
