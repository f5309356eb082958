"""A letter as a file: the Word paper as it was signed, and its words for readers without Word."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.foi.models import Letter
from gongkai.foi.queries.letter_papers import file_name, paper_of, plain_text


def letter_files(letter: Letter, *, as_paper: bool) -> Iterator[tuple[str, bytes]]:
    """Name and content of a letter's files. The Word paper is filled in a child process, so a list of the file
    does without it."""
    stem = file_name(letter).rpartition(".")[0]
    if as_paper and letter.text:
        yield f"{stem}.docx", paper_of(letter)
    yield f"{stem}.txt", f"{plain_text(letter)}\n\n签发时摘要 SM3：{letter.digest}\n".encode()
