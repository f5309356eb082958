"""The check for readers with IPv6 alone: every host of the pages with its records; the site answers over IPv6."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from gongkai.portal import ipv6
from gongkai.publishing.models import TreeFile

pytestmark = [pytest.mark.django_db, pytest.mark.feature("I02")]
PAGE = """<html><head><link rel="canonical" href="https://www.example.gov.cn/a"><link rel="stylesheet" href="//cdn.example.cn/a.css">
</head><body><img src="https://pictures.example.cn/b.png"><a href="https://old.example.cn/">旧站</a><a href="/local/">本站</a>
<a href="mailto:a@b.cn">信箱</a></body></html>"""
KNOWN = {
    "www.example.gov.cn": (["192.0.2.1"], ["2001:db8::1"]),
    "cdn.example.cn": (["192.0.2.2"], ["2001:db8::2"]),
    "pictures.example.cn": (["192.0.2.3"], []),
    "old.example.cn": (["192.0.2.4"], []),
}


@pytest.fixture
def tree(tmp_path: Path, settings: Any) -> Path:
    settings.TREE_DIR, settings.SITE_URL = tmp_path, "https://www.example.gov.cn"
    for at in range(3):
        (tmp_path / f"{at}.html").write_text(PAGE if at else "<p>没有链接</p>")
        TreeFile.objects.create(path=f"/{at}.html", record="x", digest="0", size=1, kind="page")
    return tmp_path


def resolve(name: str) -> tuple[list[str], list[str]]:
    return KNOWN.get(name, ([], []))


def check(fetch: Any = lambda address: b"home") -> dict[str, ipv6.Host]:
    return {host.name: host for host in ipv6.check(resolve=resolve, fetch=fetch)}


def test_every_host_stands_there_with_its_records(tree: Path) -> None:
    found = check()
    assert list(found) == ["www.example.gov.cn", "cdn.example.cn", "pictures.example.cn", "old.example.cn"]
    assert [host.use for host in found.values()] == ["own", "drawn", "drawn", "linked"]
    assert [host.pages for host in found.values()] == [3, 2, 2, 2]
    assert [host.is_fault for host in found.values()] == [False, False, True, False]
    assert "天窗" in found["pictures.example.cn"].words and "外链" in found["old.example.cn"].words


def test_own_host_is_told_what_is_wrong(tree: Path, monkeypatch: Any) -> None:
    assert "打不开" in check(lambda address: None)["www.example.gov.cn"].words
    other = check(lambda address: address.encode())["www.example.gov.cn"]
    assert other.is_fault and "不同" in other.words
    monkeypatch.setitem(KNOWN, "www.example.gov.cn", (["192.0.2.1"], []))
    assert "AAAA" in check()["www.example.gov.cn"].words
    monkeypatch.setitem(KNOWN, "pictures.example.cn", ([], []))
    unknown = check()["pictures.example.cn"]
    assert not unknown.is_fault and "查不到" in unknown.words


class _Home(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"home")

    def log_message(self, *words: Any) -> None:
        pass


class _Six(ThreadingHTTPServer):
    address_family = socket.AF_INET6


@pytest.fixture
def served() -> Iterator[int]:
    """A site that listens on IPv6 alone."""
    try:
        server = _Six(("::1", 0), _Home)
    except OSError:
        pytest.skip("this machine has no IPv6")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_the_command_asks_over_ipv6(
    tree: Path, served: int, settings: Any, monkeypatch: Any, capsys: Any
) -> None:
    settings.SITE_URL = f"http://localhost:{served}"
    own_name = ipv6.addresses_of
    monkeypatch.setattr(
        ipv6, "addresses_of", lambda name: own_name(name) if name == "localhost" else resolve(name)
    )
    with pytest.raises(SystemExit):  # the picture of another host
        call_command("site", "ipv6", "--json")
    told = json.loads(capsys.readouterr().out)
    own = told["hosts"][0]
    assert (own["name"], own["answers"], own["same"], own["fault"]) == ("localhost", True, None, False)
    assert [host["fault"] for host in told["hosts"][1:]].count(True) == 1
    monkeypatch.setitem(KNOWN, "pictures.example.cn", ([], ["2001:db8::3"]))
    call_command("site", "ipv6")
    assert "IPv6 读者能看到全部内容" in capsys.readouterr().out
