"""The register's own faults: what is planted is found, nothing else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.kernel.text.sheetcells import SheetCell, SheetGrid
from gongkai.registers.rules.reconciling import (
    DUPLICATE,
    GAP,
    NOT_IN_REGISTER,
    NOT_ON_SITE,
    OUT_OF_ORDER,
    UNMARKED,
    OnSite,
    issued,
    reconcile,
)
from gongkai.registers.rules.register import RegisterRow, read_register

pytestmark = pytest.mark.feature("B24")
TODAY = date(2026, 11, 20)


def a_register(count: int) -> list[RegisterRow]:
    return [
        RegisterRow(
            row=at + 3,
            number=f"测财发〔2026〕{at}号",
            title=f"关于第{at}件事的通知",
            written_on=date(2026, 1, 4) + timedelta(days=at),
            openness=("主动公开", "依申请公开", "不予公开")[at % 3],
            ground="条例第十六条" if at % 3 == 2 else "",
        )
        for at in range(1, count + 1)
    ]


def on_site(rows: list[RegisterRow]) -> list[OnSite]:
    return [OnSite(one.number, one.title, f"/d/{one.row}/") for one in rows if one.openness == "主动公开"]


def found(rows: list[RegisterRow], site: list[OnSite]) -> list[tuple[str, str]]:
    return [fault.key for fault in reconcile(rows, site, due={}, today=TODAY)]


def changed(one: RegisterRow, **more: object) -> RegisterRow:
    from dataclasses import replace

    return replace(one, **more)  # type: ignore[arg-type]


def test_three_hundred_numbers_with_six_faults_give_exactly_those_six() -> None:
    rows = a_register(300)
    site = [one for one in on_site(rows) if "〕90号" not in one.number]
    planted = {
        (GAP, "测财发〔2026〕41号"),
        (UNMARKED, "测财发〔2026〕100号"),
        (NOT_ON_SITE, "测财发〔2026〕90号"),
        (NOT_IN_REGISTER, "测财发〔2026〕301号"),
        (DUPLICATE, "测财发〔2026〕200号"),
        (OUT_OF_ORDER, "测财发〔2026〕250号"),
    }
    site.append(OnSite("测财发〔2026〕301号", "登记簿里没有的", "/d/301/"))
    rows[99] = changed(rows[99], openness="")
    rows[249] = changed(rows[249], written_on=date(2026, 2, 1))
    rows.append(changed(rows[199], row=400))
    del rows[40]
    faults = found(rows, site)
    assert len(faults) == 6 and set(faults) == planted
    assert issued(rows, 2026) == 299


@settings(max_examples=60)
@given(st.integers(2, 60), st.data())
def test_a_sound_register_has_no_fault_in_any_order_and_each_missing_number_is_one(
    count: int, data: st.DataObject
) -> None:
    rows = data.draw(st.permutations(a_register(count)))
    site = on_site(rows)
    assert found(rows, site) == []
    lost = data.draw(st.sampled_from([row for row in rows if row.parsed.serial < count]))
    left = [row for row in rows if row != lost]
    gone = [(GAP, lost.number)]
    if lost.openness == "主动公开":
        gone.append((NOT_IN_REGISTER, lost.number))
    assert sorted(found(left, site)) == sorted(gone)


def test_not_due_secret_and_explained_numbers() -> None:
    rows = a_register(3)
    due = {rows[2].number: TODAY}
    assert [fault.key for fault in reconcile(rows, [], due=due, today=TODAY)] == []
    late = reconcile(rows, [], due=due, today=TODAY + timedelta(days=1))
    assert [fault.kind for fault in late] == [NOT_ON_SITE] and "前公开" in late[0].text
    rows[2] = changed(rows[2], secrecy="秘密")
    assert reconcile(rows, [], due={}, today=TODAY) == []


def grid(*rows: tuple[str, ...], hidden: bool = False) -> SheetGrid:
    return SheetGrid(
        "登记簿",
        hidden,
        {
            at: {column: SheetCell(text) for column, text in enumerate(row, 1) if text}
            for at, row in enumerate(rows, 1)
        },
    )


def test_heads_in_any_order_after_title_rows_with_numbers_in_any_bracket() -> None:
    reading = read_register(
        [
            grid(("隐藏",), hidden=True),
            grid(
                ("区财政局2021年发文登记簿",),
                ("份 数", "公开属性（必填）", "文件标题", "成文日期", "文 号"),
                ("30", "主动", "关于预算的通知", "2021年3月5日", "测财发[2021]第001号"),
                ("", "", "", "", ""),
                ("份 数", "公开属性（必填）", "文件标题", "成文日期", "文 号"),
                ("2", "不予公开", "=1+1", "20210306", "测财发（2021）2号"),
                ("", "合计", "", "", ""),
            ),
        ]
    )
    assert reading.problems == () and reading.years == (2021,)
    assert [(row.number, row.openness, row.copies, str(row.written_on)) for row in reading.rows] == [
        ("测财发〔2021〕1号", "主动公开", "30", "2021-03-05"),
        ("测财发〔2021〕2号", "不予公开", "2", "2021-03-06"),
    ]


def test_what_is_not_understood_is_told_by_row_and_cell() -> None:
    head = ("发文字号", "标题", "成文日期", "公开属性")
    reading = read_register(
        [grid(head, ("无号", "甲", "2021-02-30", "看情况"), ("测财发〔2021〕1号", "", "", ""))]
    )
    assert [(one.row, one.where) for one in reading.problems] == [(2, "A2"), (2, "C2"), (2, "D2"), (3, "B3")]
    assert not reading.rows
    assert "发文字号" in read_register([grid(("标题", "日期"), ("甲", "乙"))]).problems[0].text
    assert read_register([]).problems and read_register([grid(head)]).problems
