"""From an uploaded paper to a draft: read in the child process, recognised, cleaned, nothing half stored."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from gongkai.documents.actions.drafting import draft, why_not_draft
from gongkai.documents.models import Document
from gongkai.documents.rules.body import body_html
from gongkai.documents.rules.recognition import from_scan, recognise
from gongkai.files import storage
from gongkai.files.models import StoredFile
from gongkai.files.reading import read_file
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit

_TEXT_FIELDS = ("title", "number", "issuer", "kind")


def draft_from_file(*, file: StoredFile, unit: Unit, by: Actor, now: datetime) -> Document:
    """Draft a document from a file that passed the gate (B13); every field keeps its confidence.

    What was not recognised stays empty for the clerk; a file without any words is refused with what to do.
    """
    refuse_if(why_not_draft(unit=unit, by=by))
    reading = read_file(storage.path_of(file), name=file.name)
    if not reading.readable:
        refuse_if([Refusal(reading.code or "file.unreadable", "", reading.problem)])
    found = from_scan(recognise(reading.blocks), reading.ocr)
    fields = _fields(found, unit, file.name)
    fields["body"] = body_html(
        reading.blocks, leave_out=[fields["title"], fields.get("number", ""), fields["issuer"]]
    )
    return draft(unit=unit, by=by, now=now, fields=fields, source_file=file, recognised=found)


def _fields(found: Mapping[str, Any], unit: Unit, name: str) -> dict[str, Any]:
    """Recognised values as fields of a draft; the title falls back to the file's name."""
    fields: dict[str, Any] = {key: found[key]["value"] for key in _TEXT_FIELDS if key in found}
    fields.setdefault("title", name.rsplit(".", 1)[0])
    fields.setdefault("issuer", unit.name)
    if "recipients" in found:
        fields["recipients"] = found["recipients"]["value"]
    if "written_on" in found:
        fields["written_on"] = date.fromisoformat(found["written_on"]["value"])
    return fields
