"""Time limits of the standard catalogue (公开时限) out of their words. Nothing is guessed: what is not read is shown.

An empty cell means the period of the law itself: 20 working days from 形成 or 变更 (条例第二十六条).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gongkai.kernel.text.numerals import NUMERAL, bare, half_width, to_int


class Mode(StrEnum):
    """How a limit runs."""

    WITHIN = "within"
    AT_ONCE = "at_once"
    BEFORE = "before"
    CYCLE = "cycle"
    STANDING = "standing"
    DEFAULT = "default"
    UNREAD = "unread"


MODE_LABELS = {
    Mode.WITHIN: "限期内",
    Mode.AT_ONCE: "及时",
    Mode.BEFORE: "事前",
    Mode.CYCLE: "定期",
    Mode.STANDING: "长期公开",
    Mode.DEFAULT: "按条例默认",
    Mode.UNREAD: "没有读懂",
}
UNIT_LABELS = {"wd": "个工作日", "day": "天", "month": "个月", "year": "年", "hour": "小时", "week": "周"}
TRIGGERS = (
    "形成", "变更", "制定", "获取", "批准", "批复", "审批", "核准", "备案", "印发", "作出", "生成", "签订", "签署",
    "收到", "受理", "公布", "发布", "结束", "完成", "确定", "通过", "修订", "调整", "更新", "产生", "立项", "竣工",
)  # fmt: skip
_UNITS = {
    "个工作日": "wd", "工作日": "wd", "个自然日": "day", "自然日": "day", "个日历天": "day", "日": "day", "天": "day",
    "个月": "month", "月": "month", "年": "year", "个小时": "hour", "小时": "hour", "周": "week", "个星期": "week",
    "星期": "week",
}  # fmt: skip
_NUMBER = rf"[0-9]+|[{NUMERAL}]+"
_AMOUNT = re.compile(rf"({_NUMBER})({'|'.join(sorted(_UNITS, key=len, reverse=True))})")
_YEARLY = re.compile(rf"(?:每年|当年|次年)?({_NUMBER})月({_NUMBER})日(?:之?前|底)")
_SHOWN = re.compile(
    r"(公示|公告|征集|展示)(期|期限|时间|时限)?[为是:：]?(不少于|不得少于|至少|不低于)?$|(不少于|不得少于)$"
)
_ELSE = re.compile(r"[^，。；;（(]*(法律|法规|规章|另有)[^，。；;）)]*(规定|从其)[^。；;）)]*[）)]?")
_AT_ONCE = re.compile(r"及时|实时|即时|立即|当日|当天|即日|第一时间|随时|同步")
_CYCLES = (
    ("month", 6, re.compile(r"每半年|按半年")),
    ("month", 3, re.compile(r"每季度?|按季度?|季度")),
    ("month", 1, re.compile(r"每月|按月")),
    ("week", 1, re.compile(r"每周|按周")),
    ("day", 1, re.compile(r"每日|每天|按日")),
    ("year", 1, re.compile(r"每年|按年|年度|一年一次")),
)
_STANDING = re.compile(r"长期|常年|持续|永久|始终")
_FROM = re.compile(r"之日|之后|以后|后|起|时")


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit as it was read. ``text`` is the cell word for word; ``shown`` is how long a notice stands."""

    text: str
    mode: Mode
    n: int | None = None
    unit: str = ""
    triggers: tuple[str, ...] = ()
    shown: tuple[int, str] | None = None
    day: str = ""

    @property
    def understood(self) -> bool:
        return self.mode is not Mode.UNREAD

    @property
    def words(self) -> str:
        """What was read, in a short form for the preview and for lists."""
        amount = (
            f"{self.n}{UNIT_LABELS[self.unit]}" if self.n is not None and self.unit in UNIT_LABELS else ""
        )
        since = f"{'、'.join(self.triggers)}起" if self.triggers else ""
        after = f"，公示{self.shown[0]}{UNIT_LABELS[self.shown[1]]}" if self.shown else ""
        if self.mode is Mode.CYCLE:
            return (f"每年 {self.day} 前" if self.day else f"每 {amount} 一次") + after
        if self.mode is Mode.BEFORE:
            return f"提前 {amount}{after}"
        if self.mode is Mode.WITHIN:
            return f"{since}{amount}内{after}"
        return f"{since if self.mode is Mode.AT_ONCE else ''}{MODE_LABELS[self.mode]}{after}"

    def as_json(self) -> dict[str, Any]:
        """As it is stored and published."""
        return {
            "n": self.n,
            "unit": "instant" if self.mode is Mode.AT_ONCE else self.unit,
            "trigger": list(self.triggers),
            "mode": self.mode.value,
            "shown": list(self.shown) if self.shown else None,
            "day": self.day,
        }


