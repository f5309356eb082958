"""Texts that the office copies into its messenger or reads on the telephone: plain, short, one line a matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class LateLine:
    """One late matter as the text names it."""

    title: str
    since: date
    days: int
    reason: str
    verb: str


def call_text(
    *, unit: str, lines: Sequence[LateLine], answer_by: date, office: str, phone: str, address: str
) -> str:
    """The text for one unit: what is late, since when, why, what to do by when, whom to ask."""
    said = [f"{unit}：贵单位有 {len(lines)} 项工作过了期限，请于 {answer_by.isoformat()} 前办好。"]
    for at, line in enumerate(lines[:MOST_LINES], 1):
        over = (
            f"期限 {line.since.isoformat()}，已过 {line.days} 天。"
            if line.days
            else f"期限 {line.since.isoformat()}。"
        )
        said.append(f"{at}. {line.title}。{over}{line.reason}{line.verb}")
    if len(lines) > MOST_LINES:
        said.append(f"另有 {len(lines) - MOST_LINES} 项，登录后可以看到。")
    said.append(f"填报地址：{address}")
    said.append(f"有困难的，请回电说明并约定办好的日期。{office}{'　' + phone if phone else ''}")
    return "\n".join(said)


def summary_text(*, day: date, units: Sequence[tuple[str, int, int]], office: str) -> str:
    """One text for the group chat: every unit with how many matters are late and for how long at most."""
    if not units:
        return f"截至 {day.isoformat()}，各单位没有逾期事项。{office}"
    said = [f"截至 {day.isoformat()}，{len(units)} 个单位有逾期事项："]
    said += [f"{name}：{count} 项，最长 {days} 天" for name, count, days in units]
    said.append(f"请尽快办理，有困难请联系{office}。")
    return "\n".join(said)
