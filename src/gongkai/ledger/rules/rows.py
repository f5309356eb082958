"""One row of a plan's table before its words are understood, whatever form the table had."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.kernel.text.numerals import squeeze


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one row as written. ``units`` pairs the words with the kind of their column.

    ``place`` counts the rows of all tables from 1; ``problem`` says what is wrong with the row's form.
    """

    place: int
    number: str = ""
    field: str = ""
    title: str = ""
    requirement: str = ""
    units: tuple[tuple[str, str], ...] = ()
    deadline: str = ""
    numbered: bool = True
    problem: str = ""
    torn: bool = False


def joined(text: str) -> str:
    """The words of a field in one line: white space between its lines is of the form, not of the text.

    >>> joined("做好数据\\n 开放。")
    '做好数据开放。'
    """
    return "".join(squeeze(line) for line in text.splitlines())


@dataclass(frozen=True, slots=True)
class TableFault:
    """Why a table as a whole cannot be a plan, in words for the clerk."""

    message: str
