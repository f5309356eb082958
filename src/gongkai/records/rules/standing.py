"""What of the gate's findings a declared field may hold: the schema has said that it is public by its nature."""

from __future__ import annotations

from gongkai.records.rules.declared import Field, Mask, Office

# The gate's own names of its rules; a test holds them against the gate.
MOBILE, HOME, NAMES = "personal.mobile", "personal.address", "personal.name_list"
_OF_OFFICE = {Office.PHONE: MOBILE, Office.ADDRESS: HOME}
LEAST_REASON = 4
BULK = 20  # so many of one kind are let through only on the word of two people


def may_stand(field: Field, rule: str) -> bool:
    """Whether the schema itself lets this kind of finding stand: the phone or place of an institution; the names of
    a list that is published by name."""
    if rule == NAMES:
        return field.personal
    return _OF_OFFICE.get(field.office) == rule


def is_read(field: Field) -> bool:
    """Whether a field is read at the gate: what is free text or a whole number, and shown at all."""
    return (
        field.kind in ("string", "integer")
        and not field.choices
        and not field.link
        and field.mask is not Mask.HIDDEN
    )


def needs(count: int) -> int:
    """How many persons must answer for so many findings of one kind.

    >>> needs(19), needs(20)
    (1, 2)
    """
    return 2 if count >= BULK else 1
