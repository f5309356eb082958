"""The glossary names every model, and nothing that the program does not know."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = ROOT / "docs" / "glossary.md"
FEWEST = 60


def rows(text: str) -> list[list[str]]:
    """The cells of every row that explains a word."""
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if "|" in line
    ]
    return [row for row in cells if row[0] != "中文" and not set(row[0]) <= {"-"}]


def identifiers(text: str) -> list[str]:
    """Every identifier of the second column."""
    return [name for row in rows(text) for name in re.findall(r"`(\w+)`", row[1])]


def missing_models(text: str) -> set[str]:
    """Models of our stations that no row explains."""
    ours = {model.__name__ for model in apps.get_models() if model.__module__.startswith("gongkai.")}
    return ours - set(identifiers(text))


@cache
def words_of_the_program() -> frozenset[str]:
    """Every word of the program, its tests left out."""
    sources = (path for path in (ROOT / "src").rglob("*.py") if "tests" not in path.parts)
    return frozenset(word for path in sources for word in re.findall(r"\w+", path.read_text()))


def test_every_model_has_a_row() -> None:
    assert missing_models(GLOSSARY.read_text()) == set()


def test_a_missing_model_would_be_named() -> None:
    text = GLOSSARY.read_text().replace("`Withdrawal`", "`Removal`")
    assert missing_models(text) == {"Withdrawal"}


def test_no_row_names_what_does_not_exist() -> None:
    unknown = [name for name in identifiers(GLOSSARY.read_text()) if name not in words_of_the_program()]
    assert unknown == []


def test_rows_are_whole_and_words_stand_once() -> None:
    found = rows(GLOSSARY.read_text())
    assert len(found) >= FEWEST
    assert [row for row in found if len(row) != 4 or not all(row)] == []
    names = identifiers(GLOSSARY.read_text())
    assert sorted({name for name in names if names.count(name) > 1}) == []
