"""What was sent in to be looked at goes of itself, unless it was imported."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.files import actions, queries, tasks
from gongkai.files.models import StoredFile
from gongkai.ledger.tests.test_views import browse  # noqa: F401 -- the fixture
from gongkai.records.tests.test_records import add
from gongkai.records.tests.test_views import AT, a_sheet, rows
from gongkai.registers.models import RegisterImport
from gongkai.trail.chain import SYSTEM
from gongkai.trail.models import TrailRow

pytestmark = pytest.mark.django_db
LATE = timedelta(days=actions.PREVIEW_DAYS, minutes=1)


@pytest.fixture(autouse=True)
def store(tmp_path: Any, settings: Any) -> Any:
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


def sent_in(world: Any, *, for_preview: bool = True, content: bytes = b"a,b\n1,2\n") -> StoredFile:
    return actions.take_in(
        content=[content], name="表.csv", unit=world.units["finance"], by=SYSTEM, now=world.now,
        for_preview=for_preview,
    )  # fmt: skip


def at_night(world: Any) -> Any:
    """Three o'clock of the night when its days are over."""
    return (world.now + LATE + timedelta(days=1)).replace(hour=19, minute=0)


def test_only_what_nobody_imported_goes_and_the_trail_says_so(world: Any) -> None:
    forgotten, other, imported = sent_in(world), sent_in(world, for_preview=False), sent_in(world)
    actions.keep(file=imported)
    held = sent_in(world)
    RegisterImport.objects.create(
        unit=world.units["finance"],
        file=held,
        source_name="x",
        digest="",
        years=[2026],
        facts={},
        at=world.now,
    )
    assert actions.drop_previews(now=world.now + LATE - timedelta(minutes=2)) == 0
    assert actions.drop_previews(now=world.now + LATE) == 1
    assert set(StoredFile.objects.values_list("pk", flat=True)) == {other.pk, imported.pk, held.pk}
    row = TrailRow.objects.filter(verb="files.discard").get()
    assert row.facts == {"digest": forgotten.digest} and "14 天没有导入" in row.note
    assert not StoredFile.objects.get(pk=held.pk).for_preview
    assert actions.drop_previews(now=world.now + LATE) == 0


def test_it_is_done_by_night_and_the_preview_says_what_happened(world: Any, browse: Any) -> None:  # noqa: F811
    client = browse("finance.officer")
    unit = world.units["finance"].pk
    answer = client.post(f"{AT}fees/import/", {"unit": unit, "file": a_sheet("fees", {"name": "甲"})})
    assert StoredFile.objects.get().for_preview
    StoredFile.objects.update(at=world.now)
    tasks.minute((world.now + LATE).replace(hour=4))
    assert StoredFile.objects.exists()
    tasks.minute(at_night(world))
    assert not StoredFile.objects.exists()
    told = client.get(answer.url, follow=True).content.decode()
    assert queries.PREVIEW_GONE in told and "14 天" in told and 'type="file"' in told and not rows().exists()


def test_what_came_back_and_was_written_stays_with_its_act(world: Any, browse: Any) -> None:  # noqa: F811
    add(world, "fees", name="甲")
    client = browse("finance.officer")
    made = client.get(f"{AT}fees/export/?format=csv").content.decode().replace("收费标准甲", "收费标准乙")
    answer = client.post(f"{AT}fees/table/", {"file": SimpleUploadedFile("改.csv", made.encode())})
    shown = client.get(answer.url).content.decode()
    seen = shown.split('name="seen" value="')[1].split('"')[0]
    key = answer.url.split("file=")[1]
    assert client.post(f"{AT}fees/table/", {"key": key, "seen": seen, "all": "1"}).status_code == 302
    assert not StoredFile.objects.get().for_preview
    assert actions.drop_previews(now=world.now + timedelta(days=900)) == 0
