"""Whether a reader with IPv6 alone gets the whole site: every host that public pages name, its records, our own answer.

A page over IPv6 that draws a picture or script from a host without IPv6 has a hole in it (天窗); a link to such a
host only leads nowhere. Names are asked of the machine's resolver; no page of another host is fetched.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from lxml import etree
from lxml import html as markup

from gongkai.publishing.models import TreeFile

SECONDS = 5
OWN, DRAWN, LINKED = "own", "drawn", "linked"
_LINKS = ("a", "area", "form")
Resolve = Callable[[str], tuple[list[str], list[str]]]
Fetch = Callable[[str], bytes | None]


@dataclass(frozen=True, slots=True)
class Host:
    """A host that pages name: how they use it, on how many pages, its addresses of both families.

    ``answers`` is told of our own host alone: the home page came over IPv6; ``same`` that it is the one of IPv4.
    """

    name: str
    use: str
    pages: int
    four: tuple[str, ...]
    six: tuple[str, ...]
    answers: bool | None = None
    same: bool | None = None

    @property
    def is_known(self) -> bool:
        """Whether the resolver knew the name at all."""
        return bool(self.four or self.six)

    @property
    def is_fault(self) -> bool:
        """Whether a reader with IPv6 alone misses something of our pages."""
        if self.use == OWN:
            return not (self.six and self.answers and self.same is not False)
        return self.use == DRAWN and self.is_known and not self.six

    @property
    def words(self) -> str:
        """What it means, and what to do."""
        if not self.is_known:
            return "查不到地址：没有网络，或者域名已失效。联网后再查一次"
        if self.use == OWN and not self.six:
            return "没有 AAAA 记录。请在域名服务商处添加"
        if self.use == OWN and not self.answers:
            return "有 AAAA 记录，但首页打不开。请查网站是否在运行、防火墙是否放行"
        if self.use == OWN and self.same is False:
            return "IPv4 和 IPv6 打开的首页不同。请查两个地址是否指向同一台服务器"
        if not self.six:
            return (
                "页面从这里取图片或脚本，IPv6 读者看不到（天窗）"
                if self.use == DRAWN
                else "外链，IPv6 读者打不开"
            )
        return "支持"


def check(*, resolve: Resolve | None = None, fetch: Fetch | None = None) -> list[Host]:
    """Our own host first, then those from which pages draw something, then those to which they lead."""
    resolve, fetch = resolve or addresses_of, fetch or home_page_over
    own = urlsplit(settings.SITE_URL).hostname or "localhost"
    drawn, linked, pages = hosts_named(_pages())
    found = [_own(own, pages, resolve, fetch)]
    for use, counted in ((DRAWN, drawn), (LINKED, linked)):
        for name in sorted(counted):
            if name != own and not (use == LINKED and name in drawn):
                four, six = resolve(name)
                found.append(Host(name, use, counted[name], tuple(four), tuple(six)))
    return found


def hosts_named(pages: Iterable[bytes]) -> tuple[Counter[str], Counter[str], int]:
    """On how many pages each host is drawn from, on how many it is linked, and how many pages there are."""
    drawn: Counter[str] = Counter()
    linked: Counter[str] = Counter()
    number = 0
    for content in pages:
        number += 1
        seen = set(_named(content))
        drawn.update(name for name, is_link in seen if not is_link)
        linked.update(name for name, is_link in seen if is_link)
    return drawn, linked, number


def addresses_of(name: str) -> tuple[list[str], list[str]]:
    """The IPv4 and the IPv6 addresses of a host; none where the resolver does not know it."""
    if name == "localhost":  # small systems know it in the old family alone, and answer in both
        return ["127.0.0.1"], ["::1"]
    found: dict[int, list[str]] = {socket.AF_INET: [], socket.AF_INET6: []}
    for family, addresses in found.items():
        try:
            answers = socket.getaddrinfo(name, None, family, socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            continue
        addresses += dict.fromkeys(str(answer[4][0]) for answer in answers)
    return found[socket.AF_INET], found[socket.AF_INET6]


def home_page_over(address: str) -> bytes | None:
    """Our home page from one address of the site; nothing where it does not answer."""
    site = urlsplit(settings.SITE_URL)
    is_safe = site.scheme == "https"
    host, port = site.hostname or "localhost", site.port or (443 if is_safe else 80)
    try:
        with socket.create_connection((address, port), timeout=SECONDS) as plain:
            asked = http.client.HTTPConnection(host, port, timeout=SECONDS)
            asked.sock = (
                ssl.create_default_context().wrap_socket(plain, server_hostname=host) if is_safe else plain
            )
            asked.request("GET", "/")
            answer = asked.getresponse()
            return answer.read() if answer.status == http.HTTPStatus.OK else None
    except (OSError, http.client.HTTPException):
        return None


def _own(name: str, pages: int, resolve: Resolve, fetch: Fetch) -> Host:
    four, six = resolve(name)
    over_six = next((body for body in map(fetch, six) if body is not None), None)
    over_four = next((body for body in map(fetch, four) if body is not None), None)
    same = None if over_six is None or over_four is None else over_six == over_four
    return Host(name, OWN, pages, tuple(four), tuple(six), answers=over_six is not None, same=same)


def _pages() -> Iterator[bytes]:
    root = Path(settings.TREE_DIR)
    for path in TreeFile.objects.filter(kind="page").values_list("path", flat=True).iterator():
        try:
            yield (root / path.lstrip("/")).read_bytes()
        except OSError:
            continue  # a missing file is what ``site verify`` tells of


def _named(content: bytes) -> Iterator[tuple[str, bool]]:
    """The hosts of a page, each with whether it is only linked. ``rel=canonical`` and the like draw nothing."""
    try:
        page = markup.document_fromstring(content)
    except etree.LxmlError:
        return
    for element, _, address, _ in page.iterlinks():
        name = urlsplit(address).hostname if address.startswith(("http://", "https://", "//")) else None
        if name:
            is_link = element.tag in _LINKS or (
                element.tag == "link" and element.get("rel") not in ("stylesheet", "icon")
            )
            yield name, is_link
