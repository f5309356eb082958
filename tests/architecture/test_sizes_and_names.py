"""Files, functions and templates stay readable; names say what a thing is."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "gongkai"
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEST_FILE, LONGEST_TEMPLATE, LONGEST_README = 400, 50, 600, 150, 15
FORBIDDEN_NAMES = re.compile(r"^_?(utils?|helpers?|common|misc|base|managers?)$")

# Larger on purpose, each with its reason.
LARGER_FILES: dict[str, str] = {}
LARGER_FUNCTIONS: dict[str, str] = {}


def python_files() -> list[Path]:
    roots = [PACKAGE, ROOT / "tests", ROOT / "bench", ROOT / "drill", ROOT / "docs"]
    found = [path for root in roots for path in root.rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def is_test(path: Path) -> bool:
    return "tests" in path.relative_to(ROOT).parts or path.name == "conftest.py"


@pytest.mark.parametrize("path", python_files(), ids=name)
def test_file_is_not_too_long(path: Path) -> None:
    if name(path) in LARGER_FILES:
        pytest.skip(LARGER_FILES[name(path)])
    lines = len(path.read_text().splitlines())
    assert lines <= (LONGEST_TEST_FILE if is_test(path) else LONGEST_FILE)


@pytest.mark.parametrize("path", [p for p in python_files() if not is_test(p)], ids=name)
def test_functions_are_not_too_long(path: Path) -> None:
    long = {
        f"{name(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None
        if node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert set(long) <= set(LARGER_FUNCTIONS), long


def test_templates_are_not_too_long() -> None:
    long = {
        name(path): lines
        for path in PACKAGE.rglob("templates/**/*.html")
        if (lines := len(path.read_text().splitlines())) > LONGEST_TEMPLATE
    }
    assert long == {}


def test_nothing_is_called_utils() -> None:
    named = [name(path) for path in python_files() if FORBIDDEN_NAMES.match(path.stem)]
    named += [name(path) for path in PACKAGE.rglob("*") if path.is_dir() and FORBIDDEN_NAMES.match(path.name)]
    assert named == []


def test_every_station_has_a_short_readme() -> None:
    missing, long = [], []
    for apps in PACKAGE.glob("*/apps.py"):
        readme = apps.parent / "README.md"
        if not readme.exists():
            missing.append(name(readme))
        elif len(readme.read_text().strip().splitlines()) > LONGEST_README:
            long.append(name(readme))
    assert (missing, long) == ([], [])


def test_templates_carry_no_inline_script_or_style() -> None:
    # A block of JSON is data: no browser runs it.
    inline = re.compile(
        r"<script(?![^>]*(?:\bsrc=|application/json))[^>]*>|<style\b(?![^>]*\bnonce=)|\sstyle=|\son[a-z]+=\"|javascript:",
        re.I,
    )
    found = {}
    for path in PACKAGE.rglob("templates/**/*.html"):
        hits = [hit for hit in inline.findall(path.read_text()) if "nonce" not in hit]
        if hits:
            found[name(path)] = hits
    assert found == {}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / entry for entry in listed.stdout.split("\0") if entry]


def test_no_index_address_in_locked_requirements() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        assert not re.search(r"https?://|--(extra-)?index-url|--find-links", path.read_text()), path.name


def test_screens_are_small() -> None:
    large = {
        name(p): p.stat().st_size for p in tracked() if "screens" in p.parts and p.stat().st_size > 100_000
    }
    assert large == {}
