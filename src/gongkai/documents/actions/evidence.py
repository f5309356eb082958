"""What the gate said of a paper at a door: kept when it is checked, handed to its reviewers, published."""

from __future__ import annotations

from datetime import datetime

from gongkai.documents import queries
from gongkai.documents.models import Document
from gongkai.gate import actions as gate_actions
from gongkai.kernel.clock import legal_day
from gongkai.trail.chain import Who


def keep_gate_run(*, document: Document, by: Who, now: datetime, alone: bool = False) -> queries.Gate:
    """Look at everything by the rules of today and keep what was seen. Not ``alone``: as a part of another verb,
    whose row of the trail stands for both."""
    found = queries.gate_of(document, today=legal_day(now))
    gate_actions.keep_run(
        key=queries.key_of(document), unit_id=document.unit_id, digest=found.digest, findings=found.findings,
        by=by, now=now, alone=alone,
    )  # fmt: skip
    return found
