"""Addresses outside the house: what may be typed, what is shown of them, where a message may go. Pure."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from gongkai.law.refusal import Refusal

EMAIL, SMS = "email", "sms"
MOBILE = re.compile(r"1[3-9]\d{9}")
MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}")
ACCOUNT = re.compile(r"[\w.@+-]{1,80}")
HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
LONGEST_URL = 500
# Nobody's gateway; cloud machines answer secrets there.
NEVER = tuple(
    ip_network(net)
    for net in (
        "0.0.0.0/8",
        "169.254.0.0/16",
        "224.0.0.0/3",
        "100.100.100.200/32",
        "192.0.0.0/24",
        "::/128",
        "fe80::/10",
        "ff00::/8",
        "fd00:ec2::254/128",
    )
)
NAT64, SIX_TO_FOUR = ip_network("64:ff9b::/96"), ip_network("2002::/16")


def path_faults(url: str) -> list[Refusal]:
    """Why a message cannot lead there: it leads only to a page of this site."""
    if url and (
        not url.startswith("/") or url.startswith(("//", "/\\")) or re.search(r"[\s\\\x00-\x1f]", url)
    ):
        return [Refusal("messaging.url", "", "消息里的链接只能是本站页面，以 / 开头。")]
    return []


def address_faults(channel: str, address: str) -> list[Refusal]:
    """Why nothing can be sent to this e-mail address or mobile number."""
    if channel == SMS and not MOBILE.fullmatch(address):
        return [
            Refusal("messaging.mobile", "", "手机号码要写 11 位数字，以 1 开头，不加空格和区号。请核对。")
        ]
    if channel == EMAIL and (len(address) > 254 or not MAIL.fullmatch(address) or ".." in address):
        return [Refusal("messaging.email", "", "邮箱地址不完整，应类似 name@example.cn。请核对。")]
    return []


def account_faults(kind: str, account: str) -> list[Refusal]:
    """Why this cannot be the account of a colleague at an office messenger; empty is allowed."""
    if kind in (EMAIL, SMS):
        return address_faults(kind, account) if account else []
    if account and not ACCOUNT.fullmatch(account):
        text = "账号只能由文字、数字和 . @ + - _ 组成，最多 80 个字符。请照即时通讯软件里的写法填写。"
        return [Refusal("messaging.account", "", text)]
    return []


def domain_faults(address: str, domains: str) -> list[Refusal]:
    """Why a colleague's mail cannot go there: the office named the domains, separated by commas.

    >>> domain_faults("a@example.cn", ""), domain_faults("a@example.cn", "gov.cn，Example.CN")
    ([], [])
    """
    allowed = [one for one in re.split(r"[,，、;；\s]+", domains.lower()) if one]
    host = address.rpartition("@")[2].lower()
    if not allowed or any(host == one or host.endswith(f".{one}") for one in allowed):
        return []
    text = f"本单位规定只能用 {'、'.join(allowed)} 的邮箱接收提醒。请改填单位邮箱。"
    return [Refusal("messaging.mail_domain", "", text)]


def masked(address: str) -> str:
    """So much of an address that its owner knows it again and nobody else learns it.

    >>> masked("13812345678"), masked("zhang@example.cn")
    ('138****5678', 'z***@example.cn')
    """
    if "@" in address:
        name, _, host = address.partition("@")
        return f"{name[:1]}***@{host}"
    return f"{address[:3]}****{address[-4:]}" if len(address) >= 11 else f"{address[:1]}***"


def endpoint_faults(url: str, *, inside: bool) -> list[Refusal]:
    """Why this cannot be the address of a messenger or gateway.

    Outside the office's own network only https is taken; the host must be written out, without a name or
    password in it. Whether its numbers may be reached is asked at each connection: ``may_connect``.
    """
    if not url or len(url) > LONGEST_URL or re.search(r"[\s\x00-\x20\\]", url):
        return [
            Refusal("messaging.endpoint", "", "接口网址没有写或含有空格。请整行复制即时通讯软件给出的网址。")
        ]
    try:
        parts = urlsplit(url)
        host, _ = (parts.hostname or ""), parts.port
    except ValueError:
        return [Refusal("messaging.endpoint", "", "接口网址写得不对，主机名或端口认不出来。请重新复制。")]
    found = []
    if parts.scheme not in ("https", "http"):
        found.append(Refusal("messaging.scheme", "", "接口网址要以 https:// 开头。"))
    elif parts.scheme == "http" and not inside:
        text = "互联网上的接口必须用 https://，否则消息会被人看到。内网的网关请勾选“在内网”。"
        found.append(Refusal("messaging.plain_http", "", text))
    if parts.username is not None or parts.password is not None:
        found.append(
            Refusal("messaging.userinfo", "", "接口网址里不能写用户名和口令。密钥请写在“密钥”一栏。")
        )
    if not _is_host(host):
        found.append(Refusal("messaging.host", "", "接口网址的主机名要写成普通的域名或十进制 IP 地址。"))
    return found


def may_connect(number: str, *, inside: bool) -> bool:
    """Whether a resolved address may be reached: public ones, and private ones where the administrator said so.

    >>> may_connect("8.8.8.8", inside=False), may_connect("10.0.0.8", inside=False)
    (True, False)
    >>> may_connect("10.0.0.8", inside=True), may_connect("169.254.169.254", inside=True)
    (True, False)
    """
    try:
        address = _plain(ip_address(number))
    except ValueError:
        return False
    if any(address in net for net in NEVER if net.version == address.version):
        return False
    return inside or address.is_global


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The address that is really meant: IPv4 inside IPv6 is unwrapped."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    if address in SIX_TO_FOUR:
        return IPv4Address((int(address) >> 80) & 0xFFFFFFFF)
    return address


def _is_host(host: str) -> bool:
    """A name, or an IP address in its ordinary form; 0x7f.1, 017700000001 and full-width signs are neither."""
    try:
        ip_address(host)
        return True
    except ValueError:
        pass
    # A last label of digits would be read as an old form of an IPv4 number.
    last = host.rpartition(".")[2]
    return bool(HOST.fullmatch(host)) and not re.fullmatch(r"\d+|0x[0-9a-f]*", last)
