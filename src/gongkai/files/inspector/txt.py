"""A plain text hides nothing; its lines are its passages."""

from __future__ import annotations

from pathlib import Path

from gongkai.files.inspector.findings import Findings
from gongkai.files.reader.charset import decode


def inspect(path: Path, findings: Findings) -> None:
    for number, line in enumerate(decode(path.read_bytes(), declared=False).splitlines(), 1):
        findings.passage(f"第 {number} 行", line)
