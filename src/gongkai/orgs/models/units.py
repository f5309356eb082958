"""The district's units, their names through time, and the codes under which they issue."""

from __future__ import annotations

from django.db import models


class Unit(models.Model):
    """One body of the district that publishes or answers: from the government itself to a community."""

    class Kind(models.TextChoices):
        DISTRICT = "district", "区政府"
        DEPARTMENT = "department", "区政府部门"
        DUAL = "dual", "双重管理单位"
        STREET = "street", "街道办事处"
        COMMUNITY = "community", "社区"
        INSTITUTION = "institution", "事业单位"

    code = models.SlugField("代码", max_length=40, unique=True)
    name = models.CharField("全称", max_length=120, unique=True)
    short_name = models.CharField("简称", max_length=60)
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", verbose_name="上级", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    area_code = models.CharField("统计用区划代码", max_length=12, blank=True)
    functions = models.TextField("机构职能", blank=True)
    address = models.CharField("办公地址", max_length=200, blank=True)
    hours = models.CharField("办公时间", max_length=120, blank=True)
    phone = models.CharField("联系电话", max_length=60, blank=True)
    leader = models.CharField("负责人", max_length=60, blank=True)
    serves = models.ForeignKey(
        "self",
        verbose_name="所服务的政府",
        help_text="可以以该政府名义发文的办公室填写",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    is_disclosure_office = models.BooleanField("区政务公开主管部门", default=False)
    is_small = models.BooleanField(
        "两人单位", default=False, help_text="人手不足三人，签发由区政务公开主管部门作第三人"
    )
    active = models.BooleanField("在用", default=True)
    to_confirm = models.BooleanField(
        "待确认", default=False, help_text="来自参考名录，本单位还没有核对名称和信息"
    )
    order = models.PositiveIntegerField("排序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_disclosure_office"],
                condition=models.Q(is_disclosure_office=True),
                name="one_disclosure_office",
            )
        ]

    def __str__(self) -> str:
        return self.short_name


class UnitName(models.Model):
    """A name by which papers call a unit: an alias, or a name that it bore in a period."""

    class Kind(models.TextChoices):
        ALIAS = "alias", "别称"
        FORMER = "former", "曾用名"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="names")
    name = models.CharField("名称", max_length=120)
    kind = models.CharField("类别", max_length=8, choices=Kind.choices, default=Kind.ALIAS)
    valid_from = models.DateField("启用", null=True, blank=True)
    valid_to = models.DateField("停用", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "单位名称"
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="unit_name_once")]
        indexes = [models.Index(fields=["name"], name="unit_by_name")]

    def __str__(self) -> str:
        return self.name


class IssuingCode(models.Model):
    """A 机关代字 and the body in whose name papers under it are issued (滨政办发: 区政府办公室)."""

    unit = models.ForeignKey(
        Unit, verbose_name="承办单位", on_delete=models.PROTECT, related_name="issuing_codes"
    )
    code = models.CharField("机关代字", max_length=20, unique=True)
    issuer = models.CharField("发文机关署名", max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = "机关代字"

    def __str__(self) -> str:
        return self.code


class UnitChange(models.Model):
    """An institutional change: renamed, merged into, split from. History keeps its old name and address."""

    class Kind(models.TextChoices):
        RENAME = "rename", "更名"
        MERGE = "merge", "并入"
        SPLIT = "split", "拆分"
        ABOLISH = "abolish", "撤销"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField("类别", max_length=8, choices=Kind.choices)
    on = models.DateField("生效日期")
    successor = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    old_name = models.CharField("原名称", max_length=120)
    new_name = models.CharField("新名称", max_length=120, blank=True)
    basis = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "机构变动"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.old_name} {self.get_kind_display()}"
