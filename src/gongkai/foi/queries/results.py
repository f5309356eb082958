"""What a result rests on: its letter, what the file must hold before it, what the file already says about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from gongkai.foi.models import (
    Case,
    CaseEvent,
    Consultation,
    Deliberation,
    Fee,
    Letter,
    LetterSettings,
    Paper,
)
from gongkai.foi.queries.letters import settings_of
from gongkai.foi.queries.searches import search_gaps, searches_of
from gongkai.foi.rules import letters as rules
from gongkai.foi.rules.dispositions import DISPOSITIONS, SEARCH
from gongkai.kernel.text.dates import written_out
from gongkai.law.basis import cite
from gongkai.law.refusal import Refusal

WHY = "the caller has the case"
# A case of another kind ends with one of these; the code is the key of its letter.
RECORD_RESULTS = ("record_corrected", "record_forwarded", "record_directed", "record_refused")
APPEAL_RESULTS = ("appeal_upheld", "appeal_rejected", "appeal_forwarded")
# The applicant ends these himself, or another case takes them in: verbs of their own.
BY_OTHER_VERBS = {"r6_3_withdrawn": "撤回申请", "r6_3_merged": "并案"}


def results_of(case: Case) -> tuple[str, ...]:
    """The codes with which a case of this kind can end."""
    if case.kind == Case.Kind.RECORD:
        return RECORD_RESULTS
    if case.kind == Case.Kind.APPEAL:
        return APPEAL_RESULTS
    return tuple(code for code in DISPOSITIONS if code not in BY_OTHER_VERBS)


def letter_of(case: Case, code: str) -> rules.LetterKind:
    """The answer that tells this result."""
    return rules.letter_kind(DISPOSITIONS[code].letter if code in DISPOSITIONS else code)


def result_label(code: str) -> str:
    """予以公开, 不予公开：国家秘密, 更正政府信息决定书."""
    if code in DISPOSITIONS:
        return DISPOSITIONS[code].result
    return rules.letter_kind(code).title if code in rules.letter_kinds() else code


def answer_of(case: Case) -> Letter | None:
    """The answer of the present round, drafted or signed."""
    return of_case(answers_of(case).first(), case)


def answers_of(case: Case) -> QuerySet[Letter]:
    """The answers of the present round, the one that counts first."""
    rows: QuerySet[Letter] = Letter.objects.unscoped(WHY).filter(
        case=case, is_answer=True, round=case.round, cancelled_at__isnull=True
    )
    return rows.order_by("-pk")


def of_case(letter: Letter | None, case: Case) -> Letter | None:
    """The letter with the case at hand, so that nothing of the case is read again."""
    if letter is not None:
        letter.case = case
        if letter.agency_id == case.agency_id:
            letter.agency = case.agency
    return letter


def lacks(case: Case, code: str) -> list[Refusal]:
    """What must be in the file before this result may be fixed: search, silence after a notice, opinion, 会商."""
    found = list(_lapses(case, code))
    if code in DISPOSITIONS and SEARCH in DISPOSITIONS[code].needs:
        gaps = search_gaps(case)
        if gaps:
            text = f"还没有完整的检索记录，缺少：{'、'.join(gaps)}。请先在案件页记录检索，再答复信息不存在。"
            found.append(Refusal("result.search", cite("条例36(4)"), text))
    found += _opinions(case, code)
    kept = settings_of(case.unit_id)
    if code.startswith("r3_") and kept is not None and kept.deliberation_required and not _deliberated(case):
        text = "本单位规定不予公开要先会商，还没有会商结论。请先发起会商。"
        found.append(Refusal("result.deliberation", cite("条例45"), text))
    return found


def not_ready(case: Case, letter: Letter) -> list[Refusal]:
    """What the answer still lacks beside its words: the severed version, the notice to the third party."""
    found = []
    if case.disposition == "r2" and not _severed(case, letter):
        text = "部分公开要把区分处理后的信息交给申请人。请上传区分处理后的材料，或者在“公开的内容”里写出全部内容。"
        found.append(Refusal("result.severed", cite("条例37"), text))
    untold = Consultation.objects.unscoped(WHY).filter(case=case, told_on=None).exclude(overridden_why="")
    if case.disposition in ("r1", "r2") and untold.exists():
        text = (
            "第三方不同意公开，现因公共利益决定公开，要先把公开的内容和理由书面告知第三方。请先发出告知书。"
        )
        found.append(Refusal("result.third_party_untold", cite("条例32"), text))
    return found


def suggested_facts(case: Case, code: str, *, ground: str = "") -> dict[str, Any]:
    """What the file already says for the letter of this result; the clerk checks and completes it."""
    match code:
        case "r4_1_absent":
            return {"search_record": searched_words(case)}
        case "r3_4":
            return {"consulted": consulted_words(case)}
        case "r2":
            return {"closed_ground": DISPOSITIONS[ground].basis if ground in DISPOSITIONS else ""}
        case "r6_1" | "r4_3":
            return _correction(case)
        case "r6_2":
            return _payment(case)
        case "r5_4":
            asked = _event(case, "ask_reasons")
            return {"reasons_asked_on": asked.on.isoformat() if asked else ""}
    return {}


def searched_words(case: Case) -> str:
    """The searches in words: when, who, where, with which terms, what came of it."""
    rows = searches_of(case)
    lines = (
        f"{written_out(row.on)}，{row.by.name}在{row.place.name}以“{row.terms}”检索，{row.result.rstrip('。')}"
        for row in rows
    )
    return "；".join(lines)


def consulted_words(case: Case) -> str:
    """How the third parties were asked, without their names."""
    rows = Consultation.objects.unscoped(WHY).filter(
        case=case, kind=Consultation.Kind.THIRD_PARTY, sent_on__isnull=False
    )
    return "；".join(_one_consulted(row) for row in rows.order_by("pk"))


def unread_for_days(letter: Letter, *, today: date, kept: LetterSettings | None) -> int:
    """Days for which an electronically served letter lies unopened beyond what the unit allows; 0 otherwise."""
    if letter.way != Letter.Way.ELECTRONIC or letter.received_on is not None or letter.dispatched_on is None:
        return 0
    allowed = kept.unread_days if kept else 7
    over = (today - letter.dispatched_on).days
    return over if over >= allowed else 0


def _one_consulted(row: Consultation) -> str:
    assert row.sent_on is not None
    asked = f"本机关于{written_out(row.sent_on)}书面征求第三方意见"
    if row.answered_on is not None:
        return f"{asked}，第三方于{written_out(row.answered_on)}答复{row.get_opinion_display()}"
    return f"{asked}，第三方在15个工作日内没有提出意见" if row.lapsed_on else asked


def _lapses(case: Case, code: str) -> Iterator[Refusal]:
    needed = {
        "r6_1": ("correction_lapses", "条例30", "补正期限还没有届满，或者没有发过补正告知书"),
        "r6_2": ("fee_lapses", "国办函〔2020〕109号", "缴费期限还没有届满，或者没有发过收费通知"),
        "r5_4": ("ask_reasons", "条例35", "还没有要求申请人说明理由"),
        "r4_3": ("ask_correction", "条例30", "还没有告知申请人补正"),
    }
    if code in needed:
        event, reference, what = needed[code]
        if _event(case, event) is None:
            text = f"{what}，不能按“{result_label(code)}”办结。请先办这一步。"
            yield Refusal("result.earlier_step", cite(reference), text)


def _opinions(case: Case, code: str) -> Iterator[Refusal]:
    if code != "r3_4":
        return
    asked = Consultation.objects.unscoped(WHY).filter(case=case, kind=Consultation.Kind.THIRD_PARTY)
    sent = asked.filter(sent_on__isnull=False)
    if sent.filter(answered_on=None, lapsed_on=None).exists():
        text = "第三方还没有答复，征求意见期限也没有届满。请等收到意见或者期满后再确定结果。"
        yield Refusal("result.opinion_open", cite("条例32"), text)


def why_no_opinion(case: Case, facts: Mapping[str, Any]) -> list[Refusal]:
    """不予公开 for a third party's sake: asked in writing, or the reason why not in the letter."""
    sent = Consultation.objects.unscoped(WHY).filter(
        case=case, kind=Consultation.Kind.THIRD_PARTY, sent_on__isnull=False
    )
    if sent.exists() or str(facts.get("consulted", "")).strip():
        return []
    text = "没有征求过第三方意见，也没有写明为什么没有征求。请先征求意见，或者在“征求意见的经过和结果”里写明理由。"
    return [Refusal("result.not_consulted", cite("条例32"), text)]


