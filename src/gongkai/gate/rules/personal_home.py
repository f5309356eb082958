"""Where a person lives, down to the door. The places of offices and of works on buildings are public.

条例第十五条; 民法典第一千零三十四条 (住址).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gongkai.gate.rules.finding import Finding, Known, Level, Passage
from gongkai.gate.rules.folding import compact

RULE = "personal.address"
BASIS = "条例第十五条；民法典第一千零三十四条"
_S = r"[ \x00]{0,2}"
_NUM = r"(?:\d{1,4}|[一二三四五六七八九十]{1,3}|[A-Za-z甲乙丙丁])"
_ROOM = r"[A-Za-z]?\d{2,4}[A-Za-z]?"
_HOUSE = r"(?:号?楼|栋|幢|号|座|排)"
# From the surest to the least sure.
_DOORS = (
    re.compile(rf"(?:{_NUM}{_S}{_HOUSE}{_S}[,、]?{_S})?{_NUM}{_S}单元{_S}(?:{_NUM}楼|{_NUM}层)?{_S}[-—]?{_S}{_ROOM}{_S}[室户号房]?"),
    re.compile(rf"{_NUM}{_S}(?:号楼|号|楼){_S}{_ROOM}{_S}(?:户|号户|房间?)"),
    re.compile(rf"{_NUM}{_S}(?:号楼|栋|幢){_S}[-—]?{_S}{_ROOM}{_S}(?:室|号|(?![\d.%]))"),
    re.compile(r"(?:村|屯|寨|社|大队)[\x00 ]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[\x00 ]?(?:组|队|社|屯)[\x00 ]?(?:附?\d{1,4})[\x00 ]?(?:号|户)"),
    re.compile(r"(?:镇|乡|街道|办事处)[\u4e00-\u9fff]{2,8}(?:村|屯|寨)[\x00 ]?附?\d{1,4}[\x00 ]?(?:号|户)(?![楼路线桥井地库厂])"),
    re.compile(r"(?<![\d-])\d{1,3}-\d{1,2}-\d{3,4}(?![\d-])"),
)  # fmt: skip
_QUICK = re.compile(
    r"单元|[号栋幢楼][ \x00]{0,2}-?[ \x00]{0,2}[A-Za-z]?\d|\d-\d{1,2}-\d{3}|[组队社屯村寨][ \x00]?附?\d"
)
_WORKS = re.compile(
    r"公司|有限|企业|商行|经营部|工程|改造|加装|维修|项目|保温|拆除|施工|会议|窗口|办公|大厅|中心|诊所|药店|门店"
)
_OFFICE = re.compile(r"大厦|写字楼|办公|政务|广场|商务|园区|厂区|商铺|网点|医院|学校|机关|大楼|酒店|宾馆")
_LIVES = re.compile(
    r"住址|家庭地址|现住|家住|户籍|居住|住所地?|户口所在|暂住|常住|租住|住[在于:]|(?<![居入])住$"
)
_ESTATE = re.compile(r"小区|花园|新村|家园|公寓|宿舍|嘉苑|花苑|苑|华庭|名邸|名苑|雅居|家属院|大院|里|慧园|园")
_BEGINS = re.compile(
    r"(?:住址|地址|现住|家住|住所|住在|住于|居住于|居住在|户籍|户口|坐落于|位于|[:,;。()（）、\s\[\]「」|]|住)"
)
_KEPT = re.compile(r"^.*?(?:街道办事处|街道|[镇乡])|^.*?[区县](?!域)")
_STREET_NUMBER = re.compile(r"[\u4e00-\u9fff](?:路|街|巷|道|里|弄|胡同|村|屯)\d{1,4}号")


def find(passage: Passage, folded: str, known: Known) -> Iterator[Finding]:
    """Every address down to the door; with a word for living already down to the house."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted(_doors(passage, folded)):
        begin = _begin(folded, start)
        if spans and begin < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((begin, end))
    for begin, end in spans:
        if not _is_known(folded, begin, end, known):
            yield _finding(passage, folded, begin, end)


def _doors(passage: Passage, folded: str) -> Iterator[tuple[int, int]]:
    lives_here = bool(_LIVES.search(passage.head))
    for surest, pattern in enumerate(_DOORS if _QUICK.search(folded) else ()):
        for match in pattern.finditer(folded):
            before, after = folded[max(0, match.start() - 40) : match.start()], folded[match.end() :][:14]
            lives = lives_here or bool(_LIVES.search(before[-30:]))
            if _WORKS.search(after.split("。")[0]) and not lives_here:
                continue
            if not lives and surest > 0 and surest < 3 and _OFFICE.search(before + match[0]):
                continue
            # Two houses and a hyphenated number say little by themselves.
            if surest == 2 and not (
                lives or _ESTATE.search(before[-14:]) or match[0].rstrip().endswith("室")
            ):
                continue
            if surest == 5 and not (lives or re.search(r"(?:小区|花园|新村|家园|号楼|[路街]\d+号)$", before)):
                continue
            yield match.start(), match.end()
    if lives_here or _LIVES.search(folded):
        for match in _STREET_NUMBER.finditer(folded):
            if lives_here or _LIVES.search(folded[max(0, match.start() - 24) : match.start() + 1]):
                yield match.start(), match.end()


def _begin(folded: str, start: int) -> int:
    """Where the address begins: back over its own words to a label or a mark."""
    window = folded[max(0, start - 32) : start]
    marks = [match.end() for match in _BEGINS.finditer(window)]
    return start - len(window) + (marks[-1] if marks else 0)


def _is_known(folded: str, begin: int, end: int, known: Known) -> bool:
    here, around = compact(folded[begin:end]), compact(folded[max(0, begin - 24) : end])
    return any(here in one or one in around for one in _own(known.addresses))


@lru_cache(maxsize=8)
def _own(addresses: frozenset[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(compact, addresses)))


def _finding(passage: Passage, folded: str, begin: int, end: int) -> Finding:
    kept = _KEPT.search(folded[begin:end])
    cut = begin + kept.end() if kept else begin
    hidden = passage.text[begin:cut] + "***"
    lives = bool(_LIVES.search(passage.head) or _LIVES.search(folded[max(0, begin - 12) : begin]))
    return Finding(
        RULE,
        Level.BLOCK if lives else Level.WARN,
        passage.where,
        hidden,
        "住址写到了门牌。公开时写到街道（乡镇）为止。",
        BASIS,
        begin,
        end,
        hidden,
    )
