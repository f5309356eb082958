"""Head and foot of the public pages for stations that draw their own (a form of the applicant, his progress page).

Their templates extend ``portal/base.html``; the site is read only where such a template asks for it.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from gongkai.portal.queries import site


def public_frame(request: HttpRequest) -> dict[str, Any]:
    """``site`` for every template; a page of the workbench may use the word for something else."""
    return {"site": SimpleLazyObject(site)}
