"""Public lists: the newest lines at the list's own address, and pages counted from the oldest end.

A page that is full is never drawn again because something new arrives; only its way on to the next page is set
once, when that page opens.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gongkai.catalogue.queries import ITEM_BY_CODE, STATUTORY_ITEMS, THEMES, theme_code
from gongkai.kernel.clock import legal_day
from gongkai.orgs.models import Unit
from gongkai.portal import addresses
from gongkai.portal.context import Column, ColumnPage, Empty, Link, LinkGroup, ListPage, MenuItem, Page, Pager
from gongkai.portal.pages.scene import HOME, Scene, row_of
from gongkai.portal.pages.succession import succession
from gongkai.portal.pages.topics import topic_page, topic_title
from gongkai.portal.tree import Output
from gongkai.publishing.models import Listing
from gongkai.publishing.queries import PER_PAGE, entries_on, page_of, page_path
from gongkai.records.queries import item_of_kind, types_of_item

PLATFORMS = (Link("国家行政法规库", "https://xzfg.moj.gov.cn/", foreign=True),)
NOT_HERE = "左侧数字为 0 的事项，目前没有应公开的内容。"
_COLUMN_TYPES = {
    "policies": "政策文件",
    "guide": "信息公开指南",
    "system": "信息公开目录",
    "open": "信息公开目录",
    "annual": "信息公开年报",
}
_HEADINGS = {
    "policies": "政策",
    "guide": "政府信息公开指南",
    "system": "政府信息公开制度",
    "open": "法定主动公开内容",
    "annual": "政府信息公开年报",
}
_PLAIN = {
    "/policies/": ("政策文件", "政策文件", "全区各单位公开的政策文件，最新发布的在前"),
    "/interpretations/": ("政策解读", "政策解读", "政策文件的解读材料，与文件互相链接"),
    "/notices/": ("通知公告", "政策文件", "通知、公告、通告和公示"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """What an address of a list means: whose column, which part, which item; or a plain list."""

    address: str
    base: str
    unit: Unit | None
    part: str
    item: str = ""
    theme: str = ""
    topic: str = ""


def place_of(address: str, scene: Scene) -> Place:
    """Read the address of a list as ``rules.listings_of`` made it."""
    parts = address.strip("/").split("/")
    if parts[0] == "units":
        unit = scene.unit_by_code[parts[1]]
        return Place(address, f"/units/{unit.code}", unit, parts[2], parts[3] if len(parts) > 3 else "")
    if parts[0] == "open":
        rest = parts[1] if len(parts) > 1 else ""
        return Place(
            address, "", None, rest if rest in _HEADINGS else "open", "" if rest in _HEADINGS else rest
        )
    if parts[0] == "themes":
        return Place(address, "", None, "theme", theme=parts[1])
    if parts[0] == "columns":
        return Place(address, "", None, "topic", topic=parts[1])
    return Place(address, "", None, "plain")


def part_address(base: str, part: str) -> str:
    """Where a part of the column stands: the district's own parts stand at the top of the site."""
    if base or part == "policies":
        return f"{base}/{part}/"
    return "/open/" if part == "open" else f"/open/{part}/"


def list_outputs(address: str, positions: set[int] | None, scene: Scene) -> list[Output]:
    """The files of a list that change when something happens at these places; all of them for ``None``."""
    listing = Listing.objects.filter(address=address).first()
    place = place_of(address, scene)
    record, version = f"list:{address}", listing.revision if listing else 0
    found = [scene.draw(_head(place, listing, scene), record=record, version=version)]
    if listing is None:
        return found
    pages = _pages(listing, positions)
    found += [
        scene.draw(_page(place, listing, number, scene), record=record, version=version) for number in pages
    ]
    return found


def _pages(listing: Listing, positions: set[int] | None) -> list[int]:
    if positions is None:
        return list(range(1, page_of(listing.last) + 1)) if listing.last else []
    found = {page_of(position) for position in positions}
    # The first line of a new page: the page before it now knows where it goes on.
    found |= {page_of(at) - 1 for at in positions if at > 1 and page_of(at) != page_of(at - 1)}
    return sorted(found)


