"""The shipped nginx file: same headers as the application, pages from the tree, tombstones, the rest to the app."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

CONF = ROOT / "deploy" / "nginx.conf"
NGINX = shutil.which("nginx") or ("/usr/sbin/nginx" if Path("/usr/sbin/nginx").exists() else None)
PAGE = "<html>页面</html>" * 200


class Application(BaseHTTPRequestHandler):
    """Stands for Django: says what it was asked and by whom."""

    def do_GET(self) -> None:
        body = f"app {self.command} {self.path} {self.headers['X-Forwarded-For']}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", "of the application")
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        """Silent."""


def put(tree: Path, name: str, text: str = PAGE) -> None:
    path = tree / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    if NGINX is None:
        pytest.skip("nginx is not installed")
    from bench import pages

    scratch = tmp_path_factory.mktemp("nginx")
    tree, static = scratch / "tree", scratch / "static"
    put(tree, "index.html")
    put(tree, "doc/2026/1.html")
    put(tree, "units/index.html")
    put(tree, "large/view.css", "body{}")
    put(tree, "doc/2026/gone.html.410", "<html>已撤回</html>")
    put(tree, "files/a.docx", "docx")
    put(tree, ".secret", "hidden")
    put(static, "gongkai/site.css", "a{}")
    (tree / "doc/2026/1.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    for path in [scratch, *scratch.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    application = HTTPServer(("127.0.0.1", 0), Application)
    threading.Thread(target=application.serve_forever, daemon=True).start()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    servers = pages.shipped(tree, static, port, application.server_address[1])
    command = pages.nginx(scratch, "test", servers)
    if os.geteuid() == 0:
        command += ["-g", "user root;"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert process.poll() is None, process.communicate()[0]
                time.sleep(0.05)
        yield port, tree
        process.terminate()
    application.shutdown()


def ask(
    site: tuple[int, Path], path: str, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", site[0], timeout=10)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    found: dict[str, str] = {}
    for name, value in answer.getheaders():
        assert name.lower() not in found, f"{name} twice on {path}"
        found[name.lower()] = value
    return answer.status, found, answer.read()


@pytest.mark.parametrize(
    "path", ["/", "/doc/2026/1.html", "/units/", "/large/doc/2026/1.html", "/contrast/", "/large/units/"]
)
def test_a_page_comes_from_the_tree(site: tuple[int, Path], path: str) -> None:
    status, headers, body = ask(site, path)
    assert (status, body.decode()) == (200, PAGE)
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["cache-control"] == "no-cache"
    assert ask(site, path, **{"If-None-Match": headers["etag"]})[0] == 304


def test_the_packed_twin_is_sent(site: tuple[int, Path]) -> None:
    status, headers, body = ask(site, "/doc/2026/1.html", **{"Accept-Encoding": "gzip"})
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert gzip.decompress(body).decode() == PAGE


def test_a_withdrawn_page_is_its_tombstone(site: tuple[int, Path]) -> None:
    for path in ("/doc/2026/gone.html", "/large/doc/2026/gone.html"):
        status, headers, body = ask(site, path)
        assert status == 410 and "已撤回" in body.decode()
        assert headers["content-type"].startswith("text/html")
        assert "content-security-policy" in headers


def test_a_withdrawal_is_seen_soon(site: tuple[int, Path]) -> None:
    put(site[1], "doc/2026/2.html")
    assert ask(site, "/doc/2026/2.html")[0] == 200
    put(site[1], "doc/2026/2.html.410", "<html>已撤回</html>")
    (site[1] / "doc/2026/2.html").unlink()
    for _ in range(50):
        if ask(site, "/doc/2026/2.html")[0] == 410:
            return
        time.sleep(0.1)
    pytest.fail("still there after five seconds")


@pytest.mark.parametrize("path", ["/search/?q=%E5%85%AC", "/workbench/", "/nothing.html", "/apply/"])
def test_everything_else_goes_to_the_application(site: tuple[int, Path], path: str) -> None:
    status, headers, body = ask(site, path, **{"X-Forwarded-For": "203.0.113.9"})
    assert (status, body.decode()) == (200, f"app GET {path} 127.0.0.1")
    assert headers["content-security-policy"] == "of the application"


def test_what_is_sent_goes_to_the_application(site: tuple[int, Path]) -> None:
    assert ask(site, "/", method="POST")[2].startswith(b"app POST /")


@pytest.mark.parametrize(
    "path", ["/.secret", "/doc/2026/1.html.gz", "/doc/2026/gone.html.410", "/../nginx.conf"]
)
def test_inner_files_are_not_given_out(site: tuple[int, Path], path: str) -> None:
    assert ask(site, path)[0] in (400, 404)


def test_a_document_to_save_is_handed_over(site: tuple[int, Path]) -> None:
    assert ask(site, "/files/a.docx")[1]["content-disposition"] == "attachment"
    assert "content-disposition" not in ask(site, "/")[1]
    assert ask(site, "/static/gongkai/site.css")[1]["content-type"].startswith("text/css")


def test_the_headers_are_those_of_the_application() -> None:
    from gongkai.portal.front import security_headers

    told = dict(re.findall(r'^    add_header ([\w-]+) "(.*)" always;', CONF.read_text(), re.M))
    for name, value in security_headers():
        if name == "Strict-Transport-Security":
            continue
        assert sorted(told[name].split("; ")) == sorted(value.split("; ")), name
