"""A declared type, its masked values and its rows from a sheet."""

from __future__ import annotations

import json
from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.records.rules.masking import masked, masked_row
from gongkai.records.rules.rows import MOST_ROWS, read_date, read_rows
from gongkai.records.rules.schema import BadSchema, Mask, PageKind, read_type

SLOW_MACHINE = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])

INVENTED = {
    "name": "bridges",
    "title": "桥梁",
    "primaryKey": "number",
    "fields": [
        {"name": "number", "title": "编号", "constraints": {"required": True}},
        {"name": "phone", "title": "电话", "x-mask": "phone"},
        {"name": "built", "title": "建成", "type": "date"},
        {"name": "length", "title": "长度", "type": "number"},
    ],
}
HEAD = ["编号", "电话", "建成", "长度"]


@pytest.mark.parametrize("code", ["subsidies", "enforcement"])
def test_shipped_types_read(code: str) -> None:
    text = (files("gongkai.records") / "facts" / "types" / f"{code}.json").read_text("utf-8")
    kind = read_type(json.loads(text))
    assert kind.code == code and kind.key


def test_an_invented_type_works_without_code() -> None:
    kind = read_type(INVENTED)
    assert kind.page is PageKind.LIST
    taken = read_rows(kind, HEAD, [["桥1", "13800001234", "2026年3月1日", "1,200.5"]])
    assert taken.rows == (
        {"number": "桥1", "phone": "13800001234", "built": "2026-03-01", "length": "1200.5"},
    )
    assert masked_row(kind, {**taken.rows[0], "secret": "x"})["phone"] == "138******34"
    assert "secret" not in masked_row(kind, {"secret": "x"})


@pytest.mark.parametrize(
    "change",
    [
        {"name": "桥"},
        {"fields": []},
        {"fields": [{"name": "a", "type": "blob"}]},
        {"fields": [{"name": "a"}, {"name": "a"}]},
        {"fields": [{"name": "a", "x-mask": "some"}]},
        {"fields": [{"name": "a", "type": "integer", "x-mask": "phone"}]},
        {"primaryKey": "nowhere"},
        {"x-page": "map"},
        {"x-public-days": 0},
    ],
)
def test_a_bad_schema_says_what_is_wrong(change: dict) -> None:
    with pytest.raises(BadSchema, match="。"):
        read_type({**INVENTED, **change})


@pytest.mark.parametrize(
    ("row", "row_number", "label"),
    [
        (["", "", "2026-1-1", ""], 3, "编号"),
        (["桥2", "", "昨天", ""], 3, "建成"),
        (["桥2", "", "2026-02-30", ""], 3, "建成"),
        (["桥2", "", "", "=1+1"], 3, "长度"),
        (["桥1", "", "", ""], 3, "编号"),
    ],
)
def test_one_bad_row_takes_nothing(row: list[str], row_number: int, label: str) -> None:
    taken = read_rows(read_type(INVENTED), HEAD, [["桥1", "", "", ""], row])
    assert taken.rows == ()
    assert [(one.row, one.label) for one in taken.troubles] == [(row_number, label)]


def test_wrong_heads_and_too_many_rows_are_told_once() -> None:
    kind = read_type(INVENTED)
    assert len(read_rows(kind, ["号码"], [["1"]]).troubles) == 2
    many = read_rows(kind, HEAD, [["1", "", "", ""]] * (MOST_ROWS + 1))
    assert len(many.troubles) == 1 and "分成几个文件" in many.troubles[0].text


@SLOW_MACHINE
@given(st.dates(date(1960, 1, 1), date(2099, 12, 31)))
def test_every_way_to_write_a_day_is_the_same_day(day: date) -> None:
    ways = [f"{day.year}年{day.month}月{day.day}日", f"{day.year}.{day.month}.{day.day}", f"{day:%Y%m%d}"]
    assert {read_date(way) for way in [*ways, day.isoformat()]} == {day}
    assert read_date(str((day - date(1899, 12, 30)) // timedelta(1))) == day


@SLOW_MACHINE
@given(st.text("0123456789Xx ", min_size=1, max_size=22), st.sampled_from([m for m in Mask if m]))
def test_a_mask_never_shows_most_of_a_number(text: str, mask: Mask) -> None:
    bare = "".join(text.split())
    shown = sum(1 for letter in masked(text, mask) if letter not in "*＊") if bare else 0
    assert shown <= len(bare) / 2 + 1
