"""What a clerk should know about a new request: same, alike, many, a petition in disguise. Hints, never refusals.

Every hint says what it rests on; deciding stays with the person, by the articles that the hint names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.law.basis import basis

SAME, ALIKE = 0.7, 0.55  # measured on pairs of requests, see foi/tests/test_similar.py
SHINGLE = 2
OTHER_NAMES = 0.6  # what is left of the likeness of two requests that name other years, places, bodies
MANY_IN_DAYS, MANY = 30, 10  # house rule: worth a look, not yet 明显超过合理范围
MOST_SHOWN = 5

_FORMULA = re.compile(
    r"本人|我们?|现|特|依法|根据|依据|按照|中华人民共和国政府信息公开条例|政府信息公开条例|条例|第[一二三四五六七八九十百零\d]+[条款项]"
    r"|规定|申请人?|请求|要求|希望|请贵?[局委办区街道政府]*|贵[局委办机关单位]*|予以?|公开|提供|获取|查阅|复制|书面|有关|相关|关于"
    r"|政府信息|信息|文件|材料|资料|内容|情况|一份|复印件|如下|以下|谢谢|的|和|及|与|等|向|对|将|为|在|了|并"
)
_SIGNS = re.compile(r"[\W_]+")
# What tells one wish from another of the same words: numbers, and the two signs before a word for a place or body.
_NAMED = re.compile(r"\d+|[\u4e00-\u9fff]{2}(?=街道|社区|小区|村|路|公司|学校|小学|中学|医院|项目部)")


@dataclass(frozen=True, slots=True)
class Earlier:
    """A request that is here already. ``applicant`` is any stable key of the person or body; ``row`` its result,
    empty while it is open."""

    number: str
    applicant: str
    text: str
    received_on: date
    row: str = ""


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to look at. ``kind``: repeat, similar, bulk, petition, enquiry, publication, confirmation.

    ``likeness`` is from 0 to 1 where texts were compared; ``numbers`` are the requests it rests on.
    """

    kind: str
    text: str
    references: tuple[str, ...]
    likeness: float = 0.0
    numbers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


_WORDS: tuple[tuple[str, tuple[str, ...], tuple[str, ...], str], ...] = (
    (
        "petition",
        ("条例39.1",),
        (
            *("投诉", "举报", "信访", "上访", "查处", "严惩", "追责", "追究责任", "追究其责任", "讨回公道"),
            *("要求赔偿", "要求补偿", "督促整改", "责令整改", "控告", "检举", "要求处理", "依法处理"),
        ),
        "像是信访、投诉、举报。如果确实如此，应当告知不作为政府信息公开申请处理，并可以告知相应渠道；"
        "如果同时要某条信息，仍应答复那一部分。",
    ),
    (
        "enquiry",
        ("条例2",),
        (
            *(
                "为什么",
                "为何",
                "是否合法",
                "是否合理",
                "是否属于",
                "怎么办",
                "如何办理",
                "如何处理",
                "请解释",
            ),
            *("请答复我", "能否", "什么时候", "咨询"),
        ),
        "像是咨询或者要求解释。政府信息是以一定形式记录、保存的信息；可以先与申请人确认要哪份材料。",
    ),
    (
        "publication",
        ("条例39.2",),
        ("政府公报", "公报", "年鉴", "统计年鉴", "报纸", "期刊", "杂志", "书籍", "地方志"),
        "提到公开出版物。可以告知获取的途径。",
    ),
    (
        "confirmation",
        (),
        (
            "重新出具",
            "再次出具",
            "补发",
            "确认该",
            "确认其",
            "加盖公章",
            "出具证明",
            "证明其真实",
            "核实真伪",
        ),
        "像是要求确认或者重新出具已经获取的信息。请核对申请人此前是否已经取得。",
    ),
)


@dataclass(frozen=True, slots=True)
class Signature:
    """What a request asks for, without its formulas: pairs of neighbouring signs; numbers and names in it."""

    pairs: frozenset[str]
    names: frozenset[str]


def signature(text: str) -> Signature:
    """The signature of a request; worth keeping where many are compared."""
    words = unicodedata.normalize("NFKC", text)[:20_000].lower()
    bare = _SIGNS.sub("", _FORMULA.sub("", words)) or _SIGNS.sub("", words)
    pairs = {bare[place : place + SHINGLE] for place in range(max(1, len(bare) - SHINGLE + 1))} - {""}
    return Signature(frozenset(pairs), frozenset(_NAMED.findall(words)))


