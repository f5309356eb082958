"""The door for stations: declare a table, write it out, read what came back."""

from gongkai.sheets.queries.reading import read_back
from gongkai.sheets.queries.writing import Exported, export_csv, export_xlsx
from gongkai.sheets.rules.cells import inert, uninert
from gongkai.sheets.rules.comparing import Change, Check, Report, RowReport, Verdict
from gongkai.sheets.rules.definition import Column, Kind, Sheet, SheetRow, Value
from gongkai.sheets.rules.definition import shown as words

__all__ = [
    "Change",
    "Check",
    "Column",
    "Exported",
    "Kind",
    "Report",
    "RowReport",
    "Sheet",
    "SheetRow",
    "Value",
    "Verdict",
    "export_csv",
    "export_xlsx",
    "inert",
    "read_back",
    "uninert",
    "words",
]
