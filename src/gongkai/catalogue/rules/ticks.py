"""Lists that the standard catalogue writes as ticks or in one cell: channels, readers, ways, tiers, elements.

国办发〔2019〕54号 and the layout of the ministries' 标准指引: 13 channels, 全社会 or 特定群体, 主动 or 依申请,
县级, 乡级 and, where a district adds it, 村级.
"""

from __future__ import annotations

import re

from gongkai.kernel.text.numerals import bare, squeeze

CHANNELS: tuple[str, ...] = (
    "政府网站",
    "政府公报",
    "两微一端",
    "发布会/听证会",
    "广播电视",
    "纸质媒体",
    "公开查阅点",
    "政务服务中心",
    "便民服务站",
    "入户/现场",
    "社区/企事业单位/村公示栏（电子屏）",
    "精准推送",
    "其他",
)
WHOLE_SOCIETY, GROUP = "全社会", "特定群体"
PROACTIVE, ON_REQUEST = "主动", "依申请"
COUNTY, TOWN, VILLAGE = "县级", "乡级", "村级"
MARKS = frozenset("√✓✔■☑●◆★是有1VvYy▲○")
EMPTY_MARKS = frozenset({"", "□", "☐", "×", "✗", "否", "无", "0", "-", "—", "/"})
_BOXES = re.compile(r"([■☑√✓✔●▇□☐○])([^■☑√✓✔●▇□☐○]*)")
_FULL = frozenset("■☑√✓✔●▇")
_SEPARATORS = re.compile(r"[、，,；;\s]+")
_SHORTENED = re.compile(r"[（(].*?[）)]|[_＿:：]+.*$")
_ELEMENT = re.compile(r"[●•◆■▪·○]+|\n+")
_NUMBERED = re.compile(r"^\s*(?:[（(]?\d{1,2}[)）.．、]|[①-⑳])\s*")


def _key(name: str) -> str:
    return bare(_SHORTENED.sub("", name)).replace("／", "/").replace("\\", "/").lower()


_BY_KEY = {_key(name): name for name in CHANNELS} | {
    "社区/企事业单位/村公示栏": CHANNELS[10],
    "社区、企事业单位、村公示栏": CHANNELS[10],
    "公示栏": CHANNELS[10],
    "发布会听证会": CHANNELS[3],
    "发布会、听证会": CHANNELS[3],
    "入户现场": CHANNELS[9],
    "其它": CHANNELS[12],
    "微博微信": CHANNELS[2],
    "政府门户网站": CHANNELS[0],
}


def channel_of(name: str) -> str | None:
    """The one of the 13 channels that a head or a word means.

    >>> channel_of("社区/企事业单位/村公示栏(电子屏)") == CHANNELS[10]
    True
    """
    return _BY_KEY.get(_key(name))


def read_channels(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The channels ticked or named in one cell, in the official order, and the words that are none of the 13.

    >>> read_channels("■政府网站 □政府公报 ■公开查阅点")
    (('政府网站', '公开查阅点'), ())
    """
    if any(sign in text for sign in "■□☑☐"):
        named = [words for mark, words in _BOXES.findall(text) if mark in _FULL]
    else:
        named = _SEPARATORS.split(_BOXES.sub(r" \2", text))
    found, strange = set(), []
    for one in named:
        if not bare(one):
            continue
        channel = channel_of(one)
        if channel:
            found.add(channel)
        else:
            strange.append(squeeze(one))
    return tuple(name for name in CHANNELS if name in found), tuple(strange)


def is_ticked(text: str) -> bool | None:
    """Whether a tick cell is ticked; None where its word is neither.

    >>> is_ticked("√"), is_ticked(""), is_ticked("部分")
    (True, False, None)
    """
    words = bare(text)
    if words in EMPTY_MARKS:
        return False
    return True if words in MARKS else None


def read_words(text: str, names: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Which of these names a cell speaks of; ``names`` are (sign to look for, name)."""
    if any(sign in text for sign in "■□☑☐"):
        text = "".join(words for mark, words in _BOXES.findall(text) if mark in _FULL)
    return tuple(dict.fromkeys(name for sign, name in names if sign in text))


AUDIENCE_SIGNS = (("全社会", WHOLE_SOCIETY), ("社会公众", WHOLE_SOCIETY), ("特定", GROUP))
METHOD_SIGNS = (("主动", PROACTIVE), ("依申请", ON_REQUEST))
TIER_SIGNS = (
    ("县", COUNTY), ("区级", COUNTY), ("区、", COUNTY), ("乡", TOWN), ("镇", TOWN), ("街道", TOWN),
    ("村", VILLAGE), ("社区", VILLAGE),
)  # fmt: skip


def elements(text: str) -> tuple[str, ...]:
    """The elements of what is to be disclosed: a list with ●, lines or numbers.

    >>> elements("●财务管理及监督办法；●年度经费预决算；●收费项目及标准")
    ('财务管理及监督办法', '年度经费预决算', '收费项目及标准')
    """
    found = (_NUMBERED.sub("", piece).strip().strip("；;。，、").strip() for piece in _ELEMENT.split(text))
    return tuple(piece for piece in found if piece)
