"""Whether this installation may take requests, and what its operator should know.

``/ready`` and ``gongkai doctor`` ask the same questions. A station adds its own in ``readiness.checks()``:
the tree and the index say there whether they have caught up.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone

from gongkai.kernel import outbox
from gongkai.kernel.models import OutboxRow
from gongkai.running import backups
from gongkai.running.preparing import waiting_migrations
from gongkai.trail import triggers

SMALLEST_FREE_SHARE = 0.05
SMALLEST_FREE_BYTES = 200 * 1024 * 1024
OUTBOX_MAY_WAIT = timedelta(minutes=5)
BACKUP_MAY_BE_OLD = timedelta(hours=26)


@dataclass(frozen=True, slots=True)
class Check:
    """One question: its short name, whether all is well, what to say, and whether a bad answer only warns."""

    name: str
    ok: bool
    text: str = ""
    warning_only: bool = False


def all_checks() -> list[Check]:
    """Every question, each answered even when the one before failed."""
    return [check for ask in _questions() for check in _answers(ask)]


def _questions() -> Iterator[Callable[[], list[Check]]]:
    yield from (_database, _migrations, _triggers, _disk, _outbox, _backup)
    for station in settings.INSTALLED_APPS:
        if (
            station.startswith("gongkai.")
            and station != "gongkai.running"
            and find_spec(f"{station}.readiness")
        ):
            yield import_module(f"{station}.readiness").checks


def _answers(ask: Callable[[], list[Check]]) -> list[Check]:
    name = ask.__name__.strip("_") if ask.__module__ == __name__ else ask.__module__.split(".")[1]
    try:
        return [check if isinstance(check, Check) else Check(*check) for check in ask()]
    except (Error, OSError) as problem:
        return [Check(name, False, f"{type(problem).__name__}：检查没有完成，请运行 gongkai doctor。")]


def _database() -> list[Check]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return [Check("database", cursor.fetchone() == (1,), "数据库没有正常应答。")]


_seen_complete: set[str] = set()


def _migrations() -> list[Check]:
    # Asking costs a look at every migration; what was complete stays complete while the process lives.
    key = str(settings.DATABASES["default"]["NAME"])
    waiting = [] if key in _seen_complete else waiting_migrations()
    if not waiting:
        _seen_complete.add(key)
    return [Check("migrations", not waiting, f"有 {len(waiting)} 步升级没有做。请运行 gongkai upgrade。")]


def _triggers() -> list[Check]:
    missing = triggers.missing_triggers()
    return [Check("triggers", not missing, "留痕的防改触发器缺失。请运行 gongkai upgrade。")]


def _disk() -> list[Check]:
    usage = shutil.disk_usage(settings.DATA_DIR)
    needed = min(SMALLEST_FREE_BYTES, int(usage.total * SMALLEST_FREE_SHARE))
    text = f"磁盘只剩 {usage.free // 1024 // 1024} MB。请清出空间，否则新内容保存不了。"
    return [
        Check("disk", usage.free > needed and os.access(settings.DATA_DIR, os.W_OK), text),
        Check("disk_soon", usage.free > 5 * needed, text, warning_only=True),
    ]


def _outbox() -> list[Check]:
    oldest = outbox.oldest_waiting()
    late = oldest is not None and timezone.now() - oldest > OUTBOX_MAY_WAIT
    failed = OutboxRow.objects.filter(state=OutboxRow.FAILED).count()
    return [
        Check("outbox", not late, "有事件超过五分钟没有送到。请看日志，确认后台任务进程在运行。"),
        Check("outbox_failed", not failed, f"有 {failed} 个事件多次投递失败。", warning_only=True),
    ]


def _backup() -> list[Check]:
    last = backups.last_made(Path(settings.DATA_DIR))
    if last is None:
        return [Check("backup", False, "还没有备份。请运行 gongkai backup 文件名。", warning_only=True)]
    return [_backup_age(last)]


def _backup_age(last: datetime) -> Check:
    hours = int((timezone.now() - last) / timedelta(hours=1))
    return Check(
        "backup",
        timezone.now() - last < BACKUP_MAY_BE_OLD,
        f"最近一次备份在 {hours} 小时以前。请运行 gongkai backup 文件名。",
        warning_only=True,
    )
