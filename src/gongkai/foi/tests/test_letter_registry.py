"""The registry of letters: whole, each with its own legal content, the checker finds whatever is taken out."""

from __future__ import annotations

import difflib
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.foi.rules import letters as rules
from gongkai.foi.rules.dispositions import DISPOSITIONS
from gongkai.foi.tests.letter_facts import facts_for
from gongkai.law.basis import parse
from gongkai.law.register import known

KINDS = rules.letter_kinds()
OF_THE_CASE = {
    "agency": "测试区财政局",
    "applicant": "王某",
    "asked": "2025年道路改造工程的资金使用明细",
    "asks": "您申请公开",
    "basis": "",
    "case_kind": "政府信息公开申请",
    "case_number": "SQ2026-FINANCE-0001",
    "channel": "当面",
    "contact_line": "如有疑问，请联系测试区财政局政府信息公开工作机构，电话0532-80000000。",
    "due": "2026年11月11日",
    "history": "",
    "received_on": "2026年10月14日",
    "received_why": "当面提交",
    "remedy": "如对本答复不服，可以自收到本答复之日起60日内向测试区人民政府申请行政复议，"
    "也可以自收到本答复之日起6个月内直接向测试区人民法院提起行政诉讼。",
    "remedy_hint": "如不同意，可以在收到之日起60日内申请行政复议，或者在6个月内起诉。",
    "title": "道路改造资金使用情况",
    "you": "您",
}


def facts(kind: rules.LetterKind) -> dict[str, str]:
    cited = "、".join(str(parse(reference)) for reference in kind.references)
    return OF_THE_CASE | {"basis": cited} | facts_for(kind)


def whole(kind: rules.LetterKind) -> tuple[rules.Paragraph, ...]:
    return rules.compose(kind, facts(kind))


