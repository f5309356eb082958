"""Which files show a record: draws them from the present rows, whatever the order in which events came."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Max

from gongkai.ledger.queries import years_resting_on
from gongkai.orgs.models import Unit
from gongkai.portal.front import GONE
from gongkai.portal.pages import document, feeds, home, lists, progress, request_figures, texts, units
from gongkai.portal.pages.scene import Scene, has_column, scene
from gongkai.portal.parts import parts
from gongkai.portal.tree import Output, Writer, missing_paths, writing
from gongkai.publishing import queries
from gongkai.publishing.models import Listing, Publication, TreeFile
from gongkai.publishing.queries import PER_PAGE

SITEMAP = "/sitemap/"
ALWAYS = ("/open/", "/policies/", "/interpretations/", "/notices/", "/open/system/", "/open/annual/")
UNIT_PARTS = ("open", "policies", "system", "annual")
_PAGE_NUMBER = re.compile(r"/p(\d+)\.html$")


def show_publication(publication_id: int, *, today: date) -> None:
    """Bring every file that shows a publication up to date: its page first, then lists, feeds, home."""
    with writing() as writer:
        view = scene(today)
        standing = queries.standing(publication_id)
        if standing is None:
            return
        _page(writer, standing, view)
        for other in (*standing.interpretations, standing.interprets):
            related = queries.standing(other.pk) if other else None
            if related:
                _page(writer, related, view)
        places = queries.listings_of_publication(publication_id)
        outputs = [output for listing, at in places for output in _list(listing, {at}, view)]
        outputs += _neighbours([listing for listing, _ in places], view)
        outputs.append(view.draw(units.unit_page(standing.publication.unit, view), record=_unit(standing)))
        outputs.append(view.draw(home.home_page(view), record="home"))
        # What was taken back may have been the evidence of a task, also in an old report.
        if not standing.is_live and (years := years_resting_on(publication_id)):
            outputs += progress.progress_outputs(view, years=years)
        writer.put(outputs)


def show_unit(unit_id: int, *, today: date) -> None:
    """A unit has another name, phone or place: its pages, the register, and the list heads that name it."""
    with writing() as writer:
        view = scene(today)
        unit = Unit.objects.filter(pk=unit_id).first()
        if unit is None:
            return
        writer.put(
            [*units.unit_outputs(unit, view), *_unit_lists(unit, view), *units.units_outputs(view)]
            + texts.text_outputs(view)
            + [view.draw(home.home_page(view), record="home")]
        )


def show_progress(*, today: date, years: Collection[int] | None = None) -> None:
    """Something in a yearly plan moved: its pages and the strip of the home page.

    Where no year is named all are drawn. Pages of tasks that the plan has no more are taken away.
    """
    with writing() as writer:
        view = scene(today)
        outputs = progress.progress_outputs(view, years=years)
        writer.put([*outputs, view.draw(home.home_page(view), record="home")])
        present = {output.path for output in outputs}
        stands = TreeFile.objects.filter(record=progress.RECORD).values_list("path", flat=True)
        drawn = None if years is None else tuple(progress.folder(year) for year in years)
        writer.remove(
            [path for path in stands if path not in present and (drawn is None or path.startswith(drawn))]
        )


def show_plan(year: int, *, today: date) -> None:
    """The plan of a year came in or changed. The pages of the others name its year, so a new one draws them too."""
    pages = progress.year_pages()
    drawn = TreeFile.objects.filter(record=progress.RECORD, path__in=pages).count()
    known = drawn == len(pages) and progress.folder(year) in pages
    show_progress(today=today, years=(year,) if known else None)


def show_task(task_id: int, *, year: int, today: date) -> None:
    """A task of a plan moved: its page and its neighbours', the lists that name it, the strip of the home page."""
    with writing() as writer:
        view = scene(today)
        if view.progress is None or view.progress.year != year:
            outputs = progress.progress_outputs(view, years=(year,))
        else:
            outputs = progress.progress_outputs(view, years=(), task_id=task_id)
        writer.put([*outputs, view.draw(home.home_page(view), record="home")])


