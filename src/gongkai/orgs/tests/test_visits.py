"""Visits are counted without cookies and addresses, and again with the same result."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from gongkai.orgs.actions.visits import count_nginx, count_past_days, key_name, log_name, recount
from gongkai.orgs.models import VisitDay
from gongkai.orgs.queries.visits import visits
from gongkai.orgs.rules.visits import Visit, is_page, line, read_lines, tally
from gongkai.orgs.tests.test_people import client_of
from gongkai.portal.visiting import VisitLog

pytestmark = pytest.mark.feature("I10")
NOW = datetime(2026, 3, 6, 1, 0, tzinfo=UTC)
DAY = date(2026, 3, 5)
BROWSER = "Mozilla/5.0 (X11; Linux) Firefox/140"


def _ask(log: VisitLog, path: str, who: str = "192.0.2.7", agent: str = BROWSER) -> None:
    log.note({"PATH_INFO": path, "REMOTE_ADDR": who, "HTTP_USER_AGENT": agent})


def test_a_day_is_counted_once_and_its_key_is_thrown_away(db: None, tmp_path: Path) -> None:
    first, second = VisitLog(tmp_path, lambda: DAY), VisitLog(tmp_path, lambda: DAY)
    for path in ("/", "/doc/2026/1.html", "/large/doc/2026/1.html", "/view.css", "/workbench/"):
        _ask(first, path)
    _ask(second, "/")
    _ask(second, "/", who="2001:db8::9")
    _ask(second, "/", agent="Baiduspider/2.0")
    assert count_past_days(folder=tmp_path, today=DAY, now=NOW) == 0
    assert count_past_days(folder=tmp_path, today=date(2026, 3, 6), now=NOW) == 1
    row = VisitDay.objects.get()
    assert (row.views, row.visitors, row.sections) == (5, 2, {"/": 3, "/doc/": 2})
    assert not key_name(tmp_path, DAY).exists()
    assert count_past_days(folder=tmp_path, today=date(2026, 3, 6), now=NOW) == 0
    written = log_name(tmp_path, DAY).read_text()
    assert "192.0.2.7" not in written and "2001:db8" not in written
    assert recount(folder=tmp_path, day=DAY, now=NOW).counted_at == row.counted_at


def test_the_same_visitor_has_another_mark_on_another_day(tmp_path: Path) -> None:
    days = iter([DAY, date(2026, 3, 6)])
    log = VisitLog(tmp_path, lambda: next(days))
    _ask(log, "/")
    _ask(log, "/")
    one, other = (log_name(tmp_path, day).read_text() for day in (DAY, date(2026, 3, 6)))
    assert one != other


def test_a_folder_that_cannot_be_written_does_not_stop_the_page(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    _ask(VisitLog(tmp_path / "file" / "below"), "/")


def test_the_log_of_nginx_gives_the_same_kinds_of_numbers(db: None, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    hit = '{who} - - [05/Mar/2026:10:00:00 +0800] "{verb} {path} HTTP/2.0" {status} 123 "-" "{agent}"\n'
    log.write_text(
        hit.format(who="192.0.2.1", verb="GET", path="/", status=200, agent=BROWSER)
        + hit.format(who="192.0.2.1", verb="GET", path="/open/?x=1", status=304, agent=BROWSER)
        + hit.format(who="192.0.2.2", verb="GET", path="/nothing.html", status=404, agent=BROWSER)
        + hit.format(who="192.0.2.2", verb="GET", path="/", status=200, agent="Googlebot/2.1")
        + "torn line\n"
    )
    (row,) = count_nginx(file=log, now=NOW)
    assert (row.day, row.views, row.visitors) == (DAY, 2, 1)
    assert count_nginx(file=log, now=NOW)[0].pk == row.pk
    assert visits().views == 2


def test_the_page_shows_and_exports_what_was_counted(world: Any) -> None:
    VisitDay.objects.create(
        day=DAY, source="own", views=12, visitors=3, sections={"/": 5, "/doc/": 7}, counted_at=NOW
    )
    client = client_of(world, "office.head")
    page = client.get("/workbench/visits/").content.decode()
    assert "累计访问 12 次" in page and "/doc/ 7" in page
    table = client.get("/workbench/visits/?as=csv").content.decode()
    assert "2026-03-05,12,3" in table


def test_the_command_says_what_is_wrong(db: None) -> None:
    with pytest.raises(CommandError, match="不是日期"):
        call_command("visits", "recount", "昨天")
    with pytest.raises(CommandError, match="没有 1999-01-01 的访问记录"):
        call_command("visits", "recount", "1999-01-01")


@given(st.lists(st.tuples(st.sampled_from(["/", "/open/", "/doc/1.html", "/a.css"]), st.integers(0, 9))))
def test_what_is_written_is_what_is_counted(seen: list[tuple[str, int]]) -> None:
    written = "".join(line(Visit(path, f"m{who}")) for path, who in seen)
    found = tally(read_lines(written.splitlines()))
    pages = [(path, who) for path, who in seen if is_page(path)]
    assert found.views == len(pages) == sum(found.sections.values())
    assert found.visitors == len({who for _, who in pages})
