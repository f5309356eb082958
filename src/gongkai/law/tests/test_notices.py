from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from gongkai.events.law import CalendarImported
from gongkai.kernel import outbox
from gongkai.kernel.models import OutboxRow
from gongkai.law import actions, queries
from gongkai.law.calendar import DayType, Holiday, NoticeTable, WorkCalendar, faults
from gongkai.law.clock import Clock, Unit
from gongkai.law.facts import calendar_tables
from gongkai.law.models import CalendarNotice
from gongkai.law.notice_text import read_notice
from gongkai.law.open_dates import OpenDate, moved
from gongkai.law.refusal import Refused
from gongkai.trail.chain import SYSTEM
from gongkai.trail.models import TrailRow

NOW = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
OF_2026 = """国务院办公厅关于2026年部分节假日安排的通知
国办发明电〔2025〕7号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
国务院办公厅
2025年11月4日
"""
INVENTED = """国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕99号
一、元旦：2027年1月1日至3日放假，共3天。
二、春节：2月5日（农历除夕、周五）至12日（周五）放假调休，共8天。1月31日（周日）、2月13日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日、5月8日上班。
五、端午节：6月9日放假1天，与周末不连休，共1天。
六、中秋节：9月15日放假，共1天。
七、国庆节：10月1日（星期五）至7日（星期四）放假调休，共7天。9月26日（星期天）、10月9日（星期六）上班。
2026年11月20日
"""


