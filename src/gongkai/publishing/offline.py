"""Holds an untrusted page against a receipt in a child process with little memory and little time.

``python -m gongkai.publishing.offline RECEIPT PAGE`` reads two files and prints one verdict as JSON; no Django is
loaded, so it is also what an office gives to whoever wants to check without this site.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gongkai.publishing.rules.verifying import Check, check_page

MEMORY = 512 * 1024 * 1024
CPU_SECONDS, WALL_SECONDS = 8, 12
PACKAGE_ROOT = Path(__file__).resolve().parents[2]
TOO_HARD = Check("网页正文", False, "这个网页文件太大或者结构不正常，没有比对完。请重新保存网页后再试。")


def check_in_child(receipt: Mapping[str, Any], page: bytes) -> Check:
    """The verdict on a saved page; a page that is too much for the child is told so."""
    with tempfile.TemporaryDirectory(prefix="gongkai-verify-") as folder:
        paths = [Path(folder) / name for name in ("receipt.json", "page.html")]
        paths[0].write_text(json.dumps(receipt, ensure_ascii=False), encoding="utf-8")
        paths[1].write_bytes(page)
        try:
            done = subprocess.run(
                [sys.executable, "-P", "-m", "gongkai.publishing.offline", *map(str, paths)],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                env={"PYTHONPATH": str(PACKAGE_ROOT), "PYTHONUTF8": "1", "LANG": "C.UTF-8"},
                close_fds=True,
                start_new_session=True,
                timeout=WALL_SECONDS,
                check=False,
            )
            return Check(**json.loads(done.stdout))
        except (subprocess.TimeoutExpired, ValueError, TypeError):
            return TOO_HARD


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))
    receipt = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    check = check_page(receipt, Path(sys.argv[2]).read_bytes().decode(errors="replace"))
    os.write(1, json.dumps({"what": check.what, "agrees": check.agrees, "told": check.told}).encode())


if __name__ == "__main__":
    main()
