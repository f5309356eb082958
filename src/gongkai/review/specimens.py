"""Reviews to try the wall with: a paper in review with its steps, a question to another agency, a signed sheet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import models

from gongkai.documents import states as life
from gongkai.documents.models import Document
from gongkai.files.models import StoredFile
from gongkai.kernel import clock
from gongkai.orgs.models import Person, Unit
from gongkai.orgs.roles import Role
from gongkai.review import rules, states
from gongkai.review.models import Coordination, ReviewStep, SignedSheet


def specimens(
    unit: Unit, people: Mapping[str, Person], canary: str
) -> dict[type[models.Model], models.Model]:
    """No action is walked, only rows are planted; all words are the unit's own."""
    now, day = clock.now(), date(2026, 1, 5)
    author, signer = people[Role.OFFICER], people[Role.LEADER]
    document = Document.objects.create(
        unit=unit, author=author, writers=[author.pk], title=f"{canary}会签", state=life.SUBMITTED, round=1,
        issuer=canary, body=f"<p>{canary}</p>", created_at=now, changed_at=now,
    )  # fmt: skip
    file = StoredFile.objects.create(
        key=f"sheet{unit.pk}", name=f"{canary}.jpg", size=1, digest="1" * 64, kind="image",
        state="clean", unit=unit, uploaded_by=author, at=now,
    )  # fmt: skip
    sheet = SignedSheet._base_manager.create(
        document=document, unit=unit, round=1, code=canary, file=file, signer=signer, signed_on=day,
        by=author, at=now,
    )  # fmt: skip
    ReviewStep.objects.create(
        document=document, round=1, step=rules.FIRST, decision=states.APPROVED, opinion=canary,
        by=people[Role.REVIEWER], at=now,
    )  # fmt: skip
    ReviewStep.objects.create(
        document=document, round=1, step=rules.OPINION, decision=states.RETURNED, reason=states.NO_GROUND,
        opinion=canary, by=people[Role.REVIEWER], at=now,
    )  # fmt: skip
    assert unit.parent is not None
    row = Coordination._base_manager.create(
        document=document, unit=unit, asked=unit.parent, matter=canary, answer_by=day, by=author, at=now
    )
    return {Coordination: row, SignedSheet: sheet}
