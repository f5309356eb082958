"""The statutory catalogue and the subjects under which information is filed.

Codes are article and item of 《政府信息公开条例》 (2019): ``20-07`` is art. 20 item 7. A record has one code and
one theme, and stands under one address in every view made of them (A05).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Column(StrEnum):
    """The parts of the 政府信息公开 column, uniform for the district and every unit. 国办公开办函〔2019〕61号."""

    POLICY = "policy"
    GUIDE = "guide"
    SYSTEM = "system"
    STATUTORY = "statutory"
    ANNUAL = "annual"


COLUMN_LABELS = {
    Column.POLICY: "政策",
    Column.GUIDE: "政府信息公开指南",
    Column.SYSTEM: "政府信息公开制度",
    Column.STATUTORY: "法定主动公开内容",
    Column.ANNUAL: "政府信息公开年报",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One item that the law names. ``name`` stands in menus, ``text`` is the law's wording."""

    code: str
    name: str
    text: str
    basis: str
    column: Column = Column.STATUTORY


CATALOGUE_ITEMS: tuple[Item, ...] = (
    Item("20-01", "规范性文件", "行政法规、规章和规范性文件", "条例第二十条第一项"),
    Item(
        "20-02",
        "机关职能",
        "机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名",
        "条例第二十条第二项",
    ),
    Item(
        "20-03",
        "规划",
        "国民经济和社会发展规划、专项规划、区域规划及相关政策",
        "条例第二十条第三项",
    ),
    Item("20-04", "统计信息", "国民经济和社会发展统计信息", "条例第二十条第四项"),
    Item(
        "20-05",
        "行政许可",
        "办理行政许可和其他对外管理服务事项的依据、条件、程序以及办理结果",
        "条例第二十条第五项",
    ),
    Item(
        "20-06",
        "行政执法",
        "实施行政处罚、行政强制的依据、条件、程序以及有一定社会影响的行政处罚决定",
        "条例第二十条第六项",
    ),
    Item("20-07", "财政预决算", "财政预算、决算信息", "条例第二十条第七项"),
    Item("20-08", "行政事业性收费", "行政事业性收费项目及其依据、标准", "条例第二十条第八项"),
    Item("20-09", "政府采购", "政府集中采购项目的目录、标准及实施情况", "条例第二十条第九项"),
    Item("20-10", "重大建设项目", "重大建设项目的批准和实施情况", "条例第二十条第十项"),
    Item(
        "20-11",
        "民生政策",
        "扶贫、教育、医疗、社会保障、促进就业等方面的政策、措施及其实施情况",
        "条例第二十条第十一项",
    ),
    Item("20-12", "应急管理", "突发公共事件的应急预案、预警信息及应对情况", "条例第二十条第十二项"),
    Item(
        "20-13",
        "监督检查",
        "环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况",
        "条例第二十条第十三项",
    ),
    Item("20-14", "公务员招考", "公务员招考的职位、名额、报考条件等事项以及录用结果", "条例第二十条第十四项"),
    Item(
        "20-15",
        "其他法定公开",
        "法律、法规、规章和国家有关规定规定应当主动公开的其他政府信息",
        "条例第二十条第十五项",
    ),
    *(
        Item(f"21-{at:02d}", name, name, "条例第二十一条")
        for at, name in enumerate(
            ("市政建设", "公共服务", "公益事业", "土地征收", "房屋征收", "治安管理", "社会救助"), 1
        )
    ),
    # Not items of arts. 20 and 21, but records that the column has a place of its own for.
    Item("12-01", "公开指南", "政府信息公开指南", "条例第十二条", Column.GUIDE),
    Item("04-01", "公开制度", "政府信息公开工作制度", "条例第四条", Column.SYSTEM),
    Item("50-01", "公开年报", "政府信息公开工作年度报告", "条例第四十九条、第五十条", Column.ANNUAL),
)
ITEM_BY_CODE = {item.code: item for item in CATALOGUE_ITEMS}
STATUTORY_ITEMS = tuple(item for item in CATALOGUE_ITEMS if item.column is Column.STATUTORY)
OTHER = "20-15"


# The 22 subjects of the central government's document library, in its order.
THEMES: tuple[str, ...] = (
    "国务院组织机构",
    "综合政务",
    "国民经济管理、国有资产监管",
    "财政、金融、审计",
    "国土资源、能源",
    "农业、林业、水利",
    "工业、交通",
    "商贸、海关、旅游",
    "市场监管、安全生产监管",
    "城乡建设、环境保护",
    "科技、教育",
    "文化、广电、新闻出版",
    "卫生、体育",
    "人口与计划生育、妇女儿童工作",
    "劳动、人事、监察",
    "公安、安全、司法",
    "民政、扶贫、救灾",
    "民族、宗教",
    "对外事务",
    "港澳台侨工作",
    "国防",
    "其他",
)
OTHER_THEME = THEMES[-1]


def item_of(code: str) -> Item:
    """The item behind a code; what bears none or an unknown one is 其他法定公开 (art. 20 item 15).

    >>> item_of("20-07").name
    '财政预决算'
    """
    return ITEM_BY_CODE.get(code, ITEM_BY_CODE[OTHER])


def theme_code(theme: str) -> str:
    """The two figures under which the pages of a subject stand; what bears none is filed under 其他.

    >>> theme_code("科技、教育")
    '11'
    """
    return f"{(THEMES.index(theme) if theme in THEMES else len(THEMES) - 1) + 1:02d}"


def columns_of(*, item: str, number: str) -> tuple[Column, ...]:
    """The parts of the column in which a record stands: an official paper (with 发文字号, or of item 20-01)
    is a policy as well as statutory content; guides, systems and reports stand in their own part only.

    >>> [str(one) for one in columns_of(item="20-01", number="")]
    ['policy', 'statutory']
    """
    home = item_of(item).column
    if home is not Column.STATUTORY:
        return (home,)
    return (Column.POLICY, Column.STATUTORY) if number or item == "20-01" else (Column.STATUTORY,)
