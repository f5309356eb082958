"""What every page of one drawing shares: the site, the day, the units of the district."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from gongkai.ledger.queries import PublicProgress, public_progress
from gongkai.orgs.models import Unit
from gongkai.portal.context import Link, Page, Row, Site
from gongkai.portal.pages.feed_words import IN_FEED
from gongkai.portal.queries import site as present_site
from gongkai.portal.rendering import render
from gongkai.portal.tree import Output
from gongkai.publishing.models import Listing
from gongkai.publishing.queries import PER_PAGE, Listed, newest
from gongkai.records.queries import PublicType, public_types

HOME = Link("首页", "/")


@dataclass(frozen=True)
class Scene:
    """Read once, used for every page that is drawn together."""

    site: Site
    today: date

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units in use, in the district's order; the government itself first."""
        return tuple(Unit.objects.filter(active=True).order_by("order", "pk"))

    @cached_property
    def unit_by_code(self) -> dict[str, Unit]:
        """Every unit that ever was, by the code in its addresses."""
        return {unit.code: unit for unit in Unit.objects.all()}

    @cached_property
    def choosable(self) -> tuple[Link, ...]:
        """The units with a column of their own, for the unit chooser."""
        return tuple(
            Link(unit.short_name, f"/units/{unit.code}/open/") for unit in self.units if has_column(unit)
        )

    @cached_property
    def progress(self) -> PublicProgress | None:
        """The newest plan as readers see it today; nothing where no plan was imported."""
        return public_progress(None, today=self.today)

    @cached_property
    def record_types(self) -> tuple[PublicType, ...]:
        """The typed records that have something to show today."""
        return tuple(public_types(today=self.today))

    @cached_property
    def _newest(self) -> dict[int, list[Listed]]:
        return {}

    def newest(self, listing: Listing, count: int) -> list[Listed]:
        """The newest lines of a list, as many as its page or its feed hold; both and others read them once."""
        if listing.pk not in self._newest:
            self._newest[listing.pk] = newest(listing, max(IN_FEED, PER_PAGE), today=self.today)
        return self._newest[listing.pk][:count]

    def draw(
        self, page: Page, *, record: str, version: int = 0, path: str = "", kind: str = "page"
    ) -> Output:
        """The page as a file of the tree."""
        address = path or (page.address + "index.html" if page.address.endswith("/") else page.address)
        return Output(address, render(page, self.site).encode(), record, version, kind)


def scene(today: date) -> Scene:
    """The site as it is today."""
    return Scene(present_site(), today)


def has_column(unit: Unit) -> bool:
    """Whether a unit has a 政府信息公开 column of its own: organs have, communities have only their page."""
    return unit.kind not in (Unit.Kind.COMMUNITY, Unit.Kind.DISTRICT)


def row_of(line: Listed) -> Row:
    """A line of a list."""
    return Row(
        title=line.title,
        url=line.path,
        on=line.published_on,
        number=line.number,
        unit=line.unit,
        validity=line.validity if line.kind == "政策" else "",
        kind=line.kind if line.kind != "政策" else "",
        written_on=line.written_on,
        files=tuple(Link(kind, path) for kind, path in line.files),
    )
