"""Takes words out of a page's drawing orders, one order for each object that the drawing program made of it."""

from __future__ import annotations

from typing import Any

import pikepdf

from gongkai.files.inspector.pdfpage import Thing

SHOWING = ("Tj", "TJ", "'", '"')
PLACING = ("Td", "TD", "Tm", "T*", "ET", "'", '"')


def without_words(pdf: pikepdf.Pdf, page: pikepdf.Page, words: list[Thing]) -> bool:
    """Take these words out; False where the orders and the objects cannot be paired."""
    gone = {one.nth for one in words}
    if -1 in gone:
        return False
    try:
        orders = list(pikepdf.parse_content_stream(page))
    except pikepdf.PdfError:
        return False
    places = [at for at, one in enumerate(orders) if _shows(one)]
    if max(gone) >= len(places):
        return False
    out: list[Any] = []
    away = {places[nth] for nth in gone}
    for at, order in enumerate(orders):
        if at not in away:
            out.append(_plain(order))
            continue
        if not _placed_anew(orders, at, away):
            return False
        if str(order.operator) in ("'", '"'):
            out.append(pikepdf.ContentStreamInstruction([], pikepdf.Operator("T*")))
    page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(out))
    return True


def _shows(order: Any) -> bool:
    name = str(order.operator)
    if name not in SHOWING:
        return False
    value = order.operands[-1]
    if name == "TJ":
        return any(isinstance(one, pikepdf.String) for one in value)
    return len(bytes(value)) > 0


def _placed_anew(orders: list[Any], at: int, away: set[int]) -> bool:
    """Whether what follows does not lean on how far these words reached."""
    for following in range(at + 1, len(orders)):
        name = str(orders[following].operator)
        if name in PLACING:
            return True
        if name in SHOWING and following not in away:
            return False
    return True


def _plain(order: Any) -> Any:
    """An order without the words that it repeats for programs that read aloud."""
    if str(order.operator) not in ("BDC", "DP") or not isinstance(order.operands[-1], pikepdf.Dictionary):
        return order
    told = {
        key: value for key, value in order.operands[-1].items() if key not in ("/ActualText", "/Alt", "/E")
    }
    return pikepdf.ContentStreamInstruction([order.operands[0], pikepdf.Dictionary(told)], order.operator)
