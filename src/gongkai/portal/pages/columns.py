"""All columns of the site, and the head of a column that has no record yet."""

from __future__ import annotations

import json

from gongkai.columns.models import Column as Topic
from gongkai.columns.queries import address_of
from gongkai.portal import addresses
from gongkai.portal.context import Column, Link
from gongkai.portal.context.topics import TopicRow, TopicsPage
from gongkai.portal.pages.lists import list_outputs
from gongkai.portal.pages.scene import HOME, Scene
from gongkai.portal.pages.topics import cycle_words
from gongkai.portal.parts import Part
from gongkai.portal.tree import Output
from gongkai.publishing.models import Listing
from gongkai.upkeep.queries import Upkeep, upkeep_of_all

RECORD, INDEX = "columns", "index"


def draw(scene: Scene, key: str) -> list[Output]:
    """The directory for ``index``, the head of a column for its code, both of all columns for an empty key."""
    found: list[Output] = []
    if key in ("", INDEX):
        found += _index(scene)
    rows = Topic.objects.filter(code=key) if key else Topic.objects.all()
    if key != INDEX:
        for topic in rows.order_by("pk"):
            found += _head(topic, scene)
    return found


PART = Part(RECORD, draw, daily=True)


def _head(topic: Topic, scene: Scene) -> list[Output]:
    address = address_of(topic)
    outputs = list_outputs(address, set(), scene)
    if Listing.objects.filter(address=address).exists():
        return outputs
    return [Output(one.path, one.body, f"{RECORD}:{topic.code}", one.version, one.kind) for one in outputs]


def _index(scene: Scene) -> list[Output]:
    lines = upkeep_of_all(today=scene.today)
    page = TopicsPage(
        address=addresses.COLUMNS,
        title="专栏",
        section=addresses.OPEN,
        crumbs=(HOME, Link("专栏")),
        column=Column(name="专栏", type="信息公开目录"),
        rows=tuple(_row(line) for line in lines),
        exports=(Link("JSON", f"{addresses.COLUMNS}columns.json"),),
    )
    body = json.dumps(
        {"items": [_data(line, scene) for line in lines]}, ensure_ascii=False, indent=1
    ).encode()
    version = scene.today.toordinal()
    record = f"{RECORD}:{INDEX}"
    return [
        scene.draw(page, record=record, version=version),
        Output(f"{addresses.COLUMNS}columns.json", body, record, version, "file"),
    ]


def _row(line: Upkeep) -> TopicRow:
    return TopicRow(
        link=Link(line.column.name, address_of(line.column)),
        depth=line.depth,
        owner=line.column.owner.short_name,
        cycle=cycle_words(line.column),
        count=line.count,
        last=line.last,
    )


def _data(line: Upkeep, scene: Scene) -> dict[str, object]:
    column = line.column
    return {
        "code": column.code,
        "name": column.name,
        "description": column.description,
        "parent": column.parent.code if column.parent else "",
        "owner": column.owner.short_name,
        "type": column.tag_type,
        "cycle_days": column.cycle_days,
        "count": line.count,
        "updated_on": line.last.isoformat() if line.last else None,
        "url": scene.site.url + address_of(column),
    }
