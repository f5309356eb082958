"""What files hide, in the words of the gate. 条例第十五条、第十七条: what nobody has read cannot have been reviewed."""

from __future__ import annotations

from gongkai.gate.rules import personal
from gongkai.gate.rules.finding import Finding, Known, Level, Passage

BASIS = "条例第十七条"
UNREADABLE = "file.unreadable"
_SAYS = {
    "hidden.tracked_change": (Level.BLOCK, "文件里还留着修订痕迹，删掉的话别人看得到。请接受或者拒绝全部修订。"),
    "hidden.comment": (Level.BLOCK, "文件里有批注或者注释。请删除后再公开。"),
    "hidden.sheet": (Level.BLOCK, "附件中有隐藏的工作表。请删除这个工作表，或者取消隐藏并核对。"),
    "hidden.row": (Level.BLOCK, "表格里有隐藏的行。请删除这些行，或者取消隐藏并核对。"),
    "hidden.column": (Level.BLOCK, "表格里有隐藏的列。请删除这些列，或者取消隐藏并核对。"),
    "hidden.invisible_text": (Level.BLOCK, "有看不见的文字（白色、极小或者设为隐藏）。请删除，或者改成看得见。"),
    "hidden.covered_text": (Level.BLOCK, "文字只是被盖住，复制就能看到。请删掉文字本身再公开。"),
    "hidden.previous_revision": (Level.BLOCK, "文件里还存着旧版本。请另存为新文件再上传。"),
    "hidden.metadata": (Level.WARN, "文件属性里有作者等信息。请公开清理件，或者清空属性。"),
    "hidden.location": (Level.WARN, "图片带有拍摄地点。请公开清理件。"),
    "hidden.macro": (Level.BLOCK, "文件里有宏或者脚本，读者打开有风险。请去掉后再公开。"),
    "hidden.external_link": (Level.WARN, "文件引用了本机或内网上的别的文件。请断开链接。"),
}  # fmt: skip
SHOWN = 60


def finding(rule: str, where: str, text: str, known: Known) -> Finding:
    """A trap as a finding; its words are shown, its numbers are masked."""
    level, says = _SAYS.get(rule, (Level.BLOCK, "文件里有看不见的内容。请删除后再公开。"))
    return Finding(rule, level, where, masked(text, known)[:SHOWN], says, BASIS)


def unreadable(where: str, why: str) -> Finding:
    """Nobody could read the file: it goes out only on the signature of a named person."""
    return Finding(
        UNREADABLE,
        Level.BLOCK,
        where,
        "",
        why or "系统没有读懂这个文件。请打开核对，再由本人签注理由。",
        BASIS,
    )


def masked(text: str, known: Known | None = None) -> str:
    """The text with everything personal in it masked."""
    text = text.strip()
    for one in sorted(personal.find([Passage("", text)], known), key=lambda one: one.start, reverse=True):
        text = text[: one.start] + one.text + text[one.end :]
    return text
