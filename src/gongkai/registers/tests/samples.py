"""Registers as files and papers on the site, for the tests of this station."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from gongkai.documents.models import Determination, Document, Edition
from gongkai.publishing.models import IndexNumber, Publication

HEADS = ("份数", "公开属性", "文件标题", "成文日期", "文号", "不公开依据")


def xlsx(*rows: tuple[Any, ...], title: str = "区财政局2026年发文登记簿") -> bytes:
    """A workbook with a merged title row above the head, as offices keep it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append((title,))
    sheet.merge_cells("A1:F1")
    sheet.append(HEADS)
    for row in rows:
        sheet.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def as_file(folder: Path, content: bytes, name: str = "登记簿.xlsx") -> str:
    path = folder / name
    path.write_bytes(content)
    return str(path)


def on_site(
    world: Any, number: str, title: str, *, body: str = "<p>正文。</p>", unit: str = "finance"
) -> Any:
    """A paper that stands in public; only rows are planted, the reviews have their own tests."""
    owner, author, now = world.units[unit], world.people[f"{unit}.officer"], world.now
    document = Document.objects.create(
        unit=owner, author=author, writers=[author.pk], state="published", title=title, number=number,
        issuer=owner.name, body=body, written_on=date(2026, 9, 1), due_on=date(2026, 9, 29),
        created_at=now, changed_at=now,
    )  # fmt: skip
    edition = Edition.objects.create(
        document=document, number=1, fields={}, body=body, digest="0" * 64, made_at=now
    )
    index = IndexNumber.objects.create(
        unit=owner, year=2026, seq=document.pk, number=f"索引{document.pk}", given_at=now
    )
    return Publication.objects.create(
        document=document, edition=edition, index_number=index, unit=owner, title=title,
        path=f"/doc/2026/{document.pk}.html", first_published_at=now, published_at=now,
        receipt=f"r{document.pk}", trail_seq=0, digest="0" * 64,
    )  # fmt: skip


def filed(
    world: Any, title: str, *, number: str = "", openness: str = "不予公开", ground: str = "E16a"
) -> Any:
    """A paper of 2021 that was kept from the public."""
    owner, author, now = world.units["finance"], world.people["finance.officer"], world.now
    document = Document.objects.create(
        unit=owner, author=author, writers=[author.pk], state="filed", title=title, number=number,
        issuer=owner.name, body="<p>正文。</p>", written_on=date(2021, 5, 6), round=1,
        created_at=now, changed_at=now,
    )  # fmt: skip
    Determination.objects.create(
        document=document, openness=openness, ground=ground, reason="内部事务信息", by=author, at=now
    )
    return document
