"""What is hidden in a file is found, whatever way it was hidden; look-alikes are left in peace (B25)."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.files.inspecting import RULES
from gongkai.files.inspector import __main__ as child
from gongkai.files.inspector import doors
from gongkai.files.inspector.findings import Findings
from gongkai.files.problems import NOT_YET, Unreadable
from gongkai.files.tests import traps

pytestmark = pytest.mark.feature("B25")
RECALL, FALSE_ALARMS = 0.98, 0.02
NUMBERS = (3, 4)


def found_in(folder: Path, name: str, body: bytes) -> Findings:
    """The inspector called directly: these files are our own, so no child is needed."""
    path, findings = folder / "file", Findings()
    path.write_bytes(body)
    try:
        kind, box = child.kind_of(path, name)
        doors.inspect(kind, path, box, findings)
    except Unreadable as why:
        assert why.code == NOT_YET and name.endswith((".jpg", ".png")), (name, why.code)
    return findings


def test_there_are_enough_traps_of_enough_kinds() -> None:
    names = {name for name, _, _ in traps.traps(1)}
    assert len(names) >= 100
    assert len(names) * len(NUMBERS) >= 200
    assert {rule for _, rule, _ in traps.traps(1)} == set(RULES)


@pytest.mark.parametrize("number", NUMBERS)
def test_nearly_every_trap_is_found(tmp_path: Path, number: int) -> None:
    made = traps.traps(number)
    missed = [
        (name, rule)
        for name, rule, body in made
        if rule not in {found[0] for found in found_in(tmp_path, name, body).traps}
    ]
    assert len(missed) <= (1 - RECALL) * len(made), missed


@pytest.mark.parametrize("number", NUMBERS)
def test_a_look_alike_is_left_in_peace(tmp_path: Path, number: int) -> None:
    made = traps.clean(number)
    alarms = [(name, list(found)) for name, body in made if (found := found_in(tmp_path, name, body).traps)]
    assert len(alarms) <= FALSE_ALARMS * len(made), alarms


def test_the_words_that_are_hidden_go_to_the_gate_too(tmp_path: Path) -> None:
    """A number in white on white is hidden content, and a personal number as well."""
    silent = ("author", "script", "launch", "macro", "place", "file link")
    for name, rule, body in traps.traps(5):
        if traps.secret(5).encode() in body and name.endswith(".pdf") and not name.startswith(silent):
            passages = "".join(text for _, text, *_ in found_in(tmp_path, name, body).passages)
            assert traps.secret(5) in passages or rule == "hidden.previous_revision", name


def test_signs_that_stand_alone_are_joined_to_words(tmp_path: Path) -> None:
    """Some programs write every sign as an object: the gate still sees one number."""
    signs = "".join(
        f" BT /F1 12 Tf {50 + at * 7} 300 Td ({sign}) Tj ET" for at, sign in enumerate("13800000000")
    )
    found = found_in(tmp_path, "a.pdf", traps.saved_pdf(signs.encode()))
    assert "13800000000" in {text for _, text, *_ in found.passages}
