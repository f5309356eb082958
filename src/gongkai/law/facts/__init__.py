"""Facts that the package ships: calendar notices, articles, rule values. Read once, as plain frozen values."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from gongkai.law.calendar import Holiday, NoticeTable

DOCUMENTS = "documents.toml"


def read(name: str) -> dict[str, Any]:
    """The content of one file of facts."""
    return tomllib.loads((resources.files(__name__) / name).read_text(encoding="utf-8"))


@cache
def calendar_tables() -> tuple[NoticeTable, ...]:
    """The State Council's notices that came with this version, oldest first."""
    return tuple(
        NoticeTable(
            year=row["year"],
            title=row["title"],
            number=row["number"],
            number_mark=row["number_mark"],
            published_on=row["published_on"],
            url=row["url"],
            amends=row.get("amends", False),
            holidays=tuple(
                Holiday(line["name"], line["first"], line["last"], tuple(line["workdays"]))
                for line in row["holidays"]
            ),
        )
        for row in read("calendar.toml")["notice"]
    )


def article_files() -> list[dict[str, Any]]:
    """Laws whose articles are registered, one file each."""
    names = sorted(
        entry.name
        for entry in (resources.files(__name__) / "articles").iterdir()
        if entry.name.endswith(".toml") and entry.name != DOCUMENTS
    )
    return [read(f"articles/{name}") for name in names]


def documents() -> list[dict[str, Any]]:
    """Documents that are cited as a whole or whose text was not seen."""
    rows: list[dict[str, Any]] = read(f"articles/{DOCUMENTS}")["document"]
    return rows


def rule_rows() -> list[dict[str, Any]]:
    """The versioned numbers of the law."""
    rows: list[dict[str, Any]] = read("rules.toml")["rule"]
    return rows
