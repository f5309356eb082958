"""What is done with typed records."""

from gongkai.records.actions.ending import anonymise_due, end_due
from gongkai.records.actions.entering import (
    add_row,
    confirm_rows,
    copy_last_year,
    edit_row,
    why_not_add,
    why_not_confirm,
    why_not_copy,
    why_not_edit,
)
from gongkai.records.actions.importing import import_sheet, why_not_import
from gongkai.records.actions.importing_later import (
    AT_ONCE,
    go_on_import,
    import_later,
    take_up_imports,
    why_not_import_later,
)
from gongkai.records.actions.looking import forget_looks, note_look, visitor_of, why_not_look
from gongkai.records.actions.moving import (
    approve,
    check,
    chosen,
    discard,
    hide,
    lock_rows,
    publish,
    return_rows,
    submit,
    take_back,
    why_not_approve,
    why_not_check,
    why_not_discard,
    why_not_hide,
    why_not_publish,
    why_not_return,
    why_not_submit,
    why_not_take_back,
)
from gongkai.records.actions.standing import explain, found_in, why_not_explain, why_not_let_stand
from gongkai.records.actions.types import declare, retire, why_not_declare, why_not_retire

__all__ = [
    "AT_ONCE", "add_row", "anonymise_due", "approve", "check", "chosen", "confirm_rows", "copy_last_year", "declare",
    "discard", "edit_row", "end_due", "explain", "forget_looks", "found_in", "go_on_import", "hide", "import_later", "import_sheet", "lock_rows", "note_look", "publish", "retire",
    "return_rows", "submit", "take_back", "take_up_imports", "visitor_of", "why_not_add", "why_not_approve", "why_not_check",
    "why_not_confirm", "why_not_copy", "why_not_declare", "why_not_discard", "why_not_edit", "why_not_explain", "why_not_hide",
    "why_not_import", "why_not_import_later", "why_not_let_stand", "why_not_look", "why_not_publish", "why_not_retire", "why_not_return", "why_not_submit",
    "why_not_take_back",
]  # fmt: skip
