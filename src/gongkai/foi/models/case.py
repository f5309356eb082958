"""A case: one request, correction of a record, or appeal about a public institution, and all that happened to it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.foi import states
from gongkai.foi.models.applicant import Applicant
from gongkai.orgs.wall import WalledManager


class Case(models.Model):
    """One case of one agency. Its state is written by ``actions.engine`` alone; its dates follow from its events."""

    class Kind(models.TextChoices):
        REQUEST = "request", "政府信息公开申请"
        RECORD = "record", "更正政府信息申请"
        APPEAL = "appeal", "公共企事业单位信息公开申诉"

    class Channel(models.TextChoices):
        WEB = "web", "网上"
        COUNTER = "counter", "当面"
        REGISTERED_MAIL = "registered_mail", "挂号信或快递"
        PLAIN_MAIL = "plain_mail", "平常信函"
        FAX = "fax", "传真"
        ORAL = "oral", "口头（工作人员代填）"
        EMAIL = "email", "电子邮件"

    class Form(models.TextChoices):
        PAPER = "paper", "纸质"
        ELECTRONIC = "electronic", "电子"
        READING = "reading", "现场查阅、抄录"
        OTHER = "other", "其他"

    class Delivery(models.TextChoices):
        ONLINE = "online", "网上查看"
        POST = "post", "邮寄"
        PICKUP = "pickup", "当面领取"
        EMAIL = "email", "电子邮件"
        FAX = "fax", "传真"

    kind = models.CharField("案件类别", max_length=8, choices=Kind.choices, default=Kind.REQUEST)
    unit = models.ForeignKey("orgs.Unit", verbose_name="答复单位", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(
        "orgs.Unit", verbose_name="以谁的名义答复", on_delete=models.PROTECT, related_name="+"
    )
    holder = models.ForeignKey(
        "orgs.Unit",
        verbose_name="承办单位",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    year = models.PositiveSmallIntegerField("年份")
    seq = models.PositiveIntegerField("序号")
    number = models.CharField("受理编号", max_length=40, unique=True)
    channel = models.CharField("渠道", max_length=16, choices=Channel.choices)
    applicant = models.OneToOneField(Applicant, on_delete=models.PROTECT, related_name="case")
    title = models.CharField("所需信息名称", max_length=200)
    content = models.TextField("所需信息的内容描述")
    docnumber = models.CharField("文号或其他特征", max_length=120, blank=True)
    form_wanted = models.CharField("提供形式", max_length=12, choices=Form.choices, default=Form.ELECTRONIC)
    delivery_wanted = models.CharField(
        "获取方式", max_length=8, choices=Delivery.choices, default=Delivery.ONLINE
    )
    purpose = models.CharField(
        "用途（可不填）", max_length=200, blank=True, help_text="条例没有要求说明用途，不填不影响办理"
    )
    about = models.ForeignKey(
        "self", verbose_name="相关案件", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    submitted_at = models.DateTimeField("提交时间")
    arrived_on = models.DateField("到达日")
    received_on = models.DateField("收到之日", null=True, blank=True)
    received_why = models.CharField("收到之日的依据", max_length=200, blank=True)
    due_on = models.DateField("答复期限", null=True, blank=True)
    due_provisional = models.BooleanField("期限暂定", default=False)
    risk_due_on = models.DateField("风险日期", null=True, blank=True)
    clock_stopped = models.BooleanField("期限停止计算", default=False)
    extended_days = models.PositiveSmallIntegerField("已延期（工作日）", default=0)
    # What the minute looks for: the next day on which somebody is told, or on which a silence takes effect.
    remind_on = models.DateField("下次提醒", null=True, blank=True)
    lapse_on = models.DateField("视为未答之日", null=True, blank=True)

    state = models.CharField(
        "状态", max_length=12, choices=list(states.LABELS.items()), default=states.ARRIVED
    )
    state_since = models.DateTimeField("进入本状态的时间")
    disposition = models.CharField("办理结果", max_length=16, blank=True)
    disposition_facts = models.JSONField("结果依据", default=dict, blank=True)
    decided_on = models.DateField("作出答复日", null=True, blank=True)
    closed_on = models.DateField("答复发出日", null=True, blank=True)
    served_on = models.DateField("答复送达日", null=True, blank=True)
    round = models.PositiveSmallIntegerField("第几次答复", default=1)
    # What the annual report counts: the first result, whatever a court or the office orders afterwards.
    counted_disposition = models.CharField("计入统计的结果", max_length=16, blank=True)
    counted_on = models.DateField("计入统计的办结日", null=True, blank=True)

    code_digest = models.CharField("查询码摘要", max_length=64, blank=True, db_index=True)
    submit_key = models.CharField("防重复提交键", max_length=64, null=True, blank=True, unique=True)
    origin = models.CharField("来源平台", max_length=40, blank=True)
    origin_number = models.CharField("来源平台编号", max_length=80, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    retention_until = models.DateField("身份信息保存到", null=True, blank=True)

    objects = WalledManager()
    _plain = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "依申请公开案件"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["-submitted_at", "-pk"]
        indexes = [
            models.Index(fields=["unit", "state", "due_on"], name="case_by_unit_state_due"),
            models.Index(fields=["state", "due_on"], name="case_by_state_due"),
            models.Index(fields=["holder", "state"], name="case_by_holder"),
            models.Index(fields=["unit", "received_on"], name="case_by_received"),
            models.Index(fields=["unit", "closed_on"], name="case_by_closed"),
            models.Index(fields=["remind_on"], condition=Q(remind_on__isnull=False), name="case_to_remind"),
            models.Index(fields=["lapse_on"], condition=Q(lapse_on__isnull=False), name="case_to_lapse"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "seq"], name="case_number_once"),
            models.UniqueConstraint(
                fields=["origin", "origin_number"], condition=~Q(origin=""), name="case_from_platform_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[states.ARRIVED, states.VOID, states.ANSWERED, states.ARCHIVED])
                | Q(received_on__isnull=False),
                name="case_received_before_work",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[states.DISPATCHED, states.ANSWERED, states.ARCHIVED])
                | (Q(closed_on__isnull=False) & ~Q(disposition="")),
                name="case_closed_with_one_result",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CaseEvent(models.Model):
    """One thing that happened to a case, on its legal day. Rows are never changed; clocks read them."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("事件", max_length=24)
    on = models.DateField("发生日")
    at = models.DateTimeField("登记时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField("登记人", max_length=60)
    source = models.CharField("原状态", max_length=12, blank=True)
    target = models.CharField("新状态", max_length=12)
    round = models.PositiveSmallIntegerField("第几次答复", default=1)
    note = models.TextField("说明", blank=True)
    facts = models.JSONField("事实", default=dict, blank=True)

    objects = WalledManager()
    _plain = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "案件经过"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.name}"


class CaseSeries(models.Model):
    """The last number given in a series of a unit and year: cases, letters by 机关代字."""

    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    series = models.CharField("系列", max_length=24)
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("最后一号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "编号系列"
        constraints = [models.UniqueConstraint(fields=["unit", "series", "year"], name="case_series_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.year} {self.last}"
