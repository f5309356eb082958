"""A fresh data directory, two first starts at once, a directory of another version."""

from __future__ import annotations

import json
import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest


def rows(folder: Path, table: str) -> int:
    with sqlite3.connect(folder / "gongkai.sqlite3") as there:
        return int(there.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_first_command_prepares_and_writes_no_trail_row(gongkai: Any, folder: Path) -> None:
    done = gongkai("doctor", "--json")
    assert done.stdout.startswith("{") and json.loads(done.stdout)["ok"], done.stdout + done.stderr
    assert "已准备好" in done.stderr
    assert rows(folder, "trail_trailrow") == 0
    assert rows(folder, "django_migrations") > 10


def test_secrets_are_for_their_owner_only(gongkai: Any, folder: Path) -> None:
    gongkai("diffsettings")
    assert stat.S_IMODE((folder / "secrets").stat().st_mode) == 0o700
    key = folder / "secrets" / "secret_key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    first = key.read_text()
    gongkai("diffsettings")
    assert key.read_text() == first
    assert len(first) >= 50


def test_two_first_starts_at_once_are_safe(start: Any, folder: Path) -> None:
    both = [start("diffsettings") for _ in range(3)]
    ends = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0, 0], ends
    assert sum("数据目录已准备好" in told for _, told in ends) == 1
    assert len(list((folder / "secrets").iterdir())) == 1


def test_an_interrupted_first_start_goes_on(gongkai: Any, folder: Path) -> None:
    gongkai("diffsettings")
    (folder / "prepared.json").unlink()
    with sqlite3.connect(folder / "gongkai.sqlite3") as there:
        there.execute("DROP TRIGGER trail_no_update")
    assert gongkai("diffsettings").returncode == 0
    with sqlite3.connect(folder / "gongkai.sqlite3") as there:
        names = {row[0] for row in there.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    assert "trail_no_update" in names


def test_a_directory_of_another_version_is_changed_by_upgrade_only(
    gongkai: Any, folder: Path, act: Any
) -> None:
    gongkai("diffsettings")
    act()
    marker = json.loads((folder / "prepared.json").read_text())
    (folder / "prepared.json").write_text(json.dumps(marker | {"schema": "older"}))
    refused = gongkai("diffsettings")
    assert refused.returncode == 1
    assert "gongkai upgrade" in refused.stderr
    assert refused.stdout == ""
    upgraded = gongkai("upgrade")
    assert upgraded.returncode == 0, upgraded.stderr
    assert len(list((folder / "backups").glob("before-*.tar.gz"))) == 1
    assert gongkai("diffsettings").returncode == 0
    again = gongkai("upgrade", "--if-needed")
    assert (again.returncode, again.stdout) == (0, "")
    assert len(list((folder / "backups").iterdir())) == 1


def test_upgrade_brings_back_what_is_missing(gongkai: Any, folder: Path, act: Any) -> None:
    gongkai("diffsettings")
    act()
    with sqlite3.connect(folder / "gongkai.sqlite3") as there:
        there.execute("DROP TRIGGER trail_no_delete")
    sick = gongkai("doctor")
    assert sick.returncode == 1
    assert "触发器" in sick.stdout
    assert "触发器" in gongkai("serve").stderr
    gongkai("upgrade")
    assert gongkai("doctor").returncode == 0


def test_a_folder_that_cannot_be_written_is_named(gongkai: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    refused = gongkai("diffsettings", DATA_DIR=str(tmp_path / "file"))
    assert refused.returncode == 1
    assert "不能写入" in refused.stderr and "DATA_DIR" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["help"], ["backup", "--help"]])
def test_help_leaves_no_directory(gongkai: Any, folder: Path, arguments: list[str]) -> None:
    assert gongkai(*arguments).returncode == 0
    assert not folder.exists()
