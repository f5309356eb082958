"""``python -m bench [names]``: each module of this folder by its name; all of them without a name.

BENCH_ITEMS and BENCH_ROWS make the grounds smaller for a try; results of a try are not kept.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

SCRATCH = tempfile.TemporaryDirectory(prefix="gongkai-bench-")
FOLDER = Path(SCRATCH.name) / "data"
os.environ |= {"DATA_DIR": str(FOLDER), "DJANGO_SETTINGS_MODULE": "gongkai.settings"}
os.environ.pop("DATABASE_URL", None)
subprocess.run([sys.executable, "-m", "gongkai", "doctor"], stdout=subprocess.DEVNULL, check=False)

import django  # noqa: E402 -- the directory comes first

django.setup()

from django.utils import timezone  # noqa: E402 -- after setup

from bench import (  # noqa: E402 -- after setup
    evidence,
    gate,
    ground,
    hidden,
    lists,
    load,
    messages,
    outcomes,
    pages,
    planning,
    publishing,
    report,
    requests,
    starting,
    xss,
)
from gongkai.portal import projections  # noqa: E402 -- after setup
from gongkai.running import preparing  # noqa: E402 -- after setup


def main(wanted: set[str]) -> None:
    """Measure what is wanted on one ground, from small to large."""
    items, rows = int(os.environ.get("BENCH_ITEMS", "50000")), int(os.environ.get("BENCH_ROWS", "100000"))
    if items < 50_000 or rows < 100_000:
        report.RESULTS = Path(SCRATCH.name) / "try"
    scratch = Path(SCRATCH.name)
    preparing.collect_static()
    unit = ground.people()
    if wanted & {"pages", "publishing", "start", "ledger", "load", "xss"}:
        model = ground.publish(scratch, unit, 1, timezone.now())
        projections.rebuild()
    starting.count_distributions()
    if "start" in wanted:
        starting.measure(FOLDER)
    if "pages" in wanted:
        pages.measure(scratch, FOLDER, model.path)
    if "lists" in wanted:
        lists.measure(items=rows)
    if "ledger" in wanted:
        evidence.measure(scratch, model, rows)
    if "requests" in wanted:
        requests.measure(rows)
    if "outcomes" in wanted:
        applications = int(os.environ.get("BENCH_APPLICATIONS", "10000"))
        outcomes.measure(rows, applications, int(os.environ.get("BENCH_SIMULATED", "400")))
    if "gate" in wanted:
        gate.measure()
    if "messages" in wanted:
        messages.measure()
    if "hidden" in wanted:
        hidden.measure()
    if "plan" in wanted:
        planning.measure(scratch)
    if "xss" in wanted:
        xss.measure(scratch, model)
    if "load" in wanted:
        load.measure(scratch, model, int(os.environ.get("BENCH_ITEMS", "100000")))
    if "publishing" in wanted:
        publishing.measure(scratch, unit, model, items)


if __name__ == "__main__":
    main(
        set(sys.argv[1:])
        or {
            "start",
            "pages",
            "lists",
            "ledger",
            "requests",
            "outcomes",
            "messages",
            "hidden",
            "gate",
            "plan",
            "load",
            "xss",
            "publishing",
        }
    )
