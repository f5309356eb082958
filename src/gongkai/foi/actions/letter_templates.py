"""The office's own letters: Word templates by version, how a unit signs, the ways of the remedy, the made file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max

from gongkai.files.actions import Upload, take_in
from gongkai.files.filling import blanks_of, why_not_asked
from gongkai.foi.models import Letter, LetterSettings, LetterTemplate, RemedyPlaces
from gongkai.foi.queries.letter_papers import BODY, file_name, known_blanks, mandatory_blanks, paper_of
from gongkai.foi.queries.remedies import remedy_places
from gongkai.foi.rules import letters as rules
from gongkai.law.basis import cite
from gongkai.law.refusal import Refusal, Refused, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import can
from gongkai.trail.chain import record

WHY = "the action checks the unit itself"
HOUSE_RULE = "本平台权限规定"


def why_not_blanks(path: Path | str, *, kind: str) -> list[Refusal]:
    """Why a file cannot serve as the template of this letter: an unknown blank, a mandatory one that is missing."""
    registered = rules.letter_kind(kind)
    blanks = blanks_of(path)
    found = why_not_asked(blanks, known=known_blanks(registered))
    if found:
        return found
    asked = blanks.names
    for blank in mandatory_blanks(registered):
        if blank in asked or BODY in asked and blank not in ANYWAY:
            continue
        text = (
            f"模板缺少“{{{{{blank}}}}}”。它是《{registered.title}》必须有的内容，请在 Word 里加上这个空格处。"
        )
        found.append(Refusal("template.missing_blank", registered.basis, text))
    return found


ANYWAY = ("机关", "编号", "日期", "首句")  # 正文 does not stand for these


def why_not_add_template(*, unit: Unit, kind: str, district_wide: bool, by: Actor) -> list[Refusal]:
    """Why this person cannot put a template in use for this unit or for all."""
    action = "foi.remedy_places" if district_wide else "foi.settings"
    if not can(by, action, unit.pk):
        text = "全区通用的模板由区政务公开主管部门维护，本单位的由信息员或者审核人维护。请由他们上传。"
        return [Refusal("template.role", HOUSE_RULE, text)]
    if kind not in rules.letter_kinds():
        return [Refusal("letter.unknown", "", f"没有“{kind}”这种文书。请从文书列表中选择。")]
    return []


def add_template(
    *,
    unit: Unit,
    kind: str,
    upload: Upload,
    by: Actor,
    now: datetime,
    district_wide: bool = False,
    note: str = "",
) -> LetterTemplate:
    """Check an uploaded template and put it in use as the next version; older letters keep theirs.

    The file is read before the transaction, because on SQLite an open one keeps all others waiting.
    """
    refuse_if(why_not_add_template(unit=unit, kind=kind, district_wide=district_wide, by=by))
    content = b"".join(_pieces(upload))
    with tempfile.NamedTemporaryFile(suffix=".docx") as incoming:
        incoming.write(content)
        incoming.flush()
        refuse_if(why_not_blanks(incoming.name, kind=kind))
    file = take_in(content=[content], name=upload.name or f"{kind}.docx", unit=unit, by=by, now=now)
    with transaction.atomic():
        rows = LetterTemplate.objects.unscoped(WHY).filter(unit=unit, kind=kind, district_wide=district_wide)
        last = rows.aggregate(last=Max("version"))["last"] or 0
        row = LetterTemplate._base_manager.create(
            unit=unit,
            district_wide=district_wide,
            kind=kind,
            version=last + 1,
            file=file,
            note=note.strip()[:200],
            by_id=by.acting_id,
            at=now,
        )
        facts = {"kind": kind, "version": row.version, "district_wide": district_wide, "digest": file.digest}
        record(verb="foi.add_template", by=by, at=now, about=row, facts=facts)
    return row


@transaction.atomic
def retire_template(*, template: LetterTemplate, by: Actor, now: datetime) -> LetterTemplate:
    """Take a version out of use; the one before it, or the default, serves again."""
    row = LetterTemplate.objects.unscoped(WHY).select_related("unit").get(pk=template.pk)
    refuse_if(why_not_add_template(unit=row.unit, kind=row.kind, district_wide=row.district_wide, by=by))
    row.in_use = False
    row.save(update_fields=["in_use"])
    record(verb="foi.retire_template", by=by, at=now, about=row, facts={"kind": row.kind})
    return row


def why_not_save_settings(*, unit: Unit, by: Actor, abbreviation: str = "（待填写）") -> list[Refusal]:
    """Why this person cannot say how the unit signs."""
    found = []
    if not can(by, "foi.settings", unit.pk):
        text = "文书设置由本单位的信息员和审核人维护。请由他们办理。"
        found.append(Refusal("template.role", HOUSE_RULE, text))
    if not abbreviation.strip():
        found.append(Refusal("template.no_name", "", "没有写机关简称。它用在文书编号里，例如“滨财”。"))
    return found


@transaction.atomic
def save_settings(
    *,
    unit: Unit,
    abbreviation: str,
    deliberation_required: bool,
    unread_days: int,
    by: Actor,
    now: datetime,
) -> LetterSettings:
    """Keep the abbreviation in letter numbers, whether refusals need a 会商, when unread letters are told."""
    refuse_if(why_not_save_settings(unit=unit, by=by, abbreviation=abbreviation))
    values: dict[str, Any] = {
        "abbreviation": abbreviation.strip()[:20],
        "deliberation_required": deliberation_required,
        "unread_days": unread_days,
        "by_id": by.acting_id,
        "at": now,
    }
    row, _ = LetterSettings._base_manager.update_or_create(unit=unit, defaults=values)
    told = {"abbreviation": row.abbreviation, "deliberation_required": deliberation_required}
    record(verb="foi.letter_settings", by=by, at=now, about=row, facts=told | {"unread_days": unread_days})
    return row


def why_not_save_places(*, by: Actor) -> list[Refusal]:
    """Why this person cannot change what every letter of the district names."""
    if can(by, "foi.remedy_places"):
        return []
    text = "救济途径由区政务公开主管部门和法制工作人员维护。请由他们办理。"
    return [Refusal("template.role", HOUSE_RULE, text)]


@transaction.atomic
def save_places(*, by: Actor, now: datetime, **values: Any) -> RemedyPlaces:
    """Keep the bodies, courts and the internet channel that letters name; the trail holds before and after."""
    refuse_if(why_not_save_places(by=by))
    row = remedy_places()
    before = {name: getattr(row, name) for name in values}
    for name, worth in values.items():
        setattr(row, name, worth.strip() if isinstance(worth, str) else worth)
    row.changed_at = now
    row.save()
    facts = {"before": before, "after": {name: getattr(row, name) for name in values}}
    record(verb="foi.remedy_places", by=by, at=now, about=row, facts=facts)
    return row


def keep_file(*, letter: Letter, by: Any, now: datetime) -> Letter:
    """Make the docx of a signed letter once and keep it; drafts and kept ones are left as they are."""
    if letter.file_id is not None or letter.signed_at is None:
        return letter
    content = paper_of(letter)
    file = take_in(content=[content], name=file_name(letter), unit=letter.unit, by=by, now=now)
    with transaction.atomic():
        rows = Letter.objects.unscoped(WHY).filter(pk=letter.pk, file=None)
        if rows.update(file=file):
            record(
                verb="foi.letter_file",
                by=by,
                at=now,
                about=letter.case,
                facts={"letter": letter.pk, "digest": file.digest},
            )
    letter.refresh_from_db(fields=["file"])
    return letter


def _pieces(upload: Upload) -> Iterator[bytes]:
    """The upload piece by piece; a template is small, so a large one is refused before it fills the memory."""
    size = 0
    for piece in upload.chunks():
        size += len(piece)
        if size > LARGEST:
            text = "模板文件超过 5 MB，没有收下。请去掉图片后再上传。"
            raise Refused([Refusal("template.too_large", cite("条例45"), text)])
        yield piece


LARGEST = 5 * 1024 * 1024
