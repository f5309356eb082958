"""A backup comes back as it was; a damaged one writes nothing."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import shutil
import sqlite3
import tarfile
from pathlib import Path
from typing import Any

import pytest

from gongkai.running.tests.shell import let_happen, run_gongkai


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with some rows and files in ``data``, and its backup beside it: made once, every test has a copy."""
    place = tmp_path_factory.mktemp("original")
    folder = place / "data"
    run_gongkai(folder, "diffsettings")
    let_happen(folder, times=30)
    for number in range(3):
        stored = folder / "files" / "ab" / f"file{number}"
        stored.parent.mkdir(parents=True, exist_ok=True)
        stored.write_bytes(random.Random(number).randbytes(5000))
    done = run_gongkai(folder, "backup", str(place / "saved.tar.gz"), "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["trail_rows"], told["files"]) == (30, 3)
    return place


@pytest.fixture
def saved(original: Path, folder: Path, tmp_path: Path) -> Path:
    """The backup of ``folder``."""
    shutil.copytree(original / "data", folder)
    return Path(shutil.copy2(original / "saved.tar.gz", tmp_path / "saved.tar.gz"))


def test_a_backup_comes_back_as_it_was(gongkai: Any, saved: Path, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    done = gongkai("restore", str(saved), "--verify", "--json", DATA_DIR=str(other))
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["ok"] and told["trail_rows"] == 30 and told["problems"] == []
    with sqlite3.connect(folder / "gongkai.sqlite3") as a, sqlite3.connect(other / "gongkai.sqlite3") as b:
        query = "SELECT * FROM trail_trailrow ORDER BY seq"
        assert a.execute(query).fetchall() == b.execute(query).fetchall()
    for path in (folder / "files").rglob("file*"):
        assert (other / "files" / path.relative_to(folder / "files")).read_bytes() == path.read_bytes()
    assert gongkai("doctor", DATA_DIR=str(other)).returncode == 0


def test_no_secret_is_in_a_backup(saved: Path, folder: Path) -> None:
    key = (folder / "secrets" / "secret_key").read_bytes().strip()
    with tarfile.open(saved) as archive:
        names = archive.getnames()
        assert not any("secret" in name for name in names)
        contents = [archive.extractfile(name).read() for name in names]  # type: ignore[union-attr]
    assert all(key not in content for content in contents)
    assert saved.stat().st_mode & 0o077 == 0


def test_a_directory_that_is_not_empty_is_refused(gongkai: Any, saved: Path, folder: Path) -> None:
    refused = gongkai("restore", str(saved))
    assert refused.returncode == 1
    assert "不是空的" in refused.stderr


@pytest.mark.parametrize("kind", ["cut", "bit", "empty", "text", "missing"])
def test_a_damaged_backup_writes_nothing(gongkai: Any, saved: Path, tmp_path: Path, kind: str) -> None:
    damaged, other = tmp_path / "damaged.tar.gz", tmp_path / "other"
    whole = saved.read_bytes()
    content = {"cut": whole[: len(whole) // 2], "bit": flip(whole), "empty": b"", "text": b"no backup"}.get(
        kind
    )
    if content is not None:
        damaged.write_bytes(content)
    refused = gongkai("restore", str(damaged), "--verify", DATA_DIR=str(other))
    assert refused.returncode == 1
    assert "备份文件" in refused.stderr and "Traceback" not in refused.stderr
    assert not other.exists()


def test_a_backup_whose_content_was_exchanged_is_refused(gongkai: Any, saved: Path, tmp_path: Path) -> None:
    """Well-formed in every layer, but one uploaded file is not the one that was saved."""
    forged, other = tmp_path / "forged.tar.gz", tmp_path / "other"
    with tarfile.open(saved) as source, tarfile.open(forged, "w:gz") as target:
        for member in source:
            content = source.extractfile(member).read()  # type: ignore[union-attr]
            if member.name.endswith("file1"):
                content = bytes([content[0] ^ 1]) + content[1:]
            target.addfile(member, io.BytesIO(content))
    refused = gongkai("restore", str(forged), DATA_DIR=str(other))
    assert (refused.returncode, other.exists()) == (1, False)


@pytest.mark.parametrize("name", ["../outside", "/outside", "files/../../outside", "secrets/secret_key"])
def test_a_backup_cannot_write_elsewhere(gongkai: Any, tmp_path: Path, name: str) -> None:
    hostile, other = tmp_path / "hostile.tar.gz", tmp_path / "deep" / "other"
    with tarfile.open(hostile, "w:gz") as archive:
        info = tarfile.TarInfo(name)
        info.size = 1
        archive.addfile(info, io.BytesIO(b"x"))
    assert gongkai("restore", str(hostile), DATA_DIR=str(other)).returncode == 1
    assert not list(tmp_path.rglob("outside")) and not other.exists()


def flip(whole: bytes) -> bytes:
    """One bit of the compressed content is another; the frame stays readable as far as may be."""
    place = len(whole) * 2 // 3
    return whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :]


def test_the_flipped_backup_is_really_damaged(saved: Path) -> None:
    with pytest.raises((OSError, EOFError, gzip.BadGzipFile, Exception)):
        assert gzip.decompress(flip(saved.read_bytes())) == gzip.decompress(saved.read_bytes())
    assert os.path.getsize(saved) > 1000
