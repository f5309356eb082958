"""Personal data in made texts: how much is found, how much is found wrongly, and that no finding repeats it."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

from gongkai.gate.rules import personal
from gongkai.gate.rules.finding import Finding, Known, Passage

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from corpus import personal as made  # noqa: E402 -- not part of the package

KNOWN = Known(
    phones=frozenset(made.OWN_PHONES),
    addresses=frozenset(made.OWN_ADDRESSES),
    codes=frozenset(made.OWN_CODES),
)


def passages(case: made.Case) -> list[Passage]:
    return [Passage(f"名单!A{cell.row}", cell.text, cell.head, cell.row) for cell in case.cells]


def found(case: made.Case) -> list[Finding]:
    return personal.find(passages(case), KNOWN)


@pytest.mark.feature("C02")
@pytest.mark.law("条例15")
@pytest.mark.parametrize("seed", [20211, 7])
def test_recall_and_precision(seed: int) -> None:
    planted, innocent = made.positives(seed), made.negatives(seed + 1)
    assert len(planted) >= 1500 and len(innocent) >= 1500
    hits, missed, wrong = 0, Counter[str](), Counter[str]()
    for case in planted:
        rules = {one.rule for one in found(case)}
        hits += case.rule in rules
        missed[case.kind] += case.rule not in rules
        wrong.update(f"{case.kind}: {rule}" for rule in rules - {case.rule})
    for case in innocent:
        wrong.update(f"{case.kind}: {one.rule}" for one in found(case)[:1])
    assert hits / len(planted) >= 0.995, +missed
    assert hits / (hits + wrong.total()) >= 0.99, wrong


@pytest.mark.feature("C02")
def test_no_finding_repeats_what_it_found_and_each_mend_settles_it() -> None:
    for case in made.positives(3)[::3]:
        cells = passages(case)
        for one in personal.find(cells, KNOWN):
            assert case.secret not in one.text + one.before + one.after + one.says
        mended = [_mended(cell, personal.find(cells, KNOWN)) for cell in cells]
        assert personal.find(mended, KNOWN) == [], case


def _mended(passage: Passage, findings: list[Finding]) -> Passage:
    text = passage.text
    for one in sorted(findings, key=lambda one: -one.start):
        if one.where == passage.where:
            text = text[: one.start] + one.mend + text[one.end :]
    return Passage(passage.where, text, passage.head, passage.row)


def test_the_corpus_does_not_know_the_detector() -> None:
    for path in Path(made.__file__).parent.glob("[!t]*.py"):
        assert "gongkai" not in path.read_text()
