"""The demo district: its shape, its codes, and where it may be loaded."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from gongkai.kernel import clock
from gongkai.ledger.models import Task
from gongkai.orgs.models import Person, Unit
from gongkai.publishing.models import Publication
from gongkai.running.demo import accounts, loading
from gongkai.running.demo.codes import credit_code, credit_code_fits
from gongkai.running.demo.district import names
from gongkai.trail import chain, installation
from gongkai.trail.chain import SYSTEM


def test_invented_codes_have_right_checksums_and_no_real_area() -> None:
    codes = [credit_code(number) for number in range(200)]
    assert len(set(codes)) == 200
    assert all(credit_code_fits(code) and code[2:8] == "990202" for code in codes)
    assert not credit_code_fits(codes[0][:-1] + ("0" if codes[0][-1] != "0" else "1"))


def test_invented_names_do_not_repeat() -> None:
    assert len({names(number) for number in range(300)}) == 300


@pytest.fixture
def demo(db: None, django_capture_on_commit_callbacks: Any) -> None:
    loading.load(now=clock.now())


@pytest.mark.feature("X03")
def test_demo_has_the_shape_of_a_district(demo: None) -> None:
    kinds = dict.fromkeys(Unit.Kind.values, 0)
    for unit in Unit.objects.all():
        kinds[unit.kind] += 1
    assert kinds["street"] == 11 and kinds["community"] == 50
    assert 58 <= kinds["department"] + kinds["dual"] + kinds["institution"] <= 66
    small = Unit.objects.get(is_small=True)
    assert Person.objects.filter(unit=small).count() == 2
    assert sorted(Task.objects.filter(origin=Task.Origin.ANNEX).values_list("number", flat=True)) == list(
        range(1, 33)
    )
    live = Publication.objects.unscoped("a count").filter(state=Publication.State.LIVE)
    assert live.count() >= 12
    assert not live.filter(document__catalogue_item="").exists()
    assert installation.kind() == installation.DEMO
    assert chain.verify().ok


@pytest.mark.feature("X03")
def test_second_load_changes_nothing(demo: None) -> None:
    before = chain.head()
    assert loading.load(now=clock.now()) is False
    assert chain.head() == before


def test_demo_is_refused_where_something_real_has_happened(world: Any) -> None:
    chain.record(verb="orgs.add_person", by=SYSTEM, at=world.now)
    for verb in (["load"], ["reset"], ["code", "gkb"]):
        with pytest.raises(CommandError, match="DATA_DIR|演示"):
            call_command("demo", *verb)


def test_one_time_code_is_for_those_with_a_second_factor(demo: None, capsys: Any) -> None:
    call_command("demo", "code", "gkb")
    code = capsys.readouterr().out.strip()
    assert len(code) == 6 and code.isdigit()
    assert accounts.code_now("czj.officer") is None
    with pytest.raises(CommandError, match="没有启用验证器"):
        call_command("demo", "code", "czj.officer")
