"""Taking a backup back into an empty data directory.

The whole file is read and checked before anything is written. What is written goes into a folder of its own
first; the directory counts as an installation only when its marker is there, which is the last step.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.db import connection, connections, transaction
from django.db.migrations.loader import MigrationLoader

from gongkai.publishing import guards
from gongkai.running import backups, data_dir, preparing
from gongkai.running.backups import CHUNK, FORMAT, MANIFEST, ROWS, SQLITE, Manifest
from gongkai.running.data_dir import Unusable
from gongkai.trail import chain, triggers

STAGING = ".restoring"
MAX_MANIFEST = 64 * 1024 * 1024


@dataclass
class Outcome:
    """What was found after a restore; empty ``problems`` means that all is as it was."""

    rows: int
    files: int
    trail_rows: int
    problems: list[str] = field(default_factory=list)
    pages: int = 0


def check_archive(source: Path) -> Manifest:
    """Read a backup to its end and compare every digest; writes nothing."""
    if not source.is_file():
        raise Unusable(f"找不到备份文件 {source}。请检查文件名。")
    found: dict[str, dict[str, Any]] = {}
    manifest: Manifest | None = None
    try:
        with tarfile.open(source, "r:gz") as archive:
            for member in archive:
                if not _is_plain(member):
                    raise Unusable(
                        f"备份里有不该有的内容（{member.name[:80]}），不能恢复。请换一个备份文件。"
                    )
                content = archive.extractfile(member)
                assert content is not None
                if member.name == MANIFEST:
                    manifest = Manifest(**json.loads(content.read(MAX_MANIFEST)))
                else:
                    found[member.name] = {"size": member.size, "sha256": _digest(content)}
    except (tarfile.TarError, EOFError, OSError, ValueError, TypeError, AssertionError) as problem:
        raise _damaged(source) from problem
    if manifest is None or manifest.members != found:
        raise _damaged(source)
    _check_fits(manifest)
    return manifest


def restore(source: Path, *, verify: bool) -> Outcome:
    """Put a backup into the empty ``DATA_DIR``; a damaged file leaves nothing behind."""
    folder = Path(settings.DATA_DIR)
    manifest = check_archive(source)
    with _empty(folder):
        staging = folder / STAGING
        staging.mkdir()
        try:
            with tarfile.open(source, "r:gz") as archive:
                for member in archive:
                    if member.name != MANIFEST:
                        _extract(archive, member, staging)
            data_dir.make(folder)
            _put_in_place(staging, folder)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        settings.SECRET_KEY = (folder / "secrets" / "secret_key").read_text().strip()
        _load(manifest, folder)
        outcome = Outcome(sum(manifest.rows.values()), len(manifest.members) - 1, manifest.trail_rows)
        outcome.problems = compare(manifest) if verify else []
        preparing.bring_up()
        preparing.rebuild_projections()
        if verify:
            outcome.pages, bad = sample_pages()
            outcome.problems += bad
        preparing.mark_prepared(folder)
    return outcome


def compare(manifest: Manifest) -> list[str]:
    """What differs between the database and files here and what the backup says it held."""
    problems = []
    counts = backups.count_rows()
    for table, rows in manifest.rows.items():
        if counts.get(table) != rows:
            problems.append(f"表 {table} 应有 {rows} 行，现有 {counts.get(table, 0)} 行。")
    verdict = chain.verify((manifest.trail_rows, manifest.trail_head) if manifest.trail_rows else None)
    if not verdict.ok:
        problems.append(f"留痕从第 {verdict.first_bad} 行起对不上。")
    try:
        connection.check_constraints()
    except Exception as problem:  # noqa: BLE001 -- each database has its own error for this
        problems.append(f"数据之间的引用不完整：{problem}")
    root = Path(settings.FILES_DIR)
    for name, told in manifest.members.items():
        if name.startswith("files/"):
            path = root / name.removeprefix("files/")
            if not path.is_file() or _digest_of(path) != told["sha256"]:
                problems.append(f"文件 {name} 缺失或内容不同。")
    return problems


def sample_pages() -> tuple[int, list[str]]:
    """Open the first page and some pages of the tree, as a visitor would; returns how many and what failed."""
    from django.test import Client  # noqa: PLC0415 -- only here, and not in a serving process

    root = Path(settings.TREE_DIR)
    pages = sorted(root.rglob("*.html"))
    chosen = pages[:: max(1, len(pages) // 20)][:20]
    empty = [path for path in chosen if b"</html>" not in path.read_bytes()]
    problems = [f"页面 {path.relative_to(root)} 不完整。" for path in empty]
    answer = Client(headers={"host": "localhost"}).get("/ready")
    failed = (
        json.loads(answer.content).get("failed", {})
        if answer.status_code in (200, 503)
        else {"ready": "没有应答"}
    )
    # The migrations and triggers are what a restore can spoil; a full disk elsewhere is not its fault.
    problems += [
        text for name, text in failed.items() if name in ("database", "migrations", "triggers", "ready")
    ]
    return len(chosen), problems


def _load(manifest: Manifest, folder: Path) -> None:
    """Load the rows of a PostgreSQL backup; the SQLite copy is the database itself."""
    if ROWS not in manifest.members:
        return
    rows = folder / ROWS
    preparing.make_tables()
    known = set(backups.tables())
    quote = connection.ops.quote_name
    # Rows come back in any order and as they were; the guards of the ledger stand again right after.
    with transaction.atomic(), guards.lifted(), connection.cursor() as cursor:
        # What migrate itself filled in (content types, permissions) comes from the backup instead.
        filled = ", ".join(quote(table) for table in sorted(known - {triggers.TABLE}))
        cursor.execute(f"TRUNCATE {filled} RESTART IDENTITY CASCADE")
        with rows.open(encoding="utf-8") as lines:
            for line in lines:
                table, _, row = line.rstrip("\n").partition("\t")
                if table not in known:
                    raise Unusable(f"备份里的表 {table} 在当前版本里没有。请用做备份的那个版本来恢复。")
                name = quote(table)
                cursor.execute(
                    f"INSERT INTO {name} SELECT * FROM jsonb_populate_record(NULL::{name}, %s)", [row]
                )
        for table in known:
            _continue_numbers(cursor, table)
    rows.unlink()


def _continue_numbers(cursor: Any, table: str) -> None:
    """Let the table's own counter go on after the highest number in use."""
    for sequence in connection.introspection.get_sequences(cursor, table):
        column = connection.ops.quote_name(sequence["column"])
        cursor.execute(
            f"SELECT setval(%s, coalesce(max({column}), 1), max({column}) IS NOT NULL)"
            f" FROM {connection.ops.quote_name(table)}",
            [sequence["name"]],
        )


