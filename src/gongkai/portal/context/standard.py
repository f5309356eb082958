"""Pages of the standard catalogue: all fields, one field, the difference of two versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from gongkai.portal.context.shared import Light, Link, Page


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field in the list of fields."""

    link: Link
    lead: str
    matters: int
    empty: int
    last: date | None


@dataclass(frozen=True, kw_only=True)
class StandardPage(Page):
    """标准目录: every field."""

    template: ClassVar[str] = "portal/standard.html"
    rows: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True)
class MatterRow:
    """A matter with what stands in public under it."""

    anchor: int
    group: str
    name: str
    elements: tuple[str, ...]
    basis: str
    limit: str
    limit_words: str
    subject: str
    channels: tuple[str, ...]
    audience: tuple[str, ...]
    methods: tuple[str, ...]
    tiers: tuple[str, ...]
    light: Light
    words: str
    last: date | None
    columns: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version with the way to its spreadsheet and to what it changed."""

    number: int
    on: date
    current: bool
    words: str
    xlsx: str
    diff: str = ""


@dataclass(frozen=True, kw_only=True)
class StandardFieldPage(Page):
    """The catalogue of one field."""

    template: ClassVar[str] = "portal/standard_field.html"
    lead: Link | None
    number: int
    on: date | None
    rows: tuple[MatterRow, ...]
    empty: int
    versions: tuple[VersionRow, ...]
    exports: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ChangedMatter:
    """A matter in the difference of two versions; ``fields`` are label, before, after."""

    name: str
    fields: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class StandardDiffPage(Page):
    """What a version changed."""

    template: ClassVar[str] = "portal/standard_diff.html"
    before: int
    after: int
    on: date
    reason: str
    added: tuple[ChangedMatter, ...]
    removed: tuple[ChangedMatter, ...]
    changed: tuple[ChangedMatter, ...]
    back: str
    exports: tuple[Link, ...] = ()
