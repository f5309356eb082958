"""What the page of one document shows around its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.documents import actions, queries, states
from gongkai.documents.models import Correction, Determination, Document, Justification
from gongkai.law.refusal import Refusal
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import visible

SURE = 0.8
LABELS = {
    "title": "标题",
    "number": "发文字号",
    "issuer": "发文机关",
    "recipients": "主送机关",
    "written_on": "成文日期",
    "kind": "文种",
    "attachments": "附件",
    "openness": "公开属性",
}


@dataclass(frozen=True, slots=True)
class Recognised:
    """One field that was read from the file, with how sure the system is."""

    label: str
    value: str
    percent: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Everything around the text: what was recognised, decided, justified, and what is missing."""

    state_label: str
    determination: Determination | None
    ground: str
    history: list[Determination]
    recognised: list[Recognised]
    openness_in_text: str
    missing: list[Refusal]
    justifications: list[Justification]
    may_change: bool
    may_submit: bool
    why_not_change: list[Refusal]
    interpretations: list[Document]
    candidates: list[Document]
    needs_exemption: bool
    correction: Correction | None
    may_correct: bool


def page_of(document: Document, *, actor: Actor, today: date) -> Page:
    """Collect the page of a document for this person."""
    history = list(queries.determination_history(document))
    determination = history[0] if history else None
    missing = actions.why_not_submit(document=document, by=actor, today=today)
    why_not_change = actions.why_not_change(document=document, by=actor)
    return Page(
        state_label=states.LABELS[document.state],
        determination=determination,
        ground=queries.ground_text(determination.ground) if determination else "",
        history=history,
        recognised=_recognised(document.recognised),
        openness_in_text=str(document.recognised.get("openness", {}).get("value", "")),
        missing=missing if document.state == states.DRAFT else [],
        justifications=list(document.justifications.select_related("by").order_by("at")),
        may_change=not why_not_change,
        may_submit=document.state == states.DRAFT and not missing,
        why_not_change=why_not_change,
        interpretations=[link.interpretation for link in _links(document)],
        candidates=_candidates(document, actor) if not why_not_change else [],
        needs_exemption=any(refusal.code == queries.INTERPRETATION_EXEMPT for refusal in missing),
        correction=queries.open_correction(document),
        may_correct=not actions.why_not_correct(document=document, by=actor),
    )


def _links(document: Document) -> Any:
    return document.interpretations.select_related("interpretation")


def _candidates(document: Document, actor: Actor) -> list[Document]:
    """Other items of the same unit that could be this document's interpretation."""
    rows = visible(Document, actor, "documents.write").filter(
        unit=document.unit_id, number="", interprets__isnull=True, is_normative=False
    )
    return list(rows.exclude(pk=document.pk).order_by("-changed_at")[:30])


def _recognised(found: dict[str, Any]) -> list[Recognised]:
    rows = []
    for name, label in LABELS.items():
        if name in found:
            value, confidence = found[name]["value"], float(found[name]["confidence"])
            rows.append(
                Recognised(
                    label=label,
                    value="、".join(value) if isinstance(value, list) else str(value),
                    percent=round(confidence * 100),
                    sure=confidence >= SURE,
                )
            )
    return rows
