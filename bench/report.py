"""Results on disk, and the table that is made from them."""

from __future__ import annotations

import json
import platform
import subprocess
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "docs" / "bench"
HEAD = "<!-- Made by `make bench`; do not edit. -->\n\n# Measured\n\n"


@dataclass
class Result:
    """One measurement: what was asked, against what, every raw run, and whether the goal was met."""

    name: str
    what: str
    peer: str
    unit: str
    sizes: dict[str, int]
    runs: dict[str, list[float]]
    value: float
    goal: float
    ratio: float | None = None
    seed: int = 1
    notes: str = ""
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def met(self) -> bool:
        """Goals are upper limits."""
        return (self.value if self.ratio is None else self.ratio) <= self.goal


def write(result: Result) -> None:
    """Store a result; the table follows."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    body = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "commit": _git("rev-parse", "--short", "HEAD"),
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        **asdict(result),
        "met": result.met,
    }
    text = json.dumps(body, ensure_ascii=False, indent=1) + "\n"
    (RESULTS / f"{result.name}.json").write_text(text)
    (RESULTS / "README.md").write_text(table())
    print(
        f"{result.name}: {_figure(body)} (goal {body['goal']}) {'ok' if result.met else 'MISSED'}", flush=True
    )


def table() -> str:
    """The table of all results."""
    rows = [
        "| what | peer | figure | goal | met | sizes | date, commit |\n| --- | --- | --- | --- | --- | --- | --- |\n"
    ]
    for path in sorted(RESULTS.glob("*.json")):
        body = json.loads(path.read_text())
        sizes = ", ".join(f"{name} {size:,}" for name, size in body["sizes"].items())
        goal = f"{body['goal']}x" if body["ratio"] is not None else f"{body['goal']:g} {body['unit']}"
        rows.append(
            f"| {body['what']} | {body['peer']} | {_figure(body)} | {goal} | {'yes' if body['met'] else '**no**'} |"
            f" {sizes} | {body['date']} {body['commit']} |\n"
        )
    return (
        HEAD
        + "".join(rows)
        + "\nEach file beside this one holds every raw run. Ratios are of CPU or time in one run.\n"
    )


def _figure(body: dict[str, Any]) -> str:
    value = f"{body['value']:.4g} {body['unit']}"
    return value if body["ratio"] is None else f"{value}, {body['ratio']:.2f}x"


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip() or "unknown"
