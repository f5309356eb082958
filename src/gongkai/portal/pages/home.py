"""The home page: what is new, how do I ask, does the district keep its plan."""

from __future__ import annotations

from gongkai.law.rule_table import value
from gongkai.orgs.models import Unit
from gongkai.portal import addresses
from gongkai.portal.context import Column, Entrance, HomePage, Link, Row
from gongkai.portal.pages.progress import strip
from gongkai.portal.pages.scene import Scene, row_of
from gongkai.publishing.models import Listing

NEWEST = 5


def home_page(scene: Scene) -> HomePage:
    """Everything in one look; each list leads on to its own address."""
    listings = Listing.objects.filter(
        address__in=["/policies/", "/notices/", "/open/", "/open/system/", "/open/annual/"]
    )
    known = {listing.address: listing for listing in listings}
    units = sum(1 for unit in scene.units if unit.kind != Unit.Kind.COMMUNITY)
    plan = strip(scene)
    reply_days = value("reply_working_days", on=scene.today)
    entrances = [
        Entrance("pencil", "依申请公开", addresses.APPLY, f"网上没有的政府信息，{reply_days}个工作日内答复"),
        Entrance("building", "按单位查看", addresses.UNITS, f"{units}个单位的职能、电话和公开内容"),
        Entrance("list", "法定公开内容", addresses.OPEN, "按《条例》第二十条、第二十一条分类"),
        Entrance("flag", "给网站找错", addresses.FIND_ERRORS, "错字、打不开的链接、过时的内容"),
    ]
    return HomePage(
        address=addresses.HOME,
        title="首页",
        section=addresses.HOME,
        description=f"{scene.site.government or scene.site.name}政府信息公开网站",
        column=Column(name="首页", type="首页"),
        feed="/open/feed.atom" if "/open/" in known else "",
        entrances=tuple(entrances),
        policies=_rows(known.get("/policies/"), scene),
        policies_url=addresses.POLICIES,
        notices=_rows(known.get("/notices/"), scene),
        notices_url=addresses.NOTICES,
        open_info=(
            Link("政策", addresses.POLICIES, _count(known.get("/policies/"), "件")),
            Link("政府信息公开指南", "/open/guide/"),
            Link("政府信息公开制度", "/open/system/", _count(known.get("/open/system/"), "项")),
            Link("法定主动公开内容", addresses.OPEN, _count(known.get("/open/"), "条")),
            Link("政府信息公开年报", "/open/annual/", _count(known.get("/open/annual/"), "份")),
            Link("依申请公开", addresses.APPLY, "当面、邮寄"),
        ),
        open_info_url=addresses.UNITS,
        strip=plan,
    )


def _rows(listing: Listing | None, scene: Scene) -> tuple[Row, ...]:
    if listing is None:
        return ()
    return tuple(row_of(line) for line in scene.newest(listing, NEWEST))


def _count(listing: Listing | None, word: str) -> str:
    return f"{listing.present if listing else 0} {word}"
