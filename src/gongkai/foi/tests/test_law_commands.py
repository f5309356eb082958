"""``gongkai fee``, ``gongkai remedy`` and ``gongkai clock case``: numbers for programs, words for people."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from gongkai.foi.rules import tables

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def as_json(*arguments: str) -> dict[str, Any]:
    return json.loads(run(*arguments, "--json"))


@pytest.mark.feature("D19")
@pytest.mark.law("国办函〔2020〕109号")
@pytest.mark.parametrize(
    ("option", "number", "total"),
    [("--pieces", "10", 0), ("--pieces", "35", 3000), ("--pages", "250", 4700), ("--pages", "0", 0)],
)
def test_fee(option: str, number: str, total: int) -> None:
    assert as_json("fee", option, number, "--on", "2026-03-02") == {"total": total}
    assert f"{total}元" in run("fee", option, number)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("", "没有写件数或者页数"),
        ("--pieces 3 --pages 4", "不能同时"),
        ("--pieces -5", "不是 0 以上的整数"),
        ("--pieces 3.5", "不是 0 以上的整数"),
        ("--pages 三十", "不是 0 以上的整数"),
        ("--pages 99999999999", "不是 0 以上的整数"),
        ("--pages 3 --on 2026-02-30", "2 月没有 30 日"),
        ("--pages 3 --on 2020-02-03", "2020-02-03"),
    ],
)
def test_fee_says_what_is_wrong(arguments: str, words: str) -> None:
    with pytest.raises(CommandError, match=words):
        run("fee", *arguments.split())


@pytest.mark.feature("D10")
@pytest.mark.law("复议法23.1(4)")
def test_remedy_without_a_register() -> None:
    found = as_json(
        "remedy", "--disposition", "r3_4", "--decided", "2026-03-02", "--unit", "青岛市市南区财政局"
    )
    assert set(found) == {"class", "text", "reconsideration_first"}
    assert (found["class"], found["reconsideration_first"]) == ("A", True)
    assert "青岛市市南区人民政府" in found["text"]
    assert "青岛市市南区人民法院" in found["text"]
    text = run("remedy", "--disposition", "r1", "--decided", "2023-03-02", "--unit", "青岛市市南区人民政府")
    assert "青岛市人民政府" in text and "依据：" in text


@pytest.mark.parametrize(
    ("unit", "body"),
    [
        ("市南区财政局", "青岛市市南区人民政府"),
        ("市南区人民政府", "向青岛市人民政府"),
        ("黄岛区财政局", "向黄岛区人民政府"),
        ("区财政局", "本级人民政府"),
    ],
)
def test_remedy_of_a_district_named_without_its_city(unit: str, body: str) -> None:
    found = as_json("remedy", "--disposition", "r1", "--decided", "2026-03-02", "--unit", unit)
    assert body in found["text"]


@pytest.mark.feature("D10")
def test_remedy_of_every_row_of_the_form() -> None:
    """Every key of 表三 that is a result has a remedy; the row with two results of one remedy as well."""
    for row in tables.result_rows(2026):
        for day in ("2023-12-31", "2024-01-01", "2025-06-01"):
            found = as_json("remedy", "--disposition", row, "--decided", day, "--unit", "市南区财政局")
            refused = row == "r2" or row.startswith("r3_") and row != "r3_8"
            assert found["class"] == ("A" if refused else "B"), row
            assert found["reconsideration_first"] is (refused and day > "2024"), (row, day)
    both = [
        as_json("remedy", "--disposition", code, "--decided", "2026-03-02", "--unit", "市南区财政局")
        for code in ("r4_1", "r4_1_absent", "r4_1_elsewhere")
    ]
    assert both[0] == both[1] == both[2]


@pytest.mark.feature("D10")
def test_remedy_by_the_register(world: Any) -> None:
    for name in ("区财政局", "测试区财政局"):
        found = as_json("remedy", "--disposition", "r2", "--decided", "2026-03-02", "--unit", name)
        assert "向测试区人民政府提出" in found["text"]
    unknown = as_json("remedy", "--disposition", "r2", "--decided", "2026-03-02", "--unit", "某某街道办事处")
    assert "测试区人民政府" in unknown["text"]
    with pytest.raises(CommandError, match="名录里相近的有：.*区财政局"):
        run("remedy", "--disposition", "r2", "--decided", "2026-03-02", "--unit", "区财政")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("--decided 2026-03-02 --unit 区财政局", "没有写 --disposition"),
        ("--disposition r1 --unit 区财政局", "没有写 --decided"),
        ("--disposition r1 --decided 2026-03-02", "没有写 --unit"),
        ("--disposition r4 --decided 2026-03-02 --unit 区财政局", "r4_1_absent、r4_1_elsewhere"),
        ("--disposition R1 --decided 2026-03-02 --unit 区财政局", "没有处理结果代码"),
        ("--disposition r1 --decided 2026-13-02 --unit 区财政局", "没有 13 月"),
        ("--disposition r1 --decided 2026-03-02 --unit 你好啊", "看不出"),
        ("--disposition r1 --decided 1999-03-02 --unit 区财政局", "1999-03-02"),
    ],
)
def test_remedy_says_what_is_wrong(arguments: str, words: str) -> None:
    with pytest.raises(CommandError, match=words):
        run("remedy", *arguments.split())


@pytest.mark.feature("D05")
@pytest.mark.law("条例33.3")
def test_case_with_a_consultation() -> None:
    found = as_json(
        *("clock", "case", "--received", "2021-10-08", "--consult", "2021-10-12..2021-10-28"),
        *("--answered", "2021-11-23"),
    )
    assert found["due"] == "2021-11-22"
    assert found["first_due"] == "2021-11-04"
    assert (found["status"], found["days_over"]) == ("answered", 1)
    assert sum(day["counted"] for day in found["trace"]) == 20


@pytest.mark.feature("D05")
@pytest.mark.parametrize(
    ("arguments", "due", "risk"),
    [
        (
            "--received 2021-09-01 --correction-sent 2021-09-06 --correction-received 2021-09-17",
            "2021-10-21",
            None,
        ),
        ("--received 2021-09-01 --correction-received 2021-09-17", "2021-10-21", None),
        ("--received 2021-09-01 --correction-sent 2021-09-06", None, None),
        ("--received 2021-09-01 --correction-sent 2021-09-17", None, "2021-09-29"),
        ("--received 2025-09-26 --extend 20", "2025-11-27", None),
        ("--received 2025-09-26 --extend 12 --extend 8@2025-10-20", "2025-11-27", None),
        ("--received 2025-09-26 --extend 20@2025-11-03", "2025-10-30", None),
        ("--received 2021-09-01 --fee-sent 2021-09-06 --fee-paid 2021-09-17", "2021-10-21", None),
        ("--received 2021-09-01 --fee-paid 2021-09-17", "2021-10-21", None),
        ("--received 2025-09-26 --reasons-asked 2025-09-28", "2025-10-30", None),
        ("--received 2025-09-26 --delay-until 2025-11-08", "2025-11-10", None),
        (
            "--received 2025-09-26 --consult 共同制作:2025-09-28.. --consult 其他机关：2025-09-28..2025-10-09",
            "2025-11-20",
            None,
        ),
    ],
)
def test_case_from_its_events(arguments: str, due: str | None, risk: str | None) -> None:
    found = as_json("clock", "case", *arguments.split(), "--today", "2025-10-10")
    assert (found["due"], found["risk_due"]) == (due, risk)


def test_case_for_reading() -> None:
    text = run(
        *("clock", "case", "--received", "2021-09-01", "--correction-sent", "2021-09-17"),
        *("--correction-received", "2021-09-20", "--today", "2021-10-08"),
    )
    for words in ("最晚答复日：2021-10-22", "现状：还有", "风险日期：2021-09-29", "经过：", "逐日："):
        assert words in text
    assert "暂停计算" in run("clock", "case", "--received", "2021-09-01", "--fee-sent", "2021-09-03")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("case", "没有写收到申请之日"),
        ("--received 2026-03-02", "gongkai clock case --received"),
        ("case --received 2026-03-02 --working-days 5", "--working-days 用于计算单个期限"),
        ("case --from 2026-03-02", "--from 用于计算单个期限"),
        ("case --received 2026-03-32", "3 月没有 32 日"),
        ("case --received 2026-03-02 --correction-sent 2026-03-01", "早于收到申请"),
        ("case --received 2026-03-02 --consult 2026-03-03", "没有读懂"),
        ("case --received 2026-03-02 --consult 邻居:2026-03-03..", "没有读懂"),
        ("case --received 2026-03-02 --consult 2026-03-09..2026-03-03", "早于"),
        ("case --received 2026-03-02 --extend 0", "没有读懂"),
        ("case --received 2026-03-02 --extend 5@", "没有读懂"),
        ("case --received 2098-12-20", "超出日历范围"),
        ("case --received 2005-03-02", "2005-03-02"),
    ],
)
def test_case_says_what_is_wrong(arguments: str, words: str) -> None:
    with pytest.raises(CommandError, match=words):
        run("clock", *arguments.split())
