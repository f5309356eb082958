"""Draws a page of ``context`` as HTML; no request, no database, the same bytes for the same values."""

from __future__ import annotations

from importlib import resources
from typing import Any

from django.template.loader import render_to_string

from gongkai.portal.addresses import VIEW_SHEET, VIEWS
from gongkai.portal.context import Page, Site


def render(page: Page, site: Site, **extra: Any) -> str:
    """The whole page. ``extra`` is for dynamic pages only (a CSRF token)."""
    return render_to_string(page.template, {"page": page, "site": site, "here": page.address, **extra})


def view_sheets(everywhere: str = "") -> dict[str, bytes]:
    """The small style sheet of each view by its address in the tree.

    ``everywhere`` is put into all of them: a notice band or the grey mode, by which a day of mourning does
    not need every page to be built anew.
    """
    sheets = resources.files("gongkai.portal") / "static" / "gongkai"
    found = {VIEW_SHEET: everywhere.encode()}
    for view in VIEWS:
        text = (sheets / f"{view.strip('/')}.css").read_text(encoding="utf-8")
        found[view + VIEW_SHEET] = (text + everywhere).encode()
    return found
