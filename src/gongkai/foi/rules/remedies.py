"""The remedy paragraph of a letter: a function of the result, its day, the agency and the way of delivery."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.foi.rules.agencies import Agency, Seats, Venue, venue
from gongkai.foi.rules.dispositions import A, C, D, remedy_class
from gongkai.law.basis import basis, cite
from gongkai.law.refusal import Refusal
from gongkai.law.remedy import Answered, Remedy, Way, remedy

_ANSWERED = {A: Answered.REFUSED, C: Answered.SILENT, D: Answered.NOT_PUBLISHED}
REFUSED_PART, OTHER_PART = "本答复不予公开的部分", "本答复的其他内容"
RECEIVED = "收到本答复之日"
SILENCE, SILENT_SINCE = "本机关逾期未答复", "答复期限届满之日"
PARTIAL = "r2"


@dataclass(frozen=True, slots=True)
class RemedyText:
    """What the letter says. ``reconsideration_first``: the applicant has to go there before the court;
    ``missing``: mandatory elements that the letter cannot leave without."""

    remedy_class: str
    text: str
    reconsideration_first: bool
    references: tuple[str, ...]
    reconsideration_body: str
    court: str
    missing: tuple[Refusal, ...] = ()

    @property
    def basis(self) -> str:
        return cite(*self.references)


@basis("复议法20", "复议法22.2", "复议法23.1(4)", "复议法23.2", "行诉法45", "行诉法46.1", "条例51")
def remedy_text(
    code: str,
    *,
    decided_on: date,
    agency: Agency,
    seats: Seats,
    served_online: bool = False,
    internet_channel: str = "",
    silence_may_be_sued: bool = False,
) -> RemedyText:
    """The paragraph for a disposition code, or for ``overdue`` and ``unpublished``.

    ``decided_on`` chooses the law: to 2023, from 2024, from June 2025. ``silence_may_be_sued`` is the reading of
    the legal office on an answer that never came; the default sends the applicant to reconsideration, which is
    safe in both readings.
    """
    letter_class = remedy_class(code)
    answered = _ANSWERED.get(letter_class, Answered.OTHERWISE)
    found = remedy(
        answered,
        decided_on=decided_on,
        served_online=served_online,
        silence_may_be_sued=silence_may_be_sued,
    )
    where = venue(agency, seats, decided_on=decided_on)
    parts = [_Part(found, *_against(code, letter_class, found))]
    if code == PARTIAL and found.way is Way.RECONSIDERATION_FIRST:
        rest = remedy(Answered.OTHERWISE, decided_on=decided_on, served_online=served_online)
        parts.append(_Part(rest, OTHER_PART, RECEIVED))
    return RemedyText(
        letter_class,
        "".join(part.words(where, internet_channel) for part in parts),
        found.way is Way.RECONSIDERATION_FIRST,
        tuple(dict.fromkeys(reference for part in parts for reference in part.references(where))),
        where.reconsideration_body,
        where.court,
        _missing(found, internet_channel),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """One sentence of the paragraph: the remedy, what is disputed, since when."""

    remedy: Remedy
    against: str
    since: str

    def words(self, where: Venue, internet_channel: str) -> str:
        return self.remedy.paragraph(
            reconsideration_body=where.reconsideration_body,
            court=where.court,
            internet_channel=internet_channel,
            against=self.against,
            since=self.since,
        )

    def references(self, where: Venue) -> tuple[str, ...]:
        if self.remedy.way is Way.APPLY_FIRST:
            return self.remedy.references
        return (*self.remedy.references, *where.references)


def _against(code: str, letter_class: str, found: Remedy) -> tuple[str, str]:
    """What is disputed and since when, in the words of the letter."""
    if letter_class == C:
        return SILENCE, SILENT_SINCE
    if code == PARTIAL and found.way is Way.RECONSIDERATION_FIRST:
        return REFUSED_PART, RECEIVED
    return "本答复", RECEIVED


def _missing(found: Remedy, internet_channel: str) -> tuple[Refusal, ...]:
    if not found.must_name_internet_channel or internet_channel.strip():
        return ()
    return (
        Refusal(
            "foi.no_internet_channel",
            cite("复议法22.2"),
            "通过网络送达的答复，应当同时告知提交行政复议申请的互联网渠道。请在设置中填写后再发出。",
        ),
    )


@basis("复议法20.3", "复议法23.2")
def faults_of_paragraph(letter: str, expected: RemedyText, *, served_online: bool = False) -> list[Refusal]:
    """What the closing words of a letter lack, measured by the paragraph that the law asks for.

    A letter that does not tell remedy, body and period leaves the period open for up to a year (复议法第二十条第三款).
    """
    if expected.remedy_class == D:
        return []
    found = []
    for words, what in (
        ("行政复议", "行政复议的权利"),
        (expected.reconsideration_body, "行政复议机关"),
        ("60日", "申请行政复议的期限"),
    ):
        if words not in letter:
            text = f"没有告知{what}（{words}），申请期限要到申请人知道时才起算，最长一年。请补上。"
            found.append(Refusal("foi.remedy_untold", cite("复议法20.3"), text))
    if expected.court not in letter:
        text = f"没有告知受理起诉的法院（{expected.court}）。请补上。"
        found.append(Refusal("foi.court_untold", cite("行诉法46.1"), text))
    if expected.reconsideration_first and "先申请行政复议" not in letter:
        text = "不予公开的决定应当告知申请人先申请行政复议。请改用系统给出的救济段落。"
        found.append(Refusal("foi.first_untold", cite("复议法23.2"), text))
    if served_online:
        found += expected.missing
    return found
