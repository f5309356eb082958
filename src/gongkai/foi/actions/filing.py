"""Putting a paper into the file of a case: what is to be given, proofs, opinions, legal advice."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.files.models import StoredFile
from gongkai.foi import states
from gongkai.foi.models import Case, Paper, Redaction
from gongkai.foi.queries.who import deciding_unit
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can
from gongkai.trail.chain import record

# What staff puts in; identity papers come with the request, redacted ones from the work on them.
BY_STAFF = (
    Paper.Kind.SOURCE,
    Paper.Kind.APPLICATION,
    Paper.Kind.AUTHORISATION,
    Paper.Kind.CORRECTION,
    Paper.Kind.OPINION,
    Paper.Kind.LEGAL,
    Paper.Kind.PROOF,
    Paper.Kind.DISPUTE,
    Paper.Kind.OTHER,
)
CLOSED = (states.VOID, states.ARCHIVED)


def why_not_file_paper(*, case: Case, kind: str, by: Actor) -> list[Refusal]:
    """Why nothing can be put into this file by this person."""
    found = []
    units = {case.unit_id, deciding_unit(case, "record_search")}
    if not any(can(by, "foi.handle", unit) for unit in units):
        found.append(Refusal("foi.role", "本平台权限规定", "材料由答复单位或承办单位放入卷内。"))
    if case.state in CLOSED:
        text = f"案件{states.LABELS[case.state]}，卷内不再增加材料。"
        found.append(Refusal("foi.file_closed", "条例第四十五条", text))
    if kind not in BY_STAFF:
        found.append(Refusal("foi.paper_kind", "", "没有选材料类别。请选一项。"))
    return found


@transaction.atomic
def file_paper(
    *, case: Case, kind: str, title: str, file: StoredFile, with_answer: bool, by: Actor, now: datetime
) -> Paper:
    """Put a clean file into the case; with ``with_answer`` it goes out together with the answer."""
    refuse_if(why_not_file_paper(case=case, kind=kind, by=by))
    made = Paper.objects.create(
        case=case,
        unit_id=case.unit_id,
        kind=kind,
        title=(title.strip() or file.name)[:200],
        file=file,
        with_answer=with_answer and kind == Paper.Kind.SOURCE,
        at=now,
        by_id=by.acting_id,
    )
    record(verb="foi.file_paper", by=by, at=now, about=made, facts={"kind": kind, "digest": file.digest})
    return made


def why_not_keep_back(*, paper: Paper, by: Actor) -> list[Refusal]:
    """Why it cannot be changed any more whether this paper goes out with the answer."""
    found = why_not_file_paper(case=paper.case, kind=Paper.Kind.SOURCE, by=by)
    if paper.case.state in (states.SIGNED, states.DISPATCHED, states.ANSWERED):
        text = "答复已经签发，随附材料不能再改。需要改的请撤回签发，或者发更正告知书。"
        found.append(Refusal("foi.signed", "条例第四十五条", text))
    blotted = Redaction.objects.unscoped("the action has checked the unit")
    if not paper.with_answer and blotted.filter(source=paper, finished_at__isnull=False).exists():
        text = "这份原件已经做过区分处理，只能提供处理后的文件。"
        found.append(Refusal("foi.blotted", "条例第三十七条", text))
    if paper.kind not in (Paper.Kind.SOURCE, Paper.Kind.REDACTED):
        found.append(Refusal("foi.paper_kind", "", "只有拟公开的信息和区分处理后的信息随答复提供。"))
    return found


@transaction.atomic
def give_along(*, paper: Paper, along: bool, by: Actor, now: datetime) -> Paper:
    """Let a paper go out with the answer, or keep it back."""
    refuse_if(why_not_keep_back(paper=paper, by=by))
    paper.with_answer = along
    paper.save(update_fields=["with_answer"])
    record(verb="foi.give_along", by=by, at=now, about=paper, facts={"along": along})
    return paper
