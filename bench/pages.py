"""One public page: nginx with the shipped file, and our own front, against nginx as a plain file server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from bench.processes import cpu_seconds, fetch_many, free_port, running
from bench.report import ROOT, Result, write

ROUNDS = 15
REQUESTS = {"nginx static": 8_000, "nginx shipped": 8_000, "built-in": 5_000, "django": 600}
PLAIN = """
worker_processes 1; daemon off; pid {scratch}/{name}.pid; error_log {scratch}/{name}.log;
events {{ worker_connections 256; }}
http {{ access_log off; client_body_temp_path {scratch}/b; proxy_temp_path {scratch}/p;
  fastcgi_temp_path {scratch}/f; uwsgi_temp_path {scratch}/u; scgi_temp_path {scratch}/s; keepalive_requests 1000000;
{servers} }}
"""
STATIC = "types {{ text/html html; }} sendfile on; server {{ listen 127.0.0.1:{port}; root {tree}; }}"
SERVER = (
    "import django; django.setup(); import gongkai.wsgi; from gongkai.running.listening import Listener, Server;"
    "Server([Listener('127.0.0.1', {port})], workers=1).serve()"
)


def shipped(tree: Path, static: Path, port: int, application: int) -> str:
    """``deploy/nginx.conf`` with the four adaptations that its head names."""
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    text = re.sub(r"listen 80;", f"listen 127.0.0.1:{port};", text)
    text = text.replace("    listen [::]:80;\n", "").replace(
        "server_name www.example.gov.cn;", "server_name localhost;"
    )
    text = text.replace("/var/lib/gongkai/tree", str(tree)).replace("/var/lib/gongkai/static", str(static))
    return text.replace("127.0.0.1:8000", f"127.0.0.1:{application}")


def nginx(scratch: Path, name: str, servers: str) -> list[str]:
    """The command of an nginx with this configuration."""
    conf = scratch / f"{name}.conf"
    conf.write_text(PLAIN.format(scratch=scratch, name=name, servers=servers))
    return [shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(conf), "-p", str(scratch)]


def measure(scratch: Path, folder: Path, page: str) -> None:
    """CPU per request of each, in turn, so that a busy moment of the machine meets all of them."""
    if shutil.which("nginx") is None and not Path("/usr/sbin/nginx").exists():
        print("nginx is not installed: the public page is not measured", file=sys.stderr)
        return
    ports = {name: free_port() for name in ("nginx static", "nginx shipped", "built-in")}
    tree, static = folder / "tree", folder / "static"
    plain = nginx(scratch, "plain", STATIC.format(port=ports["nginx static"], tree=tree))
    ours = nginx(scratch, "ours", shipped(tree, static, ports["nginx shipped"], ports["built-in"]))
    # An nginx that runs as root gives its workers to nobody, who may not enter a private directory.
    if os.geteuid() == 0:
        plain += ["-g", "user root;"]
        ours += ["-g", "user root;"]
    server = [sys.executable, "-c", SERVER.format(port=ports["built-in"])]
    runs: dict[str, list[float]] = {name: [] for name in REQUESTS}
    size = 0
    with (
        running(*plain, port=ports["nginx static"], stderr=subprocess.DEVNULL) as first,
        running(*ours, port=ports["nginx shipped"], stderr=subprocess.DEVNULL) as second,
        running(*server, port=ports["built-in"]) as third,
    ):
        pids = {
            "nginx static": first.pid,
            "nginx shipped": second.pid,
            "built-in": third.pid,
            "django": third.pid,
        }
        for turn in range(ROUNDS + 1):
            for name, requests in REQUESTS.items():
                port = ports.get(name, ports["built-in"])
                before = cpu_seconds(pids[name])
                got = fetch_many(port, "/live" if name == "django" else page, requests)
                spent = (cpu_seconds(pids[name]) - before) / requests * 1e6
                if turn:  # the first turn warms up
                    runs[name].append(round(spent, 2))
                size = got if name != "django" else size
    _write(runs, size)


def _write(runs: dict[str, list[float]], size: int) -> None:
    # Other work on the machine can only add to what a request costs, for each of them: the least is the cost.
    least = {name: min(values) for name, values in runs.items()}
    peer = least["nginx static"]
    for key, name, goal in (("page_nginx", "nginx shipped", 1.2), ("page_builtin", "built-in", 3.0)):
        write(
            Result(
                name=key,
                what=f"public page, {name}: CPU a request",
                peer="nginx static file",
                unit="µs",
                sizes={"bytes": size, "rounds": ROUNDS, "requests": REQUESTS[name]},
                runs={"nginx static": runs["nginx static"], name: runs[name]},
                value=least[name],
                ratio=round(least[name] / peer, 2),
                goal=goal,
                notes="CPU of the server's processes (user and system, scheduler's nanoseconds) / requests; the least of all rounds, for each alike",
                more={
                    "django_view_us": least["django"],
                    "django_view_ratio": round(least["django"] / peer, 1),
                    "django_runs": runs["django"],
                },
            )  # fmt: skip
        )
