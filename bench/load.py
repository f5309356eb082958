"""Many readers and some writers at once, against a trivial view of the same server in the same run.

Readers wait a moment between pages as people do; each holds one connection. A writer is an officer who starts
drafts: an action with its trail row and its event. Client and server share the machine, and both phases have
the same client, so the trivial view tells how much of a time is the machine's.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

from django.conf import settings
from django.test import Client

from bench import ground
from bench.processes import free_port, running
from bench.report import Result, write
from gongkai.orgs.models import Person
from gongkai.portal import projections
from gongkai.publishing.models import Publication

READERS, WRITERS = int(os.environ.get("BENCH_READERS", "300")), int(os.environ.get("BENCH_WRITERS", "20"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "30"))
READ_P99_MS, WRITE_P99_MS = 300, 800
THINK = (1.0, 3.0)
TRIVIAL = ("/live",)
SERVER = (
    "import django; django.setup(); import gongkai.wsgi; from gongkai.running.listening import Listener, Server;"
    "Server([Listener('127.0.0.1', {port})], workers=2).serve()"
)


@dataclass
class Seen:
    """Times in milliseconds, and what went wrong."""

    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def p99(self) -> float:
        return round(sorted(self.times)[max(0, int(len(self.times) * 0.99) - 1)], 1) if self.times else 0.0


def measure(scratch: Path, model: Publication, items: int) -> None:
    """Fill the ground, serve it, load it twice."""
    ground.fill(model, items)
    projections.rebuild()
    pages = _pages(model)
    cookies = _cookies()
    port = free_port()
    with (scratch / "load.log").open("wb") as log:
        server = [sys.executable, "-c", SERVER.format(port=port)]
        with running(*server, port=port, stderr=log):
            plain, _ = asyncio.run(_phase(port, TRIVIAL, []))
            reads, writes = asyncio.run(_phase(port, pages, cookies, model.unit_id))
    sizes = {"items": items, "readers": READERS, "writers": WRITERS, "seconds": SECONDS}
    more = {"reads": len(reads.times), "writes": len(writes.times), "trivial_p99": plain.p99()}
    errors = plain.errors + reads.errors + writes.errors
    for told in sorted(set(errors))[:5]:
        print(told, file=sys.stderr)
    common = {"unit": "ms", "sizes": sizes, "more": more | {"first_errors": errors[:5]}}
    write(
        Result(
            name="load_read_p99", what="readers under load: p99", peer="trivial view, same load",
            runs={"trivial p99": [plain.p99()], "read p99": [reads.p99()]}, value=reads.p99(), goal=READ_P99_MS, **common,
        )
    )  # fmt: skip
    write(
        Result(
            name="load_write_p99", what="writers under load: p99", peer="-",
            runs={"write p99": [writes.p99()]}, value=writes.p99(), goal=WRITE_P99_MS, **common,
        )
    )  # fmt: skip
    write(
        Result(
            name="load_errors", what="errors under load", peer="-", unit="errors", sizes=sizes,
            runs={"errors": [len(errors)]}, value=len(errors), goal=0, more=more | {"first": errors[:5]},
        )
    )  # fmt: skip


def _pages(model: Publication) -> tuple[str, ...]:
    """What readers open, the frequent addresses more than once; search is the only one that Django answers."""
    search = f"/search/?q={quote('预算绩效')}"
    return ("/", "/", model.path, model.path, model.path, "/open/", "/policies/", "/units/finance/", search)


def _cookies() -> list[str]:
    """Each writer logged in as the officer, with the token of the form."""
    found = []
    officer = Person.objects.get(username="officer")
    for _ in range(WRITERS):
        client = Client(headers={"host": "localhost"})
        client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
        assert client.get("/workbench/documents/new/").status_code == 200
        found.append("; ".join(f"{name}={one.value}" for name, one in client.cookies.items()))
    return found


async def _phase(port: int, pages: tuple[str, ...], cookies: list[str], unit: int = 0) -> tuple[Seen, Seen]:
    reads, writes = Seen(), Seen()
    until = time.monotonic() + SECONDS
    tasks = [
        _visitor(port, _reader(port, pages, random.Random(at)), reads, until, at) for at in range(READERS)
    ]
    tasks += [
        _visitor(port, _writer(port, cookie, at, unit), writes, until, READERS + at)
        for at, cookie in enumerate(cookies)
    ]
    await asyncio.gather(*tasks)
    return reads, writes


def _reader(port: int, pages: tuple[str, ...], chance: random.Random) -> Callable[[], tuple[bytes, bytes]]:
    def ask() -> tuple[bytes, bytes]:
        return f"GET {chance.choice(pages)} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode(), b"200"

    return ask


def _writer(port: int, cookie: str, at: int, unit: int) -> Callable[[], tuple[bytes, bytes]]:
    token = dict(part.split("=", 1) for part in cookie.split("; ")).get(settings.CSRF_COOKIE_NAME, "")
    count = 0

    def ask() -> tuple[bytes, bytes]:
        nonlocal count
        count += 1
        body = urlencode(
            {"title": f"第{at}位信息员的第{count}份草稿", "unit": unit, "csrfmiddlewaretoken": token}
        ).encode()
        head = (
            f"POST /workbench/documents/new/ HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: {cookie}\r\n"
            f"Origin: http://localhost:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body, b"302"

    return ask


async def _visitor(
    port: int, ask: Callable[[], tuple[bytes, bytes]], seen: Seen, until: float, seed: int
) -> None:
    chance = random.Random(seed)
    await asyncio.sleep(chance.uniform(0, THINK[1]))
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.monotonic() < until:
        request, wanted = ask()
        began = time.perf_counter()
        try:
            writer.write(request)
            status = await asyncio.wait_for(_answer(reader), 30)
        except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError) as problem:
            seen.errors.append(f"{type(problem).__name__}: {problem}"[:120])
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            continue
        seen.times.append((time.perf_counter() - began) * 1000)
        if status != wanted:
            seen.errors.append(f"{request[:60]!r} {status!r}")
        await asyncio.sleep(chance.uniform(*THINK))
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> bytes:
    """The status of one whole answer, of known length or in chunks."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = [line.lower() for line in head.split(b"\r\n")]
    length = next((int(line[15:]) for line in lines if line.startswith(b"content-length:")), None)
    if length is not None:
        await reader.readexactly(length)
    else:
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readexactly(2)
    return head.split(b" ", 2)[1]
