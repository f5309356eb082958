from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def clock(*arguments: str) -> str:
    out = io.StringIO()
    call_command("clock", *arguments, stdout=out)
    return out.getvalue()


def as_json(*arguments: str) -> dict[str, Any]:
    return json.loads(clock(*arguments, "--json"))


@pytest.mark.feature("D05")
def test_json_of_working_days_with_exclusions() -> None:
    answer = as_json(
        *("--from", "2021-10-08", "--working-days", "20"),
        *("--exclude", "2021-10-12..2021-10-28", "--exclude", "2021-10-20..2021-10-25"),
    )
    assert answer["due"] == "2021-11-22"
    assert answer["provisional"] is False
    assert answer["trace"][0] == {"date": "2021-10-09", "counted": True, "why": answer["trace"][0]["why"]}
    assert "调休上班" in answer["trace"][0]["why"]
    assert sum(day["counted"] for day in answer["trace"]) == 20
    assert set(answer) == {"due", "provisional", "trace"}


@pytest.mark.parametrize(
    ("arguments", "due"),
    [
        ("--from 2026-08-02 --days 60", "2026-10-08"),
        ("--from 2025-08-31 --months 6", "2026-02-28"),
        ("--from 2026-10-12 --before 7", "2026-10-05"),
        ("--from 2021-12-31 --working-days 20", "2022-01-29"),
        ("--from 2021年12月31日 --working-days 20", "2022-01-29"),
    ],
)
def test_each_way_of_counting(arguments: str, due: str) -> None:
    assert as_json(*arguments.split())["due"] == due


def test_text_is_for_reading() -> None:
    text = clock("--from", "2026-12-25", "--working-days", "10")
    assert text.startswith("到期日：2027-01-11（暂定")
    assert "元旦放假（暂定，当年放假通知未导入），不计" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("--from 2026-09-31 --days 3", "9 月没有 31 日"),
        ("--from 昨天 --days 3", "没有读懂"),
        ("--days 3", "没有写起算日"),
        ("--from 2026-09-30", "没有写期限"),
        ("--from 2026-09-30 --days 3 --months 1", "同时写了几种期限"),
        ("--from 2026-09-30 --days 0", "不是正整数"),
        ("--from 2026-09-30 --days 三", "不是正整数"),
        ("--from 2026-09-30 --working-days 999999", "太长"),
        ("--from 2098-12-30 --working-days 20", "超出日历范围"),
        ("--from 2026-09-30 --days 3 --exclude 2026-10-01", "没有读懂"),
        ("--from 2026-09-30 --days 3 --exclude 2026-10-09..2026-10-01", "早于开始日"),
        ("--from 2026-09-30 --days 3 --exclude 2026-10-01..2026-10-32", "10 月没有 32 日"),
    ],
)
def test_bad_input_says_what_to_do(arguments: str, words: str) -> None:
    with pytest.raises(CommandError, match=words) as caught:
        clock(*arguments.split())
    assert "请" in str(caught.value) or "是否" in str(caught.value)
