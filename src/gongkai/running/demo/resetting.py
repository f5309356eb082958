"""Starts a demo anew: everything that happened in it goes, its secrets stay."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from gongkai.running import data_dir, preparing
from gongkai.running.data_dir import Unusable
from gongkai.running.demo import loading
from gongkai.trail import installation

# The database goes last: what a killed reset leaves is either still the demo or a fresh directory.
PROJECTIONS = ("tree", "index", "files", "anchors")


def reset(*, now: datetime) -> None:
    """Empty a demo and load it again; refuses elsewhere, and while its server runs."""
    if installation.kind() != installation.DEMO:
        raise installation.NotAPlayground(
            "这里不是演示环境，不能清空重来。只有 gongkai demo load 建立的环境可以重置。"
        )
    try:
        with data_dir.locked(settings.DATA_DIR, "serve"):
            _empty(settings.DATA_DIR)
            installation.forget()
            data_dir.make(settings.DATA_DIR)
            preparing.prepare(settings.DATA_DIR)
            loading.load(now=now)
    except BlockingIOError:
        raise Unusable(
            "网站正在运行，不能重置。请先停止 gongkai serve，再运行 gongkai demo reset。"
        ) from None


def _empty(folder: Path) -> None:
    for name in PROJECTIONS:
        shutil.rmtree(folder / name, ignore_errors=True)
    if connection.vendor == "sqlite":
        connections.close_all()
        for database in folder.glob("gongkai.sqlite3*"):
            database.unlink()
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        connections.close_all()
