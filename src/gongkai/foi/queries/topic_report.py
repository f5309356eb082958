"""The report of a quarter's topics as a Word file: topics, results, decisions, effect; no applicant in it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

from docx import Document

from gongkai.foi.queries.topics import Conversion, TopicLine, by_quarter, effect_of
from gongkai.foi.rules import topic_steps
from gongkai.foi.rules.topics import Quarter

HEADS = ("专题", "单位", "申请件数", "办理结果", "处理", "公开日期")


def report(
    quarter: Quarter, lines: Sequence[TopicLine], conversion: Conversion, *, whose: str, today: date
) -> bytes:
    """The analysis of one quarter, ready to be handed in."""
    paper = Document()
    paper.add_heading(f"{whose}{quarter.label}依申请公开专题分析", level=1)
    requests = sum(line.requests for line in lines)
    paper.add_paragraph(
        f"本季度有 {len(lines)} 个专题，涉及 {requests} 件申请。"
        f"{quarter.year}年以来共有专题 {conversion.found} 个，已转主动公开 {conversion.public} 个"
        f"{_rate(conversion)}，决定不转的 {conversion.declined} 个，还没有研究的 {conversion.undecided} 个。"
    )
    paper.add_paragraph("专题按申请内容中共同的词归并，每个词至少在一半的申请里出现。报告不含申请人信息。")
    table = paper.add_table(rows=1, cols=len(HEADS))
    table.style = "Table Grid"
    for cell, words in zip(table.rows[0].cells, HEADS, strict=True):
        cell.text = words
    for line in lines:
        topic = line.topic
        values = (
            topic.title,
            topic.unit.short_name,
            f"{line.requests}（{line.askers} 位申请人）",
            "；".join(f"{result} {times}" for result, times in line.results),
            topic_steps.LABELS[topic.state] + (f"：{topic.reason}" if topic.reason else ""),
            topic.published_on.isoformat() if topic.published_on else "",
        )
        for cell, words in zip(table.add_row().cells, values, strict=True):
            cell.text = words
    _effects(paper, lines, today)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _rate(conversion: Conversion) -> str:
    return f"（{conversion.rate:.0%}）" if conversion.rate is not None else ""


def _effects(paper: object, lines: Sequence[TopicLine], today: date) -> None:
    told = [line.topic for line in lines if line.topic.published_on]
    if not told:
        return
    paper.add_heading("公开后的变化", level=2)  # type: ignore[attr-defined]
    for topic in told:
        found = effect_of(topic, by_quarter(topic, today=today))
        if found is not None:
            paper.add_paragraph(f"{topic.title}：{found.words}。")  # type: ignore[attr-defined]
