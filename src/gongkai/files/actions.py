"""Taking files in. What is refused leaves nothing behind: no row, no file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError

from gongkai.files import queries, states, storage
from gongkai.files.cleaning import KINDS as CLEANABLE
from gongkai.files.cleaning import clean_copy
from gongkai.files.models import StoredFile
from gongkai.files.pictures import kind_of, looks_like_picture, redraw, renamed
from gongkai.files.problems import SENTENCES
from gongkai.files.reading import Reading, inspect_file
from gongkai.files.scanning import Finding, Verdict, scan
from gongkai.law.refusal import Refusal, Refused, refuse_if
from gongkai.orgs.models import Unit
from gongkai.trail.chain import SYSTEM, Who, record

NAME_LENGTH = 200
MOST_MADE_BYTES = 2 * 1024**3
LEFT_OVER_AFTER = timedelta(days=1)
PREVIEW_DAYS = 14  # the sentence ``file.preview_gone`` tells them
_VERBS = {
    Finding.CLEAN: ("pass", ""),
    Finding.INFECTED: ("infected", SENTENCES["file.virus"]),
    Finding.CHANGED: ("changed", SENTENCES["file.changed"]),
}
_NOT_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff/\\:*?\"<>|]+")


class Upload(Protocol):
    """An uploaded file as Django hands it over."""

    name: str | None

    def chunks(self, chunk_size: int | None = None) -> Iterable[bytes]: ...


def take_in_upload(
    *,
    upload: Upload,
    unit: Unit | None,
    by: Who,
    now: datetime,
    pictures: bool = False,
    may_wait: bool = False,
    outside: bool = False,
    called: str = "",
    for_preview: bool = False,
) -> StoredFile:
    """Take in a file from a form, see ``take_in``."""
    return take_in(
        content=upload.chunks(),
        name=upload.name or "",
        unit=unit,
        by=by,
        now=now,
        pictures=pictures,
        may_wait=may_wait,
        outside=outside,
        called=called,
        for_preview=for_preview,
    )


def take_in(
    *,
    content: Iterable[bytes],
    name: str,
    unit: Unit | None,
    by: Who,
    now: datetime,
    pictures: bool = False,
    may_wait: bool = False,
    outside: bool = False,
    called: str = "",
    for_preview: bool = False,
) -> StoredFile:
    """Receive a file into quarantine, inspect it in the child process, keep it when it is clean.

    The disk and the child come before the transaction, because on SQLite an open one keeps all others waiting.
    With ``pictures`` a jpg or png is drawn anew without place, time and camera. With ``may_wait`` a file stays in
    quarantine while the virus scanner does not answer, out of everybody's reach. What comes from ``outside`` the
    office where no scanner is set up waits for a person's word; a picture that we drew anew needs none. ``called``
    replaces the name that the sender chose, which may name people. ``for_preview``: it goes of itself when nobody
    imports it (``keep``). Raises ``Refused`` with a sentence; then neither a row nor a file stays.
    """
    name = clean_name(name)
    refuse_if(why_not_take_in(name=name))
    incoming = storage.receive(content, max_bytes=settings.MAX_UPLOAD_MB * 1024 * 1024)
    try:
        verdict = _scanned(incoming, name)
        state = _state_after(verdict, name=name, may_wait=may_wait, outside=outside)
        if pictures and looks_like_picture(incoming.path):
            incoming, reading = _redrawn(incoming, name)
            name = renamed(name, reading.kind)
            state = StoredFile.State.CLEAN if state == StoredFile.State.UNSCANNED else state
        else:
            reading = _inspected(incoming, name)
        storage.keep(incoming)
        kept = f"{called}.{name.rpartition('.')[2]}" if called and "." in name else called or name
        return _register(
            incoming=incoming,
            name=kept,
            reading=reading,
            state=state,
            unit=unit,
            by=by,
            now=now,
            scanned=verdict.finding is Finding.CLEAN,
            for_preview=for_preview,
        )
    except BaseException:
        storage.forget(incoming)
        raise


def keep_made(
    *, content: Iterable[bytes], name: str, kind: str, unit: Unit | None, by: Who, now: datetime
) -> StoredFile:
    """Keep a file that the product made itself (a letter, a sealed file); it never came from outside.

    Written whole before its row, so that no row stands for a torn file.
    """
    incoming = storage.receive(content, max_bytes=MOST_MADE_BYTES)
    try:
        storage.keep(incoming)
        made = Reading(kind=kind, readable=True)
        return _register(
            incoming=incoming,
            name=clean_name(name),
            reading=made,
            unit=unit,
            by=by,
            now=now,
            state=StoredFile.State.CLEAN,
        )
    except BaseException:
        storage.forget(incoming)
        raise


def make_public_copy(*, file: StoredFile, by: Who, now: datetime) -> StoredFile:
    """Make the copy that goes to the public: the paper without what is hidden in it. The original stays private.

    Where nothing is hidden the paper is its own public copy. What could not be taken out stands in the trail, and the
    gate finds it again. Raises ``Refused`` where no copy can be made.
    """
    refuse_if(why_not_make_public_copy(file=file))
    source = queries.public_of(file)
    made = clean_copy(source)
    if made.why:
        raise Refused([Refusal("file.not_cleaned", "", f"“{file.name}”没有清理。{made.why}")])
    if not made.removed:
        return source
    facts = {
        "removed": sorted({trap.rule for trap in made.removed}),
        "left": sorted({trap.rule for trap in made.left}),
    }
    return put_out(file=file, content=made.content, verb="clean", facts=facts, by=by, now=now)


def put_out(
    *, file: StoredFile, content: bytes, verb: str, facts: Mapping[str, Any], by: Who, now: datetime
) -> StoredFile:
    """Keep a treated content (``clean``, ``mask``) as the copy that goes to the public in place of the one before,
    which stays for the editions that show it. Raises ``Refused`` where another copy was made meanwhile."""
    before = file.public
    done = [*(before.treatments if before else []), verb]
    copy = keep_made(content=[content], name=file.name, kind=file.kind, unit=file.unit, by=by, now=now)
    with transaction.atomic():
        StoredFile.objects.filter(pk=copy.pk).update(original=file, treatments=done)
        if not StoredFile.objects.filter(pk=file.pk, public=before).update(public=copy):
            text = f"“{file.name}”刚才已经另外做了公开副本。请刷新页面，看最新的检查结果。"
            raise Refused([Refusal("file.copied_meanwhile", "", text)])
        copy.original, copy.treatments, file.public = file, done, copy
        record(verb=f"files.{verb}", by=by, at=now, about=file, facts={"copy": copy.digest, **facts})
    return copy


def why_not_make_public_copy(*, file: StoredFile) -> list[Refusal]:
    """What stands against a public copy before the paper is opened."""
    if file.state != StoredFile.State.CLEAN:
        return [storage.NOT_CLEAN]
    if file.kind not in CLEANABLE:
        text = SENTENCES["file.cannot_clean"]
        return [Refusal("file.cannot_clean", "", f"“{file.name}”没有清理。{text}")]
    return []


@transaction.atomic
def confirm(*, file: StoredFile, by: Who, now: datetime) -> StoredFile:
    """A person of the office opens an unscanned file from outside on his own responsibility."""
    row = StoredFile.objects.select_for_update().get(pk=file.pk)
    refuse_if(why_not_confirm(file=row))
    row.state, row.reason = StoredFile.State.CLEAN, f"没有查毒，由{by.name}确认打开。"
    row.save(update_fields=["state", "reason"])
    record(verb="files.confirm", by=by, at=now, about=row, facts={"digest": row.digest})
    return row


def why_not_confirm(*, file: StoredFile) -> list[Refusal]:
    """Only a file that no scanner will ever see needs a person's word."""
    if states.target_of(file.state, "confirm") is None:
        text = f"“{file.name}”现在是“{states.LABELS[file.state]}”，不用确认。请刷新页面看最新状态。"
        return [Refusal("file.state", "", text)]
    return []


