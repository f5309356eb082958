"""The heads of columns in a table whose first rows are a title: the row of heads is known by its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from gongkai.gate.rules.finding import Passage

_ADDRESS = re.compile(r"^(.*?)!?([A-Z]{1,3})(\d+)$")
_HEAD = re.compile(
    r"^(?:序\s*号|编\s*号|姓\s*名|性\s*别|年\s*龄|.{0,6}(?:姓名|身份证|证件|号码|电话|手机|联系方式|住址|地址|账号|帐号|卡号|开户行|单位|社区|街道|"
    r"户主|申请人|受助人|对象|金额|标准|备注|名称|代码|编号|单号|日期|时间|类别|事项|人数|关系|学校|班级|病种|残疾|等级|学生|考生))[^。；]{0,8}$"
)
MOST_ROWS = 8


def with_heads(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Cells with the head of their column, where the file's own first row was only a title."""
    heads: dict[tuple[str, str], str] = {}
    for passage in passages:
        match = _ADDRESS.match(passage.where)
        if not match or not (passage.head or passage.row):
            yield passage
            continue
        column, row = (match[1], match[2]), int(match[3])
        words = passage.text.strip()
        if row <= MOST_ROWS and len(words) <= 16 and _HEAD.match(words):
            heads[column] = words
            yield replace(passage, head="", row=row)
        else:
            yield replace(passage, head=heads.get(column, passage.head), row=row)
