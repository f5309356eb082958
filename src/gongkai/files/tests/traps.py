"""All kinds of hidden content, one file each for a number; nothing here knows how they are found."""

from __future__ import annotations

from functools import cache

from gongkai.files.tests.trapfiles import Made, basic_clean, basic_traps, saved_pdf, secret
from gongkai.files.tests.trapoffice import office_clean, office_traps
from gongkai.files.tests.trappdf import pdf_more_clean, pdf_more_traps, pictures_clean

__all__ = ["clean", "saved_pdf", "secret", "traps"]


@cache
def traps(number: int) -> list[Made]:
    """One file of each kind: its name, the rule that must be found, its bytes."""
    more = [
        (name, "hidden." + rule, body) for name, rule, body in office_traps(number) + pdf_more_traps(number)
    ]
    return basic_traps(number) + more


@cache
def clean(number: int) -> list[tuple[str, bytes]]:
    """Files that look like a trap and are none."""
    return basic_clean(number) + office_clean(number) + pdf_more_clean(number) + pictures_clean(number)
