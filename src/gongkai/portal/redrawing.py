"""A long list of typed records changed: what left is taken away at once, the rest is drawn by the job in steps."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from gongkai.portal.pages import records
from gongkai.portal.pages.record_rows import address_of
from gongkai.portal.pages.scene import Scene, scene
from gongkai.portal.tree import Writer, writing
from gongkai.publishing.models import BuildStep, TreeFile
from gongkai.records import queries
from gongkai.records.queries import PublicRow, PublicType, RecordType, build_part

# More rows in public than these are not drawn while somebody waits for his page.
REDRAW_AT_ONCE = 300
ROWS_A_STEP = 250
_LINE = re.compile(rb'id="r(\d+)"')


def put_off(part: str, key: str, gone: Collection[int], *, today: date) -> bool:
    """Whether the job draws it: notes the steps of a long list, and takes away at once what shows rows that left."""
    if part != records.RECORD:
        return False
    view = scene(today)
    one = _long_type(key, view)
    if one is None:
        return False
    if gone:
        with writing() as writer:
            _take_out(one, frozenset(gone), writer, view)
    _plan(one.kind, today=today)
    return True


def is_step(part: str) -> bool:
    """Whether a step of the build is one of these."""
    return part.startswith(queries.BUILD_PART)


def draw(step: BuildStep, writer: Writer, view: Scene) -> None:
    """One step: first the lists and data of the type, without what stands no more; then its rows' own pages."""
    one = _type(queries.code_of_part(step.part), view)
    if one is None:
        return  # its last row has left meanwhile, and with it every file
    if step.first:
        found = queries.public_rows(one.kind, today=view.today).filter(pk__range=(step.first, step.last))
        rows = queries.drawn(one.kind, queries.in_order(found), today=view.today)
        writer.put(records.item_outputs(one.kind, rows, view))
        return
    rows = records.rows_of(one.kind, view)
    lists = [
        view.draw(page, record=records.record_of(one.kind)) for page in records.list_pages(one, rows, view)
    ]
    lists += records.data_outputs(one, rows, view)
    drawn = {output.path for output in lists} | set(_item_paths(one.kind, rows))
    writer.remove([path for path in _standing(one.kind) if path not in drawn])
    items = {queries.item_of_kind(one.kind).code}
    writer.put([*lists, *records.around_outputs(items, view)])


def _type(code: str, view: Scene) -> PublicType | None:
    return next((each for each in view.record_types if each.kind.code == code), None)


def _long_type(code: str, view: Scene) -> PublicType | None:
    one = _type(code, view)
    return one if one and not one.kind.is_guarded and one.count > REDRAW_AT_ONCE else None


def _plan(kind: RecordType, *, today: date) -> None:
    """Note the steps; those of a change before, done or not, are replaced: each draws what stands there then."""
    part = build_part(kind)
    steps = [BuildStep(part=part)]
    if kind.item_page:
        found = queries.public_rows(kind, today=today).order_by("pk")
        keys = list(found.values_list("pk", flat=True))
        stretches = [keys[at : at + ROWS_A_STEP] for at in range(0, len(keys), ROWS_A_STEP)]
        steps += [BuildStep(part=part, first=some[0], last=some[-1]) for some in stretches]
    with transaction.atomic():
        BuildStep.objects.filter(part=part).delete()
        BuildStep.objects.bulk_create(steps)


def _take_out(one: PublicType, gone: frozenset[int], writer: Writer, view: Scene) -> None:
    """Every file that shows one of these rows is drawn as it is now, or goes."""
    rows = records.rows_of(one.kind, view)
    items = _item_paths(one.kind, rows)
    pages = {_path(page.address): page for page in records.list_pages(one, rows, view)}
    data = records.data_outputs(one, rows, view)
    standing = _standing(one.kind)
    lost = [path for path in standing if path not in {*pages, *items, *(output.path for output in data)}]
    writer.remove(lost)
    wrong = {path for path in standing if path in pages and _shows(path, gone)}
    # A value of a facet that went with its row still stands in the menus beside the others.
    facets = [path for path in pages if "/by-" in path]
    wrong |= set(facets) if any("/by-" in path for path in lost) else set()
    wrong.add(_path(address_of(one.kind)))
    changed = [row for row in rows if row.pk in gone]
    outputs = [view.draw(pages[path], record=records.record_of(one.kind)) for path in sorted(wrong)]
    writer.put([*data, *outputs, *records.item_outputs(one.kind, changed, view)])


def _standing(kind: RecordType) -> list[str]:
    return list(TreeFile.objects.filter(record=records.record_of(kind)).values_list("path", flat=True))


def _item_paths(kind: RecordType, rows: Sequence[PublicRow]) -> list[str]:
    return [f"{address_of(kind)}{row.pk}/index.html" for row in rows] if kind.item_page else []


def _path(address: str) -> str:
    return f"{address}index.html" if address.endswith("/") else address


def _shows(path: str, rows: Collection[int]) -> bool:
    try:
        body = Path(f"{settings.TREE_DIR}{path}").read_bytes()
    except FileNotFoundError:
        return False
    return any(int(found) in rows for found in _LINE.findall(body))
