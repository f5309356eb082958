"""A document at the gate: what was found in its text, its fields and its attachments, and what settles each.

The text is read anew at every look, which costs milliseconds; a file was read once, by its digest.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.columns.models import Column
from gongkai.documents.models import Attachment, Document, Justification
from gongkai.documents.queries.facts import header_refusals, openness_of
from gongkai.documents.rules.openness import PROACTIVE
from gongkai.files.cleaning import KINDS as CLEANABLE
from gongkai.files.queries import public_of
from gongkai.gate import queries as gate
from gongkai.gate.queries import Finding, Level, Passage
from gongkai.kernel.html import plain
from gongkai.law.refusal import Refusal

BULK = 20  # so many personal data are let through only on the word of two people
TEXT, FIELDS = "text", "fields"
CODE = "gate."
PHONE = "personal.mobile"
_PHONES = re.compile(r"[、,，;；/]\s*")
FIELD_PLACES = {"title": "标题", "summary": "内容概述"}


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one rule in one place, settled together: mended, or explained by a named person."""

    code: str
    rule: str
    level: Level
    source: str
    findings: tuple[Finding, ...]
    reasons: tuple[Justification, ...] = ()
    attachment: Attachment | None = None

    @property
    def first(self) -> Finding:
        return self.findings[0]

    @property
    def mendable(self) -> bool:
        return self.source == TEXT and all(one.mend for one in self.findings)

    @property
    def cleanable(self) -> bool:
        """Whether a public copy without what is hidden can still be made of the file."""
        file = self.attachment.file if self.attachment else None
        hidden = self.rule.startswith("hidden.")
        return (
            hidden
            and file is not None
            and "clean" not in public_of(file).treatments
            and file.kind in CLEANABLE
        )

    @property
    def maskable(self) -> bool:
        """Whether a public copy can be made of the file in which these places are masked."""
        file = self.attachment.file if self.attachment else None
        personal = self.rule.startswith("personal.") and all(one.mend for one in self.findings)
        return personal and file is not None and file.kind in gate.MASKABLE

    @property
    def phone_fits(self) -> bool:
        """Whether the unit's own phone can come in the place of what was found; a blotted pdf takes no words."""
        if self.rule != PHONE:
            return False
        return self.mendable or (
            self.maskable and self.attachment is not None and self.attachment.file.kind != "pdf"
        )

    @property
    def explainable(self) -> bool:
        """What a named person may answer for; a missing field is filled in, not explained."""
        return self.source != FIELDS

    @property
    def needs(self) -> int:
        """How many people have to give a reason."""
        return 2 if self.rule.startswith("personal.") and len(self.findings) >= BULK else 1

    @property
    def settled(self) -> bool:
        return self.level == Level.HINT or len({one.by_id for one in self.reasons}) >= self.needs


@dataclass(frozen=True, slots=True)
class Gate:
    """Everything that was found, blocking ones first."""

    groups: tuple[Group, ...]
    digest: str
    unread: tuple[Attachment, ...] = ()

    @property
    def blocks(self) -> list[Group]:
        """What still keeps the document from the public."""
        return [one for one in self.groups if one.level == Level.BLOCK and not one.settled]

    @property
    def mendable(self) -> list[Group]:
        return [one for one in self.groups if one.mendable and not one.settled]

    @property
    def maskable(self) -> list[Group]:
        return [one for one in self.groups if one.maskable and not one.settled]

    def of(self, level: Level) -> list[Group]:
        return [one for one in self.groups if one.level == level]

    def group(self, code: str) -> Group | None:
        return next((one for one in self.groups if one.code == code), None)

    @property
    def findings(self) -> list[Finding]:
        return [finding for group in self.groups for finding in group.findings]


def gate_of(document: Document, *, today: date) -> Gate:
    """The document as it is now before the rules of today."""
    white, lists = gate.known(), gate.lists(today)
    passages = [*_fields(document), *(one.passage for one in gate.passages_of(document.body))]
    attachments = list(document.attachments.select_related("file__public").order_by("order", "pk"))
    text = gate.check(passages, white, lists, today)
    text += gate.form.attachments(passages, len(attachments))
    text += gate.alike(text=plain(document.body), unit_id=document.unit_id, but=key_of(document))
    column = gate.place.column(document.title, document.number, _column_path(document.column))
    text += [column] if column else []
    # What goes out is what is checked: the clean copy where there is one.
    checks = gate.file_checks(public_of(one.file) for one in attachments)
    found: list[tuple[str, Attachment | None, list[Finding]]] = [
        (FIELDS, None, _of_header(document, today)),
        (TEXT, None, text),
    ]
    for one in attachments:
        digest = public_of(one.file).digest
        if row := checks.get(digest):
            found.append((f"file:{digest[:16]}", one, gate.findings_of(row, f"附件“{one.title}” ")))
    return Gate(
        tuple(_groups(found, _reasons(document))),
        _digest(document, attachments),
        tuple(one for one in attachments if public_of(one.file).digest not in checks),
    )


