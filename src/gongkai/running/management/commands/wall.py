"""``gongkai wall``: try every address as everybody, on a throw-away copy."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import subprocess
import sys
import tempfile
from typing import Any

from django.core.management.base import BaseCommand, CommandError

INSIDE = "GONGKAI_WALL_COPY"


class Command(BaseCommand):
    """Runs the matrix of the wall in a child process with an empty data directory of its own."""

    help = "核对单位之间的墙：每个网址、每种角色、每种方法、本单位与外单位"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--under", default="", help="只核对这样开头的网址，如 /workbench/review/")

    def handle(self, *args: Any, **options: Any) -> None:
        if os.environ.get(INSIDE):
            self._inside(options["under"])
            return
        with tempfile.TemporaryDirectory(prefix="gongkai-wall-") as folder:
            kept = {
                key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "EMAIL_URL")
            }
            copy = kept | {
                "DATA_DIR": folder,
                "SECRET_KEY": secrets.token_hex(24),
                "ALLOWED_HOSTS": "testserver",
                "LOG_LEVEL": "CRITICAL",
                INSIDE: "1",
            }
            done = subprocess.run(
                [sys.executable, "-m", "gongkai", "wall", "--under", options["under"]],
                env=copy,
                stdout=subprocess.PIPE,
                text=True,
            )
        if done.returncode:
            raise CommandError("没能在临时副本上核对。请看上面的原因。")
        found = json.loads(done.stdout)
        self._report(found, as_json=options["json"])

    def _inside(self, under: str) -> None:
        # Only here: the test client must not be loaded by other commands.
        from gongkai.running import preparing, wall_matrix  # noqa: PLC0415

        preparing.make_tables()
        result = wall_matrix.run(under=under.lstrip("/"))
        self.stdout.write(
            json.dumps(
                {
                    "urls": result.urls,
                    "cells": result.cells,
                    "granted": result.granted,
                    "leaks": result.leaks,
                    "broken": result.broken,
                }
            )
        )

    def _report(self, found: dict[str, Any], *, as_json: bool) -> None:
        for line in found["leaks"]:
            self.stderr.write(f"漏：{line}")
        for line in found["broken"]:
            self.stderr.write(f"出错：{line}")
        if as_json:
            self.stdout.write(
                json.dumps({"urls": found["urls"], "cells": found["cells"], "leaks": len(found["leaks"])})
            )
        else:
            self.stdout.write(
                f"{found['urls']} 个网址，{found['cells']} 格，其中 {found['granted']} 格应当放行："
                f"泄漏 {len(found['leaks'])} 处。"
            )
        if found["leaks"]:
            raise CommandError(f"有 {len(found['leaks'])} 处越过了单位之间的墙，请不要上线。")
