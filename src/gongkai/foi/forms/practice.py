"""The answer sheet of an exercise, made from its questions."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.foi.forms.after import DayField
from gongkai.foi.rules.training import DUE, RESULT, Question

UNANSWERED = "这一题还没有答。"


class AnswerSheet(forms.Form):
    """One field for each question; a long list of results is a drop-down, few choices are buttons."""

    def __init__(self, *args: Any, questions: tuple[Question, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, question in enumerate(questions, 1):
            self.fields[question.key] = _field(f"第 {number} 题　{question.text}", question)

    def given(self) -> dict[str, str]:
        """The answers as the action takes them."""
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else value
            for name, value in self.cleaned_data.items()
        }


def _field(label: str, question: Question) -> forms.Field:
    if question.key == DUE:
        return DayField(label, help_text="从收到之日的次日起算；当作还没有发出答复")
    if question.key == RESULT:
        return forms.ChoiceField(
            label=label, choices=[("", "请选"), *question.options], error_messages={"required": UNANSWERED}
        )
    return forms.ChoiceField(
        label=label,
        choices=question.options,
        widget=forms.RadioSelect,
        error_messages={"required": UNANSWERED},
    )
