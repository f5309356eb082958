"""What a unit types about a task: how far it is, and what stands behind that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.ledger.actions.progress import LONGEST_TEXT
from gongkai.ledger.rules.evidence import LONGEST_DECISION, LONGEST_TITLE, MOST_PIECES
from gongkai.orgs.models import Unit


class ManyFilesInput(forms.ClearableFileInput):
    """One field, any number of files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """The files that were chosen, as a list; none is an empty list."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        chosen = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(ManyFilesField, self).clean(one, initial) for one in chosen]


class ReportForm(forms.Form):
    """Progress of one unit on one task. ``match`` are records that the system found, ``keep`` pieces of the last
    report, ``stored`` files that were taken in before the form had to be shown again."""

    unit = forms.ModelChoiceField(
        label="填报单位",
        queryset=Unit.objects.none(),
        empty_label=None,
        error_messages={
            "required": "没有选填报单位。请先选单位。",
            "invalid_choice": "这个单位不在任务的责任单位里，或您不能替它填报。",
        },
    )
    text = forms.CharField(
        label="做了什么",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一两句话：做了什么，公开了什么，还差什么。只勾选文件时可以不写，系统写明公开了哪些文件。",
        error_messages={"max_length": f"进展最多 {LONGEST_TEXT} 字，请精简。"},
    )
    measures = forms.CharField(
        label="举措",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="打算怎样做、由谁做；台账里一直保留，下次自动带出。",
        error_messages={"max_length": f"举措最多 {LONGEST_TEXT} 字，请精简。"},
    )
    finished = forms.BooleanField(label="本单位已完成这项任务", required=False)
    match = forms.TypedMultipleChoiceField(
        label="系统找到的文件",
        required=False,
        coerce=int,
        error_messages={"invalid_choice": "勾选的文件刚刚撤回或有变化。请核对后再报送。"},
    )
    keep = forms.TypedMultipleChoiceField(
        label="上次的佐证",
        required=False,
        coerce=int,
        error_messages={"invalid_choice": "上次的佐证有变化，请重新添加。"},
    )
    stored = forms.CharField(required=False, max_length=2000)
    evidence = forms.CharField(
        label="网址或索引号",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="一行一个：本站文件的网址、索引号，或外部公开网页的网址。",
    )
    meeting = forms.CharField(label="会议名称", required=False, max_length=LONGEST_TITLE)
    held_on = forms.DateField(
        label="开会日期",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "开会日期写得不对。请写成 2026-03-02 的样子。"},
    )
    decided = forms.CharField(
        label="议定了什么",
        required=False,
        max_length=LONGEST_DECISION,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    files = ManyFilesField(
        label="内部材料",
        required=False,
        help_text="文件只供核对，不对外公开。",
        error_messages={"empty": "文件是空的，没有内容。请核对是否选错了文件。"},
    )

    def __init__(
        self,
        *args: Any,
        units: Sequence[Unit],
        matches: Sequence[int] = (),
        keeps: Sequence[int] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        field.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])
        if len(units) == 1:
            field.initial = units[0].pk
            field.widget = forms.HiddenInput()
        self.taken_in: list[Any] = []
        self.fields["match"].choices = [(str(pk), pk) for pk in matches]
        self.fields["keep"].choices = [(str(pk), pk) for pk in keeps]

    def clean_evidence(self) -> list[str]:
        """The addresses, one to a line; the same one twice is one."""
        lines = [line.strip() for line in self.cleaned_data["evidence"].splitlines()]
        return list(dict.fromkeys(line for line in lines if line))

    def clean_stored(self) -> list[str]:
        """Keys of files that were taken in before."""
        return [key for key in self.cleaned_data["stored"].split() if key][:MOST_PIECES]

    @property
    def meeting_given(self) -> bool:
        """Whether anything was typed about a meeting."""
        given = self.cleaned_data
        return bool(given.get("meeting") or given.get("held_on") or given.get("decided"))


class OverrideForm(forms.Form):
    """The office's own verdict on a task."""

    state = forms.ChoiceField(label="判定为", choices=())
    reason = forms.CharField(
        label="理由",
        max_length=300,
        help_text="会在台账和公开进度页显示。写明依据，例如“上级文件推迟到明年执行”。",
        error_messages={"required": "没有写理由。人工判定的理由会公开显示，请写明依据。"},
    )
    until = forms.DateField(
        label="有效至",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="到期后恢复系统判定，最长一年。",
        error_messages={
            "required": "没有写有效至哪一天。请选日期。",
            "invalid": "日期写得不对。请写成 2026-12-31 的样子。",
        },
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = choices


class CycleForm(forms.Form):
    """How many days a record counts as fresh."""

    days = forms.IntegerField(
        label="更新周期（天）",
        min_value=1,
        max_value=366,
        help_text="多少天内应有新的记录。数字为本平台规定，条例没有规定。",
        error_messages={
            "required": "没有写天数。请写 1 到 366 的数字。",
            "invalid": "天数要写数字，例如 90。",
            "min_value": "更新周期至少 1 天。",
            "max_value": "更新周期最长 366 天。",
        },
    )


class WordsForm(forms.Form):
    """The words by which records of a task are found."""

    words = forms.CharField(
        label="匹配词",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="用顿号分开。留空则用系统从要点里选的词。",
    )
