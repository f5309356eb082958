"""Public institutions with what their sector's rules make them publish, and appeals judged against it."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from gongkai.foi.models.case import Case
from gongkai.foi.models.work import Walled


class Sector(models.TextChoices):
    """The sectors named in 条例第五十五条."""

    EDUCATION = "education", "教育"
    HEALTH = "health", "卫生健康"
    WATER = "water", "供水"
    POWER = "power", "供电"
    GAS = "gas", "供气"
    HEAT = "heat", "供热"
    ENVIRONMENT = "environment", "环境保护"
    TRANSPORT = "transport", "公共交通"


class Institution(models.Model):
    """A school, hospital or works that serves the public; its supervising department hears appeals about it."""

    name = models.CharField("名称", max_length=120, unique=True)
    sector = models.CharField("行业", max_length=12, choices=Sector.choices)
    supervisor = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    address = models.CharField("地址", max_length=160, blank=True)
    phone = models.CharField("电话", max_length=40, blank=True)
    active = models.BooleanField("在册", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "公共企事业单位"
        ordering = ["sector", "name"]

    def __str__(self) -> str:
        return self.name


class InstitutionDuty(models.Model):
    """One item that the institutions of a sector must publish, with the rule that says so."""

    sector = models.CharField("行业", max_length=12, choices=Sector.choices)
    item = models.CharField("应当公开的事项", max_length=160)
    basis = models.CharField("依据", max_length=160)
    period = models.CharField("公开时限", max_length=80, blank=True)
    active = models.BooleanField("有效", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "公共企事业单位公开职责"
        ordering = ["sector", "pk"]
        constraints = [models.UniqueConstraint(fields=["sector", "item"], name="institution_duty_once")]

    def __str__(self) -> str:
        return self.item


class AppealSettings(models.Model):
    """Period and course of an appeal, fixed and published by the district itself; one row."""

    ONLY = 1

    working_days = models.PositiveSmallIntegerField(
        "办理期限（工作日）", default=15, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    course = models.TextField("办理流程", blank=True)
    basis = models.CharField("依据文件", max_length=160, blank=True)
    changed_at = models.DateTimeField("修改时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "申诉办理规定"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_appeal_rule")]

    def __str__(self) -> str:
        return f"{self.working_days}个工作日"


class Appeal(Walled):
    """What an appeal is about and how it was judged: does the duty exist, was it met, what was ordered."""

    class Verdict(models.TextChoices):
        MET = "met", "职责存在，已经履行"
        NOT_MET = "not_met", "职责存在，没有履行"
        NO_DUTY = "no_duty", "没有这项公开职责"

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="appeal")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="appeals")
    duty = models.ForeignKey(
        InstitutionDuty, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    item_named = models.CharField("申诉人说的事项", max_length=200)
    due_on = models.DateField("办理期限", null=True, blank=True)
    due_provisional = models.BooleanField("期限暂定", default=False)
    verdict = models.CharField("认定", max_length=8, choices=Verdict.choices, blank=True)
    findings = models.TextField("调查情况", blank=True)
    order = models.TextField("责令改正的要求", blank=True)
    order_due_on = models.DateField("改正期限", null=True, blank=True)
    order_done_on = models.DateField("改正完成日", null=True, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    judged_at = models.DateTimeField("认定时间", null=True, blank=True)

    class Meta(Walled.Meta):
        verbose_name = verbose_name_plural = "公共企事业单位申诉"
        constraints = [
            models.CheckConstraint(
                condition=~Q(verdict="not_met") | (~Q(order="") & Q(order_due_on__isnull=False)),
                name="appeal_order_where_not_met",
            )
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.item_named}"
