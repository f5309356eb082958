"""Budgets and final accounts of all units, announced releases, the debt of the district with its files."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

from openpyxl import Workbook

from gongkai.budget import queries
from gongkai.budget.models import DebtFigure
from gongkai.law.rule_table import rule
from gongkai.portal.context import Column, Link
from gongkai.portal.context.budget import (
    Announced,
    BudgetCell,
    BudgetFieldGroup,
    BudgetFieldPart,
    BudgetPage,
    BudgetRow,
    BudgetUnitPage,
    DebtRow,
    ReleasePage,
)
from gongkai.portal.pages.budget_feed import feed_outputs
from gongkai.portal.pages.scene import HOME, Scene
from gongkai.portal.parts import Part
from gongkai.portal.tree import Output

RECORD, ADDRESS, TITLE = "budget", "/budget/", "财政预算、决算公开"
HEADS = ("年度", "类别", "限额（万元）", "余额（万元）", "发行（万元）", "还本（万元）", "付息（万元）")
HUNDRED_MILLION = Decimal(10_000)


def draw(scene: Scene, key: str) -> list[Output]:
    """The page, its feeds, and the debt series as csv, json and xlsx."""
    version = scene.today.toordinal()
    figures = queries.debt()
    found = queries.matrix(today=scene.today)
    outputs = [scene.draw(_page(scene, found, figures), record=RECORD, version=version)]
    outputs += [scene.draw(page, record=RECORD, version=version) for page in _unit_pages(scene, found)]
    outputs += [scene.draw(page, record=RECORD, version=version) for page in _release_pages()]
    outputs += feed_outputs(ADDRESS, TITLE, scene, record=RECORD, version=version)
    if figures:
        table = [_values(one) for one in figures]
        files = (("csv", _csv(table)), ("json", _json(table)), ("xlsx", _xlsx(table)))
        outputs += [Output(f"{ADDRESS}debt.{end}", body, RECORD, version, "file") for end, body in files]
    return outputs


PART = Part(RECORD, draw, daily=True)


def _page(scene: Scene, found: queries.Matrix, figures: list[DebtFigure]) -> BudgetPage:
    fields = [one for line in found.lines for one in line.fields]
    held = rule("budget_publication_days", on=scene.today)
    return BudgetPage(
        address=ADDRESS,
        title=TITLE,
        section="/open/",
        feed=f"{ADDRESS}feed.atom",
        exports=(Link("JSON 订阅", f"{ADDRESS}feed.json"),),
        crumbs=(HOME, Link("财政预算、决算")),
        column=Column(name="财政预算、决算", type="信息公开目录"),
        heads=tuple(f"{year}年{kind}" for year in found.years for kind in queries.KINDS.values()),
        rows=tuple(_row(line, found) for line in found.lines),
        debt=tuple(_debt(one) for one in figures),
        announced=tuple(_announced()),
        debt_files=tuple(Link(end.upper(), f"{ADDRESS}debt.{end}") for end in ("csv", "json", "xlsx")),
        published=sum(bool(one.papers) for one in fields),
        holes=len(found.holes),
        as_of=scene.today,
        period=f"批准或者批复后 {held.number} 日内应当向社会公开（预算法第十四条）。",
    )


def _unit_pages(scene: Scene, found: queries.Matrix) -> list[BudgetUnitPage]:
    """A page for each unit that published something or has units below it: a cell of the matrix opens there."""
    held = rule("budget_publication_days", on=scene.today)
    pages = []
    for line in found.lines:
        below = _below(line, found)
        if not any(one.papers for each in (line, *below) for one in each.fields):
            continue
        pages.append(
            BudgetUnitPage(
                address=_address(line),
                title=f"{line.unit.short_name}预算、决算",
                section="/open/",
                crumbs=(HOME, Link("财政预算、决算", ADDRESS), Link(line.unit.short_name)),
                column=Column(name="财政预算、决算", type="信息公开目录"),
                groups=tuple(_group(at, line, below) for at in range(len(line.fields))),
                period=f"批准或者批复后 {held.number} 日内应当向社会公开（预算法第十四条）。",
            )
        )
    return pages


def _group(at: int, line: queries.Line, below: list[queries.Line]) -> BudgetFieldGroup:
    one = line.fields[at]
    parts = tuple(
        BudgetFieldPart(
            each.unit.short_name,
            f"/units/{each.unit.code}/",
            each.fields[at].standing.light,
            each.fields[at].standing.words,
            each.fields[at].standing.due if each.fields[at].standing.is_hole else None,
            tuple(Link(paper.title, paper.path) for paper in each.fields[at].papers),
        )
        for each in (line, *below)
    )
    return BudgetFieldGroup(_anchor(one), f"{one.year}年{one.kind_words}", parts)


def _below(line: queries.Line, found: queries.Matrix) -> list[queries.Line]:
    """The lines of subordinate units, which follow their unit; the district's own line stands for itself."""
    if line.depth == 0:
        return []
    start, rows = found.lines.index(line) + 1, []
    for other in found.lines[start:]:
        if other.depth <= line.depth:
            break
        rows.append(other)
    return rows


