"""What may stand behind a report: the form of a link, the facts of a meeting."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.ledger.rules.evidence import fault_of_link, fault_of_meeting, is_url

pytestmark = pytest.mark.feature("L02")
TODAY = date(2026, 3, 16)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.gov.cn/art/2026/1.html",
        "http://www.example.gov.cn:8080/a?b=1#c",
        "https://8.8.8.8/",
        "https://政务.中国/通知",
    ],
)
def test_public_address_may_stand(url: str) -> None:
    assert fault_of_link(url) == ""


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("www.example.gov.cn", "https://"),
        ("ftp://www.example.gov.cn", "https://"),
        ("javascript:alert(1)", "https://"),
        ("https://", "https://"),
        ("https://www.example.gov.cn/a b", "空格"),
        ("https://name:word@www.example.gov.cn/", "登录名"),
        ("http://localhost/a", "内部地址"),
        ("http://10.1.2.3/a", "内部地址"),
        ("http://[::1]/", "内部地址"),
        ("http://oa.local/", "内部地址"),
        ("http://intranet/", "内部地址"),
        ("http://www..cn/", "域名"),
        ("http://www.example.cn:99999/", "不完整"),
        ("https://www.example.gov.cn/" + "a" * 500, "最多 500"),
    ],
)
def test_other_address_is_refused_in_words(url: str, says: str) -> None:
    assert says in fault_of_link(url)


@given(st.text(max_size=80))
def test_any_text_is_answered(text: str) -> None:
    assert isinstance(fault_of_link(text), str)
    assert isinstance(fault_of_link("https://" + text), str)


@given(st.text(max_size=40))
def test_what_is_accepted_is_an_address(text: str) -> None:
    if fault_of_link(text) == "":
        assert is_url(text)


@pytest.mark.parametrize(
    ("given_", "says"),
    [
        ({"name": ""}, "会议名称"),
        ({"held_on": None}, "开会日期"),
        ({"held_on": date(2026, 3, 17)}, "还没有到"),
        ({"decided": " "}, "议定"),
        ({"decided": "字" * 1001}, "最多 1000"),
        ({}, ""),
    ],
)
def test_meeting_needs_name_day_and_decision(given_: dict, says: str) -> None:
    whole = {"name": "常务会议", "held_on": TODAY, "decided": "公开目录。", **given_}
    found = fault_of_meeting(today=TODAY, **whole)
    assert (says in found) if says else found == ""
