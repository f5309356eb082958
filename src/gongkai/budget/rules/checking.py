"""The arithmetic of a budget paper: every sum that must agree, with place and quote where it does not.

Rules are ``budget.*``; a finding never rests on rounding: each field may be off by half of its last place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from gongkai.budget.rules.finding import Finding, Level
from gongkai.budget.rules.money import FACTORS, Sum, read_sum, shown
from gongkai.budget.rules.paper import CODE, Amount, BudgetPaper, BudgetTable, kinds, total_of

BASIS = "预算法第十四条"
ABROAD = ("因公出国(境)费", "因公出国(境)费用", "因公出国(境)", "因公出国(境)经费")
BUYING = ("公务用车购置费", "公务用车购置")
RUNNING = ("公务用车运行费", "公务用车运行维护费", "公务用车运行", "公务用车运行维护")
CARS = (
    "公务用车购置及运行费",
    "公务用车购置及运行维护费",
    "公务用车购置和运行费",
    "公务用车购置及运行",
    "公务用车费",
)
HOSTING = ("公务接待费", "公务接待", "公务接待费用")
THREE = ("合计", "“三公”经费合计", "三公经费合计", '"三公"经费合计', "总计", "“三公”经费", "三公经费")
INCOME_TOTAL = ("收入总计", "收入合计", "本年收入合计")
SPENDING_TOTAL = ("支出总计", "支出合计", "本年支出合计")
_CLAIM = re.compile(
    r"(?:比|较)(?:上年|去年|\d{4}年)(?:预算数?|决算数?|执行数?)?(?:([\d,.]+)(亿元|万元|元))?[,，]?(增加|增长|减少|下降|降低)"
    r"(?:了)?([\d,.]+)(亿元|万元|元)[,，]?(?:(?:同比)?(?:增长|增加|上升|下降|减少|降低)(?:了)?)([\d.]+)%"
)
_NOW = re.compile(r"([\d,]+(?:\.\d+)?)(亿元|万元|元)")
_EMPTY = (
    "空表",
    "没有",
    "无此项",
    "未安排",
    "不涉及",
    "无政府性基金",
    "无国有资本",
    "未发生",
    "为0",
    "为零",
    "故本表",
)
QUOTED: tuple[tuple[str, tuple[str, ...], str, tuple[str, ...]], ...] = (
    (r"(?:收入(?:总计|合计|总预算|预算(?:总额)?))(?:为|是|共|共计)?([\d,]+(?:\.\d+)?)(亿元|万元|元)", INCOME_TOTAL, "收入总数", ("all", "income")),
    (r"(?<!拨款)(?:支出(?:总计|合计|总预算|预算(?:总额)?))(?:为|是|共|共计)?([\d,]+(?:\.\d+)?)(亿元|万元|元)", SPENDING_TOTAL, "支出总数", ("all",)),
    (r"[“\"]?三公[”\"]?经费(?:支出|预算|决算|财政拨款|一般公共预算)*(?:数|总额|合计|总计|安排|共)*(?:为|是|共|共计)?([\d,]+(?:\.\d+)?)(亿元|万元|元)", THREE, "“三公”经费", ("three",)),
    (r"因公出国[（(]境[）)](?:费用?|经费)?(?:支出|预算|决算)*数?(?:为|是)?([\d,]+(?:\.\d+)?)(亿元|万元|元)", ABROAD, "因公出国（境）费", ("three",)),
    (r"公务接待费(?:支出|预算|决算)*数?(?:为|是)?([\d,]+(?:\.\d+)?)(亿元|万元|元)", HOSTING, "公务接待费", ("three",)),
    (r"公务用车购置费(?:支出|预算|决算)*数?(?:为|是)?([\d,]+(?:\.\d+)?)(亿元|万元|元)", BUYING, "公务用车购置费", ("three",)),
    (r"公务用车运行(?:维护)?费(?:支出|预算|决算)*数?(?:为|是)?([\d,]+(?:\.\d+)?)(亿元|万元|元)", RUNNING, "公务用车运行费", ("three",)),
)  # fmt: skip


def check_paper(paper: BudgetPaper) -> list[Finding]:
    """Everything that does not add up or is not there."""
    found = [*_missing(paper), *_empty(paper), *_text(paper), *_percent(paper)]
    for table in paper.tables:
        if table.kind:
            found += _units(table)
            found += _balance(table) if table.kind in ("all", "grant") else []
            found += _three(table) if table.kind == "three" else []
            found += [*_projects(table), *_classes(table)]
    return found


def _missing(paper: BudgetPaper) -> Iterator[Finding]:
    present = {table.kind for table in paper.tables}
    if not present - {""}:
        return
    for kind in kinds():
        if kind.id not in present:
            text = f"没有找到“{kind.name}”。没有数据的表也要公开空表并说明。"
            yield _finding("budget.table_missing", "全文", kind.name, text, Level.WARN)


def _empty(paper: BudgetPaper) -> Iterator[Finding]:
    words = [one.text for one in paper.sentences]
    for table in paper.tables:
        if not table.kind or any(_filled(table)):
            continue
        name = next(kind for kind in kinds() if kind.id == table.kind)
        stem = name.name.removesuffix("支出表").removesuffix("预算").removesuffix("总表").strip("“”")[:5]
        inside = "".join(text for row in table.rows for text in row)
        if any(word in inside for word in _EMPTY):
            continue
        if not any(stem in line and any(word in line for word in _EMPTY) for line in words):
            text = f"“{name.name}”是空表，没有说明。请写明“本单位没有此项收支，故本表为空表”。"
            yield _finding("budget.empty_unexplained", table.place, table.title, text, Level.WARN)


def _filled(table: BudgetTable) -> Iterator[Amount]:
    for row, texts in enumerate(table.rows):
        for column, text in enumerate(texts):
            amount = table.amount(row, column)
            if amount and amount.sum.value and not CODE.match(text.strip()):
                yield amount


def _units(table: BudgetTable) -> Iterator[Finding]:
    if not table.states_unit and any(_filled(table)):
        text = f"“{table.title}”没有写金额单位。请在表头写“单位：万元”。"
        yield _finding("budget.unit_missing", table.place, table.title, text, Level.WARN)


def _balance(table: BudgetTable) -> Iterator[Finding]:
    """收入总计 = 支出总计."""
    pairs = (("收入总计", "支出总计"), ("收入合计", "支出合计"), ("本年收入合计", "本年支出合计"))
    for income, spending in pairs[:2]:
        left, right = _first(table, (income,)), _first(table, (spending,))
        if left and right and not left.sum.agrees(right.sum):
            yield _unequal(
                table, "budget.balance", right, left.sum, f"{income}与{spending}不相等", right.text
            )


def _three(table: BudgetTable) -> Iterator[Finding]:
    """三公 = 因公出国（境） + 公务用车购置 + 公务用车运行 + 公务接待; 公务用车 = 购置 + 运行."""
    for total, abroad, cars, buying, running, hosting in _three_lines(table):
        parts = [one for one in (buying, running) if one]
        if cars and len(parts) == 2 and not cars.sum.agrees(total_of(parts)):
            says = "公务用车购置及运行费不等于购置费与运行费之和"
            yield _unequal(table, "budget.cars_sum", cars, total_of(parts), says, cars.text)
        middle = [cars] if cars else parts
        addends = [one for one in (abroad, *middle, hosting) if one]
        if total and len(addends) >= 2 and not total.sum.agrees(total_of(addends)):
            says = "“三公”经费合计不等于各项之和"
            yield _unequal(table, "budget.three_sum", total, total_of(addends), says, total.text)


def _three_lines(table: BudgetTable) -> Iterator[tuple[Amount | None, ...]]:
    """The six sums, where labels stand in a column (sums at the right) or in a head (sums below)."""
    names = (THREE, ABROAD, CARS, BUYING, RUNNING, HOSTING)
    places = [next(table.labelled(*labels), None) for labels in names]
    given = [place for place in places if place]
    if len(given) < 3:
        return
    if len({column for _, column in given}) == 1:
        width = max(len(row) for row in table.rows)
        for column in range(given[0][1] + 1, width):
            yield tuple(table.amount(place[0], column) if place else None for place in places)
        return
    head = max(row for row, _ in given)
    for row in range(head + 1, len(table.rows)):
        yield tuple(table.amount(row, place[1]) if place else None for place in places)


def _projects(table: BudgetTable) -> Iterator[Finding]:
    """基本支出 + 项目支出 = 合计, in every row."""
    if table.kind not in ("spending", "general", "fund"):
        return
    basic, project = next(table.labelled("基本支出"), None), next(table.labelled("项目支出"), None)
    if not basic or not project or basic[0] != project[0]:
        return
    others = [
        column
        for text in ("上缴上级支出", "上缴上级", "经营支出", "对附属单位补助支出", "对附属单位补助")
        for _, column in table.labelled(text)
    ]
    totals = table.labelled("合计", "小计", "总计", "本年支出合计")
    sums = [column for row, column in totals if row <= basic[0] and column < basic[1]]
    if not sums:
        return
    for row in range(basic[0] + 1, len(table.rows)):
        total = table.amount(row, sums[-1])
        parts = [one for column in (basic[1], project[1], *others) if (one := table.amount(row, column))]
        if total and parts and not total.sum.agrees(total_of(parts)):
            says = "合计不等于基本支出与项目支出之和"
            yield _unequal(table, "budget.basic_project", total, total_of(parts), says, total.text)


def _classes(table: BudgetTable) -> Iterator[Finding]:
    """类 = Σ款, 款 = Σ项 by the codes of functional classification, in every column of sums."""
    coded = [
        (row, column, text.strip())
        for row, texts in enumerate(table.rows)
        for column, text in enumerate(texts)
        if CODE.match(text.strip())
    ]
    if not coded:
        return
    first = min(column for _, column, _ in coded)
    rows = [(row, code) for row, column, code in coded if column == first]
    if len({len(code) for _, code in rows}) < 2 or len({code for _, code in rows}) < len(rows):
        return
    width = max(len(texts) for texts in table.rows)
    for row, code in rows:
        below = [other for other, child in rows if child.startswith(code) and len(child) == len(code) + 2]
        for column in range(first + 1, width) if below else ():
            total = table.amount(row, column)
            parts = [one for other in below if (one := table.amount(other, column))]
            if total and parts and not total.sum.agrees(total_of(parts)):
                says = f"科目 {code} 不等于下级科目之和"
                yield _unequal(table, "budget.class_sum", total, total_of(parts), says, total.text)


def _text(paper: BudgetPaper) -> Iterator[Finding]:
    """Sums that the explanation quotes against the table that has them."""
    for sentence in paper.sentences:
        words = re.sub(r"\s", "", unicodedata.normalize("NFKC", sentence.text))
        for pattern, labels, name, tables in QUOTED:
            stood = _in_tables(paper, labels, tables)
            for match in re.finditer(pattern, words) if stood else ():
                said = read_sum(match[1], FACTORS[match[2]])
                if said and not any(said.agrees(one.sum) for one in stood):
                    one = stood[0]
                    text = (
                        f"说明里的{name}是 {match[1]}{match[2]}，表里是"
                        f" {shown(one.sum.value, match[2])}（{one.where}）。请核对后改成一致。"
                    )
                    yield _finding("budget.text_table", sentence.where, match[0], text)


def _in_tables(paper: BudgetPaper, labels: tuple[str, ...], which: tuple[str, ...]) -> list[Amount]:
    """Every sum under these labels. A table of a head has its sums below, one of lines at the right."""
    found = []
    for table in paper.tables:
        if table.kind not in which:
            continue
        for row, column in table.labelled(*labels):
            right = table.value_right_of(row, column)
            below = [one for at in range(row + 1, len(table.rows)) if (one := table.amount(at, column))]
            found += [right] if right else below
            if right and table.kind == "three":
                found += [
                    one for at in range(column + 1, len(table.rows[row])) if (one := table.amount(row, at))
                ]
    return found


def _percent(paper: BudgetPaper) -> Iterator[Finding]:
    """“比上年增加 20 万元，增长 10%”: the percentage against this year's sum in the same sentence."""
    for sentence in paper.sentences:
        words = re.sub(r"\s", "", unicodedata.normalize("NFKC", sentence.text))
        for match in _CLAIM.finditer(words):
            before = list(_NOW.finditer(words[: match.start()]))
            moved = read_sum(match[4], FACTORS[match[5]])
            if not moved:
                continue
            last: Decimal | None = None
            down = match[3] in ("减少", "下降", "降低")
            if match[1]:
                old = read_sum(match[1], FACTORS[match[2]])
                last = old.value if old else None
            elif before:
                now = read_sum(before[-1][1], FACTORS[before[-1][2]])
                last = (now.value + moved.value if down else now.value - moved.value) if now else None
            if not last or last <= 0:
                continue
            truly = moved.value / last * 100
            said = Decimal(match[6])
            exponent = said.as_tuple().exponent
            places = -exponent if isinstance(exponent, int) else 0
            slack = Decimal(1).scaleb(-places) * Decimal("0.51") + moved.slack * 2 / last * 100
            if abs(truly - said) > slack:
                text = (
                    f"写的是 {match[6]}%，按金额算是 {truly.quantize(Decimal('0.01'))}%。请核对金额和百分比。"
                )
                yield _finding("budget.percent", sentence.where, match[0], text)


def _first(table: BudgetTable, labels: tuple[str, ...]) -> Amount | None:
    for row, column in table.labelled(*labels):
        found = table.value_right_of(row, column)
        if found:
            return found
    return None


def _unequal(table: BudgetTable, rule: str, at: Amount, other: Sum, says: str, quote: str) -> Finding:
    unit = table.unit
    gap = shown(abs(at.sum.value - other.value), unit)
    text = (
        f"{says}：表里写 {shown(at.sum.value, unit)}，应为 {shown(other.value, unit)}，相差 {gap}。请核对。"
    )
    return _finding(rule, at.where, quote, text)


def _finding(rule: str, where: str, quote: str, says: str, level: Level = Level.BLOCK) -> Finding:
    return Finding(rule=rule, level=level, where=where, text=quote, says=says, basis=BASIS)
