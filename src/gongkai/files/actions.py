"""Taking files in. What is refused leaves nothing behind: no row, no file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from django.conf import settings
from django.db import transaction

from gongkai.files import queries, storage
from gongkai.files.models import StoredFile
from gongkai.files.reading import Reading, inspect_file
from gongkai.law.refusal import Refusal, Refused, refuse_if
from gongkai.orgs.models import Unit
from gongkai.trail.chain import Who, record

NAME_LENGTH = 200
LEFT_OVER_AFTER = timedelta(days=1)
_NOT_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff/\\:*?\"<>|]+")


class Upload(Protocol):
    """An uploaded file as Django hands it over."""

    name: str | None

    def chunks(self, chunk_size: int | None = None) -> Iterable[bytes]: ...


def take_in_upload(*, upload: Upload, unit: Unit | None, by: Who, now: datetime) -> StoredFile:
    """Take in a file from a form, see ``take_in``."""
    return take_in(content=upload.chunks(), name=upload.name or "", unit=unit, by=by, now=now)


def take_in(*, content: Iterable[bytes], name: str, unit: Unit | None, by: Who, now: datetime) -> StoredFile:
    """Receive a file into quarantine, inspect it in the child process, keep it when it is clean.

    The disk and the child come before the transaction, because on SQLite an open one keeps all others waiting.
    Raises ``Refused`` with a sentence for the clerk; then neither a row nor a file stays.
    """
    name = clean_name(name)
    refuse_if(why_not_take_in(name=name))
    incoming = storage.receive(content, max_bytes=settings.MAX_UPLOAD_MB * 1024 * 1024)
    try:
        reading = inspect_file(incoming.path, name=name)
        if not reading.readable:
            raise Refused([Refusal(reading.code, "", f"“{name}”没有收下。{reading.problem}")])
        storage.keep(incoming)
        return _register(incoming=incoming, name=name, reading=reading, unit=unit, by=by, now=now)
    except BaseException:
        storage.forget(incoming)
        raise


def why_not_take_in(*, name: str) -> list[Refusal]:
    """What can be said before the first byte came."""
    if not name:
        return [Refusal("file.nameless", "", "这个文件没有文件名，认不出类型。请给文件起名后再上传。")]
    return []


def remove_leftovers(*, now: datetime) -> int:
    """Remove files of which no row knows: what a crash between disk and database left a day ago.

    No row of the trail: nothing that the office ever had is touched.
    """
    paths = storage.leftovers(known=queries.known_keys(), before=now - LEFT_OVER_AFTER)
    for path in paths:
        path.unlink(missing_ok=True)
    return len(paths)


def clean_name(name: str) -> str:
    """The file's own name: no folders, no control or direction signs, short enough to be shown.

    >>> clean_name("C:\\\\公文\\\\通知.docx")
    '通知.docx'
    """
    last = re.split(r"[/\\]", name)[-1]
    words = " ".join(_NOT_IN_A_NAME.sub(" ", last).split()).strip(". ")
    if len(words) <= NAME_LENGTH:
        return words
    stem, dot, ending = words.rpartition(".")
    return (
        stem[: NAME_LENGTH - len(ending) - 1] + dot + ending
        if dot and len(ending) <= 10
        else words[:NAME_LENGTH]
    )


@transaction.atomic
def _register(
    *, incoming: storage.Incoming, name: str, reading: Reading, unit: Unit | None, by: Who, now: datetime
) -> StoredFile:
    file = StoredFile.objects.create(
        key=incoming.key,
        name=name,
        size=incoming.size,
        digest=incoming.digest,
        kind=reading.kind,
        state=StoredFile.State.CLEAN,
        reason="；".join(reading.warnings),
        unit=unit,
        uploaded_by_id=by.person_id,
        at=now,
    )
    record(
        verb="files.take_in",
        by=by,
        at=now,
        about=file,
        facts={"kind": file.kind, "size": file.size, "digest": file.digest},
    )
    return file
