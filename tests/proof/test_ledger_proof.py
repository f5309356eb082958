"""Without the guards of the public ledger its doors stand open: the tests of the guards test the guards (B17)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from gongkai.documents.models import Edition
from gongkai.publishing import guards, queries
from gongkai.publishing.models import Publication
from gongkai.publishing.queries import ledger_check
from gongkai.publishing.tests.world import AT, World

pytestmark = pytest.mark.django_db


def back_dated(publication: Publication) -> int:
    rows = Publication.objects.unscoped("test").filter(pk=publication.pk)
    early = AT - timedelta(days=9)
    return rows.update(published_at=early, first_published_at=early)


@pytest.fixture
def published(tmp_path: Any, settings: Any) -> Publication:
    settings.DATA_DIR = tmp_path
    return World().published()


def test_without_triggers_a_time_can_be_put_back(published: Publication) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        back_dated(published)
    guards.drop_guards()
    assert back_dated(published) == 1
    guards.set_guards()


def test_without_the_replay_an_altered_text_is_not_found(
    published: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    with guards.lifted():
        Edition.objects.filter(pk=published.edition_id).update(change_note="没有这回事")
    assert list(queries.altered())
    monkeypatch.setattr(ledger_check, "_editions", lambda *_: iter(()))
    assert list(queries.altered()) == []
