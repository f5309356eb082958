"""我为政府网站找错: the form, and what became of a report for whoever has its number (C14)."""

from __future__ import annotations

from typing import Any

from gongkai.portal import addresses
from gongkai.portal.context import Column, ErrorFindPage, Link, ReportState
from gongkai.portal.pages.scene import HOME
from gongkai.publishing.queries import error_report

TITLE = "我为政府网站找错"


def errors_page(form: Any, *, number: str = "", is_new: bool = False) -> ErrorFindPage:
    """The page for a number, or with the form where none was asked for."""
    asked = number.strip()[:30]
    found = error_report(asked) if asked else None
    state = None
    if found is not None:
        state = ReportState(
            number=found.code,
            at=found.at,
            is_new=is_new,
            outcome=found.outcome,
            answer=found.answer,
            handled_at=found.handled_at,
        )
    return ErrorFindPage(
        address=addresses.FIND_ERRORS,
        title=TITLE,
        crumbs=(HOME, Link(TITLE)),
        column=Column(name=TITLE, type="咨询投诉"),
        robots="noindex" if asked else "",
        form=form,
        report=state,
        unknown=asked if asked and found is None else "",
    )
