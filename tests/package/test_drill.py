"""The drill finds what it is for: it passes on our settings and finds losses on weaker ones."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from drill import powercut  # noqa: E402 -- the drill is not part of the package

needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


def run(**more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "drill", "--number", "4", "--seed", "7"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | more,
        capture_output=True,
        text=True,
    )


@needs_strace
def test_nothing_acknowledged_is_lost() -> None:
    done = run()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "lost 0" in done.stdout and done.stdout.count("drill ") == 4


@needs_strace
def test_weaker_syncing_is_found_out() -> None:
    done = run(DRILL_SYNCHRONOUS="NORMAL")
    assert done.returncode == 1, done.stdout
    assert "FAILED power cut" in done.stdout


steps = st.builds(
    powercut.Step,
    kind=st.just("write"),
    file=st.just("f"),
    offset=st.integers(0, 3000),
    data=st.binary(min_size=1, max_size=1500),
)


@given(steps)
def test_sectors_make_up_the_write(step: powercut.Step) -> None:
    whole, parts = bytearray(5000), bytearray(5000)
    powercut.apply(whole, step)
    for part in powercut.sectors(step):
        assert part.offset // 512 == (part.offset + len(part.data) - 1) // 512
        powercut.apply(parts, part)
    assert whole == parts


@given(st.lists(steps, max_size=6), st.lists(steps, max_size=6), st.integers())
def test_what_was_synced_survives_every_cut(
    before: list[powercut.Step], after: list[powercut.Step], seed: int
) -> None:
    disk, expected = powercut.Disk(), bytearray()
    for step in before:
        disk.take(step)
        powercut.apply(expected, step)
    disk.take(powercut.Step("sync", "f"))
    for step in after:
        disk.take(step)
    assert disk.after_cut(None).get("f", b"") == bytes(expected)
    touched = {place for step in after for place in range(step.offset, step.offset + len(step.data))}
    found = disk.after_cut(random.Random(seed)).get("f", b"")
    for place, value in enumerate(expected):
        assert place in touched or found[place] == value
