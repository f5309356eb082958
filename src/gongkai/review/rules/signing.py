"""The 发文单: what a printed sheet is called, and when a signed one stands for the signer's own approval."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from gongkai.law.refusal import Refusal

RULE = "纸质签批"
# How long a passkey or a code that was just used speaks for the person who signs.
PROOF_SECONDS = 300


def text_digest(title: str, number: str, body: str, openness: str, attachments: Iterable[str]) -> str:
    """What was signed or confirmed, in 64 signs: another word, another digest.

    >>> text_digest("甲", "", "乙", "", []) == text_digest("甲", "", "丙", "", [])
    False
    """
    parts = (title, number, body, openness, *attachments)
    return sha256("\x1f".join(parts).encode()).hexdigest()


def sheet_code(*, document: int, round_: int, digest: str) -> str:
    """The number on the sheet; it holds the round and the text, so that an old sheet signs nothing new.

    >>> sheet_code(document=12, round_=2, digest="0a1b2c3d4e")
    'FW12-2-0A1B2C3D'
    """
    return f"FW{document}-{round_}-{digest[:8].upper()}"


def sheet_refusals(
    *, typed: str, code: str, signed_on: date, sent_on: date, today: date, signer: int, recorder: int | None
) -> list[Refusal]:
    """Why a signed sheet cannot stand for the approval."""
    found = []
    if typed.strip().upper().replace(" ", "") != code:
        text = (
            f"发文单编号应为 {code}。编号不同的，签的是另一轮送审或者改动以前的文稿，请重新打印、重新签批。"
        )
        found.append(Refusal("sheet.code", RULE, text))
    if signed_on > today:
        found.append(Refusal("sheet.future", RULE, f"签批日期 {signed_on} 还没有到，请核对纸上的日期。"))
    if signed_on < sent_on:
        text = f"签批日期 {signed_on} 早于送审日期 {sent_on}，签的不是这一稿，请核对纸上的日期。"
        found.append(Refusal("sheet.before", RULE, text))
    if signer == recorder:
        text = "登记人和签批人不能是同一人。您可以自己登录签发；纸上签的，请由别的同志登记。"
        found.append(Refusal("sheet.same_person", RULE, text))
    return found
