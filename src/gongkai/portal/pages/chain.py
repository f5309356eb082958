"""The course of a paper: what it rests on, the text itself, its interpretation, what was changed later."""

from __future__ import annotations

import re

from django.utils.http import urlencode

from gongkai.documents.queries import INTERPRETATION_EXEMPT, justification_of
from gongkai.kernel.clock import legal_day
from gongkai.kernel.html import plain
from gongkai.portal.context import ChainStop, Link
from gongkai.publishing.queries import Standing, editions_path

MOST_BASES = 3
_BASIS = re.compile(r"(?:根据|依据|依照|按照|贯彻|落实)[^。；]{0,120}")
_NAMED = re.compile(r"《([^《》]{2,60})》")


def chain_of(standing: Standing) -> tuple[ChainStop, ...]:
    """The stops of a paper in their order; what is missing is drawn in its place."""
    publication = standing.publication
    bases = bases_in(plain(publication.edition.body))
    stops = [
        ChainStop(
            icon="link",
            title="依据",
            links=tuple(Link(f"《{name}》", f"/search/?{urlencode({'q': name})}") for name in bases),
            words="" if bases else "文中没有写明",
        ),
        ChainStop(
            icon="file",
            title="文件",
            words=f"{legal_day(publication.first_published_at).isoformat()} 发布",
            here=True,
        ),
        _interpretation(standing),
    ]
    if publication.edition.number > 1:
        words = f"现在是第{publication.edition.number}版"
        stops.append(
            ChainStop(
                icon="pencil",
                title="更正",
                links=(Link("历次版本", editions_path(publication.path)),),
                words=words,
            )
        )
    return tuple(stops)


def bases_in(text: str) -> list[str]:
    """The papers on which a text says that it rests, in their order.

    >>> bases_in("为规范管理，根据《预算法》《会计法》等规定，制定本办法。按《本办法》执行。")
    ['预算法', '会计法']
    """
    found = [name for part in _BASIS.findall(text[:3000]) for name in _NAMED.findall(part)]
    return list(dict.fromkeys(found))[:MOST_BASES]


def _interpretation(standing: Standing) -> ChainStop:
    links = tuple(Link(one.title, one.path) for one in standing.interpretations)
    if links:
        return ChainStop(icon="eye", title="解读", links=links)
    exempt = justification_of(standing.publication.document, INTERPRETATION_EXEMPT)
    if exempt is not None:
        return ChainStop(icon="eye", title="解读", words="不需要解读，已按规定说明理由")
    return ChainStop(
        icon="eye", title="解读", words=f"未公开，由{standing.publication.unit.short_name}补充", gap=True
    )
