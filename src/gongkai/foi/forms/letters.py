"""What is typed for letters: facts, words, ways of service, templates, settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from gongkai.foi.forms.handling import day, line, words
from gongkai.foi.models import Letter, LetterSettings, RemedyPlaces
from gongkai.foi.queries.letters import paragraphs_of
from gongkai.foi.rules.letters import Fact, LetterKind, letter_kind

WAYS = [
    ("post", "邮寄（中国邮政、EMS）"),
    ("hand", "当面交付"),
    ("electronic", "网上送达（申请人选择了网上获取）"),
]


def field_of(fact: Fact) -> forms.Field:
    """The field of one fact, marked as the letter needs it."""
    match fact.kind:
        case "date":
            found: forms.Field = day(fact.label, fact.help)
        case "number" | "money":
            found = forms.IntegerField(
                label=fact.label,
                help_text=fact.help,
                min_value=0,
                error_messages={"invalid": "不是整数。请只写数字。"},
            )
        case "flag":
            found = forms.BooleanField(label=fact.label, help_text=fact.help)
        case "long":
            found = words(fact.label, fact.help)
        case _:
            found = line(fact.label, fact.help)
    found.required = fact.required
    found.help_text = fact.help
    return found


class FactsForm(forms.Form):
    """The facts of one letter, with what the file already says filled in.

    What is missing does not stop the form: it is named beside the draft, and the draft cannot be signed.
    """

    use_required_attribute = False

    def _clean_fields(self) -> None:
        needed = [field for field in self.fields.values() if field.required]
        for field in needed:
            field.required = False
        super()._clean_fields()
        for field in needed:
            field.required = True

    def __init__(self, *args: Any, kind: LetterKind, known: Mapping[str, Any] | None = None, **kwargs: Any):
        super().__init__(*args, initial=dict(known or {}), **kwargs)
        self.label_suffix = ""
        if kind.addressee not in ("applicant", "inside"):
            self.fields["addressee"] = line("收件人", "名称写全称", longest=160)
        for fact in kind.facts:
            self.fields[fact.key] = field_of(fact)

    def facts(self) -> dict[str, Any]:
        """What was typed, ready for the row of the letter."""
        typed = {key: worth for key, worth in self.cleaned_data.items() if key != "addressee"}
        return {key: "" if worth is None else worth for key, worth in typed.items()}


class TextsForm(forms.Form):
    """The words of a draft, element by element; locked ones are not asked."""

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        texts = {one.key: one.text for one in paragraphs_of(letter)}
        for part in letter_kind(letter.kind).parts:
            if part.locked:
                continue
            text = texts.get(part.key, "")
            self.fields[part.key] = forms.CharField(
                label=part.label,
                required=False,
                initial=text,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": max(2, min(8, len(text) // 36 + 1))}),
            )


class SendForm(forms.Form):
    """How a letter leaves the house."""

    way = forms.ChoiceField(
        label="送达方式",
        choices=WAYS,
        widget=forms.RadioSelect,
        error_messages={"required": "没有选送达方式。请选一种。"},
    )
    on = day("发出日期", "邮寄写交邮之日，当面写交付之日；这一天停止计算答复期限")
    carrier = line("邮政企业", "中国邮政或者EMS，其他快递的日期不能作数", required=False, longest=60)
    tracking = line("邮件号", "收寄凭证上的13位号码", required=False, longest=60)
    received_by = line("签收人", "当面交付时填写签收人姓名", required=False, longest=160)


class ReceiveForm(forms.Form):
    """When the other side had it, and the proof."""

    on = day("收到日期", "签收之日；申请复议、起诉的期限自次日起算")
    received_by = line("签收人或者凭证", "如“本人签收”“邮政回执”", required=False, longest=160)
    proof = forms.FileField(
        label="送达凭证", required=False, help_text="回证、签收单的照片（jpg、png）或者pdf"
    )


class FailForm(forms.Form):
    """The letter came back."""

    on = day("退回日期")
    why = line("退回原因", "照邮件批注填写，如“查无此人”")


class NoteForm(forms.Form):
    """A reason or an opinion; which verb needs it is the action's affair."""

    note = words("意见或者理由", rows=2, required=False)


class RedoForm(forms.Form):
    """An order to answer anew."""

    on = day("收到决定的日期", "重新答复的期限自次日起算")
    note = words("依据", "哪个机关的决定或者判决、文号、责令重新答复的内容", rows=2)


class AmendForm(forms.Form):
    """Words of the answer that are put right."""

    note = words("为什么要更正", rows=2)
    wrong = words("原文有误之处", rows=2)
    right = words("更正为", rows=2)


class TemplateForm(forms.Form):
    """A template that was changed in Word."""

    file = forms.FileField(
        label="改好的模板（docx）", error_messages={"required": "没有选文件。请选改好的 docx 模板。"}
    )
    note = line("改了什么", "一句话，便于同事了解", required=False)
    district_wide = forms.BooleanField(
        label="全区通用", required=False, help_text="本单位没有自己模板的，都用这一份"
    )


class SettingsForm(forms.ModelForm):
    """How a unit signs its letters."""

    class Meta:
        model = LetterSettings
        fields = ("abbreviation", "deliberation_required", "unread_days")
        error_messages = {"abbreviation": {"required": "没有写机关简称。它用在文书编号里，例如“滨财”。"}}


class PlacesForm(forms.ModelForm):
    """The bodies, courts and the internet channel that every letter of the district names."""

    class Meta:
        model = RemedyPlaces
        fields = (
            "online_channel", "superior_government", "basic_court", "intermediate_court", "silence_may_be_sued",
        )  # fmt: skip
