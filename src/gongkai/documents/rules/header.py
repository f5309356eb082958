"""Header of an official document: number, dates, issuer. 《党政机关公文格式》GB/T 9704-2012."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from gongkai.kernel.text.docnumber import EXAMPLE, order_number, read_number
from gongkai.law.refusal import Refusal

# The fifteen kinds of 《党政机关公文处理工作条例》 art. 8.
KINDS = [
    "决议",
    "决定",
    "命令",
    "公报",
    "公告",
    "通告",
    "意见",
    "通知",
    "通报",
    "报告",
    "请示",
    "批复",
    "议案",
    "函",
    "纪要",
]
FORMAT = "GB/T 9704—2012"


@dataclass(frozen=True, slots=True)
class Header:
    """What stands at the head of a paper, as the clerk entered it."""

    title: str
    issuer: str
    number: str = ""
    written_on: date | None = None
    effective_on: date | None = None
    valid_until: date | None = None
    kind: str = ""


def header_findings(
    header: Header, *, today: date, own_codes: Collection[str] = (), taken: bool = False
) -> list[Refusal]:
    """What is wrong in the header. ``own_codes`` are the 机关代字 of the unit, none known means not checked;
    ``taken`` says that another document of the district already bears this number."""
    found = []
    if not header.title.strip():
        found.append(Refusal("header.title", FORMAT, "标题是空的。请填写公文标题。"))
    if not header.issuer.strip():
        found.append(Refusal("header.issuer", FORMAT, "发文机关是空的。请填写发文机关全称或者规范化简称。"))
    found += _date_findings(header, today)
    if header.number:
        found += _number_findings(header, today, own_codes, taken)
    return found


def _date_findings(header: Header, today: date) -> list[Refusal]:
    found = []
    if header.written_on is None:
        found.append(
            Refusal(
                "header.written_on",
                "条例第二十六条",
                "成文日期是空的。公开期限从这一天起算，请填写成文日期。",
            )
        )
    elif header.written_on > today:
        found.append(
            Refusal(
                "header.written_on_future",
                FORMAT,
                f"成文日期 {header.written_on} 晚于今天（{today}）。请核对是否写错了年份或月份。",
            )
        )
    if header.valid_until and header.effective_on and header.valid_until < header.effective_on:
        found.append(
            Refusal(
                "header.validity",
                "",
                f"有效期至 {header.valid_until} 早于施行日期 {header.effective_on}。请核对这两个日期。",
            )
        )
    if header.effective_on and header.written_on and header.effective_on < header.written_on:
        found.append(
            Refusal(
                "header.effective_on",
                "立法法第一百零四条",
                f"施行日期 {header.effective_on} 早于成文日期 {header.written_on}，文件一般不溯及既往。请核对。",
            )
        )
    return found


def _number_findings(header: Header, today: date, own_codes: Collection[str], taken: bool) -> list[Refusal]:
    if order_number(header.number) == header.number:  # a 令 has neither agency code nor year
        return []
    number = read_number(header.number).number
    if number is None:
        return [
            Refusal(
                "number.form",
                FORMAT,
                f"“{header.number}”不是规范的发文字号。应由机关代字、六角括号年份、序号组成，如“{EXAMPLE}”。",
            )
        ]
    found = []
    if number.year > today.year:
        found.append(
            Refusal(
                "number.future_year",
                FORMAT,
                f"发文字号的年份 {number.year} 还没有到。请核对发文字号。",
            )
        )
    elif header.written_on and number.year != header.written_on.year:
        found.append(
            Refusal(
                "number.year",
                FORMAT,
                f"发文字号的年份 {number.year} 与成文日期 {header.written_on} 不是同一年。请核对。",
            )
        )
    if own_codes and number.agency not in own_codes:
        found.append(
            Refusal(
                "number.code",
                FORMAT,
                f"“{number.agency}”不是本单位的机关代字（登记的有：{'、'.join(sorted(own_codes))}）。"
                "请核对发文字号，或者请区政府办公室登记新的机关代字。",
            )
        )
    if taken:
        found.append(
            Refusal("number.taken", FORMAT, f"{header.number} 已经被另一份公文使用。请核对发文字号。")
        )
    return found
