"""A sheet that came in: its rows against the type and against what is there already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from gongkai.files import storage
from gongkai.files.models import StoredFile
from gongkai.files.reading import read_cells
from gongkai.kernel.progress import Tell
from gongkai.orgs.models import Unit
from gongkai.records.models import RecordRow
from gongkai.records.queries.gate import RowFinding, findings_in, with_reasons
from gongkai.records.queries.keys import key_of
from gongkai.records.rules.declared import RecordType
from gongkai.records.rules.grids import read_grids
from gongkai.records.rules.rows import Taken, Trouble

_JOB = "the import of a unit looks for its own rows"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A good row of the sheet; ``row`` is its place in the file, ``known`` the stored row with its number."""

    row: int
    values: Mapping[str, str]
    key: str
    known: int | None = None


@dataclass(frozen=True, slots=True)
class FileRows:
    """What a file says by itself: its rows by the type, and what the gate found in the good ones."""

    taken: Taken
    findings: tuple[RowFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What a sheet would do: new rows, rows that change a stored one, rows that are there already, troubles, and
    what the gate found in the rows that would be written."""

    new: tuple[Incoming, ...] = ()
    changed: tuple[Incoming, ...] = ()
    same: int = 0
    troubles: tuple[Trouble, ...] = field(default=())
    findings: tuple[RowFinding, ...] = ()

    @property
    def count(self) -> int:
        return len(self.new) + len(self.changed) + self.same

    @property
    def blocking(self) -> tuple[RowFinding, ...]:
        """What is to be mended or answered for before the sheet is written."""
        return tuple(one for one in self.findings if one.blocks and not one.settled)

    def without_blocked(self) -> SheetReading:
        """The same without the rows in which something blocks."""
        rows = {one.row for one in self.blocking}
        return replace(
            self,
            new=tuple(one for one in self.new if one.row not in rows),
            changed=tuple(one for one in self.changed if one.row not in rows),
            findings=tuple(one for one in self.findings if one.row not in rows),
        )


def read_sheet(kind: RecordType, unit: Unit, file: StoredFile) -> SheetReading:
    """Read a stored file in the child process and hold it against the unit's rows."""
    return against_stored(kind, unit, read_file_rows(kind, file))


def read_file_rows(kind: RecordType, file: StoredFile, *, tell: Tell | None = None) -> FileRows:
    """What a stored file says, read in the child process; ``tell`` hears how many rows were looked at."""
    reading = read_cells(storage.path_of(file), name=file.name)
    if not reading.readable:
        return FileRows(Taken((), (Trouble(0, "", reading.problem),)))
    taken = read_grids(kind, reading.sheets, typed=reading.kind == "xlsx", tell=tell)
    return FileRows(taken, tuple(findings_in(kind, taken.good)))


def against_stored(kind: RecordType, unit: Unit, rows: FileRows) -> SheetReading:
    """Which of the good rows are new, the same, or different from the stored row with the same number."""
    found = RecordRow.objects.unscoped(_JOB).filter(unit=unit, code=kind.code)
    stored = {
        key: (pk, proposed or values)
        for key, pk, values, proposed in found.values_list("key", "pk", "values", "proposed")
    }
    new, changed, same = [], [], 0
    for at, values in rows.taken.good:
        key = key_of(kind, values)
        known = stored.get(key)
        if known is None:
            new.append(Incoming(at, values, key))
        elif all(known[1].get(name, "") == value for name, value in values.items()):
            same += 1
        else:
            changed.append(Incoming(at, values, key, known[0]))
    written = {one.row for one in (*new, *changed)}
    findings = with_reasons(
        [one for one in rows.findings if one.row in written],
        {one.row: one.known for one in changed if one.known},
    )
    return SheetReading(tuple(new), tuple(changed), same, rows.taken.troubles, tuple(findings))
