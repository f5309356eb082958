"""What stands in public by law although it looks personal: numbers, addresses and codes of the units."""

from __future__ import annotations

import re

from gongkai.gate.rules.finding import Known
from gongkai.orgs.models import SiteIdentity, Unit

_PARTS = re.compile(r"[、,，;；/\s]+")


def known() -> Known:
    """The white list from the register of units and the site's own footer."""
    phones: set[str] = set()
    addresses: set[str] = set()
    codes: set[str] = set()
    names: set[str] = set()
    for phone, address, code, leader in Unit.objects.values_list("phone", "address", "uscc", "leader"):
        phones.update(_PARTS.split(phone))
        addresses.add(address)
        codes.add(code)
        names.add(re.sub(r"\s+", "", leader))
    for phone, address in SiteIdentity.objects.values_list("phone", "postal_address"):
        phones.update(_PARTS.split(phone))
        addresses.add(address)
    return Known(
        frozenset(phones - {""}),
        frozenset(addresses - {""}),
        frozenset(codes - {""}),
        frozenset(names - {""}),
    )
