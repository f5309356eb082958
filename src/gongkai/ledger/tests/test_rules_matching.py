"""A record is evidence where unit, year and words fit; the reason is always told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.ledger.rules.matching import (
    Candidate,
    Subject,
    explain,
    index_of,
    match,
    matter_of,
    staleness,
)
from gongkai.ledger.rules.words import distinctive, given_words, weight_of, words_of

pytestmark = pytest.mark.feature("L03")
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
BUDGET = Subject(1, ("部门预算", "预算", "决算", "财政"), frozenset({10, 11}), FIRST, LAST)
SCHOOLS = Subject(2, ("义务教育", "招生政策", "学区"), frozenset({20}), FIRST, LAST)
INDEX = index_of([BUDGET, SCHOOLS])
ITEM = "财政预决算，财政预算、决算信息"


def record(title: str, **more: object) -> Candidate:
    given_ = {
        "id": 7, "units": (10,), "keywords": (), "item": "", "item_words": "", "theme": "",
        "published_on": date(2026, 3, 2), **more,
    }  # fmt: skip
    return Candidate(title=title, **given_)  # type: ignore[arg-type]


def hits(candidate: Candidate) -> list[int]:
    return sorted(hit.subject for hit in match(INDEX, candidate))


@pytest.mark.parametrize(
    ("candidate", "expected"),
    [
        (record("关于公布2026年部门预算的通知"), [1]),
        (record("关于公布2026年预算的通知"), []),  # one word alone is not enough
        (record("关于公布2026年预算和决算的通知"), [1]),
        (record("关于公布2026年预算的通知", item="20-07", item_words=ITEM), [1]),
        (record("关于公布2026年预算的通知", theme="财政、金融、审计"), [1]),
        (record("关于印发工作安排的通知", keywords=("部门预算",)), [1]),
        (record("2026年收支总表", item="20-07", item_words=ITEM), [1]),  # the catalogue says it twice
        (record("关于公布2026年部门预算的通知", units=(20,)), []),
        (record("关于公布2026年部门预算的通知", units=(99, 11)), [1]),  # its superior answers for the task
        (record("关于公布2025年部门预算的通知", published_on=date(2025, 12, 31)), []),
        (record("区财政局关于停车场的通知"), []),  # the name of the unit proves nothing
        (record("关于义务教育学校学区的公告", units=(20,)), [2]),
    ],
)
def test_what_is_evidence_for_which_task(candidate: Candidate, expected: list[int]) -> None:
    assert hits(candidate) == expected


TITLES = st.text("关于公布部门预算决算财政义务教育招生政策学区停车的通知2026", max_size=30)


@given(
    title=TITLES,
    units=st.lists(st.sampled_from((10, 11, 20, 30)), min_size=1, max_size=2).map(tuple),
    day=st.dates(date(2025, 6, 1), date(2027, 6, 1)),
    item=st.sampled_from(("", ITEM)),
)
def test_no_hit_outside_unit_and_year_and_none_without_a_reason(
    title: str, units: tuple[int, ...], day: date, item: str
) -> None:
    found = match(
        INDEX, record(title, units=units, published_on=day, item="20-07" if item else "", item_words=item)
    )
    for hit in found:
        subject = {1: BUDGET, 2: SCHOOLS}[hit.subject]
        assert hit.unit in units and hit.unit in subject.units
        assert subject.first <= hit.published_on <= subject.last
        assert hit.words or hit.by_item
        assert all(word in title for word in hit.words)
        assert not any(a != b and a in b for a in hit.words for b in hit.words)


@given(st.lists(st.text("权责清单预算公开信息工作", max_size=12), max_size=6))
def test_words_are_whole_and_short(texts: list[str]) -> None:
    for word in words_of(*texts):
        assert 2 <= len(word) <= 8 and any(word in text for text in texts)


def test_common_words_tell_nothing_apart() -> None:
    own = distinctive([words_of("公开财政预算，接受群众监督。"), *[words_of("接受群众监督。")] * 9])
    assert any("预算" in word for word in own[0]) and all("监督" not in words for words in own)


def test_compound_is_one_proof() -> None:
    (hit,) = match(INDEX, record("关于公布部门预算的通知"))
    assert hit.words == ("部门预算",)
    assert weight_of("部门预算") == 3 and weight_of("预算") == 2 and weight_of("清单") == 1


def test_typed_words_are_parted_and_single_signs_dropped() -> None:
    assert given_words(" 学区，招生计划、招生计划；园\n名额 ") == ("学区", "招生计划", "名额")


@pytest.mark.parametrize(
    ("title", "matter"),
    [
        ("滨海区卫生健康局关于做好防护的通告", "做好防护的通告"),
        ("滨海区财政局2026年部门预算", "2026年部门预算"),
        ("2026年部门预算", "2026年部门预算"),
        ("关于", ""),
    ],
)
def test_issuer_in_front_of_a_title_is_left_out(title: str, matter: str) -> None:
    assert matter_of(title) == matter


def test_explanation_names_words_catalogue_unit_and_day() -> None:
    told = explain(
        words=["预算", "决算"], item="财政预决算", theme="财政、金融、审计", unit="区财政局",
        published_on=date(2026, 3, 2), year=2026,
    )  # fmt: skip
    for part in ("“预算”“决算”", "法定目录“财政预决算”", "主题“财政、金融、审计”", "区财政局", "2026-03-02"):
        assert part in told


@given(published=st.dates(FIRST, LAST), cycle=st.integers(1, 366), days=st.integers(0, 800))
def test_record_grows_stale_with_its_cycle_and_says_so(published: date, cycle: int, days: int) -> None:
    today = published + timedelta(days=days)
    said = staleness(published_on=published, withdrawn=False, cycle_days=cycle, today=today)
    assert bool(said) == (days > cycle)
    assert not said or published.isoformat() in said
    assert staleness(published_on=published, withdrawn=True, cycle_days=None, today=today)
    assert not staleness(published_on=published, withdrawn=False, cycle_days=None, today=today)
