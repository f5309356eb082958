"""What every page of the workbench carries around its content."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """Person, role, today and the marks of a demo or training installation."""
    return {}