def _address(line: queries.Line) -> str:
    return f"{ADDRESS}{line.unit.code}/"


def _anchor(one: queries.Field) -> str:
    return f"y{one.year}-{one.kind}"


def _release_pages() -> list[ReleasePage]:
    """Announcements that are still to come; the address of one that is out leads on to its document."""
    return [
        ReleasePage(
            address=one.url,
            title=f"预告：{one.title}",
            section="/open/",
            crumbs=(HOME, Link("财政预算、决算", ADDRESS), Link("发布预告")),
            column=Column(name="发布预告", type="信息公开目录"),
            announced=one,
        )
        for one in _announced()
        if one.out is None
    ]


def _row(line: queries.Line, found: queries.Matrix) -> BudgetRow:
    below = _below(line, found)
    own = [one for each in below for one in each.fields if one.standing.due or one.papers]
    note = f"下级单位 {len(below)} 个，已公开 {sum(bool(one.papers) for one in own)} 份" if below else ""
    opens = any(one.papers for each in (line, *below) for one in each.fields)
    cells = tuple(
        BudgetCell(
            head=f"{one.year}年{one.kind_words}",
            light=one.standing.light,
            words=one.standing.words,
            due=one.standing.due if one.standing.is_hole else None,
            papers=tuple(Link(paper.title, paper.path) for paper in one.papers),
            url=f"{_address(line)}#{_anchor(one)}" if opens else "",
        )
        for one in line.fields
    )
    return BudgetRow(line.unit.short_name, f"/units/{line.unit.code}/", line.depth > 1, cells, note)


def _announced() -> list[Announced]:
    return [
        Announced(
            title=one.title,
            unit=one.unit.short_name,
            due_on=one.due_on,
            moved=tuple((change.before, change.after, change.reason) for change in one.changes.all()),
            out=Link(one.publication.title, one.publication.path) if one.publication else None,
            url=f"{ADDRESS}releases/{one.pk}/",
        )
        for one in queries.announcements()
    ]


def _debt(one: DebtFigure) -> DebtRow:
    sums = (one.ceiling, one.balance, one.issued, one.repaid, one.interest)
    shown = [f"{amount / HUNDRED_MILLION:.2f}" for amount in sums]
    share = int(one.balance * 100 / one.ceiling) if one.ceiling else 0
    return DebtRow(one.year, one.get_kind_display(), *shown, share=share)


def _values(one: DebtFigure) -> list[str]:
    sums = (one.ceiling, one.balance, one.issued, one.repaid, one.interest)
    return [str(one.year), one.get_kind_display(), *(str(amount) for amount in sums)]


def _csv(table: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([HEADS, *table])
    return out.getvalue().encode("utf-8-sig")


def _json(table: list[list[str]]) -> bytes:
    return json.dumps([dict(zip(HEADS, row, strict=True)) for row in table], ensure_ascii=False).encode()


def _xlsx(table: list[list[str]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "地方政府债务"
    sheet.append(HEADS)
    for row in table:
        sheet.append([int(row[0]), row[1], *(float(amount) for amount in row[2:])])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
