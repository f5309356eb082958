"""What the official numbers of a government site must look like (国办发〔2017〕47号、国办秘函〔2019〕19号)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gongkai.law.refusal import Refusal

TAGS = "政府网站发展指引附件《网页设计规范》"
_ID_CODE = re.compile(r"(?:\d{10}|bm\d{8})")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}")


def site_faults(values: Mapping[str, str]) -> list[Refusal]:
    """Every reason why these values cannot stand on the pages; empty values are shown as missing instead."""
    found = []
    if not values.get("name", "").strip():
        found.append(Refusal("site.name", TAGS, "网站名称没有填写。请填写网站的规范名称，它印在每一页上。"))
    code = values.get("id_code", "")
    if code and not _ID_CODE.fullmatch(code):
        found.append(
            Refusal(
                "site.id_code",
                TAGS,
                f"网站标识码应为 10 位：前六位是行政区划代码。现在是 {len(code)} 个字符，请核对。",
            )
        )
    domain = values.get("domain", "")
    if domain and not _DOMAIN.fullmatch(domain):
        found.append(
            Refusal(
                "site.domain",
                TAGS,
                "英文域名只写主机名，例如 www.example.gov.cn，不带 http:// 和路径。请修改。",
            )
        )
    postcode = values.get("postcode", "")
    if postcode and not re.fullmatch(r"\d{6}", postcode):
        found.append(Refusal("site.postcode", "", "邮编应为 6 位数字，请核对。"))
    return found
