"""The site as one tree of processes: both address families, a used port, a kill of main."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from gongkai.running import listening

OPEN = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


def fetch(address: str) -> tuple[int, bytes]:
    try:
        with OPEN(address, timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as problem:
        return problem.code, problem.read()


def until_ready(process: Any, port: int) -> dict[str, Any]:
    """Wait for 200 of /ready, at most a minute; the last answer is the failure's text."""
    last: object = None
    for _ in range(300):
        if process.poll() is not None:
            pytest.fail(f"serve ended: {process.communicate()}")
        try:
            status, body = fetch(f"http://127.0.0.1:{port}/ready")
            last = body
            if status == 200:
                return dict(json.loads(body))
        except OSError as problem:
            last = problem
        time.sleep(0.2)
    pytest.fail(f"never ready: {last!r}")


def descendants(pid: int) -> set[int]:
    """All processes below one, by what the kernel says."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found, edge = set(), {pid}
    while edge:
        edge = {child for child, parent in parents.items() if parent in edge} - found
        found |= edge
    return found


def alive(pids: set[int]) -> set[int]:
    def lives(pid: int) -> bool:
        try:
            return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except OSError:
            return False

    return {pid for pid in pids if lives(pid)}


def test_answers_on_both_families_and_says_so(start: Any, port: int) -> None:
    process = start("serve", "--port", str(port))
    told = until_ready(process, port)
    assert told["ready"] is True
    assert "backup" in told["warnings"]
    assert fetch(f"http://127.0.0.1:{port}/live") == (200, b'{"live": true}')
    if listening.has_ipv6():
        assert fetch(f"http://[::1]:{port}/live")[0] == 200
    line = process.stdout.readline()
    assert f"http://localhost:{port}/" in line
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0


def test_readers_who_keep_their_connection_keep_nobody_out(start: Any, port: int) -> None:
    until_ready(start("serve", "--port", str(port)), port)
    kept = [http.client.HTTPConnection("127.0.0.1", port, timeout=20) for _ in range(300)]
    for reader in kept:
        reader.request("GET", "/live")
        assert reader.getresponse().read() == b'{"live": true}'
    assert fetch(f"http://127.0.0.1:{port}/live") == (200, b'{"live": true}')
    for reader in kept:
        reader.close()


def test_no_child_is_left_after_a_kill_of_main(start: Any, port: int) -> None:
    process = start("serve", "--port", str(port))
    until_ready(process, port)
    children = descendants(process.pid)
    assert len(children) >= 4
    os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=5)
    for _ in range(50):
        if not alive(children):
            break
        time.sleep(0.1)
    assert not alive(children)
    # And the directory is free for the next start.
    again = start("serve", "--port", str(port))
    until_ready(again, port)


def test_a_part_that_is_killed_is_started_again(start: Any, port: int) -> None:
    process = start("serve", "--port", str(port))
    until_ready(process, port)
    server = next(pid for pid in descendants(process.pid) if len(descendants(pid)) and listens(pid))
    os.kill(server, signal.SIGKILL)
    time.sleep(0.5)
    until_ready(process, port)


def listens(pid: int) -> bool:
    """Whether one of its children is a worker of the site, told by its open sockets."""
    links = []
    for child in descendants(pid):
        try:
            links += [os.readlink(link) for link in (Path("/proc") / str(child) / "fd").iterdir()]
        except OSError:
            continue
    return sum(link.startswith("socket:") for link in links) >= 1


def test_a_used_port_is_named_with_the_way_out(gongkai: Any, port: int) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        refused = gongkai("serve", "--port", str(port))
    assert refused.returncode == 1
    assert f"端口 {port} 已被另一个程序占用" in refused.stderr
    assert "--port" in refused.stderr


def test_a_second_server_on_the_same_directory_is_refused(start: Any, gongkai: Any, port: int) -> None:
    until_ready(start("serve", "--port", str(port)), port)
    refused = gongkai("serve", "--port", str(port + 1 if port < 65000 else port - 1))
    assert refused.returncode == 1
    assert "已经有一个网站在运行" in refused.stderr
    upgrade = gongkai("upgrade")
    assert upgrade.returncode == 1
    assert "先停掉" in upgrade.stderr


@pytest.mark.parametrize("wrong", ["0", "70000"])
def test_a_port_that_is_none(gongkai: Any, wrong: str) -> None:
    assert "1 到 65535" in gongkai("serve", "--port", wrong).stderr


def test_a_demo_listens_on_loopback_only() -> None:
    assert set(listening.addresses(public=False)) <= {"127.0.0.1", "::1"}
    assert listening.addresses(public=True) in (["::"], ["0.0.0.0"])
