"""What is sealed at publication, and the receipt by which anybody can check it (B17)."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives import hashes

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


def beside_digest(
    *, number: int, made_at: datetime, change_note: str, attachments: Sequence[Mapping[str, Any]]
) -> str:
    """What an edition holds beside what its public digest covers, as one short text for the trail.

    The digest of a receipt covers words, fields and files; titles of files, the change note and the moment do not
    belong to it, but nobody may change them unseen either.
    """
    form = json.dumps(
        {
            "attachments": [dict(row) for row in attachments],
            "change_note": change_note,
            "made_at": made_at.astimezone(UTC).isoformat(timespec="microseconds"),
            "number": number,
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    digest = hashes.Hash(hashes.SM3())
    digest.update(form.encode())
    return digest.finalize().hex()


def seal_of_place(*, listing: str, position: int, publication: int) -> str:
    """What binds a place in a list to its record: another record, list or number gives another seal.

    >>> first = seal_of_place(listing="/open/", position=1, publication=7)
    >>> first == seal_of_place(listing="/open/", position=1, publication=8)
    False
    """
    digest = hashes.Hash(hashes.SM3())
    digest.update(f"{listing}\x1f{position}\x1f{publication}".encode())
    return digest.finalize().hex()


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
