"""The command as an operator types it, in a data directory of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

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


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a shell in which only DATA_DIR is set."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("SECRET_KEY", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PORT", "DEMO_PUBLIC")
    }
    return kept | {"DATA_DIR": str(folder), "PYTHONUNBUFFERED": "1"} | more


def run_gongkai(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run ``gongkai …`` and wait."""
    return subprocess.run(
        [sys.executable, "-m", "gongkai", *arguments],
        env=environment(folder, **more),
        capture_output=True,
        text=True,
        timeout=120,
    )


def let_happen(folder: Path, times: int = 1, **more: str) -> None:
    """Let something happen in a prepared directory, so that it is no longer fresh."""
    subprocess.run(
        [sys.executable, "-c", ACT.format(times=times)],
        env=environment(folder, DJANGO_SETTINGS_MODULE="gongkai.settings", **more),
        check=True,
        timeout=60,
    )
