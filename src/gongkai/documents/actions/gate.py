"""What is done at the gate: check anew, mend, explain, take the cleaned copy."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from gongkai.documents import queries
from gongkai.documents.actions.drafting import _locked, why_not_change, why_not_justify
from gongkai.documents.actions.evidence import keep_gate_run
from gongkai.documents.models import Attachment, Document, Justification
from gongkai.files.actions import make_public_copy, why_not_make_public_copy
from gongkai.files.models import StoredFile
from gongkai.files.queries import public_of
from gongkai.gate import actions as gate_actions
from gongkai.gate import queries as gate
from gongkai.gate.queries import Finding
from gongkai.kernel.clock import legal_day
from gongkai.kernel.html import clean, plain
from gongkai.law.refusal import Refusal, Refused, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.trail.chain import Who, record

NOTHING = Refusal("gate.nothing_to_mend", "", "没有可以自动修复的问题，可能已经改过。请刷新页面看最新结果。")
NO_PHONE = Refusal(
    "gate.no_phone", "", "本单位还没有登记对外电话，不能改为单位电话。请先在“单位与人员”里填写联系电话。"
)


def check(*, document: Document, by: Who, now: datetime, alone: bool = True) -> queries.Gate:
    """Read the files that were not read yet, look at everything, keep what was seen as evidence. Not ``alone``:
    as a part of publishing."""
    attachments = document.attachments.select_related("file__public")
    gate_actions.read_files(files=[public_of(one.file) for one in attachments], by=by, now=now)
    found = keep_gate_run(document=document, by=by, now=now, alone=alone)
    text = plain(document.body)
    gate_actions.remember(
        key=queries.key_of(document), title=document.title, text=text, unit_id=document.unit_id,
        public=document.state == "published", digest=found.digest, now=now,
    )  # fmt: skip
    return found


def why_not_mend(*, document: Document, by: Actor) -> list[Refusal]:
    """Why this person cannot mend the text: only its author's side changes it, and only as a draft."""
    return why_not_change(document=document, by=by)


@transaction.atomic
def mend(*, document: Document, by: Actor, now: datetime, code: str = "", with_phone: bool = False) -> int:
    """Put every mend of one group, or of all groups, into the text. Returns how many places changed. ``with_phone``:
    the unit's own phone comes in the place of the mobile numbers of the group."""
    document = _locked(document)
    refuse_if(why_not_mend(document=document, by=by))
    phone = _phone(document) if with_phone else ""
    found = queries.gate_of(document, today=legal_day(now))
    groups = [one for one in found.mendable if not code or one.code == code]
    refuse_if([] if groups and (not phone or groups[0].phone_fits) else [NOTHING])
    findings = [finding for group in groups for finding in group.findings]
    _put(document, [replace(one, mend=phone or one.mend) for one in findings])
    _wrote(document, by, now)
    document.save()
    facts = {"rules": sorted({one.rule for one in groups}), "places": len(findings), "phone": phone}
    record(verb="documents.mend", by=by, at=now, about=document, facts=facts)
    return len(findings)


def why_not_mask(*, attachment: Attachment, by: Actor) -> list[Refusal]:
    """Why no masked copy of the attachment can be made."""
    return why_not_change(document=attachment.document, by=by) or gate_actions.why_not_mask_file(
        file=attachment.file
    )


def mask(
    *, attachment: Attachment, by: Actor, now: datetime, code: str = "", with_phone: bool = False
) -> int:
    """Publish a copy of the attachment in which one group of personal data, or every one that nobody answered for,
    is masked; the original stays in the private store. Returns how many places were masked. The gate has looked at
    the copy anew and found nothing of it. The children come before the transaction."""
    refuse_if(why_not_mask(attachment=attachment, by=by))
    document = attachment.document
    phone = _phone(document) if with_phone else ""
    found = queries.gate_of(document, today=legal_day(now)).maskable
    groups = [
        one for one in found if one.attachment == attachment and (not code or one.code == code)
        and (not phone or one.phone_fits)
    ]  # fmt: skip
    refuse_if([] if groups else [NOTHING])
    _, places = gate_actions.mask_file(
        file=attachment.file, wanted={(one.rule, one.level) for one in groups}, by=by, now=now, instead=phone
    )
    with transaction.atomic():
        document = _locked(document)
        _wrote(document, by, now)
        document.save(update_fields=["writers", "changed_at"])
        facts = {"rules": sorted({one.rule for one in groups}), "places": places, "phone": phone}
        record(verb="documents.mask", by=by, at=now, about=document, note=attachment.title, facts=facts)
    return places


