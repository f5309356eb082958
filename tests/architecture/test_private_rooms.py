"""From another station only models, states, queries, actions; a rule is reached through its own station."""

from __future__ import annotations

import re
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "gongkai"
GROUND = {"events", "kernel", "law", "trail", "orgs", "files"}
PRIVATE = re.compile(
    r"^\s*from gongkai\.(\w+)(?:\.(rules|forms|views|tasks|subscribers|admin)\b| import (?:rules|forms|views|tasks)\b)",
    re.M,
)


def test_no_station_reaches_into_anothers_private_rooms() -> None:
    found = []
    for path in PACKAGE.rglob("*.py"):
        station = path.relative_to(PACKAGE).parts[0]
        if "tests" in path.parts or station in ("running", "lines.py"):
            continue
        for match in PRIVATE.finditer(path.read_text()):
            if match[1] != station and match[1] not in GROUND:
                found.append(f"{path.relative_to(PACKAGE)}: {match[0].strip()}")
    assert found == []
