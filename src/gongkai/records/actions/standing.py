"""What the gate found in rows: kept from the public until it is mended, or a named person has answered for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.records import queries
from gongkai.records.actions.telling import CHUNK, facts_of, locked, look_again, not_allowed, nothing_chosen
from gongkai.records.models import RecordRow, RowJustification
from gongkai.records.queries import LEAST_REASON, RecordType, RowFinding, needs
from gongkai.trail.chain import record

NAMED = 8
WHERE_TO_EXPLAIN = "请改好，或者在“公开前检查”页说明理由。"


def why_not_let_stand(kind: RecordType, rows: Sequence[RecordRow]) -> list[Refusal]:
    """What still keeps these rows from the public: findings that nobody mended and nobody answered for."""
    found = queries.blocking(queries.row_findings(kind, rows))
    titles = {row.pk: row.title or f"第{row.pk}号" for row in rows}
    return refusals_of(found, {at: f"{titles[at]} " for at in titles}, ending=WHERE_TO_EXPLAIN)


def why_not_write(
    kind: RecordType, values: Mapping[str, str], *, row: RecordRow | None = None, explained: str = ""
) -> list[Refusal]:
    """What a form that is being saved would show of a person, as long as no reason is given with it."""
    found = found_in(kind, values, row=row)
    if not found or len(explained.strip()) >= LEAST_REASON:
        return []
    return refusals_of(found, {}, ending="请改好，或者写明理由。")


def found_in(
    kind: RecordType, values: Mapping[str, str], *, row: RecordRow | None = None
) -> list[RowFinding]:
    """Blocking findings in the values of one row for which nobody has answered yet."""
    found = queries.findings_in(kind, [(0, values)])
    return queries.blocking(queries.with_reasons(found, {0: row.pk} if row else {}))


def refusals_of(found: Sequence[RowFinding], places: Mapping[int, str], *, ending: str) -> list[Refusal]:
    """The first findings with place and article, then how many more there are."""
    told = [
        Refusal(
            one.finding.rule,
            one.finding.basis,
            f"{places.get(one.row, '')}“{one.field.label}”{one.finding.text}：{one.finding.says}{ending}",
        )
        for one in found[:NAMED]
    ]
    if len(found) > NAMED:
        told.append(
            Refusal("gate.more", "条例第十五条", f"另有 {len(found) - NAMED} 处个人信息没有处理。{ending}")
        )
    return told


def answer_for(
    found: Sequence[RowFinding], rows: Mapping[int, RecordRow], *, reason: str, by: Actor, now: datetime
) -> int:
    """Keep a person's word for these findings, inside the act that writes their rows. The trail tells of the act."""
    counted = Counter((one.field.name, one.finding.rule) for one in found)
    said: dict[tuple[int, str], RowJustification] = {}
    for one in found:
        row = rows[one.row]
        said[row.pk, one.code] = RowJustification(
            row=row, code=one.code, rule=one.finding.rule, needs=needs(counted[one.field.name, one.finding.rule]),
            reason=reason.strip()[:500], by_id=by.acting_id, at=now,
        )  # fmt: skip
    RowJustification.objects.bulk_create(
        said.values(), batch_size=CHUNK, update_conflicts=True,
        unique_fields=["row", "code", "by"], update_fields=["reason", "needs", "at"],
    )  # fmt: skip
    return len(said)


def why_not_explain(
    *, kind: RecordType, rows: Sequence[RecordRow], field: str, rule: str, reason: str, by: Actor
) -> list[Refusal]:
    """Why this reason cannot stand: no right, too short, nothing left, or it takes a second person."""
    refused = nothing_chosen(rows) + not_allowed(
        by, "records.justify", [row.unit for row in rows], "说明理由"
    )
    if len(reason.strip()) < LEAST_REASON:
        refused.append(Refusal("justify.reason", "", f"请写明理由，至少{LEAST_REASON}个字。"))
    if refused:
        return refused
    own = _of_group(kind, rows, field, rule)
    if not own:
        return [
            Refusal("gate.gone", "", "这个问题已经不在了，可能内容改过，或者已经说明。请刷新页面看最新结果。")
        ]
    if all(any(said.by_id == by.acting_id for said in one.reasons) for one in own):
        text = f"这里有 {len(own)} 处个人信息，您已经说明过，还要另一个人说明理由。请另一位同志再写。"
        return [Refusal("gate.second_person", "条例第十五条", text)]
    return []


@transaction.atomic
def explain(
    *, kind: RecordType, ids: Sequence[int], field: str, rule: str, reason: str, by: Actor, now: datetime
) -> int:
    """A named person answers for the findings of one rule in one column of these rows. Returns how many."""
    rows = locked(kind, ids)
    refuse_if(why_not_explain(kind=kind, rows=rows, field=field, rule=rule, reason=reason, by=by))
    count = answer_for(
        _of_group(kind, rows, field, rule), {row.pk: row for row in rows}, reason=reason, by=by, now=now
    )
    look_again([row.pk for row in rows], now=now)
    facts = {**facts_of(kind, rows), "field": field, "rule": rule, "places": count}
    record(verb="records.explain", by=by, at=now, facts=facts, note=reason.strip()[:200])
    return count


def forget_reasons(ids: Sequence[int]) -> None:
    """The words said for rows that go with them."""
    for at in range(0, len(ids), CHUNK):
        RowJustification.objects.unscoped("of the rows that go").filter(row__in=ids[at : at + CHUNK]).delete()


def _of_group(kind: RecordType, rows: Sequence[RecordRow], field: str, rule: str) -> list[RowFinding]:
    found = queries.blocking(queries.row_findings(kind, rows))
    return [one for one in found if (one.field.name, one.finding.rule) == (field, rule)]


__all__ = [
    "answer_for",
    "explain",
    "forget_reasons",
    "found_in",
    "refusals_of",
    "why_not_explain",
    "why_not_let_stand",
    "why_not_write",
]
