"""What is sealed at publication, and the receipt by which anybody can check it (B17)."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

ALGORITHM = "SM3"


def canonical(fields: Mapping[str, Any], body: str, attachments: Sequence[str]) -> bytes:
    """The bytes over which the digest of an edition is made: NFC text, sorted fields, attachment digests.

    The same words give the same bytes whatever keyboard or file they came from.

    >>> canonical({"b": 1, "a": "e\\u0301"}, "", []) == canonical({"a": "\\u00e9", "b": 1}, "", [])
    True
    """
    form = json.dumps(
        {"attachments": list(attachments), "body": body, "fields": dict(fields)},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return unicodedata.normalize("NFC", form).encode()


def receipt_content(
    *,
    code: str,
    url: str,
    title: str,
    index_number: str,
    published_at: datetime,
    version: int,
    edition: int,
    digest: str,
    trail_seq: int,
    trail_digest: str,
    sealed: Mapping[str, Any],
    installation: str,
) -> dict[str, Any]:
    """The public receipt. ``sealed`` holds what the digest is made of, so that it is checked without us."""
    return {
        "receipt": code,
        "url": url,
        "title": title,
        "index_number": index_number,
        "published_at": published_at.isoformat(timespec="seconds"),
        "version": version,
        "edition": edition,
        "algorithm": ALGORITHM,
        "digest": digest,
        "trail": {"seq": trail_seq, "digest": trail_digest},
        "installation": installation,
        "sealed": dict(sealed),
        "how_to_check": "把 sealed 按键排序写成紧凑 JSON（UTF-8，NFC），计算 SM3，应等于 digest。",
    }


def page_kind(*, columns: Sequence[str], interprets: bool) -> str:
    """The word of the page vocabulary for a record: 解读, 政策, or 公示 for other statutory content."""
    if interprets:
        return "解读"
    return "政策" if "policy" in columns else "公示"
