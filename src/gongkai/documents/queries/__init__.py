"""Everything that is read about documents before they are published."""

from gongkai.documents.queries.facts import (
    INTERPRETATION_EXEMPT,
    PROACTIVE,
    determination_history,
    determination_of,
    documents_for,
    ground_text,
    header_of,
    header_refusals,
    interpretation_refusals,
    issuers_of,
    issuing_codes_of,
    justification_of,
    needs_interpretation,
    openness_of,
    units_to_write_for,
    with_openness,
)

__all__ = [
    "INTERPRETATION_EXEMPT",
    "PROACTIVE",
    "determination_history",
    "determination_of",
    "documents_for",
    "ground_text",
    "header_of",
    "header_refusals",
    "interpretation_refusals",
    "issuers_of",
    "issuing_codes_of",
    "justification_of",
    "needs_interpretation",
    "openness_of",
    "units_to_write_for",
    "with_openness",
]
