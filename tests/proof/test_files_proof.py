"""Each guard of a container is needed: with it switched off, the hostile file that it stops gets through."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.files import guard, sniff
from gongkai.files.problems import Unreadable
from gongkai.files.tests.test_hostile_files import HOSTILE, packed


def verdict(path: Path) -> str:
    try:
        guard.check_container(path).close()
    except Unreadable as problem:
        return problem.code
    return "passed"


GUARDS = [
    ("path slip", "_check_entry", '".." in parts', "False"),
    ("path slip of Windows", "_check_entry", 're.match(r"[A-Za-z]:", name)', "False"),
    ("entities", "_unpack_counting", "any(word in window for word in _DECLARATIONS)", "False"),
    ("too many members", "check_container", "len(members) > MAX_MEMBERS", "False"),
    ("a program inside", "_check_entry", "_STOWAWAYS.search(name)", "False"),
    (
        "fifteen million paragraphs",
        "_unpack_counting",
        "size > MAX_RATIO * max(member.compress_size, 1)",
        "False",
    ),
]


@pytest.mark.parametrize(("name", "function", "words", "instead"), GUARDS)
def test_guard_of_a_container_is_needed(
    tmp_path: Path, switch_off: Callable[..., None], name: str, function: str, words: str, instead: str
) -> None:
    members, code = HOSTILE[name]
    path = packed(tmp_path / "a.docx", members)
    assert verdict(path) == code
    switch_off(guard, function, words, instead)
    assert verdict(path) == "passed"


def test_both_size_guards_of_a_bomb_are_needed(tmp_path: Path, switch_off: Callable[..., None]) -> None:
    members, code = HOSTILE["zip bomb"]
    path = packed(tmp_path / "a.docx", members)
    assert verdict(path) == code
    switch_off(guard, "_check_entry", "member.file_size > MAX_MEMBER_BYTES", "False")
    assert verdict(path) == code  # counted while unpacking, not believed
    switch_off(guard, "_unpack_counting", "size > limit or", "False or")
    assert verdict(path) == code  # packed too well
    switch_off(guard, "_unpack_counting", "size > MAX_RATIO * max(member.compress_size, 1)", "False")
    assert verdict(path) == "passed"


def test_comparing_name_and_bytes_is_needed(switch_off: Callable[..., None]) -> None:
    assert sniff.belies("公文.docx", "pdf")
    switch_off(sniff, "belies", "kind not in promised", "False")
    assert not sniff.belies("公文.docx", "pdf")
