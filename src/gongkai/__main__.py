"""The command ``gongkai``."""

from __future__ import annotations

import errno
import os
import sys

from gongkai.running import data_dir


def main() -> None:
    """Run one command; a fresh ``DATA_DIR`` is prepared first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.settings")
    arguments = sys.argv[1:]
    try:
        if data_dir.wanted_by(arguments):
            data_dir.make(data_dir.location())
            _prepare(arguments[0])
        _run(arguments)
    except data_dir.Unusable as problem:
        sys.exit(str(problem))
    except BrokenPipeError:
        sys.exit(1)
    except Exception as problem:
        if not disk_is_full(problem):
            raise
        sys.exit("磁盘已满，这一步没有完成，已保存的内容不受影响。请清出空间后重新运行。")


def disk_is_full(problem: BaseException | None) -> bool:
    """Whether an error says that the disk is full, from the system, SQLite or PostgreSQL."""
    while problem is not None:
        if isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            return True
        if "disk is full" in str(problem) or "No space left on device" in str(problem):
            return True
        problem = problem.__cause__
    return False


def _prepare(command: str) -> None:
    # The settings read the secret key when they are first imported, so the directory comes first.
    import django  # noqa: PLC0415 -- after the secrets

    django.setup()
    from gongkai.running import preparing  # noqa: PLC0415 -- after setup

    folder = data_dir.location()
    if not preparing.fits(folder) and not (command in data_dir.ON_OLD_DATA and preparing.holds_work()):
        preparing.prepare(folder)


def _run(arguments: list[str]) -> None:
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- settings come first

    execute_from_command_line(["gongkai", *arguments])


if __name__ == "__main__":
    main()
