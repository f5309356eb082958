"""The command ``gongkai``."""

from __future__ import annotations

import os
import sys

from gongkai.running import data_dir, disk


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
        if not disk.is_full(problem):
            raise
        sys.exit(disk.MESSAGE)


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
