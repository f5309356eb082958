"""What is done to the public record; one function per verb of the office."""

from gongkai.publishing.actions.attempts import claim_refusals, note_claim
from gongkai.publishing.actions.lists import enter, leave
from gongkai.publishing.actions.periods import (
    ask_by_hand,
    confirm_run,
    end_rule,
    reckon_periods,
    run_period,
    set_period,
    why_not_confirm_run,
    why_not_end_rule,
    why_not_set_period,
)
from gongkai.publishing.actions.publishing import (
    give_back,
    publish,
    turn,
    why_not_give_back,
    why_not_publish,
)
from gongkai.publishing.actions.reports import (
    answer_error,
    report_error,
    set_template,
    why_not_answer_error,
    why_not_report_error,
    why_not_set_template,
)
from gongkai.publishing.actions.sweeping import (
    close_damage,
    note_damage,
    why_not_close_damage,
)
from gongkai.publishing.actions.withdrawing import why_not_withdraw, withdraw
from gongkai.publishing.rules.backdating import CLAIMS

__all__ = [
    "CLAIMS",
    "ask_by_hand",
    "confirm_run",
    "end_rule",
    "reckon_periods",
    "run_period",
    "set_period",
    "why_not_confirm_run",
    "why_not_end_rule",
    "why_not_set_period",
    "close_damage",
    "note_damage",
    "why_not_close_damage",
    "claim_refusals",
    "note_claim",
    "give_back",
    "enter",
    "leave",
    "answer_error",
    "publish",
    "report_error",
    "set_template",
    "turn",
    "why_not_answer_error",
    "why_not_give_back",
    "why_not_publish",
    "why_not_report_error",
    "why_not_set_template",
    "why_not_withdraw",
    "withdraw",
]
