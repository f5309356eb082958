"""A data directory full of items: one real publication, and as many copies of its rows as are asked for.

The copies stand in the same lists as the original: one unit holds all of them, which is the worst case for
lists and feeds. They carry no trail rows; nothing measured here reads those.
"""

from __future__ import annotations

import copy
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db.models import F
from django.utils import timezone

from gongkai.documents.models import Document, Edition
from gongkai.orgs.models import IssuingCode, Person, RoleHolding, Unit
from gongkai.orgs.roles import Role
from gongkai.publishing import walk
from gongkai.publishing.models import Entry, IndexNumber, Listing, Publication
from gongkai.publishing.rules import seal_of_place
from gongkai.trail import installation

START = date(2020, 1, 1)
BATCH = 2000
PAPER = """测区财政局关于开展预算绩效评价工作的通知{number}

测财发〔{year}〕{number}号

各街道办事处，区政府各部门：

为规范财政资金的使用，提高资金的效益，现就开展预算绩效评价工作通知如下。

一、评价范围。{filling}

二、评价方式。{filling}

三、工作要求。各单位要按时报送材料，逾期不报的予以通报。{filling}

测试区财政局
{year}年{month}月{day}日
"""
FILLING = "评价对象为本年度安排的项目支出，重点是数额较大、群众关心的项目。" * 12


def people() -> Unit:
    """A district with one ordinary unit and the district office."""
    installation.mark(kind=installation.DEMO, at=timezone.now())
    district = Unit.objects.create(
        code="district", name="测试区人民政府", short_name="测试区政府", kind="district"
    )
    office = Unit.objects.create(
        code="office", name="测试区政府办公室", short_name="区政府办公室", kind="department", parent=district,
        is_disclosure_office=True, serves=district, uscc="11990000OFFI00000X",
    )  # fmt: skip
    unit = Unit.objects.create(
        code="finance", name="测试区财政局", short_name="区财政局", kind="department", parent=district,
        uscc="11990000FINA00000X",
    )  # fmt: skip
    IssuingCode.objects.create(unit=unit, code="测财发", issuer="测试区财政局")
    for name, where, roles in (
        ("officer", unit, [Role.OFFICER]),
        ("reviewer", unit, [Role.REVIEWER]),
        ("leader", unit, [Role.LEADER]),
        ("leader2", unit, [Role.LEADER]),
        ("leader3", unit, [Role.LEADER]),
        ("head", office, [Role.DISCLOSURE_OFFICE, Role.LEADER]),
    ):
        person = Person.objects.create(
            username=name, name=f"人员{name}", unit=where, password="!", joined_on=START
        )
        for role in roles:
            RoleHolding.objects.create(person=person, role=role, unit=where, valid_from=START)
    return unit


def publish(folder: Path, unit: Unit, number: int, now: datetime) -> Publication:
    """One paper on its whole way, by the real actions."""
    day = timezone.localdate(now)
    paper = folder / f"paper{number}.txt"
    paper.write_text(
        PAPER.format(number=number, year=day.year, month=day.month, day=day.day, filling=FILLING)
    )
    return walk.publish_file(path=paper, unit=unit, openness="主动公开", now=now)


def fill(model: Publication, until: int) -> None:
    """Copies of one publication until there are so many."""
    present = Publication.objects.unscoped("bench").count()
    while present < until:
        size = min(BATCH, until - present)
        _copy(model, present, size)
        present += size


def _copy(model: Publication, first: int, size: int) -> None:
    numbers = range(first + 1_000, first + 1_000 + size)
    documents = Document._base_manager.bulk_create(
        _like(model.document, title=f"{model.title}（{n}）", number=f"测财发〔2020〕{n}号") for n in numbers
    )
    editions = Edition.objects.bulk_create(
        _like(model.edition, document=document, fields=model.edition.fields | {"title": document.title})
        for document in documents
    )
    index = IndexNumber.objects.bulk_create(
        _like(model.index_number, year=2020, seq=n, number=f"{model.index_number.number}-{n}")
        for n in numbers
    )
    copies = Publication._base_manager.bulk_create(
        _like(model, document=document, edition=edition, index_number=number, title=document.title,
              path=f"/doc/2020/{number.pk}.html", receipt=f"{model.receipt}-{number.pk}")
        for document, edition, number in zip(documents, editions, index, strict=True)
    )  # fmt: skip
    for entry in Entry.objects.filter(publication=model).select_related("listing"):
        listing = Listing.objects.get(pk=entry.listing_id)
        Entry.objects.bulk_create(
            Entry(
                listing=listing,
                publication=each,
                position=listing.last + place,
                seal=seal_of_place(
                    listing=listing.address, position=listing.last + place, publication=each.pk
                ),
            )
            for place, each in enumerate(copies, start=1)
        )
        Listing.objects.filter(pk=listing.pk).update(last=F("last") + size, present=F("present") + size)


def _like(row: Any, **changes: Any) -> Any:
    twin = copy.copy(row)
    twin.pk, twin._state = None, copy.copy(row._state)
    twin._state.adding = True
    for name, value in changes.items():
        setattr(twin, name, value)
    return twin
