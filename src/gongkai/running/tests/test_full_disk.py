"""A full disk: said plainly, nothing lost or half stored, work goes on when there is room again.

A small tmpfs is a real full disk; mounting one needs root, elsewhere these tests are skipped.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from gongkai.running import disk
from gongkai.running.middleware import FullDisk
from gongkai.running.tests.shell import environment

SmallDisk = Callable[[str], Path]

# Writes rows to the trail until the disk is full, printing each number after its commit.
FILL = """
import django
django.setup()
from django.db import connection, transaction
from django.utils import timezone
from gongkai.running import disk
from gongkai.trail import chain
try:
    for number in range(100_000):
        with transaction.atomic():
            row = chain.record(verb="running.fill", by=chain.SYSTEM, at=timezone.now(), note="满" * 2000)
        print(row.seq, flush=True)
except Exception as problem:
    print("full" if disk.is_full(problem) else repr(problem), flush=True)
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    mounted: list[Path] = []

    def mount(size: str) -> Path:
        place = tmp_path / f"disk{len(mounted)}"
        place.mkdir()
        try:
            done = subprocess.run(
                ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], capture_output=True
            )
        except OSError:
            pytest.skip("no mount command here")
        if done.returncode:
            pytest.skip("mounting a small disk needs root")
        mounted.append(place)
        return place

    yield mount
    for place in mounted:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_what_was_acknowledged_is_there_and_work_goes_on(gongkai: Any, small_disk: SmallDisk) -> None:
    place = small_disk("14m")
    folder = place / "data"
    assert gongkai("diffsettings", DATA_DIR=str(folder)).returncode == 0
    ballast = place / "ballast"
    ballast.write_bytes(bytes(6 * 1024 * 1024))
    filled = subprocess.run(
        [sys.executable, "-c", FILL],
        env=environment(folder, DJANGO_SETTINGS_MODULE="gongkai.settings"),
        capture_output=True,
        text=True,
        timeout=120,
    )
    *acknowledged, end = filled.stdout.split()
    assert end == "full", filled.stdout + filled.stderr
    assert acknowledged
    sick = gongkai("doctor", DATA_DIR=str(folder))
    assert sick.returncode == 1
    assert "磁盘" in sick.stdout + sick.stderr
    ballast.unlink()
    verified = gongkai("backup", str(folder.parent.parent / "after.tar.gz"), "--json", DATA_DIR=str(folder))
    assert f'"trail_rows": {acknowledged[-1]}' in verified.stdout, verified.stderr
    assert gongkai("doctor", DATA_DIR=str(folder)).returncode == 0


def test_a_first_start_on_a_full_disk_is_said_and_overcome(gongkai: Any, small_disk: SmallDisk) -> None:
    place = small_disk("1m")
    ballast = place / "ballast"
    ballast.write_bytes(bytes(700 * 1024))
    done = gongkai("diffsettings", DATA_DIR=str(place / "data"))
    assert done.returncode == 1
    assert "磁盘已满" in done.stderr and "Traceback" not in done.stderr, done.stderr
    subprocess.run(["mount", "-o", "remount,size=50m", str(place)], check=True)
    assert gongkai("diffsettings", DATA_DIR=str(place / "data")).returncode == 0


def test_a_full_disk_while_backing_up_keeps_the_older_backup(
    gongkai: Any, act: Any, small_disk: SmallDisk
) -> None:
    gongkai("diffsettings")
    act(times=200)
    target = small_disk("16k") / "saved.tar.gz"
    target.write_bytes(b"the older backup")
    done = gongkai("backup", str(target))
    assert done.returncode == 1
    assert "磁盘已满" in done.stderr and "Traceback" not in done.stderr, done.stderr
    assert target.read_bytes() == b"the older backup"
    assert [path.name for path in target.parent.iterdir()] == ["saved.tar.gz"]


@pytest.mark.django_db
def test_a_form_on_a_full_disk_says_that_nothing_was_stored() -> None:
    def save(request: Any) -> HttpResponse:
        raise AssertionError("not called")

    front = FullDisk(save)
    request = RequestFactory().post("/workbench/")
    answer = front.process_exception(request, OperationalError("database or disk is full"))
    assert answer is not None and answer.status_code == 503
    assert "没有保存" in answer.content.decode()
    assert front.process_exception(request, OperationalError("no such table: x")) is None
    assert front.process_exception(request, ValueError("disk is full")) is None


@pytest.mark.parametrize(("error", "full"), [(28, True), (122, True), (27, True), (13, False)])
def test_a_full_disk_is_known_by_its_number(error: int, full: bool) -> None:
    assert disk.is_full(OSError(error, "x")) is full
