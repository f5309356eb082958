"""The public copy of a file without the personal data that the gate found in it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from gongkai.files import storage
from gongkai.files.actions import put_out
from gongkai.files.models import StoredFile
from gongkai.files.problems import SENTENCES
from gongkai.files.queries import public_of
from gongkai.gate.actions.evidence import read_files
from gongkai.gate.queries.known import known
from gongkai.gate.queries.masking import MASKABLE, masked_copy
from gongkai.gate.rules.finding import Level
from gongkai.law.refusal import Refusal, Refused, refuse_if
from gongkai.trail.chain import Who


def why_not_mask_file(*, file: StoredFile) -> list[Refusal]:
    """What stands against masking before the paper is opened."""
    if file.state != StoredFile.State.CLEAN:
        return [storage.NOT_CLEAN]
    if file.kind not in MASKABLE:
        return [_not_masked(file, "file.cannot_mask", SENTENCES["file.cannot_mask"])]
    return []


def mask_file(
    *,
    file: StoredFile,
    wanted: Collection[tuple[str, Level]],
    by: Who,
    now: datetime,
    instead: str = "",
) -> tuple[StoredFile, int]:
    """Make the copy that goes to the public: masked where these rules find something at these levels, and found
    clean of it by the same rules. The original stays private. Returns the copy and how many places were masked.
    Children work on it, so this comes before any transaction. Raises ``Refused`` where it is not clean."""
    refuse_if(why_not_mask_file(file=file))
    source = public_of(file)
    path = storage.path_of(source)
    made = masked_copy(path, source.name, source.kind, known(), wanted, instead=instead)
    if made.why:
        raise Refused([_not_masked(file, "file.not_masked", made.why)])
    facts = {"places": dict(made.places), "instead": "unit_phone" if instead else ""}
    copy = put_out(file=file, content=made.content, verb="mask", facts=facts, by=by, now=now)
    read_files(files=[copy], by=by, now=now)
    return copy, sum(count for _, count in made.places)


def _not_masked(file: StoredFile, code: str, why: str) -> Refusal:
    return Refusal(code, "条例第十五条", f"“{file.name}”没有遮盖。{why}")
