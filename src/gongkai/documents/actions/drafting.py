"""What an information officer does with a document until it is handed to the reviewers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.columns.queries import choosable_for
from gongkai.documents import queries, states
from gongkai.documents.actions.evidence import keep_gate_run
from gongkai.documents.actions.periods import set_due
from gongkai.documents.models import (
    Attachment,
    Correction,
    Determination,
    Document,
    InterpretationLink,
    Justification,
)
from gongkai.documents.rules.openness import openness_refusals
from gongkai.events.publication import DocumentSubmitted, OpennessDetermined
from gongkai.files.models import StoredFile
from gongkai.gate.actions import read_files
from gongkai.kernel import clock
from gongkai.kernel.html import clean, plain
from gongkai.kernel.outbox import emit
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import can
from gongkai.trail.chain import record

FIELDS = [
    "title",
    "number",
    "issuer",
    "recipients",
    "written_on",
    "kind",
    "theme",
    "catalogue_item",
    "column",
    "matter",
    "keywords",
    "summary",
    "effective_on",
    "valid_until",
    "registered_number",
    "is_normative",
    "body",
]
LEAST_REASON = 6


def why_not_draft(*, unit: Unit, by: Actor) -> list[Refusal]:
    """Why this person cannot start a document for this unit."""
    if not can(by, "documents.write", unit.pk):
        return [_not_yours("起草")]
    if not unit.active:
        return [Refusal("unit.closed", "", f"{unit.short_name}已经停用。请以承接其职责的单位起草。")]
    return []


def column_refusals(unit: Unit, fields: Mapping[str, Any]) -> list[Refusal]:
    """Why a record of this unit cannot stand in that column or under that matter."""
    found, column, matter = [], fields.get("column"), fields.get("matter")
    if column is not None and not choosable_for(unit).filter(pk=column.pk).exists():
        text = f"“{column}”专栏已经停用，或者不收{unit.short_name}的信息。请选本单位的或者开放投稿的专栏。"
        found.append(Refusal("document.column", "岗位责任制", text))
    if matter is not None and not matter.active:
        text = f"“{matter}”已经不在现行标准目录里。请选现行的事项。"
        found.append(Refusal("document.matter", "国办发〔2019〕54号", text))
    return found


@transaction.atomic
def draft(
    *,
    unit: Unit,
    by: Actor,
    now: datetime,
    fields: Mapping[str, Any],
    source_file: StoredFile | None = None,
    recognised: Mapping[str, Any] | None = None,
) -> Document:
    """Start a document from typed fields or from a recognised file; it stays a draft of its unit."""
    refuse_if(why_not_draft(unit=unit, by=by) + column_refusals(unit, fields))
    document = Document(
        unit=unit,
        author_id=by.acting_id,
        writers=[by.acting_id],
        created_at=now,
        changed_at=now,
        source_file=source_file,
        recognised=dict(recognised or {}),
    )
    _fill(document, {"issuer": unit.name, **fields})
    document.save()
    record(verb="documents.draft", by=by, at=now, about=document)
    return document


def why_not_change(*, document: Document, by: Actor) -> list[Refusal]:
    """Why this person cannot change the document now."""
    if not can(by, "documents.write", document.unit_id):
        return [_not_yours("修改")]
    if document.state != states.DRAFT:
        return [
            Refusal(
                "document.not_draft",
                "",
                f"这份公文现在是“{states.LABELS[document.state]}”，不能修改。请先撤回送审，或者请审核人退回。",
            )
        ]
    return []


@transaction.atomic
def change(*, document: Document, by: Actor, now: datetime, fields: Mapping[str, Any]) -> Document:
    """Change fields or text of a draft; whoever writes on it is an author and may not review it."""
    document = _locked(document)
    refuse_if(why_not_change(document=document, by=by) + column_refusals(document.unit, fields))
    before = {name: getattr(document, name) for name in fields}
    _fill(document, fields)
    changed = sorted(name for name in fields if before[name] != getattr(document, name))
    if by.person_id not in document.writers:
        document.writers = [*document.writers, by.person_id]
    document.changed_at = now
    document.save()
    record(verb="documents.change", by=by, at=now, about=document, facts={"fields": changed})
    return document


@transaction.atomic
def determine(
    *, document: Document, by: Actor, now: datetime, openness: str, ground: str = "", reason: str = ""
) -> Determination:
    """Determine a document's openness at its source. 条例第十三条至第十七条."""
    document = _locked(document)
    refuse_if(
        why_not_change(document=document, by=by)
        or openness_refusals(openness=openness, ground=ground, reason=reason)
    )
    determination = Determination.objects.create(
        document=document,
        openness=openness,
        ground=ground,
        reason=reason.strip(),
        by_id=by.acting_id,
        at=now,
        # Art. 18: what was kept back is looked at again; a year is the office's usual rhythm.
        review_on=None if openness == Document.Openness.PROACTIVE else _next_year(clock.legal_day(now)),
    )
    record(
        verb="documents.determine",
        by=by,
        at=now,
        about=document,
        note=reason.strip(),
        facts={"openness": openness, "ground": ground},
    )
    emit(OpennessDetermined(document_id=document.pk, openness=openness, ground=ground))
    return determination


