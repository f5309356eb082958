"""What is kept beside the values of a row so that it is found, ordered and known again."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django.conf import settings

from gongkai.records.rules.declared import RecordType
from gongkai.records.rules.masking import masked_row


def key_of(kind: RecordType, values: Mapping[str, str]) -> str:
    """The digest of a row's own number; of a person's with this installation's key, so that nobody tries it out.

    A row whose number is not there yet has a key of its own.
    """
    own = [values.get(name, "") for name in kind.key]
    if not any(own):
        return uuid4().hex
    words = "\x1f".join((kind.code, *own)).encode()
    if not any(kind.field(name).is_personal for name in kind.key):
        return hashlib.sha256(words).hexdigest()
    return hmac.new(settings.SECRET_KEY.encode(), words, hashlib.sha256).hexdigest()


def derived(kind: RecordType, values: Mapping[str, str]) -> dict[str, Any]:
    """Title, searchable words and days of a row, from its values. Nothing of them tells more than readers see."""
    shown = masked_row(kind, values)
    searched = [shown[field.name] for field in kind.fields if not field.mask and shown[field.name]]
    return {
        "title": values.get(kind.title_field, "")[:300],
        "words": "　".join(searched)[:20_000],
        "formed_on": day_of(values, kind.formed),
        "sort_on": day_of(values, kind.date_field),
    }


def day_of(values: Mapping[str, str], name: str) -> date | None:
    """The day in a field, if it is filled."""
    text = values.get(name, "") if name else ""
    return date.fromisoformat(text) if text else None
