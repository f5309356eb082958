"""All reads of typed records."""

from gongkai.records.queries.building import BUILD_PART, Redrawing, build_part, code_of_part, redrawing
from gongkai.records.queries.exchange import blank_sheet, sheet_of, sheet_rows, words_of
from gongkai.records.queries.exposed import exposed_again, exposed_ids, exposed_rows
from gongkai.records.queries.gate import (
    FindingGroup,
    RowFinding,
    blocking,
    findings_in,
    grouped,
    row_findings,
    with_reasons,
)
from gongkai.records.queries.keys import derived, key_of
from gongkai.records.queries.kinds import (
    Periods,
    item_of_kind,
    kind_of,
    kinds,
    period_words,
    read_declaration,
    shipped,
)
from gongkai.records.queries.public import (
    LOOKED_AT_ONCE,
    PER_PAGE,
    PublicRow,
    PublicType,
    changes_of,
    drawn,
    facet_values,
    found_rows,
    in_order,
    index_list,
    index_row,
    public_rows,
    public_types,
    successor_of,
    types_of_item,
    used_by,
    uses,
    with_facet,
)
from gongkai.records.queries.reading import (
    FileRows,
    Incoming,
    SheetReading,
    against_stored,
    read_file_rows,
    read_sheet,
)
from gongkai.records.queries.rows import (
    ShownRow,
    batches,
    before_public,
    documents_at,
    editions,
    faults_in,
    filtered,
    page_of_rows,
    possible_approvers,
    running_imports,
    shown,
    steps_of,
    type_lines,
    working_units,
)
from gongkai.records.rules.declared import After, Field, Link, Mask, PageKind, RecordType
from gongkai.records.rules.harvest import why_too_much
from gongkai.records.rules.lifetime import Lifetime, lifetime
from gongkai.records.rules.masking import without_persons
from gongkai.records.rules.rows import MOST_ROWS, read_value
from gongkai.records.rules.schema import BadSchema, dictionary
from gongkai.records.rules.shifting import shifted
from gongkai.records.rules.standing import LEAST_REASON, needs
from gongkai.records.rules.steps import StepStanding

__all__ = [
    "BUILD_PART", "LEAST_REASON", "LOOKED_AT_ONCE", "MOST_ROWS", "PER_PAGE", "After", "BadSchema", "Field", "FileRows", "FindingGroup", "Incoming", "Lifetime", "Link", "Mask", "PageKind", "Periods",
    "PublicRow", "PublicType", "RecordType", "Redrawing", "RowFinding", "SheetReading", "ShownRow", "StepStanding", "against_stored", "batches", "before_public", "blank_sheet", "blocking", "build_part", "code_of_part", "changes_of",
    "derived", "dictionary", "documents_at", "drawn", "editions", "exposed_again", "exposed_ids", "exposed_rows", "facet_values", "faults_in", "filtered", "findings_in",
    "found_rows", "grouped", "in_order", "index_list", "index_row", "item_of_kind", "key_of", "kind_of", "kinds", "lifetime", "needs",
    "page_of_rows", "period_words", "possible_approvers", "public_rows", "public_types", "read_declaration",
    "read_file_rows", "read_sheet", "read_value", "redrawing", "row_findings", "running_imports", "sheet_of", "sheet_rows", "shifted", "shipped", "shown", "steps_of",
    "successor_of", "type_lines", "types_of_item", "used_by", "uses", "why_too_much", "with_facet", "with_reasons", "without_persons", "words_of",
    "working_units",
]  # fmt: skip
