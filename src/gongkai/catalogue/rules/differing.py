"""Two versions of a standard catalogue compared matter by matter, for the preview and the public difference (A10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.catalogue.rules.reading import Meaning

FIELDS = (
    ("group", "一级事项"),
    ("name", "事项"),
    ("content", "公开内容（要素）"),
    ("basis", "公开依据"),
    ("limit", "公开时限"),
    ("subject", "公开主体"),
    ("channels", "公开渠道和载体"),
    ("audience", "公开对象"),
    ("methods", "公开方式"),
    ("tiers", "公开层级"),
)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a matter before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class MatterChange:
    """A matter that is in both versions and says something else."""

    matter: int
    name: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Matters that came, went, changed."""

    added: tuple[tuple[int, Meaning], ...]
    removed: tuple[tuple[int, Meaning], ...]
    changed: tuple[MatterChange, ...]

    @property
    def any(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def compare(before: Mapping[int, Meaning], after: Mapping[int, Meaning]) -> Difference:
    """What changed between two versions; a matter is known by its number, not by its name."""
    changed = []
    for matter in after:
        if matter in before:
            fields = changes_of(before[matter], after[matter])
            if fields:
                changed.append(MatterChange(matter, after[matter].name, fields))
    return Difference(
        added=tuple((key, one) for key, one in after.items() if key not in before),
        removed=tuple((key, one) for key, one in before.items() if key not in after),
        changed=tuple(changed),
    )


def changes_of(before: Meaning, after: Meaning) -> tuple[FieldChange, ...]:
    """The fields of a matter that differ, in the order of the table."""
    return tuple(
        FieldChange(label, words_of(before, name), words_of(after, name))
        for name, label in FIELDS
        if words_of(before, name) != words_of(after, name)
    )


def words_of(one: Meaning, name: str) -> str:
    """A field as it is printed."""
    held = getattr(one, name)
    if name == "limit":
        return one.limit.text.strip()
    return "、".join(held) if isinstance(held, tuple) else str(held)
