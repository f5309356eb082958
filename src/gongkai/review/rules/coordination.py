"""Another agency confirms what concerns it before publication. 《政府信息公开条例》第十一条."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.law.refusal import Refusal
from gongkai.review import states

ARTICLE = "条例第十一条"
# The law names no period for the other agency; this is what the office asks for unless it says otherwise.
USUAL_WORKING_DAYS = 5
LEAST_WORDS, LONGEST_MATTER, LONGEST_REASON = 4, 300, 500


@dataclass(frozen=True, slots=True)
class Asked:
    """What the rules know of one question: of whom, where it stands, which text was confirmed."""

    agency: str
    state: str
    answer_by: date
    digest: str = ""


def standing_refusals(asked: Iterable[Asked], *, digest: str) -> list[Refusal]:
    """What of the coordination stands against signing and publishing a text with this digest.

    >>> [one.code for one in standing_refusals([Asked("区民政局", states.WAITING, date(2026, 3, 2))], digest="")]
    ['coordination.waiting']
    """
    found, newest = [], {one.agency: one for one in asked if one.state != states.CALLED_OFF}
    for one in newest.values():
        if one.state == states.WAITING:
            text = (
                f"内容涉及{one.agency}，对方还没有确认（请在 {one.answer_by} 前答复）。请等对方确认；"
                "过了期限没有答复的，由负责人写明理由决定。"
            )
            found.append(Refusal("coordination.waiting", ARTICLE, text))
        elif one.state == states.OBJECTED:
            text = f"{one.agency}对内容有不同意见。请按意见修改后重新征求，或者由区政务公开主管部门协调决定。"
            found.append(Refusal("coordination.objected", ARTICLE, text))
        elif one.digest != digest:
            text = f"{one.agency}确认以后文稿又改过。请就现在的文稿重新征求{one.agency}的意见。"
            found.append(Refusal("coordination.text_changed", ARTICLE, text))
    return found


def words_refusals(text: str, *, what: str, longest: int = LONGEST_REASON) -> list[Refusal]:
    """Too few words to know what is meant, or too many for the record."""
    length = len(text.strip())
    if length < LEAST_WORDS:
        return [Refusal("coordination.words", ARTICLE, f"{what}没有写清，至少{LEAST_WORDS}个字。")]
    if length > longest:
        return [
            Refusal("coordination.words", "", f"{what}写了 {length} 个字，最多 {longest} 个字，请写短一些。")
        ]
    return []


def settle_refusals(*, state: str, answer_by: date, today: date, is_office: bool) -> list[Refusal]:
    """Who may decide instead of the agency that was asked, and from which day on."""
    if state == states.WAITING and today <= answer_by:
        text = f"还没有到答复期限（{answer_by}），不能代为决定。请等对方答复，或者联系对方。"
        return [Refusal("coordination.too_soon", ARTICLE, text)]
    if state == states.OBJECTED and not is_office:
        text = "对方有不同意见，不能由本单位自己决定。请修改后重新征求，或者请区政务公开主管部门协调。"
        return [Refusal("coordination.own_cause", ARTICLE, text)]
    return []