@pytest.fixture
def notice_file(tmp_path: Path) -> Callable[[str | bytes], Path]:
    def write(content: str | bytes) -> Path:
        path = tmp_path / "notice.txt"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command("calendar", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_text_of_2026_reads_as_the_facts_of_the_package() -> None:
    reading = read_notice(OF_2026)
    assert reading.faults == ()
    packaged = next(table for table in calendar_tables() if table.year == 2026)
    assert reading.table.holidays == packaged.holidays
    assert reading.table.number == packaged.number
    assert reading.table.published_on == packaged.published_on


def test_every_packaged_notice_is_without_fault() -> None:
    assert {table.number: faults(table) for table in calendar_tables()} == {
        table.number: [] for table in calendar_tables()
    }


@pytest.mark.parametrize(
    ("wrong", "right", "words"),
    [
        ("1月4日（周日）", "1月4日（周六）", "2026-01-04 是周日，通知写的是周六"),
        ("共9天", "共8天", "是 9 天，通知写的是共8天"),
        ("4月4日（周六）至6日（周一）", "4月4日至31日", "4 月没有 31 日"),
        ("6月19日（周五）至21日（周日）放假", "六月中旬休息1日", "没有读到端午节的放假日期"),
    ],
)
def test_fault_of_a_line_names_the_line(wrong: str, right: str, words: str) -> None:
    assert wrong in OF_2026
    reading = read_notice(OF_2026.replace(wrong, right))
    assert len(reading.faults) == 1
    assert words in str(reading.faults[0])
    line = OF_2026.replace(wrong, right).splitlines()[reading.faults[0].line - 1]
    assert right in line


def test_table_reads_as_the_text_does() -> None:
    table = next(table for table in calendar_tables() if table.year == 2025)
    lines = ["日期,名称,安排"]
    for holiday in table.holidays:
        lines += [f"{day},{holiday.name},放假" for day in holiday.days()]
        lines += [f"{day:%Y/%m/%d},{holiday.name},上班" for day in holiday.workdays]
    reading = read_notice("\n".join(lines), number=table.number)
    assert reading.faults == ()
    assert reading.table.holidays == table.holidays
    assert reading.table.year == 2025


def test_faulty_rows_of_a_table_are_all_named() -> None:
    reading = read_notice(
        "日期,名称,安排\n2027-02-30,春节,放假\n2027-01-01,,放假\n2027-01-01,元旦,休\n2027-01-03,元宵,上班"
    )
    shown = [str(fault) for fault in reading.faults]
    assert [fault.line for fault in reading.faults] == [2, 3, 4, 0]
    assert "2 月没有 30 日" in shown[0]
    assert "缺少节日名称" in shown[1]
    assert "应为“放假”或“上班”" in shown[2]
    assert "“元宵”只有上班日" in shown[3]


def test_faults_of_a_notice() -> None:
    new_year = Holiday("元旦", date(2027, 1, 1), date(2027, 1, 3), (date(2027, 1, 4), date(2027, 1, 2)))
    found = "\n".join(faults(NoticeTable(2027, "某号", (new_year,))))
    assert "2027-01-04 是周一，本来就上班" in found
    assert "2027-01-02 同时列为放假和上班" in found
    assert "2027-02-05 是法定节假日（春节），通知里没有把它列为放假日" in found
    turned = replace(new_year, first=date(2027, 1, 3), last=date(2027, 1, 1), workdays=())
    assert "晚于结束日期" in faults(NoticeTable(2027, "某号", (turned,), amends=True))[0]
    other_year = NoticeTable(2028, "某号", (replace(new_year, workdays=()),), amends=True)
    assert "不在 2028 年的安排范围内" in faults(other_year)[0]


def test_later_notice_prevails_and_amendment_alone_makes_no_year_certain() -> None:
    base = read_notice(INVENTED).table
    extended = NoticeTable(2027, "延长", (Holiday("春节", date(2027, 2, 5), date(2027, 2, 15)),), amends=True)
    calendar = WorkCalendar([base, extended])
    assert calendar.kind(date(2027, 2, 13)).type is DayType.HOLIDAY  # was a make-up Saturday
    assert calendar.kind(date(2027, 1, 31)).type is DayType.MAKE_UP
    assert not calendar.is_provisional(date(2027, 7, 1))
    alone = WorkCalendar([extended])
    assert alone.is_provisional(date(2027, 7, 1))
    assert not alone.is_provisional(date(2027, 2, 13))
    anew = WorkCalendar([base, extended, base])
    assert anew.kind(date(2027, 2, 13)).type is DayType.MAKE_UP


@pytest.mark.django_db
def test_import_makes_the_year_certain_and_leaves_one_trail_row_and_one_event(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        outbox,
        "_stops",
        {"CalendarImported": outbox.Stop(CalendarImported, ("gongkai.nowhere.heard",))},
    )
    before = queries.calendar()
    assert before.is_provisional(date(2027, 7, 1))
    notice = actions.import_notice(table=read_notice(INVENTED).table, by=SYSTEM, at=NOW)
    after = queries.calendar()
    assert not after.is_provisional(date(2027, 7, 1))
    assert after.is_workday(date(2027, 2, 13))
    row = TrailRow.objects.get(verb="law.import_notice")
    assert row.facts["digest"] == notice.digest
    told = OutboxRow.objects.get(topic="CalendarImported").payload
    assert (told["year"], told["first_changed"], told["last_changed"]) == (2027, "2027-01-31", "2027-10-09")


@pytest.mark.django_db
def test_import_twice_is_refused_and_stores_nothing() -> None:
    table = read_notice(INVENTED).table
    actions.import_notice(table=table, by=SYSTEM, at=NOW)
    with pytest.raises(Refused, match="已经导入"):
        actions.import_notice(table=table, by=SYSTEM, at=NOW)
    assert CalendarNotice.objects.count() == 1
    assert TrailRow.objects.filter(verb="law.import_notice").count() == 1


@pytest.mark.django_db
def test_packaged_year_cannot_be_rewritten_only_amended() -> None:
    table = next(table for table in calendar_tables() if table.year == 2026)
    assert [refusal.code for refusal in actions.why_not_import_notice(table=table)] == ["calendar.packaged"]
    day = date(2026, 12, 31)
    amending = NoticeTable(2026, "调整", (Holiday("元旦", day, day),), amends=True)
    assert actions.why_not_import_notice(table=amending) == []
    actions.import_notice(table=amending, by=SYSTEM, at=NOW)
    assert not queries.calendar().is_workday(day)
    too_early = replace(amending, year=2027)
    codes = [refusal.code for refusal in actions.why_not_import_notice(table=too_early)]
    assert codes == ["calendar.amends_nothing"]


@pytest.mark.django_db
@pytest.mark.parametrize("amends", [True, False])
def test_impossible_notices_are_refused_not_crashed(amends: bool) -> None:
    table = replace(read_notice(INVENTED).table, amends=amends)

    def codes(**changes: object) -> list[str]:
        return [refusal.code for refusal in actions.why_not_import_notice(table=replace(table, **changes))]

    assert codes(year=0) == ["calendar.year"]
    assert codes(year=99999) == ["calendar.year"]
    assert codes(holidays=()) == ["calendar.empty"]
    assert "calendar.long_number" in codes(number="国" * 61)
    assert "calendar.no_number" in codes(number="")


@pytest.mark.django_db
def test_calendar_costs_one_query(django_assert_num_queries: Callable) -> None:
    queries.calendar()
    with django_assert_num_queries(1):
        queries.calendar()


@pytest.mark.feature("B08")
def test_open_dates_move_once() -> None:
    guessed = WorkCalendar(calendar_tables())
    certain = WorkCalendar([*calendar_tables(), read_notice(INVENTED).table])
    starts = [date(2026, 11, 2), date(2026, 12, 4), date(2027, 1, 20), date(2027, 4, 26)]
    clocks = [Clock(Unit.WORKING_DAYS, 20, start) for start in starts]

    def standing(calendar: WorkCalendar) -> list[OpenDate]:
        reckoned = [clock.reckon(calendar) for clock in clocks]
        return [
            OpenDate(key, clock, one.due, one.provisional)
            for key, (clock, one) in enumerate(zip(clocks, reckoned, strict=True))
        ]

    changes = {change.key: change for change in moved(standing(guessed), certain)}
    assert set(changes) == {1, 2, 3}  # the first one ends in 2026
    assert not changes[1].is_other_day  # only no longer provisional
    assert changes[2].is_other_day
    assert not any(change.provisional for change in changes.values())
    assert list(moved(standing(certain), certain)) == []


@pytest.mark.django_db
def test_command_imports_lists_and_says_what_changed(notice_file: Callable) -> None:
    path = notice_file(INVENTED.encode("gb18030"))
    dry = json.loads(run("import", path, "--dry-run", "--json"))
    assert dry["imported"] is False
    assert "2027-01-31" in dry["changed_days"]
    assert CalendarNotice.objects.count() == 0
    assert "已导入：2027 年放假安排" in run("import", path)
    assert CalendarNotice.objects.get().published_on == date(2026, 11, 20)
    listed = json.loads(run("list", "--json"))
    assert [row["year"] for row in listed][-1] == 2027
    assert len(listed) == 11
    assert "国办发明电〔2026〕99号" in run("list")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "是空的或不是文本"),
        (b"PK\x03\x04\0\0", "是空的或不是文本"),
        ("今天天气很好".encode(), "没有读到年份"),
        (INVENTED.replace("2月13日（周六）", "2月30日").encode(), "第 4 行：2 月没有 30 日"),
        (INVENTED.replace("国办发明电〔2026〕99号", "").encode(), "缺少发文字号"),
        (b"x" * 300_000, "不像放假通知"),
    ],
)
def test_command_refuses_bad_files_and_stores_nothing(
    content: bytes, words: str, notice_file: Callable
) -> None:
    with pytest.raises(CommandError, match=words):
        run("import", notice_file(content))
    assert CalendarNotice.objects.count() == 0


@pytest.mark.django_db
def test_command_says_when_the_file_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="读不到文件"):
        run("import", tmp_path / "none.txt")
