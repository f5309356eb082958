"""What many asked for becomes public: analysed each quarter, decided, drafted, told to those who asked.

条例第四十四条: what several people asked for and what can be public may be published of the office's own accord.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from gongkai.documents import actions as drafting
from gongkai.documents.models import Document
from gongkai.foi.models import Applicant, Topic, TopicCase
from gongkai.foi.queries import topics as queries
from gongkai.foi.rules import topic_steps
from gongkai.foi.rules.topics import Cluster, Quarter, clusters
from gongkai.kernel.clock import legal_day
from gongkai.law.queries import calendar
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.law.rule_table import rule
from gongkai.messaging.actions import send, send_outside, why_not_send_outside
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Person, SiteIdentity, Unit
from gongkai.orgs.wall import can
from gongkai.publishing.models import Publication
from gongkai.trail.chain import SYSTEM, record

ARTICLE = "条例第四十四条"
WHY = "the action checks the unit itself"
Told = TopicCase.Told
CHANNELS = ("email", "sms")


def why_not_analyse(*, unit: Unit, quarter: Quarter, by: Actor, now: datetime) -> list[Refusal]:
    """Why the requests of this quarter cannot be analysed."""
    found = []
    if not can(by, "foi.analyse_topics", unit.pk):
        text = f"您不能分析{unit.short_name}的申请。请由该单位的信息员或者区政务公开主管部门办理。"
        found.append(Refusal("foi.role", "本平台权限规定", text))
    if quarter.first > legal_day(now):
        found.append(Refusal("topic.future", "", f"{quarter.label}还没有开始。请选已经开始的季度。"))
    return found


@transaction.atomic
def analyse(*, unit: Unit, quarter: Quarter, by: Actor, now: datetime) -> list[Topic]:
    """Put the requests of a quarter together by what they ask for. Topics not yet decided are found anew."""
    refuse_if(why_not_analyse(unit=unit, quarter=quarter, by=by, now=now))
    rows = Topic.objects.unscoped(WHY).filter(unit=unit, year=quarter.year, quarter=quarter.number)
    for old in rows.filter(state=topic_steps.PROPOSED):
        old.delete()
    found = clusters(queries.wishes(unit, quarter))
    made = [_store(unit, quarter, cluster, now) for cluster in found]
    facts = {"unit": unit.code, "year": quarter.year, "quarter": quarter.number, "topics": len(made)}
    record(verb="foi.analyse_topics", by=by, at=now, about=unit, facts=facts)
    return made


def why_not_accept(
    *, topic: Topic, by: Actor, owner: Person | None, title: str, reason: str, now: datetime
) -> list[Refusal]:
    """Why this topic cannot be decided to become public."""
    found = _why_not(topic, "accept", by, "foi.decide_topic")
    if not title.strip():
        found.append(Refusal("topic.title", "", "没有写专题名称。请用一句话写明公开什么信息。"))
    if not reason.strip():
        found.append(Refusal("topic.reason", ARTICLE, "没有写理由。请写明为什么可以公开、对谁有用。"))
    if owner is None or owner not in queries.owners(topic.unit, today=legal_day(now)):
        text = f"没有选责任人。请从{topic.unit.short_name}的信息员中选一位，由他跟进到公开。"
        found.append(Refusal("topic.owner", "", text))
    return found


@transaction.atomic
def accept(*, topic: Topic, by: Actor, owner: Person | None, title: str, reason: str, now: datetime) -> Topic:
    """Decide that the information becomes public: who follows it, and by when (条例第二十六条, 20 working days)."""
    topic = _locked(topic)
    refuse_if(why_not_accept(topic=topic, by=by, owner=owner, title=title, reason=reason, now=now))
    assert owner is not None
    _decided(topic, "accept", by=by, reason=reason, article="条例第四十四条第一款", now=now)
    topic.title, topic.owner = title.strip()[:120], owner
    topic.due_on = due_day(legal_day(now))
    topic.save()
    record(
        verb="foi.topic_accept",
        by=by,
        at=now,
        about=topic,
        facts={"due": topic.due_on.isoformat(), "owner": owner.pk},
    )
    send(
        to=owner,
        subject=f"请把“{topic.title}”转为主动公开",
        text=f"多人申请同类信息，已决定主动公开。请起草公开内容，最迟 {topic.due_on} 公开。",
        url=f"/workbench/foi/topics/{topic.pk}/",
        key=f"foi.topic:{topic.pk}:{now.date().isoformat()}",
        now=now,
        due=topic.due_on,
        about=topic,
    )
    return topic


def why_not_decline(*, topic: Topic, by: Actor, reason: str) -> list[Refusal]:
    """Why this topic cannot be decided to stay as it is."""
    found = _why_not(topic, "decline", by, "foi.decide_topic")
    if not reason.strip():
        text = "没有写理由。请写明为什么不转主动公开，例如不属于可以公开的信息。"
        found.append(Refusal("topic.reason", ARTICLE, text))
    return found


@transaction.atomic
def decline(*, topic: Topic, by: Actor, reason: str, now: datetime) -> Topic:
    """Decide that the information does not become public, and why."""
    topic = _locked(topic)
    refuse_if(why_not_decline(topic=topic, by=by, reason=reason))
    _decided(topic, "decline", by=by, reason=reason, article="条例第四十四条第一款", now=now)
    topic.save()
    record(verb="foi.topic_decline", by=by, at=now, about=topic)
    return topic


def why_not_reopen(*, topic: Topic, by: Actor) -> list[Refusal]:
    """Why this topic cannot be looked at again."""
    return _why_not(topic, "reopen", by, "foi.decide_topic")


@transaction.atomic
def reopen(*, topic: Topic, by: Actor, now: datetime) -> Topic:
    """Look again at what was not to become public."""
    topic = _locked(topic)
    refuse_if(why_not_reopen(topic=topic, by=by))
    topic.state = topic_steps.PROPOSED
    topic.save()
    record(verb="foi.topic_reopen", by=by, at=now, about=topic)
    return topic


def why_not_draft_topic(*, topic: Topic, by: Actor) -> list[Refusal]:
    """Why no paper can be started for this topic."""
    found = _why_not(topic, "draft", by, "foi.follow_topic")
    if topic.document_id is not None:
        found.append(Refusal("topic.has_draft", "", "已经起草过公开内容。请打开那一份继续修改。"))
    return found


@transaction.atomic
def draft_topic(*, topic: Topic, by: Actor, now: datetime) -> Document:
    """Start the paper by which the information becomes public; it goes the way of every paper from here."""
    topic = _locked(topic)
    refuse_if(why_not_draft_topic(topic=topic, by=by))
    fields = {"title": topic.title, "body": f"<p>{'、'.join(topic.words)}：请在这里写明公开的内容。</p>"}
    document = drafting.draft(unit=topic.unit, by=by, now=now, fields=fields)
    drafting.determine(document=document, by=by, now=now, openness=Document.Openness.PROACTIVE)
    topic.document = document
    topic.save()
    record(verb="foi.topic_draft", by=by, at=now, about=topic, facts={"document": document.pk})
    return document


@transaction.atomic
def note_publication(*, document_id: int, path: str, now: datetime) -> Topic | None:
    """The paper of a topic stands in public; heard from the publication line, once."""
    topic = Topic.objects.unscoped("the line knows the document").filter(document=document_id).first()
    if topic is None or topic_steps.target_of(topic.state, "publish") is None:
        return None
    topic = _locked(topic)
    topic.state, topic.path, topic.published_on = topic_steps.PUBLISHED, path, legal_day(now)
    topic.save()
    record(verb="foi.topic_publish", by=SYSTEM, at=now, about=topic, facts={"path": path})
    if topic.owner_id:
        send(
            to=topic.owner_id,
            subject=f"“{topic.title}”已公开，请告知申请过的人",
            text="打开专题，点“告知申请人”。留了联系方式的由系统发通知，其余的列出编号。",
            url=f"/workbench/foi/topics/{topic.pk}/",
            key=f"foi.topic_public:{topic.pk}:{topic.published_on}",
            now=now,
            about=topic,
        )
    return topic


@transaction.atomic
def note_withdrawal(*, document_id: int, now: datetime) -> Topic | None:
    """The paper of a topic was taken back: the topic waits for its publication again."""
    topic = Topic.objects.unscoped("the line knows the document").filter(document=document_id).first()
    if topic is None or topic_steps.target_of(topic.state, "withdraw") is None:
        return None
    topic = _locked(topic)
    topic.state, topic.path, topic.published_on, topic.told_at = topic_steps.ACCEPTED, "", None, None
    topic.save()
    record(verb="foi.topic_withdraw", by=SYSTEM, at=now, about=topic)
    return topic


def why_not_tell(*, topic: Topic, by: Actor) -> list[Refusal]:
    """Why those who asked cannot be told now."""
    found = _why_not(topic, "tell", by, "foi.follow_topic")
    live = Publication.objects.unscoped(WHY).filter(path=topic.path, state=Publication.State.LIVE)
    if not found and not live.exists():
        text = "公开的内容已经不在网上。请先重新公开，再告知申请人。"
        found.append(Refusal("topic.not_public", ARTICLE, text))
    return found


@transaction.atomic
def tell(*, topic: Topic, by: Actor, now: datetime) -> dict[str, int]:
    """Tell everybody who asked where the information stands now, each person once. How many by each way.

    Only who left a mail address or a mobile number can be told by the system; the others are counted.
    """
    topic = _locked(topic)
    refuse_if(why_not_tell(topic=topic, by=by))
    done: dict[str, int] = dict.fromkeys(Told.values, 0)
    seen: set[str] = set()
    rows = TopicCase.objects.unscoped(WHY).filter(topic=topic).select_related("case__applicant")
    site = SiteIdentity.objects.filter(pk=SiteIdentity.ONLY).first()
    for row in rows.order_by("pk"):
        who = row.case.applicant.identity_digest or f"case {row.case_id}"
        row.told = Told.SAME if who in seen else _tell_one(row, topic, site, by, now)
        seen.add(who)
        row.save(update_fields=["told"])
        done[row.told] += 1
    topic.state, topic.told_at = topic_steps.TOLD, now
    topic.save()
    record(verb="foi.topic_tell", by=by, at=now, about=topic, facts=dict(done))
    return done


def due_day(decided_on: date) -> date:
    """The last day of publication: twenty working days from the decision, as for any new information."""
    return rule("publication_working_days", on=decided_on).clock(decided_on).reckon(calendar()).due


def _tell_one(row: TopicCase, topic: Topic, site: SiteIdentity | None, by: Actor, now: datetime) -> str:
    applicant: Applicant = row.case.applicant
    where = f"https://{site.domain}{topic.path}" if site and site.domain else topic.path
    text = f"您{row.case.arrived_on.year}年申请过的同类信息现已公开：{topic.title}，{where}"
    if applicant.purged_at is None:
        for channel in CHANNELS:
            address = applicant.opened("email" if channel == "email" else "phone")
            given = {
                "channel": channel,
                "address": address,
                "subject": "您申请过的信息已经公开",
                "text": text,
            }
            if address and not why_not_send_outside(**given):
                send_outside(
                    unit=topic.unit,
                    purpose="同类信息已公开",
                    key=f"foi.topic:{topic.pk}:{row.case_id}",
                    by=by,
                    now=now,
                    about=row.case,
                    **given,
                )
                return Told.SENT
    return Told.BY_HAND


def _store(unit: Unit, quarter: Quarter, cluster: Cluster, now: datetime) -> Topic:
    topic = Topic.objects.create(
        unit=unit,
        year=quarter.year,
        quarter=quarter.number,
        title=cluster.title[:120],
        words=[word for word, _ in cluster.words],
        found_at=now,
    )
    TopicCase.objects.bulk_create(_members(topic, cluster.keys))
    return topic


def _members(topic: Topic, keys: Iterable[int]) -> list[TopicCase]:
    return [TopicCase(unit_id=topic.unit_id, topic=topic, case_id=key) for key in keys]


def _decided(topic: Topic, verb: str, *, by: Actor, reason: str, article: str, now: datetime) -> None:
    topic.state = str(topic_steps.target_of(topic.state, verb))
    topic.reason, topic.article = reason.strip()[:500], article
    topic.decided_by_id, topic.decided_at = by.acting_id, now


def _why_not(topic: Topic, verb: str, by: Actor, action: str) -> list[Refusal]:
    found = []
    if topic_steps.target_of(topic.state, verb) is None:
        text = f"专题现在是“{topic_steps.LABELS[topic.state]}”，不能{topic_steps.VERBS[verb]}。请刷新页面。"
        found.append(Refusal("topic.state", ARTICLE, text))
    if not can(by, action, topic.unit_id):
        text = f"您的角色不能{topic_steps.VERBS[verb]}。请由{topic.unit.short_name}有权限的同事办理。"
        found.append(Refusal("foi.role", "本平台权限规定", text))
    return found


def _locked(topic: Topic) -> Topic:
    rows = Topic.objects.unscoped(WHY).select_for_update(of=("self",)).select_related("unit")
    return rows.get(pk=topic.pk)
