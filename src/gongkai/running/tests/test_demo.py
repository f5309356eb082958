"""The demo district: its shape, its codes, and where it may be loaded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from gongkai.catalogue import queries as catalogue_queries
from gongkai.foi import states
from gongkai.foi.models import Appeal, Case, Dispute, Lesson, Redaction, Topic, TopicCase
from gongkai.gate.models import LiveFinding
from gongkai.kernel import clock
from gongkai.kernel.desk import many_desks
from gongkai.ledger.models import Plan, Task
from gongkai.ledger.queries import demand as demand_queries
from gongkai.orgs.actor import actor_of
from gongkai.orgs.models import Person, Unit
from gongkai.publishing.models import ErrorReport, Publication
from gongkai.running.demo import accounts, loading
from gongkai.running.demo.codes import credit_code, credit_code_fits
from gongkai.running.demo.district import names
from gongkai.search import queries as search_queries
from gongkai.search.models import AskedWords, EmptyAnswer
from gongkai.trail import chain, installation
from gongkai.trail.chain import SYSTEM
from gongkai.workbench import desk


def test_invented_codes_have_right_checksums_and_no_real_area() -> None:
    codes = [credit_code(number) for number in range(200)]
    assert len(set(codes)) == 200
    assert all(credit_code_fits(code) and code[2:8] == "990202" for code in codes)
    assert not credit_code_fits(codes[0][:-1] + ("0" if codes[0][-1] != "0" else "1"))


def test_invented_names_do_not_repeat() -> None:
    assert len({names(number) for number in range(300)}) == 300


def test_demo_is_refused_where_something_real_has_happened(world: Any) -> None:
    chain.record(verb="orgs.add_person", by=SYSTEM, at=world.now)
    for verb in (["load"], ["reset"], ["code", "gkb"]):
        with pytest.raises(CommandError, match="DATA_DIR|演示"):
            call_command("demo", *verb)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo district, loaded once for the tests of this file and taken back at their end."""
    with django_db_blocker.unblock(), transaction.atomic():
        installation.forget()
        loading.load(now=clock.now())
        yield
        transaction.set_rollback(True)
    installation.forget()


@pytest.fixture
def demo(loaded: None, db: None) -> None:
    """A test on the demo district."""


@pytest.mark.feature("X03")
def test_demo_has_the_shape_of_a_district(demo: None) -> None:
    kinds = dict.fromkeys(Unit.Kind.values, 0)
    for unit in Unit.objects.all():
        kinds[unit.kind] += 1
    assert kinds["street"] == 11 and kinds["community"] == 50
    assert 58 <= kinds["department"] + kinds["dual"] + kinds["institution"] <= 66
    small = Unit.objects.get(is_small=True)
    assert Person.objects.filter(unit=small).count() == 2
    newest = Task.objects.filter(origin=Task.Origin.ANNEX, plan=Plan.objects.order_by("-year")[0])
    assert sorted(newest.values_list("number", flat=True)) == list(range(1, 33))
    live = Publication.objects.unscoped("a count").filter(state=Publication.State.LIVE)
    assert live.count() >= 12
    assert not live.filter(document__catalogue_item="").exists()
    assert installation.kind() == installation.DEMO
    assert chain.verify().ok


@pytest.mark.feature("X03", "D16")
def test_demo_has_requests_alive_under_every_heading(demo: None) -> None:
    cases = Case.objects.unscoped("a count")
    found = set(cases.values_list("state", flat=True))
    assert {states.HEADINGS[state] for state in found} >= {
        states.REGISTRATION,
        states.EXAMINATION,
        states.HANDLING,
        states.ANSWERING,
    }
    assert {states.ARRIVED, states.CORRECTION, states.CONSULTING, states.REVIEWED, states.ANSWERED} <= found
    assert cases.filter(due_on__lt=clock.today(), state__in=states.OPEN).exists()
    assert Dispute.objects.unscoped("a count").filter(outcome="").exists() and Lesson.objects.exists()
    assert Appeal.objects.unscoped("a count").exists()
    topic = Topic.objects.unscoped("a count").get()
    assert TopicCase.objects.unscoped("a count").filter(topic=topic).count() == 3
    assert "chuangkou" in {account.username for account in accounts.accounts()}


@pytest.mark.feature("A12")
def test_demo_has_a_community_whose_overdue_column_warns_its_street(demo: None) -> None:
    today = clock.today()
    people = {
        name: Person.objects.get(username=name) for name in ("wcl-1.officer", "wcl.officer", "czj.officer")
    }
    desks = {
        name: [task.title for task in desk.tasks(actor_of(person, today=today), today)]
        for name, person in people.items()
    }
    overdue = {name: [title for title in titles if "居务公开" in title] for name, titles in desks.items()}
    assert len(overdue["wcl-1.officer"]) == 1 and "超期" in overdue["wcl-1.officer"][0]
    assert [title for title in overdue["wcl.officer"] if "海堤社区居务公开" in title]
    assert not overdue["czj.officer"]
    live = Publication.objects.unscoped("a count").filter(state=Publication.State.LIVE)
    assert live.filter(unit__code="wcl-1").count() == 2
    own = catalogue_queries.own_items(Unit.objects.get(code="wcl-1"))
    assert [item.name for item in own] == ["老年人补贴"]
    assert {"wcl-1.officer", "wcl.officer"} <= {account.username for account in accounts.accounts()}


@pytest.mark.feature("X03", "A11", "I08")
def test_demo_has_readers_a_finding_and_a_blotted_paper(demo: None) -> None:
    today = clock.today()
    assert len(search_queries.popular(today=today)) >= 5 and EmptyAnswer.objects.exists()
    assert not AskedWords.objects.exclude(marks="").filter(day__lt=today).exists()
    office = actor_of(Person.objects.get(username="gkb"), today=today)
    page = demand_queries.demand(office, key=demand_queries.TWELVE, today=today, everything=True)
    assert page.wanted_rows >= 3 and {one.told.kind for one in page.candidates} >= {"in_vain", "case"}
    answered = ErrorReport.objects.filter(handled_at__isnull=False)
    assert answered.count() == 2 and ErrorReport.objects.count() == 3
    found = LiveFinding.objects.unscoped("a count").get()
    assert found.rule == "leader.left" and found.unit.code == "yjj"
    done = Redaction.objects.unscoped("a count").get()
    assert done.result is not None and done.proof["left"] == 0 and len(done.boxes) == 2


@pytest.mark.feature("X03")
def test_desks_read_one_after_another_are_the_same_as_each_alone(demo: None) -> None:
    """What colleagues share in the digest of the morning is never a neighbour's."""
    day = clock.today()
    people = Person.objects.filter(unit__code__in=("czj", "jtj", "wcl", "zfb"), is_active=True).order_by("pk")
    actors = [actor_of(person, today=day) for person in people]
    alone = [desk.tasks(actor, day) for actor in actors]
    with many_desks():
        assert [desk.tasks(actor, day) for actor in actors] == alone
    assert len(actors) > 8 and sum(map(len, alone)) > 20


def test_second_load_changes_nothing(demo: None) -> None:
    before = chain.head()
    assert loading.load(now=clock.now()) is False
    assert chain.head() == before


def test_one_time_code_is_for_those_with_a_second_factor(demo: None, capsys: Any) -> None:
    call_command("demo", "code", "gkb")
    code = capsys.readouterr().out.strip()
    assert len(code) == 6 and code.isdigit()
    assert accounts.code_now("czj.officer") is None
    with pytest.raises(CommandError, match="没有启用验证器"):
        call_command("demo", "code", "czj.officer")
