"""What a page says to machines, in the words of schema.org (I09): read from the page's own values, nothing else.

It stands in the page as a block of data, which the strict policy does not run: every sign that could end the
block is written as an escape.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from gongkai.kernel.clock import LEGAL_ZONE
from gongkai.portal import addresses
from gongkai.portal.context import (
    ColumnPage,
    DocumentPage,
    HomePage,
    Link,
    ListPage,
    Page,
    Row,
    SearchPage,
    Site,
    UnitPage,
)

CONTEXT = "https://schema.org"
LANGUAGE = "zh-Hans-CN"
_ESCAPES = {
    ord("<"): "\\u003C",
    ord(">"): "\\u003E",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}
# The fields of the header block that schema.org has a word for.
_FIELDS = {"索引号": "identifier", "发文字号": "legislationIdentifier", "主题分类": "about"}


def structured(page: Page, site: Site) -> str:
    """The description as JSON that may stand inside a page; empty where there is nothing to say."""
    if isinstance(page, SearchPage) or page.robots:
        return ""
    found = [thing for thing in (_main(page, site), _way(page.crumbs, page, site)) if thing]
    if not found:
        return ""
    text = json.dumps({"@context": CONTEXT, "@graph": found}, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_ESCAPES)


def _main(page: Page, site: Site) -> dict[str, Any] | None:
    if isinstance(page, HomePage):
        return _site(site)
    if isinstance(page, DocumentPage) and page.article is not None:
        return _document(page, site)
    if isinstance(page, UnitPage):
        return _unit(page, site)
    if isinstance(page, ListPage | ColumnPage) and page.rows:
        return _list(page, page.rows, site)
    return None


def _site(site: Site) -> dict[str, Any]:
    return {
        "@type": "WebSite",
        "name": site.name,
        "url": f"{site.url}/",
        "inLanguage": LANGUAGE,
        "publisher": _office(site.sponsor or site.government or site.name),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{site.url}{addresses.SEARCH}?q={{words}}"},
            "query-input": "required name=words",
        },
    }


def _document(page: DocumentPage, site: Site) -> dict[str, Any]:
    article = page.article
    assert article is not None
    is_paper = bool(page.masthead)
    found: dict[str, Any] = {
        "@type": "Legislation" if is_paper else "Article",
        "name" if is_paper else "headline": page.title,
        "url": f"{site.url}{page.address}",
        "inLanguage": LANGUAGE,
        "datePublished": article.published_at.astimezone(LEGAL_ZONE).isoformat(timespec="minutes"),
        "isAccessibleForFree": True,
        "publisher": _office(article.source or site.name),
    }
    for field in page.fields:
        word = _FIELDS.get(field.label)
        if word and field.value and (is_paper or word != "legislationIdentifier"):
            found[word] = str(field.value)
    if article.description:
        found["description"] = article.description
    if article.keywords:
        found["keywords"] = article.keywords
    files = [
        {"@type": "MediaObject", "name": one.title, "contentUrl": f"{site.url}{one.url}"}
        for one in page.attachments
    ]
    if files:
        found["associatedMedia"] = files
    return found


def _unit(page: UnitPage, site: Site) -> dict[str, Any]:
    facts = {field.label: field.value for field in page.fields}
    found: dict[str, Any] = {**_office(page.title), "url": f"{site.url}{page.address}"}
    for label, word in (("办公地址", "address"), ("联系电话", "telephone"), ("机构职能", "description")):
        if facts.get(label):
            found[word] = facts[label]
    return found


def _list(page: Page, rows: Iterable[Row], site: Site) -> dict[str, Any]:
    return {
        "@type": "CollectionPage",
        "name": page.title,
        "url": f"{site.url}{page.address}",
        "inLanguage": LANGUAGE,
        "mainEntity": {
            "@type": "ItemList",
            "itemListElement": [
                {"@type": "ListItem", "position": at, "name": row.title, "url": f"{site.url}{row.url}"}
                for at, row in enumerate(rows, start=1)
            ],
        },
    }


def _way(crumbs: tuple[Link, ...], page: Page, site: Site) -> dict[str, Any] | None:
    if len(crumbs) < 2:
        return None
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": at,
                "name": one.text,
                "item": f"{site.url}{one.url or page.address}",
            }
            for at, one in enumerate(crumbs, start=1)
        ],
    }


def _office(name: str) -> dict[str, Any]:
    return {"@type": "GovernmentOrganization", "name": name}