def _head(place: Place, listing: Listing | None, scene: Scene) -> Page:
    """The list at its own address: the newest lines, the counters, the way to the pages."""
    rows = tuple(row_of(line) for line in scene.newest(listing, PER_PAGE)) if listing else ()
    last = page_of(listing.last) if listing and listing.last else 0
    pager = None
    if last > 1:
        shown = [number for number in (last, last - 1, last - 2) if number > 1]
        numbers: list[Link | None] = [Link(str(at), page_path(place.address, at)) for at in shown]
        numbers += [None] if last > 4 else []
        numbers.append(Link("1", page_path(place.address, 1)))
        pager = Pager(last, tuple(numbers), older=page_path(place.address, last - 1), per_page=PER_PAGE)
    return _fill(place, listing, scene, rows=rows, pager=pager, number=0)


def _page(place: Place, listing: Listing, number: int, scene: Scene) -> Page:
    rows = tuple(row_of(line) for line in entries_on(listing, number, today=scene.today, per_page=PER_PAGE))
    is_last = listing.last <= number * PER_PAGE
    numbers: list[Link | None] = [Link(str(number))]
    if number > 1:
        numbers += [Link(str(number - 1), page_path(place.address, number - 1))]
    if number > 2:
        numbers += [*([None] if number > 3 else []), Link("1", page_path(place.address, 1))]
    pager = Pager(
        number,
        tuple(numbers),
        newer=place.address if is_last else page_path(place.address, number + 1),
        older=page_path(place.address, number - 1) if number > 1 else "",
        per_page=PER_PAGE,
    )
    return _fill(place, listing, scene, rows=rows, pager=pager, number=number)


def _fill(
    place: Place, listing: Listing | None, scene: Scene, *, rows: tuple, pager: Pager | None, number: int
) -> Page:
    """A page of a list; the counters stand at its own address only, because they change."""
    address = page_path(place.address, number) if number else place.address
    mark = f"（第{number}页）" if number else ""
    is_head = not number
    common: dict[str, Any] = {
        "address": address,
        "rows": rows,
        "pager": pager,
        "feed": f"{place.address}feed.atom" if listing else "",
        "exports": (Link("JSON 订阅", f"{place.address}feed.json"),) if listing else (),
        "count": (listing.present if listing else 0) if is_head else None,
        "updated_on": legal_day(listing.changed_at) if listing and is_head else None,
    }
    if place.part == "topic":
        return topic_page(place.topic, mark=mark, common=common, is_head=is_head)
    if place.part in ("plain", "theme"):
        return _plain_page(place, scene, mark=mark, common=common, is_head=is_head)
    heading = ITEM_BY_CODE[place.item].name if place.item else _HEADINGS[place.part]
    owner = place.unit.short_name if place.unit else ""
    return ColumnPage(
        banners=succession(place.unit) if place.unit else (),
        **common,
        title=f"{heading}{' – ' + owner if owner else ''}{mark}",
        section=addresses.OPEN,
        crumbs=_crumbs(place, heading),
        column=Column(name=heading, type=_COLUMN_TYPES[place.part]),
        unit_name=owner,
        unit_url=f"{place.base}/" if place.unit else "",
        menu=menu(place, scene, counted=is_head),
        heading=heading + mark,
        apply_url=addresses.APPLY,
        units=scene.choosable if is_head else (),
        platforms=PLATFORMS,
        empty=_empty(place, heading),
        lists=_record_lists(place, scene) if is_head else (),
        filtered=is_head and bool(rows),
        hint=NOT_HERE if is_head and place.part == "open" and not place.item else "",
    )


