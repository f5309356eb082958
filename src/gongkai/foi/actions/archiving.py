"""Filing a case: the sealed package, its check, and the erasing of identity data when its keeping ends.

条例第四十五条 (归档), 个人信息保护法第四十七条 (erasing when the purpose is met).
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.files import storage
from gongkai.files.actions import keep_made
from gongkai.foi import sealed_zip, states
from gongkai.foi.actions import engine
from gongkai.foi.models import Applicant, Case, Consultation, Dispute, Letter, Paper, SealedFile
from gongkai.foi.queries import casefile
from gongkai.foi.queries.who import Doer, why_not_step
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.trail.chain import SYSTEM, head, record

WHY = "the action checks the unit itself"
ERASED = "已清除"


def why_not_archive(*, case: Case, by: Doer) -> list[Refusal]:
    """Why the file cannot be closed yet."""
    found = why_not_step(case, "archive", by)
    if Dispute.objects.unscoped(WHY).filter(case=case, outcome="").exists():
        text = "还有没有结果的复议或诉讼。等结果登记后再归档。"
        found.append(Refusal("foi.open_dispute", "条例第四十五条", text))
    waiting = Letter.objects.unscoped(WHY).filter(
        case=case, is_answer=True, round=case.round, dispatched_on__isnull=False, received_on=None
    )
    if waiting.exists():
        text = "答复还没有送达凭证。请先登记送达，或登记退回。"
        found.append(Refusal("foi.no_proof", "条例第四十五条", text))
    return found


def archive_case(*, case: Case, by: Doer, now: datetime) -> SealedFile:
    """Seal the file and archive the case. The package is written before the transaction and checked after it."""
    refuse_if(why_not_archive(case=case, by=by))
    leaves = casefile.leaves_of(case)
    content, digest, papers = sealed_zip.pack(casefile.facts_of(case), leaves)
    stored = keep_made(
        content=[content], name=f"{case.number} 卷宗.zip", kind="zip", unit=case.unit, by=by, now=now
    )
    with transaction.atomic():
        locked = engine.locked(case)
        refuse_if(why_not_archive(case=locked, by=by))
        facts = {"file": stored.digest, "index": digest, "papers": papers}
        engine.advance(locked, "archive", by=by, now=now, facts=facts)
        values = {"file": stored, "digest": digest, "papers": papers, "sealed_at": now}
        sealed, _ = SealedFile.objects.unscoped(WHY).update_or_create(
            case=locked,
            defaults={**values, "unit_id": locked.unit_id, "trail_seq": head()[0]},
        )
    return sealed


def faults_of(sealed: SealedFile) -> list[str]:
    """What is wrong with the stored package now; empty when it is as it was sealed."""
    path = storage.path_of(sealed.file)
    if not path.exists():
        return ["卷宗文件不见了。请从备份恢复。"]
    found = sealed_zip.faults(path)
    if storage.digest_of(sealed.file) != sealed.file.digest:
        found.append("卷宗文件与封卷时的摘要不符。")
    return found


def why_not_purge(*, case: Case, by: Doer, today: date) -> list[Refusal]:
    """Why identity data must be kept on."""
    found = why_not_step(case, "purge", by)
    if case.retention_until is None or today <= case.retention_until:
        until = case.retention_until.isoformat() if case.retention_until else "没有登记"
        text = f"身份信息要保存到 {until}，期满后才清除。"
        found.append(Refusal("foi.kept", "个人信息保护法第十九条", text))
    if Dispute.objects.unscoped(WHY).filter(case=case, outcome="").exists():
        found.append(Refusal("foi.open_dispute", "", "有没有结果的复议或诉讼，身份信息暂不清除。"))
    if case.applicant.purged_at is not None:
        found.append(Refusal("foi.purged", "", "身份信息已经清除过了。"))
    return found


def purge_identity(*, case: Case, by: Doer, now: datetime) -> Case:
    """Erase who asked; what was asked, the dates, the result and the statistics stay."""
    gone: list[Paper] = []
    with transaction.atomic():
        case = engine.locked(case)
        refuse_if(why_not_purge(case=case, by=by, today=legal_day(now)))
        _erase_applicant(case.applicant, now)
        for paper in casefile.identity_papers(case):
            paper.purged_at, paper.title = now, ERASED
            paper.save(update_fields=["purged_at", "title"])
            gone.append(paper)
        Consultation.objects.unscoped(WHY).filter(case=case).update(contact_sealed="")
        # The letters themselves stay in the sealed file, as the archive law wants it.
        letters = Letter.objects.unscoped(WHY).filter(case=case)
        made = [letter.file for letter in letters.filter(file__isnull=False).select_related("file")]
        letters.update(addressee=ERASED, received_by="", facts={}, text=[], file=None)
        engine.advance(
            case, "purge", by=by, now=now, facts={"papers": len(gone)}, changes={"code_digest": ""}
        )
    for paper in gone:  # after the commit: a file that is gone cannot come back with a rolled-back row
        assert paper.file is not None
        storage.drop(paper.file)
    for file in made:
        assert file is not None
        storage.drop(file)
    return case


def purge_due(*, now: datetime, limit: int = 50) -> int:
    """Erase what is due; the minute calls it. Returns how many cases."""
    rows = Case.objects.unscoped("keeping ends for every unit").filter(
        state=states.ARCHIVED, retention_until__lt=legal_day(now), applicant__purged_at=None
    )
    done = 0
    for case in rows.select_related("applicant")[:limit]:
        if not why_not_purge(case=case, by=SYSTEM, today=legal_day(now)):
            purge_identity(case=case, by=SYSTEM, now=now)
            done += 1
    return done


def _erase_applicant(applicant: Applicant, now: datetime) -> None:
    for field in applicant._meta.concrete_fields:
        if field.name.endswith("_sealed") or field.name in (
            "name",
            "document_masked",
            "identity_digest",
            "contact_person",
            "agent_name",
            "postcode",
            "help_needed",
        ):
            setattr(applicant, field.name, "")
    applicant.purged_at = now
    applicant.save()


def record_check(*, sealed: SealedFile, by: Doer, now: datetime) -> list[str]:
    """Check the package on request and leave a row of the trail with what was found."""
    found = faults_of(sealed)
    with transaction.atomic():
        record(verb="foi.check_file", by=by, at=now, about=sealed, facts={"faults": len(found)})
    return found
