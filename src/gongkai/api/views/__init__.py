"""The interface itself: version, limits, and how refusals are worded."""

from gongkai.api.views.interface import api
from gongkai.api.views.pages import description, guide, unknown

__all__ = ["api", "description", "guide", "unknown"]
