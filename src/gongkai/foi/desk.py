"""Disclosure requests on my desk: whose turn it is, by when, why; opinions and extensions that wait for me."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from gongkai.foi import desk_after, desk_letters, states
from gongkai.foi.models import Case, DeliberationOpinion, Extension, Topic
from gongkai.foi.queries.case_lists import found_by
from gongkai.foi.queries.case_page import step_of
from gongkai.foi.queries.desk import cases_on_desk, extensions_to_decide, sent_on
from gongkai.foi.queries.opinions import opinions_asked_of
from gongkai.foi.queries.topics import topics_to_decide, topics_to_follow
from gongkai.foi.rules import topic_steps
from gongkai.kernel.desk import REQUESTS, DeskItem, Found, RailEntry, WaitingItem
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can, visible

RAIL: tuple[RailEntry, ...] = (
    *desk_after.RAIL,
    *desk_letters.RAIL,
    RailEntry(
        key="foi",
        label="依申请公开",
        icon="pencil",
        url_name="foi:list",
        action="foi.view",
        group=REQUESTS,
        order=10,
    ),
    RailEntry(
        key="foi-opinions",
        label="会商意见",
        icon="people",
        url_name="foi:opinions",
        action="foi.give_opinion",
        group=REQUESTS,
        order=20,
    ),
    RailEntry(
        key="foi-topics",
        label="申请专题",
        icon="chart",
        url_name="foi:topics",
        action="foi.view_topics",
        group=REQUESTS,
        order=60,
    ),
    RailEntry(
        key="foi-practice",
        label="练习",
        icon="pencil",
        url_name="foi:practice",
        action="foi.practise",
        group=REQUESTS,
        order=95,
        playground=True,
    ),
    RailEntry(
        key="foi-counter",
        label="申请窗口",
        icon="person",
        url_name="foi:counter",
        action="foi.find",
        group=REQUESTS,
        order=30,
    ),
    RailEntry(
        key="foi-channels",
        label="受理渠道",
        icon="phone",
        url_name="foi:channels",
        action="foi.settings",
        group=REQUESTS,
        order=80,
    ),
    RailEntry(
        key="foi-deflection",
        label="已公开信息推荐",
        icon="chart",
        url_name="foi:deflection",
        action="foi.supervise",
        group=REQUESTS,
        order=85,
    ),
)
TOPIC_STEPS = {
    topic_steps.ACCEPTED: ("去公开", "已决定主动公开，由您跟进到发布"),
    topic_steps.PUBLISHED: ("去告知", "内容已公开，告知申请过的人"),
}
VERBS = {
    "confirm": "去确认",
    "sign_for": "去签收",
    "dispose": "去办理",
    "draft_answer": "去拟答复",
    "opinion_arrives": "看意见",
    "conclude": "看会商",
    "review": "去审核",
    "sign": "去签发",
    "dispatch": "去发出",
    "deliver": "登记送达",
    "correction_arrives": "看补正",
    "reasons_arrive": "看理由",
    "fee_paid": "看缴费",
}


def tasks_for(actor: Actor, today: date) -> list[DeskItem]:
    """Cases whose next step is this person's, opinions asked of him, extensions to agree to."""
    found = [_case(case) for case in cases_on_desk(actor, today)]
    found += [_extension(row) for row in extensions_to_decide(actor)]
    if can(actor, "foi.give_opinion"):
        found += [_opinion(row) for row in opinions_asked_of(actor)]
    found += desk_letters.letter_tasks(actor, today)
    found += desk_after.after_tasks(actor, today)
    found += [
        _topic(row, "决定", "多人申请同类信息，决定是否转为主动公开") for row in topics_to_decide(actor)
    ]
    found += [_topic(row, *TOPIC_STEPS[row.state]) for row in topics_to_follow(actor)]
    return [item for item in found if item is not None]


def waiting_for(actor: Actor, today: date) -> list[WaitingItem]:
    """Cases that this person handles and that others have now."""
    return [
        WaitingItem(
            title=f"{case.number}　{case.title}",
            url=reverse("foi:case", args=[case.pk]),
            now_with=states.LABELS[case.state],
            since=case.state_since,
            done=case.state == states.ANSWERED,
        )
        for case in sent_on(actor)
    ]


def finds(actor: Actor, text: str, limit: int) -> list[Found]:
    """Cases whose number, title or applicant holds the words."""
    if not can(actor, "foi.view"):
        return []
    rows = visible(Case, actor).filter(found_by(text)).select_related("unit")[:limit]
    return [
        Found(
            title=f"{case.number}　{case.title}",
            url=reverse("foi:case", args=[case.pk]),
            note=f"{case.unit.short_name}　{states.LABELS[case.state]}",
        )
        for case in rows
    ]


def _case(case: Case) -> DeskItem | None:
    step = step_of(case)
    if step is None:
        return None
    return DeskItem(
        title=f"{case.number}　{case.title}",
        url=reverse("foi:case", args=[case.pk]),
        verb=VERBS.get(step.event, "去办理"),
        why=f"{step.title}：{step.why}",
        article=step.article,
        due=step.due,
        note=case.holder.short_name if case.holder else case.unit.short_name,
        rail="foi",
    )


def _extension(row: Extension) -> DeskItem:
    return DeskItem(
        title=f"{row.case.number}　申请延期 {row.days} 个工作日",
        url=reverse("foi:case", args=[row.case_id]),
        verb="去决定",
        why=f"{row.proposed_by.name}申请延期：{row.reason}。要在原期限之前告知申请人",
        article=states.EVENTS["approve_extension"].basis,
        due=row.case.due_on,
        note=row.case.unit.short_name,
        rail="foi",
    )


def _opinion(row: DeliberationOpinion) -> DeskItem:
    return DeskItem(
        title=f"会商：{row.deliberation.question}",
        url=reverse("foi:opinion", args=[row.pk]),
        verb="提意见",
        why=f"{row.deliberation.case.unit.short_name}请{row.asked_unit.short_name}提出{row.get_side_display()}意见",
        article=states.EVENTS["give_opinion"].basis,
        due=row.deliberation.case.due_on,
        note="必须提出" if row.required else "",
        rail="foi-opinions",
    )


def _topic(row: Topic, verb: str, why: str) -> DeskItem:
    return DeskItem(
        title=f"专题　{row.title}",
        url=reverse("foi:topic", args=[row.pk]),
        verb=verb if verb.startswith("去") else f"去{verb}",
        why=why,
        article="条例第四十四条",
        due=row.due_on if row.state == topic_steps.ACCEPTED else None,
        note=row.unit.short_name,
        rail="foi-topics",
    )
