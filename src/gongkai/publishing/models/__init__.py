"""What stands in public, how it is shown, and how it is kept right."""

from gongkai.publishing.models.keeping import Damage, IntegrityTurn, PeriodRun, PublicPeriod
from gongkai.publishing.models.showing import BuildStep, Entry, ErrorReport, Listing, TreeFile
from gongkai.publishing.models.standing import (
    EditionClosure,
    IndexNumber,
    IndexTemplate,
    Publication,
    PublicChange,
    Release,
    Withdrawal,
)

__all__ = [
    "BuildStep",
    "Damage",
    "EditionClosure",
    "Entry",
    "ErrorReport",
    "IndexNumber",
    "IndexTemplate",
    "Listing",
    "PeriodRun",
    "PublicChange",
    "PublicPeriod",
    "Publication",
    "Release",
    "IntegrityTurn",
    "TreeFile",
    "Withdrawal",
]
