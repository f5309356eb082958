"""What the district office types: calls, orders, campaigns, bulletins, the look-back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from gongkai.ledger.models import BulletinLine, ContactNote, PaperTemplate
from gongkai.ledger.states import CONFIRMED, RECTIFY, UNFINISHED, VERIFICATION_LABELS
from gongkai.orgs.models import Person, Unit

_LINE = re.compile(r"^(reason|rectify_by|kept)-(\d{1,9})$")


class DayField(forms.DateField):
    """A day, in the browser's own field."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={
                "invalid": "日期写得不对。请写成 2026-10-30 这样。",
                "required": "没有写日期。请选一天。",
            },
            **more,
        )


class ContactForm(forms.Form):
    """A call to a unit and what came of it."""

    how = forms.ChoiceField(label="方式", choices=ContactNote.How.choices)
    outcome = forms.CharField(
        label="结果",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="对方怎么说；没有打通写“没有接通”",
        error_messages={"required": "没有写联系结果。请写对方怎么说；没有打通也写“没有接通”。"},
    )
    promised_on = DayField(
        label="约定日期", required=False, help_text="答应办好的日期；到这一天以前不再逐级催办"
    )


class OrderForm(forms.Form):
    """An order to put something right."""

    unit = forms.ModelChoiceField(
        label="单位",
        queryset=Unit.objects.filter(active=True).exclude(kind=Unit.Kind.DISTRICT),
        empty_label="请选单位",
        error_messages={"required": "没有选单位。请选要整改的单位。"},
    )
    fault = forms.CharField(
        label="问题",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="哪里没有做到。条例第四十七条：督促整改",
        error_messages={"required": "没有写问题。请写明哪里没有做到。"},
    )
    demand = forms.CharField(
        label="整改要求",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="做到什么程度算整改好",
        error_messages={"required": "没有写整改要求。请写明做到什么程度。"},
    )
    due_on = DayField(label="整改期限")


class WordsForm(forms.Form):
    """One text of a unit: an answer to an order or a campaign."""

    text = forms.CharField(
        label="答复",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "没有写答复。请写明情况；没有的写“没有”。"},
    )


class AnswerForm(WordsForm):
    """The answer to a campaign, with a file where there is one."""

    file = forms.FileField(
        label="材料",
        required=False,
        help_text="docx、xlsx、pdf 等，只在工作台里看，不对外公开",
        error_messages={"empty": "文件是空的，没有内容。请核对是否选错了文件。"},
    )


class CampaignForm(forms.Form):
    """A campaign: what, from whom, by when."""

    title = forms.CharField(
        label="名称", max_length=80, error_messages={"required": "没有写名称。请写一个一眼能看懂的名称。"}
    )
    question = forms.CharField(
        label="要交什么",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="每个单位要回答什么、附什么材料",
        error_messages={"required": "没有写要交什么。请写明每个单位要回答什么。"},
    )
    scope_text = forms.CharField(
        label="范围",
        max_length=200,
        help_text="像要点里那样写：各街道办事处；区政府各部门；或者逐个写单位名称，用顿号隔开",
        error_messages={"required": "没有写范围。请写“各街道办事处”这样的说法或者单位名称。"},
    )
    due_on = DayField(label="交齐日期")


class BulletinForm(forms.Form):
    """The texts of a bulletin; the numbers are not typed."""

    title = forms.CharField(
        label="标题", max_length=120, error_messages={"required": "通报没有标题。请写标题。"}
    )
    overview = forms.CharField(label="总体情况", max_length=3000, widget=forms.Textarea(attrs={"rows": 4}))
    praise_words = forms.CharField(
        label="表扬说明", max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    criticism_words = forms.CharField(
        label="批评说明", max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    order_words = forms.CharField(
        label="整改说明", max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    demands = forms.CharField(
        label="要求", max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class NameForm(forms.Form):
    """A unit that the office names by hand."""

    unit = forms.ModelChoiceField(
        label="单位",
        queryset=Unit.objects.filter(active=True).exclude(kind=Unit.Kind.DISTRICT),
        empty_label="请选单位",
        error_messages={"required": "没有选单位。请选要表扬或者批评的单位。"},
    )
    kind = forms.ChoiceField(label="类别", choices=BulletinLine.Kind.choices)
    reason = forms.CharField(
        label="事由",
        max_length=300,
        error_messages={"required": "没有写事由。请写明做得好或者没有做到的事。"},
    )


class MonthForm(forms.Form):
    """Which month a bulletin is about."""

    year = forms.IntegerField(label="年", min_value=2008, max_value=2100)
    month = forms.IntegerField(label="月", min_value=1, max_value=12)


class TemplateForm(forms.Form):
    """The office's own Word template of a paper."""

    kind = forms.ChoiceField(label="文书", choices=PaperTemplate.Kind.choices)
    file = forms.FileField(
        label="模板文件",
        help_text="docx。请从现在的模板改起，保留 {{ }} 里的名称",
        error_messages={"required": "没有选文件。请选 docx 模板。", "empty": "文件是空的，没有内容。"},
    )


class LookBackForm(forms.Form):
    """Who verifies, by when."""

    due_on = DayField(label="核查期限")
    verifiers = forms.ModelMultipleChoiceField(
        label="核查人",
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="任务轮流分给选中的人，谁也不核查自己的单位；以后可以逐项改",
        error_messages={"required": "没有选核查人。请至少选一个人。"},
    )

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["verifiers"]
        field.queryset = Person.objects.filter(pk__in=[one.pk for one in people])
        field.label_from_instance = lambda one: f"{one.name}（{one.unit.short_name}）"


class AssignForm(forms.Form):
    """Another verifier for chosen rows."""

    verifier = forms.ModelChoiceField(
        label="核查人", queryset=Person.objects.none(), empty_label="请选核查人", required=False
    )
    check_by = DayField(label="核查日期")

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["verifier"]
        field.queryset = Person.objects.filter(pk__in=[one.pk for one in people])
        field.label_from_instance = lambda one: f"{one.name}（{one.unit.short_name}）"


class VerdictForm(forms.Form):
    """What a verifier found."""

    verdict = forms.ChoiceField(
        label="结论",
        choices=[(key, VERIFICATION_LABELS[key]) for key in (CONFIRMED, UNFINISHED, RECTIFY)],
        widget=forms.RadioSelect,
        error_messages={"required": "没有选结论。请选真完成、未完成或者需整改。"},
    )
    finding = forms.CharField(
        label="核查情况",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="看了什么、是否属实、还差什么",
        error_messages={"required": "没有写核查情况。请写明看了什么、是否属实。"},
    )
    rectify_by = DayField(
        label="整改期限", required=False, help_text="未完成和需整改的必须写；结转到本年台账时作期限"
    )


def lines_in(data: Mapping[str, str]) -> tuple[dict[int, dict[str, Any]], list[str]]:
    """What was typed about the named units, by line; and the dates that are no dates."""
    found: dict[int, dict[str, Any]] = {}
    faults: list[str] = []
    for key, value in data.items():
        match = _LINE.match(key)
        if not match:
            continue
        line = found.setdefault(int(match[2]), {"kept": False, "reason": "", "rectify_by": None})
        if match[1] == "kept":
            line["kept"] = True
        elif match[1] == "reason":
            line["reason"] = value
        elif value.strip():
            try:
                line["rectify_by"] = date.fromisoformat(value.strip())
            except ValueError:
                faults.append(f"整改期限“{value[:20]}”不是日期。请写成 2026-10-30 这样。")
    return found, faults
