"""Who runs the site: what stands in the head and foot of every public page."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SiteIdentity(models.Model):
    """The one row of names, phones and official numbers of this installation.

    Clerks change it on a page of the workbench; the public pages are then built anew.
    """

    ONLY = 1

    name = models.CharField("网站名称", max_length=60, default="政务公开")
    government = models.CharField("主体名称", max_length=60, blank=True)
    domain = models.CharField("英文域名", max_length=120, blank=True)
    id_code = models.CharField("网站标识码", max_length=10, blank=True)
    sponsor = models.CharField("主办单位", max_length=80, blank=True)
    operator = models.CharField("承办单位", max_length=80, blank=True)
    postal_address = models.CharField("地址", max_length=160, blank=True)
    postcode = models.CharField("邮编", max_length=6, blank=True)
    phone = models.CharField("政府信息公开咨询电话", max_length=60, blank=True)
    phone_hours = models.CharField("接听时间", max_length=80, blank=True)
    icp = models.CharField("ICP备案号", max_length=60, blank=True)
    police = models.CharField("公安备案号", max_length=60, blank=True)
    version = models.PositiveIntegerField("版本", default=0)
    changed_at = models.DateTimeField("最近修改", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "网站信息"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_site")]

    def __str__(self) -> str:
        return self.name


class SiteNotice(models.Model):
    """A band over every public page, or the grey mode of a day of mourning, from one moment to another.

    The switch itself is made by the minute and kept: ``shown_at`` and ``hidden_at`` say when readers saw it.
    """

    class Kind(models.TextChoices):
        BAND = "band", "重要提示"
        GREY = "grey", "灰色模式"

    kind = models.CharField("类别", max_length=4, choices=Kind.choices)
    text = models.CharField("提示文字", max_length=60, blank=True)
    detail = models.TextField("说明", max_length=1000, blank=True)
    basis = models.CharField("依据", max_length=200)
    starts_at = models.DateTimeField("开始")
    ends_at = models.DateTimeField("结束")
    shown_at = models.DateTimeField("实际开始", null=True, blank=True)
    hidden_at = models.DateTimeField("实际结束", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "网站提示"
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="notice_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.text or self.get_kind_display()


class VisitDay(models.Model):
    """How often the public pages were read on a day, counted without cookies (国办发〔2017〕47号)."""

    class Source(models.TextChoices):
        OWN = "own", "本程序的访问记录"
        NGINX = "nginx", "nginx 访问日志"

    day = models.DateField("日期")
    source = models.CharField("来源", max_length=5, choices=Source.choices)
    views = models.PositiveIntegerField("页面访问量")
    visitors = models.PositiveIntegerField("独立访客")
    sections = models.JSONField("各栏目访问量", default=dict)
    counted_at = models.DateTimeField("计数时间")

    class Meta:
        verbose_name = verbose_name_plural = "访问量"
        ordering = ["-day", "source"]
        constraints = [models.UniqueConstraint(fields=["day", "source"], name="visits_of_a_day_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.views}"

    @property
    def busiest(self) -> list[tuple[str, int]]:
        """The three parts of the site that were read most."""
        return sorted(self.sections.items(), key=lambda one: (-one[1], one[0]))[:3]
