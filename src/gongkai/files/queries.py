"""Reads of the upload gate."""

from __future__ import annotations

from gongkai.files import storage
from gongkai.files.models import StoredFile


def known_keys() -> frozenset[str]:
    """Every key that a row stands for; other files in the store are leftovers."""
    return frozenset(StoredFile.objects.values_list("key", flat=True))


def changed_on_disk(file: StoredFile) -> bool:
    """Whether the content differs from what came in, or is gone."""
    try:
        return storage.digest_of(file) != file.digest
    except FileNotFoundError:
        return True
