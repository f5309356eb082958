"""``gongkai serve``: the site, the job worker and the indexer as one tree of processes."""

from __future__ import annotations

import argparse
import json
import urllib.error
import urllib.request
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.urls import get_resolver
from django_q.cluster import Cluster

from gongkai.kernel import jobs
from gongkai.orgs.checks import OpenDoor, refuse_open_doors
from gongkai.running import data_dir, listening, preparing, tasks
from gongkai.running.demo import accounts
from gongkai.running.listening import Listener
from gongkai.running.processes import Child, Tree
from gongkai.trail import installation, triggers

PARTS = {"server": "网站进程", "jobs": "后台任务进程", "indexer": "索引进程"}


class Command(BaseCommand):
    help = "启动网站（网站、后台任务、索引，一个进程树）"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=settings.PORT, help="端口，默认 %(default)s")

    def handle(self, *args: Any, **options: Any) -> None:
        port: int = options["port"]
        if not 0 < port < 65536:
            raise CommandError(f"端口 {port} 不对：端口是 1 到 65535 之间的数。")
        if settings.DEBUG and not installation.is_playground():
            raise CommandError("DEBUG 只能用于演示或培训环境。请去掉 DEBUG 后再启动。")
        missing = triggers.missing_triggers()
        if missing:
            raise CommandError("留痕的防改触发器缺失，不能启动。请运行 gongkai upgrade。")
        try:
            refuse_open_doors()
        except OpenDoor as door:
            raise CommandError(f"有网址没有声明权限，不能启动：{door}") from None
        listeners = [Listener(host, port) for host in listening.addresses(public=_public())]
        try:
            with data_dir.locked(settings.DATA_DIR, "serve"):
                listening.check_free(listeners)
                _note_port(port)
                preparing.collect_static()
                preparing.put_right_projections()
                preparing.put_right()
                jobs.each_minute(tasks.MINUTE)
                connections.close_all()
                self._run(listeners)
        except BlockingIOError:
            raise CommandError(
                "这个数据目录上已经有一个网站在运行。请先停掉它，或用 DATA_DIR 指定另一个目录。"
            ) from None
        except listening.PortTaken as taken:
            raise CommandError(str(taken)) from None

    def _run(self, listeners: list[Listener]) -> None:
        tree = Tree([Child("server", lambda: _server(listeners)), Child("jobs", _jobs)])
        if "indexer" in get_commands():
            tree.children.append(Child("indexer", lambda: call_command("indexer")))
        announced = Announcement(self, listeners[0])
        tree.start()
        tree.watch(announced.when_ready)
        if tree.failed:
            raise CommandError(
                f"{PARTS[tree.failed]}反复启动失败，已停止。请看上面的日志，或运行 gongkai doctor。"
            )


class Announcement:
    """Says once where the site is, after ``/ready`` has said yes."""

    def __init__(self, command: BaseCommand, listener: Listener) -> None:
        host = {"::": "[::1]", "0.0.0.0": "127.0.0.1"}.get(listener.host, listener.host)
        self.url = f"http://{host}:{listener.port}"
        self.port = listener.port
        self.command = command
        self.done = False

    def when_ready(self) -> None:
        """Called in each turn of main's watch."""
        if self.done or not self._is_ready():
            return
        self.done = True
        out = self.command.stdout
        out.write(
            f"网站已启动：http://localhost:{self.port}/    工作台：http://localhost:{self.port}/workbench/"
        )
        if installation.is_playground():
            out.write(f"这是{installation.LABELS[installation.kind()]}，其中的单位和人员都是虚构的。")
            for line in accounts.lines(accounts.accounts()):
                out.write(line)
        out.write("按 Ctrl+C 停止。")
        out.flush()
        connections.close_all()

    def _is_ready(self) -> bool:
        request = urllib.request.Request(f"{self.url}/ready", headers={"Host": f"localhost:{self.port}"})
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
                request, timeout=5
            ) as answer:
                return bool(json.load(answer)["ready"])
        except (OSError, ValueError, KeyError, urllib.error.HTTPError):
            return False


def _note_port(port: int) -> None:
    """Where no address is set, links name the port that was asked for; other commands read it here."""
    (settings.DATA_DIR / "port").write_text(str(port))
    if not settings.SITE_URL_GIVEN:
        settings.SITE_URL = f"http://localhost:{port}"


def _public() -> bool:
    """A demo has known passwords: it answers this machine only unless its operator says otherwise."""
    return settings.DEMO_PUBLIC or not installation.is_playground()


def _server(listeners: list[Listener]) -> None:
    # Loaded before the workers are forked, so that they share its memory.
    import_module("gongkai.wsgi")
    get_resolver().check()
    listening.Server(listeners, workers=settings.WORKERS).serve()


def _jobs() -> None:
    cluster = Cluster()
    cluster.start()
    cluster.sentinel.join()
