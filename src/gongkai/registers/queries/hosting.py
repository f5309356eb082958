"""Reads of hosted copies: the copies that a unit keeps, the official versions of a rule."""

from __future__ import annotations

from gongkai.kernel.html import plain
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import visible
from gongkai.publishing.models import Publication
from gongkai.registers import states
from gongkai.registers.models import HostedCopy, OfficialText
from gongkai.registers.rules.hosted import Official, name_of


def copies_of(actor: Actor) -> list[HostedCopy]:
    """The hosted copies that the actor may see, faulty ones first."""
    rows = visible(HostedCopy, actor).select_related("publication", "unit", "version", "newest", "draft")
    return sorted(rows, key=lambda one: (not one.faulty or one.decision == states.LINK, one.pk))


def versions_of(title: str) -> list[Official]:
    """The official versions of the rule that a title names."""
    name = name_of(title)
    bare = name.removeprefix("中华人民共和国")
    rows = OfficialText.objects.filter(name__in={name, bare, f"中华人民共和国{bare}"})
    return [
        Official(one.title, one.text, one.published, one.effective, one.pk) for one in rows.order_by("pk")
    ]


def text_of(publication: Publication) -> str:
    """The words of a publication as the public reads them."""
    return plain(str(publication.edition.body))
