"""A simulated year: every result by the real actions, tables that agree, only in a fresh installation."""

from __future__ import annotations

import json
from collections import Counter
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from gongkai.foi import states
from gongkai.foi.models import Case, CaseEvent
from gongkai.foi.queries import annual
from gongkai.foi.rules.dispositions import DISPOSITIONS
from gongkai.running.simulating import simulate
from gongkai.trail import chain, installation

YEAR = 2025


@pytest.fixture(scope="module")
def year(django_db_setup: Any, django_db_blocker: Any) -> Any:
    """One simulated year for the whole module; it is undone at its end."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        installation.forget()
        done = simulate(cases=40, year=YEAR, seed=7)
        yield done
        transaction.set_rollback(True)
    installation.forget()


@pytest.mark.feature("D20", "D09")
def test_every_result_occurs_and_the_tables_agree(year: str) -> None:
    rows = Case.objects.unscoped("test")
    codes = Counter(rows.exclude(counted_disposition="").values_list("counted_disposition", flat=True))
    assert len({DISPOSITIONS[code].row for code in codes}) >= 15
    found = annual.tables_of(YEAR)
    assert annual.findings(found) == []
    new, carried, closed, open_ = (found.rows[key][-1] for key in ("new", "carry_in", "r7", "carry_out"))
    assert new + carried == closed + open_ and new >= 30 and carried >= 1 and open_ >= 1


@pytest.mark.feature("D05")
def test_steps_stand_in_the_order_of_time_and_the_chain_holds(year: str) -> None:
    moments = list(CaseEvent.objects.unscoped("test").order_by("pk").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert chain.verify().ok and installation.kind() == installation.TRAINING


@pytest.mark.feature("D05")
def test_answers_leave_in_time_unless_their_clock_says_otherwise(year: str) -> None:
    rows = Case.objects.unscoped("test").filter(state=states.ANSWERED, due_on__isnull=False)
    late = [case.number for case in rows if case.closed_on and case.closed_on > case.due_on]
    assert rows.count() > 20 and len(late) <= 3


@pytest.mark.feature("D09")
def test_every_cell_is_its_cases(year: str) -> None:
    found = annual.tables_by_unit(YEAR)
    whole = annual.in_sum(YEAR, found.values())
    assert whole.rows == annual.tables_of(YEAR).rows
    for row, numbers in whole.rows.items():
        counted = Case.objects.unscoped("test").filter(annual._counted(), annual._in_row(row, YEAR)).count()
        assert counted == numbers[-1], row


@pytest.mark.feature("D17")
def test_the_command_prints_the_table_for_programs(year: str) -> None:
    out = StringIO()
    call_command("requests", "table", "--year", str(YEAR), "--json", stdout=out)
    shown = json.loads(out.getvalue())
    assert all(len(numbers) == 7 for numbers in shown["rows"].values()) and len(shown["rows"]) == 25
    assert set(shown["review"]) == {"reconsideration", "direct", "after"}
    assert all(len(numbers) == 5 for numbers in shown["review"].values())
    one = StringIO()
    call_command("requests", "table", "--year", str(YEAR), "--unit", "区财政局", "--json", stdout=one)
    assert json.loads(one.getvalue())["rows"]["new"][-1] <= shown["rows"]["new"][-1]
    with pytest.raises(CommandError, match="没有找到单位"):
        call_command("requests", "table", "--year", str(YEAR), "--unit", "没有局")
    with pytest.raises(CommandError, match="从 2019 年"):
        call_command("requests", "table", "--year", "2012")
    for wrong in ("0", "-3", "99999"):
        with pytest.raises(CommandError, match="不是年份"):
            call_command("requests", "table", f"--year={wrong}")


@pytest.mark.feature("D20")
def test_it_refuses_where_something_has_happened(year: str) -> None:
    with pytest.raises(CommandError, match="已经有记录"):
        call_command("requests", "simulate", "--cases", "3", "--year", "2025")


@pytest.mark.feature("D20")
@pytest.mark.parametrize(("cases", "of"), [(0, 2025), (5, 2019), (10**6, 2025)])
def test_numbers_that_cannot_be_are_refused(db: None, cases: int, of: int) -> None:
    with pytest.raises(CommandError, match="应在"):
        call_command("requests", "simulate", "--cases", str(cases), "--year", str(of))


@pytest.mark.feature("D20", "D19")
def test_a_year_before_the_measure_of_fees_has_no_unpaid_case(db: None) -> None:
    installation.forget()
    simulate(cases=30, year=2020, seed=3)
    codes = Case.objects.unscoped("test").values_list("counted_disposition", flat=True)
    assert "r6_2" not in codes
    found = annual.tables_of(2020)
    assert annual.findings(found) == [] and "r6" in found.rows and found.rows["carry_out"][-1] >= 1
    installation.forget()
