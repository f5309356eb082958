"""Keeping the lists: an entry counts only after the approved texts were read and none holds its wrong form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from gongkai.gate import states
from gongkai.gate.models import LeaderEntry, WordEntry
from gongkai.gate.queries.live import LiveText, texts
from gongkai.gate.rules import word_rows, wording
from gongkai.gate.rules.wording import Word
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can
from gongkai.trail.chain import SYSTEM, Who, record

SHIPPED = Path(__file__).resolve().parents[1] / "facts" / "words.tsv"
CHUNK = 200  # texts in one turn; a turn stays far below a minute
MOST_PLACES = 5


def why_not_keep_lists(*, by: Actor) -> list[Refusal]:
    """Why this person does not keep the lists."""
    if can(by, "gate.lists"):
        return []
    return [Refusal("gate.lists", "", "用词表和领导名录由区政务公开主管部门维护。要加词的，请联系主管部门。")]


def why_not_add_words(*, text: str, by: Actor) -> list[Refusal]:
    """Why these rows cannot be added: each row that was not understood."""
    found = why_not_keep_lists(by=by)
    words, problems = word_rows.read(text)
    found += [Refusal("gate.word_row", "", f"第 {one.row} 行：{one.text}") for one in problems[:20]]
    if len(problems) > 20:
        found.append(Refusal("gate.word_row", "", f"另有 {len(problems) - 20} 行没有读懂。一行也没有写入。"))
    if not words and not problems:
        found.append(
            Refusal("gate.no_words", "", "没有内容。请每行写一个词：类别、错误写法、正确写法、来源。")
        )
    return found


@transaction.atomic
def add_words(*, text: str, by: Actor, now: datetime) -> int:
    """Add rows, all or none. They wait until they were compared with the approved texts."""
    refuse_if(why_not_add_words(text=text, by=by))
    return _add(word_rows.read(text)[0], by=by, person=by.acting_id, now=now)


@transaction.atomic
def add_shipped(*, by: Who, now: datetime, person: int | None = None) -> int:
    """Add the list that comes with the product; what is there already stays as it is."""
    words, _ = word_rows.read(SHIPPED.read_text(encoding="utf-8"))
    return _add(words, by=by, person=person, now=now)


def _add(words: Sequence[Word], *, by: Who, person: int | None, now: datetime) -> int:
    there = set(WordEntry.objects.values_list("kind", "wrong", "right"))
    fresh = {(one.kind, one.wrong, one.right): one for one in words}
    rows = [
        WordEntry(
            kind=one.kind,
            wrong=one.wrong,
            right=one.right,
            source=one.source,
            by_id=person,
            at=now,
            changed_at=now,
        )
        for key, one in fresh.items()
        if key not in there
    ]
    WordEntry.objects.bulk_create(rows)
    record(verb="gate.add_words", by=by, at=now, facts={"added": len(rows), "there": len(fresh) - len(rows)})
    return len(rows)


@transaction.atomic
def examine(*, now: datetime) -> int:
    """Read the next approved texts for the waiting entries; those that reached the end become active, or are
    refused where an approved text holds them. Returns how many entries still wait."""
    rows = list(WordEntry.objects.select_for_update().filter(state=states.WAITING).order_by("pk")[:2000])
    if not rows:
        return 0
    oldest = min((row.read_to for row in rows), key=lambda one: sum(one.values()))
    group = [row for row in rows if row.read_to == oldest]
    by_word = {Word(row.kind, row.wrong, row.right, row.source): row for row in group}
    words, read_to, count = wording.compiled(list(by_word)), dict(oldest), 0
    for source, text in texts(oldest, CHUNK):
        read_to[source], count = text.position, count + 1
        _note(text, words, by_word)
    for row in group:
        row.read_to = read_to
        if count < CHUNK:
            row.state, row.changed_at = states.REFUSED if row.hits else states.ACTIVE, now
    WordEntry.objects.bulk_update(group, ["read_to", "hits", "places", "state", "changed_at"])
    if count < CHUNK:
        refused = sum(row.state == states.REFUSED for row in group)
        record(
            verb="gate.settle_words", by=SYSTEM, at=now,
            facts={"active": len(group) - refused, "refused": refused},
        )  # fmt: skip
    return len(rows) - (len(group) if count < CHUNK else 0)


def _note(text: LiveText, words: wording.Compiled, by_word: dict[Word, WordEntry]) -> None:
    for passage in text.passages:
        for word, start, end in wording.hits(passage.text, words):
            row = by_word[word]
            row.hits += 1
            if len(row.places) < MOST_PLACES:
                around = passage.text[max(0, start - 12) : end + 12]
                row.places = [*row.places, {"title": text.title, "url": text.url, "text": around}]


@transaction.atomic
def retire_word(*, entry: WordEntry, by: Actor, now: datetime) -> None:
    """An entry no longer counts; it stays on record."""
    refuse_if(why_not_keep_lists(by=by))
    entry.state, entry.changed_at = states.RETIRED, now
    entry.save(update_fields=["state", "changed_at"])
    record(verb="gate.retire_word", by=by, at=now, about=entry, note=str(entry))


def _leader_refusals(name: str, post: str, source: str, by: Actor) -> list[Refusal]:
    found = why_not_keep_lists(by=by)
    if not (2 <= len(name) <= 20 and post and source):
        found.append(Refusal("gate.leader", "", "请填写姓名、职务和来源（任免文件或者人大公告）。"))
    if LeaderEntry.objects.filter(name=name, post=post).exists():
        found.append(Refusal("gate.leader_there", "", f"名录里已经有“{post}{name}”。"))
    return found


@transaction.atomic
def add_leader(
    *, name: str, post: str, order: int, source: str, since: date | None, by: Actor, now: datetime
) -> LeaderEntry:
    """Put somebody on the roster."""
    name, post, source = name.strip(), post.strip(), source.strip()
    refuse_if(_leader_refusals(name, post, source, by))
    row = LeaderEntry.objects.create(
        name=name, post=post, order=order, source=source, since=since, by_id=by.acting_id, at=now
    )
    record(verb="gate.add_leader", by=by, at=now, about=row, note=f"{post} {source}")
    return row


@transaction.atomic
def end_leader(*, entry: LeaderEntry, until: date, by: Actor, now: datetime) -> None:
    """Somebody leaves office; texts that still name him in it are found from then on."""
    refuse_if(why_not_keep_lists(by=by))
    if entry.since and until < entry.since:
        refuse_if([Refusal("gate.leader_until", "", f"离任日期早于任职日期 {entry.since}。请核对。")])
    entry.until = until
    entry.save(update_fields=["until"])
    record(verb="gate.end_leader", by=by, at=now, about=entry, facts={"until": until.isoformat()})
