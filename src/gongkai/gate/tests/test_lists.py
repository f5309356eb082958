"""The lists: a word counts only where no approved text holds it; the sweep reads what is public."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.gate import actions, queries
from gongkai.gate.models import LeaderEntry, LiveFinding, NightSweep, Sketch, WordEntry
from gongkai.law.refusal import Refused
from gongkai.orgs.accounts import PROVEN
from gongkai.publishing import guards
from gongkai.publishing.tests.world import AT, World
from gongkai.trail.models import TrailRow

pytestmark = pytest.mark.django_db
NIGHT = AT.date()


@pytest.fixture
def town(db: None, settings: Any, tmp_path: Any) -> World:
    settings.FILES_DIR = tmp_path / "files"
    return World()


def office(town: World) -> Any:
    return town.actor(town.office, "disclosure")


@pytest.mark.feature("C01")
def test_a_word_that_approved_texts_hold_is_refused_with_its_places(town: World) -> None:
    page = town.published(body="<p>现就按装工作通知如下。</p>")
    text = "错别字,按装,安装,词典\n错别字,布署,部署,词典"
    assert actions.add_words(text=text, by=office(town), now=AT) == 2
    assert queries.lists().words == ()  # nothing counts before it was compared
    assert actions.examine(now=AT) == 0
    states = dict(WordEntry.objects.values_list("wrong", "state"))
    assert states == {"按装": "refused", "布署": "active"}
    entry = WordEntry.objects.get(wrong="按装")
    assert entry.hits == 1 and entry.places[0]["url"] == page.path
    assert [word.wrong for word in queries.lists().words] == ["布署"]


@pytest.mark.feature("C01")
def test_rows_go_in_all_or_none_and_by_the_office_only(town: World) -> None:
    with pytest.raises(Refused) as refused:
        actions.add_words(text="错别字,布署,部署,词典\n错别字,甲", by=office(town), now=AT)
    assert "第 2 行" in str(refused.value) and not WordEntry.objects.exists()
    with pytest.raises(Refused):
        actions.add_words(text="错别字,布署,部署,词典", by=town.actor(town.finance, "officer"), now=AT)


def test_the_shipped_list_is_understood_and_taken_once(town: World) -> None:
    added = actions.add_shipped(by=office(town), now=AT)
    assert added >= 50 and actions.add_shipped(by=office(town), now=AT) == 0
    actions.examine(now=AT)
    assert set(WordEntry.objects.values_list("state", flat=True)) == {"active"}
    assert TrailRow.objects.filter(verb="gate.settle_words").count() == 1


def test_a_leader_leaves_and_stays_on_record(town: World) -> None:
    given = {"name": "赵一平", "post": "区长", "order": 1, "source": "人大公告", "since": NIGHT}
    row = actions.add_leader(by=office(town), now=AT, **given)
    with pytest.raises(Refused):
        actions.add_leader(by=office(town), now=AT, **given)
    with pytest.raises(Refused):
        actions.end_leader(entry=row, until=NIGHT - timedelta(days=1), by=office(town), now=AT)
    actions.end_leader(entry=row, until=NIGHT, by=office(town), now=AT)
    assert LeaderEntry.objects.get().until == NIGHT


@pytest.mark.feature("C02")
def test_the_sweep_finds_what_got_out_and_forgets_what_was_put_right(town: World) -> None:
    page = town.published()
    edition = page.edition
    with guards.lifted():
        type(edition).objects.filter(pk=edition.pk).update(body="<p>手机139 1234 5678、139 1234 5679</p>")
    assert actions.sweep_on(night=NIGHT, now=AT) is True
    row = LiveFinding.objects.unscoped("test").get()
    assert (row.rule, row.level, row.unit_id, row.count) == ("personal.mobile", "block", page.unit_id, 2)
    assert "1234" not in row.text and row.url == page.path
    assert actions.sweep_on(night=NIGHT, now=AT) is True  # the same night again changes nothing
    assert NightSweep.objects.get().seen == 1
    with guards.lifted():
        type(edition).objects.filter(pk=edition.pk).update(body="<p>手机139****5678</p>")
    actions.sweep_on(night=NIGHT + timedelta(days=1), now=AT)
    assert LiveFinding.objects.unscoped("test").get().gone_at == AT


@pytest.mark.feature("C02")
def test_a_finding_ends_with_the_page_that_was_taken_back(town: World) -> None:
    page = town.published()
    with guards.lifted():
        type(page.edition).objects.filter(pk=page.edition_id).update(body="<p>手机139 1234 5678</p>")
    actions.sweep_on(night=NIGHT, now=AT)
    assert LiveFinding.objects.unscoped("test").get().gone_at is None
    type(page).objects.unscoped("test").filter(pk=page.pk).update(state="withdrawn")
    actions.sweep_on(night=NIGHT + timedelta(days=1), now=AT)
    assert LiveFinding.objects.unscoped("test").get().gone_at == AT


def test_a_killed_sweep_goes_on_where_it_was(town: World) -> None:
    for _ in range(3):
        town.published()
    assert actions.sweep_on(night=NIGHT, now=AT, limit=2) is False
    assert NightSweep.objects.get().seen == 2
    assert actions.sweep_on(night=NIGHT, now=AT, limit=2) is True
    assert NightSweep.objects.get().seen == 3


@pytest.mark.feature("C05")
def test_drafts_of_other_units_are_never_named(town: World) -> None:
    text = "".join(
        f"第{n}条 各单位应当公开第{n * 7}项信息，并于每月{n % 28 + 1}日前更新。" for n in range(1, 40)
    )
    actions.remember(
        key="document:1",
        title="财政局的草稿",
        text=text,
        unit_id=town.finance.pk,
        public=False,
        digest="1",
        now=AT,
    )
    assert queries.alike(text=text, unit_id=town.civil.pk) == []
    assert [one.rule for one in queries.alike(text=text, unit_id=town.finance.pk)] == ["duplicate.near"]
    assert queries.alike(text=text, unit_id=town.finance.pk, but="document:1") == []
    Sketch.objects.unscoped("test").update(public=True)
    assert "财政局的草稿" in queries.alike(text=text, unit_id=town.civil.pk)[0].text


def login(town: World, unit: Any, seat: str) -> Client:
    client, person = Client(), town.people[unit.code, seat]
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[PROVEN] = str(person.pk)
    session.save()
    return client


def test_the_pages_of_the_lists(town: World) -> None:
    client = login(town, town.office, "disclosure")
    assert client.post(reverse("gate:shipped"), follow=True).status_code == 200
    page = client.post(reverse("gate:words"), {"text": "错别字,竞然,竟然,词典"}, follow=True).content.decode()
    assert "已加入 1 个词" in page and "竞然" in page
    kept = client.post(reverse("gate:words"), {"text": "我写的一行"})
    assert kept.status_code == 422 and "我写的一行" in kept.content.decode()
    entry = WordEntry.objects.get(wrong="竞然")
    client.post(reverse("gate:retire", args=[entry.pk]))
    assert WordEntry.objects.get(pk=entry.pk).state == "retired"
    leader = {"name": "赵一平", "post": "区长", "order": 1, "source": "公告"}
    assert "已记入名录" in client.post(reverse("gate:leaders"), leader, follow=True).content.decode()
    client.post(reverse("gate:leave", args=[LeaderEntry.objects.get().pk]), {"until": "2026-03-01"})
    assert str(LeaderEntry.objects.get().until) == "2026-03-01"
    assert login(town, town.finance, "officer").post(reverse("gate:words"), {"text": "x"}).status_code == 403


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_live_findings_asks_as_often_for_one_row_as_for_thirty(
    town: World, django_assert_max_num_queries: Any, count: int
) -> None:
    for number in range(count):
        LiveFinding.objects.unscoped("test").create(
            unit=town.finance, key=f"document:{number}", title=f"第{number}页", url="/doc/", rule="personal.mobile",
            level="block", text="139****0000", where="正文第1段", says="这是个人手机号码。", found_at=AT,
        )  # fmt: skip
    client = login(town, town.finance, "officer")
    client.get(reverse("gate:live"))
    with django_assert_max_num_queries(12):
        assert client.get(reverse("gate:live")).content.decode().count("139****0000") == count
    assert "139****0000" not in login(town, town.civil, "officer").get(reverse("gate:live")).content.decode()