def _severed(case: Case, letter: Letter) -> bool:
    papers = Paper.objects.unscoped(WHY).filter(case=case, with_answer=True)
    return papers.exists() or len(str(letter.facts.get("open_part", ""))) >= 20


def _deliberated(case: Case) -> bool:
    rows = Deliberation.objects.unscoped(WHY).filter(case=case, concluded_at__isnull=False)
    return bool(rows.exists())


def _event(case: Case, name: str) -> CaseEvent | None:
    rows = CaseEvent.objects.unscoped(WHY).filter(case=case, round=case.round, name=name)
    found: CaseEvent | None = rows.order_by("-pk").first()
    return found


def _correction(case: Case) -> dict[str, Any]:
    asked = _event(case, "ask_correction")
    if asked is None:
        return {}
    letter = Letter.objects.unscoped(WHY).filter(pk=int(asked.facts.get("letter") or 0)).first()
    arrived = _event(case, "correction_arrives")
    return {
        "asked_on": asked.on.isoformat(),
        "notice_received_on": letter.received_on.isoformat() if letter and letter.received_on else "",
        "until": asked.facts.get("period_ends", ""),
        "corrected_on": arrived.on.isoformat() if arrived else "",
    }


def _payment(case: Case) -> dict[str, Any]:
    fee = Fee.objects.unscoped(WHY).filter(case=case).select_related("letter").order_by("-pk").first()
    if fee is None:
        return {}
    letter = fee.letter
    return {
        "amount": str(fee.amount),
        "pay_by": fee.pay_by.isoformat() if fee.pay_by else "",
        "fee_number": letter.number if letter else "",
        "notified_on": letter.received_on.isoformat() if letter and letter.received_on else "",
    }
