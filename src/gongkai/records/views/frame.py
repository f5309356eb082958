"""What every page of typed records needs: the type behind a code, the rows that were ticked."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from gongkai.orgs.wall import can
from gongkai.records import queries, states
from gongkai.records.queries import RecordType

MOST_AT_ONCE = 20_000
FILTERS = ("q", "state", "unit", "batch")


def kind_or_404(code: str) -> RecordType:
    """The type of an address."""
    kind = queries.kind_of(code)
    if kind is None:
        raise Http404
    return kind


def narrowed(request: HttpRequest, kind: RecordType, given: object = None):  # type: ignore[no-untyped-def]
    """The rows that the filter of this page leaves."""
    asked = given or request.GET

    def number(name: str) -> int | None:
        text = asked.get(name, "")  # type: ignore[attr-defined]
        return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None

    return queries.filtered(
        kind,
        request.actor,  # type: ignore[attr-defined]
        text=asked.get("q", "").strip()[:100],  # type: ignore[attr-defined]
        state=asked.get("state", ""),  # type: ignore[attr-defined]
        unit=number("unit"),
        batch=number("batch"),
    )


def filter_of(request: HttpRequest) -> str:
    """The filter as it stands in the address, without the page."""
    asked = request.POST if request.method == "POST" else request.GET
    return urlencode([(name, asked[name]) for name in FILTERS if asked.get(name)])


def chosen_ids(request: HttpRequest, kind: RecordType) -> list[int]:
    """The ticked rows, or all that the filter leaves."""
    if request.POST.get("all"):
        return list(narrowed(request, kind, request.POST).values_list("pk", flat=True)[:MOST_AT_ONCE])
    return [
        int(text) for text in request.POST.getlist("row")[:MOST_AT_ONCE] if text.isascii() and text.isdigit()
    ]


def verbs_of(request: HttpRequest, kind: RecordType) -> dict[str, bool]:
    """What this person may do at all with rows of the type; each act looks at the rows once more."""
    actor = request.actor  # type: ignore[attr-defined]
    works, publishes = can(actor, "records.work"), can(actor, "records.publish")
    return {
        "works": works,
        "publishes": publishes,
        "submits": works and kind.approvals == 1,
        "checks": works and kind.stale_days is not None,
    }


def rows_url(kind: RecordType, query: str = "") -> str:
    """The table of a type."""
    found = reverse("records:rows", args=[kind.code])
    return f"{found}?{query}" if query else found


STATES = {**states.LABELS, "open": "还没有公开", "review": "等审核", "proposed": "有待审的改动"}
