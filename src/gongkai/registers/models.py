"""Registers of issued papers with their faults as tasks; hosted copies; campaigns of re-determination."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.orgs.wall import WalledManager
from gongkai.registers import states
from gongkai.registers.rules.reconciling import LABELS


class RegisterImport(models.Model):
    """One 发文登记簿 as it came in; the rows of its years replace those that came before."""

    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    source_name = models.CharField("文件", max_length=200)
    digest = models.CharField("文件摘要", max_length=64)
    years = models.JSONField("年度", default=list)
    facts = models.JSONField("改动", default=dict)
    # None: the operator at the console.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")
    # A paper that is not public becomes a fault by the mere passing of its last day: compared anew each day.
    compared_on = models.DateField("最近比对", null=True)

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "登记簿导入"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["unit", "-at"], name="register_import_by_unit")]

    _plain = models.Manager()

    def __str__(self) -> str:
        return self.source_name


class IssuedPaper(models.Model):
    """One line of a unit's register."""

    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(RegisterImport, on_delete=models.PROTECT, related_name="papers")
    year = models.PositiveSmallIntegerField("年度")
    row = models.PositiveIntegerField("行")
    number = models.CharField("发文字号", max_length=60)
    title = models.CharField("标题", max_length=300)
    written_on = models.DateField("成文日期", null=True, blank=True)
    openness = models.CharField("公开属性", max_length=8, blank=True)
    ground = models.CharField("依据", max_length=300, blank=True)
    secrecy = models.CharField("密级", max_length=20, blank=True)
    copies = models.CharField("份数", max_length=20, blank=True)
    note = models.CharField("备注", max_length=300, blank=True)

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "登记的公文"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["unit", "year", "row", "pk"]
        indexes = [models.Index(fields=["unit", "year", "number"], name="issued_paper_by_number")]

    _plain = models.Manager()

    def __str__(self) -> str:
        return self.number


class RegisterTask(models.Model):
    """A fault of a register: open until it is explained, or gone at the next comparison."""

    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("类别", max_length=16, choices=LABELS.items())
    number = models.CharField("发文字号", max_length=60)
    text = models.TextField("问题")
    path = models.CharField("网址", max_length=120, blank=True)
    state = models.CharField("状态", max_length=10, choices=states.LABELS.items(), default=states.OPEN)
    reason = models.CharField("说明", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField("发现时间")
    changed_at = models.DateTimeField("最近变化")

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "登记核对任务"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["unit", "year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "number"], name="register_task_once"),
            models.CheckConstraint(
                condition=~models.Q(state="explained") | ~models.Q(reason=""), name="explained_with_reason"
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="register_task_by_state")]

    _plain = models.Manager()

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def light(self) -> str:
        """The status light of its state."""
        return states.LIGHTS[self.state]


class DeclaredTotal(models.Model):
    """How many papers a unit says in its annual report that it issued in a year (制发件数)."""

    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年度")
    count = models.PositiveIntegerField("制发件数")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "年报制发件数"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="declared_total_once")]

    _plain = models.Manager()

    def __str__(self) -> str:
        return f"{self.year}年 {self.count}"


class OfficialText(models.Model):
    """A version of a national or provincial rule, from an official source."""

    title = models.CharField("名称", max_length=300)
    name = models.CharField("比对名称", max_length=300, db_index=True)
    published = models.DateField("公布日期", null=True, blank=True)
    effective = models.DateField("施行日期", null=True, blank=True)
    text = models.TextField("正文")
    source = models.CharField("来源", max_length=500, blank=True)
    digest = models.CharField("摘要", max_length=64, unique=True)
    at = models.DateTimeField("导入时间")

    class Meta:
        verbose_name = verbose_name_plural = "官方文本"
        ordering = ["title", "effective", "pk"]

    def __str__(self) -> str:
        return self.title


class HostedCopy(models.Model):
    """A publication that is a copy of a national or provincial rule, and how it differed when last compared."""

    publication = models.OneToOneField("publishing.Publication", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("比对名称", max_length=300)
    version = models.ForeignKey(OfficialText, null=True, on_delete=models.PROTECT, related_name="+")
    newest = models.ForeignKey(OfficialText, null=True, on_delete=models.PROTECT, related_name="+")
    differences = models.JSONField("差异", default=list)
    decision = models.CharField(
        "处理", max_length=8, choices=states.DECISIONS.items(), default=states.TO_DECIDE
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    compared_at = models.DateTimeField("比对时间")
    # The paper that takes the copy's place: the official text, or the way to it.
    draft = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "转载件"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["unit", "pk"]

    _plain = models.Manager()

    def __str__(self) -> str:
        return self.name

    @property
    def superseded(self) -> bool:
        """Whether the copy is an older version than the one in force."""
        return self.version_id != self.newest_id

    @property
    def faulty(self) -> bool:
        return bool(self.differences) or self.superseded


class Recheck(models.Model):
    """A campaign of the district: the papers of a year that were kept from the public are looked at again. 条例第十八条."""

    year = models.PositiveSmallIntegerField("年度")
    until = models.DateField("截止日期")
    state = models.CharField(
        "状态", max_length=10, choices=states.RECHECK_LABELS.items(), default=states.COLLECTING
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("发起时间")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField("公布时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "再次评估"
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year"],
                condition=models.Q(state="collecting"),
                name="one_recheck_of_a_year_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}年非主动公开公文再次评估"


class RecheckItem(models.Model):
    """One paper in a campaign: of the house (``document``), or known only from the unit's register."""

    recheck = models.ForeignKey(Recheck, on_delete=models.PROTECT, related_name="items")
    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    number = models.CharField("发文字号", max_length=60, blank=True)
    title = models.CharField("标题", max_length=300)
    written_on = models.DateField("成文日期", null=True)
    openness = models.CharField("原公开属性", max_length=8)
    ground = models.CharField("原依据", max_length=300, blank=True)
    state = models.CharField(
        "评估结果", max_length=10, choices=states.RECHECK_DECISIONS.items(), default=states.UNDECIDED
    )
    reason = models.CharField("理由", max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("评估时间", null=True)

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "再次评估的公文"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["unit", "written_on", "pk"]
        indexes = [models.Index(fields=["unit", "state"], name="recheck_item_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["recheck", "document"], name="rechecked_once"),
            models.CheckConstraint(
                condition=models.Q(state="undecided") | ~models.Q(reason=""), name="rechecked_with_reason"
            ),
        ]

    _plain = models.Manager()

    def __str__(self) -> str:
        return self.title
