"""The standard catalogue of grass-roots disclosure: fields, versions of their tables, proposals to revise them.

A matter keeps its identity over all versions of its text, so that records can point at it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.catalogue import states
from gongkai.orgs.wall import WalledManager


class StandardField(models.Model):
    """A field of the standard catalogue (试点领域). 国办发〔2019〕54号; the list is each district's own."""

    code = models.SlugField("代码", max_length=40, unique=True)
    name = models.CharField("领域", max_length=60, unique=True)
    order = models.PositiveIntegerField("序号", default=0)
    lead = models.ForeignKey(
        "orgs.Unit",
        verbose_name="牵头单位",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = verbose_name_plural = "标准目录领域"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class Matter(models.Model):
    """A matter to be disclosed (公开事项): the same through all versions of its text, so records can point at it."""

    field = models.ForeignKey(
        StandardField, verbose_name="领域", on_delete=models.PROTECT, related_name="matters"
    )
    code = models.CharField("代码", max_length=60, unique=True)
    name = models.CharField("事项", max_length=200)
    group = models.CharField("一级事项", max_length=200, blank=True)
    active = models.BooleanField("现行", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "公开事项"
        ordering = ["field", "code"]

    def __str__(self) -> str:
        return f"{self.group}—{self.name}" if self.group and self.group != self.name else self.name


class StandardVersion(models.Model):
    """The table of a field from a moment on. Never changed; the newest counts."""

    field = models.ForeignKey(StandardField, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("版次")
    current = models.BooleanField("现行", default=True)
    # Sheet name, heads, merges, notes: everything that is no row, so that it goes out as it came in.
    layout = models.JSONField("版式")
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    source_name = models.CharField("来源", max_length=200, blank=True)
    facts = models.JSONField("改动", default=dict)
    note = models.CharField("说明", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "标准目录版本"
        ordering = ["field", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["field", "number"], name="standard_version_once"),
            models.UniqueConstraint(
                fields=["field"], condition=Q(current=True), name="one_current_standard_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} 第{self.number}版"


class StandardItem(models.Model):
    """One row of a version: every cell word for word, and what was understood of it."""

    version = models.ForeignKey(StandardVersion, on_delete=models.PROTECT, related_name="items")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="items")
    place = models.PositiveIntegerField("行")
    # column: [words, kind], as in the sheet.
    cells = models.JSONField("单元格", default=dict)
    group = models.CharField("一级事项", max_length=200, blank=True)
    name = models.CharField("事项", max_length=200)
    content = models.TextField("公开内容（要素）", blank=True)
    basis = models.TextField("公开依据", blank=True)
    limit_text = models.TextField("公开时限", blank=True)
    limit = models.JSONField("读出的时限", default=dict)
    subject = models.TextField("公开主体", blank=True)
    channels = models.JSONField("公开渠道和载体", default=list)
    audience = models.JSONField("公开对象", default=list)
    methods = models.JSONField("公开方式", default=list)
    tiers = models.JSONField("公开层级", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "标准目录事项"
        ordering = ["version", "place"]
        constraints = [
            models.UniqueConstraint(fields=["version", "place"], name="standard_place_once"),
            models.UniqueConstraint(fields=["version", "matter"], name="standard_matter_once"),
        ]
        indexes = [models.Index(fields=["matter"], name="standard_item_by_matter")]

    def __str__(self) -> str:
        return self.name


class CatalogueProposal(models.Model):
    """A proposal to revise the table of a field: draft, approved, new version."""

    field = models.ForeignKey(StandardField, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("orgs.Unit", verbose_name="提出单位", on_delete=models.PROTECT, related_name="+")
    title = models.CharField("标题", max_length=120)
    reason = models.CharField("理由", max_length=500)
    changes = models.JSONField("改动", default=list)
    state = models.CharField("状态", max_length=10, choices=states.LABELS.items(), default=states.DRAFT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("提出时间")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("批准时间", null=True, blank=True)
    opinion = models.CharField("意见", max_length=300, blank=True)
    result = models.ForeignKey(StandardVersion, null=True, on_delete=models.PROTECT, related_name="+")

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "标准目录修订建议"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["unit", "state"], name="catalogue_proposal_by_unit")]

    _plain = models.Manager()

    def __str__(self) -> str:
        return self.title


class PowerItem(models.Model):
    """An item of a unit's 权责清单: the same through all editions of its text (A02)."""

    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    code = models.CharField("事项编码", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "权责事项"
        ordering = ["unit", "code"]
        constraints = [models.UniqueConstraint(fields=["unit", "code"], name="power_item_once")]

    def __str__(self) -> str:
        return self.code


class PowerEdition(models.Model):
    """What an item of the 权责清单 says from a day on; the old ones stay and open by date."""

    item = models.ForeignKey(PowerItem, on_delete=models.PROTECT, related_name="editions")
    name = models.CharField("事项名称", max_length=200)
    kind = models.CharField("事项类型", max_length=40, blank=True)
    basis = models.TextField("设定依据", blank=True)
    content = models.TextField("职责内容", blank=True)
    valid_from = models.DateField("施行日期")
    valid_to = models.DateField("止", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "权责事项版本"
        ordering = ["item", "-valid_from"]
        constraints = [models.UniqueConstraint(fields=["item", "valid_from"], name="power_edition_once")]

    def __str__(self) -> str:
        return self.name


class FunctionsEdition(models.Model):
    """The 机构职能 of a unit from a day on, kept whenever the unit changes them (A02)."""

    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    text = models.TextField("机构职能")
    valid_from = models.DateField("起")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "机构职能版本"
        ordering = ["unit", "-valid_from", "-pk"]
        constraints = [models.UniqueConstraint(fields=["unit", "valid_from"], name="functions_edition_once")]

    def __str__(self) -> str:
        return self.text[:40]
