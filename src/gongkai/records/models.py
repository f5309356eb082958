"""Typed rows: the declared types of the district, the sheets that came in, rows with history, counted look-ups."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.orgs.wall import WalledManager
from gongkai.records import states


class DeclaredType(models.Model):
    """A record type in use here: one of the package (``declared`` is empty), or a schema file of the district.

    ``version`` rises with every change of what the public sees of its rows.
    """

    code = models.SlugField("代码", max_length=40, unique=True)
    declared = models.JSONField("表结构", null=True, blank=True)
    active = models.BooleanField("在用", default=True)
    version = models.PositiveIntegerField("版次", default=0)
    changed_at = models.DateTimeField("最近变化")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "信息类型"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class RecordBatch(models.Model):
    """Rows that came in together: a sheet, or last year's rows copied. The sheet itself is not kept."""

    class Origin(models.TextChoices):
        SHEET = "sheet", "表格导入"
        LAST_YEAR = "last_year", "照去年做"

    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    code = models.SlugField("类型", max_length=40)
    origin = models.CharField("来源", max_length=10, choices=Origin.choices)
    source_name = models.CharField("文件", max_length=200)
    digest = models.CharField("文件摘要", max_length=64, blank=True)
    count = models.PositiveIntegerField("行数")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "导入批次"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["code", "unit", "-at"], name="record_batch_by_type")]

    _plain = models.Manager()

    def __str__(self) -> str:
        return self.source_name


class RecordImport(models.Model):
    """A long sheet that a job reads and stores; ``done`` of ``total`` rows were looked at, then all are written at once.

    ``held_at`` is when the job that works on it last gave a sign of life; a killed one is taken up again.
    """

    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    code = models.SlugField("类型", max_length=40)
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    source_name = models.CharField("文件", max_length=200)
    only_good = models.BooleanField("只写入看懂的行", default=False)
    update = models.BooleanField("一并更新已有的行", default=False)
    explained = models.CharField("理由", max_length=500, blank=True)
    state = models.CharField(
        "状态", max_length=8, choices=states.IMPORT_LABELS.items(), default=states.IMPORTING
    )
    done = models.PositiveIntegerField("已核对", default=0)
    total = models.PositiveIntegerField("行数", default=0)
    batch = models.ForeignKey(
        RecordBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="imports"
    )
    problem = models.TextField("没有写入的原因", blank=True)
    tries = models.PositiveSmallIntegerField("次数", default=0)
    held_at = models.DateTimeField("最近动静", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "长表导入"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["file"], condition=models.Q(file__isnull=False), name="record_import_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["at"], condition=models.Q(state=states.IMPORTING), name="record_import_waits"
            )
        ]

    _plain = models.Manager()

    def __str__(self) -> str:
        return self.source_name

    @property
    def words(self) -> str:
        """How far it is, for the page that waits."""
        if not self.total:
            return "正在读取表格"
        return f"正在核对，已核对 {self.done} 行，共 {self.total} 行"


