"""Letters on my desk: to sign, to send, unopened by the applicant; and the entry of the templates."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from gongkai.foi.models import Letter
from gongkai.foi.queries.letter_desk import letters_to_send, letters_to_sign, letters_unread
from gongkai.foi.rules.letters import letter_kinds
from gongkai.kernel.desk import REQUESTS, DeskItem, RailEntry, the_same_for_all
from gongkai.orgs.actor import Actor

RAIL = (
    RailEntry(
        key="foi-templates",
        label="文书模板",
        icon="list",
        url_name="foi:templates",
        action="foi.settings",
        group=REQUESTS,
        order=82,
    ),
)


def letter_tasks(actor: Actor, today: date) -> list[DeskItem]:
    """Letters that wait for this person."""
    found = [_item(row, "去签发", "经办人拟好了文书，等您签发") for row in letters_to_sign(actor)]
    return found + the_same_for_all(("foi letters", actor.rights, today), lambda: _to_send(actor, today))


def _to_send(actor: Actor, today: date) -> list[DeskItem]:
    """What anybody who sends letters for these units may do."""
    found = [_item(row, "去发出", _why_send(row)) for row in letters_to_send(actor)]
    return found + [
        _item(
            row,
            "换方式送达",
            f"网上送达 {(today - row.dispatched_on).days} 天没有打开，请电话提醒或者改为邮寄、当面",
        )
        for row in letters_unread(actor, today)
        if row.dispatched_on is not None
    ]


def _why_send(letter: Letter) -> str:
    if letter.failed_on is not None:
        return f"{letter.failed_on} 退回：{letter.failed_why}。请重新发出"
    return "文书已经签发，发出之日才算数"


def _item(letter: Letter, verb: str, why: str) -> DeskItem:
    answer = letter.is_answer
    kind = letter_kinds().get(letter.kind)
    return DeskItem(
        title=f"{letter.case.number}　{letter.title}",
        url=reverse("foi:answer", args=[letter.case_id])
        if answer
        else reverse("foi:letter", args=[letter.pk]),
        verb=verb,
        why=why,
        article=kind.basis if kind else "",
        due=None if answer else letter.case.due_on,
        note=letter.case.unit.short_name,
        rail="foi",
    )
