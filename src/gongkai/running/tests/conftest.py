"""Running the command itself, in its own data directory, as an operator does."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongkai.running.tests.shell import environment, let_happen, run_gongkai

Gongkai = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data directory that is not there yet."""
    return tmp_path / "data"


@pytest.fixture
def gongkai(folder: Path) -> Gongkai:
    """Run ``gongkai …`` in ``folder`` (or in ``DATA_DIR=``) and wait."""

    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return run_gongkai(folder, *arguments, **more)

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


@pytest.fixture
def act(folder: Path) -> Any:
    """Let something happen in a prepared directory, so that it is no longer fresh."""

    def happen(times: int = 1, **more: str) -> None:
        let_happen(folder, times, **more)

    return happen