def attach(
    *,
    document: Document,
    by: Actor,
    now: datetime,
    file: StoredFile,
    title: str,
    replaces: Attachment | None = None,
) -> Attachment:
    """Add a file as an attachment, or put it in the place of another; it must have passed the upload gate. The gate
    reads it, in a child process, before the transaction."""
    refuse_if(why_not_change(document=document, by=by) or _unusable(file))
    read_files(files=[file], by=by, now=now)
    return _attach(document=document, by=by, now=now, file=file, title=title, replaces=replaces)


@transaction.atomic
def _attach(
    *,
    document: Document,
    by: Actor,
    now: datetime,
    file: StoredFile,
    title: str,
    replaces: Attachment | None = None,
) -> Attachment:
    document = _locked(document)
    refuse_if(why_not_change(document=document, by=by) or _unusable(file))
    attachment = Attachment.objects.create(
        document=document,
        file=file,
        title=title.strip() or (replaces.title if replaces else file.name),
        order=replaces.order if replaces else document.attachments.count() + 1,
        replaces=replaces,
    )
    document.changed_at = now
    document.save(update_fields=["changed_at"])
    record(
        verb="documents.attach",
        by=by,
        at=now,
        about=document,
        note=attachment.title,
        facts={"replaces": replaces.pk} if replaces else {},
    )
    if replaces:
        take_off(replaces, now=now)
    return attachment


@transaction.atomic
def detach(*, attachment: Attachment, by: Actor, now: datetime) -> None:
    """Take an attachment off a draft; the file itself stays in the private store."""
    document = _locked(attachment.document)
    refuse_if(why_not_change(document=document, by=by))
    record(verb="documents.detach", by=by, at=now, about=document, note=attachment.title)
    take_off(attachment, now=now)


def take_off(attachment: Attachment, *, now: datetime) -> None:
    """An attachment that stood in public is kept for its edition; one that never did goes."""
    sealed = attachment.document.editions.values_list("attachments", flat=True)
    if any(row["id"] == attachment.pk for rows in sealed for row in rows):
        attachment.retired_at = now
        attachment.save(update_fields=["retired_at"])
        return
    # Its successor now stands in the place of what this one had replaced.
    Attachment.ever.filter(replaces=attachment).update(replaces=attachment.replaces)
    attachment.delete()


def why_not_justify(*, document: Document, by: Actor, reason: str) -> list[Refusal]:
    """Why this explanation cannot be recorded."""
    if not can(by, "documents.justify", document.unit_id):
        return [_not_yours("说明情况")]
    if len(reason.strip()) < LEAST_REASON:
        return [Refusal("justify.reason", "", f"请写明理由，至少{LEAST_REASON}个字。")]
    return []


@transaction.atomic
def justify(*, document: Document, by: Actor, now: datetime, code: str, reason: str) -> Justification:
    """Record a named person's reason for going on although a rule objects; reviewers see it."""
    refuse_if(why_not_justify(document=document, by=by, reason=reason))
    justification, _ = Justification.objects.update_or_create(
        document=document, code=code, defaults={"reason": reason.strip(), "by_id": by.acting_id, "at": now}
    )
    record(verb="documents.justify", by=by, at=now, about=document, note=reason.strip(), facts={"code": code})
    return justification


def why_not_link_interpretation(*, document: Document, interpretation: Document, by: Actor) -> list[Refusal]:
    """Why this document cannot be recorded as the other's interpretation."""
    if not (
        can(by, "documents.write", document.unit_id) and can(by, "documents.write", interpretation.unit_id)
    ):
        return [_not_yours("关联解读")]
    if document.pk == interpretation.pk:
        return [Refusal("interpretation.itself", "", "文件不能解读自己。请选择另一份解读材料。")]
    if InterpretationLink.objects.filter(interpretation=interpretation).exists():
        return [Refusal("interpretation.taken", "", "这份材料已经是另一份文件的解读。请选择别的材料。")]
    if InterpretationLink.objects.filter(interpretation=document).exists():
        return [Refusal("interpretation.chain", "", "这份文件本身是解读材料，不需要再附解读。")]
    return []


