"""Machine-readable sides of the progress page: feeds of accepted progress, the whole ledger as a table."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from gongkai.kernel.clock import legal_day
from gongkai.ledger.queries import PublicProgress, PublicReport, PublicTask
from gongkai.portal import addresses
from gongkai.portal.pages.feeds import IN_FEED, XML, escaped, moment, quoted
from gongkai.portal.pages.scene import Scene
from gongkai.portal.tree import Output

ATOM, JSON_FEED = f"{addresses.PROGRESS}feed.atom", f"{addresses.PROGRESS}feed.json"
TASKS = (
    "序号",
    "公开领域",
    "任务",
    "具体要求",
    "责任单位",
    "时限",
    "状态",
    "状态的依据",
    "最近更新",
    "佐证",
    "来源",
    "网页",
)
REPORTS = ("序号", "任务", "单位", "进展", "核对日期", "是否完成", "佐证", "佐证网址")
WIDTHS = (8, 16, 24, 48, 24, 14, 12, 40, 12, 8, 24, 40)
_CHANGED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_FIRST = (1980, 1, 1, 0, 0, 0)


def table_address(year: int) -> str:
    """Where the table of a year stands."""
    return f"{addresses.PROGRESS}{year}/ledger.xlsx"


def progress_files(found: PublicProgress, scene: Scene, *, record: str, version: int) -> list[Output]:
    """Both feeds and the table. Only what was accepted is in them."""
    return [
        Output(ATOM, atom(found, scene), record, version, "feed"),
        Output(JSON_FEED, json_feed(found, scene), record, version, "feed"),
        table_output(found, scene, record=record, version=version),
    ]


def table_output(found: PublicProgress, scene: Scene, *, record: str, version: int) -> Output:
    """The table of a year as a file of the tree."""
    return Output(table_address(found.year), table(found, scene), record, version, "feed")


def atom(found: PublicProgress, scene: Scene) -> bytes:
    """RFC 4287; an entry is one accepted report, its id the place of the report on the task's page."""
    site = scene.site
    title = f"{found.year}年政务公开工作要点进展 – {site.name}"
    head = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans-CN">\n<title>{escaped(title)}</title>\n'
        f"<id>{escaped(site.url + addresses.PROGRESS)}</id>\n"
        f'<link rel="self" href={quoted(site.url + ATOM)}/>\n<link href={quoted(site.url + addresses.PROGRESS)}/>\n'
        f"<updated>{moment(found.changed_at)}</updated>\n"
        f"<author><name>{escaped(site.government or site.name)}</name></author>\n"
    )
    entries = []
    for task, report in newest(found):
        address = site.url + task.path + f"#r{report.id}"
        entries.append(
            f"<entry><title>{escaped(headline(task, report))}</title><id>{escaped(address)}</id>"
            f"<link href={quoted(address)}/><updated>{moment(report.on)}</updated>"
            f"<author><name>{escaped(report.unit)}</name></author><summary>{escaped(report.text)}</summary></entry>\n"
        )
    return (XML + head + "".join(entries) + "</feed>\n").encode()


def json_feed(found: PublicProgress, scene: Scene) -> bytes:
    """JSON Feed 1.1 with number, state and evidence beside the common fields."""
    site = scene.site
    items = [
        {
            "id": site.url + task.path + f"#r{report.id}",
            "url": site.url + task.path + f"#r{report.id}",
            "title": headline(task, report),
            "content_text": report.text,
            "date_published": moment(report.on),
            "_gongkai": {
                "任务": task.number,
                "单位": report.unit,
                "完成": report.finished,
                "状态": task.light.words,
                "佐证": [{"标题": title, "网址": full(url, site.url)} for title, url in report.evidence],
            },
        }
        for task, report in newest(found)
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{found.year}年政务公开工作要点进展 – {site.name}",
        "language": "zh-Hans-CN",
        "home_page_url": site.url + addresses.PROGRESS,
        "feed_url": site.url + JSON_FEED,
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def table(found: PublicProgress, scene: Scene) -> bytes:
    """The ledger as xlsx: the tasks, and the accepted progress. The same ledger gives the same bytes."""
    url = scene.site.url
    book = Workbook(write_only=True)
    tasks = [
        (
            task.number, task.field, task.title, task.requirement, task.units_text, task.due_words,
            task.light.words, task.light.reason, task.last, sum(len(one.evidence) for one in task.reports),
            task.origin, url + task.path,
        )
        for task in found.every
    ]  # fmt: skip
    reports = [
        (
            task.number, task.title, report.unit, report.text, legal_day(report.on),
            "是" if report.finished else "否", "\n".join(title for title, _ in report.evidence),
            "\n".join(full(address, url) for _, address in report.evidence),
        )
        for task in found.every
        for report in task.reports
    ]  # fmt: skip
    _sheet(book, f"{found.year}年要点进度", TASKS, tasks)
    _sheet(book, "已核定的进展", REPORTS, reports)
    out = io.BytesIO()
    book.save(out)
    return _settled(out.getvalue(), found.changed_at)


def newest(found: PublicProgress) -> list[tuple[PublicTask, PublicReport]]:
    """The newest accepted reports, as many as a feed holds."""
    pairs = [(task, report) for task in found.every for report in task.reports]
    return sorted(pairs, key=lambda pair: (pair[1].on, pair[1].id), reverse=True)[:IN_FEED]


def headline(task: PublicTask, report: PublicReport) -> str:
    """What an entry is called."""
    done = "已完成" if report.finished else "有新进展"
    name = f"上年结转“{task.title}”" if task.origin else f"第{task.number}项“{task.title}”"
    return f"{name}：{report.unit}{done}"


def full(address: str, site: str) -> str:
    """An address of this site with its host; others as they are."""
    return site + address if address.startswith("/") else address


def _sheet(book: Workbook, title: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for at in range(len(heads)):
        sheet.column_dimensions[chr(65 + at)].width = WIDTHS[at]
    sheet.append(list(_cells(sheet, heads, _look(sheet, bold=True))))
    plain, day = _look(sheet), _look(sheet, number_format="yyyy-mm-dd")
    for row in rows:
        sheet.append(list(_cells(sheet, row, plain, day)))


def _look(sheet: Any, *, bold: bool = False, number_format: str = "General") -> WriteOnlyCell:
    """A cell to take the looks from: writing them out for each of very many cells takes longer than the words."""
    cell = WriteOnlyCell(sheet)
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.number_format = number_format
    return cell


def _cells(
    sheet: Any, row: Sequence[Any], plain: WriteOnlyCell, day: WriteOnlyCell | None = None
) -> Iterator[WriteOnlyCell]:
    for value in row:
        cell = WriteOnlyCell(sheet, value=value)
        if isinstance(value, str):
            cell.data_type = "s"  # words that look like a formula stay words
        cell._style = (day if day and isinstance(value, date) else plain)._style  # nobody changes it any more
        yield cell


def _settled(content: bytes, changed_at: datetime) -> bytes:
    """The same file without the moment of its making, so that an unchanged ledger is an unchanged file."""
    stamp = changed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(out, "w") as kept:
        for name in sorted(made.namelist()):
            body = made.read(name)
            if name == "docProps/core.xml":
                body = _CHANGED.sub(rb"\g<1>" + stamp + rb"\g<2>", body)
            entry = zipfile.ZipInfo(name, _FIRST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, body)
    return out.getvalue()
