"""Log lines as JSON without personal data: the message template, never its arguments' content."""

from __future__ import annotations

import json
import logging


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, place, event, and the type and place of an error, not its text.

    Arguments are left out when they are not numbers or dotted names of ours, because a form value or a
    file name can hold a citizen's name.
    """

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "event": str(record.msg),
            "args": [arg for arg in _arguments(record) if _is_harmless(arg)],
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["at"] = _places(record)
        return json.dumps(line, ensure_ascii=False)


def _arguments(record: logging.LogRecord) -> list[object]:
    return list(record.args) if isinstance(record.args, tuple) else []


def _is_harmless(value: object) -> bool:
    if isinstance(value, int | float):
        return True
    return isinstance(value, str) and value.startswith("gongkai.") and value.isascii()


def _places(record: logging.LogRecord) -> list[str]:
    trace = record.exc_info[2] if record.exc_info else None
    found = []
    while trace is not None:
        found.append(f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}")
        trace = trace.tb_next
    return found[-8:]