def likeness(one: str, other: str) -> float:
    """How much two requests ask for the same, from 0 to 1: shared pairs of signs by all pairs (Dice).

    Another year, place or body is mostly another wish, so names and numbers weigh more than their signs.

    >>> likeness("申请公开2025年度部门预算", "请贵局提供2025年度部门预算")
    1.0
    """
    return alike(signature(one), signature(other))


def alike(one: Signature, other: Signature) -> float:
    """The likeness of two signatures."""
    if not one.pairs or not other.pairs:
        return 0.0
    shared = 2 * len(one.pairs & other.pairs) / (len(one.pairs) + len(other.pairs))
    if one.names - other.names and other.names - one.names:
        shared *= OTHER_NAMES
    return shared


@basis("条例36(6)", "条例44.1", "条例35")
def hints(text: str, *, applicant: str, received_on: date, earlier: Iterable[Earlier]) -> tuple[Hint, ...]:
    """Everything worth a look in a new request, the weightiest first."""
    known = list(earlier)
    wanted = signature(text)
    scored = [(alike(wanted, signature(one.text)), one) for one in known]
    found = [
        *_repeats(scored, applicant),
        *_bulk(known, applicant, received_on),
        *_similar(scored, applicant),
        *_by_words(text),
    ]
    return tuple(found)


def _repeats(scored: list[tuple[float, Earlier]], applicant: str) -> list[Hint]:
    own = sorted(
        ((score, one) for score, one in scored if one.applicant == applicant and score >= SAME),
        key=lambda pair: (-pair[0], pair[1].number),
    )
    if not own:
        return []
    answered = [one for _, one in own if one.row]
    named = answered or [one for _, one in own]
    numbers = tuple(one.number for one in named[:MOST_SHOWN])
    if answered:
        what = "本机关已经答复过；内容确实相同的，可以告知不予重复处理。"
    else:
        what = "那件还在办理；可以与申请人商量并案。"
    text = f"同一申请人的{'、'.join(numbers)}与本件相似度 {own[0][0]:.0%}。{what}请先对照两件内容。"
    return [Hint("repeat", text, ("条例36(6)",), own[0][0], numbers)]


def _bulk(known: list[Earlier], applicant: str, received_on: date) -> list[Hint]:
    since = received_on - timedelta(days=MANY_IN_DAYS)
    recent = [one for one in known if one.applicant == applicant and since < one.received_on <= received_on]
    if len(recent) + 1 < MANY:
        return []
    text = (
        f"同一申请人 {MANY_IN_DAYS} 天内提出了 {len(recent) + 1} 件。"
        "数量、频次是否明显超过合理范围由承办人判断；可以要求说明理由，也可以核算信息处理费，不能仅凭数量拒绝。"
    )
    numbers = tuple(one.number for one in sorted(recent, key=lambda one: one.number)[:MOST_SHOWN])
    return [Hint("bulk", text, ("条例35", "条例42.1"), numbers=numbers)]


def _similar(scored: list[tuple[float, Earlier]], applicant: str) -> list[Hint]:
    others = sorted(
        ((score, one) for score, one in scored if one.applicant != applicant and score >= ALIKE),
        key=lambda pair: (-pair[0], pair[1].number),
    )
    if not others:
        return []
    numbers = tuple(one.number for _, one in others[:MOST_SHOWN])
    people = len({one.applicant for _, one in others})
    text = (
        f"还有 {people} 位申请人要过相似的信息（{'、'.join(numbers)}，最高 {others[0][0]:.0%}）。"
        "答复口径应当一致；可以公开的，考虑转为主动公开。"
    )
    return [Hint("similar", text, ("条例44.1",), others[0][0], numbers)]


def _by_words(text: str) -> list[Hint]:
    words = unicodedata.normalize("NFKC", text)
    found = []
    for kind, references, signs, advice in _WORDS:
        seen = tuple(dict.fromkeys(sign for sign in signs if sign in words))
        if seen:
            found.append(Hint(kind, f"出现“{'”“'.join(seen)}”，{advice}", references, words=seen))
    return found
