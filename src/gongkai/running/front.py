"""The outermost layer of the application: whose address it is, before anything logs or compares it."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def plain_address(text: str) -> str:
    """An address as people know it: ``::ffff:192.0.2.1`` is 192.0.2.1; anything unreadable is empty."""
    try:
        address = ipaddress.ip_address(text.strip().strip("[]").partition("%")[0])
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)


def with_plain_addresses(application: Application, proxies: frozenset[str]) -> Application:
    """Unmap the address of the caller; behind one of our own proxies take what the proxy says.

    Only the last entry of ``X-Forwarded-For`` is written by our proxy; the ones before it come from
    outside and could name anybody, so that a lock on failed logins would fall on somebody else.
    """

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        peer = plain_address(environ.get("REMOTE_ADDR", ""))
        if peer in proxies:
            told = plain_address(environ.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2])
            peer = told or peer
            if environ.get("HTTP_X_FORWARDED_PROTO") == "https":
                environ["wsgi.url_scheme"] = "https"
        environ["REMOTE_ADDR"] = peer
        return application(environ, start)

    return answer