def _plain_page(place: Place, scene: Scene, *, mark: str, common: dict[str, Any], is_head: bool) -> ListPage:
    if place.theme:
        label = THEMES[int(place.theme) - 1]
        title, kind, lede = f"主题：{label}", "信息公开目录", ""
    else:
        title, kind, lede = _PLAIN[place.address]
    return ListPage(
        **common,
        title=title + mark,
        section=place.address if place.address in _PLAIN else addresses.OPEN,
        crumbs=(HOME, Link(title)),
        column=Column(name=title, type=kind),
        lede=lede if is_head else "",
        side=themes_group(current=place.theme) if is_head and place.address != "/notices/" else (),
        empty=Empty(
            f"{title}还没有内容", "第一条信息发布后显示在这里。", (Link("搜索全站", addresses.SEARCH),)
        ),
    )


def themes_group(*, current: str = "") -> tuple[LinkGroup, ...]:
    """The subjects that have a list, as links."""
    known = set(Listing.objects.filter(address__startswith="/themes/").values_list("address", flat=True))
    links = tuple(
        Link(label, f"/themes/{theme_code(label)}/")
        for label in THEMES
        if f"/themes/{theme_code(label)}/" in known and theme_code(label) != current
    )
    return (LinkGroup("按主题", links),) if links else ()


def menu(place: Place, scene: Scene, *, counted: bool) -> tuple[MenuItem, ...]:
    """The left menu of the column; items with nothing in them stay and say why."""
    base = place.base
    found = []
    for part, heading in _HEADINGS.items():
        is_open = part == "open" and counted
        found.append(
            MenuItem(
                text=heading,
                url=part_address(base, part),
                current=place.part == part and not place.item,
                children=_items(place, scene) if is_open else (),
            )
        )
    return tuple(found)


def _items(place: Place, scene: Scene) -> tuple[MenuItem, ...]:
    """The items of arts. 20 and 21. Counters stand at the head of the column, the only page that every
    publication of the unit draws anew."""
    home = part_address(place.base, "open")
    counts = dict(Listing.objects.filter(address__startswith=home).values_list("address", "present"))
    counted = place.part == "open" and not place.item
    if not place.base:  # the district's column counts the rows of its typed records as well
        for one in scene.record_types:
            address = f"{home}{item_of_kind(one.kind).code}/"
            counts[address] = counts.get(address, 0) + one.count
    return tuple(
        MenuItem(
            text=item.name,
            url=f"{home}{item.code}/" if f"{home}{item.code}/" in counts else "",
            count=counts.get(f"{home}{item.code}/", 0) if counted else None,
            current=item.code == place.item,
        )
        for item in STATUTORY_ITEMS
    )


def _record_lists(place: Place, scene: Scene) -> tuple[Link, ...]:
    """Typed records under an item; at the head of the column the way to all of them."""
    if place.base or place.part != "open":
        return ()
    if not place.item:
        return (Link("全部信息清单", "/records/"),) if scene.record_types else ()
    return tuple(
        Link(one.kind.title, f"/records/{one.kind.code}/", note=f"{one.count} 条")
        for one in types_of_item(place.item, scene.record_types)
    )


def _crumbs(place: Place, heading: str) -> tuple[Link, ...]:
    found = [HOME, Link("政府信息公开", "/open/")]
    if place.unit:
        found.append(Link(place.unit.short_name, f"{place.base}/"))
    if place.item:
        found.append(Link(_HEADINGS["open"], part_address(place.base, "open")))
    return (*found, Link(heading))


def _empty(place: Place, heading: str) -> Empty:
    owner = place.unit.name if place.unit else "全区"
    why = f"{owner}还没有公开这一项内容，第一条信息发布后显示在这里。"
    if place.part == "system":
        why = f"{owner}执行全区统一的政府信息公开制度，没有另行制定。" if place.unit else why
    return Empty(f"“{heading}”目前没有内容", why, (Link("依申请公开", addresses.APPLY),))


def title_of(address: str, scene: Scene) -> str:
    """The name of a list for its feeds."""
    place = place_of(address, scene)
    if place.part == "theme":
        return f"主题：{THEMES[int(place.theme) - 1]}"
    if place.part == "topic":
        return topic_title(place.topic)
    if place.part == "plain":
        return _PLAIN[address][0]
    heading = ITEM_BY_CODE[place.item].name if place.item else _HEADINGS[place.part]
    return f"{heading} – {place.unit.short_name}" if place.unit else heading
