"""What is done with hosted copies of national rules: official texts come in, copies are compared and replaced."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.html import format_html

from gongkai.documents import actions as documents
from gongkai.documents.models import Document
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can
from gongkai.publishing.models import Publication
from gongkai.registers import queries, states
from gongkai.registers.actions.registering import not_allowed
from gongkai.registers.models import HostedCopy, OfficialText
from gongkai.registers.rules.hosted import compare, name_of
from gongkai.trail.chain import SYSTEM, Who, record

SHOWN = 200


@transaction.atomic
def import_official_texts(*, texts: Iterable[Mapping[str, Any]], by: Who, now: datetime) -> int:
    """Store official texts that are not known yet; returns how many. Hosted copies are compared anew."""
    known = set(OfficialText.objects.values_list("digest", flat=True))
    rows: dict[str, OfficialText] = {}
    for one in texts:
        text, title = str(one["text"]), str(one["title"])[:300]
        digest = hashlib.sha256(f"{title}\n{one.get('effective')}\n{text}".encode()).hexdigest()
        if digest not in known:
            rows[digest] = OfficialText(
                title=title, name=name_of(title), text=text, digest=digest, at=now,
                published=_day(one.get("published")), effective=_day(one.get("effective")),
                source=str(one.get("source") or "")[:500],
            )  # fmt: skip
    OfficialText.objects.bulk_create(rows.values(), batch_size=200)
    if rows:
        record(verb="registers.import_official", by=by, at=now, facts={"texts": len(rows)})
        names = {_bare(row.name) for row in rows.values()}
        live = Publication.objects.unscoped("copies of a rule").filter(state=Publication.State.LIVE)
        # Titles first: the texts of 30,000 papers are not read to find a dozen copies.
        copies = [pk for pk, title in live.values_list("pk", "title") if _bare(name_of(title)) in names]
        for publication in live.filter(pk__in=copies).select_related("edition", "unit"):
            compare_copy(publication=publication, now=now)
    return len(rows)


@transaction.atomic
def compare_copy(*, publication: Publication, now: datetime) -> HostedCopy | None:
    """Compare a publication with the official text that its title names; ``None`` where it names none."""
    rows = HostedCopy.objects.unscoped("a comparison")
    known = rows.filter(publication=publication).first()
    name = known.name if known else publication.title
    found = compare(queries.text_of(publication), queries.versions_of(name), today=legal_day(now))
    if found is None or publication.state != Publication.State.LIVE:
        if known:
            rows.filter(pk=known.pk).delete()
        return None
    after = {
        "unit": publication.unit,
        "name": name_of(name),
        "version_id": found.version.key,
        "newest_id": found.newest.key,
        "differences": [asdict(one) for one in found.differences[:SHOWN]],
    }
    same = known and all(getattr(known, field) == value for field, value in after.items())
    if same:
        return known
    copy, _ = rows.update_or_create(
        publication=publication,
        defaults={**after, "decision": states.TO_DECIDE, "decided_by": None, "compared_at": now},
    )
    facts = {"differences": len(found.differences), "superseded": found.superseded}
    record(verb="registers.compare", by=SYSTEM, at=now, about=copy, facts=facts)
    return copy


def why_not_decide(*, copy: HostedCopy, decision: str, by: Actor) -> list[Refusal]:
    """Why nothing can be decided about a hosted copy, or not this."""
    found = not_allowed(by, copy.unit, "处理这个转载件")
    if decision not in (states.LINK, states.REPLACE, states.KEEP):
        text = "没有选处理方式。请选换成官方文本、改为链接，或者保留并改正。"
        found.append(Refusal("registers.no_decision", "", text))
    if not copy.faulty:
        found.append(Refusal("registers.copy_clean", "", "这个转载件与官方文本一致，不用处理。"))
    if copy.newest is None:
        return found
    if decision == states.LINK and not is_address(copy.newest.source):
        text = "导入的官方文本没有网址，不能改为链接。请换成官方文本，或者补上网址后重新导入。"
        found.append(Refusal("registers.no_address", "", text))
    if decision in (states.LINK, states.REPLACE) and not can(by, "documents.write", copy.unit_id):
        text = "您没有为这个单位起草的权限，不能建替换稿。请联系该单位信息员。"
        found.append(Refusal("registers.no_draft", "", text))
    return found


@transaction.atomic
def decide(*, copy: HostedCopy, decision: str, by: Actor, now: datetime) -> HostedCopy:
    """Replace the copy by the official text, send readers there, or keep it and put it right by hand.

    The first two make a finished draft that goes through its reviews like any paper; once it stands in public
    the old copy is taken back as 并入.
    """
    rows = HostedCopy.objects.unscoped("the action checks the unit itself").select_for_update(of=("self",))
    copy = rows.select_related("unit", "newest", "publication__document").get(pk=copy.pk)
    refuse_if(why_not_decide(copy=copy, decision=decision, by=by))
    copy.decision, copy.decided_by_id = decision, by.acting_id
    if decision in (states.LINK, states.REPLACE):
        copy.draft = _successor(copy, decision, by=by, now=now)
    copy.save(update_fields=["decision", "decided_by", "draft"])
    facts = {"decision": decision, "draft": copy.draft_id}
    record(verb="registers.decide", by=by, at=now, about=copy, facts=facts)
    return copy


def is_address(source: str) -> bool:
    """Whether a source is an address to which readers can be sent."""
    return source.startswith(("https://", "http://"))


def _successor(copy: HostedCopy, decision: str, *, by: Actor, now: datetime) -> Document:
    newest, old = copy.newest, copy.publication.document
    assert newest is not None  # the copy is faulty against some version
    body = as_paragraphs(newest.text) if decision == states.REPLACE else _way_to(newest)
    fields = {
        "title": newest.title,
        "body": body,
        "theme": old.theme,
        "catalogue_item": old.catalogue_item,
        "written_on": legal_day(now),
        "effective_on": newest.effective,
        "summary": f"{newest.title}官方文本" + (f"，{newest.effective} 施行" if newest.effective else ""),
    }
    draft = documents.draft(unit=copy.unit, by=by, now=now, fields=fields)
    documents.determine(document=draft, by=by, now=now, openness=Document.Openness.PROACTIVE)
    return draft


def as_paragraphs(text: str) -> str:
    """The words of an official text as paragraphs; marks of markup in it stay words."""
    lines = (line.strip().lstrip("#").strip() for line in text.splitlines())
    return "".join(format_html("<p>{}</p>", line) for line in lines if line)


def _way_to(newest: OfficialText) -> str:
    return format_html(
        '<p>{}以官方公布的文本为准，请到官方网站查看。</p><p><a href="{}">{}</a></p>',
        newest.title,
        newest.source,
        newest.source,
    )


def _bare(name: str) -> str:
    return name.removeprefix("中华人民共和国")


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10]) if text else None
    except ValueError:
        return None
