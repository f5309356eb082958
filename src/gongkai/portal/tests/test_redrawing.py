"""A long list of typed records is drawn by the job; what left is gone before the request ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gongkai.kernel import outbox
from gongkai.ledger.tests.test_views import browse  # noqa: F401 -- the fixture
from gongkai.lines import LINES
from gongkai.portal import building, projection, redrawing, tree
from gongkai.publishing.models import BuildStep
from gongkai.records import actions, queries
from gongkai.records.models import RecordRow
from gongkai.records.tests.test_records import add, kind, let_out

pytestmark = [pytest.mark.django_db, pytest.mark.feature("A21")]
PART = "records"


@pytest.fixture
def site(world: Any, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A tree that stands, with few rows to a list that counts as long."""
    settings.TREE_DIR = tmp_path / "tree"
    monkeypatch.setattr(redrawing, "REDRAW_AT_ONCE", 3)
    monkeypatch.setattr(redrawing, "ROWS_A_STEP", 2)
    monkeypatch.setattr("gongkai.kernel.clock.now", lambda: world.now)
    monkeypatch.setattr("gongkai.portal.subscribers.today", lambda: world.today)
    outbox.connect(LINES)
    Path(settings.TREE_DIR).mkdir()
    Path(building._mark_name()).write_text(building.TREE_VERSION)
    return world


def files(settings: Any, code: str) -> dict[str, bytes]:
    root = Path(settings.TREE_DIR)
    found = (root / "records" / code).rglob("*") if (root / "records" / code).exists() else ()
    return {
        str(path.relative_to(root / "records" / code)): path.read_bytes()
        for path in found
        if path.is_file() and path.suffix not in (".gz", ".xlsx")  # a workbook holds the moment of its making
    }


def work(world: Any) -> None:
    while building.go_on(today=world.today):
        pass


def shown(settings: Any, code: str, word: str) -> list[str]:
    return sorted(name for name, body in files(settings, code).items() if word.encode() in body)


def test_what_is_let_out_is_drawn_by_steps_and_ends_as_if_drawn_at_once(
    site: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    few = [add(site, "projects", code=f"p{n}", name=f"项目{n}") for n in range(3)]
    more = [add(site, "projects", code=f"p{n}", name=f"项目{n}") for n in range(3, 8)]
    with django_capture_on_commit_callbacks(execute=True):
        let_out(site, "projects", *few)
    assert f"{few[0].pk}/index.html" in files(settings, "projects") and not building.waiting()
    with django_capture_on_commit_callbacks(execute=True):
        let_out(site, "projects", *more)
    assert f"{more[0].pk}/index.html" not in files(settings, "projects")
    assert queries.redrawing(kind("projects")) == queries.Redrawing(0, 5)
    work(site)
    assert not queries.redrawing(kind("projects"))
    drawn = files(settings, "projects")
    assert f"{more[-1].pk}/index.html" in drawn and "项目7" in drawn["index.html"].decode()
    projection.show_part(PART, "projects", today=site.today)
    assert files(settings, "projects") == drawn and list(tree.faults()) == []


@pytest.mark.parametrize("code", ["projects", "fees"])
def test_what_left_is_gone_everywhere_before_the_job_has_run(
    code: str, site: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    key = "code" if code == "projects" else "agency"
    rows = [add(site, code, **{"name": f"名称{n:02d}号", key: f"p{n}"}) for n in range(55)]
    with django_capture_on_commit_callbacks(execute=True):
        let_out(site, code, *rows)
    work(site)
    first, old = rows[0], rows[30]
    assert len(shown(settings, code, "名称00号")) >= 4 and "p1.html" in shown(settings, code, "名称00号")
    leader = site.actor("finance.leader")
    with django_capture_on_commit_callbacks(execute=True):
        actions.hide(kind=kind(code), ids=[first.pk, old.pk], reason="发布有误", by=leader, now=site.now)
    assert shown(settings, code, "名称00号") == [] == shown(settings, code, "名称30号")
    assert building.waiting() and "名称54号" in files(settings, code)["data.json"].decode()
    work(site)
    before = files(settings, code)
    projection.show_part(PART, code, today=site.today)
    assert files(settings, code) == before and list(tree.faults()) == []


def test_a_correction_replaces_the_words_at_once(
    site: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    rows = [add(site, "projects", code=f"p{n}", name=f"项目{n}", owner="建设单位甲") for n in range(5)]
    with django_capture_on_commit_callbacks(execute=True):
        let_out(site, "projects", *rows)
    work(site)
    row = RecordRow.objects.unscoped("test").get(pk=rows[0].pk)
    officer, leader = site.actor("finance.officer"), site.actor("finance.leader")
    actions.edit_row(
        kind=kind("projects"), row=row, values={**row.values, "name": "改名项目"}, reason="名称写错", by=officer,
        now=site.now,
    )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        actions.publish(kind=kind("projects"), ids=[row.pk], by=leader, now=site.now)
    assert shown(settings, "projects", "项目0") == []
    assert f"{row.pk}/index.html" in shown(settings, "projects", "改名项目") and building.waiting()


def test_the_last_rows_of_a_long_list_leave_no_file(
    site: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    rows = [add(site, "projects", code=f"p{n}") for n in range(5)]
    with django_capture_on_commit_callbacks(execute=True):
        let_out(site, "projects", *rows)
    with django_capture_on_commit_callbacks(execute=True):
        actions.hide(kind=kind("projects"), ids=[row.pk for row in rows], reason="发布有误",
                     by=site.actor("finance.leader"), now=site.now)  # fmt: skip
    assert files(settings, "projects") == {}
    work(site)
    assert files(settings, "projects") == {}


def test_the_workbench_says_that_pages_are_being_drawn(site: Any, browse: Any) -> None:  # noqa: F811
    rows = [add(site, "projects", code=f"p{n}") for n in range(5)]
    let_out(site, "projects", *rows)
    client = browse("finance.officer")
    at = "/workbench/records/projects/"
    assert "正在更新公开页面" not in client.get(at).content.decode()
    redrawing.put_off(PART, "projects", (), today=site.today)
    page = client.get(at).content.decode()
    assert "正在更新公开页面" in page and "共 4 步" in page and 'http-equiv="refresh"' in page
    assert "正在更新公开页面" in client.get(f"/workbench/records/row/{rows[0].pk}/").content.decode()
    BuildStep.objects.update(state=BuildStep.State.DONE)
    assert "正在更新公开页面" not in client.get(at).content.decode()
