"""The units and people of the demo district, made from the facts beside this module."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password

from gongkai.orgs.models import IssuingCode, Person, Post, PostHolding, RoleHolding, Unit
from gongkai.orgs.roles import SECOND_FACTOR, Role
from gongkai.running.demo.codes import credit_code

FACTS = Path(__file__).parent / "facts"
GOVERNMENT, PLACE = "滨海区人民政府", "滨海区"
# Known to everybody who reads this: a demo answers only on its own machine and holds nothing real.
PASSWORD = "binhai-yanshi-2026"  # noqa: S105
SMALL, OFFICE, LEGAL = "dfz", "zfb", "sfj"
SINCE = date(2020, 1, 1)
ISSUING = {
    "zfb": (("滨政发", GOVERNMENT), ("滨政办发", f"{GOVERNMENT}办公室"), ("滨政办字", f"{GOVERNMENT}办公室")),
    "jtj": (("滨教体发", f"{PLACE}教育和体育局"),),
    "czj": (("滨财发", f"{PLACE}财政局"),),
    "mzj": (("滨民发", f"{PLACE}民政局"),),
    "fgj": (("滨发改发", f"{PLACE}发展和改革局"),),
    "sfj": (("滨司发", f"{PLACE}司法局"),),
    "yjj": (("滨应急发", f"{PLACE}应急管理局"),),
    "scj": (("滨市监发", f"{PLACE}市场监督管理局"),),
    "cgj": (("滨城管发", f"{PLACE}城市管理局"),),
}
USUAL = (
    ("officer", Role.OFFICER, "信息公开员"),
    ("officer2", Role.OFFICER, "信息公开员B"),
    ("reviewer", Role.REVIEWER, "办公室主任"),
    ("leader", Role.LEADER, "分管负责人"),
)
SMALL_STAFF = (("officer", Role.OFFICER, "信息公开员"), ("leader", Role.LEADER, "负责人"))
# One community has people of its own; the others are kept by their street office.
COMMUNITY = "wcl-1"
COMMUNITY_STAFF = (
    ("officer", Role.OFFICER, "社区信息员"),
    ("officer2", Role.OFFICER, "社区信息员B"),
    ("reviewer", Role.REVIEWER, "社区居委会副主任"),
    ("leader", Role.LEADER, "社区居委会主任"),
)
HOUSE = (
    ("gkb", OFFICE, Role.DISCLOSURE_OFFICE, "政务公开科科长"),
    ("hefa", LEGAL, Role.LEGAL_OFFICE, "合法性审核科科长"),
    ("chuangkou", OFFICE, Role.COUNTER, "政务公开窗口"),
    ("pinggu", OFFICE, Role.ASSESSOR, "第三方评估人员"),
    ("xitong", "dsj", Role.SYSTEM_ADMIN, "系统管理员"),
    ("anquan", "dsj", Role.SECURITY_ADMIN, "安全管理员"),
    ("shenji", "sjj", Role.AUDIT_ADMIN, "审计管理员"),
)


@dataclass(frozen=True, slots=True)
class Staff:
    """A person to be: login name, unit, role and post."""

    username: str
    unit: str
    role: Role
    post: str


def make_units() -> dict[str, Unit]:
    """The government, its units, street offices and communities; by code."""
    district = Unit.objects.create(
        code="binhai",
        name=GOVERNMENT,
        short_name=PLACE,
        kind=Unit.Kind.DISTRICT,
        uscc=credit_code(0),
        **_contact(0, "区政府总值班室"),
        functions="领导全区经济社会发展和行政管理工作。",
    )
    units = {"binhai": district}
    for number, (code, short, full, kind, functions) in enumerate(rows("units.txt", 5), 1):
        units[code] = Unit.objects.create(
            code=code,
            name=full
            if kind == Unit.Kind.DUAL and full.startswith(("公安", "生态", "自然"))
            else PLACE + full,
            short_name=short,
            kind=kind,
            parent=district,
            uscc=credit_code(number),
            functions=functions,
            is_small=code == SMALL,
            is_disclosure_office=code == OFFICE,
            serves=district if code == OFFICE else None,
            order=number,
            **_contact(number, names(number + 500)),
        )
        for issuing, issuer in ISSUING.get(code, ()):
            IssuingCode.objects.create(unit=units[code], code=issuing, issuer=issuer)
    _make_streets(units, district)
    return units


def _make_streets(units: dict[str, Unit], district: Unit) -> None:
    for number, (code, street, communities) in enumerate(rows("streets.txt", 3), 1):
        area = f"990202{number:03d}"
        office = units[code] = Unit.objects.create(
            code=code,
            name=f"{PLACE}{street}街道办事处",
            short_name=f"{street}街道",
            kind=Unit.Kind.STREET,
            parent=district,
            uscc=credit_code(100 + number),
            area_code=area,
            functions=f"负责{street}街道的公共服务、公共管理和社区建设。",
            order=100 + number,
            **_contact(100 + number, names(600 + number)),
        )
        for place, community in enumerate(communities.split(), 1):
            units[f"{code}-{place}"] = Unit.objects.create(
                code=f"{code}-{place}",
                name=f"{PLACE}{street}街道{community}社区居民委员会",
                short_name=f"{community}社区",
                kind=Unit.Kind.COMMUNITY,
                parent=office,
                area_code=f"{area}{place:03d}",
                functions="办理社区公共事务，公开党务、居务和财务。",
                order=200 + number * 10 + place,
                **_contact(200 + number * 10 + place, names(700 + number * 10 + place)),
            )


def make_people(units: dict[str, Unit]) -> None:
    """Four people in every unit, street office and one community, two in the small unit, and those with duties for
    the whole district; all with one password, and a second factor of their own where the role asks for it."""
    password = make_password(PASSWORD)
    for number, staff in enumerate(staff_list(units)):
        person = Person.objects.create(
            username=staff.username,
            name=names(number),
            unit=units[staff.unit],
            password=password,
            phone=units[staff.unit].phone,
            joined_on=SINCE,
        )
        RoleHolding.objects.create(person=person, role=staff.role, unit=person.unit, valid_from=SINCE)
        post, _ = Post.objects.get_or_create(unit=person.unit, title=staff.post)
        PostHolding.objects.create(post=post, person=person, valid_from=SINCE)
        if staff.role in SECOND_FACTOR:
            TOTP.activate(person, generate_totp_secret())


def staff_list(units: dict[str, Unit]) -> Iterator[Staff]:
    """Everybody, those for the whole district first and those of the community last."""
    for username, unit, role, post in HOUSE:
        yield Staff(username, unit, role, post)
    for code, unit in units.items():
        if unit.kind in (Unit.Kind.DISTRICT, Unit.Kind.COMMUNITY):
            continue
        for suffix, role, post in SMALL_STAFF if code == SMALL else USUAL:
            yield Staff(f"{code}.{suffix}", code, role, post)
    for suffix, role, post in COMMUNITY_STAFF:
        yield Staff(f"{COMMUNITY}.{suffix}", COMMUNITY, role, post)


def names(number: int) -> str:
    """The n-th invented name; 950 different ones."""
    families, given = _name_parts()
    return families[(number * 7 + number // 38) % len(families)] + given[number % len(given)]


@cache
def _name_parts() -> tuple[list[str], list[str]]:
    families, given = (FACTS / "names.txt").read_text(encoding="utf-8").splitlines()[:2]
    return families.split(), given.split()


def _contact(number: int, leader: str) -> dict[str, str]:
    return {
        "address": f"{PLACE}望潮路{number + 1}号",
        "hours": "工作日 9:00—12:00，13:30—17:30",
        "phone": f"0000-8888{number:04d}",
        "leader": leader,
    }


def rows(name: str, width: int) -> Iterator[list[str]]:
    """The lines of a fact file, parted at their bars."""
    for line in (FACTS / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            fields = [field.strip() for field in line.split("|")]
            if len(fields) != width:
                raise ValueError(f"{name}: {line}")
            yield fields
