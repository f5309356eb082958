"""Clerks' pages: a sheet of a thousand rows, bad sheets, the form of a schema, the round trip, a type without code."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from gongkai.files.models import StoredFile
from gongkai.ledger.tests.test_views import browse  # noqa: F401 -- the fixture
from gongkai.records import queries, states
from gongkai.records.models import RecordBatch, RecordRow
from gongkai.records.tests.test_records import add, fresh, kind, let_out, values_of

pytestmark = pytest.mark.django_db
AT = "/workbench/records/"


def rows() -> Any:
    return RecordRow.objects.unscoped("test")


def a_sheet(code: str, *lines: dict[str, Any], above: int = 0) -> SimpleUploadedFile:
    """The given rows under the labels of the type; the rest of each row is filled."""
    fields = kind(code).fields
    book = Workbook()
    page = book.active
    assert page is not None
    for _ in range(above):
        page.append(["区财政局公示表"])
    page.append([field.label for field in fields])
    for line in lines:
        full = {**values_of(code), **line}
        page.append([full.get(field.name, "") for field in fields])
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("结果.xlsx", out.getvalue())


def send(client: Any, world: Any, code: str, file: SimpleUploadedFile) -> tuple[str, str]:
    answer = client.post(f"{AT}{code}/import/", {"unit": world.units["finance"].pk, "file": file})
    assert answer.status_code == 302, answer.content.decode()
    return answer.url, client.get(answer.url).content.decode()


@pytest.mark.feature("A21")
def test_a_thousand_results_come_in_at_once_with_a_report_by_row(world: Any, browse: Any) -> None:  # noqa: F811
    client = browse("finance.officer")
    lines = [{"number": f"测罚〔2026〕{n}号"} for n in range(1, 1001)]
    lines[6]["decided_on"], lines[7]["kind"], lines[8]["party"] = "昨天", "罚", ""
    lines[9]["number"], lines[10]["result"] = lines[5]["number"], "=1+1"
    url, shown = send(client, world, "enforcement", a_sheet("enforcement", *lines, above=1))
    assert "5 行没有读懂" in shown and not rows().exists()
    for place in ("9", "10", "11", "12", "13"):  # the head stands in row 2
        assert f'data-l="文件第几行">{place}<' in shown
    assert "不是日期" in shown and "与第8行重复" in shown and "公式" in shown
    answer = client.post(url, {"all": "1"})
    assert answer.status_code == 422 and not rows().exists()
    assert client.post(url, {"only": "1"}).status_code == 302
    assert rows().count() == 995 and RecordBatch.objects.unscoped("test").get().count == 995
    assert not StoredFile.objects.exists()
    batch = RecordBatch.objects.unscoped("test").get()
    everything = {"all": "1", "batch": batch.pk}
    client.post(f"{AT}enforcement/act/", {**everything, "verb": "submit"})
    client.post(f"{AT}enforcement/act/", {**everything, "verb": "publish"})
    assert not rows().filter(state=states.LIVE).exists()
    browse("finance.leader").post(f"{AT}enforcement/act/", {**everything, "verb": "publish"})
    assert rows().filter(state=states.LIVE).count() == 995
    url, shown = send(client, world, "enforcement", a_sheet("enforcement", *lines[:2], {"number": "新1号"}))
    assert "<b>1</b>行新增" in shown and "<b>2</b>行已有，内容相同" in shown


@pytest.mark.feature("A29")
@pytest.mark.parametrize(
    "code", ["licences", "fees", "procurement", "emergency", "recruitment", "statistics"]
)
def test_each_of_the_six_types_takes_a_thousand_rows_and_ends_by_its_own_rule(
    code: str,
    world: Any,
    browse: Any,  # noqa: F811
) -> None:
    k = kind(code)
    own = k.key[-1] if k.field(k.key[-1]).kind == "string" and not k.field(k.key[-1]).choices else k.key[0]
    lines = [{own: f"甲{n}号", **({k.ends_with: "2026-12-01"} if k.ends_with else {})} for n in range(1000)]
    client = browse("finance.officer")
    url, shown = send(client, world, code, a_sheet(code, *lines))
    assert "<b>1000</b>行新增" in shown, shown
    client.post(url, {"all": "1"})
    client.post(f"{AT}{code}/act/", {"all": "1", "verb": "submit"})
    browse("finance.leader").post(f"{AT}{code}/act/", {"all": "1", "verb": "publish"})
    assert rows().filter(code=code, state=states.LIVE, public_until__isnull=False).count() == 1000
    assert k.item.startswith("20-") and queries.item_of_kind(k).code == k.item


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("坏.csv", "甲,乙\n1,2\n".encode(), "没有找到表头"),
        ("缺列.csv", "决定书文号,类别\n1,行政处罚\n".encode("gbk"), "表头缺这一列"),
        ("多列.csv", "决定书文号,决定书文号\n1,1\n".encode(), "表头有两列同名"),
        ("空.xlsx", b"PK\x03\x04broken", ""),
    ],
)
def test_a_wrong_sheet_is_told_and_stores_nothing(
    name: str,
    content: bytes,
    said: str,
    world: Any,
    browse: Any,  # noqa: F811
) -> None:
    client = browse("finance.officer")
    file = SimpleUploadedFile(name, content)
    answer = client.post(f"{AT}enforcement/import/", {"unit": world.units["finance"].pk, "file": file})
    shown = answer if answer.status_code == 422 else client.get(answer.url)
    assert said in shown.content.decode() and "请" in shown.content.decode()
    if answer.status_code == 302:
        assert client.post(answer.url, {"all": "1"}).status_code == 422
        assert client.post(answer.url, {"drop": "1"}).status_code == 302
    assert not rows().exists() and not StoredFile.objects.exists()


def test_a_hundred_thousand_rows_are_refused_with_what_to_do(world: Any, browse: Any) -> None:  # noqa: F811
    labels = [field.label for field in kind("fees").fields]
    line = ",".join(["甲"] * 4 + ["2026-01-01", ""])
    body = "\n".join([",".join(labels), *(f"乙{n},{line}" for n in range(100_000))])
    _, shown = send(
        browse("finance.officer"), world, "fees", SimpleUploadedFile("大.csv", body.encode("gbk"))
    )
    assert (
        "没有读成" in shown and ("拆成几个文件" in shown or "分成几个文件" in shown) and not rows().exists()
    )


def test_a_form_made_from_the_schema_and_a_type_that_is_only_a_file(world: Any, browse: Any) -> None:  # noqa: F811
    office, officer = browse("office.head"), browse("finance.officer")
    declared = {
        "name": "bridges", "title": "桥梁养护", "x-catalogue-item": "21-01", "primaryKey": "number",
        "fields": [
            {"name": "number", "title": "编号", "constraints": {"required": True}},
            {"name": "checked_on", "title": "检查日期", "type": "date"},
        ],
    }  # fmt: skip

    def file(given: object) -> dict[str, Any]:
        return {"file": SimpleUploadedFile("桥.json", json.dumps(given).encode())}

    assert officer.get(f"{AT}types/add/").status_code == 403
    assert "x-page" in office.post(f"{AT}types/add/", file({**declared, "x-page": "map"})).content.decode()
    assert office.post(f"{AT}types/add/", file({**declared, "name": "fees"})).status_code == 422
    assert office.post(f"{AT}types/add/", file(declared)).status_code == 302
    form = officer.get(f"{AT}bridges/add/").content.decode()
    assert "检查日期" in form and 'type="date"' in form
    unit = world.units["finance"].pk
    bad = officer.post(f"{AT}bridges/add/", {"unit": unit, "f_number": "", "f_checked_on": "2026-02-30"})
    assert (
        bad.status_code == 422 and "不是日期" in bad.content.decode() and "2026-02-30" in bad.content.decode()
    )
    good = officer.post(f"{AT}bridges/add/", {"unit": unit, "f_number": "桥1", "f_checked_on": "2026-02-28"})
    assert good.status_code == 302 and rows().get().values["checked_on"] == "2026-02-28"
    without = {**declared, "fields": declared["fields"][:1]}
    assert "不能去掉" in office.post(f"{AT}types/add/", file(without)).content.decode()
    assert office.post(f"{AT}types/bridges/retire/").status_code == 302
    assert "停用" in officer.post(f"{AT}bridges/add/", {"unit": unit, "f_number": "桥2"}).content.decode()


def test_rows_go_out_and_come_back_and_only_what_was_changed_is_written(
    world: Any,
    browse: Any,  # noqa: F811
    tmp_path: Path,
) -> None:
    row = add(world, "enforcement", number="1", party="@SUM(A1)")
    client = browse("finance.officer")
    csv = client.get(f"{AT}enforcement/export/?format=csv").content.decode()
    assert "'@SUM" in csv
    book = load_workbook(io.BytesIO(client.get(f"{AT}enforcement/export/").content))
    page = book.worksheets[0]
    heads = {str(cell.value).replace("（填写）", ""): cell.column for cell in page[3]}
    assert page.cell(4, heads["相对人名称"]).data_type == "s"
    page.cell(4, heads["执法结果"], "罚款五百元")
    out = io.BytesIO()
    book.save(out)
    answer = client.post(f"{AT}enforcement/table/", {"file": SimpleUploadedFile("改.xlsx", out.getvalue())})
    shown = client.get(answer.url).content.decode()
    assert "罚款五百元" in shown and "1</b>行有改动" in shown
    seen = shown.split('name="seen" value="')[1].split('"')[0]
    key = answer.url.split("file=")[1]
    assert client.post(f"{AT}enforcement/table/", {"key": key, "seen": seen, "all": "1"}).status_code == 302
    assert fresh(row).values["result"] == "罚款五百元" and fresh(row).values["party"].startswith("@SUM")


def test_pages_of_a_row_show_what_can_be_done_and_refuse_others(world: Any, browse: Any) -> None:  # noqa: F811
    row = add(world, "health")
    officer = browse("finance.officer")
    assert "送审" in officer.get(f"{AT}row/{row.pk}/").content.decode()
    form = officer.get(f"{AT}row/{row.pk}/submit/").content.decode()
    assert "指定 2 位审批人" in form
    people = [world.people["finance.reviewer"].pk, world.people["finance.leader"].pk]
    assert officer.post(f"{AT}row/{row.pk}/submit/", {"approvers": people[:1]}).status_code == 422
    assert officer.post(f"{AT}row/{row.pk}/submit/", {"approvers": people}).status_code == 302
    for name in ("finance.reviewer", "finance.leader"):
        client = browse(name)
        assert "同意公开" in client.get(f"{AT}row/{row.pk}/").content.decode()
        client.post(f"{AT}row/{row.pk}/approve/")
    assert fresh(row).state == states.LIVE
    assert browse("civil.officer").get(f"{AT}row/{row.pk}/").status_code == 404
    page = officer.get(f"{AT}row/{row.pk}/edit/").content.decode()
    assert "修改原因" in page
    leader = browse("finance.leader")
    leader.post(f"{AT}health/act/", {"row": row.pk, "verb": "hide", "reason": ""})
    assert fresh(row).state == states.LIVE
    leader.post(f"{AT}health/act/", {"row": row.pk, "verb": "hide", "reason": "内容有误"})
    assert fresh(row).state == states.HIDDEN


def test_the_table_takes_the_same_queries_for_one_row_and_for_thirty(world: Any, browse: Any) -> None:  # noqa: F811
    client = browse("finance.officer")
    add(world, "projects", code="p0", by="finance.officer")
    client.get(f"{AT}projects/")

    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    before = count(f"{AT}projects/"), count(AT)
    for at in range(1, 30):
        add(world, "projects", code=f"p{at}", name=f"项目{at}")
    assert (count(f"{AT}projects/"), count(AT)) == before
    let_out(world, "projects", *rows().filter(code="projects"))
    assert count(f"{AT}projects/") == before[0]
