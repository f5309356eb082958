"""The page of a column: its list under its own address, what it must tell, who keeps it (A13)."""

from __future__ import annotations

from typing import Any

from gongkai.catalogue.queries import ITEM_BY_CODE
from gongkai.columns.models import Column as Topic
from gongkai.columns.queries import address_of, children_of, column_at, fields_of_column
from gongkai.portal import addresses
from gongkai.portal.context import Column, Empty, Link, LinkGroup
from gongkai.portal.context.topics import TopicPage
from gongkai.portal.pages.scene import HOME
from gongkai.upkeep.queries import lists_in

UNKNOWN = "专栏"


def topic_title(code: str) -> str:
    """The name of a column for its feeds."""
    found = column_at(code)
    return found.name if found else UNKNOWN


def topic_page(code: str, *, mark: str, common: dict[str, Any], is_head: bool) -> TopicPage:
    """A column with the rows of one page of its list."""
    topic = column_at(code)
    if topic is None:  # its list outlived it; the address still answers
        return TopicPage(**common, title=UNKNOWN + mark, crumbs=(HOME, Link(UNKNOWN)), closed=True)
    parent = topic.parent
    crumbs = [HOME, Link("专栏", addresses.COLUMNS)]
    if parent is not None:
        crumbs.append(Link(parent.name, address_of(parent)))
    fields = fields_of_column(topic)
    return TopicPage(
        **common,
        title=topic.name + mark,
        description=topic.description,
        section=addresses.OPEN,
        crumbs=(*crumbs, Link(topic.name)),
        column=Column(
            name=topic.name, type=topic.tag_type, description=topic.description, keywords=topic.keywords
        ),
        lede=topic.description if is_head else "",
        owner=Link(topic.owner.short_name, f"/units/{topic.owner.code}/"),
        cycle=cycle_words(topic),
        told=tuple(f"{one.name}{'' if one.required else '（有则公开）'}" for one in fields)
        if is_head
        else (),
        closed=topic.status == Topic.Status.CLOSED,
        below=tuple(Link(one.name, address_of(one)) for one in children_of(topic)) if is_head else (),
        side=_side(topic) if is_head else (),
        empty=Empty(
            f"“{topic.name}”目前没有内容",
            f"由{topic.owner.short_name}负责，第一条信息发布后显示在这里。",
            (Link("依申请公开", addresses.APPLY),),
        ),
    )


def cycle_words(topic: Topic) -> str:
    """How often the column is to be brought up to date."""
    if topic.cycle_days:
        return f"至少每 {topic.cycle_days} 天更新一次"
    return topic.get_upkeep_display()


def _side(topic: Topic) -> tuple[LinkGroup, ...]:
    groups = []
    item = ITEM_BY_CODE.get(topic.catalogue_item)
    if item:
        link = Link(item.name, f"/open/{item.code}/", item.basis)
        groups.append(LinkGroup("法定公开内容", (link,), "点开看全区这一项的全部信息"))
    matters = topic.matters.filter(active=True).select_related("field").order_by("field__order", "code")
    links = tuple(
        Link(one.name, f"{addresses.STANDARD}{one.field.code}/#m-{one.pk}", one.field.name) for one in matters
    )
    if links:
        groups.append(LinkGroup("对应的标准目录事项", links))
    lists = lists_in(topic)
    if lists:
        named = tuple(Link(title, f"/records/{code}/", f"{count} 条") for code, title, count in lists)
        groups.append(LinkGroup("名单和数据", named))
    return tuple(groups)
