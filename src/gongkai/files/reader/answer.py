"""What the child says to its caller: one JSON line a block, counted, and the verdict as the last line."""

from __future__ import annotations

import json
from typing import IO, Any

from gongkai.files.problems import Unreadable

MAX_PARAGRAPHS = 200_000
MAX_CELLS = 200_000
MAX_CHARACTERS = 20_000_000
MAX_PAGES = 1000


class Answer:
    """Writes blocks as they are found and stops a file that has too many."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._paragraphs = self._cells = self._characters = 0
        self.warnings: list[str] = []
        self.unread = 0  # pages that are pictures without words
        self.sure = 0.0  # how sure a recognition was; 0 = the words were written, not recognised

    @property
    def has_text(self) -> bool:
        return self._characters > 0

    def warn(self, sentence: str) -> None:
        """Something a person should know although the file was read."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def count_paragraph(self) -> None:
        """Empty paragraphs are counted too: fifteen million of them are no paper."""
        self._paragraphs += 1
        if self._paragraphs > MAX_PARAGRAPHS:
            raise Unreadable("file.too_much")

    def paragraph(self, text: str, **form: Any) -> None:
        """One paragraph; form is style, align, size, bold, page, part where known."""
        self.count_paragraph()
        self._count_text(text)
        self._line({"text": text, **{key: value for key, value in form.items() if value}})

    def table(self, rows: list[list[tuple[str, int, int, str]]], *, name: str = "", page: int = 0) -> None:
        """One rectangular table, see ``kernel.text.blocks.Table``."""
        for row in rows:
            self._cells += len(row)
            for cell in row:
                self._count_text(cell[0])
        if self._cells > MAX_CELLS:
            raise Unreadable("file.too_much")
        self._line({"rows": rows, "name": name, "page": page})

    def sheet(
        self,
        name: str,
        *,
        hidden: bool,
        rows: dict[int, list[tuple[int, str, str]]],
        merges: list[tuple[int, int, int, int]],
        hidden_rows: list[int],
    ) -> None:
        """One sheet cell by cell, see ``kernel.text.sheetcells.SheetGrid``; a cell is column, text, kind."""
        for cells in rows.values():
            self._cells += len(cells)
            for _, text, _ in cells:
                self._count_text(text)
        if self._cells > MAX_CELLS:
            raise Unreadable("file.too_much")
        self._line(
            {
                "sheet": name,
                "hidden": hidden,
                "cells": list(rows.items()),
                "merges": merges,
                "rows": hidden_rows,
            }
        )

    def verdict(self, kind: str, problem: Unreadable | None) -> None:
        """The last line."""
        self._line(
            {
                "verdict": {
                    "kind": kind,
                    "readable": problem is None,
                    "problem": problem.text if problem else "",
                    "code": problem.code if problem else "",
                    "warnings": self.warnings,
                    "unread_pages": self.unread,
                    "ocr": self.sure,
                }
            }
        )
        self._stream.flush()

    def _count_text(self, text: str) -> None:
        self._characters += len(text.strip())
        if self._characters > MAX_CHARACTERS:
            raise Unreadable("file.too_much")

    def _line(self, row: dict[str, Any]) -> None:
        self._stream.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
