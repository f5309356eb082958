"""The preview of an import: put right in place, nothing typed is lost, the difference, undo from the page."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.ledger.models import Plan, PlanImport, ProgressReport, Task
from gongkai.ledger.tests.test_views import HEAD, YEAR, browse, upload
from gongkai.orgs.models import UnitName

__all__ = ["browse"]
pytestmark = [pytest.mark.django_db, pytest.mark.feature("L01")]
FIRST = "1\t财政\t公开部门预算。\t区财政局\t12月底前"
SECOND = "2\t民政\t公开补贴名单。\t区民政局\t6月底前"


def look(client: Client, *lines: str) -> tuple[Any, dict[str, str]]:
    """Bring a table and get its preview with the address of the file."""
    answer = upload(client, "\n".join([HEAD, *lines]))
    query = answer.redirect_chain[-1][0].split("?")[1]
    return answer, dict(pair.split("=") for pair in query.split("&"))


def send(client: Client, given: dict[str, str], **typed: str) -> Any:
    return client.post(
        reverse("ledger:preview"), {**given, **{k.replace("_", "-"): v for k, v in typed.items()}}
    )


def test_any_row_is_put_right_in_place_and_the_words_of_the_file_stay_beside(browse: Any) -> None:
    client = browse("office.head")
    answer, given = look(client, FIRST, SECOND)
    assert "改这一行" in answer.content.decode() and 'name="units-1"' not in answer.content.decode()
    page = send(client, given, edit="1").content.decode()
    assert ">区财政局</textarea>" in page and 'name="requirement-2"' not in page
    fixed = {
        "units-1": "区财政局（牵头）、区民政局（配合）", "requirement-1": "公开部门和所属单位预算。",
        "deadline-1": "9月底前", "field-1": "财政资金", "number-1": "1",
    }  # fmt: skip
    page = client.post(reverse("ledger:preview"), {**given, **fixed, "check": "1"}).content.decode()
    assert "已改：公开领域、具体要求、责任单位、完成时限" in page and "公开部门预算。｜区财政局" in page
    stored = client.post(reverse("ledger:preview"), {**given, **fixed, "store": "1"})
    assert stored.status_code == 302
    task = Task.objects.get(number=1)
    assert (task.field, str(task.due_on)) == ("财政资金", "2026-09-30")
    assert [(one.text, one.role) for one in task.answerable.all()] == [
        ("区财政局", "lead"),
        ("区民政局", "support"),
    ]


def test_what_was_typed_in_one_row_goes_along_while_another_is_looked_at(browse: Any) -> None:
    client = browse("office.head")
    _, given = look(client, FIRST, SECOND)
    page = client.post(
        reverse("ledger:preview"),
        {**given, "deadline-1": "不知道何时", "requirement-1": "公开部门预算。", "edit": "2"},
    ).content.decode()
    assert 'value="不知道何时"' in page and "没有读懂" in page and 'name="requirement-2"' in page
    hidden = client.post(
        reverse("ledger:preview"), {**given, "deadline-1": "9月底前", "edit": "2"}
    ).content.decode()
    assert '<input type="hidden" name="deadline-1" value="9月底前">' in hidden
    assert 'name="units-1"' not in hidden


def test_field_and_requirement_are_exchanged_in_one_row_or_in_all(browse: Any) -> None:
    client = browse("office.head")
    _, given = look(client, FIRST, SECOND)
    page = send(client, given, swap_0="1", check="1").content.decode()
    assert '<td data-l="公开领域">公开部门预算。</td>' in page
    client.post(
        reverse("ledger:preview"), {**given, "swap-2": "1", "requirement-2": "公开补贴名单。", "store": "1"}
    )
    second = Task.objects.get(number=2)
    assert (second.field, second.requirement) == ("公开补贴名单。", "民政")


def test_row_that_was_left_out_is_listed_and_comes_back(browse: Any) -> None:
    client = browse("office.head")
    _, given = look(client, FIRST, SECOND)
    page = send(client, given, skip_2="1", check="1").content.decode()
    assert "不导入的行" in page and "公开补贴名单。" in page and 'name="skip-2" value="1" checked' in page
    page = send(client, given, check="1").content.decode()
    assert "不导入的行" not in page
    send(client, given, skip_2="1", store="1")
    assert [task.number for task in Task.objects.all()] == [1]


def test_same_file_again_is_read_with_what_was_put_right_and_changes_nothing(browse: Any) -> None:
    client = browse("office.head")
    _, given = look(client, FIRST.replace("12月底前", "31月底前"), SECOND)
    send(client, given, deadline_1="11月底前", store="1")
    answer, given = look(client, FIRST.replace("12月底前", "31月底前"), SECOND)
    page = answer.content.decode()
    assert "这份文件以前导入过" in page and "没有变化" in page
    before = list(Task.objects.values())
    again = client.post(
        reverse("ledger:preview"), {**given, "deadline-1": "11月底前", "store": "1"}, follow=True
    )
    assert "没有改动" in again.content.decode() and list(Task.objects.values()) == before
    assert PlanImport.objects.count() == 1


def test_changed_plan_shows_old_and_new_and_asks_about_what_is_gone(world: Any, browse: Any) -> None:
    client = browse("office.head")
    _, given = look(client, FIRST, SECOND, "3\t平台\t网站适合手机阅读。\t区民政局\t年底前")
    send(client, given, store="1")
    report = ProgressReport.objects.create(
        task=Task.objects.get(number=3), unit=world.units["civil"], text="在做。",
        by=world.people["civil.officer"], at=world.now,
    )  # fmt: skip
    answer, given = look(
        client, FIRST.replace("12月", "9月"), SECOND, "4\t平台\t新增一项任务。\t区民政局\t年底前"
    )
    page = answer.content.decode()
    assert "12月底前" in page and "9月底前" in page and "不在文件里" in page and "新增一项任务。" in page
    assert 'value="end" checked' in page
    done = client.post(reverse("ledger:preview"), {**given, "missing": "end", "store": "1"}, follow=True)
    assert "新增 1 项，更新 1 项；不在文件里的 1 项已移出或终止" in done.content.decode()
    report.refresh_from_db()
    assert report.task.ended_at is not None
    shown = client.get("/workbench/ledger/?year=2026").content.decode()
    assert "网站适合手机阅读" not in shown and "新增一项任务" in shown


def test_import_is_undone_from_its_page(world: Any, browse: Any) -> None:
    client = browse("office.head")
    _, given = look(client, FIRST, SECOND)
    send(client, given, store="1")
    done = PlanImport.objects.get()
    url = reverse("ledger:undo", args=[done.pk])
    assert url in client.get(reverse("ledger:import")).content.decode()
    assert "撤销，恢复到导入以前" in client.get(url).content.decode()
    assert browse("finance.officer").post(url).status_code == 403
    ProgressReport.objects.create(
        task=Task.objects.get(number=1), unit=world.units["finance"], text="在做。",
        by=world.people["finance.officer"], at=world.now,
    )  # fmt: skip
    refused = client.post(url)
    assert refused.status_code == 422 and "已经有进展填报" in refused.content.decode()
    ProgressReport.objects.unscoped("test").all().delete()
    assert "恢复到导入以前" in client.post(url, follow=True).content.decode()
    assert not Plan.objects.exists() and "已撤销" in client.get(reverse("ledger:import")).content.decode()


def test_two_units_with_one_alias_are_asked_for_and_never_guessed(world: Any, browse: Any) -> None:
    for unit in ("finance", "civil"):
        UnitName.objects.create(unit=world.units[unit], name="区服务中心", kind=UnitName.Kind.ALIAS)
    client = browse("office.head")
    answer, given = look(client, "1\t财政\t公开部门预算。\t区服务中心\t12月底前")
    page = answer.content.decode()
    assert "有 2 个单位都用这个名称，请选一个" in page and "待确认" in page
    send(client, given, text_1="区服务中心", name_1=str(world.units["civil"].pk), store="1")
    assert Task.objects.get().answerable.get().members.get().unit == world.units["civil"]


def test_deadline_in_the_past_is_told_and_does_not_hinder(browse: Any) -> None:
    client = browse("office.head")
    answer, given = look(client, "1\t财政\t公开部门预算。\t区财政局\t2020年6月底前")
    assert "已经过去" in answer.content.decode()
    assert send(client, given, store="1").status_code == 302


def test_plan_of_5000_rows_is_shown_by_pages_and_stays_small(browse: Any) -> None:
    client = browse("office.head")
    lines = [f"{n}\t财政\t第{n}件事要公开到位。\t区财政局\t31月底前" for n in range(1, 5001)]
    answer, given = look(client, *lines)
    page = answer.content.decode()
    assert "共 50 页" in page and page.count("<tr id=") == 100 and page.count("<input") < 600
    assert "第5000件事" in send(client, given, page="50").content.decode()


def test_preview_costs_the_same_for_1_and_30_rows(browse: Any) -> None:
    client, counts = browse("office.head"), []
    for number in (1, 30):
        _, given = look(
            client, *(f"{n}\t财政\t第{n}件事公开到位。\t区财政局\t年底前" for n in range(1, number + 1))
        )
        url = f"{reverse('ledger:preview')}?file={given['file']}&year={YEAR}"
        with CaptureQueriesContext(connection) as taken:
            assert client.get(url).status_code == 200
        counts.append(len(taken))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("number", [1, 30])
def test_list_of_imports_costs_the_same(world: Any, browse: Any, number: int) -> None:
    for at in range(number):
        PlanImport.objects.create(
            year=2000 + at, at=world.now, by=world.people["office.head"], source_name=f"{at}.docx", digest="0"
        )
    client = browse("office.head")
    client.get(reverse("ledger:import"))
    with CaptureQueriesContext(connection) as taken:
        page = client.get(reverse("ledger:import")).content.decode()
    assert "0.docx" in page or number > 20
    assert len([query for query in taken if "planimport" in query["sql"]]) == 1


def test_plan_of_which_every_row_was_left_out_says_so(browse: Any) -> None:
    client = browse("office.head")
    _, given = look(client, FIRST)
    answer = send(client, given, skip_1="1", store="1")
    assert answer.status_code == 422 and "请至少留一行" in answer.content.decode()
