"""The work behind the index: in any order, again and again, over a crash, without a word about a reader."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import textwrap
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command

from gongkai.events.publication import DocumentPublished, DocumentWithdrawn
from gongkai.kernel import clock, outbox
from gongkai.publishing import actions as publishing
from gongkai.publishing.models import Publication
from gongkai.publishing.tests.world import AT, World
from gongkai.search import actions, projections, queries, readiness, subscribers
from gongkai.search.engine import _engines, engine, lock, rebuild_wish
from gongkai.search.models import EmptyAnswer, IndexJob
from gongkai.search.ports import PUBLIC, Unusable
from gongkai.search.rules.question import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(tmp_path: Path, settings: Any) -> World:
    for name in ("TREE_DIR", "FILES_DIR", "INDEX_DIR"):
        setattr(settings, name, tmp_path / name.lower())
    return World()


def titles(text: str) -> list[str]:
    found = queries.search(text, visibility=PUBLIC, today=clock.today()).found
    return [hit.title for hit in found.hits]


def deliver() -> None:
    while outbox.deliver_waiting(now=clock.now()):
        pass


def withdraw(world: World, publication: Publication) -> None:
    publishing.withdraw(
        publication=publication,
        kind="误发",
        reason="发错了文件",
        by=world.actor(publication.unit, "leader", on=clock.today()),
        now=clock.now(),
    )


@pytest.mark.feature("I08")
@pytest.mark.feature("B15")
def test_published_is_found_and_withdrawn_is_gone(world: World) -> None:
    published = world.published(now=clock.now(), title="望海路口袋公园建设公示")
    deliver()
    assert titles("公园") == ["望海路口袋公园建设公示"]
    withdraw(world, published)
    deliver()
    assert titles("公园") == [] and queries.caught_up(clock.now())


def test_events_in_any_order_and_twice_end_the_same(world: World) -> None:
    published = world.published(now=clock.now(), title="望海路口袋公园建设公示")
    withdraw(world, published)
    published.refresh_from_db()
    common = {
        "publication_id": published.pk,
        "document_id": published.document_id,
        "unit_id": published.unit_id,
        "path": published.path,
    }
    first = lambda: subscribers.on_published(DocumentPublished(version=1, **common))  # noqa: E731
    last = lambda: subscribers.on_withdrawn(DocumentWithdrawn(kind="误发", version=2, **common))  # noqa: E731
    for order in itertools.permutations([first, last, first, last]):
        IndexJob.objects.all().delete()
        for one in order:
            one()
        job = IndexJob.objects.get()
        assert titles("公园") == [] and (job.version, job.state) == (2, IndexJob.State.DONE)


def test_older_version_never_replaces_a_newer_wish() -> None:
    wish = {"source": "publication", "record_id": 1, "at": AT}
    assert actions.want(version=3, **wish)
    assert not actions.want(version=3, **wish) and not actions.want(version=2, **wish)
    assert IndexJob.objects.get().version == 3


def test_wish_that_came_while_the_old_one_was_done_stays(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = world.published(now=clock.now())
    IndexJob.objects.all().delete()
    actions.want(source="publication", record_id=published.pk, version=1, at=AT)
    write = actions._write

    def and_meanwhile(*given: Any) -> None:
        write(*given)
        actions.want(source="publication", record_id=published.pk, version=2, at=AT + timedelta(seconds=1))

    monkeypatch.setattr(actions, "_write", and_meanwhile)
    actions.work(now=clock.now())
    job = IndexJob.objects.get()
    assert (job.state, job.version, job.indexed_version) == (IndexJob.State.WAITING, 2, 0)
    engine().close()


def test_record_that_breaks_waits_alone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = world.published(now=clock.now(), title="读不出来的公示")
    deliver()
    IndexJob.objects.all().delete()
    monkeypatch.setitem(queries.SOURCES, "odd", "gongkai.search.tests.nowhere.doc")
    now = clock.now()
    actions.want(source="odd", record_id=1, version=1, at=now)
    actions.want(source="publication", record_id=broken.pk, version=2, at=now)
    actions.drain(now=now)
    odd = IndexJob.objects.get(source="odd")
    assert odd.attempts == 1 and odd.next_at > now and "nowhere" in odd.last_error
    assert IndexJob.objects.get(source="publication").state == IndexJob.State.DONE
    later = now + timedelta(minutes=1)
    assert not queries.caught_up(later) and queries.status(later).failing == 1
    IndexJob.objects.filter(source="odd").update(queued_at=now - timedelta(minutes=1))
    assert not readiness.checks()[0][1]


def test_lost_and_damaged_index_is_built_anew(world: World, settings: Any) -> None:
    world.published(now=clock.now(), title="望海路口袋公园建设公示")
    deliver()
    folder = Path(settings.INDEX_DIR)
    for damage in ("current", "*/meta.json", "*/*.pos"):
        for file in folder.glob(damage):
            file.unlink()
        _engines.clear()  # as another process meets it, without the files that this one holds open
        with pytest.raises(Unusable):
            titles("公园")
        assert rebuild_wish().exists()
        rebuild_wish().unlink()
        projections.rebuild()
        assert titles("公园") == ["望海路口袋公园建设公示"]


def test_work_on_an_index_damaged_unseen_builds_it_anew(world: World, settings: Any) -> None:
    world.published(now=clock.now(), title="望海路口袋公园建设公示")
    deliver()
    for file in Path(settings.INDEX_DIR).glob("*/*.pos"):
        file.unlink()
    world.published(now=clock.now(), title="海岸步道建设公示")
    deliver()
    assert titles("步道") == ["海岸步道建设公示"] and titles("公园") == ["望海路口袋公园建设公示"]


def test_running_indexer_does_the_work_and_is_asked_to_rebuild(world: World) -> None:
    writer = lock()
    assert writer.take()
    try:
        world.published(now=clock.now(), title="望海路口袋公园建设公示")
        deliver()
        assert IndexJob.objects.get().state == IndexJob.State.WAITING
        with pytest.raises(CommandError, match="已请它重建"):
            call_command("search", "rebuild", stdout=StringIO())
        assert rebuild_wish().exists()
    finally:
        writer.release()
    call_command("indexer", "--once")
    assert titles("公园") and not rebuild_wish().exists()


@pytest.mark.feature("B11")
def test_validity_turns_with_the_day(world: World) -> None:
    now = clock.now()
    day = clock.legal_day(now) + timedelta(days=5)
    world.published(now=now, title="临时停车公示", valid_until=day)
    deliver()
    assert IndexJob.objects.get().turns_on == day + timedelta(days=1)
    assert actions.queue_turned(today=day, now=now) == 0
    assert actions.queue_turned(today=day + timedelta(days=1), now=now) == 1
    assert IndexJob.objects.get().state == IndexJob.State.WAITING


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("张三丰 低保", "低保"),
        ("13800000000", ""),
        ("王小明 望海路12号3单元", None),
        ("zhang@example.com", None),
        ("370202199001010011 养老", "养老"),
        ("低保 供热", "低保 供热"),
    ],
)
def test_words_without_an_answer_are_counted_without_names(typed: str, kept: str | None) -> None:
    found = actions.without_personal_data(read(typed))
    if kept is not None:
        assert found == kept
    for private in ("张三", "王小明", "138", "zhang", "3702", "12号"):
        assert private not in found


def test_empty_answers_add_up_by_day() -> None:
    for _ in range(3):
        actions.note_empty_answer(question=read("海底隧道"), today=AT.date())
    actions.note_empty_answer(question=read("13800000000"), today=AT.date())
    assert EmptyAnswer.objects.get().times == 3
    assert {field.name for field in EmptyAnswer._meta.fields} == {"id", "day", "words", "times"}
    assert list(queries.empty_answers(since=AT.date()))[0].words == EmptyAnswer.objects.get().words


def test_commands_speak_json(world: World) -> None:
    out = StringIO()
    with pytest.raises(CommandError, match="gongkai search rebuild"):
        call_command("search", "query", "公园", stdout=out)
    published = world.published(now=clock.now(), title="望海路口袋公园建设公示")
    deliver()
    call_command("search", "rebuild", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"records": 1}
    out = StringIO()
    call_command("search", "query", "公园", "--json", stdout=out)
    found = json.loads(out.getvalue())
    assert found["total"] == 1 and found["hits"][0]["path"] == published.path


KILLED = """
import os, sys
os.environ.update(DATA_DIR=sys.argv[1], SECRET_KEY="x", DJANGO_SETTINGS_MODULE="gongkai.settings")
import django
django.setup()
from gongkai.kernel import clock
from gongkai.running import preparing
from gongkai.search import actions, queries
from gongkai.search.models import IndexJob
from gongkai.search.ports import SearchDoc
step = sys.argv[2]
def doc(pk):
    return SearchDoc(key="", version=1, path=f"/doc/{pk}.html", title=f"第{pk}号口袋公园公示")
