"""A register comes in, its faults become tasks, are explained, vanish, and come back."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.ledger.tests.test_views import browse  # noqa: F401 -- the fixture
from gongkai.registers import actions, queries, states
from gongkai.registers.desk import tasks_for
from gongkai.registers.models import IssuedPaper, RegisterTask

pytestmark = [pytest.mark.django_db, pytest.mark.feature("B24")]
HEAD = "文号,公文标题,成文日期,公开属性,依据"


def a_file(*lines: str, encoding: str = "gbk") -> SimpleUploadedFile:
    return SimpleUploadedFile("登记簿.csv", "\r\n".join((HEAD, *lines)).encode(encoding))


def rows() -> list[RegisterTask]:
    return list(RegisterTask.objects.unscoped("test").order_by("pk"))


def bring_in(client: Any, world: Any, *lines: str) -> Any:
    answer = client.post(
        "/workbench/registers/import/", {"unit": world.units["finance"].pk, "file": a_file(*lines)}
    )
    assert answer.status_code == 302, answer.content.decode()
    shown = client.get(answer.url)
    return answer.url, shown.content.decode()


def test_a_gbk_csv_is_shown_stored_explained_and_the_same_again_changes_nothing(
    world: Any,
    browse: Any,  # noqa: F811
) -> None:
    client = browse("finance.officer")
    lines = ("测财发〔2026〕1号,=甲,2026-09-30,依申请,", "测财发(2026)3号,乙,2026-10-01,,")
    url, shown = bring_in(client, world, *lines)
    assert "读到 2 件" in shown and "测财发〔2026〕2号" in shown and not rows()
    assert client.post(url).status_code == 302
    assert [(one.kind, one.number) for one in rows()] == [
        ("gap", "测财发〔2026〕2号"),
        ("unmarked", "测财发〔2026〕3号"),
    ]
    client.post(bring_in(client, world, *lines)[0])
    assert len(rows()) == 2 and IssuedPaper.objects.unscoped("test").count() == 2
    actor = world.actor("finance.officer")
    assert len(tasks_for(actor, world.today)) == 2 and not tasks_for(
        world.actor("civil.officer"), world.today
    )
    gap = rows()[0]
    with pytest.raises(Refused):
        actions.explain(task=gap, reason=" ", by=actor, now=clock.now())
    assert client.post(f"/workbench/registers/tasks/{gap.pk}/explain/", {"reason": "作废"}).status_code == 302
    assert (
        browse("civil.officer")
        .post(f"/workbench/registers/tasks/{gap.pk}/explain/", {"reason": "作废"})
        .status_code
        == 404
    )
    url, shown = bring_in(client, world, lines[0], "测财发〔2026〕3号,乙,2026-10-01,依申请公开,")
    assert "改动 1 件" in shown
    client.post(url)
    assert [one.state for one in rows()] == [states.EXPLAINED, states.DONE]
    total = queries.issued_in_year(world.units["finance"], 2026)
    assert total.registered == 2 and not total.differs
    client.post("/workbench/registers/total/", {"year": 2026, "count": 3})
    assert queries.issued_in_year(world.units["finance"], 2026).words == "年报写 3 件，相差 1 件"
    assert "相差 1 件" in client.get("/workbench/registers/").content.decode()
    assert browse("office.head").get("/workbench/registers/units/").status_code == 200


def test_bad_rows_are_told_and_nothing_is_stored(world: Any, browse: Any) -> None:  # noqa: F811
    client = browse("finance.officer")
    url, shown = bring_in(client, world, "没有号,甲,不是日期,也许,")
    assert "A2" in shown and "C2" in shown and "D2" in shown
    assert client.post(url).status_code == 422
    assert not IssuedPaper.objects.unscoped("test").exists()
    assert client.get("/workbench/registers/copies/").status_code == 200
