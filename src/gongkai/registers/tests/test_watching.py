"""B08: what is due soon, overdue, or went out on working day 21 is listed; provisional dates are marked."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from gongkai.documents import actions as drafting
from gongkai.documents.models import Correction, Document
from gongkai.ledger.tests.test_views import browse  # noqa: F401 -- the fixture
from gongkai.publishing import guards
from gongkai.publishing.models import Publication
from gongkai.registers import actions, queries, tasks
from gongkai.registers.models import IssuedPaper, RegisterImport, RegisterTask
from gongkai.registers.tests.samples import on_site
from gongkai.registers.tests.test_registers import bring_in

pytestmark = pytest.mark.django_db


def draft(world: Any, title: str, written_on: date, openness: str = "主动公开") -> Document:
    by = world.actor("finance.officer")
    document = drafting.draft(
        unit=world.units["finance"], by=by, now=world.now, fields={"title": title, "written_on": written_on}
    )
    kept = {} if openness == "主动公开" else {"ground": "E16a", "reason": "属于内部事务信息"}
    drafting.determine(document=document, by=by, now=world.now, openness=openness, **kept)
    return document


@pytest.mark.feature("B08")
@pytest.mark.law("条例26")
def test_due_soon_and_overdue_papers_are_listed_and_what_is_kept_back_is_not(world: Any) -> None:
    draft(world, "超期的", date(2026, 9, 1))
    draft(world, "临期的", date(2026, 9, 10))
    draft(world, "还早的", date(2026, 10, 10))
    draft(world, "不公开的", date(2026, 9, 1), "不予公开")
    actor = world.actor("finance.officer")
    found = queries.running(actor, today=world.today)
    assert [(one.document.title, one.overdue) for one in found] == [("超期的", True), ("临期的", False)]
    assert found[0].due == date(2026, 9, 29) and found[0].words.startswith("超过")
    assert queries.running(world.actor("civil.officer"), today=world.today) == []
    (line,) = queries.period_lines(found, [])
    assert (line.overdue, line.soon, line.late) == (1, 1, 0)


@pytest.mark.feature("B08")
def test_published_on_working_day_21_is_overdue_and_on_day_20_is_not(world: Any, browse: Any) -> None:  # noqa: F811
    for title, day in (("按时的", 29), ("晚了的", 30)):
        at = datetime(2026, 9, day, 2, 0, tzinfo=UTC)
        one = on_site(world, "", title)
        with guards.lifted():
            Publication.objects.unscoped("test").filter(pk=one.pk).update(
                first_published_at=at, published_at=at
            )
    late = queries.went_late(world.actor("office.head"), year=2026)
    assert [(one.publication.title, one.days, one.on) for one in late] == [("晚了的", 1, date(2026, 9, 30))]
    page = browse("office.head").get("/workbench/registers/periods/?year=2026").content.decode()
    assert "晚了的" in page and "按时的" not in page
    assert browse("office.head").get("/workbench/registers/periods/?unit=x&year=9999").status_code == 200


@pytest.mark.feature("B08")
def test_a_date_beyond_the_calendar_is_provisional_never_silent(world: Any, browse: Any) -> None:  # noqa: F811
    document = draft(world, "跨年的", date(2026, 12, 20))
    assert document.due_provisional
    (found,) = queries.running(world.actor("finance.officer"), today=document.due_on or world.today)
    assert found.provisional
    Document.objects.unscoped("test").filter(pk=document.pk).update(due_on=world.today)
    assert "暂定" in browse("finance.officer").get("/workbench/registers/periods/").content.decode()


@pytest.mark.feature("B08")
@pytest.mark.law("条例26")
def test_what_is_changed_is_watched_from_its_change_and_not_from_its_forming(world: Any, browse: Any) -> None:  # noqa: F811
    on_site(world, "", "多年以前的")
    document = Document.objects.unscoped("test").get(title="多年以前的")
    by, office = world.actor("finance.officer"), world.actor("office.head")
    correction = drafting.correct(document=document, by=by, now=world.now)
    assert queries.running(by, today=world.today) == []  # formed long ago, changed today
    Correction.objects.filter(pk=correction.pk).update(changed_on=date(2026, 9, 1), due_on=date(2026, 9, 29))
    (on_day_20,) = queries.running(office, today=date(2026, 9, 29))
    assert on_day_20.changed and not on_day_20.overdue
    (on_day_21,) = queries.running(office, today=date(2026, 9, 30))
    assert on_day_21.overdue and (on_day_21.since, on_day_21.due) == (date(2026, 9, 1), date(2026, 9, 29))
    Correction.objects.filter(pk=correction.pk).update(due_provisional=True)
    page = browse("finance.officer").get("/workbench/registers/periods/").content.decode()
    assert "变更，网上仍是原来的版本" in page and "暂定" in page
    # It went out on working day 21.
    at = datetime(2026, 9, 30, 2, 0, tzinfo=UTC)
    Correction.objects.filter(pk=correction.pk).update(outcome="published", ended_at=at)
    late = [one for one in queries.went_late(office, year=2026) if one.changed]
    assert [(one.publication.title, one.days, one.on) for one in late] == [
        ("多年以前的", 1, date(2026, 9, 30))
    ]


@pytest.mark.parametrize("count", [1, 30])
def test_the_monitor_asks_as_often_for_one_row_as_for_thirty(
    world: Any,
    browse: Any,  # noqa: F811
    count: int,
    django_assert_max_num_queries: Any,
) -> None:
    for at in range(count):
        draft(world, f"第{at}份", date(2026, 9, 1))
        one = on_site(world, f"测财发〔2026〕{at}号", f"第{at}件")
        Publication.objects.unscoped("test").filter(pk=one.pk).update(
            first_published_at=world.now, published_at=world.now
        )
    client = browse("office.head")
    for address in ("periods/?year=2026", "units/", "", "copies/"):
        client.get(f"/workbench/registers/{address}")
        with django_assert_max_num_queries(16):
            assert client.get(f"/workbench/registers/{address}").status_code == 200


@pytest.mark.feature("B24")
def test_the_register_goes_out_is_corrected_and_comes_back(world: Any, browse: Any) -> None:  # noqa: F811
    client = browse("finance.officer")
    lines = ("测财发〔2026〕1号,=甲,2026-09-30,依申请,", "测财发〔2026〕2号,乙,2026-10-01,,")
    client.post(bring_in(client, world, *lines)[0])
    base = f"/workbench/registers/{world.units['finance'].pk}/2026"
    exported = client.get(f"{base}/export/")
    book = load_workbook(
        BytesIO(b"".join(exported.streaming_content) if exported.streaming else exported.content)
    )
    sheet = book.worksheets[0]
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value}
    assert "测财发〔2026〕2号" in cells and cells["=甲"].data_type == "s"
    heads = {str(cell.value).split("（")[0]: cell for cell in cells.values()}
    row, column = cells["测财发〔2026〕2号"].row, heads["公开属性"].column
    sheet.cell(row=row, column=column, value="不予公开")
    sheet.cell(row=row, column=heads["依据"].column, value="条例第十六条")
    content = BytesIO()
    book.save(content)
    upload = SimpleUploadedFile("登记簿.xlsx", content.getvalue())
    given = client.post(f"{base}/table/", {"file": upload})
    assert given.status_code == 302, given.content.decode()
    key = given.url.split("file=")[1]
    assert client.post(f"{base}/table/", {"key": key}).status_code == 302
    paper = IssuedPaper.objects.unscoped("test").get(number="测财发〔2026〕2号")
    assert (paper.openness, paper.ground) == ("不予公开", "条例第十六条")
    assert RegisterTask.objects.unscoped("test").get(kind="unmarked").state == "done"
    reading = queries.read_stored(_stored(key))
    assert reading.problems == () and not queries.changes_of(reading, world.units["finance"]).any
    assert browse("civil.officer").get(f"{base}/export/").status_code == 404


@pytest.mark.feature("B24")
def test_closing_a_line_needs_its_ground(world: Any, browse: Any) -> None:  # noqa: F811
    client = browse("finance.officer")
    client.post(bring_in(client, world, "测财发〔2026〕1号,甲,2026-09-30,依申请,")[0])
    paper = IssuedPaper.objects.unscoped("test").select_related("unit").get()
    given = {"paper": paper, "by": world.actor("finance.officer")}
    assert [one.code for one in actions.why_not_correct(openness="不予公开", ground="", **given)] == [
        "registers.ground"
    ]
    assert [one.code for one in actions.why_not_correct(openness="也许", ground="", **given)] == [
        "registers.openness"
    ]


@pytest.mark.feature("B24")
def test_a_paper_becomes_missing_by_the_passing_of_its_last_day(world: Any, browse: Any) -> None:  # noqa: F811
    client = browse("finance.officer")
    lines = "测财发〔2026〕1号,甲,2026-10-12,主动公开,"
    reading_url, _ = bring_in(client, world, lines)
    client.post(reading_url)
    RegisterTask.objects.unscoped("test").all().delete()
    RegisterImport.objects.unscoped("test").update(compared_on=None)
    due = date(2026, 11, 9)
    tasks.minute(datetime(2026, 11, 9, 2, 0, tzinfo=UTC))
    assert not RegisterTask.objects.unscoped("test").exists()
    later = datetime(2026, 11, 10, 2, 0, tzinfo=UTC)
    tasks.minute(later)
    found = RegisterTask.objects.unscoped("test").get()
    assert found.kind == "not_on_site" and str(due) in found.text
    assert queries.units_to_compare(later.date(), limit=3) == []


def _stored(key: str) -> Any:
    from gongkai.files.models import StoredFile

    return StoredFile.objects.get(key=key)