@transaction.atomic
def settle(*, file: StoredFile, verdict: Verdict, now: datetime) -> bool:
    """The scanner's word on a file that waited: free to be opened, or refused and its content deleted.

    Returns whether there was a word at all; without one the file goes on waiting.
    """
    if verdict.finding not in _VERBS:
        return False
    row = StoredFile.objects.select_for_update().get(pk=file.pk)
    verb, reason = _VERBS[verdict.finding]
    target = states.target_of(row.state, verb)
    if target is None:  # somebody was faster
        return True
    row.state, row.reason, row.scanned = target, reason, verdict.finding is Finding.CLEAN
    if target == StoredFile.State.REFUSED:
        transaction.on_commit(lambda: storage.drop(row))
    row.save(update_fields=["state", "reason", "scanned"])
    record(verb="files.settle", by=SYSTEM, at=now, about=row, facts={"finding": str(verdict.finding)})
    return True


@transaction.atomic
def discard(*, file: StoredFile, by: Who, now: datetime, note: str = "") -> None:
    """Take back a file that nothing uses: what somebody uploaded and then did not send in.

    Raises ``ProtectedError`` where a record of the office holds it.
    """
    record(verb="files.discard", by=by, at=now, about=file, facts={"digest": file.digest}, note=note)
    copies = list(StoredFile.objects.filter(original=file))
    keys = [one.key for one in (file, *copies)]
    if copies:  # each names the other
        StoredFile.objects.filter(pk=file.pk).update(public=None)
    for one in (*copies, file):
        one.delete()
    transaction.on_commit(lambda: _unlink(keys))


