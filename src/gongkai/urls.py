"""Addresses: public pages at the root, staff under /workbench/, login under /account/."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import include, path

STATIONS = [
    "orgs",
    "catalogue",
    "columns",
    "gate",
    "documents",
    "review",
    "publishing",
    "exchange",
    "records",
    "budget",
    "registers",
    "upkeep",
    "search",
    "foi",
    "ledger",
    "messaging",
    "trail",
    "law",
    "files",
]

workbench = [
    path("", include(f"gongkai.{station}.urls"))
    for station in STATIONS
    if find_spec(f"gongkai.{station}.urls")
]

urlpatterns = [
    path("account/", include("gongkai.orgs.account_urls")),
    path("workbench/", include(workbench)),
    path("apply/", include("gongkai.foi.public_urls")),
]
for face, at in (("workbench", "workbench/"), ("api", "api/"), ("portal", ""), ("running", "")):
    if find_spec(f"gongkai.{face}.urls"):
        urlpatterns.append(path(at, include(f"gongkai.{face}.urls")))

handler404 = "gongkai.portal.views.not_found"
