"""The monthly bulletin: drafted from the rows, edited, issued under a number, followed by orders. 条例第四十七条."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html_join

from gongkai.documents import actions as drafting
from gongkai.documents.models import Document
from gongkai.files.filling import why_not_template
from gongkai.files.models import StoredFile
from gongkai.files.storage import path_of
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.ledger import queries, states
from gongkai.ledger.actions.orders import HOUSE_RULE, office_only, order_rectification, wrong_day
from gongkai.ledger.models import Bulletin, BulletinLine, PaperTemplate
from gongkai.messaging.actions import send_to_role
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import can
from gongkai.trail.chain import record

LONGEST = 3000
LABELS = {
    "title": "标题",
    "overview": "总体情况",
    "praise_words": "表扬说明",
    "criticism_words": "批评说明",
    "order_words": "整改说明",
    "demands": "要求",
}
TEXTS = tuple(LABELS)
DEMAND = "请按通报指出的问题逐项整改，在期限内答复整改情况。"


@dataclass(frozen=True, slots=True)
class LineChange:
    """What the office makes of one named unit: named or struck out, why, and by when to put right."""

    kept: bool
    reason: str
    rectify_by: date | None = None


def why_not_draft_bulletin(*, year: int, month: int, by: Actor, today: date) -> list[Refusal]:
    """Why no bulletin of this month can be drafted."""
    found = office_only(by, "起草通报")
    if not 1 <= month <= 12 or not 2008 <= year <= 2100:
        return [*found, Refusal("ledger.no_month", "", "月份不对。请选 1 到 12 月。")]
    if (year, month) > (today.year, today.month):
        found.append(Refusal("ledger.month_ahead", "", f"{year}年{month}月还没有到，不能起草这个月的通报。"))
    present = Bulletin.objects.filter(year=year, month=month).first()
    if present is not None and present.state == states.ISSUED:
        text = f"{year}年{month}月的通报已经印发（第{present.serial}期），不能重新起草。"
        found.append(Refusal("ledger.bulletin_issued", "", text))
    return found


@transaction.atomic
def draft_bulletin(*, year: int, month: int, by: Actor, now: datetime) -> Bulletin:
    """Draft the bulletin of a month, or count a draft anew; texts that the office wrote are not lost."""
    today = legal_day(now)
    refuse_if(why_not_draft_bulletin(year=year, month=month, by=by, today=today))
    counted = queries.month_of(year, month, today=today)
    bulletin = Bulletin.objects.select_for_update().filter(year=year, month=month).first()
    if bulletin is None:
        bulletin = Bulletin(
            year=year,
            month=month,
            title=f"关于{year}年{month}月政务公开工作情况的通报",
            praise_words="下列单位当月工作扎实，予以表扬。",
            criticism_words="下列单位工作落实不到位，予以批评。",
            order_words="对下列问题发出整改单，请在期限内整改并答复。",
            demands="各单位要对照工作要点台账，按期填报进展，附公开信息作佐证。",
        )
    bulletin.overview, bulletin.figures = counted.overview, counted.figures
    bulletin.by_id, bulletin.at = by.acting_id, now
    bulletin.save()
    named = [(BulletinLine.Kind.PRAISE, one) for one in counted.praise]
    named += [(BulletinLine.Kind.CRITICISM, one) for one in counted.criticism]
    struck = set(bulletin.lines.filter(kept=False).values_list("unit_id", "kind"))
    bulletin.lines.all().delete()
    BulletinLine.objects.bulk_create(
        BulletinLine(
            bulletin=bulletin,
            unit_id=one.unit_id,
            kind=kind,
            reason=one.reason,
            kept=(one.unit_id, str(kind)) not in struck,
        )
        for kind, one in named
    )
    facts = {"year": year, "month": month, "named": len(named)}
    record(verb="ledger.draft_bulletin", by=by, at=now, about=bulletin, facts=facts)
    return bulletin


def why_not_change_bulletin(*, bulletin: Bulletin, by: Actor, texts: Mapping[str, str]) -> list[Refusal]:
    """Why the bulletin cannot be changed, or not like this."""
    found = office_only(by, "改通报") + _why_not_move(bulletin, "change")
    for name, words in texts.items():
        if len(words) > LONGEST:
            label = LABELS.get(name, name)
            found.append(
                Refusal("ledger.long", "", f"{label}写了 {len(words)} 字，最多 {LONGEST} 字，请精简。")
            )
    if not texts.get("title", "x").strip():
        found.append(Refusal("ledger.no_title", "", "通报没有标题。请写标题。"))
    return found


@transaction.atomic
def change_bulletin(
    *,
    bulletin: Bulletin,
    texts: Mapping[str, str],
    lines: Mapping[int, LineChange],
    by: Actor,
    now: datetime,
) -> Bulletin:
    """Edit the texts of a draft, and whom it names; numbers cannot be edited, only counted anew."""
    bulletin = _locked(bulletin)
    refuse_if(why_not_change_bulletin(bulletin=bulletin, by=by, texts=texts))
    for name, words in texts.items():
        if name in TEXTS:
            setattr(bulletin, name, words.strip())
    bulletin.save(update_fields=[name for name in texts if name in TEXTS] or None)
    for line in bulletin.lines.filter(pk__in=list(lines)):
        change = lines[line.pk]
        line.kept, line.reason = change.kept, change.reason.strip()[:300] or line.reason
        line.rectify_by = change.rectify_by
        line.save(update_fields=["kept", "reason", "rectify_by"])
    facts = {"texts": sorted(texts), "lines": len(lines)}
    record(verb="ledger.change_bulletin", by=by, at=now, about=bulletin, facts=facts)
    return bulletin


def why_not_name_unit(*, bulletin: Bulletin, unit: Unit | None, reason: str, by: Actor) -> list[Refusal]:
    """Why a unit cannot be added to the bulletin by hand."""
    found = office_only(by, "改通报") + _why_not_move(bulletin, "change")
    if unit is None:
        found.append(Refusal("ledger.no_unit", "", "没有选单位。请选要表扬或者批评的单位。"))
    if not reason.strip():
        found.append(Refusal("ledger.no_reason", "", "没有写事由。请写明做得好或者没有做到的事。"))
    return found


@transaction.atomic
def name_unit(
    *, bulletin: Bulletin, unit: Unit | None, kind: str, reason: str, by: Actor, now: datetime
) -> BulletinLine:
    """The office praises or criticises a unit that the rule did not name, and says why."""
    bulletin = _locked(bulletin)
    refuse_if(why_not_name_unit(bulletin=bulletin, unit=unit, reason=reason, by=by))
    assert unit is not None
    line, _ = BulletinLine.objects.update_or_create(
        bulletin=bulletin, unit=unit, kind=kind, defaults={"reason": reason.strip()[:300], "kept": True}
    )
    facts = {"unit": unit.pk, "kind": kind}
    record(verb="ledger.name_unit", by=by, at=now, about=bulletin, facts=facts, note=line.reason)
    return line


def why_not_issue_bulletin(*, bulletin: Bulletin, by: Actor, today: date) -> list[Refusal]:
    """Why the bulletin cannot be issued."""
    found = office_only(by, "印发通报") + _why_not_move(bulletin, "issue")
    for line in bulletin.lines.filter(kept=True).select_related("unit"):
        if line.rectify_by is not None:
            found += wrong_day(line.rectify_by, name=f"{line.unit.short_name}的整改期限", today=today)
    kinds: dict[int, str] = {}
    for line in bulletin.lines.filter(kept=True).select_related("unit"):
        if kinds.setdefault(line.unit_id, line.kind) != line.kind:
            text = f"{line.unit.short_name}既在表扬里又在批评里。请划去一处。"
            found.append(Refusal("ledger.praised_and_criticised", "", text))
    return found


@transaction.atomic
def issue_bulletin(*, bulletin: Bulletin, by: Actor, now: datetime) -> Bulletin:
    """Issue the bulletin under the next number of its year; criticised units with a date get their order."""
    bulletin = _locked(bulletin)
    today = legal_day(now)
    refuse_if(why_not_issue_bulletin(bulletin=bulletin, by=by, today=today))
    # Whoever issues another one of this year waits here, so that no number is given twice.
    numbers = Bulletin.objects.select_for_update().filter(year=bulletin.year).order_by("pk")
    last = max((one.serial for one in numbers if one.serial), default=0)
    bulletin.serial, bulletin.state = last + 1, states.ISSUED
    bulletin.issued_by_id, bulletin.issued_at = by.acting_id, now
    bulletin.save(update_fields=["serial", "state", "issued_by", "issued_at"])
    record(verb="ledger.issue_bulletin", by=by, at=now, about=bulletin, facts={"serial": bulletin.serial})
    for line in bulletin.lines.filter(kept=True).select_related("unit"):
        if line.kind == BulletinLine.Kind.CRITICISM and line.rectify_by is not None:
            order_rectification(
                unit=line.unit,
                fault=line.reason,
                demand=DEMAND,
                due_on=line.rectify_by,
                by=by,
                now=now,
                bulletin=bulletin,
            )
        send_to_role(
            action="ledger.answer",
            unit=line.unit,
            subject=f"《{bulletin.title}》{line.get_kind_display()}了贵单位",
            text=line.reason,
            url=reverse("ledger:bulletin", args=[bulletin.pk]),
            key=f"ledger.bulletin:{bulletin.pk}:{line.pk}",
            now=now,
            about=bulletin,
        )
    return bulletin


def why_not_publish_bulletin(*, bulletin: Bulletin, by: Actor) -> list[Refusal]:
    """Why the bulletin cannot be made the draft of a public document."""
    found = office_only(by, "公开通报")
    if bulletin.state != states.ISSUED:
        found.append(Refusal("ledger.not_issued", "", "通报还没有印发。请先印发，再起草公开稿。"))
    if bulletin.document_id is not None:
        found.append(Refusal("ledger.published", "", "已经起草过公开稿。请到公文里办理。"))
    if by.unit_id is None or not can(by, "documents.write", by.unit_id):
        text = "您没有本单位的起草权限。请由本单位信息员上传通报，或请安全管理员授予角色。"
        found.append(Refusal("wall.write", HOUSE_RULE, text))
    return found


@transaction.atomic
def publish_bulletin(*, bulletin: Bulletin, by: Actor, now: datetime) -> Document:
    """Put the issued bulletin before the reviewers as a document of the office; review decides from there."""
    bulletin = _locked(bulletin)
    refuse_if(why_not_publish_bulletin(bulletin=bulletin, by=by))
    assert by.unit_id is not None
    unit = Unit.objects.get(pk=by.unit_id)
    fields = {
        "title": bulletin.title,
        "kind": "通报",
        "written_on": legal_day(bulletin.issued_at or now),
        "body": bulletin_body(bulletin),
    }
    document = drafting.draft(unit=unit, by=by, now=now, fields=fields)
    bulletin.document = document
    bulletin.save(update_fields=["document"])
    record(verb="ledger.publish_bulletin", by=by, at=now, about=bulletin, facts={"document": document.pk})
    return document


def bulletin_body(bulletin: Bulletin) -> str:
    """The text of the bulletin as the HTML of a document."""
    lines = queries.lines_of(bulletin, kept_only=True)
    praise = [one for one in lines if one.kind == BulletinLine.Kind.PRAISE]
    blame = [one for one in lines if one.kind == BulletinLine.Kind.CRITICISM]
    said = [bulletin.overview]
    if praise:
        said += [bulletin.praise_words, *(f"{one.unit.name}：{one.reason}" for one in praise)]
    if blame:
        said += [bulletin.criticism_words, *(f"{one.unit.name}：{one.reason}" for one in blame)]
    said.append(bulletin.demands)
    words = [line for text in said for line in text.splitlines() if line.strip()]
    return format_html_join("\n", "<p>{}</p>", ((line,) for line in words))


def why_not_put_template(*, kind: str, file: StoredFile, by: Actor) -> list[Refusal]:
    """Why a file cannot become the template of a paper: every blank that the system does not know."""
    found = office_only(by, "换文书模板")
    if kind not in queries.BLANKS:
        return [*found, Refusal("ledger.no_kind", "", "没有这种文书。请从列表里选。")]
    if file.kind != "docx":
        text = "模板要用 docx。请用 Word 或 WPS 另存为 docx 后再上传。"
        return [*found, Refusal("template.not_docx", "", text)]
    return found + why_not_template(path_of(file), known=queries.BLANKS[kind])


@transaction.atomic
def put_template(*, kind: str, file: StoredFile, by: Actor, now: datetime) -> PaperTemplate:
    """Use the office's own Word template for a kind of paper from now on; papers made before stay as they are."""
    refuse_if(why_not_put_template(kind=kind, file=file, by=by))
    template = PaperTemplate.objects.create(kind=kind, file=file, by_id=by.acting_id, at=now)
    record(verb="ledger.put_template", by=by, at=now, about=template, facts={"file": file.digest})
    return template


def _why_not_move(bulletin: Bulletin, verb: str) -> list[Refusal]:
    if states.leads_to(states.BULLETINS, bulletin.state, verb) is not None:
        return []
    text = f"这期通报已经印发（第{bulletin.serial}期），不能再改。要更正的，请另发一期说明。"
    return [Refusal("ledger.bulletin_issued", "", text)]


def _locked(bulletin: Bulletin) -> Bulletin:
    return Bulletin.objects.select_for_update().get(pk=bulletin.pk)
