"""Facts for every letter of the registry, each of them different, so that a letter is whole."""

from __future__ import annotations

from gongkai.foi.rules.letters import LetterKind


def facts_for(kind: LetterKind) -> dict[str, str]:
    """Every fact of a letter with a value of its kind."""
    return {fact.key: _worth(kind, fact.key, fact.kind, fact.label) for fact in kind.facts}


def _worth(kind: LetterKind, key: str, fact_kind: str, label: str) -> str:
    match fact_kind:
        case "date":
            return "2026-10-30"
        case "number":
            return "10"
        case "money":
            return "300"
        case "flag":
            return ""
    return f"关于{kind.title}所写的{label}的具体内容"
