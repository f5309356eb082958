"""The files of a draft again, as rows of the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.files.models import StoredFile
from gongkai.foi.models import Paper


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of a draft and what it is."""

    file: StoredFile
    kind: str


def files_of(kept: Iterable[Mapping[str, Any]]) -> list[Kept]:
    """The files that are still there, in the order in which they came."""
    wanted = list(kept)
    rows = StoredFile.objects.in_bulk([one["id"] for one in wanted])
    return [
        Kept(rows[one["id"]], one["kind"] if one["kind"] in Paper.Kind.values else Paper.Kind.OTHER)
        for one in wanted
        if one["id"] in rows
    ]
