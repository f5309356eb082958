"""How it is shown: lists and places, the files of the tree, and what readers found wrong."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.publishing.models.standing import Publication


class Listing(models.Model):
    """A public list at its permanent address, with its counters: nothing is counted when a page is drawn."""

    address = models.CharField("网址", max_length=120, unique=True)
    last = models.PositiveIntegerField("最大序号", default=0)
    present = models.PositiveIntegerField("现有条数", default=0)
    revision = models.PositiveIntegerField("版次", default=0)
    changed_at = models.DateTimeField("最近更新")

    class Meta:
        verbose_name = verbose_name_plural = "公开列表"

    def __str__(self) -> str:
        return self.address


class Entry(models.Model):
    """A publication's place in a list: given once from the oldest end, empty while it is withdrawn.

    ``seal`` is written with the place and binds it to its publication; the sweep holds the row against it.
    """

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="entries")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField("序号")
    present = models.BooleanField("在列", default=True)
    seal = models.CharField("摘要", max_length=64, default="")

    class Meta:
        verbose_name = verbose_name_plural = "列表条目"
        constraints = [
            models.UniqueConstraint(fields=["listing", "position"], name="one_place_one_entry"),
            models.UniqueConstraint(fields=["listing", "publication"], name="listed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id}#{self.position}"


class TreeFile(models.Model):
    """A file of the static tree: which record at which version it shows, and the digest of its bytes."""

    path = models.CharField("路径", max_length=200, unique=True)
    record = models.CharField("记录", max_length=120)
    version = models.BigIntegerField("版次", default=0)
    digest = models.CharField("摘要", max_length=64)
    size = models.PositiveBigIntegerField("大小", default=0)
    kind = models.CharField("类别", max_length=12)

    class Meta:
        verbose_name = verbose_name_plural = "静态文件"
        indexes = [models.Index(fields=["record"], name="tree_file_by_record")]

    def __str__(self) -> str:
        return self.path


class BuildStep(models.Model):
    """A stretch of a full build of the tree; a job takes the next few, a stopped build goes on there."""

    class State(models.TextChoices):
        WAITING = "waiting", "待做"
        DONE = "done", "已做"

    part = models.CharField("部分", max_length=12)
    first = models.BigIntegerField("从", default=0)
    last = models.BigIntegerField("到", default=0)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WAITING)

    class Meta:
        verbose_name = verbose_name_plural = "全站生成步骤"
        indexes = [models.Index(fields=["state", "id"], name="build_step_next")]

    def __str__(self) -> str:
        return f"{self.part} {self.first}—{self.last}"


class ErrorReport(models.Model):
    """What a reader found wrong on the site (我为政府网站找错); answered by the disclosure office (C14).

    ``sender`` is a digest of the day and the reader's address, there to slow down floods; the answer clears it.
    """

    class Outcome(models.TextChoices):
        MENDED = "已改正", "已改正"
        CORRECT = "经核对无误", "经核对无误"
        ELSEWHERE = "不属于本网站", "不属于本网站"

    code = models.CharField("编号", max_length=20, unique=True)
    address = models.CharField("网页", max_length=300, blank=True)
    problem = models.TextField("问题")
    contact = models.CharField("联系方式", max_length=100, blank=True)
    at = models.DateTimeField("时间")
    sender = models.CharField("来源摘要", max_length=24, blank=True)
    outcome = models.CharField("处理结果", max_length=8, choices=Outcome.choices, blank=True)
    answer = models.TextField("答复", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    handled_at = models.DateTimeField("处理时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "网站找错"
        ordering = ["-at"]
        indexes = [models.Index(fields=["at"], name="error_report_by_time")]
        constraints = [
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True, outcome="", answer="")
                | (Q(handled_at__isnull=False) & ~Q(outcome="") & ~Q(answer="")),
                name="error_report_closed_with_answer",
            )
        ]

    def __str__(self) -> str:
        return self.code
