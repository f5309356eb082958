"""Draws a page of ``context`` as HTML; no request, no database, the same bytes for the same values."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string

from gongkai.portal.context import Page, Site


def render(page: Page, site: Site, **extra: Any) -> str:
    """The whole page. ``extra`` is for dynamic pages only (a CSRF token)."""
    return render_to_string(page.template, {"page": page, "site": site, "here": page.address, **extra})
