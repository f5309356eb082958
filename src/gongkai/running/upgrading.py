"""Bringing an installation to the version of the program: backup first, then everything else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connections

import gongkai
from gongkai.kernel.clock import LEGAL_ZONE
from gongkai.running import backups, data_dir, preparing
from gongkai.running.data_dir import Unusable
from gongkai.trail import chain, triggers


def upgrade(*, at: datetime, say: Callable[[str], None]) -> Path | None:
    """Backup, migrate, triggers, reference data, tree and index, check. Returns the backup's place."""
    folder = Path(settings.DATA_DIR)
    try:
        with data_dir.locked(folder, "serve"):
            return _upgrade(folder, at, say)
    except BlockingIOError:
        raise Unusable("网站正在运行，不能升级。请先停掉网站。") from None


def _upgrade(folder: Path, at: datetime, say: Callable[[str], None]) -> Path | None:
    place = None
    if preparing.holds_work():
        stamp = at.astimezone(LEGAL_ZONE).strftime("%Y%m%d-%H%M%S")
        place = folder / "backups" / f"before-{gongkai.__version__}-{stamp}.tar.gz"
        say(f"备份到 {place}")
        backups.make(place, at=at)
    waiting = preparing.waiting_migrations()
    say(f"升级数据库（{len(waiting)} 步）")
    try:
        preparing.bring_up()
    except Exception as problem:
        connections.close_all()
        raise Unusable(_how_to_go_back(place, problem)) from problem
    say("重建页面和索引")
    preparing.rebuild_projections()
    say("核对")
    verdict = chain.verify()
    if not verdict.ok or triggers.missing_triggers():
        raise Unusable(
            f"核对没有通过：留痕从第 {verdict.first_bad} 行起对不上。{_how_to_go_back(place, None)}"
        )
    preparing.mark_prepared(folder)
    return place


def _how_to_go_back(place: Path | None, problem: Exception | None) -> str:
    reason = f"升级没有完成（{type(problem).__name__}）。" if problem else ""
    if place is None:
        return f"{reason}这个目录里还没有业务数据，可以换一个空的 DATA_DIR 重新开始。"
    return f"{reason}升级前的备份在 {place}。要回到原来的版本：安装原版本，在空的 DATA_DIR 里运行 gongkai restore {place} --verify"
