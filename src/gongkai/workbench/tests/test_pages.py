"""The frame, the desk page, the search of the top bar, and the page of the site's names."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.law.refusal import Refused
from gongkai.orgs.actions.site import change_site
from gongkai.orgs.models import SiteIdentity
from gongkai.orgs.rules.site import site_faults
from gongkai.orgs.wall import TABLE
from gongkai.portal.queries import site
from gongkai.trail.models import TrailRow
from gongkai.workbench import stations
from gongkai.workbench.context import Frame

pytestmark = pytest.mark.django_db
LOGIN = "allauth.account.auth_backends.AuthenticationBackend"


def logged_in(world: Any, name: str) -> Client:
    client = Client()
    client.force_login(world.people[name], backend=LOGIN)
    return client


def test_every_rail_entry_has_a_page_and_an_action() -> None:
    declared = [entry for module in stations.modules() for entry in getattr(module, "RAIL", ())]
    for entry in (*declared, *stations.OWN):
        assert reverse(entry.url_name).startswith("/workbench/")
        assert entry.action in TABLE
    keys = [entry.key for entry in stations.entries()]
    assert len(keys) == len(set(keys))


def test_desk_of_an_officer(world: Any) -> None:
    page = logged_in(world, "finance.officer").get("/workbench/").content.decode()
    assert "公开工作台" in page
    assert world.people["finance.officer"].name in page
    assert page.count("<h1") == 1
    assert 'aria-current="page"' in page
    assert "<script>" not in page
    assert " style=" not in page


def test_rail_shows_only_what_is_granted(world: Any) -> None:
    officer = logged_in(world, "finance.officer").get("/workbench/").content.decode()
    assert reverse("workbench:site") not in officer


def test_anonymous_is_sent_to_the_login() -> None:
    answer = Client().get("/workbench/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


def test_frame_asks_little(world: Any) -> None:
    request = RequestFactory().get("/workbench/")
    request.actor = world.actor("office.head")  # type: ignore[attr-defined]
    with CaptureQueriesContext(connection) as asked:
        frame = Frame(request)
    assert len(asked) == 0
    with CaptureQueriesContext(connection) as asked:
        assert (frame.name, frame.roles, frame.today, frame.day_kind, frame.label, frame.rail) is not None
    assert len(asked) <= 3


def test_search_of_the_top_bar_keeps_what_was_typed(world: Any) -> None:
    page = logged_in(world, "finance.officer").get("/workbench/find/", {"q": '"><b>x'}).content.decode()
    assert "&quot;&gt;&lt;b&gt;x" in page
    assert "<b>x" not in page


def test_site_is_changed_with_a_trail_row_and_stands_on_public_pages(world: Any) -> None:
    values = {"name": "测试区政务公开", "id_code": "9902020001", "domain": "www.test.example.cn"}
    change_site(values=values, by=world.actor("office.head"), now=world.now)
    assert site().name == "测试区政务公开"
    assert site().id_code == "9902020001"
    row = TrailRow.objects.filter(verb="orgs.change_site").get()
    assert row.facts == values


def test_saving_the_same_again_writes_nothing(world: Any) -> None:
    for _ in range(2):
        change_site(values={"name": "测试区政务公开"}, by=world.actor("office.head"), now=world.now)
    assert TrailRow.objects.filter(verb="orgs.change_site").count() == 1
    assert SiteIdentity.objects.get().version == 1


def test_an_officer_does_not_change_the_site(world: Any) -> None:
    with pytest.raises(Refused):
        change_site(values={"name": "别的"}, by=world.actor("finance.officer"), now=world.now)
    assert not SiteIdentity.objects.exists()
    assert logged_in(world, "finance.officer").get("/workbench/site/").status_code in (302, 403)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": " "}, "site.name"),
        ({"name": "x", "id_code": "37020"}, "site.id_code"),
        ({"name": "x", "domain": "http://www.a.gov.cn/"}, "site.domain"),
        ({"name": "x", "postcode": "26600"}, "site.postcode"),
    ],
)
def test_wrong_numbers_are_refused_in_words(values: dict[str, str], code: str) -> None:
    found = site_faults(values)
    assert [refusal.code for refusal in found] == [code]
    assert all("。" in refusal.text for refusal in found)


def test_right_numbers_pass() -> None:
    assert (
        site_faults({"name": "x", "id_code": "bm01000001", "domain": "www.a-b.gov.cn", "postcode": "266001"})
        == []
    )


def test_a_build_under_way_shows_how_far_it_is(world: Any) -> None:
    from gongkai.orgs.accounts import PROVEN
    from gongkai.publishing.models import BuildStep

    client = logged_in(world, "office.head")
    session = client.session
    session[PROVEN] = session["_auth_user_id"]  # the login has tests of its own
    session.save()
    BuildStep.objects.bulk_create(
        BuildStep(part="docs", state=state) for state in ("done", "done", "waiting")
    )
    page = client.get("/workbench/site/building/").content.decode()
    assert 'max="3" value="2"' in page and "还剩 1 步" in page
    assert '<noscript><meta http-equiv="refresh"' in page and 'hx-trigger="every 3s"' in page
    BuildStep.objects.update(state="done")
    page = client.get("/workbench/site/building/").content.decode()
    assert "已经全部是最新的" in page and "http-equiv" not in page and "<progress" not in page
