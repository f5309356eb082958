"""Reads a table that came back. The file is opened in the child process only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gongkai.files.models import StoredFile
from gongkai.files.reading import read_cells
from gongkai.files.storage import path_of
from gongkai.sheets.queries.sealing import seal
from gongkai.sheets.rules.comparing import Check, Report, compare
from gongkai.sheets.rules.definition import Sheet, SheetRow

NOT_A_TABLE = "请交回从系统导出、填好的 xlsx 或 csv 文件。"


def read_back(
    file: StoredFile | Path,
    sheet: Sheet,
    present: Sequence[SheetRow],
    *,
    name: str = "",
    check: Check | None = None,
) -> Report:
    """Hold a returned file against the rows as they stand now; what is wrong is told row by row.

    ``check`` gives the sentences that speak against a changed row beyond the form of its cells (what the
    station's own ``why_not_…`` says). Never raises for what the file holds.
    """
    path, known = (path_of(file), file.name) if isinstance(file, StoredFile) else (file, file.name)
    reading = read_cells(path, name=name or known)
    if not reading.readable:
        advice = "" if "请" in reading.problem else NOT_A_TABLE
        return Report(problems=(f"“{name or known}”没有读成。{reading.problem}{advice}",))
    return compare(reading.sheets, sheet, present, seal=seal, check=check, typed=reading.kind == "xlsx")
