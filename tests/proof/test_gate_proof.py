"""The gate is needed: with a guard switched off, the number that it stops gets into public or into a finding."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongkai.documents import queries as documents
from gongkai.files.masking import Masked
from gongkai.gate.queries import masking
from gongkai.gate.rules import folding, personal, personal_card, personal_id, personal_phone
from gongkai.gate.rules.finding import Known, Level, Passage
from gongkai.publishing.tests.world import World
from gongkai.review.actions import deciding

ID = "11010519491231002X"
SwitchOff = Callable[..., None]


@pytest.fixture
def town(db: None, settings: Any, tmp_path: Any) -> World:
    settings.FILES_DIR = tmp_path / "files"
    return World()


def out(town: World) -> str:
    """What stands in public of a paper with a number in it; empty where it was stopped."""
    try:
        return town.published(body=f"<p>当事人身份证{ID}。</p>").edition.body
    except Exception:  # noqa: BLE001 -- any refusal is a stop
        return ""


def test_without_the_gate_a_planted_number_gets_out(
    town: World, switch_off: SwitchOff, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert out(town) == ""
    # The signer's guard alone: publishing stops it still.
    switch_off(deciding, "final_refusals", " + gate_refusals(document, today=today)", "")
    assert out(town) == ""
    monkeypatch.setattr(documents, "gate_refusals", lambda document, *, today: [])
    assert ID in out(town)


@pytest.mark.parametrize(
    ("owner", "function", "guard", "instead", "text", "hits"),
    [
        (personal_id, "is_id", '"10X98765432"[total % 11] == number[17].upper() and', "", "编号110105194912310021", 0),
        (personal_id, "is_id", " and _is_day(number[6:14])", "", "编号110105194913310021", 0),
        (personal_card, "is_card", "known and _luhn(number)", "known", "卡号6222021234567890123", 0),
        (personal_card, "is_card", "known and _luhn(number)", "_luhn(number)", "卡号7000000000000005", 0),
        (personal_phone, "_stands_alone", "_UNIT.match(folded, end)", "False", "共计13912345678元", 0),
    ],
)  # fmt: skip
def test_each_condition_of_a_number_is_needed(
    switch_off: SwitchOff, owner: Any, function: str, guard: str, instead: str, text: str, hits: int
) -> None:
    assert len(personal.find([Passage("a", text)])) == hits
    switch_off(owner, function, guard, instead)
    assert len(personal.find([Passage("a", text)])) > hits


def test_folding_is_needed_for_a_number_in_full_width(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "手机１３９１２３４５６７８"
    assert len(personal.find([Passage("a", text)])) == 1
    monkeypatch.setattr(personal, "fold", lambda given: given.replace("\u3000", " "))
    monkeypatch.setattr(folding, "_TABLE", {})
    assert folding.fold(text) == text


def test_masking_the_neighbour_in_a_quote_is_needed(switch_off: SwitchOff) -> None:
    passage = Passage("a", f"{ID}，13912345678")
    assert all("13912345678" not in one.after for one in personal.find([passage]))
    switch_off(personal, "_masked_part", "one.start >= low and one.end <= high", "False")
    assert any("13912345678" in one.after for one in personal.find([passage]))


def test_without_the_second_look_a_mask_that_missed_gets_out(
    tmp_path: Path, switch_off: SwitchOff, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, wanted = tmp_path / "a.txt", {("personal.mobile", Level.BLOCK)}
    path.write_text("手机13912345678", encoding="utf-8")
    monkeypatch.setattr(masking, "mask", lambda source, **_: Masked(path.read_bytes()))
    assert "没有遮盖干净" in masking.masked_copy(path, path.name, "txt", Known(), wanted).why
    switch_off(masking, "masked_copy", "any((one.rule, one.level) in wanted for one in left)", "False")
    assert "13912345678" in masking.masked_copy(path, path.name, "txt", Known(), wanted).content.decode()
