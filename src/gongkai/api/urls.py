"""Addresses under /api/: version 1, its description, its guide. All of them are public."""

from __future__ import annotations

from django.urls import path

from gongkai.api.views import api, description, guide, unknown
from gongkai.orgs.wall import public

app_name = "api"

# The library's own start page is not served; every operation says for itself that it is public.
operations = [pattern for pattern in api.urls[0] if pattern.name != "api-root"]
for operation in operations:
    public(operation.callback)

urlpatterns = [
    path("", guide, name="guide"),
    path("openapi.json", description, name="description"),
    path("v1/", (operations, "v1", "v1")),
    path("<path:rest>", unknown, name="unknown"),
]
