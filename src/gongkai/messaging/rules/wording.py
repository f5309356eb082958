"""The words of a digest and of a short hint, ready to copy: plain Chinese, one line for each thing. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MOST_LINES = 30
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestLine:
    """One thing to do or one unread message: what, why, by when, and the page's full address."""

    title: str
    url: str
    why: str = ""
    due: date | None = None
    instead_of: str = ""


def digest_subject(tasks: Sequence[DigestLine], news: Sequence[DigestLine], today: date) -> str:
    """The answer in one line; a phone shows no more.

    >>> digest_subject([DigestLine(title="甲", url="", due=date(2026, 10, 12))], [], date(2026, 10, 14))
    '今天有 1 件待办，其中 1 件已逾期'
    """
    words = []
    if tasks:
        late = sum(line.due is not None and line.due < today for line in tasks)
        words.append(f"今天有 {len(tasks)} 件待办" + (f"，其中 {late} 件已逾期" if late else ""))
    if news:
        words.append(f"{len(news)} 条未读消息" if tasks else f"今天有 {len(news)} 条未读消息")
    return "，另有 ".join(words)


def digest_text(
    *, name: str, today: date, tasks: Sequence[DigestLine], news: Sequence[DigestLine], desk: str
) -> str:
    """The whole digest; ``desk`` is the full address of my desk. Nothing but plain signs: it is copied on."""
    day = f"{today.month}月{today.day}日（周{WEEKDAYS[today.weekday()]}）"
    lines = [f"{name}，您好。{day}，{digest_subject(tasks, news, today)}。"]
    if tasks:
        lines += ["", "待办"]
        lines += [f"{at}. {task_line(line, today)}" for at, line in enumerate(tasks[:MOST_LINES], 1)]
        if len(tasks) > MOST_LINES:
            lines.append(f"还有 {len(tasks) - MOST_LINES} 件，见“我的待办”。")
    if news:
        lines += ["", "未读消息"]
        lines += [f"{at}. {task_line(line, today)}" for at, line in enumerate(news[:MOST_LINES], 1)]
        if len(news) > MOST_LINES:
            lines.append(f"还有 {len(news) - MOST_LINES} 条，见“消息”。")
    return "\n".join([*lines, "", f"我的待办：{desk}"])


def task_line(line: DigestLine, today: date) -> str:
    """One thing in one line: light in words, title, why, whose, link.

    >>> task_line(DigestLine(title="关于停水的通知", url="https://x/1", why="等您初审", due=date(2026, 10, 14)),
    ...           date(2026, 10, 14))
    '【今天到期】关于停水的通知。等您初审 https://x/1'
    """
    words = f"{due_words(line.due, today)}{_one_line(line.title)}"
    if line.instead_of:
        words += f"（代{line.instead_of}）"
    if line.why:
        words += f"。{_one_line(line.why).rstrip('。')}"
    return f"{words} {line.url}".rstrip()


def due_words(due: date | None, today: date) -> str:
    """The light of a thing as words in brackets; nothing where it has no day.

    >>> due_words(date(2026, 10, 12), date(2026, 10, 14)), due_words(date(2027, 1, 4), date(2026, 10, 14))
    ('【逾期2天】', '【2027-01-04到期】')
    """
    if due is None:
        return ""
    if due < today:
        return f"【逾期{(today - due).days}天】"
    if due == today:
        return "【今天到期】"
    return f"【{due:%m-%d}到期】" if due.year == today.year else f"【{due:%Y-%m-%d}到期】"


def brief_words(*, is_digest: bool, subject: str, url: str) -> str:
    """What a group or a short message may carry: how many, and where to look; never what it is about."""
    words = subject if is_digest else "您有 1 条新消息"
    return f"【公开工作台】{words}。请登录查看：{url}"


def fitted(text: str, *, most_bytes: int, tail: str) -> str:
    """The text cut at the end of a line so that it fits in so many bytes of UTF-8, with ``tail`` after a cut."""
    if len(text.encode()) <= most_bytes:
        return text
    room = most_bytes - len(tail.encode()) - 1
    kept: list[str] = []
    for line in text.splitlines():
        if len("\n".join([*kept, line]).encode()) > room:
            break
        kept.append(line)
    return "\n".join([*kept, tail])


def _one_line(text: str) -> str:
    return " ".join(text.split())
