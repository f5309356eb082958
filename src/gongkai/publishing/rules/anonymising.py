"""Taking people out of a text whose public period is over: columns of personal data, numbers, labelled names.

《个人信息保护法》 arts. 19 and 47: personal information is kept no longer than its purpose needs. What is masked
keeps its place, so that the rest of a table can still be read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import html
from lxml.html import HtmlElement

MASK = "＊"
_HEADS = re.compile(
    r"姓名|名字|申请人|户主|联系人|法定代表人|负责人|经办人|监护人|受益人|救助对象|补贴对象|补助对象|获奖人|拟录用人员|考生|学生|家长|代理人|"
    r"身份证|证件号|证号|手机|电话|联系方式|住址|地址|住所|门牌|银行|账号|卡号|出生|准考证|车牌"
)
_NAME_HEADS = re.compile(r"姓名|名字|人$|户主|对象|人员|考生|学生|家长")
_LABELLED = re.compile(
    r"(姓名|申请人|户主|联系人|法定代表人|经办人|监护人|获奖人)(\s*[:：]\s*)([\u3400-\u9fff·]{2,8})"
)
_NUMBERS = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[0-9Xx]|1[3-9]\d{9}|\d{16,19})(?![0-9A-Za-z])")


@dataclass(frozen=True, slots=True)
class Masked:
    """The text without the people in it, and how many places were masked."""

    html: str
    count: int


def anonymise(body: str) -> Masked:
    """Mask personal data in a text of ours.

    >>> anonymise("<p>联系人：王小明，电话13800138000</p>")
    Masked(html='<p>联系人：王＊＊，电话＊＊＊＊＊＊＊＊＊＊＊</p>', count=2)
    """
    if not body.strip():
        return Masked(body, 0)
    root = html.fragment_fromstring(body, create_parent="div")
    count = sum(_table(table) for table in root.iter("table"))
    for element in root.iter():
        for place in ("text", "tail"):
            text = getattr(element, place)
            if text:
                masked, found = _sentence(text)
                count += found
                setattr(element, place, masked)
    whole = html.tostring(root, encoding="unicode")
    return Masked(whole[whole.index(">") + 1 : whole.rindex("</div>")], count)


def mask_name(name: str) -> str:
    """Only the family name stays.

    >>> mask_name("欧阳修"), mask_name("王明")
    ('欧＊＊', '王＊')
    """
    words = name.strip()
    return words[:1] + MASK * (len(words) - 1) if words else words


def _table(table: HtmlElement) -> int:
    rows = list(table.iter("tr"))
    heads: dict[int, str] = {}
    count = 0
    for row in rows:
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        words = ["".join(cell.itertext()).strip() for cell in cells]
        named = {at: word for at, word in enumerate(words) if len(word) <= 12 and _HEADS.search(word)}
        if named and not any(char.isdigit() for word in words for char in word):
            heads = named
            continue
        for at in heads.keys() & range(len(cells)):
            if words[at]:
                _fill(cells[at], mask_name(words[at]) if _NAME_HEADS.search(heads[at]) else MASK * 4)
                count += 1
    return count


def _fill(cell: HtmlElement, text: str) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.text = text


def _sentence(text: str) -> tuple[str, int]:
    text, numbers = _NUMBERS.subn(lambda found: MASK * len(found[0]), text)
    text, names = _LABELLED.subn(lambda found: found[1] + found[2] + mask_name(found[3]), text)
    return text, numbers + names
