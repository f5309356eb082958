"""The wheel alone, in an empty environment and an empty folder, comes as far as the first page."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OPEN = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that the checkout stays as it is; no network, the build tool is locked."""
    copy = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    shutil.copytree(ROOT / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "--outdir",
            str(copy / "dist"),
            str(copy),
        ],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return next((copy / "dist").glob("gongkai-*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and the dependencies of this one, but not this checkout.

    The dependencies are lent by a path line; path files inside them (an editable checkout) are not followed.
    """
    place = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    python = place / "bin" / "python"
    site = Path(
        subprocess.run(
            [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
    )
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


@pytest.fixture
def first_page(python: Path, tmp_path: Path) -> Iterator[str]:
    """The text of ``/`` of a site that was started with nothing but the wheel."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "HOME", "TZ")}
    process = subprocess.Popen(
        [str(python), "-m", "gongkai", "serve", "--port", str(port)],
        cwd=tmp_path,
        env=kept,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield _page(process, f"http://127.0.0.1:{port}/")
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


def _page(process: subprocess.Popen[str], address: str) -> str:
    last: object = None
    for _ in range(300):
        if process.poll() is not None:
            pytest.fail(f"serve ended: {process.communicate()[0]}")
        try:
            with OPEN(address, timeout=10) as answer:
                return str(answer.read().decode())
        except (urllib.error.HTTPError, OSError) as problem:
            last = problem
        time.sleep(0.2)
    pytest.fail(f"no first page: {last!r}")


def test_the_wheel_brings_what_the_pages_need(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if name.startswith("gongkai/")}
    for file in (ROOT / "src" / "gongkai").rglob("*"):
        inner = file.relative_to(ROOT / "src").as_posix()
        if (
            file.is_file()
            and {"templates", "static", "facts", "guides"} & set(file.parts)
            and "pycache" not in inner
        ):
            assert inner in held, f"{inner} is not in the wheel"


def test_the_wheel_serves_its_first_page(python: Path, first_page: str, tmp_path: Path) -> None:
    where = subprocess.run(
        [str(python), "-c", "import gongkai; print(gongkai.__file__)"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    ).stdout
    assert str(ROOT) not in where
    assert "</html>" in first_page
    assert (tmp_path / "data" / "gongkai.sqlite3").exists()
