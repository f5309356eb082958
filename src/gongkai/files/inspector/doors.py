"""Which inspector takes which kind."""

from __future__ import annotations

import importlib
import zipfile
from pathlib import Path

from gongkai.files.inspector.findings import Findings

KINDS = ("docx", "xlsx", "pdf", "html", "txt", "image", "doc", "wps", "ofd")


def inspect(kind: str, path: Path, box: zipfile.ZipFile | None, findings: Findings) -> None:
    """A child loads only the parser that it needs."""
    module = importlib.import_module(f"gongkai.files.inspector.{kind}")
    module.inspect(path if box is None else box, findings)