class RecordRow(models.Model):
    """One row of a type. ``values`` are the words of its fields; ``key`` is the digest of its own number.

    ``title`` and the trail never hold what tells of a person. ``proposed`` is a change of a public row that
    waits for its second pair of eyes; from ``proposed_on`` its own period runs (条例第二十六条).
    """

    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    code = models.SlugField("类型", max_length=40)
    column = models.ForeignKey(
        "columns.Column",
        verbose_name="专栏",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    batch = models.ForeignKey(
        RecordBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="rows"
    )
    key = models.CharField("唯一标识", max_length=64)
    title = models.CharField("标题", max_length=300, blank=True)
    words = models.TextField("可查找的文字", blank=True)
    values = models.JSONField("内容", default=dict)
    to_confirm = models.JSONField("待确认字段", default=list)
    proposed = models.JSONField("待审改动", null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_on = models.DateField("变更日期", null=True, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    state = models.CharField("状态", max_length=8, choices=states.LABELS.items(), default=states.DRAFT)
    formed_on = models.DateField("形成日期", null=True, blank=True)
    sort_on = models.DateField("排序日期", null=True, blank=True)
    checked_on = models.DateField("核对日期", null=True, blank=True)
    published_at = models.DateTimeField("公开时间", null=True, blank=True)
    public_until = models.DateField("公示至", null=True, blank=True)
    anonymise_on = models.DateField("匿名日期", null=True, blank=True)
    anonymised_at = models.DateTimeField("匿名时间", null=True, blank=True)
    version = models.PositiveIntegerField("版次", default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("录入时间")
    changed_at = models.DateTimeField("最近变化")

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "信息行"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["code", "-sort_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["unit", "code", "key"], name="record_row_once")]
        indexes = [
            models.Index(fields=["code", "state", "sort_on", "id"], name="record_row_public"),
            models.Index(fields=["unit", "code", "state"], name="record_row_by_unit"),
            models.Index(
                fields=["public_until"], condition=models.Q(state=states.LIVE), name="record_row_ends"
            ),
            models.Index(
                fields=["anonymise_on"],
                condition=models.Q(anonymise_on__isnull=False, anonymised_at__isnull=True),
                name="record_row_anonymise",
            ),
        ]

    _plain = models.Manager()

    def __str__(self) -> str:
        return self.title or f"{self.code} {self.pk}"


class RecordEdition(models.Model):
    """How a public row read before it was changed, when and why."""

    row = models.ForeignKey(RecordRow, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField("版次")
    values = models.JSONField("内容", default=dict)
    reason = models.CharField("原因", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "历次内容"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["row", "-number"]
        constraints = [models.UniqueConstraint(fields=["row", "number"], name="record_edition_once")]

    _plain = models.Manager()

    def __str__(self) -> str:
        return f"{self.row_id} 第{self.number}版"


class RecordApproval(models.Model):
    """A person who was named to approve a row, and when he did."""

    row = models.ForeignKey(RecordRow, on_delete=models.PROTECT, related_name="approvals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField("同意时间", null=True, blank=True)

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "指定的审批人"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["row", "pk"]
        constraints = [models.UniqueConstraint(fields=["row", "person"], name="record_approval_once")]

    _plain = models.Manager()

    def __str__(self) -> str:
        return f"{self.row_id} {self.person_id}"


class RowJustification(models.Model):
    """A named person's word for letting a finding of the gate stand in a row; ``code`` tells the finding.

    ``needs`` is how many persons must say so: two where many rows of a sheet tell of persons in the same way.
    """

    row = models.ForeignKey(RecordRow, on_delete=models.PROTECT, related_name="justifications")
    code = models.CharField("发现", max_length=40)
    rule = models.CharField("规则", max_length=40)
    needs = models.PositiveSmallIntegerField("需要几人", default=1)
    reason = models.CharField("理由", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "行的情况说明"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["row", "at"]
        constraints = [models.UniqueConstraint(fields=["row", "code", "by"], name="row_justified_once")]

    _plain = models.Manager()

    def __str__(self) -> str:
        return f"{self.row_id} {self.rule}"


class LookupUse(models.Model):
    """What one visitor looked up of a list of persons in one hour. The visitor is a digest that changes each day."""

    code = models.SlugField("类型", max_length=40)
    hour = models.DateTimeField("小时")
    visitor = models.CharField("来访", max_length=32)
    looks = models.PositiveIntegerField("查询次数", default=0)
    rows = models.PositiveIntegerField("看到的行数", default=0)
    files = models.PositiveIntegerField("下载次数", default=0)
    refused = models.PositiveIntegerField("拒绝次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "名单查询"
        ordering = ["-hour", "code"]
        constraints = [models.UniqueConstraint(fields=["code", "hour", "visitor"], name="lookup_use_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.hour:%Y-%m-%d %H}"
