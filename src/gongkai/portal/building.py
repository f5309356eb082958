"""Building the whole tree in steps: rows with a state, so that a killed build goes on where it stopped."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Min

from gongkai.kernel import jobs
from gongkai.orgs.models import Unit
from gongkai.portal import projection, redrawing
from gongkai.portal.pages.scene import Scene, scene
from gongkai.portal.tree import Writer, missing_paths, present_files, sweep, writing
from gongkai.publishing.models import BuildStep, Listing, Publication, TreeFile
from gongkai.publishing.queries import page_of

# Raised when the templates or addresses change so that old files do not fit: then everything is drawn anew.
TREE_VERSION = "4"
MARK = ".version"
DOCUMENTS = 250
UNITS = 20
UNIT_DOCUMENTS = 100
PAGES = 100
JOB_SECONDS = 40
AT_ONCE = 40
JOB = "gongkai.portal.tasks.go_on"
_left = ContextVar("left_to_the_build", default=False)


@contextmanager
def left_to_the_build() -> Iterator[None]:
    """While much is loaded into an installation without a tree, no page is drawn: the first build draws them all."""
    held = _left.set(not has_mark())
    try:
        yield
    finally:
        _left.reset(held)


def is_left() -> bool:
    """Whether events leave their pages to the first build."""
    return _left.get()


def plan() -> int:
    """Note every stretch of the tree that is to be drawn; a build that was under way begins anew."""
    steps = [BuildStep(part="site")]
    steps += _stretches("units", Unit.objects.all(), UNITS)
    steps += _stretches("docs", Publication.objects.unscoped("the whole tree"), DOCUMENTS)
    for pk, last in Listing.objects.order_by("pk").values_list("pk", "last"):
        pages = page_of(last) if last else 1
        steps += [
            BuildStep(part=f"list:{pk}", first=first, last=min(first + PAGES - 1, pages))
            for first in range(1, pages + 1, PAGES)
        ]
    steps.append(BuildStep(part="end"))
    with transaction.atomic():
        BuildStep.objects.all().delete()
        BuildStep.objects.bulk_create(steps, batch_size=500)
    return len(steps)


def plan_unit(unit: Unit) -> int:
    """Note what shows a unit that has just ended: its papers and its lists get the banner of its successor."""
    rows = Publication.objects.unscoped("the papers of a unit that ended").filter(unit=unit)
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    steps = [
        BuildStep(part=f"unit:{unit.pk}", first=keys[at], last=keys[min(at + UNIT_DOCUMENTS, len(keys)) - 1])
        for at in range(0, len(keys), UNIT_DOCUMENTS)
    ]
    for pk, last in Listing.objects.filter(address__startswith=f"/units/{unit.code}/").values_list(
        "pk", "last"
    ):
        steps.append(BuildStep(part=f"list:{pk}", first=1, last=page_of(last) if last else 1))
    BuildStep.objects.bulk_create(steps, batch_size=500)
    return len(steps)


def go_on(*, today: date, seconds: float = JOB_SECONDS) -> int:
    """Do the next steps until the time is up; returns how many are left."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        step = BuildStep.objects.filter(state=BuildStep.State.WAITING).order_by("pk").first()
        if step is None:
            break
        _do(step, today)
    return waiting()


def waiting() -> int:
    """How many steps of a build are not done."""
    return BuildStep.objects.filter(state=BuildStep.State.WAITING).count()


def go_on_soon() -> None:
    """Let the job worker take the next steps."""
    jobs.soon(JOB)


def put_right(*, today: date) -> int:
    """What a start does: sweep half-written files, mend what a crash left, build a tree that is not there.

    A small tree is built at once, so that the first visitor finds it; a large one is left to the worker.
    """
    with writing():
        sweep()
    if not has_mark():
        steps = waiting() or plan()
        return go_on(today=today, seconds=600) if steps <= AT_ONCE else go_on(today=today)
    return 0 if waiting() else projection.mend(today=today)


def is_built() -> bool:
    """Whether a whole tree of this version stands there."""
    return has_mark() and not waiting()


def has_mark() -> bool:
    """Whether a tree of this version was built here once; since then events keep it up to date."""
    return _mark() == TREE_VERSION


def _do(step: BuildStep, today: date) -> None:
    with writing(durable=False) as writer:
        view = scene(today)
        if step.part == "end":
            _finish()
        else:
            _draw(step, writer, view)
        os.sync()
    BuildStep.objects.filter(pk=step.pk).update(state=BuildStep.State.DONE)


def _draw(step: BuildStep, writer: Writer, view: Scene) -> None:
    if step.part == "site":
        writer.put(projection.site_outputs(view))
    elif step.part == "units":
        for unit in Unit.objects.filter(pk__range=(step.first, step.last)):
            writer.put(projection.unit_outputs(unit, view))
    elif redrawing.is_step(step.part):
        redrawing.draw(step, writer, view)
    elif step.part == "docs" or step.part.startswith("unit:"):
        rows = Publication.objects.unscoped("the whole tree").filter(pk__range=(step.first, step.last))
        if step.part != "docs":
            rows = rows.filter(unit=int(step.part.partition(":")[2]))
        found = []
        for pk in rows.order_by("pk").values_list("pk", flat=True):
            found += projection.publication_outputs(pk, writer, view)
        writer.put(found)
    else:
        listing = Listing.objects.get(pk=int(step.part.partition(":")[2]))
        writer.put(projection.listing_outputs(listing, step.first, step.last, view))


def _finish() -> None:
    """Delete files that nothing accounts for, then say that the tree is whole."""
    known = set(TreeFile.objects.values_list("path", flat=True))
    for path in list(present_files()):
        if path not in known and path.removesuffix(".gz") not in known:
            os.unlink(str(settings.TREE_DIR) + path)
    if not missing_paths():
        with open(_mark_name(), "w") as opened:
            opened.write(TREE_VERSION)


def _stretches(part: str, rows: object, size: int) -> Iterable[BuildStep]:
    ends = rows.aggregate(first=Min("pk"), last=Max("pk"))  # type: ignore[attr-defined]
    if ends["first"] is None:
        return []
    return [
        BuildStep(part=part, first=first, last=first + size - 1)
        for first in range(ends["first"], ends["last"] + 1, size)
    ]


def _mark_name() -> str:
    return os.path.join(str(settings.TREE_DIR), MARK)


def _mark() -> str:
    try:
        with open(_mark_name()) as opened:
            return opened.read()
    except OSError:
        return ""
