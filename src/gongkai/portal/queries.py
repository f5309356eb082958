"""What the public pages need from the stations."""

from __future__ import annotations

from django.conf import settings

from gongkai.orgs.models import SiteIdentity
from gongkai.portal import addresses
from gongkai.portal.context import Link, Site
from gongkai.trail import installation

NAV = (
    Link("首页", addresses.HOME),
    Link("政策文件", addresses.POLICIES),
    Link("政府信息公开", addresses.OPEN),
    Link("依申请公开", addresses.APPLY),
    Link("通知公告", addresses.NOTICES),
    Link("工作要点", addresses.PROGRESS),
    Link("单位", addresses.UNITS),
)
FOOTER = (
    Link("网站地图", addresses.SITE_MAP),
    Link("网站声明", addresses.STATEMENT),
    Link("无障碍说明", addresses.ACCESSIBILITY),
    Link("数据与订阅", addresses.FEEDS),
    Link("更正和撤回", addresses.CHANGES),
    Link("核验公开信息", addresses.VERIFY),
    Link("网站运行情况", addresses.HEALTH),
)


def site() -> Site:
    """Head and foot of every public page, as the office wrote them (two queries)."""
    kept = SiteIdentity.objects.filter(pk=SiteIdentity.ONLY).first() or SiteIdentity()
    return Site(
        name=kept.name,
        government=kept.government,
        domain=kept.domain,
        id_code=kept.id_code,
        url=settings.SITE_URL.rstrip("/"),
        sponsor=kept.sponsor,
        operator=kept.operator,
        postal_address=kept.postal_address,
        postcode=kept.postcode,
        phone=kept.phone,
        phone_hours=kept.phone_hours,
        icp=kept.icp,
        police=kept.police,
        label=installation.LABELS[installation.kind()],
        nav=NAV,
        footer=FOOTER,
    )
