"""Hidden content is found and named; look-alikes are left in peace."""

from __future__ import annotations

import pytest

from gongkai.files.inspecting import RULES, inspect
from gongkai.files.tests import traps

pytestmark = pytest.mark.feature("B25")
# A few of all kinds through the child; all kinds in test_hidden_content.
TRAPS = traps.traps(7)[::16]
CLEAN = [one for one in traps.clean(7)[::16] if not one[0].endswith((".jpg", ".png"))]


@pytest.mark.parametrize(("name", "rule", "body"), TRAPS, ids=[one[0] for one in TRAPS])
def test_a_trap_is_found(name: str, rule: str, body: bytes) -> None:
    found = inspect(body, name)
    assert found.readable or name.endswith((".jpg", ".png")), found.why
    assert rule in {trap.rule for trap in found.traps}
    assert rule in RULES


@pytest.mark.parametrize(("name", "body"), CLEAN, ids=[one[0] for one in CLEAN])
def test_a_look_alike_is_no_trap(name: str, body: bytes) -> None:
    found = inspect(body, name)
    assert found.readable, found.why
    assert found.traps == ()


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.docx", b"PK\x03\x04 torn"),
        ("a.pdf", b"%PDF-1.7 torn"),
        ("a\x00.txt", b""),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
    ],
    ids=["docx", "pdf", "empty", "doc"],
)
def test_what_cannot_be_read_says_why(name: str, body: bytes) -> None:
    found = inspect(body, name)
    assert not found.readable
    assert found.why.endswith("。")
