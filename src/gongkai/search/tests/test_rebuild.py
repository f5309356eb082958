"""An index built anew: what it could not read is not forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gongkai.search import actions, queries
from gongkai.search.engine import engine
from gongkai.search.models import IndexJob
from gongkai.search.ports import PUBLIC

NOW = datetime(2026, 10, 14, 2, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.feature("I08")]


class Shelf:
    """Records that can be found, one of which may be unreadable for a while."""

    def __init__(self) -> None:
        self.titles = {1: "滨海区既有住宅加装电梯财政补助办法", 2: "滨海区临时救助实施细则"}
        self.broken: set[int] = set()

    def __call__(self, record_id: int) -> dict[str, Any] | None:
        if record_id in self.broken:
            raise RuntimeError("cannot be read now")
        title = self.titles.get(record_id)
        return {"path": f"/doc/{record_id}.html", "title": title} if title else None


shelf = Shelf()


@pytest.fixture(autouse=True)
def _shelf(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.INDEX_DIR = tmp_path / "index"
    fresh = Shelf()
    shelf.titles, shelf.broken = fresh.titles, fresh.broken
    monkeypatch.setitem(queries.SOURCES, "shelf", lambda record_id: shelf(record_id))
    monkeypatch.setattr(queries, "import_string", lambda source: source)
    for record_id in shelf.titles:
        actions.want(source="shelf", record_id=record_id, version=1, at=NOW)


def found(text: str) -> int:
    return queries.search(text, visibility=PUBLIC, today=NOW.date()).found.total


def test_record_that_fails_in_a_rebuild_waits_again_and_is_found_later() -> None:
    assert actions.drain(now=NOW) == 2
    shelf.broken = {2}

    assert actions.rebuild(now=NOW) == 1

    assert list(IndexJob.objects.filter(state="waiting").values_list("record_id", flat=True)) == [2]
    assert not queries.caught_up(NOW + timedelta(minutes=1))
    shelf.broken = set()
    actions.drain(now=NOW)
    assert (found("电梯"), found("救助"), queries.caught_up(NOW)) == (1, 1, True)


def test_broken_record_does_not_hold_up_the_others_and_is_tried_again_later() -> None:
    shelf.broken = {1}
    actions.drain(now=NOW)
    assert (found("电梯"), found("救助")) == (0, 1)

    shelf.broken = set()
    assert actions.drain(now=NOW) == 0  # its next turn has not come yet
    actions.drain(now=NOW + timedelta(seconds=5))
    assert found("电梯") == 1


def test_index_that_is_lost_is_built_from_the_rows() -> None:
    actions.drain(now=NOW)
    (engine().folder / "current").unlink()

    shelf.titles[3] = "滨海区城市更新项目公众参与办法"
    actions.want(source="shelf", record_id=3, version=1, at=NOW)
    actions.drain(now=NOW)

    assert [found(word) for word in ("电梯", "救助", "更新")] == [1, 1, 1]


def test_crash_between_commit_and_acknowledgement_is_done_again_to_the_same_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as crash:
        crash.setattr(actions, "_acknowledge", killed)
        with pytest.raises(KeyboardInterrupt):
            actions.drain(now=NOW)
    assert IndexJob.objects.filter(state="waiting").count() == 2

    actions.drain(now=NOW)

    assert (engine().count(), found("电梯")) == (2, 1)


def test_older_version_that_arrives_late_changes_nothing() -> None:
    actions.want(source="shelf", record_id=1, version=3, at=NOW)
    actions.drain(now=NOW)

    assert not actions.want(source="shelf", record_id=1, version=2, at=NOW)
    assert not actions.want(source="shelf", record_id=1, version=3, at=NOW)
    assert not IndexJob.objects.filter(state="waiting").exists()
