"""What is done with registers, hosted copies and campaigns."""

from gongkai.registers.actions.hosting import (
    compare_copy,
    decide,
    import_official_texts,
    why_not_decide,
)
from gongkai.registers.actions.rechecking import (
    open_recheck,
    publish_result,
    recheck,
    why_not_open_recheck,
    why_not_publish_result,
    why_not_recheck,
)
from gongkai.registers.actions.registering import (
    correct,
    declare_total,
    explain,
    import_register,
    reconcile_unit,
    reconcile_year,
    why_not_correct,
    why_not_declare,
    why_not_explain,
    why_not_import,
)

__all__ = [
    "compare_copy",
    "correct",
    "decide",
    "declare_total",
    "explain",
    "import_official_texts",
    "import_register",
    "open_recheck",
    "publish_result",
    "recheck",
    "reconcile_unit",
    "reconcile_year",
    "why_not_correct",
    "why_not_decide",
    "why_not_declare",
    "why_not_explain",
    "why_not_import",
    "why_not_open_recheck",
    "why_not_publish_result",
    "why_not_recheck",
]
