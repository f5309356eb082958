"""A thousand mutations of rows, files and pages are all found, and nothing that was left alone is told of (B17)."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from gongkai.documents import actions as drafting
from gongkai.documents.models import Attachment, Edition
from gongkai.files import storage
from gongkai.files.models import StoredFile
from gongkai.gate.actions import read_files
from gongkai.kernel.clock import legal_day
from gongkai.orgs.models import Unit
from gongkai.portal import projection, sweeping
from gongkai.portal.tree import file_fault
from gongkai.publishing import actions, guards
from gongkai.publishing.models import (
    Damage,
    Entry,
    IndexNumber,
    IntegrityTurn,
    Listing,
    Publication,
    Release,
    TreeFile,
    Withdrawal,
)
from gongkai.publishing.tests.world import AT, World, fresh
from gongkai.trail import triggers
from gongkai.trail.models import TrailRow

pytestmark = [pytest.mark.django_db, pytest.mark.feature("B17"), pytest.mark.feature("C13")]
TODAY = legal_day(AT)
MUTATIONS = 1000
Mutator = Callable[[random.Random], Any]


@pytest.fixture
def world(tmp_path: Path, settings: Any) -> World:
    settings.TREE_DIR, settings.FILES_DIR, settings.DATA_DIR = tmp_path / "t", tmp_path / "f", tmp_path
    world = World()
    by, leader = (world.actor(world.finance, seat) for seat in ("officer", "leader"))
    document = world.approved(body="<p>第一条　甲乙丙丁戊己庚辛。</p>", valid_until=date(2030, 1, 1))
    file = stored(b"PK one" * 40)
    Attachment.objects.create(document=document, file=file, title="表")
    read_files(files=[file], by=by, now=AT)
    first = actions.publish(document=fresh(document), by=leader, now=AT)
    drafting.correct(document=fresh(document), by=by, now=AT, note="改正一个错字")
    drafting.change(document=fresh(document), by=by, now=AT, fields={"title": "改过的公示"})
    drafting.submit(document=fresh(document), by=by, now=AT)
    actions.publish(document=world.reviewed(document), by=leader, now=AT)
    ended, gone = world.published(), world.published()
    actions.withdraw(publication=ended, kind="失效", reason="有新的规定", by=leader, now=AT)
    actions.withdraw(publication=gone, kind="误发", reason="发错了文件", by=leader, now=AT)
    for one in (first, ended, gone):
        projection.show_publication(one.pk, today=TODAY)
    return world


def stored(words: bytes) -> StoredFile:
    incoming = storage.receive([words], max_bytes=1000)
    storage.keep(incoming)
    return StoredFile.objects.create(
        key=incoming.key, name="表.txt", size=incoming.size, digest=incoming.digest, kind="txt", state="clean", at=AT
    )  # fmt: skip


def faults(*layers: str) -> int:
    return sum(len(sweeping.LAYERS[layer]("", TODAY).faults) for layer in layers or sweeping.ORDER)


def other_text(text: str, dice: random.Random) -> str:
    at = dice.randrange(len(text)) if text else 0
    return text[:at] + dice.choice("零壹贰叁") + text[at + (dice.random() < 0.5) :]


def pick(rows: Any, dice: random.Random) -> Any:
    return dice.choice(list(rows.order_by("pk")))


def publications() -> Any:
    return Publication.objects.unscoped("test")


def live(dice: random.Random) -> Publication:
    return pick(publications().filter(state="live"), dice)


def change(row: Any, **values: Any) -> None:
    manager = publications() if isinstance(row, Publication) else type(row)._base_manager
    assert manager.filter(pk=row.pk).update(**values) == 1


def on_publication(dice: random.Random) -> None:
    row = pick(publications(), dice)
    shift = timedelta(seconds=dice.choice([-1, 1]) * dice.randrange(1, 10**7))
    others: list[dict[str, Any]] = [
        {"title": other_text(row.title, dice)},
        {"path": f"/doc/2026/{dice.randrange(10**4, 10**5)}.html"},
        {"version": row.version + dice.randrange(1, 9)},
        {"first_published_at": row.first_published_at - abs(shift)},
        {"published_at": row.published_at + abs(shift)},
        {"receipt": other_text(row.receipt, dice)},
        {"trail_seq": row.trail_seq + dice.randrange(1, 9)},
        {"digest": f"{dice.getrandbits(256):064x}"},
        {"state": "withdrawn" if row.state == "live" else "live"},
        {"expired": not row.expired},
        {"unit": Unit.objects.exclude(pk=row.unit_id).first()},
        {"edition": Edition.objects.exclude(pk=row.edition_id).exclude(pk=row.edition_id).first()},
    ]
    change(row, **dice.choice(others))


def on_dates(dice: random.Random) -> None:
    row = live(dice)
    change(row, turns_on=TODAY + timedelta(days=dice.randrange(1, 900)))


def on_edition(dice: random.Random) -> None:
    row = pick(Edition.objects, dice)
    fields = dict(row.fields)
    name = dice.choice(sorted(fields))
    fields[name] = (
        [other_text(str(fields[name]), dice)] if isinstance(fields[name], list) else f"{fields[name]}改"
    )
    files = json.loads(json.dumps(row.attachments)) or [
        {"id": 1, "title": "多", "kind": "txt", "size": 1, "digest": "0"}
    ]
    files[0][dice.choice(["title", "digest", "kind"])] += "改"
    others: list[dict[str, Any]] = [
        {"fields": fields},
        {"body": other_text(row.body, dice)},
        {"attachments": files},
        {"digest": f"{dice.getrandbits(256):064x}"},
        {"made_at": row.made_at - timedelta(days=dice.randrange(1, 99))},
        {"change_note": other_text(row.change_note, dice)},
        {"number": row.number + 5},
    ]
    change(row, **dice.choice(others))


def on_release(dice: random.Random) -> None:
    row = pick(Release.objects, dice)
    others: list[dict[str, Any]] = [
        {"version": row.version + 1},
        {"receipt": other_text(row.receipt, dice)},
        {"published_at": row.published_at - timedelta(minutes=dice.randrange(1, 10**5))},
        {"digest": f"{dice.getrandbits(256):064x}"},
        {"trail_seq": row.trail_seq + 1},
    ]
    if dice.random() < 0.2:
        row.delete()
    else:
        change(row, **dice.choice(others))


def on_withdrawal(dice: random.Random) -> None:
    row = pick(Withdrawal.objects, dice)
    if dice.random() < 0.3:
        row.delete()
    else:
        change(row, **dice.choice([{"reason": other_text(row.reason, dice)}, {"version": row.version + 1}, {"kind": "并入", "successor": live(dice)}]))  # fmt: skip


def on_others(dice: random.Random) -> None:
    what = dice.randrange(4)
    if what == 0:
        row = pick(IndexNumber.objects, dice)
        change(row, number=other_text(row.number, dice))
    elif what == 1:
        row = pick(Entry.objects, dice)
        change(row, present=not row.present)
    elif what == 2:
        change(pick(Listing.objects, dice), present=dice.randrange(50, 99))
    else:
        change(pick(StoredFile.objects, dice), digest=f"{dice.getrandbits(256):064x}")


def on_places(dice: random.Random) -> None:
    """Two entries of a list change places, or one is moved to a place that was never given."""
    listing = dice.choice([row for row in Listing.objects.order_by("pk") if row.last > 1])
    one, other = dice.sample(list(Entry.objects.filter(listing=listing).order_by("pk")), 2)
    change(one, position=10**6)
    if dice.random() < 0.8:
        change(other, position=one.position)
        change(one, position=other.position)


def on_listed(dice: random.Random) -> None:
    """Two entries, of one list or of two, change their records, not their places."""
    rows = list(Entry.objects.order_by("pk"))
    while True:
        one, other = dice.sample(rows, 2)
        if one.publication_id == other.publication_id:
            continue
        held = Entry.objects.filter(listing=other.listing_id, publication=one.publication_id)
        there = Entry.objects.filter(listing=one.listing_id, publication=other.publication_id)
        if one.listing_id == other.listing_id or not (held.exists() or there.exists()):
            break
    swap_records(one, other)
    if dice.random() < 0.3:  # with their seals
        change(one, seal=other.seal)
        change(other, seal=one.seal)


def swap_records(one: Entry, other: Entry) -> None:
    """A record stands once in a list, so the first goes to an empty list in between."""
    nowhere, _ = Listing.objects.get_or_create(address="/nowhere", defaults={"changed_at": AT})
    change(one, listing=nowhere)
    change(other, publication=one.publication_id)
    change(one, publication=other.publication_id)
    change(one, listing=one.listing_id)
    nowhere.delete()


def on_trail(dice: random.Random) -> None:
    row = dice.choice(list(TrailRow.objects.order_by("seq")))
    change(row, **dice.choice([{"note": row.note + "改"}, {"facts": {**row.facts, "path": "/x"}}, {"at": row.at - timedelta(1)}, {"actor_name": "别人"}]))  # fmt: skip


@contextmanager
def touched(path: Path) -> Iterator[None]:
    """Whatever is done to a file is undone."""
    body, stat = path.read_bytes(), path.stat()
    yield
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    assert stat.st_size == len(body)


def spoil(path: Path, dice: random.Random) -> None:
    body = bytearray(path.read_bytes())
    what = dice.randrange(4)
    if what == 0:
        path.unlink()
    elif what == 1:
        body[dice.randrange(len(body))] ^= 1 << dice.randrange(8)
        path.write_bytes(body)
    elif what == 2:
        path.write_bytes(body[: dice.randrange(len(body))])
    else:
        path.write_bytes(bytes(body) + b'<a hidden href="https://bad.test">x</a>')


def test_a_thousand_mutations_are_all_found(world: World, settings: Any) -> None:
    dice = random.Random(20261129)
    rows: dict[str, tuple[Mutator, tuple[str, ...]]] = {
        "publication": (on_publication, ("记录",)),
        "dates": (on_dates, ("记录",)),
        "edition": (on_edition, ("记录",)),
        "release": (on_release, ("记录",)),
        "withdrawal": (on_withdrawal, ("记录",)),
        "others": (on_others, ("记录", "原件", "留痕")),
        "trail": (on_trail, ("留痕",)),
        "places": (on_places, ("留痕",)),
        "listed": (on_listed, ("记录",)),
    }
    pages = [path for path in Path(settings.TREE_DIR).rglob("*") if path.is_file() and path.name[0] != "."]
    blobs = [storage.path_of(one) for one in StoredFile.objects.all()]
    assert faults() == 0
    missed = []
    guards.drop_guards()
    drop_trail()
    for number in range(MUTATIONS):
        kind = dice.choice([*rows, "page", "page", "blob", "stray"])
        if kind in rows:
            mutate, layers = rows[kind]
            with transaction.atomic():
                mutate(dice)
                found = faults(*layers)
                transaction.set_rollback(True)
        elif kind == "stray":
            path = Path(settings.TREE_DIR) / dice.choice(["x.html", "doc/2026/9.html", "open/shell.php"])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"x")
            found = faults("多出")
            path.unlink()
        else:
            path = dice.choice(pages if kind == "page" else blobs)
            with touched(path):
                spoil(path, dice)
                found = page_is_told(settings, path) if kind == "page" else faults("原件")
        if not found:
            missed.append((number, kind))
    guards.set_guards()
    triggers.set_triggers()
    assert missed == []
    assert faults() == 0


def page_is_told(settings: Any, path: Path) -> bool:
    """A packed twin that still unpacks to its page shows nobody anything else; every other change is told."""
    page = Path(str(path).removesuffix(".gz"))
    row = TreeFile.objects.get(path=str(page).removeprefix(str(settings.TREE_DIR)))
    if file_fault(row):
        return True
    return path != page and gzip.decompress(path.read_bytes()) == page.read_bytes()


def drop_trail() -> None:
    of_table = "" if connection.vendor == "sqlite" else f" ON {triggers.TABLE}"
    with connection.cursor() as cursor:
        for name in triggers.NAMES:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{of_table}")


def test_nothing_untouched_is_told_of(world: World) -> None:
    checked = 0
    for _ in range(3):
        sweep = sweeping.turn(AT)
        checked += sweep.checked
        assert sweep.found == 0
    assert checked > 300 and not Damage.objects.exists()


@pytest.mark.parametrize("times", [1, 2])
def test_entries_that_changed_places_are_told_with_their_list(world: World, times: int) -> None:
    world.published()
    assert faults() == 0
    listing = next(row for row in Listing.objects.order_by("address") if row.last > 2)
    rows = list(Entry.objects.filter(listing=listing).order_by("pk"))
    for one, other in [(rows[0], rows[1]), (rows[1], rows[2])][:times]:
        here, there = (Entry.objects.get(pk=row.pk).position for row in (one, other))
        change(one, position=10**6)
        change(other, position=here)
        change(one, position=there)
    sweeping.turn(AT)
    row = Damage.objects.get(layer="留痕")
    assert (row.path, row.restored_at) == (listing.address, None)
    # Each of the records is told as well: its place is not the one that was sealed for it.
    assert Damage.objects.filter(layer="记录").count() == times + 1
    assert row.what == f"列表里有 {times + 1} 条的次序被改过"


def test_records_that_changed_places_in_a_list_are_both_told(world: World) -> None:
    world.published()
    assert faults() == 0
    listing = next(row for row in Listing.objects.order_by("address") if row.last > 2)
    one, other = list(Entry.objects.filter(listing=listing).order_by("pk"))[:2]
    swap_records(one, other)
    sweeping.turn(AT)
    what = f"列表 {listing.address} 里的位置不是公开时给这条的"
    assert {(row.layer, row.what) for row in Damage.objects.all()} == {("记录", what)}
    paths = publications().filter(pk__in=[one.publication_id, other.publication_id])
    assert {row.path for row in Damage.objects.all()} == {row.path for row in paths}


def test_damaged_page_is_restored_and_told(world: World, settings: Any) -> None:
    from gongkai.publishing import desk

    publication = publications().filter(state="live").first()
    page = Path(str(settings.TREE_DIR) + publication.path)
    whole = page.read_bytes()
    page.write_bytes(whole.replace("公示".encode(), "公告".encode()))
    (page.parent / "shell.php").write_bytes(b"<?php")
    sweeping.turn(AT)
    assert page.read_bytes() == whole and not (page.parent / "shell.php").exists()
    rows = {row.layer: row for row in Damage.objects.all()}
    assert set(rows) == {"页面", "多出"} and all(row.restored_at for row in rows.values())
    kept = Path(settings.DATA_DIR) / rows["页面"].evidence
    assert "公告".encode() in kept.read_bytes()
    office = world.actor(world.office, "disclosure")
    item = next(one for one in desk.tasks_for(office, TODAY) if one.rail == "publishing-integrity")
    assert "2 处" in item.title
    sweeping.turn(AT)
    assert Damage.objects.count() == 2
    actions.close_damage(damage=rows["页面"], by=office, now=AT, finding="服务器被人改动，已更换口令")
    assert not [one for one in desk.tasks_for(office, TODAY) if "2 处" in one.title]


def test_page_is_not_restored_from_an_altered_record(world: World, settings: Any) -> None:
    publication = publications().filter(state="live").first()
    page = Path(str(settings.TREE_DIR) + publication.path)
    with guards.lifted():
        Edition.objects.filter(pk=publication.edition_id).update(body="<p>假的正文</p>")
    page.write_bytes(page.read_bytes() + b" ")
    sweeping.turn(AT)
    assert "假的正文" not in page.read_text()
    assert Damage.objects.filter(layer="记录").exists()
    assert Damage.objects.get(layer="页面").restored_at is None


def test_the_turn_goes_on_where_it_stopped(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "AT_ONCE", {"记录": 1, "原件": 1, "页面": 5})
    for _ in range(500):
        if sweeping.minute(AT, seconds=0).ended_at:  # type: ignore[union-attr]
            break
    sweep = IntegrityTurn.objects.get()
    assert sweep.ended_at and sweep.found == 0
    assert sweep.checked >= 3 + 3 + TreeFile.objects.count()
    assert sweeping.minute(AT + timedelta(hours=1)) is None
    assert sweeping.minute(AT + timedelta(hours=21)) is not None
