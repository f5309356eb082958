"""What stands in public: publications, their index numbers, withdrawals, lists, and the files of the tree."""

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

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "发布记录"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        indexes = [
            models.Index(fields=["unit", "-published_at"], name="publication_by_unit"),
            models.Index(fields=["-published_at"], name="publication_by_time"),
            models.Index(fields=["turns_on"], condition=Q(turns_on__isnull=False), name="publication_turns"),
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

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="withdrawals")
    kind = models.CharField("类别", max_length=4, choices=Kind.choices)
    reason = models.CharField("原因", max_length=300)
    successor = models.ForeignKey(
        Publication, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
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
    """A publication's place in a list: given once from the oldest end, empty while it is withdrawn."""

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="entries")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField("序号")
    present = models.BooleanField("在列", default=True)

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
    """What a reader found wrong on the site (我为政府网站找错); answered by the disclosure office."""

    code = models.CharField("编号", max_length=20, unique=True)
    address = models.CharField("网页", max_length=300, blank=True)
    problem = models.TextField("问题")
    contact = models.CharField("联系方式", max_length=100, blank=True)
    at = models.DateTimeField("时间")
    handled_at = models.DateTimeField("处理时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "网站找错"
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.code
