"""Hours, repeats, addresses and words, by themselves."""

from __future__ import annotations

import doctest
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.messaging import states
from gongkai.messaging.rules import hours as hours_rules
from gongkai.messaging.rules import repeats, targets, wording
from gongkai.messaging.rules.hours import Hours, digest_is_due, hours_faults, leaves_at, next_morning
from gongkai.messaging.rules.repeats import WAITS, Outcome, verb_after, wait_after
from gongkai.messaging.rules.targets import (
    account_faults,
    address_faults,
    domain_faults,
    endpoint_faults,
    masked,
    may_connect,
    path_faults,
)
from gongkai.messaging.rules.wording import DigestLine, brief_words, digest_subject, digest_text, fitted

pytestmark = [pytest.mark.feature("X15"), pytest.mark.feature("D12")]
CHINA = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 10, 14)
times = st.times().map(lambda one: one.replace(microsecond=0))
moments = st.integers(0, 10 * 366 * 24 * 3600).map(
    lambda seconds: datetime(2024, 1, 1, tzinfo=CHINA) + timedelta(seconds=seconds)
)


@pytest.mark.parametrize("module", [hours_rules, repeats, targets, wording])
def test_examples_in_the_rules_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


# -- hours ----------------------------------------------------------------------------------------------


@given(moments, times, times)
def test_what_leaves_leaves_outside_the_quiet_hours_and_within_a_day(
    moment: datetime, start: time, end: time
) -> None:
    hours = Hours(quiet_from=start, quiet_until=end)
    leaves = leaves_at(moment, hours)
    assert not hours.is_quiet(leaves.time())
    assert timedelta(0) <= leaves - moment < timedelta(days=1)
    assert (leaves == moment) is (not hours.is_quiet(moment.time()))


@pytest.mark.parametrize(
    ("at", "leaves"),
    [
        ("2026-10-14 20:59", "2026-10-14 20:59"),
        ("2026-10-14 21:00", "2026-10-15 08:00"),
        ("2026-10-14 23:59", "2026-10-15 08:00"),
        ("2026-10-15 00:00", "2026-10-15 08:00"),
        ("2026-10-15 07:59", "2026-10-15 08:00"),
        ("2026-10-15 08:00", "2026-10-15 08:00"),
    ],
)
def test_the_night_of_the_office(at: str, leaves: str) -> None:
    def moment(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=CHINA)

    assert leaves_at(moment(at), Hours()) == moment(leaves)


@pytest.mark.parametrize(
    ("at", "workday", "due"),
    [("08:29", True, False), ("08:30", True, True), ("17:59", True, True), ("18:00", True, False),
     ("08:30", False, False)],
)  # fmt: skip
def test_when_the_digest_is_due(at: str, workday: bool, due: bool) -> None:
    moment = datetime.combine(TODAY, time.fromisoformat(at), tzinfo=CHINA)
    assert digest_is_due(moment, Hours(), is_workday=workday) is due


def test_after_a_full_day_it_goes_on_in_the_morning() -> None:
    assert next_morning(datetime(2026, 10, 14, 9, tzinfo=CHINA), Hours()) == datetime(
        2026, 10, 15, 8, tzinfo=CHINA
    )


@pytest.mark.parametrize(
    ("hours", "code"),
    [
        (Hours(quiet_from=time(8), quiet_until=time(8)), "messaging.no_quiet"),
        (Hours(digest_at=time(7, 30)), "messaging.digest_at_night"),
        (Hours(digest_until=time(8, 30)), "messaging.digest_window"),
    ],
)
def test_hours_that_cannot_be_kept(hours: Hours, code: str) -> None:
    assert code in [refusal.code for refusal in hours_faults(hours)]
    assert hours_faults(Hours()) == []


# -- repeats --------------------------------------------------------------------------------------------


