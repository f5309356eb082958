"""What a reader sees of a personal number: the same on the page, in the data and in the search."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.records.rules.declared import Mask, RecordType

# How many characters stay readable at the front and at the back.
_KEPT = {Mask.ID_NUMBER: (6, 2), Mask.PHONE: (3, 2), Mask.BANK_CARD: (0, 4)}
GONE = "＊＊＊"


def masked(text: str, mask: Mask) -> str:
    """The text as readers see it; too short to keep anything safely: nothing is kept.

    >>> masked("13800001234", Mask.PHONE), masked("欧阳某某", Mask.NAME)
    ('138******34', '欧＊＊')
    """
    if mask is Mask.NONE or not text:
        return text
    bare = "".join(text.split())
    if mask is Mask.NAME:
        return bare[0] + "＊＊" if len(bare) > 1 else GONE
    front, back = _KEPT.get(mask, (0, 0))
    if len(bare) < 2 * (front + back) - 2 or front + back == 0:
        return GONE
    return bare[:front] + "*" * (len(bare) - front - back) + bare[len(bare) - back :]


def masked_row(kind: RecordType, values: Mapping[str, str]) -> dict[str, str]:
    """A row as readers see it: declared fields only, so that a forgotten column never gets out."""
    return {field.name: masked(values.get(field.name, ""), field.mask) for field in kind.fields}


def without_persons(kind: RecordType, values: Mapping[str, str]) -> dict[str, str]:
    """A row after its public period: what tells of a person is gone, sums and days stay."""
    return {field.name: "" if field.is_personal else values.get(field.name, "") for field in kind.fields}
