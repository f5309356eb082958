"""What a letter says about its case: the facts behind its blanks, and what a draft still lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from gongkai.foi.models import Case, CaseEvent, Letter, LetterSettings, UnitChannels
from gongkai.foi.queries.remedies import remedy_for
from gongkai.foi.rules import letters as rules
from gongkai.foi.rules.remedies import RemedyText, faults_of_paragraph
from gongkai.kernel.remembering import remembered
from gongkai.kernel.text.dates import written_out
from gongkai.law.refusal import Refusal
from gongkai.law.register import UnknownArticle, article
from gongkai.law.rule_table import value
from gongkai.orgs.models import Unit

WHY = "the caller has the case of the letter"
LONGEST_QUOTE = 600
# Kept beside the clerk's facts in the row of a letter; no blank reads them.
WRITERS = "writers"
_CASE_WORDS = {
    Case.Kind.REQUEST: ("政府信息公开申请", "申请公开"),
    Case.Kind.RECORD: ("更正政府信息申请", "申请更正"),
    Case.Kind.APPEAL: ("公共企事业单位信息公开申诉", "反映"),
}
_COURSE = {
    "ask_correction": "本机关于{on}发出补正告知书。",
    "correction_arrives": "{on}收到{you}的补正。",
    "extend": "经批准，答复期限延长{days}个工作日。",
    "ask_fee": "本机关于{on}发出收费通知。",
    "fee_paid": "{you}于{on}缴纳信息处理费。",
    "redo": "现依法重新答复。",
}


def given(letter: Letter) -> dict[str, Any]:
    """The facts that the clerk gave, without our own notes."""
    return {key: worth for key, worth in letter.facts.items() if key != WRITERS}


def shown_facts(
    case: Case, kind: rules.LetterKind, facts: Mapping[str, Any], *, today: date, code: str = ""
) -> dict[str, str]:
    """Every blank of a letter in the words that stand on paper; ``code`` is the result that it tells, if any."""
    found = _of_the_clerk(kind, facts)
    if kind.addressee in (rules.APPLICANT, rules.INSIDE):
        found |= _of_the_applicant(case)
    found |= _of_the_case(case) | {"basis": cited_in_full(kind.references, today)}
    remedy = remedy_of(case, kind, today=today, code=code)
    if remedy is not None:
        found |= {"remedy": remedy.text, "remedy_hint": _hint(remedy, today)}
    return found


def remedy_of(case: Case, kind: rules.LetterKind, *, today: date, code: str = "") -> RemedyText | None:
    """The remedy that a letter has to tell; ``None`` where it tells none."""
    if kind.part(rules.REMEDY) is None:
        return None
    return remedy_for(case, code or "r6_3", decided_on=today, words="本答复" if kind.is_answer else "本决定")


def faults_of(letter: Letter, *, today: date) -> list[Refusal]:
    """What the draft lacks: facts, elements, articles. Its locked elements are those of today, as at signing."""
    kind = rules.letter_kind(letter.kind)
    shown = shown_facts(letter.case, kind, given(letter), today=today, code=code_of(letter))
    return rules.faults(kind, rules.recompose_locked(kind, paragraphs_of(letter), shown), shown)


def remedy_faults(letter: Letter, *, signed_on: date) -> list[Refusal]:
    """What the remedy of a signed letter does not tell, held against the law of the day of signature.

    The second lock: what was signed is read as it stands, whatever wrote it.
    """
    kind = rules.letter_kind(letter.kind)
    expected = remedy_of(letter.case, kind, today=signed_on, code=code_of(letter))
    if expected is None:
        return []
    told = next((one.text for one in paragraphs_of(letter) if one.key == rules.REMEDY), "")
    return faults_of_paragraph(told, expected)


def code_of(letter: Letter) -> str:
    """The result that an answer tells."""
    return letter.case.disposition if letter.is_answer and letter.round == letter.case.round else ""


def paragraphs_of(letter: Letter) -> tuple[rules.Paragraph, ...]:
    """The text of a letter as the rules take it."""
    return tuple(rules.Paragraph(row["key"], row["text"]) for row in letter.text)


def stored(paragraphs: Iterable[rules.Paragraph]) -> list[dict[str, str]]:
    """The same as the row keeps it."""
    return [{"key": one.key, "text": one.text} for one in paragraphs]


@remembered
def abbreviation_of(agency: Unit) -> str:
    """机关简称 in the number of a letter: as set by the unit, else its short name without 区 and 局."""
    rows = LetterSettings.objects.unscoped("the number of a letter is public")
    kept = rows.filter(unit=agency).values_list("abbreviation", flat=True).first()
    return kept or agency.short_name.removeprefix("区").removesuffix("局") or agency.short_name


@remembered
def settings_of(unit_id: int) -> LetterSettings | None:
    """How a unit signs its letters; ``None`` where it never said."""
    rows: LetterSettings | None = LetterSettings.objects.unscoped(WHY).filter(unit_id=unit_id).first()
    return rows


def cited_in_full(references: Iterable[str], on: date) -> str:
    """《中华人民共和国政府信息公开条例》第三十六条第二项, several joined by 、; the law is named once.

    Where the register does not have a place for that day, the short form stands.
    """
    told: list[str] = []
    law = ""
    for reference in references:
        try:
            found = article(reference, on=on)
        except UnknownArticle:
            told.append(reference)
            continue
        place = found.citation.place
        told.append(place if place and found.law.short == law else found.full)
        law = found.law.short
    return "、".join(told)


def _of_the_clerk(kind: rules.LetterKind, facts: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    for fact in kind.facts:
        text = str(facts.get(fact.key) or "").strip()
        if fact.kind == "date" and text:
            try:
                text = written_out(date.fromisoformat(text))
            except ValueError:
                text = ""
        if fact.kind in ("text", "long") and kind.group != "inside":
            # The sentences of the registry end themselves; an optional one stands behind a finished sentence.
            text = text.rstrip("。；;. ")
            text += "" if fact.required or not text else "。"
        found[fact.key] = text
    return found


def _of_the_applicant(case: Case) -> dict[str, str]:
    case_kind, asks = _CASE_WORDS[Case.Kind(case.kind)]
    you = "您" if case.applicant.is_person else "贵单位"
    words = (case.content or case.title).strip().rstrip("。；")
    return {
        "applicant": case.applicant.name,
        "you": you,
        "asked": words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE]}……",
        "asks": f"{you}{asks}",
        "case_kind": case_kind,
        "history": "".join(_history(case, you)),
    }


def _of_the_case(case: Case) -> dict[str, str]:
    return {
        "case_number": case.number,
        "title": case.title,
        "channel": case.get_channel_display(),
        "received_on": _day(case.received_on, "尚未确认收到"),
        "received_why": case.received_why or "按提交方式确定",
        "due": _day(case.due_on, "期限停止计算中"),
        "agency": case.agency.name,
        "contact_line": contact_line(case),
    }


def contact_line(case: Case) -> str:
    """Whom to ask: the office that takes requests, its telephone and place, as far as the unit told them."""
    kept = _channels_of(case.unit_id)
    office = (kept.office if kept else "") or "政府信息公开工作机构"
    phone = (kept.phone if kept else "") or case.unit.phone
    place = (kept.place if kept else "") or case.unit.address
    words = f"如有疑问，请联系{case.agency.name}{office}"
    words += f"，电话{phone}" if phone else ""
    return words + (f"，地址：{place}。" if place else "。")


@remembered
def _channels_of(unit_id: int) -> UnitChannels | None:
    row: UnitChannels | None = UnitChannels.objects.filter(unit=unit_id).first()
    return row


def _history(case: Case, you: str) -> Iterator[str]:
    """The course of this round as the answer tells it: correction, fee, extension, anew."""
    rows = CaseEvent.objects.unscoped(WHY).filter(case=case, round=case.round, name__in=_COURSE)
    for row in rows:
        days = row.facts.get("days", "")
        yield _COURSE[row.name].format(on=written_out(row.on), you=you, days=days)


def _hint(remedy: RemedyText, today: date) -> str:
    """The remedy in one plain sentence for the head of the letter."""
    days = value("reconsideration_filing_days", on=today)
    if remedy.reconsideration_first:
        what = "对不公开的部分如不同意" if "不予公开的部分" in remedy.text else "如不同意"
        return f"{what}，请在收到之日起{days}日内先申请行政复议。"
    months = value("lawsuit_direct_months", on=today)
    return f"如不同意，可以在收到之日起{days}日内申请行政复议，或者在{months}个月内起诉。"


def _day(day: date | None, absent: str) -> str:
    return written_out(day) if day else absent
