"""From quarantine to clean: what the scanner says, what it cannot say, and what a person takes on himself."""

from __future__ import annotations

import pytest

from gongkai.files import actions, readiness, states, storage, tasks
from gongkai.files.scanning import Finding, Verdict, scan
from gongkai.files.tests.test_pictures_and_scanning import Clamd, photo
from gongkai.law.refusal import Refused
from gongkai.trail.chain import SYSTEM
from gongkai.trail.models import TrailRow

pytestmark = pytest.mark.feature("D01")


@pytest.fixture(autouse=True)
def store(tmp_path, settings):
    settings.FILES_DIR, settings.CLAMD = tmp_path / "files", ""
    return settings.FILES_DIR


def taken(world, content=b"hello", name="a.txt", **more):
    return actions.take_in(content=[content], name=name, unit=None, by=SYSTEM, now=world.now, **more)


def test_every_step_of_the_table_leads_from_a_known_state_to_another():
    for step in states.STEPS:
        assert {*step.sources, step.target} <= set(states.LABELS)
        assert step.target not in step.sources
    assert states.target_of(states.REFUSED, "pass") is None  # what was deleted comes back never


def test_without_a_scanner_a_file_from_outside_waits_for_a_person(world):
    assert taken(world).state == "clean"  # of staff
    file = taken(world, outside=True)
    assert (file.state, file.scanned) == ("unscanned", False)
    with pytest.raises(Refused, match="确认打开"):
        storage.open_stored(file)
    officer = world.actor("finance.officer")
    file = actions.confirm(file=file, by=officer, now=world.now)
    assert officer.name in file.reason
    with storage.open_stored(file) as stream:
        assert stream.read() == b"hello"
    row = TrailRow.objects.get(verb="files.confirm")
    assert row.facts == {"digest": file.digest}
    with pytest.raises(Refused, match="不用确认"):
        actions.confirm(file=file, by=officer, now=world.now)


def test_a_picture_from_outside_that_was_drawn_anew_needs_nobody_s_word(world):
    assert taken(world, photo(), "卡.jpg", pictures=True, outside=True).state == "clean"
    assert taken(world, photo(), "卡.jpg", outside=True).state == "unscanned"


@pytest.mark.django_db(transaction=True)
def test_when_a_scanner_is_set_up_the_unscanned_ones_are_asked_about(world, settings):
    good, bad = (taken(world, text, outside=True) for text in (b"hello", b"VIRUS"))
    tasks.minute(world.now)
    good.refresh_from_db()
    assert good.state == "unscanned"
    scanner = Clamd()
    scanner.start()
    settings.CLAMD = scanner.address
    tasks.minute(world.now)
    scanner.door.close()
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.state, good.scanned, bad.state) == ("clean", True, "refused")
    assert not storage.path_of(bad).exists()


@pytest.mark.django_db(transaction=True)
def test_content_that_was_exchanged_while_it_waited_passes_nowhere(world, settings):
    settings.CLAMD = "127.0.0.1:9"
    file = taken(world, may_wait=True)
    storage.path_of(file).write_bytes(b"other")
    scanner = Clamd()
    scanner.start()
    settings.CLAMD = scanner.address
    tasks.minute(world.now)
    scanner.door.close()
    file.refresh_from_db()
    assert (file.state, file.scanned) == ("refused", False)
    assert "换过" in file.reason and not storage.path_of(file).exists()


def test_content_that_is_exchanged_during_the_scan_is_not_taken(world, monkeypatch, store):
    def exchanging(path):
        path.write_bytes(b"other")
        return Verdict(Finding.CLEAN)

    monkeypatch.setattr(actions, "scan", exchanging)
    with pytest.raises(Refused, match="换过内容"):
        taken(world)
    assert [path for path in store.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("address", ["127.0.0.1:9", "/nowhere/clamd.sock", "nonsense", "host:port"])
def test_a_scanner_that_is_away_says_nothing_and_breaks_nothing(tmp_path, settings, address):
    settings.CLAMD = address
    (tmp_path / "a").write_bytes(b"x")
    assert scan(tmp_path / "a").finding is Finding.UNANSWERED


def test_the_operator_is_told_that_no_scanner_is_there_or_that_it_is_away(world, settings):
    ((_, well, told, only_warns),) = readiness.checks()
    assert (well, only_warns) == (False, True) and "确认后才能打开" in told
    settings.CLAMD = "127.0.0.1:9"
    ((_, well, told, _),) = readiness.checks()
    assert not well and "没有回应" in told
    scanner = Clamd()
    scanner.start()
    settings.CLAMD = scanner.address
    assert readiness.checks()[0][1]
    scanner.door.close()
