"""The words of a letter in its row: composed, rewritten, fixed by signature; what all verbs about letters share."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from gongkai.foi.actions.engine import next_number
from gongkai.foi.models import Case, Letter
from gongkai.foi.queries import letters as said
from gongkai.foi.queries.templates import template_for
from gongkai.foi.queries.who import ApplicantActor, Doer
from gongkai.foi.rules import letters as rules
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refusal
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can
from gongkai.trail.chain import SystemActor, record, sm3

HOUSE_RULE = "本平台权限规定"


def new_letter(
    case: Case,
    kind: rules.LetterKind,
    facts: Mapping[str, Any],
    *,
    by: Doer,
    now: datetime,
    addressee: str = "",
) -> Letter:
    """Store the draft of a letter or of the round's answer; the caller has asked and writes the trail."""
    plain = plain_facts(facts)
    to = addressee.strip() or (case.applicant.name if kind.addressee == rules.APPLICANT else "")
    code = case.disposition if kind.is_answer else ""
    shown = said.shown_facts(case, kind, plain, today=legal_day(now), code=code)
    return Letter._base_manager.create(
        case=case,
        unit_id=case.unit_id,
        agency_id=case.agency_id,
        kind=kind.key,
        is_answer=kind.is_answer,
        round=case.round,
        addressee=to[:160],
        facts=plain | {said.WRITERS: [by.person_id] if by.person_id else []},
        text=said.stored(rules.compose(kind, shown)),
        drafted_by_id=by.person_id,
        drafted_at=now,
    )


def rewrite(
    letter: Letter,
    *,
    by: Doer,
    now: datetime,
    texts: Mapping[str, str] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Put new words and facts into a draft that is not saved yet; note who wrote."""
    kind = rules.letter_kind(letter.kind)
    code = said.code_of(letter)

    def composed(worth: Mapping[str, Any]) -> dict[str, str]:
        shown = said.shown_facts(letter.case, kind, worth, today=legal_day(now), code=code)
        return {one.key: one.text for one in rules.compose(kind, shown)}

    before, old = said.given(letter), {one.key: one.text for one in said.paragraphs_of(letter)}
    after = before | plain_facts(facts or {})
    untouched = composed(before)
    fresh = untouched if after == before else composed(after)
    typed = {key: text.strip().replace("\r\n", "\n") for key, text in (texts or {}).items()}
    rows = []
    for part in kind.parts:
        present = old.get(part.key, "")
        text = typed.get(part.key, present)
        if part.locked or text == present == untouched[part.key]:
            text = fresh[part.key]
        rows.append(rules.Paragraph(part.key, text))
    writers = list(letter.facts.get(said.WRITERS, []))
    if by.person_id is not None and by.person_id not in writers:
        writers.append(by.person_id)
    letter.text = said.stored(rows)
    letter.facts = after | {said.WRITERS: writers}


def put_signature(letter: Letter, *, by: Doer, now: datetime) -> None:
    """Number, date and digest; locked elements are made anew by the law of this day. The caller has asked."""
    kind = rules.letter_kind(letter.kind)
    today = legal_day(now)
    shown = said.shown_facts(letter.case, kind, said.given(letter), today=today, code=said.code_of(letter))
    letter.text = said.stored(rules.recompose_locked(kind, said.paragraphs_of(letter), shown))
    if kind.numbered and letter.seq is None:
        letter.year = today.year
        letter.seq = next_number(letter.agency, "letter", today.year)
        letter.number = f"{said.abbreviation_of(letter.agency)}公复〔{letter.year}〕{letter.seq}号"
    letter.template = template_for(letter.kind, unit_id=letter.unit_id)
    letter.signed_by_id, letter.signed_at = by.person_id, now
    letter.digest = digest_of(letter, today)
    letter.save()


def digest_of(letter: Letter, signed_on: date) -> str:
    """The SM3 digest of what was signed: number, addressee, agency, day and words."""
    content = [
        letter.kind,
        letter.number,
        letter.agency_id,
        letter.addressee,
        signed_on.isoformat(),
        letter.text,
    ]
    return sm3(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def plain_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as the row keeps them: days in ISO, everything else as JSON has it."""
    return {
        key: worth.isoformat() if isinstance(worth, date) else worth
        for key, worth in facts.items()
        if key != said.WRITERS
    }


def why_own(letter: Letter, by: Doer, verb: str) -> list[Refusal]:
    """Nobody reviews or signs what he wrote."""
    if by.person_id is not None and by.person_id in letter.facts.get(said.WRITERS, []):
        text = f"您拟写或者修改过这份文书，不能由您{verb}。请由另一位同志办理。"
        return [Refusal("letter.own_draft", HOUSE_RULE, text)]
    return []


def why_no_hand(case: Case, action: str, by: Doer, verb: str) -> list[Refusal]:
    """Letters are handled by the unit that answers and by the one that holds the case."""
    units = (case.unit_id, case.holder_id or case.unit_id)
    if is_system(by) or isinstance(by, Actor) and any(can(by, action, unit) for unit in units):
        return []
    return [Refusal("letter.role", HOUSE_RULE, f"您不能为这个案件{verb}。请由本单位的经办人办理。")]


def is_system(by: Doer) -> bool:
    """Whether the program itself acts; the applicant is no such actor."""
    return isinstance(by, SystemActor) and not isinstance(by, ApplicantActor)


def trail(verb: str, letter: Letter, *, by: Doer, now: datetime, note: str = "", **facts: Any) -> None:
    """One row about the case; neither words nor names of the letter."""
    told = {"letter": letter.pk, "kind": letter.kind, "number": letter.number} | facts
    record(verb=verb, by=by, at=now, about=letter.case, note=note, facts=told)
