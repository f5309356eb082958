"""The command ``gongkai``."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run one command; a fresh ``DATA_DIR`` is prepared first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- settings come first

    execute_from_command_line(["gongkai", *sys.argv[1:]])


if __name__ == "__main__":
    main()