def show_today(*, today: date) -> None:
    """Lights of the plan change with the day alone: draw them once each day."""
    newest = TreeFile.objects.filter(record=progress.RECORD).aggregate(day=Max("version"))["day"]
    if newest is not None and newest < today.toordinal():
        show_progress(today=today, years=())
    drawn = TreeFile.objects.filter(record=request_figures.RECORD).aggregate(day=Max("version"))["day"]
    if drawn is None or drawn < today.toordinal():
        show_request_figures(today=today)
        for part in (part for part in parts().values() if part.daily):
            show_part(part.name, "", today=today)


def show_request_figures(*, today: date) -> None:
    """A request was closed, or the day turned: the public figures of disclosure requests."""
    with writing() as writer:
        writer.put(request_figures.figure_outputs(scene(today)))


def show_part(name: str, key: str, *, today: date) -> None:
    """A part beside documents changed: draw its files, take away those that are no longer drawn."""
    part = parts().get(name)
    if part is None:
        return
    with writing() as writer:
        outputs = part.draw(scene(today), key)
        writer.put(outputs)
        record = f"{name}:{key}" if key else name
        rows = TreeFile.objects.filter(record=record)
        if not key:
            rows = rows | TreeFile.objects.filter(record__startswith=f"{name}:")
        drawn = {output.path for output in outputs}
        writer.remove([path for path in rows.values_list("path", flat=True) if path not in drawn])


def site_outputs(view: Scene) -> list[Output]:
    """The pages that stand on every installation, also before anything is published."""
    found = [*texts.text_outputs(view), *units.units_outputs(view), *progress.progress_outputs(view)]
    found += request_figures.figure_outputs(view)
    for part in parts().values():
        found += part.draw(view, "")
    for address in ALWAYS:
        if not Listing.objects.filter(address=address).exists():
            found += lists.list_outputs(address, None, view)
    return [*found, feeds.sitemap_index(view), view.draw(home.home_page(view), record="home")]


def unit_outputs(unit: Unit, view: Scene) -> list[Output]:
    """The pages of a unit: its own, its guide, the heads of its column."""
    return [*units.unit_outputs(unit, view), *_unit_lists(unit, view)]


def listing_outputs(listing: Listing, first: int, last: int, view: Scene) -> list[Output]:
    """A stretch of the pages of a list; the first stretch brings its head and its feeds."""
    if listing.address.startswith(SITEMAP):
        return feeds.sitemap_outputs(listing, None, view) if first == 1 else []
    positions = {(number - 1) * PER_PAGE + 1 for number in range(first, last + 1)}
    found = lists.list_outputs(listing.address, positions, view)
    return _list_feeds(listing, found, view) if first == 1 else found[1:]


def publication_outputs(publication_id: int, writer: Writer, view: Scene) -> list[Output]:
    """The files of a publication for a full build; a withdrawn one is buried on the spot."""
    standing = queries.standing(publication_id)
    if standing is None:
        return []
    if standing.is_live and standing.publication.edition.number == 1:
        return document.page_outputs(standing, view)
    _page(writer, standing, view)
    return []


def behind() -> list[int]:
    """Publications of which the tree shows an older version than the rows hold, or nothing at all."""
    shown = dict(TreeFile.objects.filter(path__startswith="/doc/").values_list("path", "version"))
    rows = Publication.objects.unscoped("the check of the whole tree")
    return [
        pk
        for pk, path, version in rows.order_by("pk").values_list("pk", "path", "version").iterator(5000)
        if max(shown.get(path, 0), shown.get(path + GONE, 0)) < version
    ]


def show_new_units(*, today: date) -> int:
    """Units that came by import and have no page yet get theirs; returns how many."""
    known = set(TreeFile.objects.filter(record__startswith="unit:").values_list("record", flat=True))
    fresh = [unit for unit in Unit.objects.filter(active=True) if f"unit:{unit.code}" not in known]
    if fresh:
        with writing() as writer:
            view = scene(today)
            for unit in fresh:
                writer.put(unit_outputs(unit, view))
            writer.put(site_outputs(view))
    return len(fresh)


def mend(*, today: date) -> int:
    """Draw again what a crash or a hand has taken away; returns how many records were touched."""
    show_new_units(today=today)
    lost = missing_paths()
    records: dict[str, list[str]] = {}
    for record, path in TreeFile.objects.filter(path__in=lost).values_list("record", "path"):
        records.setdefault(record, []).append(path)
    publications = {int(record.partition(":")[2]) for record in records if record.startswith("publication:")}
    for publication_id in sorted(publications | set(behind())):
        show_publication(publication_id, today=today)
    others = {record: paths for record, paths in records.items() if not record.startswith("publication:")}
    if others:
        with writing() as writer:
            view = scene(today)
            for record, paths in others.items():
                writer.put(_outputs_of(record, paths, view))
    return len(publications) + len(others)