def mend_all(*, document: Document, by: Actor, now: datetime) -> tuple[int, list[Refusal]]:
    """Mend the text and mask every attachment, as far as it goes. Returns how many places, and what did not go."""
    refuse_if(why_not_mend(document=document, by=by))
    found = queries.gate_of(document, today=legal_day(now))
    refuse_if([] if found.mendable or found.maskable else [NOTHING])
    places, refusals = 0, []
    if found.mendable:
        places += mend(document=document, by=by, now=now)
    for attachment in dict.fromkeys(one.attachment for one in found.maskable if one.attachment):
        attachment.document = document
        try:
            places += mask(attachment=attachment, by=by, now=now)
        except Refused as refused:
            refusals += list(refused.refusals)
    return places, refusals


def _wrote(document: Document, by: Actor, now: datetime) -> None:
    if by.person_id not in document.writers:
        document.writers = [*document.writers, by.person_id]
    document.changed_at = now


def _phone(document: Document) -> str:
    """The phone under which the public reaches the unit; raises ``Refused`` where there is none."""
    phone = queries.phone_of(document)
    refuse_if([] if phone else [NO_PHONE])
    return phone


def _put(document: Document, findings: list[Finding]) -> None:
    for name, place in queries.FIELD_PLACES.items():
        value = getattr(document, name)
        for one in sorted((one for one in findings if one.where == place), key=lambda one: -one.start):
            value = value[: one.start] + one.mend + value[one.end :]
        setattr(document, name, value)
    document.body = clean(gate.mended(document.body, gate.passages_of(document.body), findings))


def why_not_explain(*, document: Document, by: Actor, code: str, reason: str, now: datetime) -> list[Refusal]:
    """Why this reason cannot stand: no right, too short, gone, or it takes a second person."""
    found = why_not_justify(document=document, by=by, reason=reason)
    if found:
        return found
    group = queries.gate_of(document, today=legal_day(now)).group(code)
    if group is None:
        return [Refusal("gate.gone", "", "这个问题已经不在了，可能文字或者附件改过。请看最新的检查结果。")]
    if not group.explainable:
        return [Refusal("gate.field", group.first.basis, "字段的问题不能说明理由，请改正字段。")]
    if group.needs > 1 and any(one.by_id == by.person_id for one in group.reasons):
        return [
            Refusal(
                "gate.second_person",
                "",
                f"这里有 {len(group.findings)} 处个人信息，要由两个人分别说明理由。请另一位同志再写。",
            )
        ]
    return []


@transaction.atomic
def explain(*, document: Document, by: Actor, now: datetime, code: str, reason: str) -> Justification:
    """A named person answers for letting a finding stand; who reviews and who publishes sees it."""
    document = _locked(document)
    refuse_if(why_not_explain(document=document, by=by, code=code, reason=reason, now=now))
    group = queries.gate_of(document, today=legal_day(now)).group(code)
    assert group is not None
    key = f"{code}.2" if group.needs > 1 and group.reasons else code
    row, _ = Justification.objects.update_or_create(
        document=document, code=key, defaults={"reason": reason.strip(), "by_id": by.acting_id, "at": now}
    )
    record(
        verb="documents.explain", by=by, at=now, about=document, note=reason.strip(),
        facts={"code": key, "rule": group.rule, "places": len(group.findings)},
    )  # fmt: skip
    return row


def why_not_take_cleaned(*, attachment: Attachment, by: Actor) -> list[Refusal]:
    """Why no clean copy of the attachment can be published."""
    return why_not_change(document=attachment.document, by=by) or why_not_make_public_copy(
        file=attachment.file
    )


def take_cleaned(*, attachment: Attachment, by: Actor, now: datetime) -> StoredFile:
    """Publish a copy without what is hidden; the original stays in the private store. The copy is read in its
    turn. The child comes before the transaction."""
    refuse_if(why_not_take_cleaned(attachment=attachment, by=by))
    copy = make_public_copy(file=attachment.file, by=by, now=now)
    gate_actions.read_files(files=[copy], by=by, now=now)
    return copy


__all__ = [
    "check",
    "explain",
    "mask",
    "mend",
    "mend_all",
    "take_cleaned",
    "why_not_explain",
    "why_not_mask",
    "why_not_mend",
    "why_not_take_cleaned",
]
