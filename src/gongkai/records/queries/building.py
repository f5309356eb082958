"""How far the public pages of a long list are, when a job draws them."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.publishing.queries import build_steps
from gongkai.records.models import DeclaredType
from gongkai.records.rules.declared import RecordType

BUILD_PART = "rec:"


@dataclass(frozen=True, slots=True)
class Redrawing:
    """Steps of the job that draws a list; none while nothing is to be drawn."""

    done: int = 0
    steps: int = 0

    def __bool__(self) -> bool:
        return self.done < self.steps


def build_part(kind: RecordType) -> str:
    """What the steps of a type are called among the steps of a build."""
    pk = DeclaredType.objects.filter(code=kind.code).values_list("pk", flat=True).first()
    return f"{BUILD_PART}{pk or ''}"


def code_of_part(part: str) -> str:
    """The type of a step; empty when it is none of a type."""
    number = part.removeprefix(BUILD_PART)
    if number == part or not number.isdigit():
        return ""
    return DeclaredType.objects.filter(pk=int(number)).values_list("code", flat=True).first() or ""


def redrawing(kind: RecordType) -> Redrawing:
    """Whether the public pages of a type are being drawn, and how far."""
    waiting, steps = build_steps(build_part(kind))
    return Redrawing(steps - waiting, steps)