@given(st.sampled_from(Outcome), st.integers(1, 12), st.booleans(), st.booleans())
def test_what_follows_a_try(outcome: Outcome, attempts: int, knows: bool, outside: bool) -> None:
    verb = verb_after(outcome, attempts=attempts, knows_delivery_id=knows, is_outside=outside)
    assert states.target_of(states.SENDING, verb) is not None
    if verb == "fail":
        # A colleague at a receiver that cannot recognise a repetition is never tried after an unclear end.
        assert outcome is Outcome.NOT_TAKEN or (outcome is Outcome.UNCLEAR and (knows or outside))
        assert wait_after(attempts) is not None
    assert (verb == "arrive") is (outcome is Outcome.ARRIVED)


def test_waits_grow_and_end() -> None:
    assert list(WAITS) == sorted(WAITS) and wait_after(len(WAITS) + 1) is None
    assert wait_after(0) is None


def test_every_state_is_reached_and_left_as_the_table_says() -> None:
    reached = {row.target for row in states.TABLE} | {states.WAITING}
    assert reached == set(states.LABELS)
    assert {row.source for row in states.TABLE} == set(states.LABELS) - {states.SENT, states.DROPPED}
    assert states.target_of(states.SENT, "claim") is None
    pairs = [(row.source, row.verb) for row in states.TABLE]
    assert len(pairs) == len(set(pairs))


# -- addresses ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://a.example/x",
        "https://",
        "https:///x",
        "https://user:word@a.example/",
        "https://@a.example/",
        "https://0x7f.0.0.1/",
        "https://0x7f000001/",
        "https://2130706433/",
        "https://017700000001/",
        "https://127.1/",
        "https://127.0.0.1.0x1/",
        "https://１２７.0.0.1/",
        "https://a.example\\@b.example/",
        "https://a.example/ x",
        "https://a.example/\nX: y",
        "https://a.example:99999/",
        "https://a.example:x/",
        "https://-a.example/",
        "https://a..example/",
        "https://[::1/",
        "https://ex㎏.example/",
        "javascript:alert(1)",
        "http://a.example/",
    ],
)
def test_addresses_that_are_not_taken(url: str) -> None:
    found = endpoint_faults(url, inside=False)
    assert found and all("。" in refusal.text for refusal in found)


@pytest.mark.parametrize(
    ("url", "inside"),
    [
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1", False),
        ("https://gateway.example:8443/in", False),
        ("http://10.1.2.3:8080/in", True),
        ("http://gateway/in", True),
        ("https://[2001:db8::1]/in", True),
    ],
)
def test_addresses_that_are_taken(url: str, inside: bool) -> None:
    assert endpoint_faults(url, inside=inside) == []


