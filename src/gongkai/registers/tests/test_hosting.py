"""B20: a hosted copy with one changed sign and one of a superseded version are listed and replaced by one click."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from gongkai.documents import queries as documents
from gongkai.documents.models import Document
from gongkai.law.refusal import Refused
from gongkai.ledger.tests.test_views import browse  # noqa: F401 -- the fixture
from gongkai.registers import actions, queries, states
from gongkai.registers.desk import tasks_for
from gongkai.registers.models import HostedCopy
from gongkai.registers.tests.samples import on_site

pytestmark = [pytest.mark.django_db, pytest.mark.feature("B20")]
TITLE = "测试管理条例"
LINES = (
    "第一条　为了规范管理，制定本条例。",
    "第二条　本条例所称政府信息，是指行政机关制作的信息。",
    "第三条　各级人民政府应当加强领导。",
)
NEW = "\n".join(LINES)
OLD = NEW.replace("加强领导", "加强组织领导")
SOURCE = "https://flk.example/rule"


def body(text: str) -> str:
    return "".join(f"<p>{line}</p>" for line in text.splitlines())


def bring_texts(folder: Path, *rows: dict[str, Any]) -> str:
    path, out = folder / "rules.jsonl", StringIO()
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    call_command("rules", "import", str(path), stdout=out)
    return out.getvalue()


OFFICIAL = (
    {"title": TITLE, "text": OLD, "effective": "2008-05-01", "source": SOURCE},
    {"title": TITLE, "text": NEW, "effective": "2019-05-15", "source": SOURCE},
)


def copies() -> dict[str, HostedCopy]:
    rows = HostedCopy.objects.unscoped("test").select_related("unit", "newest", "version", "publication")
    return {one.unit.code: one for one in rows}


def test_a_changed_sign_and_an_old_version_are_listed_with_their_place(world: Any, tmp_path: Path) -> None:
    on_site(world, "", f"《{TITLE}》", body=body(NEW.replace("制作", "制做")))
    on_site(world, "", TITLE, body=body(OLD), unit="civil")
    on_site(world, "", TITLE, body=body(NEW), unit="tiny")
    on_site(world, "", f"{TITLE}解读", body=body(OLD))
    assert "新导入 2 个" in bring_texts(tmp_path, *OFFICIAL)
    assert "新导入 0 个" in bring_texts(tmp_path, *OFFICIAL)
    found = copies()
    assert set(found) == {"finance", "civil", "tiny"} and not found["tiny"].faulty
    (difference,) = found["finance"].differences
    assert difference["article"] == "第二条" and difference["place"] > 1 and not found["finance"].superseded
    assert "制作" in difference["official"] and "制做" in difference["copy"]
    old = found["civil"]
    assert old.superseded and old.version is not None and old.newest is not None
    assert (old.version.effective, old.newest.effective) == (date(2008, 5, 1), date(2019, 5, 15))
    (task,) = tasks_for(world.actor("civil.officer"), world.today)
    assert task.why == "转载的是旧版本"


def test_one_click_makes_the_replacing_draft_and_reminds_of_the_old_one(
    world: Any,
    browse: Any,  # noqa: F811
    tmp_path: Path,
) -> None:
    on_site(world, "", TITLE, body=body(OLD), unit="civil")
    bring_texts(tmp_path, *OFFICIAL)
    copy = copies()["civil"]
    client = browse("civil.officer")
    assert "换成官方文本" in client.get("/workbench/registers/copies/").content.decode()
    done = client.post(f"/workbench/registers/copies/{copy.pk}/decide/", {"decision": "replace"})
    assert done.status_code == 302
    draft = Document.objects.unscoped("test").get(state="draft")
    assert LINES[2] in draft.body and draft.title == TITLE and documents.openness_of(draft) == "主动公开"
    assert copies()["civil"].draft_id == draft.pk
    Document.objects.unscoped("test").filter(pk=draft.pk).update(state="published")
    (task,) = tasks_for(world.actor("civil.officer"), world.today)
    assert task.verb == "去撤回"


def test_a_link_needs_an_address_and_a_draft_its_officer(world: Any, tmp_path: Path) -> None:
    on_site(world, "", TITLE, body=body(OLD), unit="civil")
    bring_texts(tmp_path, *({**one, "source": "人工录入"} for one in OFFICIAL))
    copy, by = copies()["civil"], world.actor("civil.officer")
    with pytest.raises(Refused, match="没有网址"):
        actions.decide(copy=copy, decision=states.LINK, by=by, now=world.now)
    with pytest.raises(Refused, match="不能建替换稿"):
        actions.decide(copy=copy, decision=states.REPLACE, by=world.actor("civil.leader"), now=world.now)
    with pytest.raises(Refused, match="没有选处理方式"):
        actions.decide(copy=copy, decision="x", by=by, now=world.now)
    copy.newest.source = SOURCE  # type: ignore[union-attr]
    copy.newest.save()  # type: ignore[union-attr]
    done = actions.decide(copy=copy, decision=states.LINK, by=by, now=world.now)
    assert done.draft is not None and f'href="{SOURCE}"' in done.draft.body


def test_official_text_is_words_never_markup() -> None:
    from gongkai.registers.actions.hosting import as_paragraphs

    assert as_paragraphs("# 标题\n\n<script>1</script>") == "<p>标题</p><p>&lt;script&gt;1&lt;/script&gt;</p>"


def test_a_bad_file_of_texts_is_told_by_line_and_stores_nothing(world: Any, tmp_path: Path) -> None:
    path = tmp_path / "rules.jsonl"
    path.write_text('{"title": "甲", "text": "乙"}\nnot json\n{"title": ""}\n', encoding="utf-8")
    with pytest.raises(CommandError, match="第 2 行没有读懂") as refused:
        call_command("rules", "import", str(path))
    assert "第 3 行" in str(refused.value) and queries.versions_of("甲") == []
