"""What stands in public: publications, their numbers, each edition's release, withdrawals, changes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.orgs.wall import WalledManager
from gongkai.publishing.rules import DEFAULT_TEMPLATE


class IndexTemplate(models.Model):
    """How index numbers are made from a day on; the newest row counts, the others are its history."""

    template = models.CharField("编制规则", max_length=80, default=DEFAULT_TEMPLATE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "索引号编制规则"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.template


class IndexNumber(models.Model):
    """A number that was given once; it is kept for ever, so that it is never given again (A06)."""

    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年份")
    seq = models.PositiveIntegerField("流水号")
    number = models.CharField("索引号", max_length=80, unique=True)
    given_at = models.DateTimeField("编号时间")

    class Meta:
        verbose_name = verbose_name_plural = "索引号"
        constraints = [models.UniqueConstraint(fields=["unit", "year", "seq"], name="index_number_once")]

    def __str__(self) -> str:
        return self.number


class Publication(models.Model):
    """One document in public. Its number, address and times are given by the server and never change.

    ``version`` rises with every change of what the public sees; whoever shows it refuses an older one.
    """

    class State(models.TextChoices):
        LIVE = "live", "已发布"
        WITHDRAWN = "withdrawn", "已撤回"

    document = models.OneToOneField("documents.Document", on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey("documents.Edition", on_delete=models.PROTECT, related_name="+")
    index_number = models.OneToOneField(IndexNumber, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    title = models.CharField("标题", max_length=300)
    path = models.CharField("网址", max_length=120, unique=True)
    version = models.PositiveIntegerField("版次", default=1)
    first_published_at = models.DateTimeField("首次发布时间")
    published_at = models.DateTimeField("发布时间")
    receipt = models.CharField("回执编号", max_length=40, unique=True)
    trail_seq = models.BigIntegerField("留痕序号")
    digest = models.CharField("内容摘要", max_length=64)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.LIVE)
    expired = models.BooleanField("已宣布失效", default=False)
    turns_on = models.DateField("有效性变化日期", null=True, blank=True)
    # The last day of its public period; None: it has none. Reckoned from the rules, which are its home.
    public_until = models.DateField("公开期限至", null=True, blank=True)

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "发布记录"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        indexes = [
            models.Index(fields=["unit", "-published_at"], name="publication_by_unit"),
            models.Index(fields=["-published_at"], name="publication_by_time"),
            models.Index(fields=["turns_on"], condition=Q(turns_on__isnull=False), name="publication_turns"),
            models.Index(
                fields=["public_until"], condition=Q(public_until__isnull=False), name="publication_ends"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at__gte=models.F("first_published_at")), name="published_in_order"
            )
        ]

    _plain = models.Manager()

    def __str__(self) -> str:
        return self.title


class Withdrawal(models.Model):
    """A publication was taken back, in one of three meanings; the page at its address says which."""

    class Kind(models.TextChoices):
        MISTAKE = "误发", "误发"
        MERGED = "并入", "并入"
        EXPIRED = "失效", "失效"
        # By the system, when the public period of the item is over (B14).
        ARCHIVED = "期满归档", "期满归档"
        HIDDEN = "期满撤下", "期满撤下"

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="withdrawals")
    kind = models.CharField("类别", max_length=4, choices=Kind.choices)
    reason = models.CharField("原因", max_length=300)
    successor = models.ForeignKey(
        Publication, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("时间")
    version = models.PositiveIntegerField("版次")

    class Meta:
        verbose_name = verbose_name_plural = "撤回"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="并入") | Q(successor__isnull=False), name="merged_names_successor"
            )
        ]

    def __str__(self) -> str:
        return self.kind


class Release(models.Model):
    """One edition came before the public: when by the server's clock, by whom, under which receipt. Never changed."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="releases")
    edition = models.OneToOneField("documents.Edition", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField("版次")
    receipt = models.CharField("回执编号", max_length=40, unique=True)
    published_at = models.DateTimeField("发布时间")
    digest = models.CharField("内容摘要", max_length=64)
    trail_seq = models.BigIntegerField("留痕序号")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "历次发布"
        ordering = ["published_at", "pk"]

    def __str__(self) -> str:
        return self.receipt


class EditionClosure(models.Model):
    """An earlier edition may not be read in public any more; its row, digest and receipt stay."""

    edition = models.OneToOneField("documents.Edition", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("理由", max_length=300)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "以前版本不再公开"

    def __str__(self) -> str:
        return self.reason


class PublicChange(models.Model):
    """What happened to something that stood in public, for the page and the feed of changes; newest last."""

    class Kind(models.TextChoices):
        CORRECTED = "更正", "更正"
        RETURNED = "恢复", "恢复公开"
        WITHDRAWN = "撤回", "撤回"
        PERIOD = "期满", "公开期满"

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField("类别", max_length=4, choices=Kind.choices)
    word = models.CharField("情形", max_length=10)
    note = models.CharField("说明", max_length=300, blank=True)
    edition = models.PositiveIntegerField("编次")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "公开信息变更"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.word} {self.publication_id}"
