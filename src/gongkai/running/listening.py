"""Where the site listens: both address families, loopback only on a demo, and one server for all of them."""

from __future__ import annotations

import errno
import socket
from dataclasses import dataclass
from typing import Any

from granian.constants import Interfaces
from granian.net import SocketSpec
from granian.server import MPServer

BACKLOG = 1024
# SQLite lets one writer in at a time; more threads would only wait inside the database.
THREADS = 4


@dataclass(frozen=True, slots=True)
class Listener:
    """One address on which the site answers."""

    host: str
    port: int


class PortTaken(Exception):  # noqa: N818 -- an answer to the operator
    """Somebody else listens on the port."""


def addresses(*, public: bool) -> list[str]:
    """Every address of the machine, or its loopback only; without IPv6 the old family alone."""
    six = has_ipv6()
    if public:
        return ["::"] if six else ["0.0.0.0"]
    return ["127.0.0.1", "::1"] if six else ["127.0.0.1"]


def has_ipv6() -> bool:
    """Whether this machine can listen on IPv6 at all."""
    if not socket.has_ipv6:
        return False
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def check_free(listeners: list[Listener]) -> None:
    """Refuse a port that is taken. The server itself shares ports among its workers and would not notice."""
    for listener in listeners:
        family = socket.AF_INET6 if ":" in listener.host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, listener.host != "::")
            try:
                probe.bind((listener.host, listener.port))
            except OSError as problem:
                raise PortTaken(_why(problem, listener.port)) from None


def _why(problem: OSError, port: int) -> str:
    if problem.errno == errno.EADDRINUSE:
        return f"端口 {port} 已被另一个程序占用。请先停掉它，或换一个端口：gongkai serve --port {port + 1}"
    if problem.errno in (errno.EACCES, errno.EPERM):
        return f"没有权限使用端口 {port}。请换一个大于 1024 的端口，例如 gongkai serve --port 8000"
    return f"不能在端口 {port} 上监听：{problem.strerror}。请换一个端口。"


class Server(MPServer):
    """Granian with one set of workers for each address; its own form knows one address only."""

    def __init__(self, listeners: list[Listener], *, workers: int) -> None:
        first = listeners[0]
        super().__init__(
            "gongkai.wsgi:application",
            address=first.host,
            port=first.port,
            interface=Interfaces.WSGI,
            workers=workers * len(listeners),
            blocking_threads=THREADS,
            # Counts connections, not requests: browsers keep theirs open, and one too many would wait for their end.
            backpressure=BACKLOG,
            websockets=False,
            backlog=BACKLOG,
            log_enabled=False,
            respawn_failed_workers=True,
            workers_kill_timeout=10,
        )
        self._listeners = [SocketSpec(each.host, each.port, BACKLOG) for each in listeners]

    def _spawn_worker(self, idx: int, *args: Any, **kwargs: Any) -> Any:
        self._ssp = self._listeners[idx % len(self._listeners)]
        return super()._spawn_worker(idx, *args, **kwargs)
