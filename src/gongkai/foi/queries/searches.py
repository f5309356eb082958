"""Whether the office looked everywhere before it says that information does not exist (条例第三十六条第四项)."""

from __future__ import annotations

from gongkai.foi.models import Case, SearchPlace, SearchRecord

WHY = "the caller has the case"
NO_PLACES = "本单位还没有设必查的检索地点"


def places_for(case: Case) -> list[SearchPlace]:
    """The places of the unit that handles the case, the required ones first."""
    rows = SearchPlace.objects.unscoped(WHY).filter(unit=case.holder_id or case.unit_id, active=True)
    return list(rows.order_by("-required", "pk"))


def searches_of(case: Case) -> list[SearchRecord]:
    """Every search for this case, in the order in which it was noted."""
    rows = SearchRecord.objects.unscoped(WHY).filter(case=case).select_related("place", "by")
    return list(rows.order_by("pk"))


def search_gaps(case: Case) -> list[str]:
    """What is missing before the letter 信息不存在 may leave: required places that nobody searched."""
    required = [place for place in places_for(case) if place.required]
    if not required:
        return [NO_PLACES]
    done = set(SearchRecord.objects.unscoped(WHY).filter(case=case).values_list("place_id", flat=True))
    return [place.name for place in required if place.pk not in done]
