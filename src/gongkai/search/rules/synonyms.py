"""Words people say beside the words papers use; added words are shown and can be switched off."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def table() -> dict[str, tuple[str, ...]]:
    """Each word with the other words of its group."""
    source = files("gongkai.search").joinpath("facts/synonyms.toml").read_text(encoding="utf-8")
    found: dict[str, dict[str, None]] = {}
    for group in tomllib.loads(source)["groups"]:
        for word in group:
            others = {other: None for other in group if other != word}
            found.setdefault(word, {}).update(others)
    return {word: tuple(others) for word, others in found.items()}


def same_meaning(word: str) -> tuple[str, ...]:
    """The words that papers may use instead of this one; empty for most words."""
    return table().get(word, ())
