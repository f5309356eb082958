"""Numbers that name a person or a body, how much of them is shown, and the code that opens a progress page."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from gongkai.law.basis import basis

_ID = re.compile(r"[1-9]\d{5}(?:18|19|20)\d{9}[\dX]")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK = "10X98765432"
_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_MOBILE = re.compile(r"1[3-9]\d{9}")
_EMAIL = re.compile(r"[^@\s,;，；]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")

# Without signs that are taken for each other on paper or on the phone: 0 O D Q, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V.
CODE_SIGNS = "34679ACEFHJKMNPRTWXY"
CODE_LENGTH, CODE_GROUP = 20, 4  # 20 signs of 20 are 86 bits
RANDOM_BYTES = 16


@basis("条例29.2(1)")
def id_number_fault(number: str, *, today: date) -> str:
    """What is wrong with a citizen's ID number (GB 11643-1999), empty where nothing is.

    >>> id_number_fault("11010519491231002X", today=date(2026, 1, 5))
    ''
    """
    text = plain(number)
    if len(text) == 15 and text.isdigit():
        return "这是 15 位的旧身份证号码，2013年起已停用。请填写 18 位号码。"
    if len(text) != 18:
        return f"身份证号码应为 18 位，现在是 {len(text)} 位。请核对是否漏写或者多写。"
    if not _ID.fullmatch(text):
        return "身份证号码前 17 位应为数字，最后一位是数字或者 X。请核对。"
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return f"身份证号码里的出生日期 {text[6:14]} 不存在。请核对第 7 到 14 位。"
    if born > today:
        return f"身份证号码里的出生日期 {born} 晚于今天。请核对第 7 到 14 位。"
    total = sum(int(digit) * weight for digit, weight in zip(text, _ID_WEIGHTS, strict=False))
    if _ID_CHECK[total % 11] != text[17]:
        return "身份证号码的校验位不对，有一位写错了。请对照证件逐位核对。"
    return ""


@basis("条例29.2(1)")
def uscc_fault(code: str) -> str:
    """What is wrong with a 统一社会信用代码 (GB 32100-2015), empty where nothing is.

    >>> uscc_fault("91350100M000100Y43")
    ''
    """
    text = plain(code)
    if len(text) != 18:
        return f"统一社会信用代码应为 18 位，现在是 {len(text)} 位。请核对是否漏写或者多写。"
    wrong = sorted({sign for sign in text if sign not in _USCC_SIGNS})
    if wrong:
        return f"统一社会信用代码不使用 {'、'.join(wrong)}。请核对是否把数字写成了字母。"
    total = sum(_USCC_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(text[:17]))
    if _USCC_SIGNS[(31 - total % 31) % 31] != text[17]:
        return "统一社会信用代码的校验位不对，有一位写错了。请对照证照逐位核对。"
    return ""


def mobile_fault(number: str) -> str:
    """What is wrong with a mobile number, empty where nothing is.

    >>> mobile_fault("+86 138-0000-0000")
    ''
    """
    if _MOBILE.fullmatch(bare_mobile(number)):
        return ""
    return "手机号码应为 11 位，以 13 到 19 开头。请核对；固定电话请填在“联系电话”里。"


def email_fault(address: str) -> str:
    """What is wrong with an e-mail address, empty where nothing is."""
    if _EMAIL.fullmatch(unicodedata.normalize("NFKC", address).strip()):
        return ""
    return "电子邮箱没有读懂，应像 name@example.com。请核对。"


def plain(number: str) -> str:
    """A number as it is stored and compared: half width, capitals, without blanks and dashes."""
    return re.sub(r"[\s\-—－·]", "", unicodedata.normalize("NFKC", number)).upper()


def bare_mobile(number: str) -> str:
    """The eleven digits of a mobile number, however it was written."""
    digits = plain(number).removeprefix("+").replace("(", "").replace(")", "")
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits


@basis("个人信息保护法51")
def masked(number: str, *, front: int = 3, back: int = 4) -> str:
    """An identity or telephone number as pages show it; short ones show their last sign only.

    >>> masked("11010519491231002X"), masked("13800001234"), masked("A123")
    ('110***********002X', '138****1234', '***3')
    """
    text = plain(number)
    if len(text) <= front + back:
        return "*" * max(0, len(text) - 1) + text[-1:]
    return text[:front] + "*" * (len(text) - front - back) + text[-back:]


@basis("个人信息保护法51")
def masked_name(name: str) -> str:
    """A person's name as lists in public show it.

    >>> masked_name("王小明"), masked_name("欧阳锋")
    ('王**', '欧**')
    """
    text = name.strip()
    return text[:1] + "*" * (len(text) - 1) if len(text) > 1 else "*" * len(text)


@basis("个人信息保护法51")
def masked_email(address: str) -> str:
    """An address with the first sign of its name and the whole domain.

    >>> masked_email("wang@example.com")
    'w***@example.com'
    """
    name, at, domain = address.strip().partition("@")
    return f"{name[:1]}***{at}{domain}" if at else masked(address)


def query_code(random: bytes) -> str:
    """The code of a receipt from random bytes: 86 bits in groups of four without look-alike signs.

    The bytes come from ``secrets.token_bytes(RANDOM_BYTES)`` at the edge; fewer are refused.

    >>> query_code(bytes(16))
    '3333-3333-3333-3333-3333'
    """
    if len(random) < RANDOM_BYTES:
        raise ValueError(f"{RANDOM_BYTES} random bytes are needed for a query code")
    number = int.from_bytes(random, "big")
    signs = ""
    for _ in range(CODE_LENGTH):
        number, rest = divmod(number, len(CODE_SIGNS))
        signs += CODE_SIGNS[rest]
    return grouped(signs)


def grouped(signs: str) -> str:
    """The signs of a code as they are printed."""
    return "-".join(signs[start : start + CODE_GROUP] for start in range(0, len(signs), CODE_GROUP))


def normal_code(typed: str) -> str:
    """A code as somebody typed it, in the printed form; empty where it cannot be one.

    Blanks, dashes, small letters and full-width signs do not matter. Whoever asks answers an empty code and an
    unknown one alike.

    >>> normal_code(" 3333 3333－3333 3333 aaaa ")
    '3333-3333-3333-3333-AAAA'
    """
    signs = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", typed[:200])).upper()
    if len(signs) != CODE_LENGTH or any(sign not in CODE_SIGNS for sign in signs):
        return ""
    return grouped(signs)
