"""The rows of a case in the words of its page: the story, and each piece of work with its buttons and letters."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import NoReverseMatch, reverse

from gongkai.foi import states
from gongkai.foi.models import Case, CaseEvent, Consultation, Extension, Fee, Letter
from gongkai.foi.queries.case_page import LABELS, CasePage
from gongkai.foi.rules.case_events import Asked
from gongkai.foi.rules.letters import letter_kinds
from gongkai.foi.rules.sub_clocks import SILENCE
from gongkai.kernel.text.numerals import written_number

LETTER_OF = {
    Consultation.Kind.THIRD_PARTY: "third_party_letter",
    Consultation.Kind.JOINT_MAKER: "joint_maker_letter",
    Consultation.Kind.OTHER_AGENCY: "other_agency_letter",
}
ARTICLE_OF = {
    Consultation.Kind.THIRD_PARTY: "条例第三十二条",
    Consultation.Kind.JOINT_MAKER: "条例第三十四条",
    Consultation.Kind.OTHER_AGENCY: "条例第三十三条第三款",
}
# Events after which the dates are other ones; drawn as squares.
TURNS = frozenset(
    {"ask_correction", "correction_arrives", "ask_fee", "fee_paid", "consult", "consultations_end", "extend",
     "set_delay", "redated"}
)  # fmt: skip
Links = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened, as the timeline tells it."""

    label: str
    words: str
    note: str
    heading: str
    on: date
    at: datetime
    by: str
    turn: bool


@dataclass(slots=True)
class Item:
    """One row of the work on a case, with what can be done about it."""

    row: Any
    buttons: list[Any] = field(default_factory=list)
    links: Links = field(default_factory=list)
    opinions: list[Any] = field(default_factory=list)
    article: str = ""
    silence: str = ""


def story_of(page: CasePage) -> list[Line]:
    """Newest first; which day it was, when it was entered, by whom."""
    parties = {row.pk: row.party for row in page.consultations}
    numbers = {row.pk: row.number for row in page.letters}
    return [
        Line(
            label=LABELS.get(row.name, row.name),
            words=_words(row, parties, numbers),
            note=row.note,
            heading=states.HEADINGS.get(row.target, ""),
            on=row.on,
            at=row.at,
            by=row.by_name,
            turn=row.name in TURNS,
        )
        for row in page.timeline
    ]


