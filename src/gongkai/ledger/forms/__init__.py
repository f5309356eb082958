"""What is typed about the plan, its tasks, and the office's own papers."""

from gongkai.ledger.forms.corrections import as_typed, choices_in, corrections_in, opened_in, page_in
from gongkai.ledger.forms.plan import PlanFileForm, TitleForm, UnitsForm
from gongkai.ledger.forms.report import CycleForm, OverrideForm, ReportForm, WordsForm

__all__ = [
    "CycleForm",
    "OverrideForm",
    "PlanFileForm",
    "ReportForm",
    "TitleForm",
    "UnitsForm",
    "WordsForm",
    "as_typed",
    "choices_in",
    "corrections_in",
    "opened_in",
    "page_in",
]
