"""What is done about a case: asking others, deliberating, searching, charging, extending."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.foi.models.case import Case
from gongkai.foi.models.papers import Letter, Paper
from gongkai.orgs.wall import WalledManager


class Walled(models.Model):
    """What all rows of a case's work share: the case and the unit that answers it."""

    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")

    objects = WalledManager()
    _plain = models.Manager()

    class Meta:
        abstract = True
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["pk"]


class Consultation(Walled):
    """One third party, joint maker or other agency that was asked in writing; each has its own clock.

    A third party's silence leaves the decision to the agency (条例第三十二条); a joint maker's silence is
    consent (条例第三十四条).
    """

    class Kind(models.TextChoices):
        THIRD_PARTY = "third_party", "第三方"
        JOINT_MAKER = "joint_maker", "共同制作机关"
        OTHER_AGENCY = "other_agency", "其他机关"

    class Opinion(models.TextChoices):
        AGREE = "agree", "同意公开"
        PARTLY = "partly", "部分同意"
        OBJECT = "object", "不同意公开"
        SILENT = "silent", "逾期未答"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consultations")
    kind = models.CharField("征求对象", max_length=12, choices=Kind.choices)
    party = models.CharField("名称", max_length=120)
    contact_sealed = models.TextField("联系方式（加密）", blank=True)
    concerning = models.TextField("涉及的信息")
    letter = models.ForeignKey(Letter, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField("发出日", null=True, blank=True)
    delivered_on = models.DateField("对方收到日", null=True, blank=True)
    due_on = models.DateField("答复期限", null=True, blank=True)
    answered_on = models.DateField("答复日", null=True, blank=True)
    opinion = models.CharField("意见", max_length=8, choices=Opinion.choices, blank=True)
    reasons = models.TextField("理由", blank=True)
    reasonable = models.BooleanField("理由合理", null=True, blank=True)
    lapsed_on = models.DateField("视为未答日", null=True, blank=True)
    overridden_why = models.TextField("因公共利益仍公开的理由", blank=True)
    told_on = models.DateField("书面告知第三方日", null=True, blank=True)

    class Meta(Walled.Meta):
        verbose_name = verbose_name_plural = "征求意见"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.party}"


class Deliberation(Walled):
    """A 会商: who was asked, what each said, the legal advice, the conclusion; frozen when concluded."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deliberations")
    question = models.TextField("会商问题")
    opened_at = models.DateTimeField("发起时间")
    held_on = models.DateField("会商日", null=True, blank=True)
    conclusion = models.TextField("结论", blank=True)
    concluded_at = models.DateTimeField("结论时间", null=True, blank=True)
    digest = models.CharField("固定摘要", max_length=64, blank=True)

    class Meta(Walled.Meta):
        verbose_name = verbose_name_plural = "会商"

    def __str__(self) -> str:
        return self.question[:40]


class DeliberationOpinion(Walled):
    """What one side said in a 会商; a required one that is missing blocks the conclusion."""

    class Side(models.TextChoices):
        HOLDER = "holder", "承办单位"
        LEGAL = "legal", "法律审核"
        RELATED = "related", "相关单位"

    deliberation = models.ForeignKey(Deliberation, on_delete=models.PROTECT, related_name="opinions")
    side = models.CharField("哪一方", max_length=8, choices=Side.choices)
    asked_unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    required = models.BooleanField("必须提出", default=True)
    text = models.TextField("意见", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("提出时间", null=True, blank=True)
    paper = models.ForeignKey(Paper, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Walled.Meta):
        verbose_name = verbose_name_plural = "会商意见"

    def __str__(self) -> str:
        return f"{self.get_side_display()} {self.asked_unit}"


class SearchPlace(Walled):
    """A place that a unit must search before it may say that information does not exist."""

    name = models.CharField("检索地点", max_length=80)
    required = models.BooleanField("必查", default=True)
    active = models.BooleanField("在用", default=True)

    class Meta(Walled.Meta):
        verbose_name = verbose_name_plural = "检索地点"
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="search_place_once")]

    def __str__(self) -> str:
        return self.name


class SearchRecord(Walled):
    """Where, by whom and with which words it was searched, and what came of it; part of the file."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="searches")
    place = models.ForeignKey(SearchPlace, on_delete=models.PROTECT, related_name="+")
    terms = models.CharField("检索词", max_length=200)
    result = models.CharField("结果", max_length=200)
    found = models.BooleanField("找到", default=False)
    on = models.DateField("检索日")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(Walled.Meta):
        verbose_name = verbose_name_plural = "检索记录"

    def __str__(self) -> str:
        return f"{self.place} {self.terms}"


class Fee(Walled):
    """An information processing fee (国办函〔2020〕109号): by piece or by page, never both."""

    class Mode(models.TextChoices):
        PIECES = "pieces", "按件"
        PAGES = "pages", "按量"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="fees")
    mode = models.CharField("计收方式", max_length=6, choices=Mode.choices)
    pieces = models.PositiveIntegerField("件数", default=0)
    pages = models.PositiveIntegerField("页数", default=0)
    before = models.PositiveIntegerField("本月此前累计件数", default=0)
    amount = models.PositiveIntegerField("金额（元）")
    why = models.TextField("明显超过合理范围的事实", blank=True)
    letter = models.ForeignKey(Letter, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    pay_by = models.DateField("缴费期限", null=True, blank=True)
    paid_on = models.DateField("缴费日", null=True, blank=True)
    receipt = models.CharField("票据号", max_length=60, blank=True)
    cancelled_why = models.CharField("撤销原因", max_length=200, blank=True)

    class Meta(Walled.Meta):
        verbose_name = verbose_name_plural = "信息处理费"

    def __str__(self) -> str:
        return f"{self.amount}元"


class Extension(Walled):
    """An extension of the reply period: proposed, approved by the head of the disclosure office, told in time."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="extensions")
    days = models.PositiveSmallIntegerField("延长（工作日）")
    reason = models.TextField("延期理由")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("申请时间")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField("同意时间", null=True, blank=True)
    refused_why = models.CharField("不同意的理由", max_length=200, blank=True)
    letter = models.ForeignKey(Letter, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField("告知申请人日", null=True, blank=True)

    class Meta(Walled.Meta):
        verbose_name = verbose_name_plural = "延期"
        constraints = [
            models.CheckConstraint(
                condition=Q(told_on__isnull=True) | Q(approved_at__isnull=False),
                name="extension_approved_before_told",
            )
        ]

    def __str__(self) -> str:
        return f"延期{self.days}个工作日"
