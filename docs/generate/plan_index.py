"""Task x station x screen x test: which part of the program serves which task of the plan, and what is missing."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping

from docs.generate import NOTE, ROOT, table

FACTS = ROOT / "docs" / "generate" / "plan.toml"
NOT_YET = "尚未"
MOST_TESTS = 3
_STATION = re.compile(r"^(\w+)/tests/")

INTRO = (
    "# 要点任务索引\n\n"
    "2021 年要点附件的 32 项任务，各由哪个站、哪个页面办，哪些测试证明。每项任务本身的进度在 `ledger` 记、"
    "在公开页 `/progress/` 看。没有测试证明的功能不算；一项都没有的写“尚未”。\n\n"
)


def plan_index_page(marks: Iterable[tuple[str, str, str]]) -> str:
    """The page; ``marks`` are (kind, value, test) of every marked test."""
    facts = tomllib.loads(FACTS.read_text(encoding="utf-8"))
    tests: dict[str, list[str]] = defaultdict(list)
    for kind, value, test in marks:
        if kind == "feature":
            tests[value].append(test)
    rows = [_row(task, facts["screens"], tests) for task in facts["task"]]
    served = sum(row[3] != NOT_YET for row in rows)
    head = ["序号", "任务", "功能", "站", "页面", "测试"]
    said = f"{len(rows)} 项任务中，{served} 项已有功能在办，{len(rows) - served} 项{NOT_YET}。\n\n"
    return NOTE + INTRO + said + table(head, rows)


def unknown_features() -> set[str]:
    """Features of the facts that the list of features does not know."""
    facts = tomllib.loads(FACTS.read_text(encoding="utf-8"))
    names = dict(csv.reader((ROOT / "docs" / "features.tsv").open(encoding="utf-8"), delimiter="\t"))
    named = {feature for task in facts["task"] for feature in task["features"]} | set(facts["screens"])
    return named - set(names)


def screens() -> set[str]:
    """Every screen that the facts name."""
    facts = tomllib.loads(FACTS.read_text(encoding="utf-8"))
    return {screen for named in facts["screens"].values() for screen in named}


def _row(
    task: Mapping[str, object], screens: Mapping[str, list[str]], tests: Mapping[str, list[str]]
) -> list[str]:
    features = [str(feature) for feature in task["features"]]  # type: ignore[attr-defined]
    shown = [feature for feature in features if tests.get(feature)]
    missing = [feature for feature in features if not tests.get(feature)]
    places = list(dict.fromkeys(test.split("::")[0] for feature in shown for test in tests[feature]))
    own = [match[1] for place in places if (match := _STATION.match(place))]
    pages = list(dict.fromkeys(screen for feature in shown for screen in screens.get(feature, ())))
    stations = list(dict.fromkeys([*own, *(page.split(":")[0] for page in pages)]))
    words = " ".join(shown) + (f"（{NOT_YET}：{' '.join(missing)}）" if missing and shown else "")
    more = f" 等 {len(places)} 个文件" if len(places) > MOST_TESTS else ""
    return [
        str(task["number"]),
        str(task["title"]),
        words if shown else f"{NOT_YET}：{' '.join(missing)}",
        "、".join(f"`{station}`" for station in stations) if shown else NOT_YET,
        " ".join(f"`{page}`" for page in pages) or "–",
        " ".join(f"`{place}`" for place in places[:MOST_TESTS]) + more if shown else "–",
    ]
