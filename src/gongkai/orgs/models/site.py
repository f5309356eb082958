"""Who runs the site: what stands in the head and foot of every public page."""

from __future__ import annotations

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
