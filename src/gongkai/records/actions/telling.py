"""What every act on rows shares: who may, which rows, and telling the site that something changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from gongkai.events.records import RecordsChanged
from gongkai.events.site import PartChanged
from gongkai.gate.actions import settle
from gongkai.kernel.clock import legal_day
from gongkai.kernel.outbox import emit
from gongkai.law.refusal import Refusal
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import can
from gongkai.records import queries, states
from gongkai.records.models import DeclaredType, RecordRow
from gongkai.records.queries import RecordType

HOUSE_RULE = "平台规则"
PART = "records"
CHUNK = 500
NAMED = 20
# What a row holds when no change of it waits any more.
NO_CHANGE: dict[str, None] = {"proposed": None, "proposed_by": None, "proposed_on": None}
_CHECKED = "the action checks each row's unit itself"


def locked(kind: RecordType, ids: Sequence[int]) -> list[RecordRow]:
    """The rows of this type by their numbers, held until the end of the transaction."""
    found: list[RecordRow] = []
    for at in range(0, len(ids), CHUNK):
        rows = RecordRow.objects.unscoped(_CHECKED).filter(code=kind.code, pk__in=ids[at : at + CHUNK])
        found += rows.select_for_update(of=("self",)).select_related("unit").order_by("pk")
    return found


def rows_by(kind: RecordType, ids: Sequence[int]) -> list[RecordRow]:
    """The same, only to be looked at."""
    found: list[RecordRow] = []
    for at in range(0, len(ids), CHUNK):
        rows = RecordRow.objects.unscoped(_CHECKED).filter(code=kind.code, pk__in=ids[at : at + CHUNK])
        found += rows.select_related("unit").order_by("pk")
    return found


def not_allowed(by: Actor, action: str, units: Iterable[Unit], what: str) -> list[Refusal]:
    """One refusal for each unit for which this person may not do it."""
    return [
        Refusal(
            "wall.records",
            HOUSE_RULE,
            f"您没有为{unit.short_name}{what}的权限。请联系该单位的信息员或者审核人。",
        )
        for unit in {unit.pk: unit for unit in units}.values()
        if not can(by, action, unit.pk)
    ]


def wrong_state(rows: Sequence[RecordRow], verb: str, what: str) -> list[Refusal]:
    """Rows of which the present state does not allow the verb."""
    wrong = [row for row in rows if row.state not in states.sources_of(verb)]
    if not wrong:
        return []
    named = "、".join(f"{row.title or row.pk}（{row.get_state_display()}）" for row in wrong[:5])
    more = f"等 {len(wrong)} 行" if len(wrong) > 5 else ""
    return [Refusal("records.state", HOUSE_RULE, f"{named}{more}现在不能{what}。请只选可以{what}的行。")]


def nothing_chosen(rows: Sequence[RecordRow]) -> list[Refusal]:
    """No row was chosen, or none of the chosen ones is there any more."""
    return [] if rows else [Refusal("records.none", "", "没有选中要处理的行。请先勾选。")]


def tell(
    kind: RecordType, rows: Iterable[RecordRow], *, now: datetime, gone: Iterable[RecordRow] = ()
) -> None:
    """The public sees something else: the list is drawn anew, the search looks again.

    ``gone`` are rows that left or read differently: what they showed is taken away before anything is added.
    """
    rows, gone = list(rows), list(gone)
    look_again([row.pk for row in (*rows, *gone)], now=now)
    declared = type_row(kind.code, now=now)
    declared.version += 1
    declared.changed_at = now
    declared.save(update_fields=["version", "changed_at"])
    own_pages = tuple(row.pk for row in rows) if kind.item_page else ()
    emit(PartChanged(PART, kind.code, may_wait=True, gone=tuple(row.pk for row in gone)))
    emit(RecordsChanged(declared.pk, declared.version, own_pages))


def look_again(ids: Iterable[int], *, now: datetime) -> None:
    """What the sweep left open on these rows ends at once where it is mended, out of public or answered for."""
    found = queries.exposed_again(ids)
    if found:
        settle(found=found, night=legal_day(now), now=now)


def type_row(code: str, *, now: datetime) -> DeclaredType:
    """The row that counts the versions of a type; made when it is first needed."""
    found, _ = DeclaredType.objects.select_for_update().get_or_create(code=code, defaults={"changed_at": now})
    return found


def facts_of(kind: RecordType, rows: Sequence[RecordRow]) -> dict[str, object]:
    """What the trail keeps of an act on many rows: how many, and which."""
    return {"type": kind.code, "count": len(rows), "rows": [row.pk for row in rows[:NAMED]]}
