"""Everything that is done to documents before they are reviewed; one function per verb of the office."""

from gongkai.documents.actions.drafting import (
    FIELDS,
    attach,
    change,
    detach,
    determine,
    draft,
    justify,
    link_interpretation,
    move,
    submit,
    take_back,
    why_not_change,
    why_not_draft,
    why_not_justify,
    why_not_link_interpretation,
    why_not_submit,
)
from gongkai.documents.actions.intake import draft_from_file
from gongkai.documents.actions.periods import reckon_open_dates

__all__ = [
    "FIELDS",
    "attach",
    "change",
    "detach",
    "determine",
    "draft",
    "draft_from_file",
    "justify",
    "link_interpretation",
    "move",
    "reckon_open_dates",
    "submit",
    "take_back",
    "why_not_change",
    "why_not_draft",
    "why_not_justify",
    "why_not_link_interpretation",
    "why_not_submit",
]