INNER = ["127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "::1", "fc00::1",
         "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "198.18.0.1", "203.0.113.1"]  # fmt: skip
NEVER = ["0.0.0.0", "0.1.2.3", "169.254.169.254", "169.254.0.1", "100.100.100.200", "224.0.0.1", "255.255.255.255",
         "::", "fe80::1", "ff02::1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::",
         "fd00:ec2::254", "not-a-number", "127.1", ""]  # fmt: skip


@pytest.mark.parametrize("number", INNER)
def test_inner_addresses_only_where_the_administrator_said_so(number: str) -> None:
    assert not may_connect(number, inside=False)
    assert may_connect(number, inside=True)


@pytest.mark.parametrize("number", NEVER)
def test_addresses_that_are_never_reached(number: str) -> None:
    assert not may_connect(number, inside=False)
    assert not may_connect(number, inside=True)


@pytest.mark.parametrize("number", ["1.1.1.1", "2400:3200::1", "::ffff:8.8.8.8"])
def test_public_addresses(number: str) -> None:
    assert may_connect(number, inside=False)


@given(st.text(max_size=40))
def test_a_link_never_leaves_the_site(text: str) -> None:
    if path_faults(text) == [] and text:
        assert text.startswith("/") and not text.startswith("//") and "\\" not in text and "\n" not in text


@given(st.one_of(st.emails(), st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.text(max_size=30)))
def test_a_masked_address_hides_what_identifies(address: str) -> None:
    hidden = masked(address)
    assert "*" in hidden
    if len(address) == 11 and address.isascii() and address.isdigit():
        assert hidden == f"{address[:3]}****{address[7:]}"


@pytest.mark.parametrize(
    ("kind", "account", "fine"),
    [
        ("wecom", "", True),
        ("wecom", "wang.fang", True),
        ("dingtalk", "13812345678", True),
        ("feishu", '"><x', False),
        ("json", "a b", False),
        ("json", "a" * 81, False),
        ("sms", "123", False),
        ("email", "a@b.cn", True),
        ("email", "a@b.cn\n", False),
    ],
)
def test_accounts(kind: str, account: str, fine: bool) -> None:
    assert (account_faults(kind, account) == []) is fine


def test_mail_goes_only_to_the_domains_of_the_office() -> None:
    assert domain_faults("a@mail.shinan.gov.cn", "gov.cn") == []
    assert domain_faults("a@notgov.cn", "gov.cn") and domain_faults("a@example.cn", "gov.cn, 163.com")


@pytest.mark.parametrize("number", ["13812345678", "19900000000"])
def test_mobile_numbers(number: str) -> None:
    assert address_faults("sms", number) == []


# -- words ----------------------------------------------------------------------------------------------


def line(title: str = "关于停水的通知", due: date | None = None, **more: str) -> DigestLine:
    return DigestLine(title=title, url="https://x.example/workbench/1/", due=due, **more)


def test_the_digest_reads_like_a_note_of_a_colleague() -> None:
    text = digest_text(
        name="王芳",
        today=TODAY,
        tasks=[
            line(due=date(2026, 10, 12), why="等您初审", instead_of="刘洁"),
            line("第3项　公开预算", due=date(2026, 10, 30)),
        ],
        news=[line("区财政局的填报被退回")],
        desk="https://x.example/workbench/",
    )
    assert text.splitlines() == [
        "王芳，您好。10月14日（周三），今天有 2 件待办，其中 1 件已逾期，另有 1 条未读消息。",
        "",
        "待办",
        "1. 【逾期2天】关于停水的通知（代刘洁）。等您初审 https://x.example/workbench/1/",
        "2. 【10-30到期】第3项 公开预算 https://x.example/workbench/1/",
        "",
        "未读消息",
        "1. 区财政局的填报被退回 https://x.example/workbench/1/",
        "",
        "我的待办：https://x.example/workbench/",
    ]


def test_a_long_desk_is_cut_and_says_so() -> None:
    text = digest_text(name="王芳", today=TODAY, tasks=[line()] * 45, news=[], desk="https://x.example/")
    assert "30. " in text and "31. " not in text and "还有 15 件" in text
    assert digest_subject([], [line()], TODAY) == "今天有 1 条未读消息"


def test_a_group_does_not_learn_what_it_is_about() -> None:
    assert "停水" not in brief_words(is_digest=False, subject="关于停水的通知", url="https://x.example/")
    assert "3 件" in brief_words(is_digest=True, subject="今天有 3 件待办", url="https://x.example/")


# What the database can hold: no halves of signs, and no signs that end a line.
SIGNS = st.characters(codec="utf-8", exclude_characters="\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")


@given(st.lists(st.text(SIGNS, max_size=30), max_size=30), st.integers(60, 400))
def test_a_cut_text_fits_and_ends_at_a_line(lines: list[str], most: int) -> None:
    text = "\n".join(lines)
    cut = fitted(text, most_bytes=most, tail="余下见页面")
    assert len(cut.encode()) <= most
    assert cut == text or (
        cut.endswith("余下见页面") and set(cut.splitlines()[:-1]) <= set(text.splitlines())
    )
