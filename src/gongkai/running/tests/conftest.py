"""Running the command itself, in its own data directory, as an operator does."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Gongkai = Callable[..., subprocess.CompletedProcess[str]]


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a shell in which only DATA_DIR is set."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("SECRET_KEY", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PORT", "DEMO_PUBLIC")
    }
    return kept | {"DATA_DIR": str(folder), "PYTHONUNBUFFERED": "1"} | more


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data directory that is not there yet."""
    return tmp_path / "data"


@pytest.fixture
def gongkai(folder: Path) -> Gongkai:
    """Run ``gongkai …`` in ``folder`` (or in ``DATA_DIR=``) and wait."""

    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "gongkai", *arguments],
            env=environment(folder, **more),
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


@pytest.fixture
def start(folder: Path) -> Any:
    """Start ``gongkai …`` and leave it running; ended with the test."""
    running: list[subprocess.Popen[str]] = []

    def begin(*arguments: str, **more: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "gongkai", *arguments],
            env=environment(folder, **more),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process

    yield begin
    for process in running:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=30)


@pytest.fixture
def port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# What an act of the office leaves: one row of the trail, written by the product itself.
ACT = """
import django
django.setup()
from django.db import transaction
from django.utils import timezone
from gongkai.trail.chain import SYSTEM, record
for number in range({times}):
    with transaction.atomic():
        record(verb="running.test", by=SYSTEM, at=timezone.now(), note=f"第{{number}}行")
"""


@pytest.fixture
def act(folder: Path) -> Any:
    """Let something happen in a prepared directory, so that it is no longer fresh."""

    def happen(times: int = 1, **more: str) -> None:
        subprocess.run(
            [sys.executable, "-c", ACT.format(times=times)],
            env=environment(folder, DJANGO_SETTINGS_MODULE="gongkai.settings", **more),
            check=True,
            timeout=60,
        )

    return happen
