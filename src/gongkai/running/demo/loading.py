"""Fills a fresh installation with the demo district, all of it or nothing."""

from __future__ import annotations

import tempfile
from datetime import date, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.db import transaction

from gongkai.documents import actions as drafting
from gongkai.documents.models import Document
from gongkai.files.actions import take_in
from gongkai.kernel.clock import legal_day
from gongkai.law.queries import calendar
from gongkai.orgs.actor import Actor, actor_of
from gongkai.orgs.models import Person, SiteIdentity, Unit
from gongkai.portal.building import left_to_the_build
from gongkai.publishing import walk
from gongkai.publishing.models import Publication
from gongkai.running.demo.district import FACTS, GOVERNMENT, make_people, make_units, rows
from gongkai.running.demo.office import load_office, load_past
from gongkai.running.demo.requests import load_requests
from gongkai.running.demo.year import load_plan
from gongkai.trail import installation
from gongkai.trail.chain import SYSTEM, record

PAPERS, EXTRA = FACTS / "papers", FACTS / "extra"
# What the publication line shows beside papers, each a module here with ``load(units, now=)``, in this order.
PIECES = (
    *("catalogue", "columns", "records", "budget", "registers", "gate", "life", "exchange", "upkeep"),
    *("community", "redaction", "readers", "sweep"),
)
# What the clerk fills in by hand: the item of the statutory catalogue and the theme.
FILLED_IN = {row[0]: (row[1], row[2]) for row in rows("fields.txt", 3)}
SITE = {
    "name": "滨海区政务公开",
    "government": GOVERNMENT,
    "domain": "www.binhai.example",
    "id_code": "9902020001",
    "sponsor": f"{GOVERNMENT}办公室",
    "operator": "滨海区大数据管理局",
    "postal_address": "滨海区望潮路1号",
    "postcode": "000000",
    "phone": "0000-88880001",
    "phone_hours": "工作日 9:00—12:00，13:30—17:30",
    "icp": "示ICP备00000000号",
    "police": "示公网安备99020200000001号",
}


def load(*, now: datetime) -> bool:
    """Make a fresh installation a demo; on a demo nothing is changed. Returns whether it was loaded.

    Raises ``installation.NotAPlayground`` where something has already happened that is no demo.
    """
    if installation.kind() == installation.DEMO:
        return False
    if not installation.is_fresh():
        raise installation.NotAPlayground(
            "这里已经有正式的留痕，不能装入演示数据。请换一个空的 DATA_DIR 再运行 gongkai demo load。"
        )
    # The start of the site builds its pages; what is drawn on the way would be drawn again.
    with left_to_the_build(), transaction.atomic():
        installation.mark(kind=installation.DEMO, at=now)
        units = make_units()
        make_people(units)
        SiteIdentity.objects.update_or_create(pk=SiteIdentity.ONLY, defaults={**SITE, "changed_at": now})
        record(
            verb="installation.load_demo",
            by=SYSTEM,
            at=now,
            facts={"units": len(units), "people": Person.objects.count()},
        )
        load_past(now=now)
        published = _publish_papers(units, now)
        _leave_work(units, now)
        load_plan(published=published, now=now)
        load_office(now=now)
        load_requests(units, now=now)
        for piece in PIECES:
            if find_spec(f"gongkai.running.demo.{piece}"):
                import_module(f"gongkai.running.demo.{piece}").load(units, now=now)
    return True


def actor(username: str, now: datetime) -> Actor:
    """An invented person as the wall sees him."""
    return actor_of(Person.objects.get(username=username), today=legal_day(now))


def _publish_papers(units: dict[str, Unit], now: datetime) -> list[Publication]:
    """A dozen papers walk from file to page by the real actions; one of them is taken back again."""
    published = []
    for number, source in enumerate(sorted(PAPERS.glob("*.txt"))):
        unit = units[source.stem.split("-", 1)[1]]
        published.append(_publish(source, unit, now, days_ago=1 + number % 8))
    interpretation = _publish(EXTRA / "interpretation.txt", units["zfb"], now, days_ago=1)
    by = actor("zfb.officer", now)
    drafting.link_interpretation(
        document=published[0].document, interpretation=interpretation.document, by=by, now=now
    )
    mistaken = _publish(EXTRA / "withdrawn.txt", units["swj"], now, days_ago=2)
    walk.withdraw(
        text=mistaken.path, kind="误发", reason="演示：发放时间有误，核实后重发", successor="", now=now
    )
    return published


def _publish(source: Path, unit: Unit, now: datetime, *, days_ago: int) -> Publication:
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder) / source.name
        paper.write_text(_filled(source, now, days_ago), encoding="utf-8")
        fields = dict(zip(("catalogue_item", "theme"), FILLED_IN[source.stem], strict=True))
        return walk.publish_file(path=paper, unit=unit, openness="主动公开", now=now, fields=fields)


def _leave_work(units: dict[str, Unit], now: datetime) -> None:
    """One paper in review and one draft, so that the desks are not empty."""
    waiting = _draft(EXTRA / "in_review.txt", units["scj"], actor("scj.officer", now), now)
    by = actor("scj.officer", now)
    drafting.determine(document=waiting, by=by, now=now, openness="主动公开")
    drafting.justify(
        document=waiting, by=by, now=now, code="interpretation.exempt", reason="内容简单，不另作解读"
    )
    drafting.submit(document=waiting, by=by, now=now)
    _draft(EXTRA / "draft.txt", units["cgj"], actor("cgj.officer", now), now)


def _draft(source: Path, unit: Unit, by: Actor, now: datetime) -> Document:
    text = _filled(source, now, 3)
    file = take_in(
        content=iter([text.encode()]), name=f"{text.splitlines()[0][:20]}.txt", unit=unit, by=by, now=now
    )
    return drafting.draft_from_file(file=file, unit=unit, by=by, now=now)


def _filled(source: Path, now: datetime, days_ago: int) -> str:
    day = _working_day_before(legal_day(now), days_ago)
    text = source.read_text(encoding="utf-8")
    return text.replace("{date}", f"{day.year}年{day.month}月{day.day}日").replace("{year}", str(day.year))


def _working_day_before(today: date, count: int) -> date:
    work, day = calendar(), today
    while count:
        day -= timedelta(days=1)
        count -= work.is_workday(day)
    return day
