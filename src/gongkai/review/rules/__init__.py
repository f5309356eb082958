"""Rules of review: which steps, in which order, and who may not take them. 条例第十七条."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from gongkai.law.refusal import Refusal

# 三审: the steps of a round in order. What is kept from the public also passes the unit's own 公开工作机构.
FIRST, SECOND, OPINION, FINAL = "first", "second", "opinion", "final"
LABELS = {FIRST: "初审", SECOND: "复审", OPINION: "公开审查", FINAL: "终审签发"}
ACTIONS = {
    FIRST: "review.first",
    SECOND: "review.second",
    OPINION: "review.opinion",
    FINAL: "review.final",
}
LEAST_OPINION = 4
HOUSE_RULE = "三审制"
WITHHELD_BASIS = "国办发〔2016〕80号"


def steps_of(*, is_small: bool, withheld: bool = False) -> tuple[str, ...]:
    """The steps of a unit in order. A unit of two people cannot fill three; the second person does 初审 and
    复审 in one, and the district office is the third eye (终审).

    A paper that is not to be published (``withheld``) passes the unit's disclosure office before its signer
    (国办发〔2016〕80号: 报批前先送政务公开工作机构审查).

    >>> steps_of(is_small=True)
    ('second', 'final')
    >>> steps_of(is_small=False, withheld=True)
    ('first', 'second', 'opinion', 'final')
    """
    before = (SECOND,) if is_small else (FIRST, SECOND)
    return (*before, OPINION, FINAL) if withheld else (*before, FINAL)


def next_step(done: Sequence[str], *, is_small: bool, withheld: bool = False) -> str | None:
    """The step that is due after those approved in this round; ``None`` when all are done.

    >>> next_step(["first"], is_small=False)
    'second'
    """
    return next((step for step in steps_of(is_small=is_small, withheld=withheld) if step not in done), None)


def separation_refusals(
    *, person: int | None, writers: Collection[int], deciders: Collection[int], step: str
) -> list[Refusal]:
    """Author, reviewers and issuer are different people, whoever stands in for whom.

    The opinion of the disclosure office is no fourth reviewer: who reviewed may give it, but does not sign.
    """
    if person in writers:
        return [
            Refusal(
                "review.own_draft",
                HOUSE_RULE,
                f"您起草或修改过这份公文，不能做{LABELS[step]}。请由没有参加起草的人审核。",
            )
        ]
    if person in deciders and step != OPINION:
        return [
            Refusal(
                "review.twice",
                HOUSE_RULE,
                f"您在这一轮已经审过这份公文，不能再做{LABELS[step]}。请由另一位同志审核。",
            )
        ]
    return []


def small_unit_refusals(*, step: str, is_small: bool, own_unit: bool) -> list[Refusal]:
    """The district office signs only for two-person units; those do not sign for themselves."""
    if step != FINAL or is_small != own_unit:
        return []
    if is_small:
        text = "本单位不足三人，终审由区政务公开主管部门作第三人，您不能签发本单位的公文。"
    else:
        text = "这个单位人手齐全，由本单位负责人签发，区政务公开主管部门不代为签发。"
    return [Refusal("review.third_eye", HOUSE_RULE, text)]


def opinion_refusals(*, approve: bool, opinion: str, step: str = "", reason: str = "") -> list[Refusal]:
    """A return needs words that the author can work with; the disclosure office always gives its reasons."""
    found = []
    if len(opinion.strip()) < LEAST_OPINION and (not approve or step == OPINION):
        what = "公开审查要写明意见" if approve else "退回要写明哪里要改"
        found.append(
            Refusal("review.opinion", HOUSE_RULE, f"{what}，至少{LEAST_OPINION}个字，方便拟稿人和签发人看。")
        )
    if not approve and step == OPINION and not reason:
        found.append(Refusal("review.reason", WITHHELD_BASIS, "没有选退文原因。请选一项，按月统计时要用。"))
    return found
