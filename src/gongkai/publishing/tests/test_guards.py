"""No door back-dates or quietly changes what was published, and who tries is on record (B17)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from gongkai.documents.models import Edition
from gongkai.law.refusal import Refused
from gongkai.publishing import actions, guards
from gongkai.publishing.models import IndexNumber, Publication, Release, Withdrawal
from gongkai.publishing.readiness import checks
from gongkai.publishing.tests.test_views import at_desk
from gongkai.publishing.tests.world import AT, World
from gongkai.trail import attempts, chain
from gongkai.trail.models import TrailRow

pytestmark = [pytest.mark.django_db, pytest.mark.feature("B17")]
EARLIER = AT - timedelta(days=400)


@pytest.fixture
def world(tmp_path: Any, settings: Any) -> World:
    settings.DATA_DIR = tmp_path
    return World()


def rows() -> Any:
    return Publication.objects.unscoped("test")


def copy_of(publication: Publication) -> Publication:
    """A second publication that pretends to be old, put into the table past every action."""
    number = IndexNumber.objects.create(
        unit=publication.unit, year=2025, seq=9999, number="old", given_at=EARLIER
    )
    return Publication(
        document_id=publication.document_id + 1, edition=publication.edition, index_number=number,
        unit=publication.unit, title="旧", path="/doc/2025/1.html", first_published_at=EARLIER,
        published_at=EARLIER, receipt="2025-OLD", trail_seq=1, digest="0" * 64,
    )  # fmt: skip


def sql(words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(words)


DOORS: dict[str, Callable[[Publication], object]] = {
    "save": lambda p: Publication(pk=p.pk, **{**_values(p), "published_at": EARLIER}).save(),
    "first": lambda p: rows().filter(pk=p.pk).update(first_published_at=EARLIER),
    "update": lambda p: rows().filter(pk=p.pk).update(published_at=EARLIER, first_published_at=EARLIER),
    "insert": lambda p: copy_of(p).save(),
    "bulk": lambda p: Publication.objects.bulk_create([copy_of(p)]),
    "path": lambda p: rows().filter(pk=p.pk).update(path="/doc/2020/1.html"),
    "delete": lambda p: sql(f"delete from publishing_publication where id = {p.pk}"),
    "raw": lambda p: sql("update publishing_publication set published_at = '2020-01-01 00:00:00'"),
    "edition": lambda p: Edition.objects.filter(pk=p.edition_id).update(made_at=EARLIER),
    "text": lambda p: Edition.objects.filter(pk=p.edition_id).update(body="<p>假</p>"),
    "release": lambda p: Release.objects.filter(publication=p).update(published_at=EARLIER),
    "number": lambda p: IndexNumber.objects.filter(pk=p.index_number_id).update(given_at=EARLIER),
}


def _values(publication: Publication) -> dict[str, Any]:
    return {
        field.attname: getattr(publication, field.attname)
        for field in Publication._meta.concrete_fields
        if not field.primary_key
    }


@pytest.mark.parametrize("door", DOORS)
def test_every_door_refuses_and_the_attempt_is_on_record(world: World, door: str) -> None:
    published = world.published()
    world.approved()  # a document that the pretended publication could be of
    with pytest.raises(DatabaseError, match=guards.MARK), transaction.atomic():
        DOORS[door](published)
    assert rows().get(pk=published.pk).published_at == AT
    assert attempts.take_up(AT) == 1
    row = TrailRow.objects.filter(verb="publishing.backdate_refused").get()
    assert row.facts["door"] == "数据库" and "2025" not in row.note and chain.verify().ok


def test_form_command_and_clock_are_doors_too(world: World) -> None:
    document = world.approved()
    leader = world.people[world.finance.code, "leader"]
    client = at_desk(world, world.finance, "leader")
    answer = client.post(f"/workbench/publishing/document/{document.pk}/", {"published_at": "2020-01-01"})
    assert answer.status_code == 302 and not rows().exists()
    row = TrailRow.objects.get(verb="publishing.backdate_refused")
    assert row.facts == {"door": "网页", "claimed": {"published_at": "2020-01-01"}}
    assert row.actor_id == leader.pk
    with pytest.raises(CommandError, match="不能指定发布时间"):
        call_command("publish", "x.txt", unit="财政局", openness="主动公开", published_at="2020-01-01")
    assert TrailRow.objects.filter(verb="publishing.backdate_refused").count() == 2
    actions.publish(document=document, by=world.actor(world.finance, "leader"), now=AT)
    other = world.approved()
    with pytest.raises(Refused):
        actions.publish(document=other, by=world.actor(world.finance, "leader"), now=EARLIER)
    assert attempts.take_up(AT) == 1
    assert TrailRow.objects.filter(verb="publishing.backdate_refused", facts__door="时钟").count() == 1


def test_missing_guards_are_told(world: World) -> None:
    assert checks()[0][1]
    guards.drop_guards()
    assert not checks()[0][1] and set(guards.missing_guards()) == set(guards.NAMES)
    guards.set_guards()
    assert guards.missing_guards() == []


def test_withdrawals_are_frozen(world: World) -> None:
    published = world.published()
    by = world.actor(world.finance, "leader")
    actions.withdraw(publication=published, kind="误发", reason="发错了文件", by=by, now=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        Withdrawal.objects.update(reason="没有撤回过")
