"""The site's own names and numbers changed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SiteChanged:
    """Head and foot of every public page are to be drawn anew."""

    version: int
