"""Whether the database still refuses to change what was published."""

from __future__ import annotations

from gongkai.publishing import guards


def checks() -> list[tuple[str, bool, str]]:
    """One question of ``/ready``."""
    missing = guards.missing_guards()
    return [("publication_guards", not missing, "公开记录的防改触发器缺失。请运行 gongkai upgrade。")]
