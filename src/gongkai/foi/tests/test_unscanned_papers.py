"""A paper of the applicant that no scanner looked at opens only after somebody of the office said so, on record."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.files.actions import take_in
from gongkai.foi.actions import engine
from gongkai.foi.models import Paper
from gongkai.foi.queries.casefile import leaves_of
from gongkai.foi.tests.test_after import opened
from gongkai.foi.tests.test_after_pages import browse  # noqa: F401 -- a fixture
from gongkai.trail.chain import SYSTEM
from gongkai.trail.models import TrailRow

pytestmark = [pytest.mark.django_db, pytest.mark.feature("D01")]


def test_it_is_confirmed_on_the_page_of_the_case(world: Any, browse: Any, settings: Any) -> None:  # noqa: F811
    settings.CLAMD = ""
    case = opened(world)
    engine.advance(engine.locked(case), "sign_for", by=world.actor("finance.officer"), now=world.now)
    file = take_in(
        content=["补充说明".encode()], name="说明.txt", unit=None, by=SYSTEM, now=world.now, outside=True
    )
    paper = Paper.objects.unscoped("test").create(
        case=case, unit=case.unit, kind="other", title="说明", file=file, at=world.now
    )
    client: Client = browse("finance.officer")
    page = reverse("foi:case", args=[case.pk])
    shown = client.get(page).content.decode()
    assert "没有查过毒" in shown and "确认打开" in shown
    assert client.get(reverse("foi:paper", args=[case.pk, paper.pk])).status_code == 302  # told, not opened
    assert any("没有打开过" in str(leaf) for leaf in leaves_of(case, as_papers=False))
    stranger = browse("civil.officer").post(reverse("foi:paper-confirm", args=[paper.pk]))
    assert stranger.status_code in (403, 404)
    client = browse("finance.officer")
    assert client.post(reverse("foi:paper-confirm", args=[paper.pk])).status_code == 302
    opened_now = client.get(reverse("foi:paper", args=[case.pk, paper.pk]))
    assert b"".join(opened_now.streaming_content) == "补充说明".encode()  # type: ignore[attr-defined]
    assert TrailRow.objects.filter(verb="files.confirm").count() == 1
    assert "没有查过毒" not in client.get(page).content.decode()