def phone_of(document: Document) -> str:
    """The unit's public phone, the first where it has several; what comes in the place of somebody's own number."""
    return next(iter(_PHONES.split(document.unit.phone.strip())), "")


def text_findings(body: str, *, title: str = "", today: date) -> list[Finding]:
    """What the editor says under the text while one writes: the same rules, without the neighbours."""
    passages = [Passage("标题", title)] if title else []
    passages += [one.passage for one in gate.passages_of(body)]
    return gate.check(passages, gate.known(), gate.lists(today), today)


def gate_refusals(document: Document, *, today: date) -> list[Refusal]:
    """Why the document may not go out: files that nobody read, findings that nobody settled."""
    if openness_of(document) != PROACTIVE:
        return []
    found = gate_of(document, today=today)
    refusals = [
        Refusal("gate.unread", "条例第十七条", f"附件“{one.title}”还没有检查。请打开“发布前检查”页重新检查。")
        for one in found.unread
    ]
    # The header rules stood before submission already; publishing has its own words for the number.
    for group in [one for one in found.blocks if one.explainable][:8]:
        count = f"，共 {len(group.findings)} 处" if len(group.findings) > 1 else ""
        refusals.append(
            Refusal(
                f"gate.{group.rule}",
                group.first.basis,
                f"{group.first.where}{count}：{group.first.says}或者由本人在“发布前检查”页说明理由。",
            )
        )
    return refusals


def key_of(document: Document) -> str:
    """How the gate calls a document."""
    return f"document:{document.pk}"


def digest_of(document: Document) -> str:
    """The content that the gate read: text, fields and files."""
    return _digest(
        document, list(document.attachments.select_related("file__public").order_by("order", "pk"))
    )


def _digest(document: Document, attachments: Sequence[Attachment]) -> str:
    parts = [document.title, document.number, document.summary, document.body]
    parts += [public_of(one.file).digest for one in attachments]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _fields(document: Document) -> list[Passage]:
    return [Passage(label, getattr(document, name)) for name, label in FIELD_PLACES.items()]


def _of_header(document: Document, today: date) -> list[Finding]:
    """The header rules in the words of the gate."""
    return [
        Finding(one.code, Level.BLOCK, "公文字段", "", one.text, one.basis)
        for one in header_refusals(document, today=today)
    ]


def _column_path(column: Column | None) -> str:
    names: list[str] = []
    while column is not None and len(names) < 5:
        names.append(column.name)
        column = column.parent
    return " / ".join(reversed(names))


def _reasons(document: Document) -> dict[str, list[Justification]]:
    found: dict[str, list[Justification]] = defaultdict(list)
    rows = document.justifications.filter(code__startswith=CODE).select_related("by").order_by("at")
    for row in rows:
        found[row.code.removesuffix(".2")].append(row)
    return found


def _groups(
    found: Sequence[tuple[str, Attachment | None, list[Finding]]],
    reasons: dict[str, list[Justification]],
) -> list[Group]:
    groups = []
    for source, attachment, findings in found:
        by_rule: dict[tuple[str, Level], list[Finding]] = defaultdict(list)
        for one in findings:
            by_rule[one.rule, one.level].append(one)
        for (rule, level), rows in by_rule.items():
            code = _code(rule, source, rows)
            groups.append(
                Group(code, rule, level, source, tuple(rows), tuple(reasons.get(code, ())), attachment)
            )
    order = list(Level)
    return sorted(groups, key=lambda one: (one.settled, order.index(one.level), one.source != TEXT))


def _code(rule: str, source: str, findings: Sequence[Finding]) -> str:
    """The same findings have the same code; one more, and the reason has to be given anew."""
    said = "\x1f".join([rule, source, *sorted(f"{one.text}\x1e{one.before[-6:]}" for one in findings)])
    return CODE + hashlib.sha256(said.encode()).hexdigest()[:20]
