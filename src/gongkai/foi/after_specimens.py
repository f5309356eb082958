"""What comes after an answer, to try the wall with: a dispute, a severed paper, a sealed file, an appeal, tables."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import models

from gongkai.files.models import StoredFile
from gongkai.foi.models import (
    AnnualTables,
    Appeal,
    Case,
    Dispute,
    Institution,
    LetterSettings,
    LetterTemplate,
    Paper,
    Redaction,
    SealedFile,
)
from gongkai.foi.models.topics import Topic, TopicCase
from gongkai.foi.rules.tables import table_four, table_three
from gongkai.orgs.models import Person

DAY = date(2026, 2, 3)


def after_specimens(
    case: Case, closed: Case, paper: Paper, author: Person, canary: str, now: datetime
) -> dict[type[models.Model], models.Model]:
    """Rows that hang on a case in hand, and on one that is done with."""
    assert paper.file is not None
    stored: StoredFile = paper.file
    redaction = Redaction._base_manager.create(
        case=case, unit=case.unit, source=paper, kept_why=canary, by=author, begun_at=now
    )
    dispute = Dispute._base_manager.create(
        case=closed, unit=case.unit, kind="reconsideration", body=canary, number=canary, filed_on=DAY,
        copy_received_on=DAY, answer_due_on=DAY + timedelta(days=14), reason=canary, entered_by=author,
        entered_at=now,
    )  # fmt: skip
    sealed = SealedFile._base_manager.create(
        case=closed, unit=case.unit, file=stored, digest="0" * 64, papers=1, trail_seq=1, sealed_at=now
    )
    institution = Institution.objects.create(
        name=f"{case.unit.code}中学", sector="education", supervisor=case.unit
    )
    appeal = Appeal._base_manager.create(
        case=case, unit=case.unit, institution=institution, item_named=canary, findings=canary
    )
    annual = AnnualTables._base_manager.create(
        unit=case.unit, year=2025, rows=table_three((), 2025), review=table_four(()), source="entered",
        explained=canary, digest="0" * 64, at=now, by=author,
    )  # fmt: skip
    template = LetterTemplate._base_manager.create(
        unit=case.unit, kind="receipt", version=1, file=stored, note=canary, by=author, at=now
    )
    kept = LetterSettings._base_manager.create(unit=case.unit, abbreviation=canary[:20], by=author, at=now)
    topic = Topic._base_manager.create(
        unit=case.unit, year=2026, quarter=1, title=canary, words=[canary], found_at=now
    )
    of_topic = TopicCase._base_manager.create(unit=case.unit, topic=topic, case=closed)
    return {
        Topic: topic,
        TopicCase: of_topic,
        Redaction: redaction,
        Dispute: dispute,
        SealedFile: sealed,
        Appeal: appeal,
        AnnualTables: annual,
        LetterTemplate: template,
        LetterSettings: kept,
    }
