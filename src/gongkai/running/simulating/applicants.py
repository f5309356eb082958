"""Invented applicants: numbers with the right check sign of a place that does not exist (990202), nobody real."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from gongkai.foi.actions.opening import Asking
from gongkai.foi.models import Applicant
from gongkai.foi.rules.identity import masked
from gongkai.running.demo.codes import credit_code
from gongkai.running.demo.district import names

PLACE_CODE = "990202"
KINDS = (
    (Applicant.Kind.PERSON, 78),
    (Applicant.Kind.BUSINESS, 12),
    (Applicant.Kind.LEGAL, 5),
    (Applicant.Kind.WELFARE, 2),
    (Applicant.Kind.RESEARCH, 1),
    (Applicant.Kind.OTHER, 2),
)
ENDINGS = {
    Applicant.Kind.BUSINESS: "商贸有限公司",
    Applicant.Kind.LEGAL: "律师事务所",
    Applicant.Kind.WELFARE: "公益服务中心",
    Applicant.Kind.RESEARCH: "研究院",
    Applicant.Kind.OTHER: "业主委员会",
}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
FIRST_NUMBER = 2000  # beyond the people of the demo district


def id_number(born: date, order: int) -> str:
    """A number whose check sign is right (GB 11643) in a place without people.

    >>> id_number(date(1990, 3, 7), 12)[:6]
    '990202'
    """
    body = f"{PLACE_CODE}{born:%Y%m%d}{order % 1000:03d}"
    return body + _CHECK[sum(int(sign) * weight for sign, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def applicant(dice: Random, number: int) -> Asking:
    """One applicant; the same dice give the same one."""
    kind = dice.choices([one for one, _ in KINDS], [weight for _, weight in KINDS])[0]
    name = names(FIRST_NUMBER + number)
    if kind == Applicant.Kind.PERSON:
        born = date(1950, 1, 1) + timedelta(days=dice.randrange(20000))
        document, held = Applicant.Document.ID_CARD, id_number(born, number)
    else:
        document, held = Applicant.Document.USCC, credit_code(5000 + number)
    return Asking(
        kind=kind,
        name=name if kind == Applicant.Kind.PERSON else f"滨海区{name[-2:]}{ENDINGS[kind]}",
        document=document,
        document_number=held,
        document_masked=masked(held),
        phone=f"1990000{number % 10000:04d}",
        address=f"滨海区观澜路{number % 300 + 1}号",
        contact_person="" if kind == Applicant.Kind.PERSON else name,
    )
