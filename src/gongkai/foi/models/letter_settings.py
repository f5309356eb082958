"""What the office sets about its letters: its own Word templates, its abbreviation, the ways of the remedy."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from gongkai.orgs.wall import WalledManager


class LetterTemplate(models.Model):
    """One version of the Word template of one kind of letter; the newest that is in use serves.

    A unit's own template goes before the district's, which belongs to the disclosure office and serves every
    unit. Versions are never overwritten, so that a letter can be made again as it was signed.
    """

    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    district_wide = models.BooleanField("全区通用", default=False)
    kind = models.CharField("文书种类", max_length=32)
    version = models.PositiveIntegerField("版本")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    note = models.CharField("改了什么", max_length=200, blank=True)
    in_use = models.BooleanField("在用", default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("上传时间")

    objects = WalledManager()
    _plain = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "文书模板"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "district_wide", "kind", "version"], name="letter_template_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} 第{self.version}版"


class LetterSettings(models.Model):
    """How a unit signs its letters and what it demands of an answer."""

    unit = models.OneToOneField("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    abbreviation = models.CharField("机关简称", max_length=20, help_text="用在文书编号里，如“滨财”")
    deliberation_required = models.BooleanField("不予公开必须先会商", default=False)
    unread_days = models.PositiveSmallIntegerField(
        "网上送达几天没有打开就提醒改用其他方式",
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("最近修改")

    objects = WalledManager()
    _plain = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "文书设置"
        base_manager_name = "_plain"
        default_manager_name = "objects"

    def __str__(self) -> str:
        return self.abbreviation


class RemedyPlaces(models.Model):
    """The bodies and courts that the district's letters name, and the internet channel of reconsideration.

    One row; the legal office keeps it. Empty names follow from the name of the place (滨海区人民政府).
    """

    ONLY = 1

    online_channel = models.CharField(
        "网上申请行政复议的渠道", max_length=200, blank=True, help_text="电子送达的答复必须写明"
    )
    superior_government = models.CharField("上一级人民政府", max_length=80, blank=True)
    basic_court = models.CharField("基层人民法院", max_length=80, blank=True)
    intermediate_court = models.CharField("中级人民法院", max_length=80, blank=True)
    silence_may_be_sued = models.BooleanField(
        "逾期不答复可以直接起诉",
        default=False,
        help_text="两种理解都有依据，默认先复议，在两种理解下都稳妥",
    )
    changed_at = models.DateTimeField("最近修改", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "救济途径"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_remedy_places")]

    def __str__(self) -> str:
        return "救济途径"