def redraw(record: str, path: str, *, today: date) -> None:
    """Draw the files of a record anew although the rows say that they stand: one of them was damaged."""
    kind, _, key = record.partition(":")
    with writing() as writer:
        view = scene(today)
        if kind == "publication":
            standing = queries.standing(int(key))
            if standing is not None and standing.is_live:
                outputs = document.page_outputs(standing, view)
            elif standing is not None:
                stones = document.stone_outputs(standing, view)
                outputs = [stone for _, stone in stones if stone is not None]
            else:
                outputs = []
        else:
            outputs = _outputs_of(record, [path], view)
        # A withdrawn record's sealed files must not come back, so only what was damaged is written.
        writer.put([output for output in outputs if output.path == path], anew=True)


def _outputs_of(record: str, paths: list[str], view: Scene) -> list[Output]:
    kind, _, name = record.partition(":")
    if kind == "unit" and name in view.unit_by_code:
        return unit_outputs(view.unit_by_code[name], view)
    if kind == "list":
        listing = Listing.objects.filter(address=name).first()
        if listing is None:
            return lists.list_outputs(name, None, view)
        numbers = {int(found[1]) for path in paths if (found := _PAGE_NUMBER.search(path))}
        return _list(listing, {(number - 1) * PER_PAGE + 1 for number in numbers} or {listing.last}, view)
    part = parts().get(kind)
    if part is not None:
        return part.draw(view, name)
    return site_outputs(view)


def _page(writer: Writer, standing: queries.Standing, view: Scene) -> None:
    """A publication's own files: present, or replaced by what its withdrawal leaves."""
    if standing.is_live:
        outputs = document.page_outputs(standing, view)
        writer.put(outputs)
        writer.remove([*(output.path + GONE for output in outputs), *_stale(standing, outputs)])
        return
    for path, stone in document.stone_outputs(standing, view):
        if stone is None:
            writer.remove([path])
        elif stone.path == path:
            writer.put([stone])
            writer.remove([path + GONE])
        else:
            writer.bury(path, stone)


def _stale(standing: queries.Standing, outputs: Sequence[Output]) -> list[str]:
    """Files of the record that are drawn no more: what was replaced is found at the address of its edition."""
    if standing.publication.edition.number == 1:
        return []
    drawn = {output.path for output in outputs}
    rows = TreeFile.objects.filter(record=document.record_of(standing.publication))
    return [path for path in rows.values_list("path", flat=True) if path not in drawn]


def _list(listing: Listing, positions: set[int], view: Scene) -> list[Output]:
    if listing.address.startswith(SITEMAP):
        return feeds.sitemap_outputs(listing, positions, view)
    return _list_feeds(listing, lists.list_outputs(listing.address, positions, view), view)


def _list_feeds(listing: Listing, outputs: list[Output], view: Scene) -> list[Output]:
    return [*outputs, *feeds.feed_outputs(listing, lists.title_of(listing.address, view), view)]


def _neighbours(listings: list[Listing], view: Scene) -> list[Output]:
    """A list that has just come to be is a new link in the menus of the lists beside it."""
    found = []
    for fresh in (listing for listing in listings if listing.last == 1):
        place = lists.place_of(fresh.address, view)
        if place.item:
            home_address = lists.part_address(place.base, "open")
            beside = Listing.objects.filter(address__startswith=home_address).exclude(pk=fresh.pk)
            for listing in beside:
                found += lists.list_outputs(listing.address, set(), view)
        elif place.theme:
            found += [output for output in texts.text_outputs(view) if output.path == "/site-map/index.html"]
    return found


def _unit_lists(unit: Unit, view: Scene) -> list[Output]:
    """The heads of a unit's column, also of parts that have nothing in them yet."""
    if not has_column(unit):
        return []
    found = []
    for part in UNIT_PARTS:
        found += lists.list_outputs(f"/units/{unit.code}/{part}/", set(), view)
    return found


def _unit(standing: queries.Standing) -> str:
    return f"unit:{standing.publication.unit.code}"