def _words(row: CaseEvent, parties: dict[int, str], numbers: dict[int, str]) -> str:
    facts = row.facts
    said = []
    if row.name == "assign":
        said.append(str(facts.get("to_name", "")))
    if row.name in ("consult", "opinion_arrives", "consultation_lapses"):
        said.append(parties.get(int(facts.get("row") or 0), ""))
    if row.name in ("extend", "propose_extension", "approve_extension"):
        said.append(f"{facts.get('days')} 个工作日")
    if row.name == "set_delay":
        said.append(f"到 {facts.get('until')}")
    if row.name == "ask_fee":
        said.append(f"{facts.get('amount')} 元")
    if row.name == "join":
        said.append(f"并入 {facts.get('into')}")
    if row.name == "redated":
        said.append(f"{facts.get('before') or '没有起算'} 改为 {facts.get('after') or '没有起算'}")
    said.append(numbers.get(int(facts.get("letter") or 0), ""))
    return "　".join(filter(None, said))


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One letter in the list: its title, how far it is, its page."""

    letter: Letter
    title: str
    light: str
    words: str
    url: str


def letters_of(page: CasePage) -> list[LetterLine]:
    """The letters of the case, the newest first, each with the light of its way."""
    found = []
    for letter in reversed(page.letters):
        kind = letter_kinds().get(letter.kind)
        name = "foi:answer" if letter.is_answer else "foi:letter"
        url = address_of(name, page.case.pk if letter.is_answer else letter.pk)
        found.append(LetterLine(letter, kind.title if kind else letter.kind, *_way(letter), url))
    return found


def _way(letter: Letter) -> tuple[str, str]:
    if letter.cancelled_at is not None:
        return "idle", "已作废"
    if letter.received_on is not None:
        return "done", "已送达"
    if letter.failed_on is not None and letter.dispatched_on is None:
        return "late", "被退回，要重新发出"
    if letter.dispatched_on is not None:
        return "soon", "已发出，还没有登记送达"
    if letter.signed_at is not None:
        return "soon", "已签发，还没有发出"
    return "idle", "拟稿"


def open_points(page: CasePage) -> list[tuple[str, str]]:
    """What is begun in this case and not finished, each with its article; whoever leaves it out loses a day."""
    if page.case.state not in states.OPEN:
        return []
    found = []
    for row in page.consultations:
        if row.sent_on is None:
            found.append((f"征求{row.party}意见的文书还没有发出", ARTICLE_OF[Consultation.Kind(row.kind)]))
        elif row.delivered_on is None and row.answered_on is None:
            found.append(
                (f"还没有登记{row.party}收到征求意见书的日期", ARTICLE_OF[Consultation.Kind(row.kind)])
            )
        if (
            row.opinion in (Consultation.Opinion.OBJECT, Consultation.Opinion.PARTLY)
            and row.reasonable is None
        ):
            found.append((f"还没有判断{row.party}的理由是否合理", "条例第三十二条"))
        if row.overridden_why and row.told_on is None:
            found.append((f"还没有书面告知{row.party}公开的内容和理由", "条例第三十二条"))
    for extension in page.extensions:
        if extension.approved_at and not extension.told_on and not extension.refused_why:
            found.append(("延期已经同意，告知书要在原期限之前发出", "条例第三十三条第二款"))
    for fee in page.fees:
        if fee.pay_by is None and not fee.cancelled_why:
            found.append(("已经核算费用，收费通知书还没有发出", "国办函〔2020〕109号"))
    if page.case.applicant.agent_name and not page.case.applicant.agent_authorised:
        found.append(("代理人没有授权委托书，请在补正告知书里一并告知", "条例第三十条"))
    return found


def work_of(
    page: CasePage, of_rows: dict[str, dict[int, list[Any]]], *, writes: bool
) -> dict[str, list[Item]]:
    """What stands under 征求意见, 会商, 延期, 信息处理费; ``writes``: this person may draft letters here."""
    case = page.case
    drafted = drafted_for(page)
    return {
        "consultations": [
            Item(
                row,
                of_rows["consultation"].get(row.pk, []),
                _of_party(case, row, drafted) if writes else [],
                article=ARTICLE_OF[Consultation.Kind(row.kind)],
                silence=SILENCE[Asked(row.kind)],
            )
            for row in page.consultations
        ],
        "deliberations": [
            Item(row, of_rows["deliberation"].get(row.pk, []), opinions=page.opinions.get(row.pk, []))
            for row in page.deliberations
        ],
        "extensions": [
            Item(
                row,
                of_rows["extension"].get(row.pk, []),
                _of_extension(case, row, drafted) if writes else [],
            )
            for row in page.extensions
        ],
        "fees": [
            Item(row, of_rows["fee"].get(row.pk, []), _of_fee(case, row, drafted) if writes else [])
            for row in page.fees
        ],
    }


def drafted_for(page: CasePage) -> set[tuple[str, int]]:
    """Rows that have their letter already, so that nobody drafts it twice: (what, row)."""
    found = set()
    for letter in page.letters:
        if letter.cancelled_at is None:
            for what in ("consultation", "extension", "fee"):
                number = written_number(str(letter.facts.get(what) or ""))
                if number is not None:
                    found.add((f"{letter.kind}:{what}", number))
    return found


def _of_party(case: Case, row: Consultation, drafted: set[tuple[str, int]]) -> Links:
    if row.sent_on is None:
        kind, state = LETTER_OF[Consultation.Kind(row.kind)], "consult"
    elif row.overridden_why and row.told_on is None:
        kind, state = "third_party_told", ""
    else:
        return []
    if (f"{kind}:consultation", row.pk) in drafted or (state and not states.target_of(case.state, state)):
        return []
    return letter_link(case, kind, consultation=row.pk)


def _of_extension(case: Case, row: Extension, drafted: set[tuple[str, int]]) -> Links:
    told = row.approved_at is None or row.told_on is not None or row.refused_why
    if told or ("extension_notice:extension", row.pk) in drafted:
        return []
    return letter_link(case, "extension_notice", extension=row.pk)


def _of_fee(case: Case, row: Fee, drafted: set[tuple[str, int]]) -> Links:
    if row.pay_by or row.paid_on or row.cancelled_why or ("fee_notice:fee", row.pk) in drafted:
        return []
    return letter_link(case, "fee_notice", fee=row.pk)


def letter_link(case: Case, kind: str, **about: int) -> Links:
    """起草征求意见书: the page on which this letter is drafted, told which row it is about."""
    address = address_of("foi:letter_new", case.pk, kind)
    known = letter_kinds().get(kind)
    if not address or known is None:
        return []
    query = "&".join(f"{key}={value}" for key, value in about.items())
    return [(f"起草《{known.title}》", f"{address}?{query}" if query else address)]


def address_of(name: str, *given: object) -> str:
    """An address of another part of the station; empty where that part is not there."""
    try:
        return reverse(name, args=given)
    except NoReverseMatch:
        return ""
