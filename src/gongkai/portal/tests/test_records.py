"""Typed records in public: lists, stages, chains, look-ups, vacancies; the same rows as data."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from gongkai.portal.pages.records import PART, draw, facet_address
from gongkai.portal.pages.scene import scene
from gongkai.publishing import walk
from gongkai.records import actions
from gongkai.records.models import DeclaredType, LookupUse, RecordRow
from gongkai.records.rules.harvest import FILES, LOOKS
from gongkai.records.tests.test_records import add, kind, let_out
from gongkai.search.models import IndexJob
from gongkai.search.queries import doc_of
from gongkai.trail import installation
from gongkai.trail.models import TrailRow

pytestmark = pytest.mark.django_db


def drawn(world: Any, key: str = "", *, days: int = 0) -> dict[str, str]:
    outputs = draw(scene(world.today + timedelta(days=days)), key)
    assert {one.record.split(":")[0] for one in outputs} <= {"records", "list"}
    return {one.path: one.body.decode(errors="replace") for one in outputs}


def in_search(code: str) -> Any:
    """The list as the index would take it up now."""
    declared = DeclaredType.objects.get(code=code)
    return doc_of(IndexJob(source="record_list", record_id=declared.pk, version=declared.version))


@pytest.mark.feature("M02")
@pytest.mark.feature("A21")
def test_a_list_is_the_same_on_the_page_and_as_data_with_masks(world: Any) -> None:
    rows = [
        add(world, "enforcement", number=f"{n}号", party="@甲公司", party_id="11010519491231002X",
            decided_on=f"2026-09-{n:02d}") for n in range(1, 4)
    ]  # fmt: skip
    let_out(world, "enforcement", *rows)
    files = drawn(world, "enforcement")
    page = files["/records/enforcement/index.html"]
    assert page.index("3号") < page.index("1号") and "110105**********2X" in page and "1949" not in page
    assert 'name="ColumnType"' in page and "条例第二十条第六项" in page and "7个工作日" in page
    data = list(csv.reader(io.StringIO(files["/records/enforcement/data.csv"].lstrip("\ufeff"))))
    assert data[1][4] == "'@甲公司" and data[1][5] == "110105**********2X" and len(data) == 4
    found = json.loads(files["/records/enforcement/data.json"])
    assert [row["number"] for row in found] == ["3号", "2号", "1号"]
    body = next(o.body for o in draw(scene(world.today), "enforcement") if o.path.endswith("data.xlsx"))
    sheet = load_workbook(io.BytesIO(body)).worksheets[0]
    assert sheet.cell(2, 5).value == "@甲公司" and sheet.cell(2, 5).data_type == "s"
    for row in found:
        assert all(value in page for value in row.values() if value)
    names = {one["name"] for one in json.loads(files["/records/enforcement/fields.json"])["fields"]}
    assert names | {"unit"} == set(found[0])
    assert "1949" not in "".join(files.values())
    assert "/records/enforcement/" in files["/open/20-06/index.html"]
    assert "/records/" in files["/open/index.html"] and "行政执法结果" in files["/records/index.html"]
    assert files["/records/enforcement/feed.atom"].count("<entry>") == 3


def test_pages_are_counted_from_the_oldest_and_a_hidden_type_leaves_no_file(world: Any) -> None:
    rows = [
        add(world, "fees", name=f"费{n}", from_on=f"2025-{1 + n // 28:02d}-{1 + n % 28:02d}")
        for n in range(51)
    ]
    let_out(world, "fees", *rows)
    files = drawn(world, "fees")
    assert "费0<" in files["/records/fees/p1.html"] and "费50<" in files["/records/fees/p2.html"]
    assert "费50<" in files["/records/fees/index.html"] and "费0<" not in files["/records/fees/index.html"]
    actions.hide(kind=kind("fees"), ids=[row.pk for row in rows], reason="误发", by=world.actor("finance.leader"),
                 now=world.now)  # fmt: skip
    assert not [path for path in drawn(world, "fees") if path.startswith("/records/fees/")]
    assert PART.daily


@pytest.mark.feature("A20")
def test_a_project_shows_its_stages_in_order_and_the_missing_one(world: Any) -> None:
    row = add(
        world,
        "projects",
        name="望潮路改造",
        code="2026-1",
        approval_on="2026-01-05",
        building_on="2026-06-01",
    )
    let_out(world, "projects", row)
    page = drawn(world, "projects")[f"/records/projects/{row.pk}/index.html"]
    places = [page.index(f"　{word}</p>") for word in ("批准", "招标投标", "征收", "施工", "竣工")]
    assert places == sorted(places) and "招标投标缺失" in page and "征收缺失" not in page
    from gongkai.records.desk import tasks_for

    assert any("招标投标缺失" in one.title for one in tasks_for(world.actor("finance.officer"), world.today))


@pytest.mark.feature("A22")
def test_an_accident_shows_three_linked_records_and_an_overdue_review_warns(
    world: Any, tmp_path: Any
) -> None:
    paper = tmp_path / "报告.txt"
    paper.write_text(
        "测试区应急管理局关于某事故调查报告的公告\n\n各有关单位：\n现予公布。\n\n测试区财政局\n2026年9月1日\n",
        encoding="utf-8",
    )
    installation.mark(kind=installation.DEMO, at=world.now)
    document = walk.publish_file(path=paper, unit=world.units["finance"], openness="主动公开", now=world.now)
    row = add(world, "accidents", name="某较大事故", happened_on="2024-05-01", report_on="2024-08-01",
              closed_on="2024-09-02", report_doc=document.path, blame_on="2024-11-01")  # fmt: skip
    let_out(world, "accidents", row)
    page = drawn(world, "accidents")[f"/records/accidents/{row.pk}/index.html"]
    assert page.index("事故调查") < page.index("责任追究") < page.index("整改评估")
    assert "整改评估逾期" in page and "2025-09-02" in page and document.path in page.replace("../", "/")
    with pytest.raises(Exception, match="没有公开"):
        add(world, "accidents", name="另一", report_doc="/doc/nowhere.html")


@pytest.mark.feature("A14")
def test_plans_are_found_by_period_and_street_and_lead_to_their_successor(world: Any) -> None:
    old = add(
        world,
        "plans",
        name="教育发展十三五规划",
        period="十三五",
        streets="东街街道、西街街道",
        successor="教育发展十四五规划",
    )
    new = add(world, "plans", name="教育发展十四五规划", period="十四五", streets="全区")
    let_out(world, "plans", old, new)
    files, k = drawn(world, "plans"), kind("plans")
    history = files[facet_address(k, "period", "十三五")]
    assert "教育发展十三五规划" in history and "教育发展十四五规划" not in history
    street = files[facet_address(k, "streets", "东街街道")]
    assert "教育发展十三五规划" in street and "教育发展十四五规划" in street
    page = files[f"/records/plans/{old.pk}/index.html"]
    assert f"../{new.pk}/" in page and "接续规划" in page
    found = Client().get("/records/plans/find/", {"period": "十三五"}).content.decode()
    assert "找到 1 条" in found


@pytest.mark.feature("A19")
def test_a_proposal_shows_its_reply_or_the_lawful_reason(world: Any) -> None:
    with pytest.raises(Exception, match="至少要填一项"):
        add(world, "proposals", number="1")
    one = add(world, "proposals", number="1", reply="第一段。\n第二段。")
    two = add(world, "proposals", number="2", ground="条例第十五条：涉及商业秘密")
    let_out(world, "proposals", one, two)
    files = drawn(world, "proposals")
    assert "<p>第一段。<br>第二段。</p>" in files[f"/records/proposals/{one.pk}/index.html"]
    assert "条例第十五条：涉及商业秘密" in files[f"/records/proposals/{two.pk}/index.html"]


@pytest.mark.feature("A25")
def test_a_street_or_estate_leads_to_the_school_and_its_document(world: Any, tmp_path: Any) -> None:
    paper = tmp_path / "方案.txt"
    paper.write_text(
        "测试区财政局关于义务教育招生方案的通知\n\n各学校：\n按此执行。\n\n测试区财政局\n2026年9月1日\n",
        encoding="utf-8",
    )
    installation.mark(kind=installation.DEMO, at=world.now)
    document = walk.publish_file(path=paper, unit=world.units["finance"], openness="主动公开", now=world.now)
    row = add(
        world,
        "schools",
        school="第一小学",
        year="2026年",
        street="东街街道",
        estates="海晏小区、望潮路1至50号",
        document=document.path,
    )
    let_out(world, "schools", row)
    for words in ("海晏", "东街街道", "望潮路"):
        page = Client().get("/records/schools/find/", {"q": words}).content.decode()
        assert "第一小学" in page and document.title in page
    assert "没有找到" in Client().get("/records/schools/find/", {"q": "外区小区"}).content.decode()


@pytest.mark.feature("A18")
def test_a_list_of_persons_is_looked_up_masked_limited_and_gone_after_its_period(
    world: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("gongkai.kernel.clock.now", lambda: world.now)
    names = ["王测试", "李测试"]
    rows = [
        add(world, "subsidies", batch="2026年第一批", name=name, id_number=f"1101051949123100{at}X", phone="13800001234",
            bank_card="6222000011112222") for at, name in enumerate(names)
    ]  # fmt: skip
    let_out(world, "subsidies", *rows)
    files = drawn(world, "subsidies")
    assert not any(name in body for body in files.values() for name in names)
    assert (
        "2026年第一批" in files["/records/subsidies/index.html"]
        and "2 人次" in files["/records/subsidies/index.html"]
    )
    client = Client()
    assert "王测试" not in client.get("/records/subsidies/find/", {"q": "测试"}).content.decode()
    page = client.get("/records/subsidies/find/", {"q": "王测试"})
    shown = page.content.decode()
    assert "找到 1 条" in shown and "110105**********0X" in shown and "138******34" in shown
    assert "no-store" in page["Cache-Control"] and "1949" not in shown and "622200" not in shown
    data = client.get("/records/subsidies/rows.json").json()
    assert {row["name"] for row in data} == set(names) and data[0]["phone"] == "138******34"
    for _ in range(FILES - 1):
        assert client.get("/records/subsidies/rows.csv").status_code == 200
    assert client.get("/records/subsidies/rows.csv").status_code == 429
    for _ in range(LOOKS - 2):
        assert client.get("/records/subsidies/find/", {"q": "王测试"}).status_code == 200
    for _ in range(2):
        stopped = client.get("/records/subsidies/find/", {"q": "王测试"})
        assert stopped.status_code == 429
        assert (
            "<table" not in stopped.content.decode()
            and "过一小时再查" in stopped.content.decode()
            and stopped["Retry-After"]
        )
    use = LookupUse.objects.get()
    assert (use.looks, use.files, use.refused) == (LOOKS, FILES, 3) and "127.0.0.1" not in use.visitor
    assert TrailRow.objects.filter(verb="records.stop_harvest").count() == 1
    other = Client(REMOTE_ADDR="10.0.0.9")
    assert other.get("/records/subsidies/find/", {"q": "王测试"}).status_code == 200
    doc = in_search("subsidies")
    assert doc and "2026年第一批" in doc.body and "测试" not in doc.body + doc.title
    later = world.now + timedelta(days=31)
    monkeypatch.setattr("gongkai.kernel.clock.now", lambda: later)
    assert "没有找到" in other.get("/records/subsidies/find/", {"q": "王测试"}).content.decode()
    actions.end_due(now=later)
    assert in_search("subsidies") is None
    assert not [path for path in drawn(world, "subsidies", days=31) if path.startswith("/records/subsidies/")]


@pytest.mark.feature("A32")
def test_a_vacancy_past_its_day_is_gone_from_list_feed_and_search_the_same_night(world: Any) -> None:
    row = add(world, "vacancies", post="文员", closes_on="2026-10-20")
    let_out(world, "vacancies", row)
    on_the_day = drawn(world, "vacancies", days=6)
    assert (
        "文员" in on_the_day["/records/vacancies/index.html"]
        and "文员" in on_the_day["/records/vacancies/feed.atom"]
    )
    night = drawn(world, "vacancies", days=7)
    assert "文员" not in "".join(night.values())
    assert actions.end_due(now=world.now + timedelta(days=7)) == 1
    assert RecordRow.objects.unscoped("test").get().state == "ended"
    assert in_search("vacancies") is None


@pytest.mark.feature("A30")
def test_places_stand_on_a_map_with_their_hours(world: Any) -> None:
    west = add(
        world,
        "legal-services",
        name="西站",
        address="西路1号",
        hours="9:00—17:00",
        east="120.1",
        north="36.1",
    )
    east = add(world, "legal-services", name="东站", address="东路1号", east="120.5", north="36.0")
    let_out(world, "legal-services", west, east)
    page = drawn(world, "legal-services")["/records/legal-services/index.html"]
    assert f'href="#r{west.pk}"' in page and "9:00—17:00" in page and page.count("<circle cx=") >= 2
    stale = drawn(world, "legal-services", days=91)["/records/legal-services/index.html"]
    assert "超过核对周期" in stale and "超过核对周期" not in page
    assert "/records/legal-services/" in drawn(world)["/sitemap/records.xml"]
