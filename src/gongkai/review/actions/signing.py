"""A leader who signs on paper: the officer files the signed 发文单, the trail names both."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.documents.models import Document
from gongkai.files.models import StoredFile
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Person
from gongkai.orgs.wall import can
from gongkai.review import queries, rules, states
from gongkai.review.actions.deciding import final_refusals, locked, move_on
from gongkai.review.models import ReviewStep, SignedSheet
from gongkai.review.rules.signing import RULE, sheet_refusals
from gongkai.trail.chain import record


def why_not_record_sheet(*, document: Document, by: Actor, today: date) -> list[Refusal]:
    """Why no signed sheet can be filed for this document by this person now."""
    step = queries.step_due(document)
    if step != rules.FINAL:
        waits = rules.LABELS[step] if step else "没有等待审核的步骤"
        text = f"现在还不到签发（{waits}）。前面各步都同意以后，再打印发文单请负责人签批。"
        return [Refusal("sheet.not_due", RULE, text)]
    if document.unit.is_small:
        text = "本单位不足三人，由区政务公开主管部门登录签发，不用纸质签批。"
        return [Refusal("sheet.small_unit", "三审制", text)]
    if not can(by, "review.record_sheet", document.unit_id):
        text = "您没有这个单位登记发文单的权限。请由本单位信息员或者审核人登记。"
        return [Refusal("wall.step", RULE, text)]
    found = []
    if by.person_id in document.writers:
        text = "您起草或修改过这份公文，不能登记它的签批。请由没有参加起草的同志登记。"
        found.append(Refusal("sheet.own_draft", RULE, text))
    return found + final_refusals(document, today=today)


def why_not_accept_sheet(
    *, document: Document, by: Actor, signer: Person, signed_on: date, code: str, today: date
) -> list[Refusal]:
    """Why what stands on a sheet does not sign this text; asked before the photograph is taken in."""
    found = why_not_record_sheet(document=document, by=by, today=today)
    if found:
        return found
    found = sheet_refusals(
        typed=code,
        code=queries.sheet_to_print(document).code,
        signed_on=signed_on,
        sent_on=queries.sent_on(document),
        today=today,
        signer=signer.pk,
        recorder=by.person_id,
    )
    if signer.pk not in {person.pk for person in queries.signers_of(document, on=signed_on)}:
        text = f"{signer.name}在 {signed_on} 不能签发这份公文。请核对签批人和日期；拟稿、审过这一轮的人不能签发。"
        found.append(Refusal("sheet.signer", RULE, text))
    return found


@transaction.atomic
def record_sheet(
    *,
    document: Document,
    by: Actor,
    now: datetime,
    file: StoredFile,
    signer: Person,
    signed_on: date,
    code: str,
    opinion: str = "",
) -> ReviewStep:
    """File the signed sheet; it is the signer's approval, recorded by another person. Both stand on the trail."""
    document = locked(document)
    found = why_not_accept_sheet(
        document=document, by=by, signer=signer, signed_on=signed_on, code=code, today=legal_day(now)
    )
    paper = queries.sheet_to_print(document)
    if file.state != StoredFile.State.CLEAN:
        found.append(Refusal("sheet.file", RULE, f"“{file.name}”还没有通过检查，不能入卷。请重新上传。"))
    refuse_if(found)
    sheet = SignedSheet.objects.create(
        document=document, unit=document.unit, round=document.round, code=paper.code, file=file,
        signer=signer, signed_on=signed_on, by_id=by.acting_id, at=now,
    )  # fmt: skip
    row = ReviewStep.objects.create(
        document=document, round=document.round, step=rules.FINAL, decision=states.APPROVED,
        opinion=opinion.strip(), signature=states.PAPER, sheet=sheet, by=signer, at=now,
    )  # fmt: skip
    record(
        verb="review.record_sheet",
        by=by,
        at=now,
        about=document,
        note=f"{signer.name} {signed_on} 在纸上签批，{by.name}登记入卷",
        facts=_facts(sheet, text=paper.digest),
    )
    move_on(document=document, step=row, now=now)
    return row


def _facts(sheet: SignedSheet, *, text: str) -> dict[str, Any]:
    """Both people, the sheet, the text that was signed and the photograph."""
    return {
        "step": rules.FINAL,
        "round": sheet.round,
        "signature": states.PAPER,
        "signer": sheet.signer_id,
        "signer_name": sheet.signer.name,
        "signed_on": sheet.signed_on.isoformat(),
        "recorded_by": sheet.by_id,
        "sheet": sheet.code,
        "text": text,
        "file": sheet.file.digest,
    }
