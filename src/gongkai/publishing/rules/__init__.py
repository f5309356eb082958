"""Rules of publishing: numbers and addresses, lists, periods, validity, the three withdrawals, the receipt."""

from gongkai.publishing.rules.address import (
    DEFAULT_TEMPLATE,
    PER_PAGE,
    attachment_path,
    document_path,
    index_number,
    listings_of,
    page_of,
    page_path,
    sitemap_address,
    template_refusals,
)
from gongkai.publishing.rules.content import canonical, page_kind, receipt_content
from gongkai.publishing.rules.period import (
    LATE,
    Lateness,
    lateness,
    lateness_refusals,
    turns_on,
    validity,
)
from gongkai.publishing.rules.withdrawing import (
    EXPIRED,
    KINDS,
    MERGED,
    MISTAKE,
    status_of,
    withdrawal_refusals,
)

__all__ = [
    "DEFAULT_TEMPLATE",
    "EXPIRED",
    "KINDS",
    "LATE",
    "MERGED",
    "MISTAKE",
    "PER_PAGE",
    "Lateness",
    "attachment_path",
    "canonical",
    "document_path",
    "index_number",
    "lateness",
    "lateness_refusals",
    "listings_of",
    "page_kind",
    "page_of",
    "page_path",
    "receipt_content",
    "sitemap_address",
    "status_of",
    "template_refusals",
    "turns_on",
    "validity",
    "withdrawal_refusals",
]