@transaction.atomic
def link_interpretation(
    *, document: Document, interpretation: Document, by: Actor, now: datetime
) -> InterpretationLink:
    """Join a document and its interpretation both ways. 国办发〔2016〕80号."""
    refuse_if(why_not_link_interpretation(document=document, interpretation=interpretation, by=by))
    link = InterpretationLink.objects.create(document=document, interpretation=interpretation)
    record(
        verb="documents.link_interpretation",
        by=by,
        at=now,
        about=document,
        facts={"interpretation": interpretation.pk},
    )
    return link


def why_not_submit(*, document: Document, by: Actor, today: date) -> list[Refusal]:
    """Everything that keeps a document from its reviewers: fields, openness, interpretation, text."""
    if not can(by, "documents.submit", document.unit_id):
        return [_not_yours("送审")]
    if states.target_of(document.state, "submit") is None:
        return [
            Refusal(
                "document.not_draft", "", f"这份公文已经是“{states.LABELS[document.state]}”，不用再送审。"
            )
        ]
    determination = queries.determination_of(document)
    found = openness_refusals(
        openness=determination.openness if determination else "",
        ground=determination.ground if determination else "",
        reason=determination.reason if determination else "",
    )
    found += queries.header_refusals(document, today=today)
    if not plain(document.body) and not document.attachments.exists():
        found.append(Refusal("document.empty", "", "没有正文也没有附件。请填写正文，或者上传附件。"))
    return found + queries.interpretation_refusals(document) + queries.correction_refusals(document)


@transaction.atomic
def submit(*, document: Document, by: Actor, now: datetime) -> Document:
    """Hand a document to its reviewers, with what the gate says of it; it cannot be changed until it comes back.
    条例第十七条."""
    document = _locked(document)
    refuse_if(why_not_submit(document=document, by=by, today=clock.legal_day(now)))
    document.round += 1
    document.save(update_fields=["round"])
    # A slip that was given back to its writer now goes the whole road.
    document.corrections.filter(outcome=Correction.Outcome.OPEN).update(light=False)
    keep_gate_run(document=document, by=by, now=now)
    move(document=document, verb="submit", now=now)
    record(verb="documents.submit", by=by, at=now, about=document, facts={"round": document.round})
    emit(DocumentSubmitted(document_id=document.pk, unit_id=document.unit_id, round=document.round))
    return document


@transaction.atomic
def take_back(*, document: Document, by: Actor, now: datetime) -> Document:
    """Take a document back from its reviewers to change it."""
    document = _locked(document)
    if not can(by, "documents.submit", document.unit_id):
        refuse_if([_not_yours("撤回送审")])
    move(document=document, verb="take_back", now=now)
    record(verb="documents.take_back", by=by, at=now, about=document, facts={"round": document.round})
    return document


def move(*, document: Document, verb: str, now: datetime) -> None:
    """The only way to a document's state. The acting station checks its own reasons and writes the trail."""
    target = states.target_of(document.state, verb)
    if target is None:
        refuse_if(
            [
                Refusal(
                    "document.state",
                    "",
                    f"这份公文现在是“{states.LABELS[document.state]}”，做不了这一步。请刷新页面看最新状态。",
                )
            ]
        )
        return
    document.state = target
    document.changed_at = now
    document.save(update_fields=["state", "changed_at"])


def _fill(document: Document, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        if name not in FIELDS:
            raise ValueError(f"{name} is not a field that is typed")
        setattr(document, name, clean(value) if name == "body" else value)
    if "written_on" in fields:
        set_due(document)


def _locked(document: Document) -> Document:
    """The row as it is now, held until the end of the transaction."""
    rows = Document.objects.unscoped("the action checks the actor itself")
    return rows.select_for_update().select_related("unit").get(pk=document.pk)


def _unusable(file: StoredFile) -> list[Refusal]:
    if file.state == "clean":
        return []
    return [Refusal("file.not_clean", "", f"“{file.name}”还没有通过检查，不能作附件。{file.reason}")]


def _not_yours(verb: str) -> Refusal:
    return Refusal("wall.unit", "", f"您没有为这个单位{verb}的权限。需要的，请联系本单位负责人授权。")


def _next_year(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)
