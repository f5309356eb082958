"""Items by demand: every figure opens into signs that the person may see, and what no item holds becomes a draft."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.catalogue.models import CatalogueProposal, Matter, StandardField, StandardItem, StandardVersion
from gongkai.catalogue.specimens import DEFAULT_LIMIT, LAYOUT
from gongkai.foi.tests.cases import new_case
from gongkai.ledger.queries import demand as queries
from gongkai.ledger.tests.test_verdicts import browse  # noqa: F401 -- the fixture
from gongkai.publishing.models import ErrorReport
from gongkai.search.models import AskedWords, EmptyAnswer

pytestmark = [pytest.mark.django_db, pytest.mark.feature("A11")]
HOME = "/workbench/ledger/demand/"


def catalogue(world: Any, *names: str, field: str = "养老服务", subject: str = "区财政局") -> StandardField:
    """A field in force with these matters."""
    made = StandardField.objects.create(name=field, code=f"field{StandardField.objects.count()}")
    version = StandardVersion.objects.create(field=made, number=1, layout=LAYOUT, at=world.now)
    for place, name in enumerate(names, 1):
        matter = Matter.objects.create(field=made, code=f"{made.code}-{place:03d}", name=name)
        StandardItem.objects.create(
            version=version, matter=matter, place=place, name=name, content="●内容", limit=DEFAULT_LIMIT,
            subject=subject, cells={"1": [name, "text"]},
        )  # fmt: skip
    return made


def demand(world: Any, name: str = "office.head", **more: Any) -> queries.Demand:
    given = {"key": queries.YEAR, "today": world.today, "everything": True, **more}
    return queries.demand(world.actor(name), **given)


def figures(page: queries.Demand) -> dict[str, tuple[int, ...]]:
    return {row.item.name: (row.total, *(times for _, times in row.counts)) for row in page.rows if row.told}


def request_for(world: Any, title: str, unit: str = "finance") -> Any:
    return new_case(world, unit=unit, asked={"title": title, "content": "请提供"})


def test_searches_requests_and_reports_count_for_the_item_they_are_about(world: Any) -> None:
    catalogue(world, "老年人补贴", "养老机构备案")
    AskedWords.objects.create(day=world.today, words="养老 补贴", askers=4)
    EmptyAnswer.objects.create(day=world.today, words="老年人补贴 申领", times=2)
    request_for(world, "2025年养老机构备案清单")
    ErrorReport.objects.create(code="AAAA-BBBB", problem="养老机构备案页面打不开", at=world.now)
    assert figures(demand(world)) == {"老年人补贴": (6, 4, 2, 0, 0), "养老机构备案": (2, 0, 0, 1, 1)}


def test_words_of_the_same_meaning_count(world: Any) -> None:
    catalogue(world, "最低生活保障", field="社会救助")
    EmptyAnswer.objects.create(day=world.today, words="低保", times=3)
    assert figures(demand(world)) == {"最低生活保障": (3, 0, 3, 0, 0)}


def test_what_names_only_the_field_or_nothing_is_a_candidate_with_a_guess(world: Any) -> None:
    field = catalogue(world, "老年人补贴", "养老机构备案")
    EmptyAnswer.objects.create(day=world.today, words="养老", times=5)
    EmptyAnswer.objects.create(day=world.today, words="住房 补贴", times=2)
    page = demand(world)
    assert not figures(page)
    assert [(one.told.text, one.field) for one in page.candidates] == [("养老", field), ("住房 补贴", None)]


def test_period_and_order_are_the_readers_choice(world: Any) -> None:
    catalogue(world, "老年人补贴", "养老机构备案")
    last_year = world.today.replace(year=world.today.year - 1, month=12, day=31)
    AskedWords.objects.create(day=last_year, words="老年人补贴", askers=9)
    EmptyAnswer.objects.create(day=world.today, words="养老机构备案", times=1)
    assert figures(demand(world)) == {"养老机构备案": (1, 0, 1, 0, 0)}
    names = [row.item.name for row in demand(world, key=queries.TWELVE).rows]
    assert names == ["老年人补贴", "养老机构备案"]
    names = [row.item.name for row in demand(world, key=queries.TWELVE, sort=queries.IN_VAIN).rows]
    assert names == ["养老机构备案", "老年人补贴"]


def test_requests_of_other_units_and_reports_stay_behind_the_wall(world: Any, browse: Any) -> None:  # noqa: F811
    catalogue(world, "老年人补贴", "养老机构备案")
    own, other = request_for(world, "老年人补贴标准"), request_for(world, "老年人补贴名册", unit="civil")
    ErrorReport.objects.create(code="AAAA-BBBB", problem="老年人补贴写错了", at=world.now)
    matter = Matter.objects.get(name="老年人补贴").pk
    assert figures(demand(world))["老年人补贴"] == (3, 0, 0, 2, 1)
    assert figures(demand(world, "finance.officer"))["老年人补贴"] == (1, 0, 0, 1, 0)
    page = browse("finance.officer").get(reverse("ledger:demand-item", args=[matter])).content.decode()
    assert own.number in page and other.number not in page and "AAAA-BBBB" not in page


def test_nothing_of_the_applicant_is_shown(world: Any, browse: Any) -> None:  # noqa: F811
    catalogue(world, "老年人补贴", "养老机构备案")
    request_for(world, "张伟13812345678的老年人补贴发放明细")
    request_for(world, "张伟的住房档案")
    matter = Matter.objects.get(name="老年人补贴").pk
    client = browse("office.head")
    for url in (HOME, reverse("ledger:demand-item", args=[matter])):
        page = client.get(url).content.decode()
        assert not any(canary in page for canary in ("张伟", "王某", "138", "002X"))


def test_unit_sees_its_own_items_first_and_may_look_at_all(world: Any, browse: Any) -> None:  # noqa: F811
    catalogue(world, "老年人补贴")
    catalogue(world, "招生管理", field="义务教育", subject="区教体局")
    client = browse("finance.officer")
    page = client.get(HOME).content.decode()
    assert "老年人补贴" in page and "招生管理" not in page
    assert "招生管理" in client.get(HOME, {"scope": "all"}).content.decode()
    assert "招生管理" in browse("office.head").get(HOME).content.decode()


def test_candidate_becomes_a_draft_with_one_click(world: Any, browse: Any) -> None:  # noqa: F811
    field = catalogue(world, "老年人补贴")
    EmptyAnswer.objects.create(day=world.today, words="助餐点", times=5)
    client = browse("finance.officer")
    assert "助餐点" in client.get(HOME).content.decode()
    answer = client.post(f"{HOME}propose/", {"field": field.code, "words": "助餐点"})
    made = CatalogueProposal.objects.unscoped("a test").get()
    assert answer.url.endswith(f"/catalogue/proposals/{made.pk}/")
    assert (made.title, made.state, made.unit) == ("增补“助餐点”", "draft", world.units["finance"])
    assert "群众搜索“助餐点”" in made.reason
    assert (
        client.post(f"{HOME}propose/", {"field": field.code}).status_code == 302
    )  # refused, told on the page
    assert client.post(f"{HOME}propose/", {"field": field.code}).url == HOME  # no words: refused, told there
    page = client.post(f"{HOME}propose/", {"words": "助餐点"}, follow=True).content.decode()
    assert "没有选领域" in page and CatalogueProposal.objects.unscoped("a test").count() == 1


def test_page_costs_the_same_for_1_and_30_of_everything(world: Any, browse: Any) -> None:  # noqa: F811
    client, counts = browse("office.head"), []
    for number in (1, 30):
        for at in range(Matter.objects.count(), number):
            catalogue(world, f"事项{chr(0x4E00 + at)}清单", field=f"领域{at}")
            EmptyAnswer.objects.create(day=world.today, words=f"词语{chr(0x4E00 + at)}", times=1)
            if at < 4:
                request_for(world, f"补贴资金{at}")
        client.get(HOME)
        with CaptureQueriesContext(connection) as taken:
            page = client.get(HOME).content.decode()
        assert page.count('data-l="需求合计"') == number
        counts.append(len(taken))
    assert counts[0] == counts[1]


def test_table_goes_out_with_every_item_and_what_is_missing(world: Any, browse: Any) -> None:  # noqa: F811
    catalogue(world, "老年人补贴")
    EmptyAnswer.objects.create(day=world.today, words="老年人补贴", times=2)
    EmptyAnswer.objects.create(day=world.today, words="助餐点", times=5)
    rows = [row.values for row in queries.demand_rows(demand(world))]
    assert [(row["item"], row["total"]) for row in rows] == [("老年人补贴", 2), ("（目录没有）助餐点", 5)]
    made = browse("office.head").get(HOME, {"format": "xlsx"})
    assert made.content[:2] == b"PK"


def test_odd_addresses_are_answered(world: Any, browse: Any, tmp_path: Path) -> None:  # noqa: F811
    catalogue(world, "老年人补贴")
    client = browse("office.head")
    for odd in ("?period=x", "?sort=x", "?page=99", "?scope=x"):
        assert client.get(HOME + odd).status_code == 200
    assert client.get(f"{HOME}987654/").status_code == 404


def test_more_words_of_the_question_decide_between_near_items(world: Any) -> None:
    catalogue(world, "养老机构备案", "养老机构评估信息", "养老机构行政处罚信息")
    EmptyAnswer.objects.create(day=world.today, words="养老机构 处罚", times=6)
    assert figures(demand(world)) == {"养老机构行政处罚信息": (6, 0, 6, 0, 0)}


def test_draft_from_a_request_names_no_case(world: Any, browse: Any) -> None:  # noqa: F811
    field = catalogue(world, "老年人补贴")
    case = request_for(world, "张伟的住房档案")
    client = browse("finance.officer")
    page = client.get(HOME).content.decode()
    sent = {"field": field.code, "kind": "case", "words": "住房 档案"}
    assert 'name="words" value="住房 档案"' in page and 'name="kind" value="case"' in page
    client.post(f"{HOME}propose/", sent)
    made = CatalogueProposal.objects.unscoped("a test").get()
    assert made.title == "增补“住房 档案”" and "依申请公开" in made.reason
    assert case.number not in made.title + made.reason
