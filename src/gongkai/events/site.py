"""The site's own names and numbers, or a part of it beside documents, changed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SiteChanged:
    """Head and foot of every public page are to be drawn anew."""

    version: int


@dataclass(frozen=True, slots=True)
class PartChanged:
    """A part of the site beside documents changed: lists, columns, the catalogue. An empty key means all of it.

    ``may_wait``: where much is to be drawn a job may do it, except ``gone``, rows that left or read differently.
    """

    part: str
    key: str = ""
    may_wait: bool = False
    gone: tuple[int, ...] = ()
