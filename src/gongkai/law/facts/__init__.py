"""Facts that the package ships: calendar notices, articles, rule values. Read once, as plain frozen values."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from gongkai.law.calendar import Holiday, NoticeTable


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
