"""What a row of the standard catalogue says: matter, elements, limit, channels, readers, ways, tiers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.catalogue.rules.limits import Limit, read_limit
from gongkai.catalogue.rules.ticks import (
    AUDIENCE_SIGNS,
    CHANNELS,
    COUNTY,
    GROUP,
    METHOD_SIGNS,
    ON_REQUEST,
    PROACTIVE,
    TIER_SIGNS,
    TOWN,
    VILLAGE,
    WHOLE_SOCIETY,
    channel_of,
    elements,
    is_ticked,
    read_channels,
    read_words,
)
from gongkai.kernel.text.numerals import squeeze


@dataclass(frozen=True, slots=True)
class Meaning:
    """A row as it was understood; ``unread`` are the cells that were not, with what they say."""

    group: str
    name: str
    content: str
    elements: tuple[str, ...]
    basis: str
    limit: Limit
    subject: str
    channels: tuple[str, ...]
    audience: tuple[str, ...]
    methods: tuple[str, ...]
    tiers: tuple[str, ...]
    unread: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        return self.group, self.name


def read_row(values: Mapping[str, str], *, usual: int = 20) -> Meaning:
    """Understand the words of a row.

    >>> read_row({"level1": "财务信息", "level2": "财务信息", "content": "●收费项目", "limit": "20个工作日",
    ...           "channel": "政府网站、公开查阅点"}).channels
    ('政府网站', '公开查阅点')
    """
    unread: list[tuple[str, str]] = []
    limit = read_limit(values.get("limit", ""), usual=usual)
    if not limit.understood:
        unread.append(("公开时限", limit.text))
    levels = [squeeze(values.get(key, "")) for key in ("level1", "level2", "level3")]
    named = [level for level in levels if level]
    return Meaning(
        group=levels[0] if len(named) > 1 else "",
        name="—".join(named[1:]) if len(named) > 1 else (named[0] if named else ""),
        content=values.get("content", ""),
        elements=elements(values.get("content", "")),
        basis=values.get("basis", ""),
        limit=limit,
        subject=squeeze(values.get("subject", "")),
        channels=_channels(values, unread),
        audience=_ticks(values, "audience", (WHOLE_SOCIETY, GROUP), AUDIENCE_SIGNS, unread),
        methods=_ticks(values, "method", (PROACTIVE, ON_REQUEST), METHOD_SIGNS, unread),
        tiers=_ticks(values, "tier", (COUNTY, TOWN, VILLAGE), TIER_SIGNS, unread),
        unread=tuple(unread),
    )


def _channels(values: Mapping[str, str], unread: list[tuple[str, str]]) -> tuple[str, ...]:
    found, strange = read_channels(values.get("channel", ""))
    unread += [("公开渠道", word) for word in strange]
    ticked = set(found)
    for key, text in values.items():
        group, _, name = key.partition(":")
        if group == "channel" and name and _tick(name, text, unread):
            ticked.add(channel_of(name) or name)
    return tuple(name for name in CHANNELS if name in ticked)


def _ticks(
    values: Mapping[str, str],
    group: str,
    order: tuple[str, ...],
    signs: tuple[tuple[str, str], ...],
    unread: list[tuple[str, str]],
) -> tuple[str, ...]:
    found = set(read_words(values.get(group, ""), signs))
    if values.get(group) and not found:
        unread.append((group, values[group]))
    for key, text in values.items():
        begin, _, name = key.partition(":")
        if begin == group and name:
            if not _tick(name, text, unread):
                # 特定群体 is often named in its cell instead of ticked.
                if not (group == "audience" and name == GROUP and is_ticked(text) is None):
                    continue
                unread.pop()
            found.update(read_words(name, signs) or (name,))
    return tuple(name for name in order if name in found)


def _tick(name: str, text: str, unread: list[tuple[str, str]]) -> bool:
    ticked = is_ticked(text)
    if ticked is None:
        unread.append((name, text))
    return bool(ticked)
