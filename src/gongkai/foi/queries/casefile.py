"""Everything of a case in the order in which it is filed; used by the sealed file and the evidence bundle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Model, QuerySet

from gongkai.files import storage
from gongkai.files.models import StoredFile
from gongkai.foi import states
from gongkai.foi.models import (
    Case,
    CaseEvent,
    Consultation,
    Deliberation,
    DeliberationOpinion,
    Extension,
    Fee,
    Letter,
    Paper,
    SearchRecord,
)
from gongkai.foi.queries.clocks import dates_of
from gongkai.foi.queries.letter_files import letter_files
from gongkai.foi.sealed_zip import Absent, Leaf
from gongkai.kernel.clock import legal_day

WHY = "the file of a case holds all of its rows"
# What shows who asked: the scan of a paper application too; its words stand in the file without the person.
IDENTITY = (Paper.Kind.IDENTITY, Paper.Kind.AUTHORISATION, Paper.Kind.APPLICATION)
_HEADING_OF_PAPER = {
    Paper.Kind.APPLICATION: states.REGISTRATION,
    Paper.Kind.IDENTITY: states.REGISTRATION,
    Paper.Kind.AUTHORISATION: states.REGISTRATION,
    Paper.Kind.CORRECTION: states.EXAMINATION,
    Paper.Kind.PROOF: states.ANSWERING,
    Paper.Kind.REDACTED: states.ANSWERING,
}
_ORDER = (states.REGISTRATION, states.EXAMINATION, states.HANDLING, states.ANSWERING, states.FILING)


def facts_of(case: Case) -> dict[str, Any]:
    """The head of the file: numbers, dates and result, nobody's identity."""
    return {
        "受理编号": case.number,
        "类别": case.get_kind_display(),
        "答复单位": case.unit.name,
        "所需信息": case.title,
        "渠道": case.get_channel_display(),
        "收到之日": _day(case.received_on),
        "收到之日的依据": case.received_why,
        "答复期限": _day(case.due_on),
        "答复发出日": _day(case.closed_on),
        "答复送达日": _day(case.served_on),
        "办理结果": case.disposition,
        "第几次答复": case.round,
    }


def leaves_of(case: Case, *, as_papers: bool = True) -> list[Leaf | Absent]:
    """All papers by the five headings of 条例第四十五条, in the order in which they came.

    Without ``as_papers`` the letters are words only, which is enough for a list on a page.
    """
    letters = _letters(case, as_papers)
    found = [*_application(case), *_papers(case), *letters, *_work(case), *_course(case)]
    return sorted(found, key=lambda leaf: _ORDER.index(leaf.heading))


def identity_papers(case: Case) -> QuerySet[Paper]:
    """Papers that show who asked; they are erased when their keeping ends."""
    rows: QuerySet[Paper] = Paper.objects.unscoped(WHY)
    return rows.filter(case=case, kind__in=IDENTITY, file__isnull=False).select_related("file")


def _application(case: Case) -> Iterator[Leaf]:
    lines = [
        f"受理编号：{case.number}",
        f"渠道：{case.get_channel_display()}",
        f"提交时间：{legal_day(case.submitted_at)}",
        f"所需信息：{case.title}",
        f"文号或其他特征：{case.docnumber or '没有写'}",
        "",
        case.content,
        "",
        f"提供形式：{case.get_form_wanted_display()}　获取方式：{case.get_delivery_wanted_display()}",
    ]
    yield Leaf(states.REGISTRATION, "申请内容.txt", "\n".join(lines).encode())


def _papers(case: Case) -> Iterator[Leaf | Absent]:
    rows = Paper.objects.unscoped(WHY).filter(case=case, file__isnull=False).select_related("file")
    for paper in rows:
        heading = _HEADING_OF_PAPER.get(Paper.Kind(paper.kind), states.HANDLING)
        assert paper.file is not None
        name = f"{paper.get_kind_display()} {paper.file.name}"
        if paper.kind in IDENTITY:
            why = "身份材料另行保存，保存期满后清除"
            yield Absent(heading, paper.get_kind_display(), paper.file.digest, why)
            continue
        if paper.file.state != StoredFile.State.CLEAN:
            yield Absent(
                heading, name, paper.file.digest, f"文件{paper.file.get_state_display()}，没有打开过"
            )
            continue
        with storage.open_stored(paper.file) as stream:
            yield Leaf(heading, name, stream.read(), paper.title)


def _letters(case: Case, as_papers: bool) -> Iterator[Leaf]:
    rows = Letter.objects.unscoped(WHY).filter(case=case, signed_at__isnull=False)
    for letter in rows.select_related("agency", "case__unit", "case__agency", "signed_by"):
        dates = (
            f"发出 {_day(letter.dispatched_on)}　收到 {_day(letter.received_on)}　{letter.get_way_display()}"
        )
        heading = states.ANSWERING if letter.is_answer else states.EXAMINATION
        for name, content in letter_files(letter, as_paper=as_papers):
            yield Leaf(heading, name, content, dates)


def _work(case: Case) -> Iterator[Leaf]:
    """Opinions, deliberations, searches, fees and extensions as plain words of what was entered."""
    for model, name in (
        (Consultation, "征求意见.txt"),
        (Deliberation, "会商.txt"),
        (SearchRecord, "检索记录.txt"),
        (Fee, "信息处理费.txt"),
        (Extension, "延期.txt"),
    ):
        lines: list[str] = []
        for row in model.objects.unscoped(WHY).filter(case=case):
            lines += [*_plain(row), ""]
            if isinstance(row, Deliberation):
                said = DeliberationOpinion.objects.unscoped(WHY).filter(deliberation=row)
                for one in said.select_related("asked_unit"):
                    lines += [f"【{one.get_side_display()}　{one.asked_unit}】", *_plain(one), ""]
        if lines:
            yield Leaf(states.HANDLING, name, "\n".join(lines).encode())


def _course(case: Case) -> Iterator[Leaf]:
    lines = []
    for row in CaseEvent.objects.unscoped(WHY).filter(case=case):
        label = states.EVENTS[row.name].label if row.name in states.EVENTS else "登记"
        target = states.LABELS.get(row.target, "")
        lines.append(
            f"{_day(row.on)}　{label}　{target}　{row.by_name}（{legal_day(row.at)} 登记）{_note(row.note)}"
        )
    yield Leaf(states.FILING, "办理经过.txt", "\n".join(lines).encode())
    if case.received_on is not None:
        trace = [
            f"{_day(day.day)}　{'计' if day.counted else '不计'}　{day.why}" for day in dates_of(case).trace
        ]
        yield Leaf(states.FILING, "期限逐日说明.txt", "\n".join(trace).encode())


def _note(note: str) -> str:
    return f"　{note}" if note else ""


def _plain(row: Model) -> Iterator[str]:
    """The fields of a row by their Chinese names; sealed ones stay out."""
    for field in row._meta.concrete_fields:
        if field.is_relation or field.primary_key or field.name.endswith("_sealed"):
            continue
        value = field.value_from_object(row)
        if value not in (None, ""):
            yield f"{field.verbose_name}：{_shown(row, field.name, value)}"


def _shown(row: Model, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    display = getattr(row, f"get_{name}_display", None)
    return str(display() if display else value)


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
