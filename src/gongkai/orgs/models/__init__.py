"""Units, people, posts, duties and who stands in for whom."""

from gongkai.orgs.models.login import FailedLogins
from gongkai.orgs.models.people import Duty, Leave, Person, Post, PostHolding, RoleHolding
from gongkai.orgs.models.site import SiteIdentity, SiteNotice, VisitDay
from gongkai.orgs.models.units import IssuingCode, Unit, UnitChange, UnitName

__all__ = [
    "Duty",
    "FailedLogins",
    "IssuingCode",
    "Leave",
    "Person",
    "Post",
    "PostHolding",
    "RoleHolding",
    "SiteIdentity",
    "SiteNotice",
    "Unit",
    "UnitChange",
    "UnitName",
    "VisitDay",
]
