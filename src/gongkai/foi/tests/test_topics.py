"""Topics: which requests are put together and why; from the proposal to the notice of those who asked."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from docx import Document as Word
from hypothesis import given
from hypothesis import strategies as st

from gongkai.foi.actions import topics as actions
from gongkai.foi.models import Topic, TopicCase
from gongkai.foi.queries import topics as queries
from gongkai.foi.rules import topic_steps
from gongkai.foi.rules.topics import Quarter, Wish, belongs, clusters, effect, words_of
from gongkai.foi.tests.cases import at, new_case
from gongkai.foi.tests.test_after_pages import browse  # noqa: F401 -- a fixture
from gongkai.law.refusal import Refused

ROADS = (
    "本人申请公开2025年观澜路道路改造工程的资金使用明细",
    "申请公开道路改造工程资金使用情况和招标文件",
    "请提供道路改造工程的资金拨付凭证",
)
LIFTS = ("望潮小区电梯加装审批材料", "老旧小区加装电梯的审批文件")
ALONE = ("停车收费标准", "部门预算")


def wishes(*texts: str) -> list[Wish]:
    return [Wish(at, text, f"asker {at}", "r1") for at, text in enumerate(texts)]


@pytest.mark.feature("D16")
@pytest.mark.law("条例44.1")
def test_requests_with_shared_words_make_a_topic_and_single_ones_none() -> None:
    found = clusters(wishes(*ROADS, *LIFTS, *ALONE))
    assert [one.keys for one in found] == [(0, 1, 2), (3, 4)]
    for one in found:
        texts = [(*ROADS, *LIFTS, *ALONE)[key] for key in one.keys]
        for word, times in one.words:
            assert times == sum(word in words_of(text) for text in texts) and times * 2 >= len(texts)


@given(st.lists(st.sampled_from((*ROADS, *LIFTS, *ALONE)), max_size=12), st.randoms())
def test_order_of_requests_changes_nothing_and_each_stands_in_one_topic(texts: list[str], luck: Any) -> None:
    listed = wishes(*texts)
    shuffled = list(listed)
    luck.shuffle(shuffled)
    found = clusters(listed)
    assert found == clusters(shuffled)
    keys = [key for one in found for key in one.keys]
    assert len(keys) == len(set(keys)) and all(len(one.keys) >= 2 for one in found)


def test_numbers_and_names_never_become_words_of_a_topic() -> None:
    text = "申请人张建国370202199003071238要求公开道路改造工程资金"
    assert not any(sign.isdigit() for word in words_of(text) for sign in word)
    assert "张建国" not in words_of(text)


@given(st.dates(date(2019, 1, 1), date(2030, 12, 31)))
def test_a_day_lies_in_its_quarter_and_quarters_follow_without_gap(day: date) -> None:
    quarter = Quarter.of(day)
    assert quarter.first <= day <= quarter.last
    assert quarter.after().before() == quarter
    assert quarter.last + timedelta(days=1) == quarter.after().first


def test_effect_says_fell_rose_and_too_early_as_it_is() -> None:
    assert "下降 50%" in effect([4, 4], [2]).words
    assert "没有下降" in effect([1, 1], [3]).words
    assert "暂不比较" in effect([4], []).words
    assert belongs(ROADS[2], ["道路", "改造", "工程", "资金"])
    assert not belongs(ALONE[0], ["道路", "改造", "工程", "资金"])


def asked(world: Any, *texts: str, unit: str = "finance") -> list[Any]:
    return [
        new_case(
            world, unit=unit, asked={"title": text[:40], "content": text},
            asking={"document_number": f"11010519491231{number:03d}X", "phone": f"1390000{number:04d}"},
        )
        for number, text in enumerate(texts, 1)
    ]  # fmt: skip


def analysed(world: Any) -> Topic:
    asked(world, *ROADS, *ALONE)
    made = actions.analyse(
        unit=world.units["finance"],
        quarter=Quarter(2026, 4),
        by=world.actor("finance.officer"),
        now=world.now,
    )
    assert len(made) == 1
    return made[0]


def accepted(world: Any) -> Topic:
    return actions.accept(
        topic=analysed(world), by=world.actor("finance.reviewer"), owner=world.people["finance.officer"],
        title="道路改造工程资金使用情况", reason="多人申请，可以公开。", now=world.now,
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.feature("D16")
@pytest.mark.law("条例44.1")
def test_a_topic_goes_from_proposal_to_publication_and_notice(world: Any) -> None:
    topic = accepted(world)
    assert topic.due_on == actions.due_day(world.today) and topic.state == topic_steps.ACCEPTED
    document = actions.draft_topic(topic=topic, by=world.actor("finance.officer"), now=world.now)
    assert document.title == topic.title and document.determinations.get().openness == "主动公开"
    with pytest.raises(Refused, match="已经起草过"):
        actions.draft_topic(topic=topic, by=world.actor("finance.officer"), now=world.now)
    actions.note_publication(document_id=document.pk, path="/doc/2026/1.html", now=world.now)
    topic.refresh_from_db()
    assert (topic.state, topic.path) == (topic_steps.PUBLISHED, "/doc/2026/1.html")
    assert actions.note_publication(document_id=document.pk, path="/doc/2026/1.html", now=world.now) is None
    with pytest.raises(Refused, match="不在网上"):
        actions.tell(topic=topic, by=world.actor("finance.officer"), now=world.now)
    actions.note_withdrawal(document_id=document.pk, now=world.now)
    topic.refresh_from_db()
    assert topic.state == topic_steps.ACCEPTED and topic.published_on is None


@pytest.mark.django_db
@pytest.mark.feature("D16")
def test_each_person_is_told_once_and_only_where_he_left_an_address(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gongkai.messaging.models import Endpoint, OutsideNotice

    topic = accepted(world)
    first = TopicCase.objects.unscoped("test").filter(topic=topic).order_by("pk")[0]
    again = new_case(world, asked={"title": ROADS[0][:40], "content": ROADS[0]})
    again.applicant.identity_digest = first.case.applicant.identity_digest
    again.applicant.save()
    TopicCase.objects.create(topic=topic, case=again, unit_id=topic.unit_id)
    silent = new_case(world, asking={"document_number": "330102199001011234"})
    TopicCase.objects.create(topic=topic, case=silent, unit_id=topic.unit_id)
    Endpoint.objects.create(name="短信", kind=Endpoint.Kind.SMS, changed_at=world.now)
    Topic.objects.unscoped("test").filter(pk=topic.pk).update(
        state=topic_steps.PUBLISHED, path="/doc/2026/1.html", published_on=world.today
    )
    monkeypatch.setattr(actions, "why_not_tell", lambda **_: [])
    done = actions.tell(topic=topic, by=world.actor("finance.officer"), now=world.now)
    assert done == {"sent": 3, "same": 1, "by_hand": 1}
    notices = OutsideNotice.objects.unscoped("test")
    assert notices.count() == 3 and all("王" not in notice.key for notice in notices)


@pytest.mark.django_db
def test_analysis_again_keeps_what_was_decided(world: Any) -> None:
    topic = analysed(world)
    actions.decline(topic=topic, by=world.actor("finance.reviewer"), reason="只涉及个别人。", now=world.now)
    by = world.actor("finance.officer")
    again = actions.analyse(unit=world.units["finance"], quarter=Quarter(2026, 4), by=by, now=world.now)
    assert again == [] and Topic.objects.unscoped("test").get().state == topic_steps.DECLINED
    actions.reopen(topic=topic, by=world.actor("finance.reviewer"), now=world.now)
    actions.analyse(unit=world.units["finance"], quarter=Quarter(2026, 4), by=by, now=world.now)
    assert Topic.objects.unscoped("test").get().state == topic_steps.PROPOSED


@pytest.mark.django_db
def test_wrong_person_and_missing_words_are_refused_with_what_to_do(world: Any) -> None:
    topic = analysed(world)
    officer, reviewer = world.actor("finance.officer"), world.actor("finance.reviewer")
    for by, owner, title, reason, what in (
        (officer, "finance.officer", "道路", "可以", "您的角色不能"),
        (reviewer, "civil.officer", "道路", "可以", "没有选责任人"),
        (reviewer, "finance.officer", " ", "可以", "没有写专题名称"),
        (reviewer, "finance.officer", "道路", "", "没有写理由"),
    ):
        with pytest.raises(Refused, match=what):
            actions.accept(
                topic=topic, by=by, owner=world.people[owner], title=title, reason=reason, now=world.now
            )
    with pytest.raises(Refused, match="还没有开始"):
        actions.analyse(unit=world.units["finance"], quarter=Quarter(2027, 2), by=officer, now=world.now)


@pytest.mark.django_db
@pytest.mark.feature("D16")
def test_pages_lead_from_list_to_cases_and_report_names_nobody(world: Any, browse: Any) -> None:  # noqa: F811
    topic = analysed(world)
    client = browse("finance.reviewer")
    shown = client.get(reverse("foi:topics"), {"year": 2026, "quarter": 4}).content.decode()
    assert topic.title in shown and "转化率" in shown
    page = client.get(reverse("foi:topic", args=[topic.pk])).content.decode()
    case = TopicCase.objects.unscoped("test").filter(topic=topic)[0].case
    assert reverse("foi:case", args=[case.pk]) in page and "王某" not in page
    kept = client.post(
        reverse("foi:topic_accept", args=[topic.pk]), {"title": "道路改造资金", "reason": "", "owner": ""}
    )
    assert kept.status_code == 422 and "道路改造资金" in kept.content.decode()
    owner = world.people["finance.officer"].pk
    done = client.post(
        reverse("foi:topic_accept", args=[topic.pk]),
        {"title": "道路改造资金", "reason": "多人申请", "owner": owner},
    )
    assert done.status_code == 302
    answer = client.get(reverse("foi:topic_report"), {"year": 2026, "quarter": 4})
    words = "".join(
        cell.text
        for table in Word(io.BytesIO(b"".join(answer))).tables
        for row in table.rows
        for cell in row.cells
    )
    assert "道路改造资金" in words and "王某" not in words


@pytest.mark.django_db
def test_assessor_sees_topics_without_cases(world: Any, browse: Any) -> None:  # noqa: F811
    topic = analysed(world)
    page = browse("assessor").get(reverse("foi:topic", args=[topic.pk])).content.decode()
    case = TopicCase.objects.unscoped("test").filter(topic=topic)[0].case
    assert case.number not in page and case.title not in page and "第 1 件" in page


@pytest.mark.django_db
def test_list_needs_the_same_queries_for_1_and_30_topics(
    world: Any,
    browse: Any,  # noqa: F811
    django_assert_num_queries: Any,
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    analysed(world)
    client = browse("finance.reviewer")
    address = reverse("foi:topics") + "?year=2026&quarter=4"

    def count() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    one = count()
    for number in range(29):
        Topic.objects.create(
            unit=world.units["finance"],
            year=2026,
            quarter=4,
            title=f"专题{number}",
            words=["道路"],
            found_at=world.now,
        )
    assert count() == one


@pytest.mark.django_db
def test_effect_counts_requests_by_quarter(world: Any) -> None:
    topic = accepted(world)
    new_case(world, on=date(2026, 5, 12), asked={"title": "道路改造", "content": ROADS[1]})
    Topic.objects.unscoped("test").filter(pk=topic.pk).update(
        state=topic_steps.PUBLISHED, path="/x", published_on=date(2026, 10, 20)
    )
    topic.refresh_from_db()
    new_case(world, on=date(2027, 1, 12), asked={"title": "道路改造", "content": ROADS[1]})
    counts = queries.by_quarter(topic, today=date(2027, 5, 1))
    by_label = {one.label: one.count for one in counts}
    assert (
        by_label["2026年第二季度"] == 1
        and by_label["2026年第四季度"] == 3
        and by_label["2027年第一季度"] == 1
    )
    assert "下降" in str(queries.effect_of(topic, counts))
    assert at(world.today)
