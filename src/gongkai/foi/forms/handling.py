"""What the handler of a case types, one small form for each verb."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.foi.models import Consultation, Fee, SearchPlace
from gongkai.orgs.models import Unit

DAY_HELP = "实际发生的那一天"


class DayInput(forms.DateInput):
    """A day in ISO, with the browser's calendar where it has one."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day(label: str, help_text: str = DAY_HELP) -> forms.DateField:
    """A day that something happened."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=DayInput(),
        error_messages={
            "required": f"没有填写{label}。请填写日期，例如 2026-10-14。",
            "invalid": "不是有效日期。请写成 2026-10-14 的样子。",
        },
    )


def words(label: str, help_text: str = "", *, required: bool = True, rows: int = 3) -> forms.CharField:
    """Some sentences."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": f"没有写{label}。请填写。"},
    )


def line(label: str, help_text: str = "", *, required: bool = True, longest: int = 200) -> forms.CharField:
    """One line."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=longest,
        error_messages={"required": f"没有填写{label}。请填写。"},
    )


def count(label: str, help_text: str = "") -> forms.IntegerField:
    """A whole number from 1 on."""
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=1,
        max_value=100_000,
        error_messages={
            "required": f"没有填写{label}。请填写整数。",
            "invalid": "不是整数。请只写数字。",
            "min_value": "应为 1 以上的整数。请核对。",
        },
    )


class UnitChoice(forms.ModelChoiceField):
    """A unit of the register, by its short name."""

    def label_from_instance(self, obj: Unit) -> str:
        return obj.short_name


class PlaceChoice(forms.ModelChoiceField):
    """A place of search, marked where it has to be searched."""

    def label_from_instance(self, obj: SearchPlace) -> str:
        return f"{obj.name}（必查）" if obj.required else obj.name


class VerbForm(forms.Form):
    """A form of one verb on the case page; its fields carry the verb in their ids, so that many stand on one page."""

    def __init__(self, *args: Any, case: Any = None, verb: str = "", **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{verb}_%s" if verb else "id_%s", **kwargs)
        self.case = case
        self.label_suffix = ""


class NoInput(VerbForm):
    """A verb that asks nothing."""


class ReasonForm(VerbForm):
    reason = words("理由", "一两句话，会进入案卷", rows=2)


class AssignForm(VerbForm):
    to = UnitChoice(
        label="承办单位",
        queryset=Unit.objects.filter(active=True),
        empty_label="请选择",
        help_text="由它查找、提出答复意见；答复仍以本单位名义作出",
        error_messages={"required": "没有选承办单位。请选一个单位。"},
    )
    note = line("说明", "要它办什么", required=False)


class CorrectionForm(VerbForm):
    on = day("收到补正的日期", "答复期限自这一天的次日重新计算")
    text = words("补正的内容", "照申请人写的录入；有材料的先上传到案卷")


class ReasonsForm(VerbForm):
    on = day("收到的日期")
    text = words("申请人说明的理由", "照录要点")


class FeeForm(VerbForm):
    mode = forms.ChoiceField(
        label="计收方式",
        choices=Fee.Mode.choices,
        widget=forms.RadioSelect,
        help_text="同一件申请只能选一种",
        error_messages={"required": "没有选计收方式。请选按件或按量。"},
    )
    number = count("件数或页数", "按件填件数，按量填 A4 单面页数；已经主动公开的不计")
    reason = words("数量、频次明显超过合理范围的事实", "写明起止日期和件数", rows=2)


class FeePaidForm(VerbForm):
    on = day("缴费的日期", "答复期限自这一天的次日重新计算")
    receipt = line("票据号", "非税收入票据的号码", longest=60)


class ConsultationForm(VerbForm):
    kind = forms.ChoiceField(
        label="征求谁的意见",
        choices=Consultation.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "没有选征求对象的类别。请选一类。"},
    )
    party = line("全称", "写单位全称或者姓名", longest=120)
    concerning = words("征求哪些信息的意见", "对方只看得到这里写的内容，不写申请人是谁", rows=2)
    contact = line("联系方式", "加密保存", required=False)


class OpinionForm(VerbForm):
    on = day("收到意见的日期", "自这一天的次日恢复计算期限")
    opinion = forms.ChoiceField(
        label="对方的意见",
        choices=[one for one in Consultation.Opinion.choices if one[0] != Consultation.Opinion.SILENT],
        widget=forms.RadioSelect,
        error_messages={"required": "没有选对方的意见。请选一项。"},
    )
    reasons = words("对方的理由", "不同意的必须写；没有说理由的写“未说明理由”", required=False, rows=2)
    reasonable = forms.NullBooleanField(
        label="理由是否合理",
        required=False,
        widget=forms.Select(
            choices=[("unknown", "还没有判断"), ("true", "合理，不予公开"), ("false", "不合理")]
        ),
        help_text="条例第三十二条：第三方不同意且有合理理由的，不予公开",
    )


class DeliberationForm(VerbForm):
    question = words("会商什么问题", "写清要各方判断的问题", rows=2)
    legal = UnitChoice(
        label="法律意见由谁提出",
        queryset=Unit.objects.filter(active=True),
        empty_label="请选择",
        help_text="该单位的合法性审核人会看到",
        error_messages={"required": "没有选提出法律意见的单位。请选一个。"},
    )
    related = forms.ModelMultipleChoiceField(
        label="还要问哪些单位",
        queryset=Unit.objects.filter(active=True),
        required=False,
        help_text="可以多选，也可以不选",
        widget=forms.SelectMultiple(attrs={"size": 5}),
    )


class ConclusionForm(VerbForm):
    held_on = day("会商的日期")
    conclusion = words("结论", "怎样办理，依据哪一条")


class SideForm(VerbForm):
    text = words("意见", "没有不同意见的写“同意”并说明理由", rows=5)


class ExtensionForm(VerbForm):
    days = count("延长几个工作日", "合计最多 20 个工作日")
    reason = words("理由", "为什么不能按期答复", rows=2)


class SearchForm(VerbForm):
    place = PlaceChoice(
        label="检索地点",
        queryset=SearchPlace.objects.unscoped("narrowed to the unit of the case below").none(),
        empty_label="请选择",
        error_messages={"required": "没有选检索地点。请选一个；没有的先在“检索地点”里添加。"},
    )
    terms = line("检索词", "用哪些词、查了哪些年份")
    result = line("结果", "例如：没有找到；找到 1 份")
    found = forms.BooleanField(label="找到了", required=False)
    on = day("检索的日期")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = SearchPlace.objects.unscoped("the places of the unit that handles this case")
        self.fields["place"].queryset = rows.filter(  # type: ignore[attr-defined]
            unit=self.case.holder_id or self.case.unit_id, active=True
        )


class WithdrawForm(VerbForm):
    on = day("申请人撤回的日期")
    reason = words("怎样撤回的", "例如：当面提交撤回申请书", rows=2)


class JoinForm(VerbForm):
    number = line("并入哪一件", "另一件的受理编号", longest=40)
    reason = words("理由", "两件是同一申请人、同一内容", rows=2)


class RevealForm(forms.Form):
    """Why somebody looks at what identifies an applicant."""

    reason = line("为什么要查看", "例如：邮寄答复书核对地址。会记入留痕，只显示这一次")


class PlaceForm(forms.Form):
    """A place where a unit searches before it says that something does not exist."""

    name = line("检索地点", "例如：机关档案室、办公自动化系统、业务数据库", longest=80)
    required = forms.BooleanField(label="答复“信息不存在”之前必须查", required=False, initial=True)