@pytest.mark.feature("D09")
def test_there_are_at_least_thirty_six_letters_and_one_for_each_result() -> None:
    assert len(KINDS) >= 36
    assert {one.letter for one in DISPOSITIONS.values()} <= set(KINDS)
    assert len({kind.title for kind in KINDS.values()}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
def test_a_letter_is_whole_when_its_facts_are_given(kind: rules.LetterKind) -> None:
    paragraphs = whole(kind)
    assert rules.faults(kind, paragraphs, facts(kind)) == []
    assert not any("{" in one.text or "待填" in one.text for one in paragraphs)
    assert paragraphs[0].key == rules.PLAIN and 8 <= len(paragraphs[0].text) <= 160


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
def test_a_letter_says_of_itself_what_the_clerk_needs(kind: rules.LetterKind) -> None:
    assert kind.use and kind.title and kind.addressee in rules.ADDRESSEES and kind.signer in rules.SIGNERS
    labels = [part.label for part in kind.parts]
    assert len(set(labels)) == len(labels)
    # A label is a blank of the Word template, so it is a plain name.
    assert all(label.isidentifier() for label in labels)
    blanks = {blank for part in kind.parts for blank in part.blanks}
    assert blanks - set(OF_THE_CASE) <= {fact.key for fact in kind.facts}
    unread = {fact.key for fact in kind.facts if fact.kind != "flag"} - blanks
    assert unread == set()


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
def test_every_article_of_a_letter_is_in_the_register(kind: rules.LetterKind) -> None:
    assert [one for one in kind.references if not known(one)] == []


@pytest.mark.feature("D09")
def test_letters_differ_in_what_they_must_say_and_in_their_words() -> None:
    """Two letters with the same elements, or nearly the same words, are one letter under two names."""
    same = [
        (one.key, other.key)
        for one, other in itertools.combinations(KINDS.values(), 2)
        if set(one.mandatory) == set(other.mandatory)
    ]
    assert same == []
    bodies = {kind.key: "\n".join(one.text for one in whole(kind)) for kind in KINDS.values()}
    alike = {}
    for one, other in itertools.combinations(bodies, 2):
        matcher = difflib.SequenceMatcher(None, bodies[one], bodies[other], autojunk=False)
        if matcher.real_quick_ratio() >= 0.9 and matcher.quick_ratio() >= 0.9 and matcher.ratio() >= 0.9:
            alike[one, other] = matcher.ratio()
    assert alike == {}


@pytest.mark.law("复议法20.3")
@given(kind=st.sampled_from(list(KINDS.values())), data=st.data())
def test_the_checker_finds_every_removed_element(kind: rules.LetterKind, data: st.DataObject) -> None:
    part = data.draw(st.sampled_from([part for part in kind.parts if part.required]))
    blank = data.draw(st.sampled_from(["", " ", "\n", "　"]))
    bare = [rules.Paragraph(one.key, blank if one.key == part.key else one.text) for one in whole(kind)]
    assert f"letter.missing_{part.key}" in {one.code for one in rules.faults(kind, bare, facts(kind))}


@given(kind=st.sampled_from(list(KINDS.values())), data=st.data())
def test_the_checker_finds_every_fact_that_was_not_given(kind: rules.LetterKind, data: st.DataObject) -> None:
    wanted = [fact for fact in kind.facts if fact.required]
    if not wanted:
        return
    fact = data.draw(st.sampled_from(wanted))
    given_facts = facts(kind) | {fact.key: ""}
    found = {one.code for one in rules.faults(kind, rules.compose(kind, given_facts), given_facts)}
    assert f"letter.fact_{fact.key}" in found
    assert any(code.startswith("letter.open_") for code in found)


@given(kind=st.sampled_from(list(KINDS.values())), data=st.data())
def test_the_checker_finds_words_that_were_edited_away(kind: rules.LetterKind, data: st.DataObject) -> None:
    """Dates, amounts, the words of the law: an element that no longer says them is found."""
    bound = [part for part in kind.parts if part.words and not part.locked]
    if not bound:
        return
    part = data.draw(st.sampled_from(bound))
    texts = [rules.Paragraph(one.key, "见上。" if one.key == part.key else one.text) for one in whole(kind)]
    assert f"letter.words_{part.key}" in {one.code for one in rules.faults(kind, texts, facts(kind))}


@pytest.mark.parametrize("kind", [k for k in KINDS.values() if k.article_told], ids=lambda kind: kind.key)
def test_a_letter_that_cites_no_article_is_found(kind: rules.LetterKind) -> None:
    texts = [rules.Paragraph(one.key, one.text.replace("条", "")) for one in whole(kind)]
    texts = [rules.Paragraph(one.key, one.text.replace("号", "")) for one in texts]
    assert "letter.article_untold" in {one.code for one in rules.faults(kind, texts, facts(kind))}


@given(words=st.text(max_size=80))
def test_words_of_the_applicant_are_put_in_once_and_never_read_as_blanks(words: str) -> None:
    kind = rules.letter_kind("answer_needs_making")
    asked = "{agency}{remedy}" + words
    opening = rules.compose(kind, facts(kind) | {"asked": asked})[1].text
    assert asked.strip() in opening or asked.strip() == ""


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
def test_letters_to_others_do_not_tell_who_asked(kind: rules.LetterKind) -> None:
    """A third party or another agency learns what is asked for, not by whom (条例 says nothing of telling it)."""
    if kind.addressee in (rules.THIRD_PARTY, rules.AGENCY):
        assert OF_THE_CASE["applicant"] not in "".join(one.text for one in whole(kind))
        assert "applicant" not in {blank for part in kind.parts for blank in part.blanks}


def test_answers_tell_the_remedy_and_the_leader_signs_them() -> None:
    told = {kind.key for kind in KINDS.values() if kind.part(rules.REMEDY)}
    for one in DISPOSITIONS.values():
        kind = KINDS[one.letter]
        if kind.is_answer:
            assert kind.key in told and kind.signer == rules.LEADER and kind.part(rules.REMEDY).locked
    assert {"third_party_told", "amend_letter", "record_refused"} <= told


def test_an_unknown_letter_is_named() -> None:
    with pytest.raises(rules.UnknownLetter, match="没有“love_letter”这种文书"):
        rules.letter_kind("love_letter")


def test_locked_elements_follow_the_day_and_typed_ones_stay() -> None:
    kind = rules.letter_kind("refuse_process")
    typed = [rules.Paragraph(one.key, f"{one.text}（已改）") for one in whole(kind)]
    again = rules.recompose_locked(kind, typed, facts(kind) | {"remedy": "新的救济途径"})
    words = {one.key: one.text for one in again}
    assert words[rules.REMEDY] == "新的救济途径" and words["result"].endswith("（已改）")
