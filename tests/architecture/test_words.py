"""Pages for people lead somewhere; decisions are short and numbered once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *DECISIONS]
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
LONGEST_DECISION = 25


def dead_links(text: str, at: Path) -> list[str]:
    """Relative links that lead to no file."""
    return [target for target in LINK.findall(text) if not (at / target).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    assert dead_links(page.read_text(), page.parent) == []


def test_a_dead_link_would_be_found() -> None:
    assert dead_links("see [a](README.md), [b](nowhere.md), [c](https://example.org/x)", ROOT) == [
        "nowhere.md"
    ]


def test_both_readmes_lead_to_the_same_pages() -> None:
    linked = [set(LINK.findall((ROOT / name).read_text())) for name in ("README.md", "README.zh-CN.md")]
    assert linked[0] - {"README.zh-CN.md", "LICENSE"} == linked[1] - {"README.md", "LICENSE"}


def test_decisions_are_short_and_numbered_once() -> None:
    numbers = [page.name[:4] for page in DECISIONS]
    assert all(number.isdigit() for number in numbers) and len(numbers) == len(set(numbers))
    for page in DECISIONS:
        lines = page.read_text().strip().splitlines()
        assert len(lines) <= LONGEST_DECISION, page.name
        assert page.name[:4] in lines[0], page.name
