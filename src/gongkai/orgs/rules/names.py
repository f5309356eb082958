"""How papers call a unit: full name, official short form, and the forms between them. Pure.

Papers write 区财政局 for 滨海区财政局, 区教育体育局 for 滨海区教育和体育局, 公安滨海分局 for 东港市公安局滨海分局.
Two names mean the same unit when their keys are equal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from gongkai.kernel.text.numerals import bare

_GOVERNMENT = re.compile(r"^(?:(?P<above>.+?[省市州盟]))?(?P<own>[^省州盟]{1,8}?[区县市旗])人民政府$")
_JOINERS = str.maketrans("", "", "和与及、,，·()（）")
# The last pair of an office's full name and the form in which papers shorten it.
_SHORTER = (
    ("居民委员会", ""),
    ("村民委员会", "村"),
    ("居委会", ""),
    ("人民政府", "政府"),
    ("办事处", ""),
    ("监督管理", "监管"),
    ("应急管理局", "应急局"),
    ("退役军人事务局", "退役军人局"),
    ("行政审批服务局", "行政审批局"),
    ("机构编制委员会办公室", "编办"),
    ("委编委办公室", "委编办"),
    ("编委办公室", "编办"),
    ("综合行政执法", "综合执法"),
    ("指挥部办公室", "指挥部"),
    ("发展改革", "发改"),
    ("人力资源社会保障", "人社"),
    ("卫生健康", "卫健"),
    ("自然资源规划", "自规"),
    ("教育体育", "教体"),
    ("文化旅游", "文旅"),
    ("住房城乡建设", "住建"),
    ("医疗保障", "医保"),
    ("领导小组办公室", "领导小组办"),
    ("委员会办公室", "委办"),
    ("政府办公室", "政府办"),
    ("街道办", "街道"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """The district whose papers are read: the government above it and its own name (市南区, 滨海区)."""

    above: str
    own: str

    @property
    def stem(self) -> str:
        """The name without its last character, as in 公安市南分局."""
        return self.own[:-1]

    @property
    def level(self) -> str:
        """The one character by which papers name it: 区, 县, 市 or 旗."""
        return self.own[-1:]


NOWHERE = Place("", "")


def place_of(government: str) -> Place:
    """The place of a district from the full name of its government.

    >>> place_of("青岛市市南区人民政府")
    Place(above='青岛市', own='市南区')
    """
    found = _GOVERNMENT.match(bare(government))
    return Place(found["above"] or "", found["own"]) if found else NOWHERE


def key_of(name: str, place: Place = NOWHERE) -> str:
    """What is left of a name when everything is taken away that papers write or leave out as they please.

    >>> here = Place("青岛市", "市南区")
    >>> key_of("青岛市市南区教育和体育局", here) == key_of("区教育体育局", here)
    True
    >>> key_of("青岛市公安局市南分局", here) == key_of("公安市南分局", here)
    True
    """
    text = unicodedata.normalize("NFKC", bare(name))
    text = text.translate(_JOINERS)
    text = _without_party_name(text)
    text = _without_place(text, place)
    text = _branch(text, place)
    for long, short in _SHORTER:
        text = text.replace(long, short)
    return text


def similar(name: str, candidates: Iterable[tuple[str, str]], place: Place, *, limit: int = 3) -> list[str]:
    """The names most like the given one, best first; ``candidates`` are (name, key).

    Something always comes back where there is any likeness: a clerk chooses, nothing is chosen for him.
    """
    wanted = key_of(name, place)
    scored = {
        candidate: SequenceMatcher(None, wanted, key).ratio() + (0.2 if wanted and wanted in key else 0)
        for candidate, key in candidates
    }
    likely = [candidate for candidate, score in scored.items() if score >= 0.4]
    return sorted(likely, key=lambda candidate: (-scored[candidate], candidate))[:limit]


def _without_party_name(text: str) -> str:
    """中国共产党青岛市市南区委员会… and 中共青岛市市南区委… are both 市南区委…."""
    text = text.replace("中国共产党", "中共")
    if text.startswith("中共"):
        text = text.removeprefix("中共").replace("区委员会", "区委", 1).replace("县委员会", "县委", 1)
    return text


def _without_place(text: str, place: Place) -> str:
    """Names in front that say no more than "of this district" become the bare 区."""
    if not place.own:
        return text
    level = place.level
    for front in (place.above + place.own, place.own):
        if text.startswith(front):
            return _one_level(level + text[len(front) :], level)
    if place.above and text.startswith(place.above) and text.endswith(f"{place.stem}分局"):
        return text[len(place.above) :]
    return _one_level(text, level)


def _one_level(text: str, level: str) -> str:
    """A street or community is named with or without the district in front of it."""
    if text.startswith(level) and re.search(r"(街道|社区|居委会|居民委员会|街道办|办事处)", text):
        return text[1:]
    return text


def _branch(text: str, place: Place) -> str:
    """A branch of the city's office in the district: 公安局市南分局 and 公安市南分局 are one."""
    if place.own and text.endswith(f"{place.stem}分局"):
        trade = text.removesuffix(f"{place.stem}分局").removesuffix("局")
        return f"{trade}{place.stem}分局"
    return text
