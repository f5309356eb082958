"""Old Word papers by way of LibreOffice, where it is installed: a program of its own, shut in like the reader.

It gets a home of its own that is deleted afterwards, no network where the system allows that, little time and
memory. Macros are never run by a conversion. Nothing of this is needed: without it the reader reads what it can.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = ("soffice", "libreoffice")
WALL_SECONDS = 60
PACKAGE_ROOT = Path(__file__).resolve().parents[2]
CONVERTED = "这个文件先由 LibreOffice 转成 docx 再读取，版式可能与原件不同，请对照原件核对。"


def program() -> str | None:
    """The converter of this machine, if there is one."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


@contextmanager
def converted(path: Path) -> Iterator[Path | None]:
    """The paper as docx, for as long as it is needed; None where that cannot be had."""
    found = program()
    if found is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="convert-") as folder:
        copy = Path(folder) / "paper.doc"
        shutil.copyfile(path, copy)
        _run(found, copy, Path(folder))
        made = Path(folder) / "paper.docx"
        yield made if made.is_file() else None


def _run(program: str, copy: Path, folder: Path) -> None:
    environment = {
        "PATH": os.defpath,
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(PACKAGE_ROOT),
    }
    try:
        subprocess.run(
            [sys.executable, "-P", "-m", "gongkai.files.converter", program, str(folder), str(copy)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=folder,
            close_fds=True,
            start_new_session=True,
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:  # run() has killed the child, which takes its own children along
        return
