"""Three hundred hostile uploads: each is read or refused with a sentence, none takes the worker along."""

from __future__ import annotations

import resource
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gongkai.files import actions, reading
from gongkai.files.models import StoredFile
from gongkai.files.reading import inspect_file, read_file
from gongkai.files.scanning import Finding, scan
from gongkai.files.tests import hostile
from gongkai.law.refusal import Refused
from gongkai.trail.chain import SYSTEM

pytestmark = pytest.mark.feature("D01")
# What only has an odd form and does no harm may be read.
MAY_PASS = {"far cell", "deep page", "lie", "torn pdf", "flate", "loop"}
# What is only too much is found when its words are asked for; as a file it harms nobody.
MAY_COME_IN = {"deep", "endless paragraphs", "many cells"}


def through_the_gate(
    folder: Path, number: int, family: str, name: str, body: bytes
) -> tuple[str, bool, str, bool]:
    """The steps of taking a file in, without the database: the scan, the child, and for one of each family the reader."""
    path = folder / f"{number}"
    path.write_bytes(body)
    if scan(path).finding is Finding.INFECTED:
        return family, False, "带有病毒特征。", True
    whole = number % hostile.EACH == 0  # one of each family
    found = read_file(path, name=name) if whole else inspect_file(path, name=name)
    return family, found.readable, found.problem, whole


def test_three_hundred_hostile_uploads_harm_nobody(tmp_path, monkeypatch, settings):
    monkeypatch.setattr(reading, "can_recognise", lambda: False)
    settings.CLAMD = ""
    made = hostile.uploads()
    assert len(made) == 300 and len({family for family, _, _ in made}) >= 15
    assert all(len(body) < 3_000_000 for _, _, body in made)
    threads, before = threading.active_count(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(lambda one: through_the_gate(tmp_path, one[0], *one[1]), enumerate(made)))
    for family, readable, problem, whole in told:
        assert readable is (problem == ""), family
        assert problem == "" or (problem.endswith("。") and any("一" <= sign <= "鿿" for sign in problem)), (
            family
        )
        assert not readable or family in MAY_PASS or (family in MAY_COME_IN and not whole), family
    assert threading.active_count() == threads
    # The caller stayed small whatever the files became: 200 MB is less than one of the bombs would take.
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) < 200 * 1024


@pytest.mark.parametrize(
    "family", ["bomb", "path slip", "outside entity", "program", "virus", "giant picture"]
)
def test_a_hostile_upload_leaves_nothing_behind(world, tmp_path, settings, family):
    settings.FILES_DIR = tmp_path / "files"
    name, body = hostile.FAMILIES[family](3)
    with pytest.raises(Refused) as refused:
        actions.take_in(content=[body], name=name, unit=None, by=SYSTEM, now=world.now, outside=True)
    assert "没有收下" in str(refused.value)
    assert not StoredFile.objects.exists()
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []
