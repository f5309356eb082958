"""Counts that the national inspection makes of a site's columns (国办秘函〔2019〕19号, 单项否决)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

STALE_NEWS_AND_NOTICES, STALE_OTHERS, BLANK = 5, 10, 5


@dataclass(frozen=True, slots=True)
class Veto:
    """One veto item: how many columns count towards it, and at how many the site fails."""

    words: str
    count: int
    limit: int

    @property
    def failed(self) -> bool:
        return self.count >= self.limit

    @property
    def light(self) -> str:
        return "late" if self.failed else "soon" if self.count * 2 >= self.limit else "ok"


def vetoes(columns: Sequence[tuple[str, bool, bool]]) -> tuple[Veto, ...]:
    """The three veto items from (upkeep, stale, blank) of every column that should be kept up to date.

    >>> [one.count for one in vetoes([("news", True, False), ("own", True, True)])]
    [1, 0, 1]
    """
    first = sum(stale and not blank and upkeep in ("news", "notice") for upkeep, stale, blank in columns)
    others = sum(stale and not blank and upkeep not in ("news", "notice") for upkeep, stale, blank in columns)
    empty = sum(stale and blank for _, stale, blank in columns)
    return (
        Veto("动态要闻、通知公告、政策文件类专栏长期未更新", first, STALE_NEWS_AND_NOTICES),
        Veto("其他应更新而长期未更新的专栏", others, STALE_OTHERS),
        Veto("空白专栏", empty, BLANK),
    )
