"""Pages of the units: the six facts of 机构概况 (A01), their columns, their 公开指南 (A04)."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongkai.catalogue.queries import STATUTORY_ITEMS
from gongkai.orgs.models import Unit, UnitName
from gongkai.orgs.queries import disclosure_office
from gongkai.portal import addresses
from gongkai.portal.context import Column, ColumnPage, Link, LinkGroup, UnitField, UnitPage, UnitsPage
from gongkai.portal.pages.lists import PLATFORMS, Place, menu
from gongkai.portal.pages.power_links import power_links
from gongkai.portal.pages.scene import HOME, Scene, has_column, row_of
from gongkai.portal.pages.succession import succession
from gongkai.portal.tree import Output
from gongkai.publishing.models import Listing

LATEST = 8


def unit_outputs(unit: Unit, scene: Scene) -> list[Output]:
    """The files of a unit that change with its facts: its page and its guide."""
    record = f"unit:{unit.code}"
    found = [scene.draw(unit_page(unit, scene), record=record)]
    if has_column(unit):
        found.append(scene.draw(guide_page(unit, scene), record=record))
    return found


def units_outputs(scene: Scene) -> list[Output]:
    """The register of units and the district's own guide."""
    found = [scene.draw(units_page(scene), record="units")]
    guide = guide_page(None, scene)
    return [*found, scene.draw(guide, record="units")]


def unit_page(unit: Unit, scene: Scene) -> UnitPage:
    """A unit with its six facts; a missing one is shown in its place."""
    base = f"/units/{unit.code}"
    listing = Listing.objects.filter(address=f"{base}/open/").first()
    columns = (
        Link("政策", f"{base}/policies/"),
        Link("政府信息公开指南", f"{base}/guide/"),
        Link("政府信息公开制度", f"{base}/system/"),
        Link("法定主动公开内容", f"{base}/open/", f"{listing.present if listing else 0} 条"),
        Link("政府信息公开年报", f"{base}/annual/"),
        Link("依申请公开", addresses.APPLY),
    )
    return UnitPage(
        banners=succession(unit),
        address=f"{base}/",
        title=unit.name,
        section=addresses.UNITS,
        crumbs=(HOME, Link("单位", addresses.UNITS), Link(unit.short_name)),
        column=Column(name=f"{unit.name}机构职能", type="机构职能"),
        kind=unit.get_kind_display(),
        fields=_facts(unit),
        columns=(*(columns if has_column(unit) else ()), *power_links(unit)),
        latest=tuple(row_of(line) for line in scene.newest(listing, LATEST)) if listing else (),
        latest_url=f"{base}/open/" if has_column(unit) else "",
        below=tuple(
            Link(child.short_name, f"/units/{child.code}/")
            for child in scene.units
            if child.parent_id == unit.pk
        )
        if unit.kind != Unit.Kind.DISTRICT
        else (),
        former_names=tuple(
            UnitName.objects.filter(unit=unit, kind=UnitName.Kind.FORMER)
            .order_by("pk")
            .values_list("name", flat=True)
        ),
    )


def units_page(scene: Scene) -> UnitsPage:
    """All units by kind."""
    groups = []
    for kind in Unit.Kind:
        links = tuple(
            Link(unit.short_name, f"/units/{unit.code}/") for unit in scene.units if unit.kind == kind.value
        )
        if links:
            groups.append(LinkGroup(str(kind.label), links))
    return UnitsPage(
        address=addresses.UNITS,
        title="单位",
        section=addresses.UNITS,
        crumbs=(HOME, Link("单位")),
        column=Column(name="机构职能", type="机构职能"),
        groups=tuple(groups),
    )


def guide_page(unit: Unit | None, scene: Scene) -> ColumnPage:
    """政府信息公开指南 of a unit, or of the district for ``None``; its contact block is filled from the
    unit's facts, so a changed phone changes the guide. 条例第十二条.
    """
    base = f"/units/{unit.code}" if unit else ""
    address = f"{base}/guide/" if unit else "/open/guide/"
    owner = unit or disclosure_office()
    return ColumnPage(
        banners=succession(unit) if unit else (),
        address=address,
        title=f"政府信息公开指南{' – ' + unit.short_name if unit else ''}",
        section=addresses.OPEN,
        crumbs=_guide_crumbs(unit),
        column=Column(name="政府信息公开指南", type="信息公开指南"),
        unit_name=unit.short_name if unit else "",
        unit_url=f"{base}/" if unit else "",
        menu=menu(Place(address, base, unit, "guide"), scene, counted=False),
        heading="政府信息公开指南",
        apply_url=addresses.APPLY,
        units=scene.choosable,
        platforms=PLATFORMS,
        html=_guide_text(owner, whose=unit.name if unit else scene.site.government or "本区"),
    )


def _facts(unit: Unit) -> tuple[UnitField, ...]:
    return (
        UnitField("机构职能", unit.functions),
        UnitField("负责人", unit.leader),
        UnitField("办公地址", unit.address),
        UnitField("办公时间", unit.hours),
        UnitField("联系电话", unit.phone),
        UnitField("统一社会信用代码", unit.uscc),
    )


def _guide_crumbs(unit: Unit | None) -> tuple[Link, ...]:
    found = [HOME, Link("政府信息公开", addresses.OPEN)]
    if unit:
        found.append(Link(unit.short_name, f"/units/{unit.code}/"))
    return (*found, Link("政府信息公开指南"))


def _guide_text(owner: Unit | None, *, whose: str) -> SafeString:
    items = format_html_join("", "<li>{}（{}）</li>", ((item.text, item.basis) for item in STATUTORY_ITEMS))
    contact = (
        ("工作机构", owner.name if owner else ""),
        ("办公地址", owner.address if owner else ""),
        ("办公时间", owner.hours if owner else ""),
        ("联系电话", owner.phone if owner else ""),
    )
    lines = format_html_join("", "<li>{}：{}</li>", ((label, text or "未公开") for label, text in contact))
    return format_html(
        "<h3>一、公开哪些信息</h3><p>{}依照《中华人民共和国政府信息公开条例》第二十条、第二十一条主动公开："
        "</p><ul>{}</ul>"
        "<h3>二、怎样分类和编排</h3><p>每条信息有索引号、名称、内容概述、生成日期，按法定事项、主题、单位"
        "三种方式编排，网址相同。</p>"
        "<h3>三、怎样获取</h3><p>在本站查阅、搜索、订阅、下载；也可以到档案馆、公共图书馆、政务服务场所查阅。"
        "网上没有的，可以依法申请公开，各单位办理用时和结果见"
        "<a href='/apply/figures/'>依申请公开办理情况</a>。</p>"
        "<h3>四、工作机构和联系方式</h3><ul>{}</ul>"
        "<h3>五、监督和救济</h3><p>认为本机关没有依法履行公开义务的，可以向区政务公开主管部门或者上一级行政机关"
        "投诉、举报，也可以依法申请行政复议或者提起行政诉讼。</p>",
        whose,
        items,
        lines,
    )
