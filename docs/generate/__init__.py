"""Pages of the documentation that are made from the program, so that they cannot fall behind it.

``python -m docs.generate`` writes them; a test compares each with what the program says now.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "gongkai"
NOTE = "<!-- Made by `make docs`; do not edit. -->\n\n"


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table; a stroke inside a cell does not end the cell."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |\n" for row in lines)
