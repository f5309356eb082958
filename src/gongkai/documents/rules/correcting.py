"""Correcting what stands in public: what may go the short road of an obvious slip, and what may not.

《政府信息公开条例》 art. 6: government information is published promptly and accurately; what is found to be
wrong is put right. The full road is the three reviews; a slip of the pen does not need them a second time, but
it needs a second pair of eyes and a reason with a name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from gongkai.law.refusal import Refusal

ARTICLE = "条例第六条"
HOUSE_RULE = "明显差错更正办法"
LEAST_NOTE = 4
LEAST_REASON = 6
# A slip is small: so many signs of the text may differ, and no figure, date or amount among them.
MOST_SIGNS = 20
SLIP_FIELDS = frozenset({"title", "keywords", "summary", "body"})
_WEIGHTY = re.compile(
    r"[0-9０-９〇零一二三四五六七八九十百千万亿%％‰]|不|未|无|非|免|禁|应当|可以|必须|元|年|月|日"
)


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between the edition in public and the draft: names of fields, words taken out and put in."""

    fields: tuple[str, ...]
    removed: tuple[str, ...]
    added: tuple[str, ...]
    attachments: bool

    @property
    def is_none(self) -> bool:
        return not self.fields and not self.attachments

    @property
    def signs(self) -> int:
        """How many signs were taken out or put in, whichever is more."""
        return max(sum(map(len, self.removed)), sum(map(len, self.added)))


def difference(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    files_before: Sequence[int],
    files_after: Sequence[int],
) -> Difference:
    """Hold two texts with their fields against each other; the values are plain text, lists or None.

    >>> difference({"title": "关于补帖的通知"}, {"title": "关于补贴的通知"}, files_before=[], files_after=[]).added
    ('贴',)
    """
    fields, removed, added = [], [], []
    for name, value in after.items():
        was, now = _words(before.get(name)), _words(value)
        if was == now:
            continue
        fields.append(name)
        for verb, i1, i2, j1, j2 in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
            if verb != "equal":
                removed.append(was[i1:i2])
                added.append(now[j1:j2])
    return Difference(
        tuple(fields),
        tuple(part for part in removed if part),
        tuple(part for part in added if part),
        list(files_before) != list(files_after),
    )


def note_refusals(note: str, found: Difference) -> list[Refusal]:
    """Why a correction cannot go on yet: nothing was changed, or nobody said what."""
    refusals = []
    if found.is_none:
        refusals.append(
            Refusal(
                "correction.nothing", ARTICLE, "和公开的版本一字不差，没有可更正的内容。不改了请放弃更正。"
            )
        )
    if len(note.strip()) < LEAST_NOTE:
        refusals.append(
            Refusal(
                "correction.note",
                ARTICLE,
                f"请写变更说明，至少{LEAST_NOTE}个字。公众会在网页上看到改了什么、为什么改。",
            )
        )
    return refusals


def slip_refusals(found: Difference, *, reason: str) -> list[Refusal]:
    """Why this change is no obvious slip: it reaches beyond wording, is long, or touches what has weight."""
    refusals = []
    beyond = [name for name in found.fields if name not in SLIP_FIELDS]
    if beyond or found.attachments:
        refusals.append(
            Refusal(
                "slip.fields",
                HOUSE_RULE,
                "改了文号、日期、分类或者附件，不是明显差错。请送审，走完整审核。",
            )
        )
    if found.signs > MOST_SIGNS:
        refusals.append(
            Refusal(
                "slip.long",
                HOUSE_RULE,
                f"改动有 {found.signs} 个字，超过 {MOST_SIGNS} 个字，不是明显差错。请送审，走完整审核。",
            )
        )
    weighty = next((part for part in (*found.removed, *found.added) if _WEIGHTY.search(part)), "")
    if weighty:
        refusals.append(
            Refusal(
                "slip.weighty",
                HOUSE_RULE,
                f"改动的“{weighty[:12]}”关系数字、日期或者权利义务，不能按明显差错改。请送审，走完整审核。",
            )
        )
    if len(reason.strip()) < LEAST_REASON:
        refusals.append(
            Refusal("slip.reason", HOUSE_RULE, f"请写明为什么是明显差错，至少{LEAST_REASON}个字，会留痕。")
        )
    return refusals


def _words(value: Any) -> str:
    if value is None or value is False:
        return ""
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    return str(value)
