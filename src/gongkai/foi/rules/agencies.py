"""Which body reviews an agency, and which court hears it: by what kind of agency it is, on what day.

Names are data: they come from the register of units and from the district's settings; what is not known is said
in the words of the law (上一级主管部门).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.basis import basis
from gongkai.law.remedy import RECONSIDERATION_FIRST_SINCE
from gongkai.law.rule_table import rule


class AgencyKind(StrEnum):
    """What an agency is for the law of reconsideration."""

    GOVERNMENT = "government"
    DEPARTMENT = "department"
    STREET = "street"  # 派出机关 of the district government
    AUTHORISED = "authorised"  # 法律、法规、规章授权的组织
    DISTRICT_BRANCH = "district_branch"  # 派出机构 of a department of the district
    CITY_BRANCH = "city_branch"  # 派出机构 of a department of the city, set up by district
    VERTICAL = "vertical"  # customs, tax, state security, finance and foreign exchange


@dataclass(frozen=True, slots=True)
class Agency:
    """Whoever answers. ``parent_department`` is the department that set up a branch, where the name says it."""

    name: str
    kind: AgencyKind
    parent_department: str = ""


@dataclass(frozen=True, slots=True)
class Seats:
    """Names around an agency; the defaults follow from the names of the governments (``seats_of``).

    ``in_pilot``: the province took part in the pilot by which a district government was sued in the district
    court (法〔2021〕242号, Shandong did).
    """

    government: str
    higher_government: str
    basic_court: str
    intermediate_court: str
    in_pilot: bool = True
    named: bool = True  # False where no place could be read from the names


@dataclass(frozen=True, slots=True)
class Venue:
    """Where to go: the phrase for the reconsideration body, the court, the articles."""

    reconsideration_body: str
    court: str
    references: tuple[str, ...]


class UnknownAgency(ValueError):  # noqa: N818 -- an answer to whoever typed the name
    """A name that does not tell what kind of agency it is."""


_PLACE = re.compile(r"(?:[^省]{2,6}省)?(?P<city>[^省区县]{2,6}?市)?(?P<own>[^省]{1,6}?[区县旗])?")
_VERTICAL = re.compile(r"税务(?:局|所|分局)|海关|国家安全局|外汇管理局|国家金融监督管理|人民银行")
_STREET = re.compile(r"街道(?:办事处|办)?$")
_AUTHORISED = re.compile(
    r"(?:居民委员会|居委会|社区|中心|学校|小学|中学|幼儿园|医院|大学|学院|集团|公司|协会|馆|院|站)$"
)
_BRANCH = re.compile(
    r"(?P<department>.+?(?:局|委员会|厅))(?P<own>.{1,8}?)(?:分局|派出所|监管所|管理所|中队)$"
)
_LOCAL_BRANCH = re.compile(r"(?:分局|派出所|监管所|管理所|中队)$")
# Branches that are called by their trade first: 公安市南分局, 生态环境市南分局, 市南公安分局.
_TRADES = "公安|生态环境|环境保护|环保|自然资源和规划|自然资源|规划|国土资源|市场监管|市场监督管理|城市管理|交通运输"
_TRADE_FIRST = re.compile(rf"(?:{_TRADES})(?:局)?(?P<own>[^省市区县局]{{1,5}}|市[东南西北中])(?:区|县)?分局$")
_TRADE_LAST = re.compile(rf"(?P<own>[^省市区县局]{{1,5}}|市[东南西北中])(?:区|县)?(?:{_TRADES})分局$")
# Branches of zones, harbours and the like; no district government is called so.
_NO_DISTRICT = frozenset(
    (
        "高新",
        "高新技术产业开发",
        "开发",
        "经济开发",
        "经济技术开发",
        "保税",
        "旅游度假",
        "机场",
        "铁路",
        "水上",
        "港口",
    )
)
_OF_DEPARTMENT = re.compile(r"(?:局|委员会)(?P<own>[^局会]{1,5}?)(?:区|县)?分局$")
_DEPARTMENT = re.compile(
    r"(?:局|委|委员会|办公室|办|厅|署|处|队|大队|支队|专班|指挥部|领导小组|管委会|政府办|编办|部|审批|公安)$"
)
SUPERIOR, LOCAL_COURT = "上一级人民政府", "本机关所在地的基层人民法院"
_OF_UNIT_KIND = {
    "district": AgencyKind.GOVERNMENT,
    "department": AgencyKind.DEPARTMENT,
    "dual": AgencyKind.CITY_BRANCH,
    "street": AgencyKind.STREET,
    "community": AgencyKind.AUTHORISED,
    "institution": AgencyKind.AUTHORISED,
}


def agency_of(name: str, unit_kind: str = "") -> Agency:
    """The agency of a name; ``unit_kind`` is the register's word for it, where the register knows it.

    >>> agency_of("青岛市公安局市南分局").parent_department
    '青岛市公安局'
    >>> agency_of("市南区香港中路街道办事处").kind.value
    'street'
    """
    words = re.sub(r"\s+", "", name)
    if not 3 <= len(words) <= 120:
        raise UnknownAgency(f"机关名称“{name}”太短或者太长。请写全称，如“青岛市市南区财政局”。")
    if _VERTICAL.search(words):
        return Agency(words, AgencyKind.VERTICAL)
    kind = _OF_UNIT_KIND.get(unit_kind) or _kind_by_name(words)
    branch = _BRANCH.match(words)
    return Agency(words, kind, branch["department"] if branch and kind in _BRANCHES else "")


_BRANCHES = (AgencyKind.DISTRICT_BRANCH, AgencyKind.CITY_BRANCH)


def _kind_by_name(words: str) -> AgencyKind:
    if re.search(r"(?:人民政府|区政府|市政府|县政府)$", words):
        return AgencyKind.GOVERNMENT
    if _STREET.search(words):
        return AgencyKind.STREET
    if _TRADE_FIRST.fullmatch(words) or _TRADE_LAST.fullmatch(words):
        return AgencyKind.CITY_BRANCH
    if _LOCAL_BRANCH.search(words):
        of_district = _PLACE.match(words)
        own = of_district["own"] if of_district else None
        return AgencyKind.DISTRICT_BRANCH if own else AgencyKind.CITY_BRANCH
    if _AUTHORISED.search(words):
        return AgencyKind.AUTHORISED
    if _DEPARTMENT.search(words):
        return AgencyKind.DEPARTMENT
    raise UnknownAgency(
        f"看不出“{words}”是哪一类机关。请写全称，如“青岛市市南区财政局”“市南区香港中路街道办事处”。"
    )


def seats_of(name: str, *, government: str = "") -> Seats:
    """Names around an agency from its own name, or from that of the government it belongs to.

    >>> seats_of("青岛市市南区财政局").higher_government
    '青岛市人民政府'
    >>> seats_of("区财政局", government="青岛市市南区人民政府").basic_court
    '青岛市市南区人民法院'
    """
    city, own = _place_of(government or name)
    if government and not city:  # a city's branch names the city that the district's own name leaves out
        city = _place_of(name)[0] if _LOCAL_BRANCH.search(name) else ""
    higher = f"{city}人民政府" if city else SUPERIOR
    court = f"{city}中级人民法院" if city else "本机关所在地的中级人民法院"
    if own:
        # A city's branch is called by its district; the government of both is named by the district.
        return Seats(government or f"{city}{own}人民政府", higher, f"{city}{own}人民法院", court)
    if city and _LOCAL_BRANCH.search(name):
        return Seats("本机关所在地的区人民政府", higher, LOCAL_COURT, court)
    return Seats(
        f"{city}人民政府" if city else "本级人民政府", SUPERIOR, LOCAL_COURT, court, named=bool(city)
    )


def _place_of(name: str) -> tuple[str, str]:
    """The city and the district in a name, empty where it names none."""
    words = re.sub(r"\s+", "", name).removeprefix("中国共产党").removeprefix("中共")
    for called in (_TRADE_FIRST, _TRADE_LAST):
        branch = called.fullmatch(words)
        if branch and branch["own"] not in _NO_DISTRICT:
            return "", f"{branch['own']}区"
    place = _PLACE.match(words)
    if place is None:
        return "", ""
    branch = _OF_DEPARTMENT.search(words)
    named = branch["own"] if branch and branch["own"] not in _NO_DISTRICT else ""
    own = place["own"] or (f"{named}区" if named else "")
    return place["city"] or "", own


@basis(
    "复议法24.1", "复议法24.4", "复议法27", "复议法12", "复议法13.1", "复议法15.1", "行诉法14", "行诉法15(1)"
)
def venue(agency: Agency, seats: Seats, *, decided_on: date) -> Venue:
    """The body and the court against an act of ``decided_on``."""
    body, *articles = (
        _body_now(agency, seats) if decided_on >= RECONSIDERATION_FIRST_SINCE else _body_before(agency, seats)
    )
    court, article = _court(agency, seats, decided_on)
    return Venue(body, court, (*articles, article))


def _body_now(agency: Agency, seats: Seats) -> tuple[str, ...]:
    """复议法 of 2023: the government of the same level reviews its departments."""
    match agency.kind:
        case AgencyKind.GOVERNMENT:
            return seats.higher_government, "复议法24.1(2)"
        case AgencyKind.STREET:
            return seats.government, "复议法24.1(3)"
        case AgencyKind.AUTHORISED:
            return seats.government, "复议法24.1(4)"
        case AgencyKind.DISTRICT_BRANCH:
            return seats.government, "复议法24.4"
        case AgencyKind.CITY_BRANCH:
            return f"{seats.higher_government}或者{seats.government}", "复议法24.4"
        case AgencyKind.VERTICAL:
            return "上一级主管部门", "复议法27"
        case AgencyKind.DEPARTMENT:
            return seats.government, "复议法24.1(1)"


def _body_before(agency: Agency, seats: Seats) -> tuple[str, ...]:
    """复议法 as it stood to the end of 2023: the applicant chose between government and superior department."""
    founder = agency.parent_department or "设立本机关的部门"
    match agency.kind:
        case AgencyKind.GOVERNMENT:
            return seats.higher_government, "复议法13.1"
        case AgencyKind.STREET:
            return seats.government, "复议法15.1(1)"
        case AgencyKind.AUTHORISED:
            return seats.government, "复议法15.1(3)"
        case AgencyKind.DISTRICT_BRANCH:
            return f"{founder}或者{seats.government}", "复议法15.1(2)"
        case AgencyKind.CITY_BRANCH:
            return f"{founder}或者{seats.higher_government}", "复议法15.1(2)"
        case AgencyKind.VERTICAL:
            return "上一级主管部门", "复议法12.2"
        case AgencyKind.DEPARTMENT:
            return f"{seats.government}或者上一级主管部门", "复议法12.1"


def _court(agency: Agency, seats: Seats, on: date) -> tuple[str, str]:
    if "海关" in agency.name:
        return seats.intermediate_court, "行诉法15(2)"
    if agency.kind is not AgencyKind.GOVERNMENT:
        return seats.basic_court, "行诉法14"
    level = rule("county_government_court", on=on)
    if level.value == "basic" and seats.in_pilot:
        return seats.basic_court, level.basis
    return seats.intermediate_court, "行诉法15(1)"
