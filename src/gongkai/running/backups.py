"""A backup: one file that holds the database, the uploaded files and a list of what it holds.

SQLite is copied with ``VACUUM INTO``, which is one consistent moment while others write. PostgreSQL is read
in one repeatable-read transaction, each row as the server's own JSON, so that no second program must fit the
server's version and a newer program can still back up an older schema. The tree, the index and the static files are left out: they are made again from the rows.
The secrets are left out on purpose: whoever finds a backup must not find the key with it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import tarfile
import tempfile
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

import gongkai
from gongkai.running import data_dir
from gongkai.trail import chain

FORMAT = 1
MANIFEST = "manifest.json"
SQLITE, ROWS = "database.sqlite3", "database.jsonl"
NOTE = "last_backup.json"
CHUNK = 1024 * 1024


@dataclass
class Manifest:
    """What a backup says about itself; written last, so that a cut file has none."""

    format: int
    version: str
    made_at: str
    database: str
    migrations: list[str]
    rows: dict[str, int]
    trail_rows: int
    trail_head: str
    marker: dict[str, str]
    members: dict[str, dict[str, Any]] = field(default_factory=dict)


def make(target: Path, *, at: datetime) -> Manifest:
    """Write a backup to ``target``, whole or not at all; an older file of that name stays until then."""
    target = target.absolute()
    if target.is_relative_to(Path(settings.FILES_DIR)):
        raise data_dir.Unusable("备份不能放在上传文件的目录里。请换一个地方。")
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with open(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as handle:
            manifest = _write(handle, at)
            handle.flush()
            os.fsync(handle.fileno())
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    _note(target, at)
    return manifest


def last_made(folder: Path) -> datetime | None:
    """When the last backup of this directory was made."""
    try:
        return datetime.fromisoformat(json.loads((folder / NOTE).read_text())["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def count_rows() -> dict[str, int]:
    """How many rows each table has."""
    counts = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            counts[table] = int(cursor.fetchone()[0])
    return counts


def tables() -> list[str]:
    """The tables that are there, whatever version of the program made them."""
    return sorted(connection.introspection.table_names())


def applied_migrations() -> list[str]:
    """The migrations that this database has seen."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _write(handle: IO[bytes], at: datetime) -> Manifest:
    with (
        tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix=".backup-") as scratch,
        tarfile.open(fileobj=handle, mode="w:gz", compresslevel=3) as archive,
    ):
        copy, manifest = _copy_database(Path(scratch), at)
        _add(archive, manifest, copy.name, copy)
        # After the database: a file is stored before the row that names it, so every named file is there.
        root = Path(settings.FILES_DIR)
        for path in sorted(root.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                _add(archive, manifest, f"files/{path.relative_to(root).as_posix()}", path)
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(text)
        archive.addfile(info, io.BytesIO(text))
    return manifest


def _copy_database(scratch: Path, at: datetime) -> tuple[Path, Manifest]:
    if connection.vendor == "sqlite":
        copy = scratch / SQLITE
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(copy)])
        return copy, _describe_copy(copy, at)
    copy = scratch / ROWS
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        manifest = _describe(count_rows(), chain.head(), applied_migrations(), at)
        with copy.open("w", encoding="utf-8") as out:
            for table in manifest.rows:
                _write_rows(out, table)
    return copy, manifest


def _write_rows(out: IO[str], table: str) -> None:
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t)::text FROM {connection.ops.quote_name(table)} t")
        for (row,) in cursor:
            out.write(f"{table}\t{row}\n")


def _describe_copy(copy: Path, at: datetime) -> Manifest:
    """Count in the copy, not in the live database: others go on writing there."""

    with sqlite3.connect(f"file:{copy}?mode=ro", uri=True) as there:
        names = there.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        rows = {
            name: there.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for name in sorted(row[0] for row in names)
        }
        head = there.execute("SELECT seq, digest FROM trail_trailhead").fetchone() or (0, "")
        seen = [f"{app}.{name}" for app, name in there.execute("SELECT app, name FROM django_migrations")]
    there.close()
    return _describe(rows, (head[0], head[1] or chain.GENESIS), sorted(seen), at)


def _describe(rows: dict[str, int], head: tuple[int, str], seen: list[str], at: datetime) -> Manifest:
    return Manifest(
        format=FORMAT,
        version=gongkai.__version__,
        made_at=at.isoformat(),
        database=connection.vendor,
        migrations=seen,
        rows=rows,
        trail_rows=head[0],
        trail_head=head[1],
        marker=data_dir.read_marker(Path(settings.DATA_DIR)),
    )


class Counting:
    """A file that is digested while it is read."""

    def __init__(self, inner: IO[bytes]) -> None:
        self.inner = inner
        self.digest = hashlib.sha256()
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        """Read on and count."""
        data = self.inner.read(size)
        self.digest.update(data)
        self.size += len(data)
        return data


def _add(archive: tarfile.TarFile, manifest: Manifest, name: str, path: Path) -> None:
    info = tarfile.TarInfo(name)
    with path.open("rb") as content:
        info.size = os.fstat(content.fileno()).st_size
        info.mode = 0o600
        counted = Counting(content)
        archive.addfile(info, counted)  # type: ignore[arg-type]
    manifest.members[name] = {"size": counted.size, "sha256": counted.digest.hexdigest()}


def _note(target: Path, at: datetime) -> None:
    folder = Path(settings.DATA_DIR)
    draft = folder / f".{NOTE}.{os.getpid()}"
    draft.write_text(json.dumps({"at": at.isoformat(), "name": target.name}, ensure_ascii=False))
    draft.rename(folder / NOTE)
