"""Deadlines as plans write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kernel.text.dates import month_end
from gongkai.ledger.rules.deadlines import looks_like_deadline, read_deadline

pytestmark = pytest.mark.feature("L01")


@pytest.mark.parametrize(
    "text",
    [
        "实时公开",
        "全年",
        "持续推进",
        "长期",
        "常态化",
        "按季度公开",
        "1—12月",
        "形成后20个工作日内",
        "2026年1月至12月",
        "每月5日前",
        "5日内",
        "7个工作日",
        "按上级要求",
        "按规定时限",
        "一年两次",
        "2026年3月起",
        "贯穿全年",
        "日常",
        "滚动更新",
    ],
)
def test_standing_duty_is_continuous(text: str) -> None:
    deadline = read_deadline(text, year=2026)
    assert (deadline.kind, deadline.day, deadline.problem) == ("continuous", None, "")
    assert deadline.as_written == text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12月底前", date(2026, 12, 31)),
        ("2 月 底 前", date(2026, 2, 28)),
        ("１１月末", date(2026, 11, 30)),
        ("十二月底前", date(2026, 12, 31)),
        ("年底前", date(2026, 12, 31)),
        ("2026年年底前", date(2026, 12, 31)),
        ("2027年3月底前", date(2027, 3, 31)),
        ("上半年", date(2026, 6, 30)),
        ("下半年", date(2026, 12, 31)),
        ("三季度前", date(2026, 9, 30)),
        ("第一季度", date(2026, 3, 31)),
        ("11月30日前", date(2026, 11, 30)),
        ("2026年11月30日前完成", date(2026, 11, 30)),
        ("2026-11-30", date(2026, 11, 30)),
        ("2026.11.3前", date(2026, 11, 3)),
        ("二〇二六年十一月三日", date(2026, 11, 3)),
        ("6月中旬", date(2026, 6, 20)),
        ("3月至6月", date(2026, 6, 30)),
        ("12月底前，并长期坚持", date(2026, 12, 31)),
        ("3月起至11月底", date(2026, 11, 30)),
        ("2026.11", date(2026, 11, 30)),
        ("2026-6", date(2026, 6, 30)),
        ("20261130", date(2026, 11, 30)),
        ("11.30", date(2026, 11, 30)),
        ("6/30前", date(2026, 6, 30)),
        ("2026年", date(2026, 12, 31)),
        ("2026年度内", date(2026, 12, 31)),
        ("本年度内", date(2026, 12, 31)),
        ("年度内完成", date(2026, 12, 31)),
    ],
)
def test_deadline_is_a_day(text: str, day: date) -> None:
    deadline = read_deadline(text, year=2026)
    assert (deadline.kind, deadline.day, deadline.problem) == ("date", day, "")


@pytest.mark.parametrize("text", ["", "  ", "/", "——", "无"])
def test_no_deadline(text: str) -> None:
    assert read_deadline(text, year=2026).kind == "none"
    assert not read_deadline(text, year=2026).problem


@pytest.mark.parametrize(
    ("text", "says", "proposal"),
    [
        ("31月底前", "没有 31 月", None),
        ("0月底前", "没有 0 月", None),
        ("9月31日", "9 月没有 31 日，是否为 2026-09-30", date(2026, 9, 30)),
        ("2026年2月30日前", "2 月没有 30 日", date(2026, 2, 28)),
        ("10月前", "没有写明是月初还是月底", date(2026, 10, 31)),
        ("6月底前、12月底前", "写了 2 个期限", date(2026, 12, 31)),
        ("国庆节前", "没有读懂", None),
    ],
)
def test_deadline_that_cannot_be_is_said_not_guessed(text: str, says: str, proposal: date | None) -> None:
    deadline = read_deadline(text, year=2026)
    assert deadline.kind == "none" and deadline.day is None
    assert says in deadline.problem and deadline.proposal == proposal
    assert deadline.as_written == text


@pytest.mark.parametrize(
    "text",
    ["长期坚持", "2026年全年", "本年度内", "5月底前完成，并长期坚持", "常态化推进", "每季度", "31月底前"],
)
def test_field_of_deadlines_is_known(text: str) -> None:
    assert looks_like_deadline(text)


@pytest.mark.parametrize(
    "text", ["及时公开稳岗就业政策", "每季度公布一次食品安全抽检结果", "定期通报账号更新情况"]
)
def test_task_that_begins_like_a_deadline_is_none(text: str) -> None:
    assert not looks_like_deadline(text)


@given(month=st.integers(1, 12), year=st.integers(2019, 2099))
def test_end_of_every_month(month: int, year: int) -> None:
    assert read_deadline(f"{month}月底前", year=year).day == month_end(year, month)
    assert looks_like_deadline(f"{month}月底前")


@given(day=st.dates(date(2019, 1, 1), date(2099, 12, 31)))
def test_every_written_day_is_read_back(day: date) -> None:
    for text in (f"{day.year}年{day.month}月{day.day}日前", day.isoformat(), f"{day.month}月{day.day}日前"):
        assert read_deadline(text, year=day.year).day == day


@given(text=st.text(alphabet="0123456789年月日底前末季度上下半实时长期持续、至—-（）", max_size=14))
def test_any_words_give_a_day_or_a_sentence(text: str) -> None:
    deadline = read_deadline(text, year=2026)
    assert (deadline.kind == "date") == (deadline.day is not None)
    if deadline.problem:
        assert deadline.kind == "none"
    assert deadline.as_written == text
