"""What a person may do against an answer, by the law of the day on which it was given.

Three slices of time: to 2023-12-31 a free choice; from 2024-01-01 a refusal goes to reconsideration first
(复议法第二十三条第一款第四项); from 2025-06-01 法释〔2025〕8号 says the same for the courts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.basis import basis, cite
from gongkai.law.rule_table import Rule, rule

RECONSIDERATION_FIRST_SINCE = date(2024, 1, 1)  # 复议法 of 2023
INTERPRETATION_SINCE = date(2025, 6, 1)  # 法释〔2025〕8号


class Answered(StrEnum):
    """What the office did, as far as the remedy depends on it; the row of the statistics is another matter."""

    REFUSED = "refused"  # 不予公开, 条例 14 to 16
    OTHERWISE = "otherwise"  # 无法提供, 不予处理, content or form not as asked
    SILENT = "silent"  # overdue without an answer
    NOT_PUBLISHED = "not_published"  # not published of its own accord


class Way(StrEnum):
    """In which order the ways stand open."""

    CHOICE = "choice"
    RECONSIDERATION_FIRST = "reconsideration_first"
    APPLY_FIRST = "apply_first"


@dataclass(frozen=True, slots=True)
class Remedy:
    """The ways open to the applicant, with their periods and articles.

    ``must_tell_first``: the letter has to say that reconsideration comes first (复议法第二十三条第二款).
    ``must_name_internet_channel``: a letter served online names the online way too (复议法第二十二条第二款).
    """

    way: Way
    references: tuple[str, ...]
    reconsideration: Rule | None = None
    lawsuit: Rule | None = None
    must_tell_first: bool = False
    must_name_internet_channel: bool = False

    @property
    def basis(self) -> str:
        return cite(*self.references)

    def paragraph(
        self,
        *,
        reconsideration_body: str,
        court: str,
        internet_channel: str = "",
        against: str = "本答复",
        since: str = "收到本答复之日",
    ) -> str:
        """The closing paragraph of the letter in Chinese.

        ``against`` is what may be disputed (a part of the answer, the silence), ``since`` the day from which the
        periods run.
        """
        if self.way is Way.APPLY_FIRST:
            return "认为本机关未依法主动公开政府信息的，应当先向本机关提出政府信息公开申请。"
        assert self.reconsideration is not None
        assert self.lawsuit is not None
        online = f"（互联网渠道：{internet_channel}）" if self.must_name_internet_channel else ""
        days = self.reconsideration.number
        if self.way is Way.RECONSIDERATION_FIRST:
            return (
                f"如对{against}不服，应当先申请行政复议：自{since}起{days}日内，"
                f"向{reconsideration_body}提出{online}；对行政复议决定不服的，"
                f"可以自收到行政复议决定书之日起{self.lawsuit.number}日内向{court}提起行政诉讼。"
            )
        return (
            f"如对{against}不服，可以自{since}起{days}日内向{reconsideration_body}申请行政复议{online}，"
            f"也可以自{since}起{self.lawsuit.number}个月内直接向{court}提起行政诉讼。"
        )


@basis(
    "复议法23.1(4)",
    "复议法20.1",
    "行诉法44.1",
    "行诉法45",
    "行诉法46.1",
    "法释〔2025〕8号1",
    "法释〔2025〕8号2",
)
def remedy(
    answered: Answered,
    *,
    decided_on: date,
    served_online: bool = False,
    silence_may_be_sued: bool = False,
) -> Remedy:
    """The remedy against an answer of ``decided_on``, or against silence whose period ended that day.

    ``silence_may_be_sued`` is the legal office's reading of 法释〔2025〕8号第二条 against
    复议法第二十三条第一款第三项; without it silence goes to reconsideration first, which is safe in both readings.

    >>> remedy(Answered.REFUSED, decided_on=date(2021, 7, 9)).way.value
    'choice'
    >>> remedy(Answered.REFUSED, decided_on=date(2025, 7, 9)).way.value
    'reconsideration_first'
    """
    new_interpretation = decided_on >= INTERPRETATION_SINCE
    if answered is Answered.NOT_PUBLISHED:
        return Remedy(
            Way.APPLY_FIRST, ("法释〔2025〕8号2",) if new_interpretation else ("法释〔2011〕17号3",)
        )
    filing = rule("reconsideration_filing_days", on=decided_on)
    online = served_online and decided_on >= RECONSIDERATION_FIRST_SINCE
    first = _why_first(answered, decided_on, silence_may_be_sued)
    if first:
        after = rule("lawsuit_after_reconsideration_days", on=decided_on)
        seen_by_courts = ("法释〔2025〕8号1",) if new_interpretation and answered is Answered.REFUSED else ()
        return Remedy(
            Way.RECONSIDERATION_FIRST,
            (first, filing.basis, after.basis, *seen_by_courts),
            filing,
            after,
            must_tell_first=answered is Answered.REFUSED,
            must_name_internet_channel=online,
        )
    direct = rule("lawsuit_direct_months", on=decided_on)
    courts = "法释〔2025〕8号2" if answered is Answered.SILENT else "法释〔2025〕8号1"
    seen = (courts,) if new_interpretation else ()
    return Remedy(
        Way.CHOICE,
        ("行诉法44.1", filing.basis, direct.basis, *seen),
        filing,
        direct,
        must_name_internet_channel=online,
    )


def _why_first(answered: Answered, decided_on: date, silence_may_be_sued: bool) -> str:
    """The article that puts reconsideration first; empty where the choice is free."""
    if decided_on < RECONSIDERATION_FIRST_SINCE:
        return ""
    if answered is Answered.REFUSED:
        return "复议法23.1(4)"
    if answered is Answered.SILENT and not silence_may_be_sued:
        return "复议法23.1(3)"
    return ""
