"""``gongkai indexer``: the one process that writes the search index."""

from __future__ import annotations

import logging
import signal
import threading
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error as DatabaseError
from django.db import close_old_connections

from gongkai.kernel.clock import legal_day, now
from gongkai.search import actions
from gongkai.search.engine import engine, lock, rebuild_wish, wish_rebuild
from gongkai.search.ports import Unusable

log = logging.getLogger(__name__)
PAUSE = 0.3


class Command(BaseCommand):
    """Run until told to stop; a second one waits until the first has gone."""

    help = "更新搜索索引的进程，由 gongkai serve 启动"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="处理完等待的记录就结束")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: stop.set())
        writer = lock()
        while not writer.take():
            if stop.wait(PAUSE):
                return
        try:
            self._run(stop, once=options["once"])
        finally:
            engine().close()
            writer.release()

    def _run(self, stop: threading.Event, *, once: bool) -> None:
        day = None
        while not stop.is_set():
            done = 0
            try:
                if not once:  # a long-lived process; one turn keeps the caller's connection
                    close_old_connections()
                moment = now()
                if rebuild_wish().exists():
                    self._rebuild(moment)
                if day != legal_day(moment):
                    day = legal_day(moment)
                    actions.queue_turned(today=day, now=moment)
                done = actions.work(now=moment)
            except (DatabaseError, OSError, ValueError, Unusable):
                # The database or the disk may be away for a moment; what waits is still there afterwards.
                log.warning("indexer will try again", exc_info=True)
                engine().close()
            if not done:
                if once:
                    return
                stop.wait(PAUSE)

    def _rebuild(self, moment: datetime) -> None:
        # Taken down first, so that whoever asks meanwhile is heard again.
        rebuild_wish().unlink(missing_ok=True)
        try:
            actions.rebuild(now=moment)
        except Exception:
            wish_rebuild()
            raise
