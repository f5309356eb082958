"""Writing what came back in a table, all rows in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from gongkai.files.actions import keep
from gongkai.files.models import StoredFile
from gongkai.law.refusal import Refusal, Refused, refuse_if
from gongkai.sheets.queries import Report, RowReport, Sheet
from gongkai.trail.chain import Who, record


def why_not_apply(*, report: Report, only_understood: bool = False) -> list[Refusal]:
    """Why a table that came back cannot be written: what concerns all of it, or rows that were refused."""
    found = [Refusal("sheets.unreadable", "", problem) for problem in report.problems]
    refused = report.refused
    if refused and not only_understood:
        text = (
            f"有 {len(refused)} 行不能写入（第 {'、'.join(str(row.place) for row in refused[:12])} 行）。"
            "请在表里改好后重新交回，或选择只写入看懂的行。"
        )
        found.append(Refusal("sheets.rows", "", text))
    if not found and not report.changed:
        found.append(Refusal("sheets.nothing", "", "表里没有可以写入的改动。请填写后再交回。"))
    return found


@transaction.atomic
def apply_sheet(
    *,
    sheet: Sheet,
    file: StoredFile,
    read: Callable[[], Report],
    write: Callable[[RowReport], None],
    by: Who,
    now: datetime,
    only_understood: bool = False,
    seen: str = "",
) -> Report:
    """Write every changed row by the station's own action, or none.

    ``read`` compares the file inside the transaction, so that a row which somebody changed a moment ago is
    seen; ``seen`` is the digest of the report that the person confirmed: what differs from it is not written.
    ``write`` raises ``Refused`` for a row that its action does not take; then nothing is written at all.
    """
    report = read()
    refuse_if(why_not_apply(report=report, only_understood=only_understood))
    if seen and seen != report.digest:
        text = "您核对以后，表里的行又有人改过。请重新核对下面的差异，再写入。"
        raise Refused([Refusal("sheets.moved", "", text)])
    for row in report.changed:
        try:
            write(row)
        except Refused as refused:
            raise Refused(
                [
                    Refusal(each.code, each.basis, f"第 {row.place} 行“{row.name}”：{each.text}")
                    for each in refused.refusals
                ]
            ) from None
    keep(file=file)
    record(
        verb="sheets.apply",
        by=by,
        at=now,
        about=file,
        note=sheet.title,
        facts={
            "sheet": sheet.key,
            "digest": file.digest,
            "rows": [row.key for row in report.changed],
            "refused": len(report.refused),
        },
    )
    return report
