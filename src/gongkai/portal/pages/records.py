"""Typed records in public: the index, each list with its facets and data, a page for rows that have one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from gongkai.kernel.clock import legal_day
from gongkai.portal import addresses
from gongkai.portal.context import Column, Empty, Link, LinkGroup, MetaField, Pager
from gongkai.portal.context.records import RecordListPage, RecordsPage, TypeEntry, TypeGroup
from gongkai.portal.pages import lists
from gongkai.portal.pages.feeds import RECORDS_SITEMAP as SITEMAP
from gongkai.portal.pages.feeds import XML, escaped
from gongkai.portal.pages.record_feed import feed_outputs
from gongkai.portal.pages.record_item import item_output
from gongkai.portal.pages.record_map import points_of
from gongkai.portal.pages.record_rows import (
    MEDIA,
    address_of,
    as_data,
    dictionary_of,
    exports_of,
    heads_of,
    line_of,
)
from gongkai.portal.pages.scene import HOME, Scene
from gongkai.portal.parts import Part
from gongkai.portal.tree import Output
from gongkai.records import queries
from gongkai.records.queries import PER_PAGE, PageKind, PublicRow, PublicType, RecordType

RECORD, ADDRESS = "records", "/records/"
INDEX_CRUMBS = (HOME, Link("政府信息公开", addresses.OPEN))
MOST_IN_FACET = 200
TYPE = "信息公开目录"


def draw(scene: Scene, key: str) -> list[Output]:
    """The files of one type, or of all; with them the index and the heads of the column that count them."""
    types = list(scene.record_types)
    known = {one.kind.code: one for one in types}
    chosen = [known[key]] if key in known else [] if key else types
    outputs = [output for one in chosen for output in type_outputs(one, scene)]
    if key and not chosen:  # nothing of it was ever public
        kind = queries.kind_of(key)
        items = {queries.item_of_kind(kind).code} if kind else set()
    else:
        items = {queries.item_of_kind(one.kind).code for one in chosen}
    return [*outputs, *around_outputs(items, scene)]


PART = Part(RECORD, draw, daily=True)


def _sitemap(types: Sequence[PublicType], scene: Scene) -> Output:
    """The lists for search engines; a list of persons is left out."""
    addresses_of = [
        ADDRESS,
        *(address_of(one.kind) for one in types if one.count and not one.kind.is_guarded),
    ]
    lines = "".join(f"<url><loc>{escaped(scene.site.url + at)}</loc></url>\n" for at in addresses_of)
    body = f'{XML}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</urlset>\n'
    return Output(SITEMAP, body.encode(), f"{RECORD}:", kind="feed")


def around_outputs(items: set[str], scene: Scene) -> list[Output]:
    """What counts the lists: their index, their map, the heads of the columns of these items."""
    types = list(scene.record_types)
    outputs = [scene.draw(_index(types), record=f"{RECORD}:"), _sitemap(types, scene)]
    # Their own record: the list's. They stand beside, and are drawn because their menus count rows.
    return [*outputs, *_column_heads(items, scene)]


def type_outputs(one: PublicType, scene: Scene) -> list[Output]:
    """Everything of one type."""
    rows = rows_of(one.kind, scene)
    pages = [scene.draw(page, record=record_of(one.kind)) for page in list_pages(one, rows, scene)]
    return [*pages, *data_outputs(one, rows, scene), *item_outputs(one.kind, rows, scene)]


def record_of(kind: RecordType) -> str:
    """What the files of a type are said to show."""
    return f"{RECORD}:{kind.code}"


def rows_of(kind: RecordType, scene: Scene) -> list[PublicRow]:
    """The rows that stand in files, from the oldest; of a list of persons none does."""
    if kind.is_guarded:
        return []
    found = queries.in_order(queries.public_rows(kind, today=scene.today))
    return queries.drawn(kind, found, today=scene.today)


def data_outputs(one: PublicType, rows: Sequence[PublicRow], scene: Scene) -> list[Output]:
    """The rows as data, what its fields mean, and the newest for followers."""
    kind, record = one.kind, record_of(one.kind)
    outputs = [Output(f"{address_of(kind)}fields.json", _schema(kind), record, kind="file")]
    if kind.is_guarded:
        return outputs
    outputs += [
        Output(f"{address_of(kind)}data.{end}", as_data(kind, rows[::-1], end), record, kind="file")
        for end in MEDIA
    ]
    return [*outputs, *feed_outputs(kind, rows, one.changed_at, scene, record)]


def item_outputs(kind: RecordType, rows: Sequence[PublicRow], scene: Scene) -> list[Output]:
    """The pages of these rows, where rows of the type have one."""
    if kind.is_guarded or not kind.item_page:
        return []
    return [item_output(kind, row, scene, record_of(kind)) for row in rows]


def list_pages(one: PublicType, rows: Sequence[PublicRow], scene: Scene) -> list[RecordListPage]:
    """The list at its own address, its numbered pages, and a page for each value of a facet."""
    kind = one.kind
    last = max(1, -(-len(rows) // PER_PAGE))
    facets = () if kind.is_guarded else _facets(kind, rows)
    newest = list(rows[-PER_PAGE:])[::-1]
    found = [_page(one, newest, scene, facets=facets, pager=_head_pager(kind, last), count=one.count)]
    for number in range(1, last + 1 if last > 1 else 1):
        part = list(rows[(number - 1) * PER_PAGE : number * PER_PAGE])[::-1]
        found.append(_page(one, part, scene, address=_numbered(kind, number), mark=f"第{number}页",
                           pager=_pager(kind, number, last)))  # fmt: skip
    for name in kind.facets if not kind.is_guarded else ():
        for value, own in _by_value(kind, rows, name).items():
            part = own[-MOST_IN_FACET:][::-1]
            mark = f"{kind.field(name).label}：{value}"
            found.append(_page(one, part, scene, address=facet_address(kind, name, value), mark=mark,
                               count=len(own), facets=facets))  # fmt: skip
    return found


def _page(
    one: PublicType,
    rows: Sequence[PublicRow],
    scene: Scene,
    *,
    address: str = "",
    mark: str = "",
    pager: Pager | None = None,
    count: int | None = None,
    facets: tuple[LinkGroup, ...] = (),
) -> RecordListPage:
    kind = one.kind
    home = address_of(kind)
    is_head = not address
    item = queries.item_of_kind(kind)
    return RecordListPage(
        address=address or home,
        title=f"{kind.title}（{mark}）" if mark else kind.title,
        description=kind.description,
        section=addresses.OPEN,
        crumbs=(*INDEX_CRUMBS, Link("信息清单", ADDRESS), *((Link(kind.title, home), Link(mark)) if mark else (Link(kind.title),))),
        column=Column(name=kind.title, type=TYPE, description=kind.description, keywords=item.name),
        feed="" if kind.is_guarded else f"{home}feed.atom",
        heading=f"{kind.title}{'　' + mark if mark else ''}",
        lede=kind.description,
        facts=_facts(kind, scene) if is_head else (),
        heads=heads_of(kind),
        lines=tuple(line_of(kind, row) for row in rows),
        count=count,
        updated_on=legal_day(one.changed_at) if one.changed_at and is_head else None,
        find_url=f"{home}find/",
        find_label=find_label(kind),
        guarded=kind.is_guarded,
        pager=pager,
        facets=facets,
        exports=exports_of(kind, f"{home}{'rows' if kind.is_guarded else 'data'}") if is_head else (),
        dictionary=dictionary_of(kind) if is_head else (),
        schema_url=f"{home}fields.json",
        empty=_empty(kind) if not rows and not kind.is_guarded else None,
        points=points_of(kind, rows),
        sums=_sums(kind, scene) if kind.is_guarded and is_head else (),
    )  # fmt: skip


def find_label(kind: RecordType) -> str:
    """What the look-up asks for."""
    if kind.is_guarded:
        return "姓名"
    return "街道、小区或者路名" if kind.page is PageKind.LOOKUP else "关键词"


def facet_address(kind: RecordType, name: str, value: str) -> str:
    """Where the rows with a value stand; the same value always has the same address."""
    return f"{address_of(kind)}by-{name.replace('_', '-')}/{hashlib.sha256(value.encode()).hexdigest()[:12]}.html"


def _facts(kind: RecordType, scene: Scene) -> tuple[MetaField, ...]:
    item = queries.item_of_kind(kind)
    ends = []
    if kind.public_days:
        ends.append(f"公开之日起 {kind.public_days} 天")
    if kind.ends_with:
        ends.append(f"到“{kind.field(kind.ends_with).label}”为止")
    return (
        MetaField(
            "法定目录", f"{item.name}（{kind.basis or item.basis}）", url=f"{addresses.OPEN}{item.code}/"
        ),
        MetaField("公开时限", queries.period_words(kind, on=scene.today)),
        MetaField("公开期限", "，先到为准；".join(ends) or "长期公开"),
        MetaField("个人信息", "号码已遮盖；期满后删除" if kind.is_personal else "不含"),
    )


def _facets(kind: RecordType, rows: Sequence[PublicRow]) -> tuple[LinkGroup, ...]:
    groups = []
    for name in kind.facets:
        values = _by_value(kind, rows, name)
        links = tuple(
            Link(value, facet_address(kind, name, value), note=str(len(own)))
            for value, own in sorted(values.items(), key=lambda each: (-len(each[1]), each[0]))
        )
        if links:
            groups.append(LinkGroup(f"按{kind.field(name).label}", links))
    return tuple(groups)


def _by_value(kind: RecordType, rows: Sequence[PublicRow], name: str) -> dict[str, list[PublicRow]]:
    """Rows by each value of a facet; a row for 全区 stands under every one."""
    found: dict[str, list[PublicRow]] = {}
    everywhere = []
    for row in rows:
        words = row.values.get(name, "")
        if kind.field(name).many and words == "全区":
            everywhere.append(row)
            continue
        for value in words.split("、") if kind.field(name).many else [words]:
            if value:
                found.setdefault(value, []).append(row)
    if everywhere:
        found = {value: [*own, *everywhere] for value, own in found.items()}
        found["全区"] = everywhere
    return found


def _sums(kind: RecordType, scene: Scene) -> tuple[tuple[str, int], ...]:
    """A guarded list shows how many, not who."""
    name = next(iter(kind.facets), "")
    return tuple(queries.facet_values(kind, name, today=scene.today)) if name else ()


def _empty(kind: RecordType) -> Empty:
    why = "公示期都已满，或者还没有公开过。" if kind.ends else "还没有公开这一项内容。"
    return Empty(f"“{kind.title}”目前没有内容", why, (Link("依申请公开", addresses.APPLY),))


def _head_pager(kind: RecordType, last: int) -> Pager | None:
    if last == 1:
        return None
    shown = [number for number in (last, last - 1, last - 2) if number > 1]
    numbers: list[Link | None] = [Link(str(at), _numbered(kind, at)) for at in shown]
    numbers += [None] if last > 4 else []
    numbers.append(Link("1", _numbered(kind, 1)))
    return Pager(last, tuple(numbers), older=_numbered(kind, last - 1), per_page=PER_PAGE)


def _pager(kind: RecordType, number: int, last: int) -> Pager:
    numbers: list[Link | None] = [Link(str(number))]
    if number > 1:
        numbers += [Link(str(number - 1), _numbered(kind, number - 1))]
    if number > 2:
        numbers += [*([None] if number > 3 else []), Link("1", _numbered(kind, 1))]
    newer = address_of(kind) if number >= last else _numbered(kind, number + 1)
    older = _numbered(kind, number - 1) if number > 1 else ""
    return Pager(number, tuple(numbers), newer=newer, older=older, per_page=PER_PAGE)


def _numbered(kind: RecordType, number: int) -> str:
    return f"{address_of(kind)}p{number}.html"


def _schema(kind: RecordType) -> bytes:
    return json.dumps(queries.dictionary(kind), ensure_ascii=False, indent=1).encode()


def _index(types: Sequence[PublicType]) -> RecordsPage:
    groups: dict[str, list[TypeEntry]] = {}
    items = {}
    for one in types:
        item = queries.item_of_kind(one.kind)
        items[item.code] = item
        home = address_of(one.kind)
        base = f"{home}{'rows' if one.kind.is_guarded else 'data'}"
        groups.setdefault(item.code, []).append(
            TypeEntry(Link(one.kind.title, home), one.count, one.changed_at, one.kind.description,
                      exports_of(one.kind, base))
        )  # fmt: skip
    return RecordsPage(
        address=ADDRESS,
        title="信息清单",
        description="按法定目录排列的清单，都可以下载为数据",
        section=addresses.OPEN,
        crumbs=(*INDEX_CRUMBS, Link("信息清单")),
        column=Column(name="信息清单", type=TYPE),
        groups=tuple(
            TypeGroup(f"i{code}", items[code].name, items[code].basis, tuple(entries))
            for code, entries in sorted(groups.items())
        ),
        empty=None if groups else Empty("还没有公开的清单", "各单位公开第一份清单后显示在这里。", (Link("政府信息公开", addresses.OPEN),)),
    )  # fmt: skip


def _column_heads(items: set[str], scene: Scene) -> list[Output]:
    found = lists.list_outputs(addresses.OPEN, set(), scene)
    for code in sorted(items):
        found += lists.list_outputs(f"{addresses.OPEN}{code}/", set(), scene)
    return found
