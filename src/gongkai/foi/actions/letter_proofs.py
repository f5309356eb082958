"""Proofs of service: the signed slip, the receipt of the post, as papers of the case."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.files.models import StoredFile
from gongkai.foi.models import Case, Paper
from gongkai.foi.queries.who import Doer
from gongkai.trail.chain import record


@transaction.atomic
def file_proof(*, case: Case, file: StoredFile, by: Doer, now: datetime) -> Paper:
    """Lay a proof of service into the file; a letter names it when its receipt is entered."""
    row: Paper = Paper._base_manager.create(
        case=case,
        unit_id=case.unit_id,
        kind=Paper.Kind.PROOF,
        title="送达凭证",
        file=file,
        at=now,
        by_id=by.person_id,
    )
    record(verb="foi.file_proof", by=by, at=now, about=case, facts={"paper": row.pk, "digest": file.digest})
    return row
