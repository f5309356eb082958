"""Generated pages say what the program says; figures in the README were measured; licences are free."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from docs.generate import pages  # noqa: E402 -- not part of the package

PACKAGE = ROOT / "src" / "gongkai"
# A figure is a number with a unit of speed, size or ratio.
FIGURE = re.compile(
    r"(?<![\w.])(\d[\d,]*(?:\.\d+)?)\s?(ms|s|µs|us|MB|GB|x|times|倍|秒|毫秒|分钟|minutes|queries|次查询)(?![\w])"
)


@pytest.mark.parametrize("name", sorted(pages.PAGES))
def test_generated_page_is_up_to_date(name: str) -> None:
    written = (ROOT / name).read_text() if (ROOT / name).exists() else ""
    expected = pages.PAGES[name]()
    if name == "docs/settings.md":  # the test run sets DATA_DIR itself
        assert "DATA_DIR" in expected
    assert written == expected, f"{name} is out of date: run `make docs`"


def test_every_setting_is_declared() -> None:
    """Nobody reads the environment behind the back of the one file of settings."""
    # The wall runs on a throw-away copy and tells its child where that is.
    allowed = {
        "settings.py",
        "running/data_dir.py",
        "running/management/commands/wall.py",
        "__main__.py",
        "wsgi.py",
    }
    found = [
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if "tests" not in path.parts
        and re.search(r"os\.environ\[|os\.environ\.get|os\.getenv", path.read_text())
    ]
    assert set(found) <= allowed


def test_no_licence_binds_the_whole_program() -> None:
    lines = (ROOT / "requirements" / "runtime.txt").read_text()
    # What is locked for Windows only is not installed here, and its licence cannot be read.
    locked = re.findall(r"^([A-Za-z0-9_.-]+)==(?![^\n]*win32)", lines, re.M)
    assert len(locked) > 20
    assert {name: pages.licence_of(name) for name in locked if pages.refused(pages.licence_of(name))} == {}


@pytest.mark.parametrize(
    "licence", ["AGPL-3.0", "GPL-2.0-only", "GNU Affero General Public License v3", "GPLv3", ""]
)
def test_a_binding_licence_would_be_found(licence: str) -> None:
    assert pages.refused(licence)


@pytest.mark.parametrize(
    "licence", ["LGPL-2.1", "MIT", "MPL-2.0", "GNU Lesser General Public License v3 (LGPLv3)"]
)
def test_a_free_licence_is_not_refused(licence: str) -> None:
    assert not pages.refused(licence)


def measured() -> set[str]:
    """Every number in the results, as it may be written: whole or rounded to one or two places."""
    found: set[str] = set()

    def walk(value: Any) -> None:
        if isinstance(value, bool):
            return
        if isinstance(value, int | float):
            found.update({f"{value:.0f}", f"{value:.1f}", f"{value:.2f}", f"{value:,.0f}"})
        elif isinstance(value, dict):
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    for path in (ROOT / "docs" / "bench").glob("*.json"):
        walk(json.loads(path.read_text()))
    return found


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "CHANGELOG.md"])
def test_figures_were_measured(name: str) -> None:
    page = ROOT / name
    if not page.exists():
        pytest.skip(f"{name} is not written yet")
    known = measured()
    invented = [" ".join(hit) for hit in FIGURE.findall(page.read_text()) if hit[0] not in known]
    assert invented == [], f"not in docs/bench: {invented}"


def test_an_invented_figure_would_be_found() -> None:
    assert FIGURE.findall("answers in 3.7 ms, 12x faster, Python 3.11, A4") == [("3.7", "ms"), ("12", "x")]


def test_bench_table_is_up_to_date() -> None:
    from bench import report

    page = ROOT / "docs" / "bench" / "README.md"
    assert page.exists() and page.read_text() == report.table(), "run `make bench`"


def test_environment_of_the_test_run_is_not_on_the_page() -> None:
    page = ROOT / "docs" / "settings.md"
    assert page.exists() and os.environ["DATA_DIR"] not in page.read_text()
