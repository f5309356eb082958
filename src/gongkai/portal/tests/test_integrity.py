"""The sweep finds what was changed behind the back of the program, in each layer, and nothing else."""

from __future__ import annotations

import contextlib
import json
import random
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from gongkai.documents import actions as drafting
from gongkai.documents.models import Edition
from gongkai.files import storage
from gongkai.files.models import StoredFile
from gongkai.kernel.clock import legal_day
from gongkai.portal import projection, subscribers
from gongkai.publishing import actions, guards
from gongkai.publishing.models import Publication
from gongkai.publishing.rules.verifying import check_file, check_page, check_receipt
from gongkai.publishing.tests.world import AT, World, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.feature("B17")]
TODAY = legal_day(AT)


@pytest.fixture
def sealed(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Publication:
    """One publication with an attachment, drawn into the tree."""
    settings.TREE_DIR = tmp_path / "tree"
    settings.FILES_DIR = tmp_path / "files"
    monkeypatch.setattr(subscribers, "today", lambda: TODAY)
    world = World()
    by = world.actor(world.finance, "officer")
    given = {"title": "附件的公示", "written_on": TODAY, "body": "<p>见附件</p>"}
    document = drafting.draft(
        unit=world.finance,
        by=by,
        now=AT,
        fields={**given, "catalogue_item": "20-07", "theme": "财政、金融、审计"},
    )
    drafting.attach(document=document, by=by, now=AT, file=stored(), title="附表")
    drafting.determine(document=document, by=by, now=AT, openness="主动公开")
    drafting.submit(document=fresh(document), by=by, now=AT)
    leader = world.actor(world.finance, "leader")
    publication = actions.publish(document=world.reviewed(document), by=leader, now=AT)
    projection.show_publication(publication.pk, today=TODAY)
    return publication


def stored() -> StoredFile:
    incoming = storage.receive([b"PK attachment"], max_bytes=1000)
    storage.keep(incoming)
    return StoredFile.objects.create(
        key=incoming.key,
        name="表.txt",
        size=incoming.size,
        digest=incoming.digest,
        kind="txt",
        state="clean",
        at=AT,
    )


def swept() -> list[dict[str, str]]:
    out = StringIO()
    with contextlib.suppress(SystemExit):
        call_command("integrity", "sweep", "--json", stdout=out)
    return json.loads(out.getvalue())["faults"]


def rows() -> Any:
    return Publication.objects.unscoped("test")


def in_sql(words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(words)


def flip(path: Path, seed: int) -> None:
    body = bytearray(path.read_bytes())
    body[random.Random(seed).randrange(len(body))] ^= 1
    path.write_bytes(bytes(body))


def page_of(publication: Publication, settings: Any) -> Path:
    return Path(str(settings.TREE_DIR) + publication.path)


def test_untouched_ledger_has_no_alarm(sealed: Publication) -> None:
    assert swept() == []


def test_page_of_the_tree_agrees_with_its_receipt(sealed: Publication, settings: Any) -> None:
    page = page_of(sealed, settings)
    receipt = json.loads(page.with_suffix(".receipt.json").read_text(encoding="utf-8"))
    assert check_receipt(receipt).agrees
    assert check_page(receipt, page.read_text(encoding="utf-8")).agrees
    assert check_file(receipt, storage.path_of(StoredFile.objects.get()).read_bytes()).agrees


ROWS: list[Callable[[Publication], object]] = [
    lambda p: rows().filter(pk=p.pk).update(published_at=AT + timedelta(seconds=1)),
    lambda p: rows().filter(pk=p.pk).update(path="/doc/2026/99.html"),
    lambda p: rows().filter(pk=p.pk).update(digest="0" * 64),
    lambda p: rows().filter(pk=p.pk).update(receipt="X"),
    lambda p: in_sql("update documents_edition set body = '<p>假的</p>'"),
    lambda p: in_sql("update documents_edition set attachments = '[]'"),
    lambda p: StoredFile.objects.update(digest="0" * 64),
]


@pytest.mark.parametrize("change", ROWS)
def test_changed_row_is_found(sealed: Publication, change: Callable[[Publication], object]) -> None:
    with guards.lifted():
        change(sealed)
    assert swept()


def test_deleted_publication_is_found(sealed: Publication) -> None:
    with guards.lifted():
        for table in (
            "publishing_publicchange",
            "publishing_release",
            "publishing_entry",
            "publishing_publication",
        ):
            in_sql(f"delete from {table}")
    assert any(one["layer"] == "记录" and one["path"] == sealed.path for one in swept())


@pytest.mark.parametrize("seed", range(5))
def test_any_byte_of_file_or_page_is_found(sealed: Publication, settings: Any, seed: int) -> None:
    flip(storage.path_of(StoredFile.objects.get()), seed)
    assert [one["layer"] for one in swept()] == ["原件"]
    flip(page_of(sealed, settings), seed)
    assert {one["layer"] for one in swept()} == {"原件", "页面"}


def test_hidden_link_and_exchanged_file_are_found(sealed: Publication, settings: Any) -> None:
    page = page_of(sealed, settings)
    page.write_bytes(page.read_bytes() + b'<a hidden href="https://bad.test">x</a>')
    storage.path_of(StoredFile.objects.get()).unlink()
    assert {one["layer"] for one in swept()} == {"原件", "页面"}
    assert Edition.objects.count() == 1
