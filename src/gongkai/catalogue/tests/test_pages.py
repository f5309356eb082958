"""The clerk's pages: preview before storing, proposals from draft to new version, few queries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.catalogue import actions, queries, states
from gongkai.catalogue.desk import tasks_for, waiting_for
from gongkai.catalogue.models import CatalogueProposal, Matter, StandardVersion
from gongkai.catalogue.tests.sheets import Drawn
from gongkai.catalogue.tests.test_sheet import a_sheet
from gongkai.events.site import PartChanged
from gongkai.kernel.models import OutboxRow
from gongkai.law.refusal import Refused
from gongkai.ledger.tests.test_views import browse  # noqa: F401 -- the fixture

pytestmark = [pytest.mark.django_db]
HOME = "/workbench/catalogue/"


def sent_in(client: Any, drawn: Drawn, folder: Path, field: str = "养老服务") -> Any:
    """Upload a sheet; gives the address of its preview."""
    body = drawn.save(folder / "目录.xlsx").read_bytes()
    answer = client.post(f"{HOME}import/", {"field": field, "file": SimpleUploadedFile("目录.xlsx", body)})
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def stored(world: Any, folder: Path, drawn: Drawn | None = None) -> StandardVersion:
    path = (drawn or a_sheet()).save(folder / "目录.xlsx")
    reading = queries.read_path(path, name="目录.xlsx", field_name="养老服务", today=world.today)
    return actions.import_catalogue(
        reading=reading, field_name="养老服务", by=world.actor("office.head"), now=world.now
    )


@pytest.mark.feature("A08")
def test_nothing_is_stored_before_it_is_confirmed(world: Any, browse: Any, tmp_path: Path) -> None:  # noqa: F811
    client = browse("office.head")
    url = sent_in(client, a_sheet(), tmp_path)
    shown = client.get(url).content.decode()
    assert "读到 2 个事项" in shown and "没有读懂" in shown and not StandardVersion.objects.exists()
    assert client.post(url.split("?")[0], {"field": "养老服务"}).status_code == 302
    version = StandardVersion.objects.get()
    assert OutboxRow.objects.filter(topic=PartChanged.__name__, payload__part="standard").exists()
    field = client.get(f"{HOME}{version.field.code}/").content.decode()
    assert "养老机构备案" in field and "制定、获取起10个工作日内" in field
    assert client.get(f"{HOME}{version.field.code}/1.xlsx").content[:2] == b"PK"
    assert browse("finance.officer").get(url).status_code in (403, 404)


@pytest.mark.feature("A08")
def test_a_wrong_file_is_reported_by_row_and_stores_nothing(world: Any, browse: Any, tmp_path: Path) -> None:  # noqa: F811
    client, drawn = browse("office.head"), a_sheet()
    drawn.cells.pop((6, 4))
    url = sent_in(client, drawn, tmp_path)
    assert "还不能写入：1 处要先改好" in client.get(url).content.decode()
    answer = client.post(url.split("?")[0], {"field": "养老服务"})
    assert answer.status_code == 422 and not Matter.objects.exists()


@pytest.mark.feature("A10")
def test_a_renamed_matter_keeps_its_identity(world: Any, browse: Any, tmp_path: Path) -> None:  # noqa: F811
    stored(world, tmp_path)
    old = Matter.objects.get(name="养老机构评估")
    client, drawn = browse("office.head"), a_sheet()
    drawn.cells[6, 3] = "养老机构等级评定"
    url = sent_in(client, drawn, tmp_path)
    assert "有没有只是改了名称的事项" in client.get(url).content.decode()
    client.post(url.split("?")[0], {"field": "养老服务", "was-1": str(old.pk)})
    old.refresh_from_db()
    assert old.name == "养老机构等级评定" and old.active and Matter.objects.count() == 2


@pytest.mark.feature("A10")
def test_a_proposal_becomes_a_new_version(world: Any, browse: Any, tmp_path: Path) -> None:  # noqa: F811
    first = stored(world, tmp_path)
    code, matter = first.field.code, Matter.objects.get(name="养老机构评估")
    clerk, office = browse("civil.officer"), browse("office.head")
    made = clerk.post(
        f"{HOME}{code}/propose/",
        {"unit": world.units["civil"].pk, "title": "增加评估依据", "reason": "新办法施行"},
    )
    proposal = CatalogueProposal.objects.unscoped("test").get()
    assert made.status_code == 302 and tasks_for(world.actor("civil.officer"), world.today)
    page = f"{HOME}proposals/{proposal.pk}/"
    asked = clerk.get(f"{page}change/?verb=change&matter={matter.pk}")
    words = {name: field.initial for name, field in asked.context["form"].fields.items() if field.initial}
    assert words["level1"] == "业务办理"  # what a merged cell shows
    sent = {**words, "basis": "《养老机构等级划分》", "verb": "change", "matter": matter.pk}
    assert clerk.post(f"{page}change/", sent).status_code == 302
    added = {
        "verb": "add",
        "matter": matter.pk,
        "level1": "业务办理",
        "level2": "养老补贴",
        "content": "●标准",
    }
    assert clerk.post(f"{page}change/", added).status_code == 302
    shown = clerk.get(page).content.decode()
    assert "新增　养老补贴" in shown and "《养老机构等级划分》" in shown
    clerk.post(f"{page}submit/")
    assert [one.verb for one in tasks_for(world.actor("office.head"), world.today)] == ["去批准"]
    assert waiting_for(world.actor("civil.officer"), world.today)
    assert office.post(f"{page}decide/", {"verb": "approve", "opinion": ""}).status_code == 302
    version = queries.current_version(first.field)
    assert version and version.number == 2 and version.facts == {"added": 1, "removed": 0, "changed": 1}
    items = queries.items_of(version)
    assert [one.name for one in items] == ["养老机构备案", "养老机构评估", "养老补贴"]
    assert items[1].matter_id == matter.pk and items[1].basis == "《养老机构等级划分》"
    assert [cells["1"] for cells in (one.cells for one in items)] == [[str(n), "number"] for n in (1, 2, 3)]
    assert queries.difference(first, version).changed[0].fields[0].label == "公开依据"
    proposal = CatalogueProposal.objects.unscoped("test").get()
    assert proposal.state == states.APPROVED and proposal.result == version


@pytest.mark.feature("A10")
def test_nobody_approves_his_own_and_a_gone_matter_is_told(world: Any, tmp_path: Path) -> None:
    version, head = stored(world, tmp_path), world.actor("office.head")
    matter = Matter.objects.get(name="养老机构评估")

    def propose(by: Any, unit: str) -> CatalogueProposal:
        made = actions.propose(
            field=version.field, unit=world.units[unit], title="删去", reason="不再办理", by=by, now=world.now
        )
        actions.add_change(proposal=made, verb="remove", matter=matter.pk, by=by, now=world.now)
        return actions.submit(proposal=made, by=by, now=world.now)

    own = propose(head, "office")
    with pytest.raises(Refused, match="您提出的"):
        actions.decide(proposal=own, verb="approve", opinion="", by=head, now=world.now)
    one, two = propose(world.actor("civil.officer"), "civil"), propose(world.actor("civil.officer"), "civil")
    actions.decide(proposal=one, verb="approve", opinion="", by=head, now=world.now)
    assert Matter.objects.get(pk=matter.pk).active is False
    with pytest.raises(Refused, match="不在现行目录"):
        actions.decide(proposal=two, verb="approve", opinion="", by=head, now=world.now)
    back = actions.decide(proposal=two, verb="return", opinion="已经删去", by=head, now=world.now)
    assert back.state == states.DRAFT
    with pytest.raises(Refused, match="没有权限|权限"):
        actions.add_change(
            proposal=back, verb="remove", matter=matter.pk, by=world.actor("finance.officer"), now=world.now
        )


def test_a_table_of_many_matters_takes_no_more_queries(world: Any, browse: Any, tmp_path: Path) -> None:  # noqa: F811
    client = browse("office.head")

    def count(rows: int) -> int:
        drawn = a_sheet()
        for at in range(7, 5 + rows):
            drawn.cells |= {(at, 2): "组", (at, 3): f"事项{at}", (at, 4): "●要素", (at, 5): "依据"}
        version = stored(world, tmp_path, drawn)
        assert len(queries.items_of(version)) == max(rows, 2)
        client.get(f"{HOME}{version.field.code}/")
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"{HOME}{version.field.code}/").status_code == 200
        return len(seen)

    client.get(HOME)
    assert count(2) == count(30)