def limit_of(text: str, stored: Mapping[str, Any]) -> Limit:
    """A stored limit again."""
    shown, unit = stored.get("shown"), str(stored.get("unit", ""))
    return Limit(
        text, Mode(stored["mode"]), stored.get("n"), "" if unit == "instant" else unit,
        tuple(stored.get("trigger", ())), (int(shown[0]), str(shown[1])) if shown else None,
        str(stored.get("day", "")),
    )  # fmt: skip


def read_limit(text: str, *, usual: int = 20) -> Limit:
    """Read a time limit. ``usual`` are the working days of 条例第二十六条, from the rule table.

    >>> read_limit("制定或获取政策之日起10个工作日").as_json()["trigger"]
    ['制定', '获取']
    >>> read_limit("及时，公告期5个工作日").shown
    (5, 'wd')
    >>> read_limit("由各单位商定").understood
    False
    """
    words = _ELSE.sub("", bare(half_width(text)))
    if not bare(text):
        return Limit(text, Mode.DEFAULT, usual, "wd", ("形成", "变更"))
    if found := _YEARLY.search(words):
        return _yearly(text, words, found)
    within, shown, before = _amounts(words)
    notice = shown[0] if len(shown) == 1 else None
    triggers = _triggers(words)
    if len(within) + len(before) > 1 or len(shown) > 1:
        return Limit(text, Mode.UNREAD)
    if within:
        return Limit(text, Mode.WITHIN, *within[0], triggers, notice)
    if before:
        return Limit(text, Mode.BEFORE, *before[0], (), notice)
    if _AT_ONCE.search(words):
        return Limit(text, Mode.AT_ONCE, None, "", triggers, notice)
    for unit, n, pattern in _CYCLES:
        if pattern.search(words):
            return Limit(text, Mode.CYCLE, n, unit, (), notice)
    if _STANDING.search(words):
        return Limit(text, Mode.STANDING, None, "", (), notice)
    return Limit(text, Mode.UNREAD, shown=notice)


def _yearly(text: str, words: str, found: re.Match[str]) -> Limit:
    month, day = to_int(found[1]), to_int(found[2])
    rest = words[: found.start()] + words[found.end() :]
    if "每年" not in words and "当年" not in words and "次年" not in words or _AMOUNT.search(rest):
        return Limit(text, Mode.UNREAD)
    if not month or not day or month > 12 or day > 31:
        return Limit(text, Mode.UNREAD)
    return Limit(text, Mode.CYCLE, 1, "year", (), None, f"{month:02d}-{day:02d}")


def _amounts(words: str) -> tuple[list[tuple[int, str]], list[tuple[int, str]], list[tuple[int, str]]]:
    """Periods that run after something, for which a notice stands, and before something; each once."""
    within: list[tuple[int, str]] = []
    shown: list[tuple[int, str]] = []
    before: list[tuple[int, str]] = []
    for found in _AMOUNT.finditer(words):
        number, unit = to_int(found[1]), _UNITS[found[2]]
        if number is None or (unit == "year" and number > 100) or words[: found.start()].endswith("第"):
            continue
        after = words[found.end() :]
        if _SHOWN.search(words[: found.start()]):
            kind = shown
        elif after.startswith(("前", "之前", "以前")) or words[: found.start()].endswith("前"):
            kind = before
        else:
            kind = within
        if (number, unit) not in kind:
            kind.append((number, unit))
    return within, shown, before


def _triggers(words: str) -> tuple[str, ...]:
    """What the period runs from: named before 之日起, 后 or 起, in the order of the text."""
    named_so_far: list[str] = []
    for clause in re.split(r"[，。；;]", words):
        ends = [found.start() for pattern in (_FROM, _AMOUNT) for found in pattern.finditer(clause)]
        if ends:
            head = clause[: min(ends)]
            named = sorted((head.find(word), word) for word in TRIGGERS if word in head)
            named_so_far += [word for _, word in named if word not in named_so_far]
    return tuple(named_so_far)
