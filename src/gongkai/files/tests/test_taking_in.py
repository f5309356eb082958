"""Taking files in: whole or not at all, privately, with a row in the trail."""

from __future__ import annotations

import errno
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from gongkai.files import actions, queries, storage
from gongkai.files.models import StoredFile
from gongkai.law.refusal import Refused
from gongkai.trail.chain import SYSTEM, sm3
from gongkai.trail.models import TrailRow

CONTENT = "关于开放阅览室的通知\n".encode()


@pytest.fixture(autouse=True)
def store(tmp_path, settings):
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


def on_disk(store: Path) -> list[Path]:
    return [path for path in store.rglob("*") if path.is_file()]


def taken(world, content=CONTENT, name="通知.txt"):
    return actions.take_in(
        content=[content], name=name, unit=world.units["finance"], by=SYSTEM, now=world.now
    )


def test_a_clean_file_is_kept_with_digest_and_trail(world, store):
    upload = SimpleUploadedFile("通知.txt", CONTENT)
    file = actions.take_in_upload(
        upload=upload, unit=world.units["finance"], by=world.actor("finance.officer"), now=world.now
    )
    assert (file.state, file.kind, file.size) == ("clean", "txt", len(CONTENT))
    assert file.digest == sm3(CONTENT) == storage.digest_of(file)
    assert file.uploaded_by_id == world.people["finance.officer"].pk
    assert on_disk(store) == [storage.path_of(file)]
    assert storage.path_of(file).stat().st_mode & 0o077 == 0
    with storage.open_stored(file) as stream:
        assert stream.read() == CONTENT
    row = TrailRow.objects.get(verb="files.take_in")
    assert row.facts == {"kind": "txt", "size": len(CONTENT), "digest": file.digest}
    assert not queries.changed_on_disk(file)


@pytest.mark.parametrize(
    ("name", "content"), [("空.docx", b""), ("程序.docx", b"MZ\x90\x00" + b"\0" * 99), ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")]
)  # fmt: skip
def test_of_a_refused_file_nothing_stays(world, store, name, content):
    before = TrailRow.objects.count()
    with pytest.raises(Refused) as refused:
        taken(world, content, name)
    assert f"“{name}”没有收下" in str(refused.value)
    assert on_disk(store) == []
    assert not StoredFile.objects.exists() and TrailRow.objects.count() == before


def test_a_file_over_the_limit_is_stopped_while_it_comes(world, store, settings):
    settings.MAX_UPLOAD_MB = 1
    asked: list[int] = []

    def endless():
        while True:
            asked.append(1)
            yield b"x" * 65536

    with pytest.raises(Refused, match="超过 1 MB 的上限"):
        actions.take_in(content=endless(), name="大.txt", unit=None, by=SYSTEM, now=world.now)
    assert len(asked) == 17
    assert on_disk(store) == []


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_is_said_and_leaves_nothing(world, store, monkeypatch, step):
    def full(*arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(Refused, match="磁盘满了"):
        taken(world)
    assert on_disk(store) == []
    assert not StoredFile.objects.exists()


def test_when_the_row_cannot_be_written_the_file_goes_too(world, store, monkeypatch):
    def broken(**facts):
        raise RuntimeError("trail")

    monkeypatch.setattr(actions, "record", broken)
    with pytest.raises(RuntimeError):
        taken(world)
    assert on_disk(store) == []
    assert not StoredFile.objects.exists()


def test_a_file_without_a_name_is_refused(world):
    with pytest.raises(Refused, match="没有文件名"):
        taken(world, name=" /.. ")


def test_leftovers_of_a_crash_go_after_a_day_and_kept_files_stay(world, store, capsys):
    file = taken(world)
    old = (store / "incoming" / "a.part", store / "store" / "ab" / "abcd")
    for path in (*old, store / "incoming" / "new.part"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    long_ago = (world.now - timedelta(days=3)).timestamp()
    for path in (*old, storage.path_of(file)):
        os.utime(path, (long_ago, long_ago))
    os.utime(store / "incoming" / "new.part", (world.now.timestamp(), world.now.timestamp()))
    assert actions.remove_leftovers(now=world.now) == 2
    assert sorted(on_disk(store)) == sorted([storage.path_of(file), store / "incoming" / "new.part"])
    call_command("files", "sweep")
    assert storage.path_of(file).exists()


def test_a_change_on_the_disk_is_seen(world):
    file = taken(world)
    storage.path_of(file).write_bytes(b"other")
    assert queries.changed_on_disk(file)
    storage.path_of(file).unlink()
    assert queries.changed_on_disk(file)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("C:\\公文\\通知.docx", "通知.docx"),
        ("../../etc/passwd", "passwd"),
        ("通知\u202excod.exe", "通知 xcod.exe"),
        ("<b>.txt", "b .txt"),
        ("字" * 300 + ".docx", "字" * 195 + ".docx"),
        ("..", ""),
    ],
)
def test_a_name_is_a_name_and_nothing_else(sent, kept):
    assert actions.clean_name(sent) == kept


@given(st.text(max_size=400))
def test_no_name_leaves_its_folder(name):
    kept = actions.clean_name(name)
    assert len(kept) <= actions.NAME_LENGTH
    assert not any(sign in kept for sign in '/\\\x00\n"<>')
    assert kept not in (".", "..")
