"""The private store: files under random keys, written whole or not at all, never below a web root."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Protocol

from cryptography.hazmat.primitives import hashes
from django.conf import settings

from gongkai.law.refusal import Refusal, Refused

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
DISK_FULL = Refusal(
    "file.disk_full",
    "",
    "文件没有存下来：服务器的磁盘满了。已有的内容不受影响，请联系系统管理员腾出空间后重新上传。",
)


NOT_CLEAN = Refusal(
    "file.not_clean",
    "",
    "这个文件还没有通过病毒检查，现在不能打开。检查通常几分钟内完成，请稍后再试；没有通过的文件会写明原因。",
)


UNSCANNED = Refusal(
    "file.unscanned",
    "",
    "这个文件是外面的人提交的，系统没有接杀毒服务，还没有人查过毒，所以不直接打开。请先用本单位的杀毒软件检查，"
    "确认没有问题后，点“确认打开”；拿不准的，请联系系统管理员。",
)


class Kept(Protocol):
    """Anything that names a stored file by its key."""

    key: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that was written to the disk but is not in the store yet."""

    key: str
    path: Path
    size: int
    digest: str


def receive(content: Iterable[bytes], *, max_bytes: int) -> Incoming:
    """Write a stream beside the store, counting and digesting; refuse what is too large or does not fit."""
    key = secrets.token_hex(16)
    path = _folder("incoming") / f"{key}.part"
    size, digest = 0, hashes.Hash(hashes.SM3())
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            for chunk in content:
                size += len(chunk)
                if size > max_bytes:
                    raise Refused([too_big(max_bytes)])
                digest.update(chunk)
                stream.write(chunk)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException as problem:
        path.unlink(missing_ok=True)
        if isinstance(problem, OSError) and problem.errno in _FULL:
            raise Refused([DISK_FULL]) from problem
        raise
    return Incoming(key, path, size, digest.finalize().hex())


def keep(incoming: Incoming) -> None:
    """Move a received file into the store in one step that survives a power cut."""
    place = path_of_key(incoming.key)
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.replace(incoming.path, place)
        _sync_folder(place.parent)
    except OSError as problem:
        incoming.path.unlink(missing_ok=True)
        if problem.errno in _FULL:
            raise Refused([DISK_FULL]) from problem
        raise


def forget(incoming: Incoming) -> None:
    """Leave nothing of a file that was not taken in."""
    for path in (incoming.path, path_of_key(incoming.key)):
        path.unlink(missing_ok=True)


def path_of(file: Kept) -> Path:
    """Where the content of a stored file lies."""
    return path_of_key(file.key)


def open_stored(file: Kept) -> IO[bytes]:
    """The content of a stored file; whoever calls has asked the wall.

    Raises ``Refused`` for a file that the virus scanner has not passed: it stays out of everybody's reach.
    """
    state = getattr(file, "state", "clean")
    if state != "clean":
        raise Refused([UNSCANNED if state == "unscanned" else NOT_CLEAN])
    return path_of(file).open("rb")


def drop(file: Kept) -> None:
    """Delete the content of a stored file; its row says why."""
    path_of(file).unlink(missing_ok=True)


def digest_of(file: Kept) -> str:
    """The SM3 digest of what lies on the disk now, to be held against the row."""
    return digest_at(path_of(file))


def digest_at(path: Path) -> str:
    """The SM3 digest of a file on the disk."""
    digest = hashes.Hash(hashes.SM3())
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.finalize().hex()


def path_of_key(key: str) -> Path:
    if not key.isalnum():
        raise ValueError("a storage key has letters and figures only")
    return Path(settings.FILES_DIR) / "store" / key[:2] / key


def leftovers(*, known: Collection[str], before: datetime) -> list[Path]:
    """Files of which no row knows, older than a moment: what a crash between disk and database left."""
    root, found = Path(settings.FILES_DIR), []
    for path in (*root.glob("incoming/*.part"), *root.glob("store/*/*")):
        with contextlib.suppress(FileNotFoundError):
            if path.name not in known and path.stat().st_mtime < before.timestamp():
                found.append(path)
    return sorted(found)


def _folder(name: str) -> Path:
    folder = Path(settings.FILES_DIR) / name
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def too_big(max_bytes: int) -> Refusal:
    """The sentence for a file above the limit."""
    return Refusal(
        "file.too_big",
        "",
        f"这个文件超过 {max_bytes // (1024 * 1024)} MB 的上限，没有存下来。请压缩图片或拆成几个文件后再上传。",
    )
