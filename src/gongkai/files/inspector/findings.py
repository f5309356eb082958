"""What the child collects: passages and traps, bounded so that the answer stays small."""

from __future__ import annotations

MOST_TEXT = 4000
MOST_PASSAGES = 200_000
MOST_TRAPS = 2000
# Programs write themselves as the author; that says nothing of a person.
PROGRAMS = {
    "", "python-docx", "openpyxl", "microsoft office user", "libreoffice", "wps office", "wps", "microsoft",
    "administrator", "user", "admin",
}  # fmt: skip


class Findings:
    """Passages in reading order; each trap once, by rule and place."""

    def __init__(self) -> None:
        self.passages: list[tuple[str, str, str, str, bool]] = []
        self.traps: dict[tuple[str, str, str], None] = {}
        self.unread: list[int] = []  # pages that are pictures without words

    def passage(self, where: str, text: str, *, head: str = "", row: str = "", hidden: bool = False) -> None:
        if text.strip() and len(self.passages) < MOST_PASSAGES:
            self.passages.append((where, text, head, row[:MOST_TEXT], hidden))

    def trap(self, rule: str, where: str, text: str = "") -> None:
        if len(self.traps) < MOST_TRAPS:
            self.traps[("hidden." + rule, where, text[:MOST_TEXT])] = None

    def hidden(self, rule: str, where: str, text: str) -> None:
        """Hidden words: a trap, and a passage that the gate reads too."""
        self.trap(rule, where, text)
        self.passage(where, text, hidden=True)
