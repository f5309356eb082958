"""Who acts on a case, and whether the table lets him."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.foi import states
from gongkai.foi.models import Case
from gongkai.law.refusal import Refusal
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can
from gongkai.trail.chain import SystemActor


@dataclass(frozen=True, slots=True)
class ApplicantActor(SystemActor):
    """The applicant who came with the query code of his case; nobody else is known about him."""

    name: str = "申请人"


APPLICANT = ApplicantActor()
Doer = Actor | SystemActor


def deciding_unit(case: Case, event: str) -> int:
    """The unit whose people do this: the one that holds the case, or the one in whose name it is answered."""
    if states.EVENTS[event].side == states.HOLDER and case.holder_id is not None:
        return case.holder_id
    return case.unit_id


def may(case: Case, event: str, by: Doer, *, unit_id: int | None = None) -> bool:
    """Whether this person, applicant or the system may do this, whatever the state.

    ``unit_id``: the unit for which it is done, where that is neither side of the case.
    """
    roles = states.EVENTS[event].roles
    if isinstance(by, ApplicantActor):
        return states.APPLICANT in roles
    if isinstance(by, SystemActor):
        return states.SYSTEM in roles
    return can(by, f"foi.{event}", unit_id or deciding_unit(case, event))


def why_not_step(case: Case, event: str, by: Doer, *, unit_id: int | None = None) -> list[Refusal]:
    """Why the table does not allow this now: wrong state, wrong person. Verbs add their own reasons."""
    verb = states.EVENTS[event]
    found = []
    if states.target_of(case.state, event) is None:
        now = states.LABELS[case.state]
        text = f"案件现在是“{now}”，不能{verb.label}。请刷新页面，看现在该办什么。"
        found.append(Refusal("foi.state", verb.basis, text))
    if not may(case, event, by, unit_id=unit_id):
        text = f"您的角色不能为这个案件{verb.label}。请由有权限的同事办理。"
        found.append(Refusal("foi.role", "本平台权限规定", text))
    return found
