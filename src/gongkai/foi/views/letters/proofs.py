"""A proof of service that came in with a form, taken in through the upload gate."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongkai.files.actions import take_in_upload
from gongkai.foi.actions.letter_proofs import file_proof
from gongkai.foi.models import Case, Paper
from gongkai.foi.queries.who import Doer


def proof_of(case: Case, upload: Any, *, by: Doer, now: datetime) -> Paper | None:
    """The uploaded proof as a paper of the case; ``None`` where nothing was uploaded."""
    if not upload:
        return None
    file = take_in_upload(upload=upload, unit=case.unit, by=by, now=now, pictures=True, called="送达凭证")
    return file_proof(case=case, file=file, by=by, now=now)