def keep(*, file: StoredFile) -> None:
    """What was sent in to be looked at was imported: it stays as the paper of that act, whose row tells of it."""
    StoredFile.objects.filter(pk=file.pk).update(for_preview=False)


def drop_previews(*, now: datetime, limit: int = 50) -> int:
    """Take back what was sent in to be looked at and was neither imported nor dropped for days. Returns how many.

    What a record of the office holds all the same is kept from then on.
    """
    before = now - timedelta(days=PREVIEW_DAYS)
    count = 0
    for file in StoredFile.objects.filter(for_preview=True, at__lt=before).order_by("at", "pk")[:limit]:
        try:
            discard(file=file, by=SYSTEM, now=now, note=f"上传后 {PREVIEW_DAYS} 天没有导入")
            count += 1
        except ProtectedError:
            keep(file=file)
    return count


def _unlink(keys: Iterable[str]) -> None:
    for key in keys:
        storage.path_of_key(key).unlink(missing_ok=True)


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


def _scanned(incoming: storage.Incoming, name: str) -> Verdict:
    """The scanner's word; it counts only when what it saw is still what came in."""
    verdict = scan(incoming.path)
    if storage.digest_at(incoming.path) != incoming.digest:
        raise _not_taken(name, "file.changed", SENTENCES["file.changed"])
    return verdict


def _inspected(incoming: storage.Incoming, name: str) -> Reading:
    """What the child says of the file; of a picture, which one it is."""
    reading = inspect_file(incoming.path, name=name)
    if not reading.readable:
        raise _not_taken(name, reading.code, reading.problem)
    return replace(reading, kind=kind_of(incoming.path)) if reading.kind == "image" else reading


def _state_after(verdict: Verdict, *, name: str, may_wait: bool, outside: bool) -> str:
    """The state in which a file begins; raises ``Refused`` where it may not come in."""
    if verdict.finding is Finding.INFECTED:
        raise _not_taken(name, "file.virus", SENTENCES["file.virus"])
    if verdict.finding is Finding.CLEAN:
        return StoredFile.State.CLEAN
    if verdict.finding is Finding.NO_SCANNER:
        return StoredFile.State.UNSCANNED if outside else StoredFile.State.CLEAN
    if may_wait:
        return StoredFile.State.QUARANTINE
    raise _not_taken(name, "file.scanner_away", SENTENCES["file.scanner_away"])


def _redrawn(incoming: storage.Incoming, name: str) -> tuple[storage.Incoming, Reading]:
    picture = redraw(incoming.path, name=name)
    if picture.problem:
        raise _not_taken(name, picture.code, picture.problem)
    fresh = storage.receive([picture.body], max_bytes=len(picture.body))
    storage.forget(incoming)
    return fresh, Reading(picture.kind, True)


def _not_taken(name: str, code: str, problem: str) -> Refused:
    return Refused([Refusal(code, "", f"“{name}”没有收下。{problem}")])


@transaction.atomic
def _register(
    *,
    incoming: storage.Incoming,
    name: str,
    reading: Reading,
    state: str,
    unit: Unit | None,
    by: Who,
    now: datetime,
    scanned: bool = False,
    for_preview: bool = False,
) -> StoredFile:
    file = StoredFile.objects.create(
        key=incoming.key,
        name=name,
        size=incoming.size,
        digest=incoming.digest,
        kind=reading.kind,
        state=state,
        scanned=scanned,
        reason="；".join(reading.warnings),
        unit=unit,
        uploaded_by_id=by.person_id,
        at=now,
        for_preview=for_preview,
    )
    record(
        verb="files.take_in",
        by=by,
        at=now,
        about=file,
        facts={"kind": file.kind, "size": file.size, "digest": file.digest},
    )
    return file