def _put_in_place(staging: Path, folder: Path) -> None:
    for path in sorted((staging / "files").rglob("*")) if (staging / "files").exists() else []:
        if path.is_file():
            target = folder / "files" / path.relative_to(staging / "files")
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)
    if (staging / SQLITE).exists():
        (staging / SQLITE).rename(Path(settings.DATABASES["default"]["NAME"]))
    if (staging / ROWS).exists():
        (staging / ROWS).rename(folder / ROWS)


@contextmanager
def _empty(folder: Path) -> Iterator[None]:
    """An empty directory, which is empty again if anything fails."""
    was_there = folder.exists()
    if was_there and any(folder.iterdir()):
        raise Unusable(f"数据目录 {folder} 不是空的，不能恢复到这里。请用 DATA_DIR 指定一个空目录。")
    if connection.vendor != "sqlite" and connection.introspection.table_names():
        raise Unusable("DATABASE_URL 指向的数据库不是空的，不能恢复到这里。请先建一个空的数据库。")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        connections.close_all()
        for path in folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if not was_there:
            folder.rmdir()
        raise


def _check_fits(manifest: Manifest) -> None:
    if manifest.format != FORMAT:
        raise Unusable("这个备份的格式是另一个版本的。请用做备份的那个版本来恢复。")
    if (manifest.database == "sqlite") != (connection.vendor == "sqlite"):
        raise Unusable(
            f"这个备份来自 {manifest.database}，当前设置的是 {connection.vendor}。请改 DATABASE_URL 后再恢复。"
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    newer = [name for name in manifest.migrations if name not in known]
    if newer or (manifest.database != "sqlite" and known - set(manifest.migrations)):
        raise Unusable(
            f"这个备份是 {manifest.version} 版做的，和当前程序的版本不同。请先安装那个版本，恢复以后再升级。"
        )


def _is_plain(member: tarfile.TarInfo) -> bool:
    path = PurePosixPath(member.name)
    return (
        member.isfile()
        and not path.is_absolute()
        and ".." not in path.parts
        and (path.parts[0] == "files" or member.name in (MANIFEST, SQLITE, ROWS))
    )


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, staging: Path) -> None:
    target = staging / member.name
    target.parent.mkdir(parents=True, exist_ok=True)
    content = archive.extractfile(member)
    assert content is not None
    with open(os.open(target, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb") as handle:
        shutil.copyfileobj(content, handle, CHUNK)
        handle.flush()
        os.fsync(handle.fileno())


def _digest(content: Any) -> str:
    whole = hashlib.sha256()
    while part := content.read(CHUNK):
        whole.update(part)
    return whole.hexdigest()


def _digest_of(path: Path) -> str:
    with path.open("rb") as content:
        return _digest(content)


def _damaged(source: Path) -> Unusable:
    return Unusable(f"备份文件 {source} 不完整或已损坏，没有写入任何内容。请换一个备份文件。")
