"""The description of a page for machines: whole, true to the page, and never able to end its own block."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.portal import context
from gongkai.portal.rendering import render
from gongkai.portal.structured import structured
from gongkai.portal.tests.samples import DOCUMENT_PAGE, HOME_PAGE, PAGES, SITE

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


def graph(page: context.Page) -> dict[str, dict]:
    """What the rendered page says, by type; the page has one block at most."""
    found = BLOCK.findall(render(page, SITE))
    assert len(found) <= 1
    return {one["@type"]: one for one in json.loads(found[0])["@graph"]} if found else {}


@pytest.mark.feature("I09")
def test_document_says_what_it_is_and_where_it_stands() -> None:
    said = graph(DOCUMENT_PAGE)
    paper = said["Legislation"]
    assert paper["name"] == DOCUMENT_PAGE.title
    assert paper["url"] == SITE.url + DOCUMENT_PAGE.address
    assert paper["legislationIdentifier"] == DOCUMENT_PAGE.number
    way = said["BreadcrumbList"]["itemListElement"]
    assert [one["name"] for one in way] == [crumb.text for crumb in DOCUMENT_PAGE.crumbs]
    assert all(one["item"].startswith(SITE.url) for one in way)


@pytest.mark.feature("I09")
def test_lists_name_their_rows_and_home_its_search() -> None:
    lists = [page for page in PAGES.values() if isinstance(page, context.ListPage | context.ColumnPage)]
    rows = [page for page in lists if page.rows]
    assert rows
    for page in rows:
        items = graph(page)["CollectionPage"]["mainEntity"]["itemListElement"]
        assert [one["url"] for one in items] == [SITE.url + row.url for row in page.rows]
    assert graph(HOME_PAGE)["WebSite"]["potentialAction"]["target"]["urlTemplate"].endswith(
        "/search/?q={words}"
    )


def test_what_is_not_for_machines_says_nothing() -> None:
    assert structured(replace(DOCUMENT_PAGE, robots="noindex"), SITE) == ""
    assert all(not graph(page) for page in PAGES.values() if page.robots)


@given(
    st.text(max_size=60)
    | st.sampled_from(["</script><script>x()</script>", "<!--<script>", "\u2028</SCRIPT >", "]]>"])
)
@settings(max_examples=60, deadline=None)
def test_no_words_end_the_block(words: str) -> None:
    text = structured(replace(DOCUMENT_PAGE, title=words), SITE)
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text)["@graph"][0]["name"] == words
