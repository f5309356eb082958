"""A publication's places in the public lists, kept in the transaction of the act itself.

A place is given once, from the oldest end, and stays empty while the publication is withdrawn; so a page that is
full never changes because something new arrives, and the tree can be drawn from the rows in any order.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gongkai.publishing.models import Entry, Listing, Publication
from gongkai.publishing.rules import seal_of_place


def place(publication: Publication, addresses: Iterable[str], *, now: datetime) -> None:
    """Let the publication stand in exactly these lists; it takes up the places that it had before."""
    wanted = sorted(set(addresses))
    had = {entry.listing.address: entry for entry in _entries(publication)}
    for address in wanted:
        if address not in had:
            _append(_listing(address, now), publication, now)
        elif not had[address].present:
            _show(had[address], present=True, now=now)
    for address, entry in had.items():
        if address not in wanted and entry.present:
            _show(entry, present=False, now=now)


def enter(*, publication: Publication, address: str, now: datetime) -> None:
    """Let the publication stand in one further list (a column whose owner took it in); twice does no harm."""
    held = next((one for one in _entries(publication) if one.listing.address == address), None)
    if held is None:
        _append(_listing(address, now), publication, now)
    elif not held.present:
        _show(held, present=True, now=now)


def leave(*, publication: Publication, address: str, now: datetime) -> None:
    """Take the publication out of one list; its place there stays empty."""
    for entry in _entries(publication):
        if entry.listing.address == address and entry.present:
            _show(entry, present=False, now=now)


def clear(publication: Publication, *, now: datetime) -> None:
    """Take the publication out of every list; its places stay empty."""
    for entry in _entries(publication):
        if entry.present:
            _show(entry, present=False, now=now)


def touch(publication: Publication, *, now: datetime) -> None:
    """The lists show something else about the publication (its badge), its places stay."""
    for entry in _entries(publication):
        listing = _listing(entry.listing.address, now)
        _store(listing, now)


def _entries(publication: Publication) -> list[Entry]:
    rows = Entry.objects.filter(publication=publication).select_related("listing")
    return list(rows.order_by("listing__address"))


def _listing(address: str, now: datetime) -> Listing:
    """The list, held until the end of the transaction; lists are taken in one order, so nobody waits in a ring."""
    Listing.objects.get_or_create(address=address, defaults={"changed_at": now})
    return Listing.objects.select_for_update().get(address=address)


def _append(listing: Listing, publication: Publication, now: datetime) -> None:
    listing.last += 1
    listing.present += 1
    seal = seal_of_place(listing=listing.address, position=listing.last, publication=publication.pk)
    Entry.objects.create(listing=listing, publication=publication, position=listing.last, seal=seal)
    _store(listing, now)


def _show(entry: Entry, *, present: bool, now: datetime) -> None:
    listing = _listing(entry.listing.address, now)
    listing.present += 1 if present else -1
    Entry.objects.filter(pk=entry.pk).update(present=present)
    _store(listing, now)


def _store(listing: Listing, now: datetime) -> None:
    listing.revision += 1
    listing.changed_at = now
    listing.save()
