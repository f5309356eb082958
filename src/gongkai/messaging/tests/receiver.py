"""A messenger on this machine: takes what is posted, keeps it, and answers as it is told."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.utils import timezone

from gongkai.kernel.models import SimulatedClock
from gongkai.kernel.sealing import seal
from gongkai.messaging.models import Endpoint
from gongkai.messaging.queries.channels import SECRET, URL

SECRET_WORD = "只有两边知道"
FINE = (200, b'{"errcode": 0, "code": 0}', {})
Answer = tuple[int, bytes, dict[str, str]]


class Receiver(ThreadingHTTPServer):
    """Keeps every request; ``answers`` are given once each, then everything is fine."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Desk)
        self.taken: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.answers: deque[Answer | Callable[[BaseHTTPRequestHandler], None]] = deque()

    def handle_error(self, *_: object) -> None:
        """Who sent has hung up; that is what some tests want."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/in?key=1"

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [body for _, _, body in self.taken]


class _Desk(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, dict(self.headers), json.loads(body)))
        answer = self.server.answers.popleft() if self.server.answers else FINE
        if callable(answer):
            answer(self)
            return
        status, content, headers = answer
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@contextmanager
def running() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def endpoint(receiver: Receiver, *, now: datetime, kind: str = "json", **fields: Any) -> Endpoint:
    """The receiver as an administrator enters it, in use by everybody."""
    given = {"name": f"{kind} 通道", "by_default": True, "brief": False, "per_minute": 6000} | fields
    return Endpoint.objects.create(
        kind=kind,
        host="127.0.0.1",
        inside=True,
        url_sealed=seal(receiver.url, purpose=URL),
        secret_sealed=seal(SECRET_WORD, purpose=SECRET),
        changed_at=now,
        **given,
    )


def set_clock(moment: datetime) -> None:
    """The clock of the installation shows this moment."""
    offset = round((moment - timezone.now()) / timedelta(seconds=1))
    SimulatedClock.objects.update_or_create(pk=1, defaults={"offset_seconds": offset})
