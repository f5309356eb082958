"""The public gets the clean copy of an attachment; the original stays where nobody from outside reaches it (B25)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gongkai.documents import actions as drafting
from gongkai.files import actions as gate
from gongkai.files import storage
from gongkai.files.inspecting import inspect
from gongkai.files.models import StoredFile
from gongkai.files.tests import traps
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refused
from gongkai.portal import projection, subscribers
from gongkai.portal.tests.test_integrity import swept
from gongkai.publishing import actions
from gongkai.publishing.models import Publication
from gongkai.publishing.rules.verifying import check_file
from gongkai.publishing.tests.world import AT, World, fresh
from gongkai.trail.models import TrailRow

pytestmark = [pytest.mark.django_db, pytest.mark.feature("B25")]
TODAY = legal_day(AT)
NAME = "comment.docx"


@pytest.fixture
def district(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    settings.TREE_DIR, settings.FILES_DIR, settings.CLAMD = tmp_path / "tree", tmp_path / "files", ""
    monkeypatch.setattr(subscribers, "today", lambda: TODAY)
    return World()


def taken(world: World, name: str = NAME) -> StoredFile:
    body = {one: content for one, _, content in traps.traps(3)}[name]
    by = world.actor(world.finance, "officer")
    return gate.take_in(content=[body], name=name, unit=world.finance, by=by, now=AT)


def published(world: World, file: StoredFile) -> Publication:
    by = world.actor(world.finance, "officer")
    given = {"title": "附件的公示", "written_on": TODAY, "body": "<p>见附件</p>"}
    given |= {"catalogue_item": "20-07", "theme": "财政、金融、审计"}
    document = drafting.draft(unit=world.finance, by=by, now=AT, fields=given)
    drafting.attach(document=document, by=by, now=AT, file=file, title="附表")
    drafting.check(document=document, by=by, now=AT)
    drafting.determine(document=document, by=by, now=AT, openness="主动公开")
    drafting.submit(document=fresh(document), by=by, now=AT)
    leader = world.actor(world.finance, "leader")
    publication = actions.publish(document=world.reviewed(document), by=leader, now=AT)
    projection.show_publication(publication.pk, today=TODAY)
    return publication


def test_the_copy_is_sealed_shown_and_swept(district: World, settings: Any) -> None:
    file = taken(district)
    by = district.actor(district.finance, "officer")
    copy = gate.make_public_copy(file=file, by=by, now=AT)
    publication = published(district, file)
    row = publication.edition.attachments[0]
    shown = (
        Path(str(settings.TREE_DIR) + publication.path).with_suffix("") / f"{row['id']}.docx"
    ).read_bytes()
    assert (row["digest"], row["size"]) == (copy.digest, copy.size)
    assert inspect(shown, NAME).traps == () and inspect(storage.path_of(file), NAME).traps != ()
    receipt = Path(str(settings.TREE_DIR) + publication.path).with_suffix(".receipt.json")
    assert check_file(json.loads(receipt.read_text(encoding="utf-8")), shown).agrees
    assert swept() == []
    storage.path_of(copy).write_bytes(b"other")
    assert {one["layer"] for one in swept()} == {"原件"}
    facts = TrailRow.objects.get(verb="files.clean").facts
    assert facts == {"copy": copy.digest, "removed": ["hidden.comment"], "left": []}


def test_a_copy_made_after_publication_changes_nothing_that_was_sealed(district: World) -> None:
    file = taken(district, "company.docx")  # at the gate a warning only
    publication = published(district, file)
    gate.make_public_copy(file=file, by=district.actor(district.finance, "officer"), now=AT)
    projection.show_publication(publication.pk, today=TODAY)
    assert publication.edition.attachments[0]["digest"] == file.digest
    assert swept() == []


def test_where_nothing_is_hidden_the_paper_is_its_own_copy(district: World) -> None:
    body = dict(traps.clean(3))["plain.docx"]
    by = district.actor(district.finance, "officer")
    file = gate.take_in(content=[body], name="a.docx", unit=district.finance, by=by, now=AT)
    assert gate.make_public_copy(file=file, by=by, now=AT) == file
    assert StoredFile.objects.count() == 1


def test_what_cannot_be_cleaned_is_refused_and_nothing_stays(district: World) -> None:
    by = district.actor(district.finance, "officer")
    file = gate.take_in(content=[b"hello"], name="a.txt", unit=district.finance, by=by, now=AT)
    with pytest.raises(Refused, match="没有清理"):
        gate.make_public_copy(file=file, by=by, now=AT)
    assert StoredFile.objects.count() == 1 and file.public is None
