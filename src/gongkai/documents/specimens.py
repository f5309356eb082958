"""Documents to try the wall with: one of each kind in a unit, full of canary words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import models

from gongkai.documents.models import Attachment, Determination, Document, InterpretationLink, Justification
from gongkai.files.models import StoredFile
from gongkai.kernel import clock
from gongkai.orgs.models import Person, Unit


def specimens(
    unit: Unit, people: Mapping[str, Person], canary: str
) -> dict[type[models.Model], models.Model]:
    """A draft with every part that a page shows; no action is walked, only rows are planted."""
    now = clock.now()
    author = next(iter(people.values()))
    file = StoredFile.objects.create(
        key=f"specimen{unit.pk}", name=f"{canary}.txt", size=1, digest="0" * 64, kind="txt",
        state="clean", unit=unit, uploaded_by=author, at=now,
    )  # fmt: skip
    text = {
        "issuer": canary,
        "body": f"<p>{canary}</p>",
        "summary": canary,
        "created_at": now,
        "changed_at": now,
    }
    document = Document.objects.create(
        unit=unit, author=author, writers=[author.pk], title=canary, number=f"{canary}〔2026〕1号",
        written_on=date(2026, 1, 5), source_file=file, **text,
    )  # fmt: skip
    other = Document.objects.create(
        unit=unit, author=author, writers=[author.pk], title=f"{canary}解读", **text
    )
    attachment = Attachment.objects.create(document=document, file=file, title=canary)
    Determination.objects.create(
        document=document, openness="不予公开", ground="E16a", reason=canary, by=author, at=now
    )
    Justification.objects.create(
        document=document, code="interpretation.exempt", reason=canary, by=author, at=now
    )
    InterpretationLink.objects.create(document=document, interpretation=other)
    return {Document: document, Attachment: attachment}
