"""区分处理 of a paper: boxes with their grounds, the blotted paper, the proof that nothing under them is left.

条例第三十七条: what may be given is given, and for the rest the reason is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.db import transaction

from gongkai.files import redacting, storage
from gongkai.files.actions import take_in
from gongkai.files.models import StoredFile
from gongkai.foi import states
from gongkai.foi.actions import engine
from gongkai.foi.models import Case, Paper, Redaction
from gongkai.foi.queries.who import may
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.trail.chain import record

# 条例第十四条至第十六条: why a part is left out. The words stand beside the box in the file, not in the paper.
GROUNDS = {
    "14_secret": "国家秘密（条例第十四条）",
    "14_law": "法律、行政法规禁止公开（条例第十四条）",
    "14_safety": "危及国家安全、公共安全、经济安全、社会稳定（条例第十四条）",
    "15_privacy": "个人隐私（条例第十五条）",
    "15_trade": "商业秘密（条例第十五条）",
    "16_internal": "内部事务信息（条例第十六条）",
    "16_process": "过程性信息（条例第十六条）",
    "16_enforcement": "行政执法案卷信息（条例第十六条）",
}
KINDS = {"pdf": "pdf", "image": "image", "jpg": "image", "jpeg": "image", "png": "image"}
MOST_BOXES = 2000


@dataclass(frozen=True, slots=True)
class Blot:
    """One box: its page (from 0), its sides as fractions of the shown page, its ground (a key of ``GROUNDS``)."""

    page: int
    box: redacting.Box
    ground: str

    @property
    def x(self) -> float:
        return round(self.box[0] * 100, 2)

    @property
    def y(self) -> float:
        return round(self.box[1] * 100, 2)

    @property
    def wide(self) -> float:
        return round((self.box[2] - self.box[0]) * 100, 2)

    @property
    def high(self) -> float:
        return round((self.box[3] - self.box[1]) * 100, 2)

    def as_row(self) -> dict[str, object]:
        return {"page": self.page, "box": [round(side, 5) for side in self.box], "ground": self.ground}


def why_not_begin(*, paper: Paper, by: Actor) -> list[Refusal]:
    """Why this paper cannot be worked on."""
    found = []
    case = paper.case
    if states.target_of(case.state, "redact") is None:
        text = f"案件现在是“{states.LABELS[case.state]}”，不能做区分处理。请在办理中或待审核时做。"
        found.append(Refusal("foi.state", "条例第三十七条", text))
    if not may(case, "redact", by):
        found.append(Refusal("foi.role", "本平台权限规定", "区分处理由承办单位的信息员做。"))
    if paper.file is None or paper.file.state != StoredFile.State.CLEAN:
        found.append(Refusal("foi.no_clean_file", "", "这份材料没有可以处理的文件，或者还没有检查完。"))
    elif paper.file.kind not in KINDS:
        text = "区分处理只能做 pdf 和图片。请把这份材料另存为 pdf 后重新上传。"
        found.append(Refusal("foi.redact_kind", "", text))
    return found


@transaction.atomic
def begin_redaction(*, paper: Paper, by: Actor, now: datetime) -> Redaction:
    """Open the paper for blotting out; the open work on it is gone on with."""
    refuse_if(why_not_begin(paper=paper, by=by))
    rows = Redaction.objects.unscoped("the action has checked the unit")
    found = rows.filter(source=paper, finished_at=None).first()
    if found is not None:
        return found
    made = Redaction.objects.create(
        unit_id=paper.unit_id, case=paper.case, source=paper, by_id=by.acting_id, begun_at=now
    )
    record(verb="foi.begin_redaction", by=by, at=now, about=made, facts={"paper": paper.pk})
    return made


def why_not_place(*, redaction: Redaction, blots: Sequence[Blot], by: Actor) -> list[Refusal]:
    """Why these boxes cannot stand."""
    found = []
    if redaction.finished_at is not None:
        text = "这份区分处理已经完成。要改请从原件重新做一份。"
        found.append(Refusal("foi.redaction_done", "", text))
    if not may(redaction.case, "redact", by):
        found.append(Refusal("foi.role", "本平台权限规定", "区分处理由承办单位的信息员做。"))
    if any(blot.ground not in GROUNDS for blot in blots):
        text = "有的遮盖处没有选依据。请为每一处选条例第十四条到第十六条中的一项。"
        found.append(Refusal("foi.no_ground", "条例第三十七条", text))
    if len(blots) > MOST_BOXES:
        found.append(
            Refusal("foi.too_many_boxes", "", f"遮盖处最多 {MOST_BOXES} 个。请整页遮盖或不提供这几页。")
        )
    return found


@transaction.atomic
def place_boxes(*, redaction: Redaction, blots: Sequence[Blot], by: Actor, now: datetime) -> Redaction:
    """Keep the boxes as they stand now; nothing is blotted out yet."""
    refuse_if(why_not_place(redaction=redaction, blots=blots, by=by))
    redaction.boxes = [blot.as_row() for blot in blots]
    redaction.save(update_fields=["boxes"])
    record(verb="foi.place_boxes", by=by, at=now, about=redaction, facts={"boxes": len(blots)})
    return redaction


def blots_of(redaction: Redaction) -> list[Blot]:
    """The boxes as they are kept."""
    return [Blot(row["page"], tuple(row["box"]), row["ground"]) for row in redaction.boxes]


def finish_redaction(*, redaction: Redaction, by: Actor, now: datetime, kept_why: str = "") -> Redaction:
    """Blot out, prove, and put the new paper into the file beside the old one.

    Words that stand unblotted elsewhere stop it, unless ``kept_why`` says why they may stay there. The work
    of the child process comes before the transaction.
    """
    blots = blots_of(redaction)
    refuse_if(why_not_place(redaction=redaction, blots=blots, by=by))
    assert redaction.source.file is not None
    kind = KINDS[redaction.source.file.kind]
    path = storage.path_of(redaction.source.file)
    done = redacting.blot(path, kind=kind, boxes=[(blot.page, blot.box) for blot in blots])
    proof = _proof(done, kind)
    refuse_if(_why_not_proven(proof, kept_why))
    name = redaction.source.file.name.rpartition(".")[0] or redaction.source.title
    ending = "pdf" if kind == "pdf" else "png"
    stored = take_in(
        content=[done.content], name=f"{name}（区分处理）.{ending}", unit=redaction.unit, by=by, now=now
    )
    facts: dict[str, object] = {
        "checked": len(done.removed),
        "pages": done.pages,
        "redrawn": len(done.redrawn),
    }
    facts |= {"left": len(proof.found), "digest": stored.digest}
    return _keep(redaction, stored, facts, by=by, now=now, kept_why=kept_why)


@transaction.atomic
def _keep(
    redaction: Redaction,
    stored: StoredFile,
    facts: dict[str, object],
    *,
    by: Actor,
    now: datetime,
    kept_why: str,
) -> Redaction:
    case = engine.locked(Case(pk=redaction.case_id))
    redaction.result = Paper.objects.create(
        case=case,
        unit_id=case.unit_id,
        kind=Paper.Kind.REDACTED,
        title=f"{redaction.source.title}（区分处理）"[:200],
        file=stored,
        with_answer=True,
        at=now,
        by_id=by.acting_id,
    )
    # From now on the blotted paper goes out, never the one that it was made from.
    Paper.objects.unscoped("the action has checked the unit").filter(pk=redaction.source_id).update(
        with_answer=False
    )
    redaction.proof, redaction.finished_at, redaction.kept_why = facts, now, kept_why.strip()
    redaction.save(update_fields=["result", "proof", "finished_at", "kept_why"])
    grounds: dict[str, int] = {}
    for blot in blots_of(redaction):
        grounds[blot.ground] = grounds.get(blot.ground, 0) + 1
    told = {"redaction": redaction.pk, "boxes": len(redaction.boxes), "grounds": grounds}
    engine.advance(case, "redact", by=by, now=now, facts=told | {"digest": stored.digest})
    return redaction


def _proof(done: redacting.Blotted, kind: str) -> redacting.Proof:
    words = [word for word in done.removed if len(word) > 1]
    with NamedTemporaryFile(suffix=".bin") as made:
        made.write(done.content)
        made.flush()
        return redacting.prove(Path(made.name), kind=kind, words=words)


def _why_not_proven(proof: redacting.Proof, kept_why: str) -> list[Refusal]:
    found = []
    if proof.extras:
        text = f"处理后的文件还带着{'、'.join(proof.extras)}，没有存下。请把原件另存为 pdf 后重做。"
        found.append(Refusal("foi.redaction_extras", "条例第三十七条", text))
    if proof.found and not kept_why.strip():
        words = "；".join(
            f"“{word}”还在{'、'.join(places)}" for word, places in list(proof.found.items())[:5]
        )
        text = f"遮盖的文字在别处还看得见：{words}。请一并遮盖；确实可以保留的，写明理由再完成。"
        found.append(Refusal("foi.word_left", "条例第三十七条", text))
    return found
