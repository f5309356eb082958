"""What the district office does beside judging reports: calls, reminders, campaigns, orders to put right."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.ledger import states
from gongkai.orgs.wall import WalledManager


class ContactNote(models.Model):
    """The office spoke to a unit about what is late: when, how, what came of it, by when it was promised."""

    class How(models.TextChoices):
        PHONE = "phone", "电话"
        MESSAGE = "message", "政务通讯消息"
        VISIT = "visit", "当面"

    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    how = models.CharField("方式", max_length=8, choices=How.choices, default=How.PHONE)
    outcome = models.TextField("结果")
    promised_on = models.DateField(
        "约定日期", null=True, blank=True, help_text="单位答应办好的日期；到这一天以前不再逐级催办"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("联系时间")

    objects = WalledManager()
    _plain = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "联系记录"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["unit", "at"], name="contact_by_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.outcome[:20]}"


class LadderStep(models.Model):
    """One reminder that went out for one late matter of a unit; each step of a lateness goes out once.

    ``matter`` names what is late (``task:12``, ``campaign:3``, ``order:5``); ``since`` is the day on which
    it fell due, so that a later lateness of the same matter begins at the first step again.
    """

    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    matter = models.CharField("事项", max_length=40)
    since = models.DateField("到期日")
    step = models.PositiveSmallIntegerField("第几级")
    to = models.CharField("催办谁", max_length=120)
    at = models.DateTimeField("发出时间")

    objects = WalledManager()
    _plain = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "催办"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["matter", "unit", "step"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "matter", "since", "step"], name="ladder_step_once")
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.step}"


class PaperTemplate(models.Model):
    """A Word template of the office's own; the newest of a kind is used, the one that ships where there is none."""

    class Kind(models.TextChoices):
        BULLETIN = "bulletin", "月度通报"
        ORDER = "order", "整改通知单"
        CAMPAIGN = "campaign", "专项行动结果"
        LOOKBACK = "lookback", "回头看结果"
        UNIT_PLAN = "unit_plan", "单位实施方案"

    kind = models.CharField("文书", max_length=10, choices=Kind.choices)
    file = models.ForeignKey(
        "files.StoredFile", verbose_name="模板", on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("换上时间")

    class Meta:
        verbose_name = verbose_name_plural = "文书模板"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.get_kind_display()


class Campaign(models.Model):
    """A campaign: the same question to a set of units, with a day by which each hands in its answer."""

    title = models.CharField("名称", max_length=80)
    question = models.TextField("要交什么")
    scope_text = models.CharField("范围", max_length=200, help_text="照要点的说法，例如各街道办事处")
    due_on = models.DateField("交齐日期")
    state = models.CharField(
        "状态", max_length=10, choices=states.CAMPAIGN_LABELS.items(), default=states.RUNNING
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("发起时间")
    ended_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "专项行动"
        ordering = ["state", "-due_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="running", ended_at__isnull=True)
                | Q(state="ended", ended_at__isnull=False),
                name="campaign_ended_when",
            )
        ]

    def __str__(self) -> str:
        return self.title


class CampaignAnswer(models.Model):
    """What one unit handed in for a campaign; missing until it did."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="answers")
    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        "状态", max_length=10, choices=states.ANSWER_LABELS.items(), default=states.MISSING
    )
    text = models.TextField("答复", blank=True)
    file = models.ForeignKey(
        "files.StoredFile", verbose_name="材料", null=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("提交时间", null=True)
    reason = models.TextField("退回理由", blank=True)

    objects = WalledManager()
    _plain = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "专项行动答复"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["campaign", "unit__order", "unit"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "unit"], name="campaign_answer_once"),
            models.CheckConstraint(
                condition=Q(state="missing") | Q(by__isnull=False, at__isnull=False),
                name="campaign_answer_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign} {self.unit}"