sys.modules["made"] = type(sys)("made"); sys.modules["made"].doc = doc
queries.SOURCES["made"] = "made.doc"
if step == "prepare":
    preparing.make_tables()
    for pk in range(30):
        actions.want(source="made", record_id=pk, version=1, at=clock.now())
elif step in ("before", "between"):
    write = actions._write
    def dying(docs, gone):
        if step == "between":
            write(docs, gone)
        os.kill(os.getpid(), 9)
    actions._write = dying
    actions.drain(now=clock.now())
else:
    from gongkai.search.ports import PUBLIC
    print(IndexJob.objects.filter(state="waiting").count())
    actions.drain(now=clock.now())
    found = queries.search("公园", visibility=PUBLIC, today=clock.today()).found
    print(found.total, IndexJob.objects.filter(state="done").count())
"""


@pytest.mark.parametrize("moment", ["before", "between"])
def test_killed_indexer_loses_nothing_and_doubles_nothing(tmp_path: Path, moment: str) -> None:
    def run(step: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", textwrap.dedent(KILLED), str(tmp_path), step],
            capture_output=True,
            text=True,
            env={**os.environ, "DATABASE_URL": ""},
            check=False,
        )

    assert tmp_path != configured.DATA_DIR
    assert run("prepare").returncode == 0
    assert run(moment).returncode == -signal.SIGKILL
    after = run("after")
    assert after.stdout.split() == ["30", "30", "30"], after.stderr
