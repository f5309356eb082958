"""The papers of a case: what came in, what went out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.foi.models.case import Case
from gongkai.foi.models.letter_settings import LetterTemplate
from gongkai.foi.rules.letters import letter_kinds
from gongkai.orgs.wall import WalledManager


class Paper(models.Model):
    """A file of the case. It can be opened only after the upload gate found it clean."""

    class Kind(models.TextChoices):
        APPLICATION = "application", "申请材料"
        IDENTITY = "identity", "身份证明"
        AUTHORISATION = "authorisation", "授权委托书"
        CORRECTION = "correction", "补正材料"
        OPINION = "opinion", "第三方或机关意见"
        SOURCE = "source", "拟公开的信息"
        REDACTED = "redacted", "区分处理后的信息"
        LEGAL = "legal", "法律意见"
        PROOF = "proof", "送达凭证"
        DISPUTE = "dispute", "复议诉讼材料"
        OTHER = "other", "其他"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers")
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("类别", max_length=14, choices=Kind.choices)
    title = models.CharField("名称", max_length=200)
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    with_answer = models.BooleanField("随答复提供", default=False)
    at = models.DateTimeField("收到时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    purged_at = models.DateTimeField("清除时间", null=True, blank=True)

    objects = WalledManager()
    _plain = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "案件材料"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class Letter(models.Model):
    """A letter of the agency. Two dates: dispatched ends or starts the agency's clock, received the other side's.

    Signed, it never changes again: ``text`` is what was signed, ``digest`` proves it, the file is made from it.
    """

    class Way(models.TextChoices):
        HAND = "hand", "当面交付"
        POST = "post", "邮政寄送"
        ELECTRONIC = "electronic", "电子送达"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(
        "orgs.Unit", verbose_name="以谁的名义", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField("文书种类", max_length=32)
    is_answer = models.BooleanField("最终答复", default=False)
    round = models.PositiveSmallIntegerField("第几次答复", default=1)
    year = models.PositiveSmallIntegerField("年份", null=True, blank=True)
    seq = models.PositiveIntegerField("序号", null=True, blank=True)
    number = models.CharField("文书编号", max_length=60, blank=True)
    addressee = models.CharField("收件人", max_length=160, blank=True)
    facts = models.JSONField("要素", default=dict, blank=True)
    text = models.JSONField("正文段落", default=list, blank=True)
    digest = models.CharField("签发时内容摘要", max_length=64, blank=True)
    template = models.ForeignKey(
        LetterTemplate, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    drafted_at = models.DateTimeField("拟稿时间")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField("签发时间", null=True, blank=True)
    way = models.CharField("送达方式", max_length=12, choices=Way.choices, blank=True)
    carrier = models.CharField("邮政企业", max_length=60, blank=True)
    tracking = models.CharField("邮件号", max_length=60, blank=True)
    dispatched_on = models.DateField("发出日", null=True, blank=True)
    received_on = models.DateField("收到日", null=True, blank=True)
    received_by = models.CharField("签收人或凭证", max_length=160, blank=True)
    failed_on = models.DateField("退回日", null=True, blank=True)
    failed_why = models.CharField("退回原因", max_length=200, blank=True)
    cancelled_at = models.DateTimeField("作废时间", null=True, blank=True)
    proof = models.ForeignKey(Paper, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = WalledManager()
    _plain = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "文书"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "seq"], condition=Q(seq__isnull=False), name="letter_number_once"
            ),
            models.UniqueConstraint(
                fields=["case", "round"],
                condition=Q(is_answer=True, signed_at__isnull=False),
                name="one_signed_answer_a_round",
            ),
            models.CheckConstraint(
                condition=Q(dispatched_on__isnull=True) | (Q(signed_at__isnull=False) & ~Q(way="")),
                name="letter_signed_before_dispatch",
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.kind

    @property
    def title(self) -> str:
        """The official name of the letter."""
        kind = letter_kinds().get(self.kind)
        return kind.title if kind else self.kind

    @property
    def standing(self) -> tuple[str, str]:
        """How far it is: the light and the word."""
        if self.cancelled_at is not None:
            return "idle", "已作废"
        if self.signed_at is None:
            return "idle", "草稿"
        if self.failed_on is not None:
            return "late", "退回，待重新发出"
        if self.dispatched_on is None:
            return "soon", "已签发，待发出"
        return ("done", "已送达") if self.received_on else ("ok", "已发出，待送达")
