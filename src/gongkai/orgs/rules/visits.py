"""How visits are counted, without cookies and without keeping who came.

A page view is an answered GET of a page. A visitor is a mark that the server makes from address and browser with
a key of the day; the key is thrown away when the day is counted, so that the mark leads nowhere afterwards.
Counting the same lines again gives the same numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

VIEWS = ("/large", "/contrast")
_ROBOT = re.compile(r"bot|spider|crawl|slurp|monitor|httpclient|curl|wget|python-", re.IGNORECASE)
_NGINX = re.compile(
    r'(?P<who>\S+) \S+ \S+ \[(?P<at>[^\]]+)\] "(?P<verb>[A-Z]+) (?P<path>\S+) [^"]*" (?P<status>\d{3}) \S+'
    r'(?: "[^"]*" "(?P<agent>[^"]*)")?'
)


@dataclass(frozen=True, slots=True)
class Visit:
    """One page view: which page, by which mark."""

    path: str
    mark: str


@dataclass(frozen=True, slots=True)
class Tally:
    """A day in numbers; ``sections`` are page views by the first part of the address."""

    views: int
    visitors: int
    sections: dict[str, int]


def is_robot(agent: str) -> bool:
    """Whether a browser says that it is a program; a missing name is one too."""
    return not agent or _ROBOT.search(agent) is not None


def is_page(path: str) -> bool:
    """Whether an address is a page that people read.

    >>> [is_page(one) for one in ("/", "/large/open/", "/doc/2026/1.html", "/view.css", "/workbench/")]
    [True, True, True, False, False]
    """
    bare = path.partition("?")[0]
    ours = bare.endswith(("/", ".html")) and not bare.startswith(("/workbench/", "/account/", "/api/"))
    return ours and "\t" not in bare


def section(path: str) -> str:
    """The part of the site that an address belongs to.

    >>> section("/large/doc/2026/1.html"), section("/")
    ('/doc/', '/')
    """
    bare = path.partition("?")[0]
    for view in VIEWS:
        if bare.startswith(view + "/"):
            bare = bare[len(view) :]
    first = bare.strip("/").partition("/")
    return f"/{first[0]}/" if first[1] or bare.endswith("/") and first[0] else "/"


def line(visit: Visit) -> str:
    """A view as it is written down."""
    return f"{visit.path}\t{visit.mark}\n"


def read_lines(lines: Iterable[str]) -> list[Visit]:
    """Views as they were written down; a line that a crash cut short is left out."""
    found = []
    for one in lines:
        path, tab, mark = one.rstrip("\n").partition("\t")
        if tab and mark and is_page(path):
            found.append(Visit(path, mark))
    return found


def read_nginx(lines: Iterable[str]) -> dict[date, list[Visit]]:
    """Views by day out of an access log of nginx in its combined form; robots and errors are left out."""
    found: dict[date, list[Visit]] = {}
    for one in lines:
        hit = _NGINX.match(one)
        if hit is None or hit["verb"] != "GET" or hit["status"] not in ("200", "304"):
            continue
        if not is_page(hit["path"]) or is_robot(hit["agent"] or ""):
            continue
        try:
            day = datetime.strptime(hit["at"], "%d/%b/%Y:%H:%M:%S %z").date()
        except ValueError:
            continue
        found.setdefault(day, []).append(Visit(hit["path"], f"{hit['who']} {hit['agent']}"))
    return found


def tally(visits: Iterable[Visit]) -> Tally:
    """The numbers of a day."""
    rows = list(visits)
    sections = Counter(section(one.path) for one in rows)
    return Tally(len(rows), len({one.mark for one in rows}), dict(sorted(sections.items())))
