"""What a unit may put behind its report, and what is wrong with a piece. House rules of the ledger."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

Kind: TypeAlias = Literal["record", "link", "file", "meeting"]

MOST_PIECES = 20
LONGEST_URL = 500
LONGEST_TITLE = 300
LONGEST_DECISION = 1000
_HOST = re.compile(r"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$")
_INSIDE = ("localhost", ".local", ".internal", ".lan", ".home", ".corp")


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece as it was given: ``text`` is an address or index number, a URL, or the name of a meeting.

    ``file_id`` is a file that passed the upload gate; ``decided`` is what the meeting of ``held_on`` decided.
    """

    kind: Kind
    text: str = ""
    title: str = ""
    held_on: date | None = None
    decided: str = ""
    file_id: int | None = None


def is_url(text: str) -> bool:
    """Whether somebody typed an address of the web rather than a path or an index number."""
    return text.strip().lower().startswith(("http://", "https://"))


def fault_of_link(text: str) -> str:
    """What is wrong with the form of an outside address; empty where nothing is.

    Only the form is looked at: nothing is fetched, and a page of the office's own network is no proof to others.

    >>> fault_of_link("https://www.example.gov.cn/art/1.html")
    ''
    >>> fault_of_link("http://10.1.2.3/a")
    '“10.1.2.3”是内部地址，别人打不开。请写公开网页的网址。'
    """
    words = text.strip()
    if len(words) > LONGEST_URL:
        return f"网址有 {len(words)} 个字符，最多 {LONGEST_URL} 个。请去掉问号后面不需要的部分。"
    try:
        parts = urlsplit(words)
        host = (parts.hostname or "").rstrip(".")
        _ = parts.port
    except ValueError:
        return "网址写得不完整。请从浏览器地址栏复制，以 https:// 开头。"
    if parts.scheme.lower() not in ("http", "https") or not host or re.search(r"\s", words):
        return "网址要以 https:// 或 http:// 开头，中间没有空格。请从浏览器地址栏复制。"
    if parts.username is not None or parts.password is not None:
        return "网址里带有登录名或密码，不能留在台账里。请去掉 @ 前面的部分。"
    return _fault_of_host(host)


def fault_of_meeting(*, name: str, held_on: date | None, decided: str, today: date) -> str:
    """What is missing from a meeting as evidence: its name, its day, and what was decided."""
    if not name.strip():
        return "没有写会议名称。请写会议的全称，如“区政府第12次常务会议”。"
    if held_on is None:
        return f"没有写“{name.strip()[:30]}”的开会日期。请写日期，如 {today.isoformat()}。"
    if held_on > today:
        return f"开会日期 {held_on.isoformat()} 还没有到，不能作佐证。请核对日期。"
    if not decided.strip():
        return f"没有写“{name.strip()[:30]}”议定了什么。请用一两句话写明与任务有关的决定。"
    if len(decided.strip()) > LONGEST_DECISION:
        return f"议定事项写了 {len(decided.strip())} 字，最多 {LONGEST_DECISION} 字，请精简。"
    return ""


def _fault_of_host(host: str) -> str:
    inside = f"“{host[:60]}”是内部地址，别人打不开。请写公开网页的网址。"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        try:
            plain = host.encode("idna").decode().lower()
        except UnicodeError:
            return "网址里的域名不成立。请从浏览器地址栏复制。"
        if plain.endswith(_INSIDE) or "." not in plain:
            return inside
        return "" if _HOST.match(plain) else "网址里的域名不成立。请从浏览器地址栏复制。"
    return "" if address.is_global else inside
