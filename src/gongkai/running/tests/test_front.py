"""Whose address a request comes from."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gongkai.running.front import plain_address, with_plain_addresses


def seen(environ: dict[str, Any], proxies: frozenset[str] = frozenset()) -> dict[str, Any]:
    found: dict[str, Any] = {}

    def inner(inside: dict[str, Any], start: Any) -> Iterable[bytes]:
        found.update(inside)
        return []

    with_plain_addresses(inner, proxies)(environ, lambda *_: None)
    return found


@given(st.ip_addresses(v=4))
def test_a_mapped_address_is_the_plain_one(address: ipaddress.IPv4Address) -> None:
    assert plain_address(f"::ffff:{address}") == str(address)
    assert plain_address(str(address)) == str(address)


@given(st.ip_addresses(v=6))
def test_other_addresses_stay(address: ipaddress.IPv6Address) -> None:
    if address.ipv4_mapped is None:
        assert plain_address(f"[{address}]") == str(address)


@given(st.text())
def test_anything_else_is_no_address(text: str) -> None:
    plain = plain_address(text)
    assert plain == "" or ipaddress.ip_address(plain)


def test_only_the_last_entry_of_our_own_proxy_counts() -> None:
    forwarded = {"REMOTE_ADDR": "::ffff:127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9, 198.51.100.7"}
    assert seen(dict(forwarded), frozenset({"127.0.0.1"}))["REMOTE_ADDR"] == "198.51.100.7"
    assert seen(dict(forwarded))["REMOTE_ADDR"] == "127.0.0.1"


def test_https_is_believed_of_our_own_proxy_only() -> None:
    told = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_PROTO": "https", "wsgi.url_scheme": "http"}
    assert seen(dict(told), frozenset({"127.0.0.1"}))["wsgi.url_scheme"] == "https"
    assert seen(dict(told))["wsgi.url_scheme"] == "http"
