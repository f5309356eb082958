"""One POST to a host that an administrator entered: the address is looked up once, checked, and used.

No redirect is followed, no proxy of the environment is asked, little is read, and after a few seconds the
connection is cut, however slowly the other side drips.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from gongkai.messaging.rules.repeats import Outcome
from gongkai.messaging.rules.targets import endpoint_faults, may_connect

CONNECT_SECONDS, WHOLE_SECONDS = 5.0, 10.0
MOST_READ = 64 * 1024
AGENT = "gongkai"
# Answers after which the same request may well be taken; 502 and 504 come from something in between.
LATER, BETWEEN = frozenset({408, 425, 429, 500, 503}), frozenset({502, 504})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; ``problem`` in Chinese without anything of the address but its host."""

    outcome: Outcome
    problem: str = ""
    status: int = 0
    body: bytes = b""


def post(url: str, *, body: bytes, headers: dict[str, str], inside: bool) -> Answer:
    """Send once and say how it ended."""
    if endpoint_faults(url, inside=inside):
        return Answer(Outcome.REFUSED, "接口网址不合要求，请在“消息通道”里重新填写")
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    try:
        numbers = _numbers(host, port)
    except OSError:
        return Answer(Outcome.NOT_TAKEN, f"查不到主机 {host}")
    if not numbers or not all(may_connect(number, inside=inside) for number in numbers):
        return Answer(Outcome.REFUSED, f"主机 {host} 指向不允许访问的地址。内网网关请勾选“在内网”")
    target = parts.path or "/"
    connection = _Pinned(host, port, numbers, secure=parts.scheme == "https")
    return _exchange(
        connection,
        f"{target}?{parts.query}" if parts.query else target,
        body,
        {"Content-Type": "application/json; charset=utf-8", "User-Agent": AGENT, **headers},
    )


def _numbers(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _exchange(connection: _Pinned, target: str, body: bytes, headers: dict[str, str]) -> Answer:
    cut = threading.Timer(WHOLE_SECONDS, connection.cut)
    cut.start()
    try:
        return _connected(connection) or _asked(connection, target, body, headers)
    finally:
        cut.cancel()
        connection.close()


def _connected(connection: _Pinned) -> Answer | None:
    """Nothing has been sent yet, so whatever goes wrong here may be tried again."""
    try:
        connection.connect()
    except ssl.SSLError:
        return Answer(Outcome.NOT_TAKEN, f"主机 {connection.host} 的证书不对")
    except OSError:
        return Answer(Outcome.NOT_TAKEN, f"连不上主机 {connection.host}")
    return None


def _asked(connection: _Pinned, target: str, body: bytes, headers: dict[str, str]) -> Answer:
    try:
        connection.request("POST", target, body=body, headers=headers)
        response = connection.getresponse()
        content = response.read(MOST_READ)
        if connection.was_cut:  # a half-read head looks like a whole one
            raise TimeoutError
    except (OSError, http.client.HTTPException, ValueError):
        return Answer(Outcome.UNCLEAR, f"已发给 {connection.host}，没有等到应答，不知是否送达")
    return _judged(response.status, content, connection.host)


def _judged(status: int, content: bytes, host: str) -> Answer:
    if 200 <= status < 300:
        return Answer(Outcome.ARRIVED, "", status, content)
    if status in LATER:
        return Answer(Outcome.NOT_TAKEN, f"{host} 暂时不收（HTTP {status}）", status)
    if status in BETWEEN:
        return Answer(
            Outcome.UNCLEAR, f"{host} 中间的网关没有等到应答（HTTP {status}），不知是否送达", status
        )
    why = "要求转到别处，本站不跟随" if 300 <= status < 400 else "拒绝"
    return Answer(Outcome.REFUSED, f"{host} {why}（HTTP {status}）。请核对网址和密钥", status)


class _Pinned(http.client.HTTPConnection):
    """A connection to checked numbers only, while host name and certificate stay those of the address."""

    def __init__(self, host: str, port: int, numbers: Sequence[str], *, secure: bool) -> None:
        super().__init__(host, port, timeout=CONNECT_SECONDS)
        self._numbers, self._secure, self.was_cut = numbers, secure, False
        if secure:
            self.default_port = 443

    def connect(self) -> None:
        self.sock = self._first_that_answers()
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

    def cut(self) -> None:
        """End the exchange from another thread."""
        self.was_cut = True
        with contextlib.suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)

    def _first_that_answers(self) -> socket.socket:
        for number in self._numbers[:-1]:
            with contextlib.suppress(OSError):
                return socket.create_connection((number, self.port), timeout=CONNECT_SECONDS)
        return socket.create_connection((self._numbers[-1], self.port), timeout=CONNECT_SECONDS)
