"""A long sheet is stored by a job: the page says how far it is, a killed job begins again, nothing is half written."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.files.models import StoredFile
from gongkai.kernel import clock
from gongkai.ledger.tests.test_views import browse  # noqa: F401 -- the fixture
from gongkai.records import actions, states
from gongkai.records.actions import importing_later
from gongkai.records.models import RecordImport, RecordRow, RowJustification
from gongkai.records.rules import rows as rules
from gongkai.records.tests.test_views import AT, a_sheet, rows, send
from gongkai.trail.models import TrailRow

pytestmark = [pytest.mark.django_db, pytest.mark.feature("A21")]


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """Three rows are a long sheet here; jobs are collected."""
    asked: list[tuple[str, Any]] = []
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    monkeypatch.setattr(rules, "TOLD_EVERY", 2)
    monkeypatch.setattr("gongkai.kernel.jobs.soon", lambda function, *ids: asked.append((function, ids)))
    return asked


def queued() -> RecordImport:
    return RecordImport.objects.unscoped("test").get()


def confirm(world: Any, client: Any, code: str, *lines: dict[str, Any], **more: str) -> Any:
    url, shown = send(client, world, code, a_sheet(code, *lines))
    count = shown.split('name="rows" value="')[1].split('"')[0]
    return client.post(url, {"all": "1", "rows": count, **more})


LINES = [{"number": f"测罚〔2026〕{n}号"} for n in range(5)]


def test_the_page_says_how_far_it_is_and_then_what_came_of_it(
    world: Any,
    browse: Any,  # noqa: F811
    few: Any,
    django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = browse("finance.officer")
    with django_capture_on_commit_callbacks(execute=True):
        answer = confirm(world, client, "enforcement", *LINES)
    job = queued()
    assert answer.status_code == 302 and answer.url.endswith(f"/records/imports/{job.pk}/")
    assert few == [(importing_later.JOB, (job.pk,))] and not rows().exists()
    page = client.get(answer.url).content.decode()
    assert "正在读取表格" in page and '<noscript><meta http-equiv="refresh"' in page and "<progress" in page
    assert "正在导入：结果.xlsx" in client.get(f"{AT}enforcement/").content.decode()
    told: list[str] = []
    honest = importing_later.import_sheet

    def watched(**given: Any) -> Any:
        tell = given["tell"]

        def tells(done: int, total: int) -> None:
            tell(done, total)
            told.append(client.get(answer.url).content.decode())

        return honest(**{**given, "tell": tells})

    monkeypatch.setattr(importing_later, "import_sheet", watched)
    assert actions.go_on_import(pk=job.pk, now=clock.now())
    assert any('max="5" value="2"' in one and "已核对 2 行，共 5 行" in one for one in told)
    assert rows().count() == 5 and not StoredFile.objects.exists()
    page = client.get(answer.url).content.decode()
    assert "已写入 5 行草稿" in page and f"?batch={queued().batch_id}" in page and "http-equiv" not in page
    assert not actions.go_on_import(pk=job.pk, now=clock.now() + timedelta(hours=1)) and rows().count() == 5
    assert list(TrailRow.objects.filter(verb__startswith="records.import").values_list("verb", flat=True)) == [
        "records.import_later", "records.import",
    ]  # fmt: skip


def test_a_short_sheet_is_written_at_once_and_confirming_twice_queues_once(world: Any, browse: Any) -> None:  # noqa: F811
    client = browse("finance.officer")
    assert "imports/" not in confirm(world, client, "enforcement", *LINES[:2]).url
    assert rows().count() == 2 and not RecordImport.objects.unscoped("test").exists()
    url, _ = send(client, world, "enforcement", a_sheet("enforcement", *LINES))
    first, second = (client.post(url, {"all": "1", "rows": "5"}).url for _ in range(2))
    assert first == second == client.get(url).url and queued().pk


def test_what_is_not_understood_stores_nothing_and_is_told(world: Any, browse: Any) -> None:  # noqa: F811
    client = browse("finance.officer")
    wrong = [*LINES, {"number": "x", "decided_on": "昨天"}]
    answer = confirm(world, client, "enforcement", *wrong)
    assert actions.go_on_import(pk=queued().pk, now=clock.now())
    page = client.get(answer.url).content.decode()
    assert "没有写入任何内容" in page and "第 7 行" in page and "重新导入" in page
    assert not rows().exists() and not StoredFile.objects.exists() and queued().state == states.NOT_IMPORTED


def test_a_reason_goes_with_the_sheet(world: Any, browse: Any) -> None:  # noqa: F811
    client = browse("finance.officer")
    lines = [{"number": f"岗{n}", "contact": "13905321234"} for n in range(3)]
    confirm(world, client, "vacancies", *lines, explained="登记的经营者电话")
    actions.go_on_import(pk=queued().pk, now=clock.now())
    assert RowJustification.objects.unscoped("test").count() == 3 == rows().count()


def test_a_killed_job_begins_again_and_one_at_work_is_left_alone(
    world: Any,
    browse: Any,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    confirm(world, browse("finance.officer"), "enforcement", *LINES)
    now, pk = clock.now(), queued().pk
    honest = importing_later.import_sheet

    def killed(**given: Any) -> Any:
        honest(**{**given, "then": lambda batch: 1 / 0})

    monkeypatch.setattr(importing_later, "import_sheet", killed)
    with pytest.raises(ZeroDivisionError):
        actions.go_on_import(pk=pk, now=now)
    assert not RecordRow.objects.unscoped("test").exists() and StoredFile.objects.exists()
    monkeypatch.setattr(importing_later, "import_sheet", honest)
    assert not actions.go_on_import(pk=pk, now=now + timedelta(seconds=30))
    assert actions.take_up_imports(now=now + timedelta(minutes=5)) == 1 and rows().count() == 5
    assert actions.take_up_imports(now=now + timedelta(minutes=9)) == 0


def test_a_sheet_that_never_comes_through_is_given_up(world: Any, browse: Any) -> None:  # noqa: F811
    confirm(world, browse("finance.officer"), "enforcement", *LINES)
    RecordImport.objects.unscoped("test").update(tries=importing_later.MOST_TRIES)
    assert actions.go_on_import(pk=queued().pk, now=clock.now())
    assert queued().problem == importing_later.NEVER_DONE and not StoredFile.objects.exists()


def test_others_do_not_see_it_and_the_list_asks_the_same(world: Any, browse: Any) -> None:  # noqa: F811
    client = browse("finance.officer")
    confirm(world, client, "enforcement", *LINES)
    assert browse("civil.officer").get(f"{AT}imports/{queued().pk}/").status_code == 404
    client.get(f"{AT}enforcement/")

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{AT}enforcement/").status_code == 200
        return len(asked)

    before = count()
    job = queued()
    for at in range(4):
        job.pk, job.file, job.source_name = None, None, f"表{at}.xlsx"
        job.save()
    assert count() == before
