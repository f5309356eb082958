"""The public site as a folder: every link leads to a file of the folder, every document is in its search."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.management import CommandError, call_command

from gongkai.portal import projections
from gongkai.portal.exporting import _inside, _relative
from gongkai.publishing.tests.world import World

pytestmark = pytest.mark.feature("I04")
LINK = re.compile(r'\b(?:href|src|action)="([^"]*)"')


@pytest.mark.django_db(transaction=True)
def test_every_link_of_the_folder_leads_to_a_file_of_it(db: None, tmp_path: Path) -> None:
    publication = World().published()
    projections.rebuild()
    folder = tmp_path / "copy"
    call_command("site", "export", str(folder))
    broken = []
    pages = list(folder.rglob("*.html"))
    for page in pages:
        for link in LINK.findall(page.read_text()):
            if link.startswith(("#", "mailto:", "tel:", "http://", "https://")):
                continue
            file = (page.parent / unquote(link.partition("#")[0])).resolve()
            if link.startswith("/") or not file.is_file():
                broken.append((str(page.relative_to(folder)), link))
    assert len(pages) > 20
    assert broken == []
    words = (folder / "offline" / "words-0.js").read_text()
    rows = json.loads(words[len("offlineWords(") : words.rindex(");")])
    assert [row[0] for row in rows] == [publication.title]
    assert (folder / "offline" / rows[0][1]).is_file()
    with pytest.raises(CommandError, match="不是空文件夹"):
        call_command("site", "export", str(folder))


@pytest.mark.django_db(transaction=True)
def test_a_site_that_is_not_built_is_not_exported(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongkai.portal.building.is_built", lambda: False)
    with pytest.raises(CommandError, match="还没有全部生成"):
        call_command("site", "export", str(tmp_path / "copy"))


def test_addresses_become_relative_and_text_stays() -> None:
    known = {"/index.html", "/open/index.html", "/doc/2026/1.html"}
    assert _inside("/open/#a", "/doc/2026/1.html", known) == "../../open/index.html#a"
    assert _inside("../open/", "/doc/1.html", known) == "../open/index.html"
    assert _inside("https://www.gov.cn/", "/index.html", known) == "https://www.gov.cn/"
    assert _inside("/large/", "/open/index.html", known) == "../index.html"
    assert _inside("/apply/new/?x=1", "/index.html", known) == "offline/server.html"
    assert _inside("/search/?q=a", "/index.html", known) == "offline/search.html"
    page = '<a class="x" href="/open/">href="/open/"</a>'
    assert _relative(page, "/index.html", known) == '<a class="x" href="open/index.html">href="/open/"</a>'
