"""Forms of the pages that belong to no station."""

from __future__ import annotations

from django import forms

from gongkai.orgs.models import SiteIdentity


class SiteForm(forms.ModelForm):
    """Names, phones and official numbers of the site."""

    class Meta:
        model = SiteIdentity
        fields = (
            "name",
            "government",
            "domain",
            "id_code",
            "sponsor",
            "operator",
            "postal_address",
            "postcode",
            "phone",
            "phone_hours",
            "icp",
            "police",
        )
        help_texts = {
            "name": "网站的规范名称，写入每页的 SiteName 标签，例如“滨海区政务公开”。",
            "government": "印在网站名称下方，例如“滨海区人民政府”。",
            "domain": "只写主机名，例如 www.example.gov.cn。",
            "id_code": "10 位，前六位是行政区划代码。",
            "phone_hours": "例如：工作日 09:00—12:00，13:30—17:30。",
            "icp": "全国互联网信息服务备案号，印在页脚。",
            "police": "公安机关联网备案号，印在页脚。",
        }
