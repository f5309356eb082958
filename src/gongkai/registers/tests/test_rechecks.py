"""B04: papers of a year that were kept back are looked at again, and the result list is public. 条例第十八条."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from gongkai.documents import queries as documents
from gongkai.documents import states as life
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.ledger.tests.test_views import browse  # noqa: F401 -- the fixture
from gongkai.registers import actions, queries, states
from gongkai.registers.desk import tasks_for
from gongkai.registers.models import IssuedPaper, RecheckItem, RegisterImport
from gongkai.registers.tests.samples import filed, on_site
from gongkai.trail.models import TrailRow

pytestmark = [pytest.mark.django_db, pytest.mark.feature("B04"), pytest.mark.law("条例18")]


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {refusal.code for refusal in refused.value.refusals}


def in_register(world: Any, number: str, openness: str, **more: Any) -> None:
    unit = world.units["finance"]
    source = RegisterImport.objects.create(
        unit=unit, source_name="登记簿", digest="", years=[2021], at=world.now
    )
    IssuedPaper.objects.create(
        unit=unit, source=source, year=2021, row=3, number=number, title=f"登记的{number}", openness=openness, **more
    )  # fmt: skip


def campaign(world: Any) -> Any:
    """Two papers of the house, one of the register; one is public already, one secret, one of another year."""
    filed(world, "关于人员轮岗的通知", number="测财发〔2021〕1号")
    filed(world, "关于密件的通知", ground="E14a")
    in_register(world, "测财发〔2021〕1号", "不予公开")
    in_register(world, "测财发〔2021〕2号", "依申请公开")
    in_register(world, "测财发〔2021〕3号", "不予公开", secrecy="秘密")
    in_register(world, "测财发〔2021〕4号", "不予公开")
    on_site(world, "测财发〔2021〕4号", "后来公开了")
    in_register(world, "测财发〔2021〕5号", "主动公开")
    until = world.today + timedelta(days=30)
    return actions.open_recheck(year=2021, until=until, by=world.actor("office.head"), now=world.now)


def item(title: str) -> RecheckItem:
    return RecheckItem.objects.unscoped("test").select_related("unit", "recheck").get(title=title)


def test_a_campaign_lists_every_paper_that_is_not_public_and_nothing_else(world: Any) -> None:
    found = campaign(world)
    titles = set(RecheckItem.objects.unscoped("test").values_list("title", flat=True))
    assert titles == {"关于人员轮岗的通知", "关于密件的通知", "登记的测财发〔2021〕2号"}
    (task,) = tasks_for(world.actor("finance.officer"), world.today)
    assert task.due == found.until and "还有 3 件" in task.why
    assert tasks_for(world.actor("civil.officer"), world.today) == []
    with pytest.raises(Refused) as refused:
        actions.open_recheck(year=2021, until=found.until, by=world.actor("office.head"), now=world.now)
    assert codes(refused) == {"recheck.running"}
    for by, year, code in (
        ("finance.officer", 2020, "wall.registers"),
        ("office.head", 2020, "recheck.nothing"),
    ):
        with pytest.raises(Refused) as refused:
            actions.open_recheck(year=year, until=found.until, by=world.actor(by), now=world.now)
        assert codes(refused) == {code}


def test_decisions_are_collected_and_an_opened_paper_goes_back_through_its_reviews(world: Any) -> None:
    found = campaign(world)
    by = world.actor("finance.officer")
    given = {"by": by, "now": world.now, "reason": "轮岗已经完成，情形不在了"}
    actions.recheck(item=item("关于人员轮岗的通知"), decision="public", **given)
    document = item("关于人员轮岗的通知").document
    assert document is not None and document.state == life.DRAFT
    assert documents.openness_of(document) == "主动公开"
    with pytest.raises(Refused) as refused:
        actions.recheck(item=item("关于人员轮岗的通知"), decision="stays", **given)
    assert codes(refused) == {"recheck.done"}
    with pytest.raises(Refused) as refused:
        actions.recheck(item=item("关于密件的通知"), decision="public", **given)
    assert codes(refused) == {"recheck.secret"}
    with pytest.raises(Refused) as refused:
        actions.recheck(item=item("关于密件的通知"), decision="", by=by, now=world.now, reason="不")
    assert codes(refused) == {"recheck.decision", "recheck.reason"}
    with pytest.raises(Refused) as refused:
        actions.recheck(
            item=item("关于密件的通知"),
            decision="stays",
            by=world.actor("civil.officer"),
            now=world.now,
            reason=given["reason"],
        )
    assert codes(refused) == {"wall.registers"}
    office = world.actor("office.head")
    with pytest.raises(Refused) as refused:
        actions.publish_result(recheck=found, by=office, now=world.now)
    assert codes(refused) == {"recheck.waiting"}
    for title in ("关于密件的通知", "登记的测财发〔2021〕2号"):
        actions.recheck(item=item(title), decision="stays", by=by, now=world.now, reason="情形仍然存在，维持")
    done = actions.publish_result(recheck=found, by=office, now=world.now)
    assert done.state == states.RESULT and TrailRow.objects.latest("seq").facts == {"papers": 3, "public": 1}
    (line,) = queries.recheck_lines(done)
    assert (line.total, line.stays, line.to_public, line.undecided) == (3, 2, 1, 0)
    (turned,) = queries.turned_public(done)
    assert turned.title == "关于人员轮岗的通知" and turned.path == ""
    with pytest.raises(Refused) as refused:
        actions.recheck(item=item("关于密件的通知"), decision="stays", **given)
    assert codes(refused) == {"recheck.closed"}


def test_the_public_page_names_only_what_was_turned_public(world: Any) -> None:
    from gongkai.portal.pages.registers import ADDRESS, draw
    from gongkai.portal.pages.scene import scene as present_scene
    from gongkai.portal.pages.texts import site_map_page

    found = campaign(world)
    scene = present_scene(world.today)
    assert draw(scene, "") == []
    assert "再次评估" not in scene.draw(site_map_page(scene), record="site").body.decode()
    by = world.actor("finance.officer")
    actions.recheck(
        item=item("关于人员轮岗的通知"), decision="public", by=by, now=world.now, reason="情形已经不在了"
    )
    actions.publish_result(recheck=found, by=world.actor("office.head"), now=world.now + timedelta(days=40))
    files = {one.path: one.body.decode() for one in draw(scene, "")}
    text = files[f"{ADDRESS}index.html"]
    assert "关于人员轮岗的通知" in text and "正在办理发布" in text
    assert "rechecks/" in files["/site-map/index.html"] and "rechecks/feed.atom" in files["/feeds/index.html"]
    (told,) = json.loads(files[f"{ADDRESS}feed.json"])["items"]
    assert told["url"].endswith(f"{ADDRESS}#y2021") and 'id="y2021"' in text and "关于密件" not in str(told)
    assert files[f"{ADDRESS}feed.atom"].count("<entry>") == 1
    assert "关于密件的通知" not in text and "登记的" not in text and "未按时评估" in text


def test_pages_open_decide_and_publish(world: Any, browse: Any) -> None:  # noqa: F811
    filed(world, "关于人员轮岗的通知")
    office = browse("office.head")
    page = "/workbench/registers/rechecks/"
    until = str(clock.today() + timedelta(days=9))
    assert office.post(page, {"year": "二零", "until": until}).status_code == 422
    done = office.post(page, {"year": 2021, "until": until})
    assert done.status_code == 302
    assert "公布评估结果" in office.get(done.url).content.decode()
    officer = browse("finance.officer")
    shown = officer.get(done.url).content.decode()
    assert "关于人员轮岗的通知" in shown and "记下评估结果" in shown
    one = item("关于人员轮岗的通知")
    address = f"/workbench/registers/rechecks/items/{one.pk}/"
    assert officer.post(address, {"decision": "stays", "reason": "情形仍然存在"}).status_code == 302
    assert (
        browse("civil.officer").post(address, {"decision": "stays", "reason": "情形仍然存在"}).status_code
        == 404
    )
    assert "关于人员轮岗的通知" not in browse("civil.officer").get(done.url).content.decode()
    assert office.post(f"{done.url}publish/").status_code == 302
    assert queries.rechecks()[0].state == states.RESULT
