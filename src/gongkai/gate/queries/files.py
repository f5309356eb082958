"""What is stored of files that were read once: by digest, and only by rules of the present version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from gongkai.files.models import StoredFile
from gongkai.gate.models import FileCheck, GateRun
from gongkai.gate.rules.finding import Finding, Level

VERSION = 1  # of the rules; a higher one lets the sweep read every file again
MOST_FINDINGS = 2000


def file_checks(files: Iterable[StoredFile]) -> dict[str, FileCheck]:
    """The checks of these files, by digest; a file that is missing here was not read yet."""
    digests = {file.digest for file in files}
    rows = FileCheck.objects.filter(digest__in=digests, version=VERSION)
    return {row.digest: row for row in rows}


def run_of(key: str, digest: str) -> GateRun | None:
    """What the gate said of this content when it last came to a door; the asker has shown the record already."""
    rows = GateRun.objects.unscoped("the record was already shown to this person")
    return rows.filter(key=key, digest=digest).select_related("by").first()


def findings_of(row: FileCheck, prefix: str = "") -> list[Finding]:
    """The stored findings, with the place in front (附件“名单.xlsx”)."""
    return [read(one, prefix) for one in row.findings]


def written(finding: Finding) -> dict[str, Any]:
    """A finding as it is stored: masked, without the text it came from."""
    return {**asdict(finding), "level": str(finding.level)}


def read(row: dict[str, Any], prefix: str = "") -> Finding:
    """The way back."""
    return Finding(**{**row, "level": Level(row["level"]), "where": prefix + row["where"]})
