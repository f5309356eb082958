"""CPU and memory of a tree of processes, and a plain client over kept-alive connections."""

from __future__ import annotations

import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def tree_of(pid: int) -> list[int]:
    """A process and everything below it."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found, edge = [pid], {pid}
    while edge:
        edge = {child for child, parent in parents.items() if parent in edge and child not in found}
        found += sorted(edge)
    return found


def cpu_seconds(pid: int) -> float:
    """User and system time of a tree, from the scheduler's own nanoseconds."""
    total = 0
    for each in tree_of(pid):
        for task in Path(f"/proc/{each}/task").glob("*/schedstat"):
            try:
                total += int(task.read_text().split()[0])
            except OSError:
                continue
    return total / 1e9


def memory_mb(pid: int, kind: str = "Pss") -> dict[int, float]:
    """Memory of each process of a tree; ``Pss`` counts shared pages once for the whole tree."""
    found = {}
    for each in tree_of(pid):
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        found[each] = sum(int(line.split()[1]) for line in lines if line.startswith(f"{kind}:")) / 1024
    return found


@contextmanager
def running(*command: str, port: int, **options: object) -> Iterator[subprocess.Popen[bytes]]:
    """A server that answers on the port; ended afterwards."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, **options) as process:  # type: ignore[call-overload]
        try:
            wait_for(port, process)
            yield process
        finally:
            process.terminate()


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until somebody listens, at most a minute."""
    for _ in range(1200):
        if process.poll() is not None:
            raise RuntimeError(f"the server on port {port} ended")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"nobody listens on port {port}")


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetch_many(port: int, path: str, requests: int, connections: int = 4) -> int:
    """Ask for one address again and again; returns the bytes of one body. Every answer must be a 200."""
    sizes: list[int] = []
    failures: list[Exception] = []

    def work() -> None:
        try:
            sizes.append(_fetch(port, path, requests // connections))
        except Exception as problem:  # noqa: BLE001 -- told by the caller's thread
            failures.append(problem)

    threads = [threading.Thread(target=work) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return sizes[0]


def _fetch(port: int, path: str, requests: int) -> int:
    request = f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode()
    size = 0
    with socket.create_connection(("127.0.0.1", port)) as peer:
        peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(requests):
            peer.sendall(request)
            held = peer.recv(65536)
            while b"\r\n\r\n" not in held:
                held += peer.recv(65536)
            head, _, body = held.partition(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(head.decode(errors="replace"))
            lower = head.lower()
            start = lower.index(b"content-length:") + 15
            size = int(lower[start:].split(b"\r\n", 1)[0])
            left = size - len(body)
            while left > 0:
                left -= len(peer.recv(left))
    return size
